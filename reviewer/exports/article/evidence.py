"""What stands under the article: who reviewed it and when, what it rests on, and the list of references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from claims.records.citation import is_sample
from claims.records.decision import VersionState
from claims.records.document import DocumentDetails
from claims.records.review import ReviewClaim
from claims.sources import SOURCES
from reviewer.exports.article.citing import DOCUMENT, CitedArticle, Mark
from reviewer.exports.bibliography.coins import write_context_object
from reviewer.exports.bibliography.entry import Entry
from reviewer.exports.documents.model import Block, Heading, Note, Paragraph, ParagraphKind, Run, Tone, runs
from reviewer.exports.vancouver import format_reference
from reviewer.i18n import Translate, mark, translator
from reviewer.labels import RETRACTION_LABELS
from reviewer.moments import add_months, day_of, format_day
from reviewer.workflow.publication import PublicReviewer

_DRAFT = mark("DRAFT – not approved")
_WITHDRAWN = mark("WITHDRAWN")
_UNDER_REVIEW = mark(
    "Under review again: what it rests on has changed, or is to be looked at anew. Sentences concerned:"
    " {count}."
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where the article is written: days are those of ``zone``.

    ``again_months`` after its approval an article is to be reviewed again; 0 where nobody said so.
    """

    zone: tzinfo
    again_months: int = 0


def write_stamp(state: VersionState, translate: Translate) -> str:
    """What stands on the face of a text that is not approved, or no longer; "" for one that is."""
    if state.is_signed:
        return ""
    return translate(_WITHDRAWN if state is VersionState.WITHDRAWN else _DRAFT)


def list_evidence(
    article: CitedArticle, occasion: Occasion, unplaced: Sequence[Mark] = ()
) -> tuple[Block, ...]:
    """The box, then the references; marks that are ``unplaced`` stand there with their sentences."""
    locale = article.publication.version.article.language.value
    translate = translator(locale)
    box = tuple(Paragraph(runs(line)) for line in _list_facts(article, occasion, translate, locale))
    is_sound = article.publication.state.is_signed and not article.publication.under_review
    tone = Tone.NEUTRAL if is_sound else Tone.BAD
    blocks: list[Block] = [
        Heading(1, runs(translate("Evidence for this article")), "konkyo-evidence"),
        Note(box, tone),
    ]
    if article.entries:
        blocks.append(Heading(1, runs(translate("References")), "konkyo-references"))
    blocks += [
        _write_entry(entry, f"{article.prefix}{number}", translate)
        for number, entry in enumerate(article.entries, start=1)
    ]
    if article.documents:
        blocks.append(Heading(1, runs(translate("Documents that are no PubMed records")), "konkyo-documents"))
    blocks += [
        _write_document(document, f"{DOCUMENT}{number}", locale)
        for number, document in enumerate(article.documents, start=1)
    ]
    if unplaced:
        told = translate("Sentences whose place could not be told in the original file:")
        blocks.append(Paragraph(runs(told), ParagraphKind.SMALL))
        blocks += [
            Paragraph(runs(f"{one.label} {_quote(one.claim, locale)}"), ParagraphKind.SMALL)
            for one in unplaced
        ]
    return tuple(blocks)


def name_anchor(number: str) -> str:
    """What links call the entry of this number."""
    return f"konkyo-ref-{number}"


def find_next_review(approved_at: datetime, occasion: Occasion) -> date | None:
    """The day on which the article is to be reviewed again, ``None`` where nobody said so.

    >>> from datetime import UTC
    >>> find_next_review(datetime(2026, 1, 31, tzinfo=UTC), Occasion(UTC, 13))
    datetime.date(2027, 2, 28)
    """
    if not occasion.again_months:
        return None
    return add_months(day_of(approved_at, occasion.zone), occasion.again_months)


