"""Entries of reference lists: told from prose, and read for label, year, PMID and DOI."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.records.article import Article, BlockKind
from claims.references.markers import find_markers

_LABEL = re.compile(
    r"\s*(?:\[\^(?P<note>[\w-]{1,20})\]\s?[:：]|[\[［(（](?P<bracketed>[0-9０-９]{1,3})[\]］)）]\s?[:：.．]?|"
    r"(?:[※*†]\s?)?(?P<bare>[0-9０-９]{1,3})[.．)）:：]|※\s?(?P<noted>[0-9０-９]{1,3}))\s*"
)
_PMID = re.compile(r"PMID\s?[:：]?\s?([0-9]{5,9})|pubmed\.ncbi\.nlm\.nih\.gov/([0-9]{5,9})")
_DOI = re.compile(r"\b(10\.[0-9]{4,9}/[^\s\"<>、。]{2,100}[^\s\"<>、。.,;)）])")
# Nothing but PMIDs and DOIs, with what stands before and between them.
_IDENTIFIERS = re.compile(
    r"(?:(?:https?://)?(?:PMID\s?[:：]?\s?[0-9]{5,9}|pubmed\.ncbi\.nlm\.nih\.gov/[0-9]{5,9}/?|"
    r"(?:(?:dx\.)?doi\.org/|doi\s?[:：]?\s?)?10\.[0-9]{4,9}/[^\s\"<>、。]{2,100}+)[\s.,;、。；]*+)++",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
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
_FIRST_AUTHOR = re.compile(r"[A-Z][\w'’-]+|[一-鿿々ァ-ヶー]{1,8}?(?=ら|ほか|他|[、,，\s])")
_SENTENCE = re.compile(r"(?:です|ます|でした|ました|ません|ください|でしょう)[。.]?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a reference list: its place in the text, and what it says of itself ("" where nothing).

    ``label`` is the number or name that marks point at.
    """

    start: int
    end: int
    label: str = ""
    year: str = ""
    pmid: str = ""
    doi: str = ""


def is_reference(words: str, *, labelled: bool = False) -> bool:
    """Whether a line is an entry of a reference list; ``labelled`` says that its list mark was taken off.

    >>> is_reference("3) Sample A, et al. Zinc and taste. J Taste 2019; 12: 3-9.")
    True
    >>> is_reference("In 2019, 12 of 30 patients improved.")
    False
    """
    if _SENTENCE.search(words):
        return False
    label = _LABEL.match(words)
    rest = words[label.end() :] if label else words
    if _IDENTIFIERS.fullmatch(rest):
        return True
    dated, written = _YEAR.search(rest), _WRITTEN.search(rest)
    named = bool(_DOI.search(rest) or _PMID.search(rest) or _URL.search(rest))
    if _AUTHOR_FIRST.match(rest):
        return bool(dated and (written or named))
    return bool(dated and ((written and (label or labelled or named)) or ((label or labelled) and named)))


def read_references(article: Article) -> tuple[Reference, ...]:
    """The entries of the article's reference lists, in its order."""
    return tuple(
        _read_entry(article.text, block.start, block.end)
        for block in article.blocks
        if block.kind is BlockKind.REFERENCE
    )


def _read_entry(text: str, start: int, end: int) -> Reference:
    words = text[start:end]
    # The block leaves out the mark of its list, which is what others point at.
    found = _LABEL.match(text, text.rfind("\n", 0, start) + 1, end)
    label = found[found.lastgroup or 0] if found else ""
    pmid, doi, year = _PMID.search(words), _DOI.search(words), _YEAR.search(words)
    number = (pmid[1] or pmid[2]) if pmid else ""
    return Reference(start, end, label, year[1] if year else "", number, doi[1] if doi else "")


def find_cited(article: Article, start: int, end: int) -> tuple[Reference, ...]:
    """The references that the sentence at ``start`` to ``end`` points at, in its order.

    A mark with a number points at the entry of that label, a name with a year at the entry that holds both.
    """
    labels = [label for marker in find_markers(article.text, start, end) for label in marker.labels]
    known = read_references(article) if labels else ()
    found = [entry for label in labels for entry in known if _is_meant(article.text, entry, label)]
    return tuple(dict.fromkeys(found))


def _is_meant(text: str, entry: Reference, label: str) -> bool:
    if label == entry.label or (entry.pmid and label.endswith(entry.pmid)):
        return True
    if entry.doi and entry.doi in label:
        return True
    year = _YEAR.search(label)
    name = _FIRST_AUTHOR.match(label)
    if not year or not name or year[1] != entry.year:
        return False
    _, found, behind = text[entry.start : entry.end].partition(name[0])
    return bool(found) and not (name[0].isascii() and behind[:1].isalpha())
