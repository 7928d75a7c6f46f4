"""Entries of reference lists: told from prose, and read for label, year, PMID and DOI."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from claims.records.article import Article, BlockKind
from claims.references.links import name_places, trim_doi
from claims.references.markers import Marker, MarkerSort, find_markers, strip_markers
from claims.references.names import KANJI, NAME, YEAR

_LABEL = re.compile(
    r"\s*(?:\[\^(?P<note>[\w-]{1,20})\]\s?[:：]|[\[［(（【](?P<bracketed>[0-9０-９]{1,3})[\]］)）】]\s?[:：.．]?|"
    r"(?P<circled>[①-⑳])|"
    r"(?:[※*†]\s?)?(?P<bare>[0-9０-９]{1,3})[.．)）:：]|※\s?(?P<noted>[0-9０-９]{1,3}))\s*"
)
_PMID = re.compile(
    r"PMID\s?[:：]?\s?([0-9]{5,10})|(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/([0-9]{5,10})"
)
_PMCID = re.compile(r"\bPMC\s?([0-9]{5,10})\b")
_DOI = re.compile(r"\b(10\.[0-9]{4,9}/(?:[^\s\"<>、。\[\]()（）]|\([^\s()]{0,40}\)){1,100}(?<![.,;]))")
# Nothing but PMIDs and DOIs, with what stands before and between them.
_IDENTIFIERS = re.compile(
    r"(?:(?:https?://)?(?:PMID\s?[:：]?\s?[0-9]{5,10}|pubmed\.ncbi\.nlm\.nih\.gov/[0-9]{5,10}/?|"
    r"(?:(?:dx\.)?doi\.org/|doi\s?[:：]?\s?)?10\.[0-9]{4,9}/[^\s\"<>、。]{2,100}+)[\s.,;、。；]*+)++",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
# Behind a sign or at the end, as entries write it; a sentence says it within.
_ISSUED = re.compile(
    r"[;；,，、.．:：(（]\s?(?:19|20)[0-9]{2}(?![0-9])|(?<![0-9])(?:19|20)[0-9]{2}年?\W{0,3}$"
)
_URL = re.compile(r"https?://\S{4}")
# What only a bibliography writes: a volume with its pages, several authors, a journal's year.
_WRITTEN = re.compile(
    r"\b[0-9]{1,4}\s?(?:\([0-9S.–-]{1,9}\))?\s?[:：]\s?[eE]?[0-9]{1,6}(?:\s?[-–]\s?[eE]?[0-9]{1,6})?|"
    r"\bet al\b|(?:ほか|他)[:：,，.．]|[(（](?:19|20)[0-9]{2}[a-z]?[)）][.．,，:：]|"
    r"\b(?:19|20)[0-9]{2}\s?[;；]\s?[0-9]{1,4}|"
    r"[0-9]{1,3}[巻号]|\bvol\.?\s?[0-9]|\bpp?\.\s?[0-9]{1,4}[-–]|"
    r"雑誌|学会誌|[^は]会誌|\b(?:J|Am|Int|Clin|Med|Eur|Br|Res|Dermatol|Surg)\b\s[A-Z]"
)
_AUTHOR_FIRST = re.compile(
    r"(?:[A-Z][\w'’-]{1,30},?\s(?:[A-Z]\.?-?\s?){1,3}(?:[,;&.]|\sand\s|\set al|\()|"
    r"[A-Z][\w'’-]{1,30},\s[A-Z][a-z]{1,20}[,.]\s)"
)
_FIRST_AUTHOR = re.compile(
    rf"(?:[a-z.]{{2,4}},?\s){{0,3}}([A-Z][\w'’-]+)|([{KANJI}ァ-ヶー]{{1,8}}?)(?=氏|ら|ほか|他|[、・と&,，\s])"
)
_NAMES = re.compile(rf"{NAME}|[{KANJI}ァ-ヶー]{{1,8}}?(?=[ら・、と氏ほ他（( ,，]|$)|{YEAR}")
_SENTENCE = re.compile(
    r"(?:(?:です|ます|でした|ました|ません|ください|でしょう)[。.]?|(?:[たるうくすむだ]|ない|参照)。)$"
)
_ADDRESS = re.compile(r"https?://[^\s、。]+")
# A year as a sentence says it: in 2019, a 2020 trial, Jones et al. (2020) showed.
_SAID_YEAR = re.compile(
    r"\b(?:[Ii]n|[Aa]n?|[Tt]he|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]uring|[Bb]etween)\s(?:19|20)[0-9]{2}\b|"
    r"[(（](?:19|20)[0-9]{2}[a-z]?[)）]\s?(?=[a-z\u3041-\u3093])"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference of the author: its place in the text, and what it says of itself ("" where nothing).

    ``label`` is the number or name that marks point at, ``sort`` how those marks are written, ``form`` the
    bracket of its number ("[", "(", ")", "【", "①"; "" for a full stop or nothing). What is named
    in a sentence alone (PMID: 1, a link) stands in no list and is not ``listed``.
    """

    start: int
    end: int
    label: str = ""
    year: str = ""
    pmid: str = ""
    doi: str = ""
    pmcid: str = ""
    sort: MarkerSort = MarkerSort.NUMBER
    form: str = ""
    listed: bool = True

    @property
    def number(self) -> int | None:
        """Its number in the list; ``None`` for one that has a name or nothing before it."""
        return int(self.label) if self.label.isdecimal() else None


