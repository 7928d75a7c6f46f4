"""A claim's dossier: everything that is known of one claim, and the grade that stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claims.records.adjudication import Adjudication, OwnView
from claims.records.assessment import (
    Assessment,
    BodyCertainty,
    CitationJudgement,
    ClaimStatus,
    GuidelineGrade,
    JudgedCitation,
    LevelOverride,
    Settlement,
    SupportGrade,
)
from claims.records.citation import Citation, Pmid
from claims.records.decision import Keeping
from claims.records.document import Document, JudgedDocument
from claims.records.finding import Finding
from claims.records.flag import Flag
from claims.records.plan import ReviewPlan
from claims.records.reference import AuthorReference
from claims.records.retrieval import SearchRun, SearchStatus
from claims.records.review import ReviewClaim

UNASSIGNED = ReviewPlan()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grade that stands, open to everybody, and how it came to stand."""

    grade: SupportGrade
    agreement: Settlement
    grades: tuple[Assessment, ...]
    decided_at: datetime
    sequence: int
    adjudication: Adjudication | None = None

    @property
    def graders(self) -> tuple[str, ...]:
        """Who graded the claim, each apart from the others, in the order they did."""
        return tuple(grade.graded_by for grade in self.grades)

    @property
    def body_certainties(self) -> tuple[BodyCertainty, ...]:
        """The certainty of the body of evidence: the adjudicator's, else the graders', none twice."""
        told = (self.adjudication,) if self.adjudication else self.grades
        return tuple(dict.fromkeys(said.body_certainty for said in told if said.body_certainty))


@dataclass(frozen=True, slots=True)
class Former:
    """A claim that another came of, as it last stood, with what people said of it then."""

    claim: ReviewClaim
    assessments: tuple[Assessment, ...]
    judgements: tuple[JudgedCitation, ...]
    adjudication: Adjudication | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A claim with its searches, findings (best first), their records, and what people said of it.

    What was said before the step ``since``, with which ``reopened_by`` opened the claim again, counts no
    longer. ``graders`` have
    graded the present wording, ``to_judge`` are citations that others attached and the
    viewer did not judge yet; ``suggestions_sealed``: the stances are left out of the findings. ``kept``: an
    editor keeps the claim as it stands in spite of its grade. ``assigned``: the reviewers of the plan who
    alone grade it, none where all do.
    ``former`` are the claims that it came of, latest first: what was said of them is history and a
    suggestion, never in force for this one. ``references`` are those that its author cites for the claim, in
    the author's order; ``documents`` are no PubMed records and counted as none. ``closed_flags`` are those of
    a claim as an editor's decision on its version found it, settled ones too, ``None`` while the claim is
    read as it stands.
    """

    claim: ReviewClaim
    search_status: SearchStatus
    runs: tuple[SearchRun, ...]
    findings: tuple[Finding, ...]
    citations: dict[Pmid, Citation]
    assessments: tuple[Assessment, ...] = ()
    judgements: tuple[JudgedCitation, ...] = ()
    levels: tuple[LevelOverride, ...] = ()
    guideline: GuidelineGrade | None = None
    views: tuple[OwnView, ...] = ()
    adjudication: Adjudication | None = None
    plan: ReviewPlan = UNASSIGNED
    assigned: tuple[str, ...] = ()
    since: int | None = None
    reopened_by: str = ""
    graders: tuple[str, ...] = ()
    to_judge: tuple[Pmid, ...] = ()
    suggestions_sealed: bool = False
    kept: Keeping | None = None
    former: tuple[Former, ...] = ()
    closed_flags: tuple[Flag, ...] | None = None
    references: tuple[AuthorReference, ...] = ()
    documents: tuple[Document, ...] = ()
    document_judgements: tuple[JudgedDocument, ...] = ()
    documents_to_judge: tuple[int, ...] = ()

    @property
    def cited(self) -> frozenset[Pmid]:
        """The papers among the findings that the author cites for the claim."""
        return frozenset(one.look_up.paper for one in self.references if one.look_up.paper)

    def lets_grade(self, name: str) -> bool:
        """Whether this reviewer grades the claim as planned and assigned."""
        return self.plan.lets_grade(name) and (not self.assigned or name in self.assigned)

    @property
    def is_silent(self) -> bool:
        """Whether nobody said anything of the claim: nothing of it is blind, and nothing has lapsed."""
        by_many = self.assessments, self.judgements, self.document_judgements, self.levels, self.views
        return not (any(by_many) or self.adjudication or self.guideline or self.kept or self.graders)

    @property
    def attached(self) -> tuple[Finding, ...]:
        """The findings that somebody judged to bear on the claim, best first."""
        bearing = find_attached(self.judgements)
        return tuple(finding for finding in self.findings if finding.pmid in bearing)

    @property
    def attached_documents(self) -> tuple[Document, ...]:
        """The documents without a PMID that somebody judged to bear on the claim, in their order."""
        bearing = find_attached_documents(self.document_judgements)
        return tuple(document for document in self.documents if document.id in bearing)

    @property
    def found(self) -> tuple[Finding, ...]:
        """The findings on the claim's topic, best first, and those that somebody judged to bear on it."""
        return tuple(finding for finding in self.findings if not self.is_related(finding))

    @property
    def related(self) -> tuple[Finding, ...]:
        """The other findings, best first: they speak of some of the claim, and nobody attached them."""
        return tuple(finding for finding in self.findings if self.is_related(finding))

    def is_related(self, finding: Finding) -> bool:
        """Whether the record is related only: not on topic, and nobody said that it bears on the claim."""
        return not finding.on_topic and finding.pmid not in find_attached(self.judgements)

    @property
    def grades(self) -> tuple[Assessment, ...]:
        """The grades given to the present wording, as far as they are shown."""
        return tuple(grade for grade in self.assessments if self.is_current(grade.text_hash, grade.sequence))

    @property
    def verdict(self) -> Verdict | None:
        """The grade that stands, ``None`` while the claim is open."""
        grades, decided = self.grades, self.adjudication
        if self.claim.status is ClaimStatus.ADJUDICATED and decided is not None:
            at, sequence = decided.adjudicated_at, decided.sequence
            return Verdict(decided.grade, Settlement.ADJUDICATED, grades, at, sequence, decided)
        if self.claim.status is ClaimStatus.GRADED and grades:
            last = grades[-1]
            return Verdict(last.grade, _tell_agreement(grades), grades, last.graded_at, last.sequence)
        return None

    def find_grade(self, name: str) -> Assessment | None:
        """The grade that this person gave to the present wording, or ``None``."""
        return next((grade for grade in self.grades if grade.graded_by == name), None)

    def find_view(self, name: str) -> OwnView | None:
        """The view that this adjudicator wrote of the present wording, or ``None``."""
        current = (view for view in self.views if self.is_current(view.text_hash, view.sequence))
        return next((view for view in current if view.written_by == name), None)

    def level_of(self, finding: Finding) -> int | None:
        """The evidence level of a finding: as a person set it last, else as the machine read it."""
        override = self.find_level(finding.pmid)
        return override.level if override is not None else finding.level.level

    def find_level(self, pmid: Pmid) -> LevelOverride | None:
        """The level that a person gave this citation last, or ``None``."""
        return next((override for override in reversed(self.levels) if override.pmid == pmid), None)

    def is_current(self, text_hash: str, sequence: int) -> bool:
        """Whether the step, taken on the wording with that hash, counts for the present one."""
        return text_hash == self.claim.text_hash and self.is_recent(sequence)

    def is_recent(self, sequence: int) -> bool:
        """Whether the step was taken since the claim was opened again, if it ever was."""
        return self.since is None or sequence > self.since

    @property
    def is_reread(self) -> bool:
        """Whether the grade that stands was given before the words were completed as they now are."""
        verdict = self.verdict
        reread = self.claim.read_since is not None
        return verdict is not None and reread and verdict.sequence <= self.claim.read_after


