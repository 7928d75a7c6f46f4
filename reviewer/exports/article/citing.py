"""Which citation has which number, and where in the text each mark stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import groupby

from claims.records.article import Article, Language
from claims.records.assessment import CitationJudgement, SupportGrade
from claims.records.document import DocumentDetails
from claims.records.finding import Finding
from claims.records.review import ReviewClaim
from claims.references import find_markers, list_references
from reviewer.exports.bibliography.entry import Entry
from reviewer.exports.bibliography.gathering import list_entries
from reviewer.rules.dossier import Dossier
from reviewer.workflow.publication import Publication

_CITED = frozenset({SupportGrade.SUPPORTED, SupportGrade.PARTIALLY_SUPPORTED})
_SUPPORTING = frozenset({CitationJudgement.SUPPORTING, CitationJudgement.PARTLY})
# What the numbers of documents begin with.
DOCUMENT = "D"
# In Japanese a mark stands before the full stop.
_STOPS = frozenset("。．")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a claim: it stands at ``position``, a code point of the canonical text.

    ``numbers`` are those of entries; ``documents``, which have no PMID, are numbered apart.
    """

    claim: ReviewClaim
    position: int
    numbers: tuple[int, ...]
    prefix: str = ""
    documents: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """What stands in the text, such as ``[1–3,D1]``."""
        told = (*_write_numbers(self.numbers, self.prefix), *_write_numbers(self.documents, DOCUMENT))
        return f"[{','.join(told)}]"

    @property
    def first(self) -> str:
        """The number to which the label leads."""
        return f"{self.prefix}{self.numbers[0]}" if self.numbers else f"{DOCUMENT}{self.documents[0]}"


def _write_numbers(numbers: Iterable[int], prefix: str) -> Iterator[str]:
    """Each number with its prefix, three and more in a row as a range.

    >>> list(_write_numbers((1, 2, 3, 5), "")), list(_write_numbers((4, 5), "R"))
    (['1–3', '5'], ['R4', 'R5'])
    """
    for _, row in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        names = [f"{prefix}{number}" for _, number in row]
        yield from names if len(names) < 3 else [f"{names[0]}–{names[-1]}"]


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """A version with its marks in the text's order, and what they number from 1.

    ``prefix`` stands before the numbers of entries where the article has references of its own, "" elsewhere:
    no number means two papers. ``documents`` are no PubMed records and have numbers of their own.
    """

    publication: Publication
    marks: tuple[Mark, ...]
    entries: tuple[Entry, ...]
    prefix: str = ""
    documents: tuple[DocumentDetails, ...] = ()


def cite_article(publication: Publication, zone: tzinfo) -> CitedArticle:
    """The article with what its claims rest on: those alone that are supported, or partially."""
    article, dossiers = publication.version.article, publication.dossiers
    ordered = sorted(dossiers, key=lambda dossier: (dossier.claim.claim.end, dossier.claim.number))
    entries = list_entries(ordered, find_supporting, zone)
    numbers = {entry.citation.pmid: number for number, entry in enumerate(entries, start=1)}
    documents = tuple(dict.fromkeys(one for dossier in ordered for one in find_documents(dossier)))
    places = {document: number for number, document in enumerate(documents, start=1)}
    spans = [(dossier.claim.claim.start, dossier.claim.claim.end) for dossier in dossiers]
    prefix = "R" if entries and _cites_already(article, spans) else ""
    marks = (
        Mark(
            dossier.claim,
            find_position(article.text, dossier.claim.claim.end, article.language),
            tuple(sorted(numbers[finding.pmid] for finding in find_supporting(dossier))),
            prefix,
            tuple(sorted(places[one] for one in find_documents(dossier))),
        )
        for dossier in ordered
    )
    cited = tuple(mark for mark in marks if mark.numbers or mark.documents)
    return CitedArticle(publication, cited, entries, prefix, documents)


def _cites_already(article: Article, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the article has references of its own, or marks of some."""
    marked = any(True for span in spans for _ in find_markers(article.text, *span))
    return marked or bool(list_references(article, spans))


def find_supporting(dossier: Dossier) -> Sequence[Finding]:
    """What the claim may cite, best first: what somebody judged to support it, wholly or partly.

    Empty unless its grade stands, and says supported or partially supported.
    """
    verdict = dossier.verdict
    if verdict is None or verdict.grade not in _CITED:
        return ()
    bearing = {judged.pmid for judged in dossier.judgements if judged.judgement in _SUPPORTING}
    return tuple(finding for finding in dossier.findings if finding.pmid in bearing)


def find_documents(dossier: Dossier) -> Sequence[DocumentDetails]:
    """The documents without a PMID that the claim may cite, as ``find_supporting`` says of records.

    A document that was entered under several claims is one; the passage is each claim's own.
    """
    verdict = dossier.verdict
    if verdict is None or verdict.grade not in _CITED:
        return ()
    judged = dossier.document_judgements
    bearing = {one.document_id for one in judged if one.judgement in _SUPPORTING}
    told = (one.details for one in dossier.documents if one.id in bearing)
    return tuple(dict.fromkeys(replace(one, quotation="", place="") for one in told))


def find_position(text: str, end: int, language: Language) -> int:
    """Where the mark of a claim that ends at ``end`` stands.

    >>> find_position("毛を増やす。次の文。", 6, Language.JA), find_position("It grows.", 9, Language.EN)
    (5, 9)
    """
    return end - 1 if language is Language.JA and text[end - 1 : end] in _STOPS else end