def is_reference(words: str, *, labelled: bool = False) -> bool:
    """Whether a line is an entry of a reference list; ``labelled`` says that its list mark was taken off.

    >>> is_reference("3) Sample A, et al. Zinc and taste. J Taste 2019; 12: 3-9.")
    True
    >>> is_reference("In 2019, 12 of 30 patients improved.")
    False
    """
    words = name_places(words)
    label = _LABEL.match(words)
    rest = words[label.end() :] if label else words
    if names_papers(rest):
        return True
    if _ends_sentence(words):
        return False
    entry = _leave_out_mentions(rest)
    dated, written = _YEAR.search(entry), _WRITTEN.search(entry)
    named = bool(_DOI.search(rest) or _PMID.search(rest) or _URL.search(rest))
    if _AUTHOR_FIRST.match(rest):
        return bool(dated and (written or named))
    return bool(dated and ((written and (label or labelled or named)) or ((label or labelled) and named)))


def names_papers(words: str) -> bool:
    """Whether a line is nothing but PMIDs, DOIs and their addresses.

    >>> names_papers("https://doi.org/10.5555/zinc.1"), names_papers("Zinc. doi:10.5555/zinc.1")
    (True, False)
    """
    return _IDENTIFIERS.fullmatch(words) is not None


def is_entry(words: str) -> bool:
    """Whether a line under the heading of a reference list is an entry of it, however little it says.

    >>> is_entry("[3] 田中太郎. 亜鉛の本. 見本出版."), is_entry("Roe A. A book of zinc. Sample Press; 2015.")
    (True, True)
    >>> is_entry("この記事は2025年に更新しました。"), is_entry("In 2019, all links were opened.")
    (False, False)
    """
    words = name_places(words)
    return not _ends_sentence(words) and bool(_LABEL.match(words) or _ISSUED.search(words))


def _ends_sentence(words: str) -> bool:
    """Whether a line ends like a Japanese sentence, before what it cites and addresses."""
    return bool(_SENTENCE.search(_ADDRESS.sub("", strip_markers(words)).strip()))


def _leave_out_mentions(words: str) -> str:
    """A line without the papers and the years that a sentence mentions, which no entry writes like that.

    >>> _leave_out_mentions("It slowed loss in 2018 (Smith et al., 2020). Jones et al. (2019) saw none.")
    'It slowed loss  . Jones et al.  saw none.'
    """
    mentioned = [marker for marker in find_markers(words) if _is_mention(marker)]
    for marker in reversed(mentioned):
        words = f"{words[: marker.start]} {words[marker.end :]}"
    return _SAID_YEAR.sub("", words)


