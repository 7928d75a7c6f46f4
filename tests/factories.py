"""Records for tests: whole, valid, and different only in what a test names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from claims.records.article import Article, Block, BlockKind, Language, text_hash
from claims.records.assessment import Assessment, Basis, CitationJudgement, JudgedCitation, SupportGrade
from claims.records.audit import AuditAction, AuditEntry
from claims.records.citation import (
    FIRST_SAMPLE_PMID,
    AbstractSection,
    Author,
    Citation,
    Pmid,
    RetractionCheck,
    RetractionStatus,
    Term,
)
from claims.records.claim import (
    Certainty,
    Claim,
    ClaimType,
    DroppedUnit,
    DropReason,
    Extraction,
)
from claims.records.decision import ProvedBy, Signature
from claims.records.finding import ClaimEvidence, Finding
from claims.records.people import Role, User
from claims.records.rationale import Rationale, Stance, SuggestedStance
from claims.records.reference import AuthorReference, Identity, LookUp, NamedPaper
from claims.records.retrieval import (
    Concept,
    PicoSlot,
    Query,
    Rung,
    SearchPlan,
    SearchRun,
    SearchStatus,
)
from claims.records.study import EvidenceLevel, ReadFrom, Species, StudyDesign, StudyProfile

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
CLAIM_TEXT = "見本成分は見本の毛を増やす。"


def make_moment(minutes: int = 0) -> datetime:
    """A moment of the test's day: ``minutes`` after noon, UTC."""
    return NOON + timedelta(minutes=minutes)


def make_pmid(number: int = 1) -> Pmid:
    """The ``number``-th PMID outside PubMed's range, counted from 1."""
    return Pmid(str(FIRST_SAMPLE_PMID - 1 + number))


def make_article(
    text: str = CLAIM_TEXT, *, title: str = "見本の記事", language: Language = Language.JA
) -> Article:
    """An article of one paragraph that holds the whole text."""
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text), theme="見本の主題", heading="見本の見出し"),)
    return Article(title, language, text, blocks, origin="sample.txt")


def make_claim(
    text: str = CLAIM_TEXT,
    *,
    start: int = 0,
    type: ClaimType = ClaimType.EFFICACY,
    certainty: Certainty = Certainty.ASSERTED,
    read_as: str = "",
) -> Claim:
    """A claim of ``text`` at ``start``, read as it stands unless ``read_as`` says otherwise."""
    return Claim(
        text=text,
        start=start,
        end=start + len(text),
        type=type,
        certainty=certainty,
        section="見本の主題 / 見本の見出し",
        read_as=read_as or text,
        theme="見本の主題",
        heading="見本の見出し",
    )


def make_dropped_unit(
    text: str = "こんにちは。", *, start: int = 0, reason: DropReason = DropReason.GREETING
) -> DroppedUnit:
    """A unit that was dropped for ``reason``."""
    return DroppedUnit(text, start, start + len(text), "見本の見出し", reason, heading="見本の見出し")


def make_extraction(claims: int = 2, dropped: int = 1) -> Extraction:
    """That many claims ten code points apart from 0 on, and dropped units in the gaps after them."""
    return Extraction(
        claims=tuple(make_claim(f"主張{n}。", start=10 * n) for n in range(claims)),
        dropped=tuple(make_dropped_unit(f"挨拶{n}。", start=10 * n + 5) for n in range(dropped)),
    )


def make_citation(
    number: int = 1,
    *,
    title: str = "",
    abstract: str = "The sample agent increased sample hair density.",
    year: int = 2020,
) -> Citation:
    """The ``number``-th sample record; its title says SAMPLE whatever ``title`` adds."""
    return Citation(
        pmid=make_pmid(number),
        title=f"SAMPLE {number}: {title or 'a trial of the sample agent'}",
        abstract=(AbstractSection(abstract, label="RESULTS", category="RESULTS"),),
        authors=(Author(last_name="Sample", fore_name="Ann", initials="A"),),
        journal="SAMPLE journal of samples",
        journal_abbreviation="SAMPLE J",
        volume="1",
        pages="1-2",
        published=str(year),
        published_year=year,
        languages=("eng",),
        publication_types=(Term("Randomized Controlled Trial", "D016449"),),
    )