def _tell_agreement(grades: tuple[Assessment, ...]) -> Settlement:
    """By how many gave the grade on their own: one taken over, or given unblinded, is no second opinion."""
    if sum(grade.is_independent for grade in grades) > 1:
        return Settlement.AGREED
    by_hand = any(grade.taken_from is None for grade in grades)
    return Settlement.SINGLE if by_hand else Settlement.TAKEN_OVER


def find_unjudged(
    findings: tuple[Finding, ...], judgements: tuple[JudgedCitation, ...], name: str
) -> tuple[Pmid, ...]:
    """The citations that anybody attached and this person did not judge, best first."""
    missing = find_attached(judgements) - find_judged(judgements, name)
    return tuple(finding.pmid for finding in findings if finding.pmid in missing)


def find_attached(judgements: tuple[JudgedCitation, ...]) -> frozenset[Pmid]:
    """The citations that somebody judged to bear on the claim."""
    return frozenset(j.pmid for j in judgements if j.judgement is not CitationJudgement.NOT_RELEVANT)


def find_attached_documents(judgements: tuple[JudgedDocument, ...]) -> frozenset[int]:
    """The documents that somebody judged to bear on the claim."""
    bearing = (j for j in judgements if j.judgement is not CitationJudgement.NOT_RELEVANT)
    return frozenset(j.document_id for j in bearing)


def find_unjudged_documents(judgements: tuple[JudgedDocument, ...], name: str) -> tuple[int, ...]:
    """The documents that anybody attached and this person did not judge, in the order of their numbers."""
    own = {j.document_id for j in judgements if j.judged_by == name}
    return tuple(sorted(find_attached_documents(judgements) - own))


def find_judged(judgements: tuple[JudgedCitation, ...], name: str) -> frozenset[Pmid]:
    """The citations that this person judged."""
    return frozenset(j.pmid for j in judgements if j.judged_by == name)
