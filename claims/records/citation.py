"""One PubMed record as NLM sent it, and what can be told from it without judgement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

Pmid = NewType("Pmid", str)

_PMID = re.compile(r"[1-9][0-9]{0,9}\Z")
# What NLM and publishers write where a record has no English title.
_NO_TITLE = re.compile(
    r"\W*+(?:(?:(?:the )?(?:(?:authors?['’]?s?['’]?|english|article|original) )?title )?(?:is )?"
    r"(?:not (?:available|given|provided|supplied)|unavailable)|in process citation|untitled|n/a|n\.a"
    r"|no (?:english )?title(?: (?:available|given|provided))?"
    r"|article in [^\W\d_]+(?:[,;]? \(?author['’]?s['’]? transl)?)?\W*\Z",
    re.IGNORECASE,
)
FIRST_SAMPLE_PMID = 9_000_000_001


def parse_pmid(text: str) -> Pmid:
    """The PMID in ``text``: 1 to 10 digits without a leading zero. Raises ``ValueError`` otherwise.

    >>> parse_pmid(" 12345 ")
    '12345'
    """
    stripped = text.strip()
    if not _PMID.match(stripped):
        raise ValueError(f"not a PMID: {text!r}")
    return Pmid(stripped)


def is_sample(pmid: Pmid) -> bool:
    """Whether the number lies outside PubMed's range, as those of our sample library do."""
    return int(pmid) >= FIRST_SAMPLE_PMID


class RecordKind(StrEnum):
    """What a record is: a paper with a study of its own, or what is written on papers."""

    PAPER = "paper"
    PREPRINT = "preprint"
    PROTOCOL = "protocol"
    LETTER = "letter"
    EDITORIAL = "editorial"
    COMMENT = "comment"
    NEWS = "news"
    BIOGRAPHY = "biography"
    TEACHING = "teaching"
    ERRATUM = "erratum"
    EXPRESSION_OF_CONCERN = "expression_of_concern"
    PARTIAL_RETRACTION = "partial_retraction"
    RETRACTION_NOTICE = "retraction_notice"
    DUPLICATE_PUBLICATION = "duplicate_publication"

    @property
    def is_notice(self) -> bool:
        """Whether it tells how another paper stands, or repeats one."""
        return self in _NOTICES

    @property
    def reports_study(self) -> bool:
        """Whether design and level of a study can be its own."""
        return self in (RecordKind.PAPER, RecordKind.PREPRINT, RecordKind.LETTER)


_NOTICES = frozenset(
    {
        RecordKind.ERRATUM,
        RecordKind.EXPRESSION_OF_CONCERN,
        RecordKind.PARTIAL_RETRACTION,
        RecordKind.RETRACTION_NOTICE,
        RecordKind.DUPLICATE_PUBLICATION,
    }
)


class RetractionStatus(StrEnum):
    """What the record itself says of its standing."""

    NONE_KNOWN = "none_known"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    PARTIALLY_RETRACTED = "partially_retracted"
    RETRACTED_AND_REPUBLISHED = "retracted_and_republished"
    EXPRESSION_OF_CONCERN = "expression_of_concern"
    CORRECTED = "corrected"
    UPDATED = "updated"
    RETRACTION_NOTICE = "retraction_notice"
    NOTICE = "notice"
    DUPLICATE_PUBLICATION = "duplicate_publication"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class AbstractSection:
    """A part of an abstract: ``label`` as printed ("" where unlabelled), ``category`` NLM's own."""

    text: str
    label: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class OtherAbstract:
    """An abstract beside the main one: in another language, for patients, by the publisher."""

    kind: str
    language: str
    sections: tuple[AbstractSection, ...]
    copyright: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or a group in ``collective`` (then the names are "")."""

    last_name: str = ""
    fore_name: str = ""
    initials: str = ""
    suffix: str = ""
    collective: str = ""
    affiliations: tuple[str, ...] = ()
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A controlled term with NLM's UI ("" where the record gives none)."""

    name: str
    ui: str = ""


@dataclass(frozen=True, slots=True)
class Substance:
    """A substance with NLM's UI and its CAS, UNII or EC number ("" or "0" where it has none)."""

    name: str
    ui: str = ""
    registry_number: str = ""


@dataclass(frozen=True, slots=True)
class MeshHeading:
    """A MeSH descriptor with its qualifiers; ``major`` when descriptor or a qualifier is starred."""

    descriptor: Term
    qualifiers: tuple[Term, ...] = ()
    major: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A link to a comment, erratum or retraction: ``kind`` is NLM's RefType."""

    kind: str
    source: str
    pmid: Pmid | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant as the record names it."""

    number: str
    agency: str
    country: str = ""
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One PubMed record. Texts keep their mark-up's words and lose its tags; nothing is cut.

    ``abstract_text`` is the stored abstract in which a rationale's offsets count. ``published_year`` is
    ``None`` where the record gives none; ``published`` keeps the date as printed (MedlineDate included).
    ``indexing_method`` is NLM's ("" for indexing by people, "Automated", "Curated"). ``investigators`` are
    the members of a collective author; ``subjects`` the people whom the paper is about.
    """

    pmid: Pmid
    title: str
    vernacular_title: str = ""
    abstract: tuple[AbstractSection, ...] = ()
    other_abstracts: tuple[OtherAbstract, ...] = ()
    authors: tuple[Author, ...] = ()
    editors: tuple[Author, ...] = ()
    journal: str = ""
    journal_abbreviation: str = ""
    issn: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    published: str = ""
    published_year: int | None = None
    electronic_date: date | None = None
    doi: str = ""
    pmc: str = ""
    other_ids: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    publication_types: tuple[Term, ...] = ()
    mesh: tuple[MeshHeading, ...] = ()
    chemicals: tuple[Substance, ...] = ()
    keywords: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    conflict_statement: str = ""
    corrections: tuple[Correction, ...] = ()
    indexing_method: str = ""
    status: str = ""
    publisher: str = ""
    book: str = ""
    revised_on: date | None = None
    completed_on: date | None = None
    copyright: str = ""
    investigators: tuple[Author, ...] = ()
    subjects: tuple[Author, ...] = ()
    gene_symbols: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shown_title(self) -> str:
        """The title; the vernacular one where NLM has a placeholder for it, or nothing."""
        return self.vernacular_title if self.vernacular_title and _NO_TITLE.match(self.title) else self.title

    @property
    def abstract_text(self) -> str:
        """The abstract as one text: sections in order, each after its label, parted by a line feed."""
        return "\n".join(f"{s.label}: {s.text}" if s.label else s.text for s in self.abstract)


@dataclass(frozen=True, slots=True)
class Watched:
    """What Retraction Watch tells of a paper: how it stands, since which day, by which of its rows.

    ``own`` is how the paper's own record had it stand.
    """

    status: RetractionStatus
    told_on: date | None
    record_id: int
    own: RetractionStatus


@dataclass(frozen=True, slots=True)
class RetractionCheck:
    """The standing of a record and when it was looked at; ``notice`` is the notice's PMID if known.

    ``watched`` is what Retraction Watch tells beside; ``status`` weighs both.
    """

    status: RetractionStatus
    checked_at: datetime | None = None
    notice: Pmid | None = None
    watched: Watched | None = None

    @property
    def own(self) -> RetractionStatus:
        """How the record itself has the paper stand."""
        return self.watched.own if self.watched else self.status
