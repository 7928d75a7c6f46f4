"""Practice: a sample claim that anybody may judge and grade. What is done there is stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from claims.records.assessment import Basis, CitationJudgement, ClaimStatus, JudgedCitation, SupportGrade
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
from claims.records.claim import Certainty, Claim, ClaimType
from claims.records.finding import Finding
from claims.records.people import User
from claims.records.rationale import Rationale
from claims.records.retrieval import Rung, SearchStatus
from claims.records.review import ReviewClaim
from claims.records.study import EvidenceLevel, ReadFrom, Species, StudyDesign, StudyProfile
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.grades import check_grade
from reviewer.rules.permissions import Permission, require_permission
from reviewer.rules.visibility import SEALED

# No stored claim has this number: a step that reaches the database with it is refused there.
PRACTICE_CLAIM = 0
# Outside PubMed's range, and apart from the records of the sample library.
_FIRST = FIRST_SAMPLE_PMID + 900


@dataclass(frozen=True, slots=True)
class Practice:
    """What somebody did at the practice claim so far; ``former`` is how it stood one step before."""

    judgements: tuple[tuple[Pmid, CitationJudgement], ...] = ()
    grade: SupportGrade | None = None
    former: Practice | None = None

    def judge(self, pmids: Iterable[Pmid], judgement: CitationJudgement) -> Practice:
        """The practice with these citations judged so."""
        judged = {**dict(self.judgements), **dict.fromkeys(pmids, judgement)}
        return replace(self, judgements=tuple(judged.items()), former=self)

    def give(self, dossier: Dossier, grade: SupportGrade, comment: str) -> Practice:
        """The practice with this grade. Raises ``RuleRefused`` where the rules of grading refuse it."""
        check_grade(dossier, grade, comment)
        return replace(self, grade=grade, former=self)


def make_dossier(practice: Practice, text: str, name: str, at: datetime) -> Dossier:
    """The practice claim in the words of ``text``, with its sample records and what ``name`` did there."""
    claim = Claim(text, 0, len(text), ClaimType.EFFICACY, Certainty.ASSERTED, section="", read_as=text)
    citations = {citation.pmid: citation for citation in _RECORDS}
    findings = (_find(rank, citation, at) for rank, citation in enumerate(_RECORDS, start=1))
    return Dossier(
        ReviewClaim(PRACTICE_CLAIM, 0, 1, claim, ClaimStatus.EXTRACTED, revision=0),
        SearchStatus.FOUND,
        (),
        tuple(findings),
        citations,
        judgements=tuple(
            JudgedCitation(pmid, said, Basis.ABSTRACT, name, at) for pmid, said in practice.judgements
        ),
        suggestions_sealed=True,
    )


def is_practice_over(work: UnitOfWork, viewer: User) -> bool:
    """Whether the person finished the practice claim, or put it away, at any time."""
    return bool(work.audit.count_entries(1, _name(viewer), action=AuditAction.PRACTICE_ENDED))


def end_practice(work: UnitOfWork, actor: User, at: datetime) -> None:
    """Offer the practice claim to this person no more by itself; said once, it stays so."""
    require_permission(actor, Permission.READ_VERSIONS)
    if not is_practice_over(work, actor):
        values = (("name", actor.name),)
        work.commit(AuditEntry(at, actor.name, AuditAction.PRACTICE_ENDED, _name(actor), values))


def _name(user: User) -> str:
    return f"account:{user.id}"


def _record(number: int, title: str, year: int, kind: Term, methods: str, results: str) -> Citation:
    note = "This is a synthetic sample record written for practice; it describes no real study."
    sections = (("NOTE", note), ("METHODS", methods), ("RESULTS", results))
    return Citation(
        pmid=Pmid(str(_FIRST + number)),
        title=f"[SAMPLE] {title}",
        abstract=tuple(AbstractSection(text, label=label) for label, text in sections),
        authors=(Author(last_name="Sample", fore_name="A", initials="A"),),
        journal="Konkyo Sample Records",
        journal_abbreviation="Konkyo Samples",
        published=str(year),
        published_year=year,
        languages=("eng",),
        publication_types=(kind,),
    )


_ARTICLE = Term("Journal Article", "D016428")
# The first says what the claim says, the second points there from a dish, the third is about something else.
_RECORDS = (
    _record(
        1,
        "Topical agent X and hair density in women with hair loss: a randomised sample trial.",
        2024,
        Term("Randomized Controlled Trial", "D016449"),
        "We randomised 120 sample women with hair loss to topical agent X or placebo for 24 weeks.",
        "Hair density increased more with agent X than with placebo (p < 0.01).",
    ),
    _record(
        2,
        "Agent X and hair follicles in culture: a sample study.",
        2021,
        _ARTICLE,
        "We kept sample follicles of human scalp in culture with agent X for nine days.",
        "Follicles grew longer with agent X. Whether hair becomes denser in people was not studied.",
    ),
    _record(
        3,
        "Sleep of nurses who work at night: a sample survey.",
        2019,
        _ARTICLE,
        "We asked 300 sample nurses how they sleep.",
        "Sleep was shorter after night shifts.",
    ),
)
_READ = ReadFrom.ABSTRACT
_STUDIES = (
    (StudyProfile(StudyDesign.RANDOMISED_TRIAL, ReadFrom.INDEXED, Species.HUMAN, _READ, 120), 2),
    (StudyProfile(StudyDesign.LABORATORY, _READ, Species.IN_VITRO, _READ), 5),
    (StudyProfile(StudyDesign.CROSS_SECTIONAL, _READ, Species.HUMAN, _READ, 300), None),
)


def _find(rank: int, citation: Citation, at: datetime) -> Finding:
    study, level = _STUDIES[rank - 1]
    told, abstract = citation.abstract[-1].text, citation.abstract_text
    start = abstract.index(told)
    return Finding(
        pmid=citation.pmid,
        rank=rank,
        score=1 / rank,
        rung=Rung.STRICT,
        rationales=(Rationale(citation.pmid, told, start, start + len(told)),) if rank == 1 else (),
        study=study,
        level=EvidenceLevel(level),
        stance=SEALED,
        retraction=RetractionCheck(RetractionStatus.NONE_KNOWN, at),
    )
