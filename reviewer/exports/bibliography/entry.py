"""One record as a reference manager takes it: dates and pages apart, and what must be said of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from claims.appraisal.record_kind import read_kind, read_title_standing
from claims.medline.dates import find_month
from claims.records.citation import Citation, RecordKind, RetractionCheck, RetractionStatus, is_sample
from reviewer.labels import KIND_LABELS, RETRACTION_LABELS
from reviewer.moments import write_day

_TAKEN_BACK = frozenset(
    {
        RetractionStatus.RETRACTED,
        RetractionStatus.RETRACTED_AND_REPUBLISHED,
        RetractionStatus.WITHDRAWN,
    }
)
_PRINTED = re.compile(r"(\d{4})(?: ([A-Z][a-z]{2}|\d{1,2})(?: (\d{1,2}))?)?\Z")
# What any reader takes for the end of a line, or for nothing at all.
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_PAGES = re.compile(r"([A-Za-z]*\d+)\s*[-–]\s*([A-Za-z]*\d+)\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """A cited record with how it stands; ``claims`` are the numbers of those that it is cited for.

    Days are those of ``zone``.
    """

    citation: Citation
    retraction: RetractionCheck
    claims: tuple[int, ...] = ()
    zone: tzinfo = UTC

    @property
    def is_taken_back(self) -> bool:
        """Whether the paper was retracted or withdrawn."""
        return self.retraction.status in _TAKEN_BACK

    @property
    def title(self) -> str:
        """The title, which begins by saying so where the paper was taken back and the record's does not.

        Whatever style prints the reference prints that with it.
        """
        title = self.citation.shown_title.removesuffix(".")
        told = not self.is_taken_back or read_title_standing(self.citation) is not None
        return title if told else f"RETRACTED: {title}"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know besides: no plain paper, its standing, that it is a sample. In English."""
        kind, check = read_kind(self.citation), self.retraction
        status = RetractionStatus.UNCHECKED if check.checked_at is None else check.status
        told = [KIND_LABELS[kind]] if kind is not RecordKind.PAPER else []
        if status is not RetractionStatus.NONE_KNOWN:
            when = "" if check.checked_at is None else f" (checked {write_day(check.checked_at, self.zone)})"
            told.append(f"{RETRACTION_LABELS[status]}{when}")
        if check.notice is not None and check.notice != self.citation.pmid:
            told.append(f"notice: PMID {check.notice}")
        if is_sample(self.citation.pmid):
            told.append("synthetic sample record of Konkyo, no real study")
        return tuple(told)

    @property
    def is_book(self) -> bool:
        """Whether it is a book, or a chapter of one."""
        return bool(self.citation.book)

    @property
    def is_chapter(self) -> bool:
        """Whether it has a title of its own within a book."""
        return self.is_book and self.citation.title != self.citation.book

    @property
    def address(self) -> str:
        """Its page in PubMed; "" for a sample record, which has none."""
        pmid = self.citation.pmid
        return "" if is_sample(pmid) else f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"

    @property
    def isbn(self) -> str:
        """The first ISBN, or ""."""
        return next((number for kind, number in self.citation.other_ids if kind == "isbn"), "")

    @property
    def date_parts(self) -> tuple[int, ...]:
        """Year, month and day of publication as far as the record says them in figures or English."""
        printed = _PRINTED.match(self.citation.published)
        if printed is None:
            return (self.citation.published_year,) if self.citation.published_year else ()
        year, named, day = printed.groups()
        month = find_month(named) if named else None
        parts = (int(year), month, int(day) if month and day else None)
        return tuple(part for part in parts if part)

    @property
    def page_range(self) -> tuple[str, str]:
        """First and last page, the last in full (``113-25`` ends on 125); what is no one range is all first.

        >>> from claims.records.citation import Pmid
        >>> Entry(Citation(Pmid("9000000001"), "", pages="S113-25"), _UNCHECKED).page_range
        ('S113', 'S125')
        """
        found = _PAGES.match(self.citation.pages)
        if found is None:
            return self.citation.pages, ""
        first, last = found.groups()
        short = len(first) - len(last)
        return first, f"{first[:short]}{last}" if short > 0 and last.isdigit() else last


def keep_on_line(text: str) -> str:
    """``text`` on one line, with single blanks; the wide blank of Japanese stays.

    >>> keep_on_line(" a\\n b\\u3000c ")
    'a b\\u3000c'
    """
    return _CONTROL.sub(" ", text).strip(" ")


_UNCHECKED = RetractionCheck(RetractionStatus.UNCHECKED)


@dataclass(frozen=True, slots=True)
class Bibliography:
    """A format of references: its name on a button, its files' ending and media type, what writes it."""

    name: str
    ending: str
    mime: str
    write: Callable[[Sequence[Entry]], str]