def make_finding(
    number: int = 1,
    *,
    rank: int = 1,
    rung: Rung = Rung.STRICT,
    stance: Stance = Stance.SUPPORTS,
    rationale: str = "",
    species: Species = Species.HUMAN,
    retraction: RetractionStatus = RetractionStatus.NONE_KNOWN,
) -> Finding:
    """``make_citation(number)`` as a finding; the rationale is its whole abstract unless one is named."""
    abstract = make_citation(number).abstract_text
    quoted = rationale or abstract
    start = abstract.index(quoted)
    return Finding(
        pmid=make_pmid(number),
        rank=rank,
        score=1.0 / rank,
        rung=rung,
        rationales=(Rationale(make_pmid(number), quoted, start, start + len(quoted)),),
        study=StudyProfile(
            StudyDesign.RANDOMISED_TRIAL, ReadFrom.INDEXED, species, ReadFrom.INDEXED, sample_size=40
        ),
        level=EvidenceLevel(2),
        stance=SuggestedStance(stance, 0.8, "sample-rules-1"),
        retraction=RetractionCheck(retraction, make_moment()),
    )


def make_plan() -> SearchPlan:
    """A plan of one concept and one query."""
    return SearchPlan(
        concepts=(Concept("見本成分", ("sample agent",), "", PicoSlot.INTERVENTION),),
        ladder=(Query(Rung.STRICT, '"sample agent"[tiab]'),),
        unmapped=("見本",),
        lexicon_version="sample-lexicon-1",
    )


def make_run(
    status: SearchStatus = SearchStatus.FOUND,
    *,
    rung: Rung = Rung.STRICT,
    count: int = 1,
    failure: str = "",
    minutes: int = 0,
) -> SearchRun:
    """One query as it was sent; a failed one names a reason and has no count."""
    failed = status is SearchStatus.FAILED
    return SearchRun(
        rung=rung,
        query='"sample agent"[tiab]',
        source="library",
        status=status,
        searched_at=make_moment(minutes),
        count=count if status is SearchStatus.FOUND else 0,
        translation='"sample agent"[Title/Abstract]',
        failure=failure or ("source_timeout" if failed else ""),
        lexicon_version="sample-lexicon-1",
        ranker_version="sample-ranker-1",
    )


def make_evidence(*numbers: int, runs: tuple[SearchRun, ...] | None = None) -> ClaimEvidence:
    """A search that brought these sample records in this order; without any, one that found nothing."""
    answered = make_run(SearchStatus.FOUND if numbers else SearchStatus.NOTHING_FOUND, count=len(numbers))
    return ClaimEvidence(
        plan=make_plan(),
        runs=(answered,) if runs is None else runs,
        findings=tuple(make_finding(number, rank=rank) for rank, number in enumerate(numbers, start=1)),
        citations=tuple(make_citation(number) for number in numbers),
    )


def make_reference(number: int = 1) -> AuthorReference:
    """A reference to ``make_citation(number)``, looked up and the same; no mark points at it."""
    said = NamedPaper(f"Sample A. Trial {number}. SAMPLE J. 2020;1:1-2.", pmid=make_pmid(number))
    told = LookUp(Identity.SAME, make_pmid(number), source="library", looked_at=make_moment())
    return AuthorReference(1, number, said, str(number), look_up=told)


def make_assessment(
    claim_id: int = 1,
    grade: SupportGrade = SupportGrade.SUPPORTED,
    *,
    graded_by: str = "reviewer",
    comment: str = "",
    minutes: int = 0,
    claim_text: str = CLAIM_TEXT,
) -> Assessment:
    """A grade of the claim whose text is ``claim_text``."""
    return Assessment(claim_id, grade, comment, graded_by, make_moment(minutes), text_hash(claim_text))


def make_judgement(
    number: int = 1,
    judgement: CitationJudgement = CitationJudgement.SUPPORTING,
    *,
    basis: Basis = Basis.ABSTRACT,
    judged_by: str = "reviewer",
    minutes: int = 0,
) -> JudgedCitation:
    """A judgement of ``make_citation(number)``."""
    return JudgedCitation(make_pmid(number), judgement, basis, judged_by, make_moment(minutes))


def make_user(name: str, *roles: Role) -> User:
    """A person of these roles who has an account under ``name``."""
    return User(1, name, name, roles, qualification=f"見本の{name}専門医")


def make_audit_entry(
    action: AuditAction = AuditAction.CLAIM_GRADED,
    subject: str = "claim:1",
    *,
    actor: str = "reviewer",
    values: tuple[tuple[str, str], ...] = (),
    minutes: int = 0,
) -> AuditEntry:
    """A line of the audit trail."""
    return AuditEntry(make_moment(minutes), actor, action, subject, values)


def make_signature(name: str = "Sample Editor") -> Signature:
    """The signature of an editor who has just given their password."""
    return Signature(name, (Role.EDITOR,), ProvedBy.PASSWORD, make_moment())