def _is_mention(marker: Marker) -> bool:
    """Whether a mark names a paper as a sentence does: names at the head of a line are those of an entry."""
    at_head = marker.end <= len(marker.labels[0]) if marker.labels else True
    return marker.sort is MarkerSort.AUTHORS or (marker.sort is MarkerSort.NARRATED and not at_head)


def strip_label(words: str) -> str:
    """An entry without the mark of its list.

    >>> strip_label("[2] Roe A. Zinc."), strip_label("2019 was dry.")
    ('Roe A. Zinc.', '2019 was dry.')
    """
    label = _LABEL.match(words)
    return words[label.end() :] if label else words


def read_references(article: Article) -> tuple[Reference, ...]:
    """The entries of the article's reference lists, in its order.

    Entries that bear no number are numbered by their place where the text points at numbers.
    """
    text = article.text
    entries = tuple(
        _read_entry(text, block.start, block.end)
        for block in article.blocks
        if block.kind is BlockKind.REFERENCE
    )
    if any(entry.label for entry in entries) or not _points_at_numbers(article):
        return entries
    return tuple(replace(entry, label=str(number)) for number, entry in enumerate(entries, 1))


def _points_at_numbers(article: Article) -> bool:
    said = (block for block in article.blocks if block.kind is not BlockKind.REFERENCE)
    return any(
        marker.sort in (MarkerSort.NUMBER, MarkerSort.STAR)
        for block in said
        for marker in find_markers(article.text, block.start, block.end)
    )


def _read_entry(text: str, start: int, end: int) -> Reference:
    # The block leaves out the mark of its list, which is what others point at.
    found = _LABEL.match(text, text.rfind("\n", 0, start) + 1, end)
    label = found[found.lastgroup or 0] if found else ""
    sort = MarkerSort.NUMBER
    if found and found.lastgroup == "note":
        sort = MarkerSort.NOTE
    elif found and found[0].lstrip()[:1] in "※*†":
        sort = MarkerSort.STAR
    return replace(
        read_identifiers(text, start, end),
        label=unicodedata.normalize("NFKC", label),
        sort=sort,
        form=_find_form(unicodedata.normalize("NFKC", found[0]).strip(), found.lastgroup) if found else "",
    )


def _find_form(mark: str, group: str | None) -> str:
    if group == "circled":
        return "①"
    return mark[:1] if mark[:1] in tuple("[(【") else ")" if mark.endswith(")") else ""


def read_identifiers(text: str, start: int, end: int) -> Reference:
    """What ``text[start:end]`` says of a reference: PMID, PMCID, DOI and year."""
    words = text[start:end]
    pmid, doi, pmcid = _PMID.search(words), _DOI.search(words), _PMCID.search(words)
    year = _YEAR.search(words)
    return Reference(
        start,
        end,
        year=year[1] if year else "",
        pmid=(pmid[1] or pmid[2]) if pmid else "",
        doi=trim_doi(doi[1]) if doi else "",
        pmcid=f"PMC{pmcid[1]}" if pmcid else "",
    )


def is_by(words: str, entry: Reference, text: str) -> bool:
    """Whether a mark of author and year (Smith 2020) names this entry of ``text``."""
    year = _YEAR.search(words)
    first = _FIRST_AUTHOR.match(words)
    if not year or not first or year[1] != entry.year:
        return False
    written = text[entry.start : entry.end]
    if name := first[1]:
        _, found, behind = written.partition(name)
        return bool(found) and not behind[:1].isalpha()
    # Behind a word of the sentence a name has no gap before it: 近年田中ら.
    return first[2] in written or any(written.startswith(first[2][at:]) for at in range(1, len(first[2]) - 1))


def find_best(words: str, entries: Iterable[Reference], text: str) -> tuple[Reference, ...]:
    """Of entries by the author of a mark the first with most of its names, at its head and with its year."""
    named = _NAMES.findall(words)

    def count(entry: Reference) -> int:
        written = text[entry.start : entry.end]
        return sum(name in written for name in named) + written.startswith(tuple(named[:1]))

    best = max(entries, key=count, default=None)
    return (best,) if best else ()