def _list_facts(
    article: CitedArticle, occasion: Occasion, translate: Translate, locale: str
) -> Iterator[str]:
    publication = article.publication
    if publication.approved_at is None:
        yield write_stamp(publication.state, translate)
        graded = sum(dossier.verdict is not None for dossier in publication.dossiers)
        told = translate("Graded claims: {graded} of {total}.")
        yield told.format(graded=graded, total=len(publication.dossiers))
    else:
        yield _write_reviewers(publication.reviewers, translate)
        reviewed = translate("Reviewed on {day}.").format(
            day=format_day(day_of(publication.approved_at, occasion.zone), locale)
        )
        again = publication.review_on or find_next_review(publication.approved_at, occasion)
        next_one = translate("Next review: {day}.").format(day=format_day(again, locale)) if again else ""
        yield f"{reviewed} {next_one}".rstrip()
    if publication.under_review:
        told = translate(_UNDER_REVIEW)
        yield told.format(count=len(publication.under_review))
    if not article.marks:
        yield translate("No sentence of this article carries a citation.")
        return
    yield translate("References: {references}. Sentences that cite them: {claims}.").format(
        references=len(article.entries), claims=len(article.marks)
    )
    if article.documents:
        yield translate("Documents that are no PubMed records: {count}.").format(count=len(article.documents))
    yield from _list_searches(article, occasion, translate, locale)


def _write_reviewers(reviewers: Sequence[PublicReviewer], translate: Translate) -> str:
    """Those who agreed to it by name and qualification, the others by their number."""
    named = [_introduce(reviewer, translate) for reviewer in reviewers if reviewer.full_name]
    others = sum(not reviewer.full_name for reviewer in reviewers)
    if named and others:
        told = translate("Medically reviewed by {names}, and {others} more who are not named.")
    elif named:
        told = translate("Medically reviewed by {names}.")
    else:
        told = translate("Medically reviewed; reviewers who are not named: {others}.")
    return told.format(names=translate(", ").join(named), others=others)


def _introduce(reviewer: PublicReviewer, translate: Translate) -> str:
    told = translate("{name} ({qualification})") if reviewer.qualification else "{name}"
    return told.format(name=reviewer.full_name, qualification=reviewer.qualification)


def _list_searches(
    article: CitedArticle, occasion: Occasion, translate: Translate, locale: str
) -> Iterator[str]:
    """Where was searched until when, when the papers' standing was looked at, and whose records they are."""
    runs_made = [
        run for dossier in article.publication.dossiers for run in dossier.runs if run.status.is_answered
    ]
    if runs_made:
        names = dict.fromkeys(
            source.database if (source := SOURCES.get(run.source)) else run.source for run in runs_made
        )
        last = day_of(max(run.searched_at for run in runs_made), occasion.zone)
        told = translate("Searched in {sources}, last on {day}.")
        yield told.format(sources=translate(", ").join(names), day=format_day(last, locale))
    checked = [entry.retraction.checked_at for entry in article.entries]
    known = [moment for moment in checked if moment is not None]
    if known and len(known) == len(checked):
        day = format_day(day_of(min(known), occasion.zone), locale)
        yield translate("Retractions looked up on {day}.").format(day=day)
    if any(not is_sample(entry.citation.pmid) for entry in article.entries):
        yield translate("Bibliographic records: U.S. National Library of Medicine (PubMed).")


def _write_entry(entry: Entry, number: str, translate: Translate) -> Paragraph:
    """The reference behind its number; that it was retracted comes first, in bold."""
    parts: list[str | Run] = [f"[{number}] "]
    if entry.is_taken_back:
        parts.append(Run(f"{translate(RETRACTION_LABELS[entry.retraction.status])}: ", bold=True))
    reference = format_reference(entry.citation)
    told, _, pmid = reference.rpartition("PMID: ")
    parts += [told, Run(f"PMID: {pmid}", link=entry.address)]
    context = write_context_object(entry)
    return Paragraph(runs(*parts), anchor=name_anchor(number), context_object=context)


def _write_document(document: DocumentDetails, number: str, locale: str) -> Paragraph:
    """The document behind its number: title, who published it and when, its address, when it was read."""
    translate = translator(locale)
    published = translate(", ").join(part for part in (document.body, document.published) if part)
    accessed = document.accessed_on
    parts: list[str | Run] = [f"[{number}] {document.title}", f". {published}" if published else ""]
    if document.address:
        parts += [". ", Run(document.address, link=document.address)]
    if accessed is not None:
        parts.append(" " + translate("(read on {day})").format(day=format_day(accessed, locale)))
    return Paragraph(runs(*(part for part in parts if part)), anchor=name_anchor(number))


def _quote(claim: ReviewClaim, locale: str) -> str:
    return f"「{claim.claim.text}」" if locale == "ja" else f"“{claim.claim.text}”"
