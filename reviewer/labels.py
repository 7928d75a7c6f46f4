"""The words for the permanent codes; translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims.appraisal.quotation import Verification
from claims.lexicon.tables import TermRole
from claims.records.assessment import (
    Basis,
    BodyCertainty,
    CitationJudgement,
    ClaimStatus,
    Settlement,
    StepKind,
    SupportGrade,
    TakenFrom,
)
from claims.records.citation import RecordKind, RetractionCheck, RetractionStatus
from claims.records.claim import Certainty, ClaimType, DropReason, WordingRule
from claims.records.decision import ObstacleKind, ProvedBy, VersionState
from claims.records.flag import AnswerKind, FlagReason
from claims.records.lineage import Relation
from claims.records.living import NewRecordAnswer
from claims.records.mailing import MailChoice
from claims.records.notice import NoticeKind
from claims.records.overview import WhyLeftOut, WhyUndefined
from claims.records.people import Role
from claims.records.proposal import ProposedStep
from claims.records.rationale import Stance
from claims.records.recheck import LostGround, Met
from claims.records.reference import Detail, Identity
from claims.records.retrieval import Rung, SearchStatus, Unsearchable
from claims.records.stage import Stage
from claims.records.study import ReadFrom, Species, StudyDesign
from reviewer.i18n import Translate, mark, translator

GRADE_LABELS: Mapping[SupportGrade, str] = {
    SupportGrade.SUPPORTED: mark("Supported"),
    SupportGrade.PARTIALLY_SUPPORTED: mark("Partially supported"),
    SupportGrade.OVERSTATED: mark("Overstated"),
    SupportGrade.UNSUPPORTED: mark("Unsupported"),
    SupportGrade.CONTRADICTED: mark("Contradicted"),
    SupportGrade.CANNOT_JUDGE: mark("Cannot judge"),
    SupportGrade.NOT_CHECKABLE: mark("Not checkable"),
}
GRADE_MEANINGS: Mapping[SupportGrade, str] = {
    SupportGrade.SUPPORTED: mark(
        "The evidence says what the sentence says, as strongly, for the same people."
    ),
    SupportGrade.PARTIALLY_SUPPORTED: mark(
        "The direction is right, on narrower ground: other people, few of them, or a single study."
    ),
    SupportGrade.OVERSTATED: mark(
        "The evidence is weaker or more indirect than the wording: animals or cells only, another "
        "condition, a “may” that was dropped."
    ),
    SupportGrade.UNSUPPORTED: mark(
        "A search succeeded, and found nothing that bears on the claim, or nothing conclusive."
    ),
    SupportGrade.CONTRADICTED: mark("The evidence says the opposite."),
    SupportGrade.CANNOT_JUDGE: mark("The full text or a specialist is needed. The comment says which."),
    SupportGrade.NOT_CHECKABLE: mark(
        "No literature could settle it: an opinion, a figure of speech. The comment says why."
    ),
}
# The same in so few words that they stand on one line of the ladder.
GRADE_CRITERIA: Mapping[SupportGrade, str] = {
    SupportGrade.SUPPORTED: mark("says the same, as strongly, for the same people"),
    SupportGrade.PARTIALLY_SUPPORTED: mark("right direction, narrower ground"),
    SupportGrade.OVERSTATED: mark("weaker or more indirect than the wording"),
    SupportGrade.UNSUPPORTED: mark("searched, and nothing bears on it"),
    SupportGrade.CONTRADICTED: mark("the evidence says the opposite"),
    SupportGrade.CANNOT_JUDGE: mark("full text or specialist needed"),
    SupportGrade.NOT_CHECKABLE: mark("no literature settles it"),
}
JUDGEMENT_LABELS: Mapping[CitationJudgement, str] = {
    CitationJudgement.SUPPORTING: mark("supports"),
    CitationJudgement.PARTLY: mark("partly"),
    CitationJudgement.REFUTING: mark("refutes"),
    CitationJudgement.NOT_RELEVANT: mark("not relevant"),
}
STEP_LABELS: Mapping[StepKind, str] = {
    StepKind.DOCUMENT: mark("the judgement of a document"),
    StepKind.JUDGEMENT: mark("the judgement of a citation"),
    StepKind.LEVEL: mark("an evidence level"),
    StepKind.GRADE: mark("your grade"),
    StepKind.ADJUDICATION: mark("your decision"),
}
BASIS_LABELS: Mapping[Basis, str] = {
    Basis.TITLE: mark("put aside by its title"),
    Basis.ABSTRACT: mark("abstract read"),
    Basis.FULL_TEXT: mark("full text read"),
}
STANCE_LABELS: Mapping[Stance, str] = {
    Stance.SUPPORTS: mark("speaks for the claim"),
    Stance.REFUTES: mark("speaks against the claim"),
    Stance.NOT_ENOUGH_INFO: mark("does not say"),
}
STATUS_LABELS: Mapping[ClaimStatus, str] = {
    ClaimStatus.EXTRACTED: mark("to grade"),
    ClaimStatus.DISMISSED: mark("dismissed"),
    ClaimStatus.IN_REVIEW: mark("in review"),
    ClaimStatus.GRADED: mark("graded"),
    ClaimStatus.CONFLICT: mark("conflict"),
    ClaimStatus.ADJUDICATED: mark("adjudicated"),
    ClaimStatus.STALE: mark("needs re-grading"),
}
PROPOSAL_LABELS: Mapping[ProposedStep, str] = {
    ProposedStep.DISMISS: mark("Dismiss"),
    ProposedStep.RETYPE: mark("Change the type"),
    ProposedStep.MERGE: mark("Merge"),
    ProposedStep.SPLIT: mark("Split"),
}
TYPE_LABELS: Mapping[ClaimType, str] = {
    ClaimType.EFFICACY: mark("efficacy"),
    ClaimType.MECHANISM: mark("mechanism"),
    ClaimType.COMPARISON: mark("comparison"),
    ClaimType.SAFETY: mark("safety"),
    ClaimType.EPIDEMIOLOGY: mark("epidemiology"),
    ClaimType.GUIDELINE: mark("guideline"),
    ClaimType.REGULATORY: mark("regulatory"),
    ClaimType.DEFINITION: mark("definition"),
    ClaimType.TESTIMONIAL: mark("testimonial"),
}
DROP_LABELS: Mapping[DropReason, str] = {
    DropReason.HEADING: mark("a heading"),
    DropReason.THEME_QUESTION: mark("a question that opens a theme"),
    DropReason.QUESTION: mark("a question"),
    DropReason.GREETING: mark("a greeting"),
    DropReason.OPINION: mark("an opinion"),
    DropReason.OFFER: mark("an offer"),
    DropReason.CREDENTIAL: mark("about the clinic or the author"),
    DropReason.METAPHOR: mark("a figure of speech"),
    DropReason.CALL_TO_ACTION: mark("a call to do something"),
    DropReason.BOILERPLATE: mark("boilerplate"),
    DropReason.METADATA: mark("a detail about the file"),
    DropReason.REFERENCE: mark("a reference"),
    DropReason.TABLE_HEADER: mark("the head of a table"),
    DropReason.LABEL: mark("a label"),
    DropReason.OTHER_LANGUAGE: mark("a sentence in another language"),
    DropReason.NOTHING_CHECKABLE: mark("nothing that can be checked"),
}
CERTAINTY_LABELS: Mapping[Certainty, str] = {
    Certainty.ASSERTED: mark("asserted"),
    Certainty.HEDGED: mark("hedged"),
    Certainty.NEGATED: mark("negated"),
}
TERM_ROLE_LABELS: Mapping[TermRole, str] = {
    TermRole.INTERVENTION: mark("a treatment or substance"),
    TermRole.CONDITION: mark("a condition"),
    TermRole.OUTCOME: mark("an outcome"),
    TermRole.MECHANISM: mark("a mechanism"),
    TermRole.SITE: mark("a part of the body"),
    TermRole.POPULATION: mark("a group of people"),
    TermRole.COMPARATOR: mark("something compared with"),
    TermRole.STUDY: mark("a kind of study"),
    TermRole.GENERIC: mark("a general word"),
}
SEARCH_LABELS: Mapping[SearchStatus, str] = {
    SearchStatus.NOT_SEARCHED: mark("not searched yet"),
    SearchStatus.RUNNING: mark("searching"),
    SearchStatus.FOUND: mark("found"),
    SearchStatus.RELATED_ONLY: mark("searched, only related records"),
    SearchStatus.NOTHING_FOUND: mark("searched, nothing found"),
    SearchStatus.FAILED: mark("search failed"),
    SearchStatus.NOT_SEARCHABLE: mark("not a question for PubMed"),
}
ELSEWHERE_LABELS: Mapping[Unsearchable, str] = {
    Unsearchable.INSURANCE: mark(
        "Insurance cover: look in the fee schedule of the Ministry of Health (MHLW)."
    ),
    Unsearchable.APPROVAL: mark("Approval: look in the PMDA's list of approved products (abroad: FDA, EMA)."),
    Unsearchable.PRICE: mark("Price: look in the clinic's or the maker's own price list."),
    Unsearchable.OWN_FIGURES: mark("Figures of one's own: ask the clinic or the maker for its records."),
    Unsearchable.OFFER: mark("An offer of the clinic: ask the clinic, the literature does not tell."),
    Unsearchable.SLOGAN: mark("A slogan states nothing that a study could test: word a fact, or dismiss it."),
}
IDENTITY_LABELS: Mapping[Identity, str] = {
    Identity.NOT_CHECKED: mark("not looked up yet"),
    Identity.SAME: mark("the same paper"),
    Identity.DIFFERS: mark("the paper, cited otherwise than its record"),
    Identity.OTHER_PAPER: mark("identifier of another paper"),
    Identity.NO_RECORD: mark("no such record"),
    Identity.LOOKUP_FAILED: mark("the look-up failed"),
    Identity.NOT_IN_PUBMED: mark("not in PubMed"),
}

DETAIL_LABELS: Mapping[Detail, str] = {
    Detail.TITLE: mark("title"),
    Detail.YEAR: mark("year"),
    Detail.AUTHOR: mark("first author"),
    Detail.JOURNAL: mark("journal"),
    Detail.VOLUME: mark("volume"),
    Detail.PAGE: mark("first page"),
    Detail.IDENTIFIER: mark("PMID, DOI or PMCID"),
    Detail.PMID_WITHOUT_RECORD: mark("its PMID has no record"),
    Detail.NOT_COMPARED: mark("nothing could be compared"),
}

SOURCE_LABELS: Mapping[str, str] = {"pubmed": mark("PubMed"), "library": mark("local library")}
RUNG_LABELS: Mapping[Rung, str] = {
    Rung.STRICT: mark("strict search"),
    Rung.RELAXED: mark("relaxed search"),
    Rung.BROAD: mark("broad search"),
    Rung.WORDS: mark("search by words alone"),
    Rung.COUNTER: mark("counter-evidence search"),
    Rung.SYSTEMATIC: mark("systematic reviews only"),
    Rung.RANDOMISED: mark("randomised trials only"),
    Rung.BY_HAND: mark("by hand"),
    Rung.CITED: mark("cited by the author"),
}
DESIGN_LABELS: Mapping[StudyDesign, str] = {
    StudyDesign.SYSTEMATIC_REVIEW: mark("systematic review"),
    StudyDesign.RANDOMISED_TRIAL: mark("randomised trial"),
    StudyDesign.CONTROLLED_TRIAL: mark("controlled trial"),
    StudyDesign.COHORT: mark("cohort"),
    StudyDesign.CASE_CONTROL: mark("case-control study"),
    StudyDesign.CROSS_SECTIONAL: mark("cross-sectional study"),
    StudyDesign.CASE_SERIES: mark("case series"),
    StudyDesign.DIAGNOSTIC: mark("diagnostic study"),
    StudyDesign.GUIDELINE: mark("practice guideline"),
    StudyDesign.NARRATIVE_REVIEW: mark("narrative review"),
    StudyDesign.LABORATORY: mark("laboratory study"),
    StudyDesign.UNKNOWN: mark("design unknown"),
}
SPECIES_LABELS: Mapping[Species, str] = {
    Species.HUMAN: mark("human"),
    Species.ANIMAL: mark("animal"),
    Species.IN_VITRO: mark("in vitro"),
    Species.MIXED: mark("human and preclinical"),
    Species.UNKNOWN: mark("species unknown"),
}
READ_LABELS: Mapping[ReadFrom, str] = {
    ReadFrom.INDEXED: mark("indexed"),
    ReadFrom.ABSTRACT: mark("from the abstract"),
    ReadFrom.NOT_READ: mark("not told"),
}
# What Retraction Watch says of a paper that was retracted once and stands again.
_REINSTATED = mark("reinstated")
MET_LABELS: Mapping[Met, str] = {
    Met.CHANGED: mark("stands otherwise than before"),
    Met.NO_RECORD: mark("has no such record any more"),
    Met.NOT_HELD: mark("is not in the local library, which cannot tell how it stands"),
    Met.ANOTHER: mark("became another record"),
    Met.OLDER: mark("has an older version than the one that is kept"),
    Met.UNREADABLE: mark("sent a record that cannot be read"),
    Met.NOT_ASKED: mark("did not answer for it"),
}
LOST_GROUND_LABELS: Mapping[LostGround, str] = {
    LostGround.PAPER_FELL: mark("a paper under it does not stand any more"),
    LostGround.OVERDUE: mark("the day has come to look at its evidence again"),
    LostGround.DOCUMENT_EXPIRED: mark("a document under it has expired"),
    LostGround.CONTRADICTED: mark("the same claim was graded otherwise elsewhere since"),
    LostGround.NEW_EVIDENCE: mark("a new paper changes it"),
    LostGround.WORDING_WITHDRAWN: mark("the standard wording that it uses was withdrawn"),
}
RETRACTION_LABELS: Mapping[RetractionStatus, str] = {
    RetractionStatus.NONE_KNOWN: mark("no retraction known"),
    RetractionStatus.RETRACTED: mark("RETRACTED"),
    RetractionStatus.WITHDRAWN: mark("WITHDRAWN, by its title"),
    RetractionStatus.PARTIALLY_RETRACTED: mark("retracted in part"),
    RetractionStatus.RETRACTED_AND_REPUBLISHED: mark("retracted and republished"),
    RetractionStatus.EXPRESSION_OF_CONCERN: mark("expression of concern"),
    RetractionStatus.CORRECTED: mark("corrected"),
    RetractionStatus.UPDATED: mark("a newer edition exists"),
    RetractionStatus.RETRACTION_NOTICE: mark("notice of a retraction"),
    RetractionStatus.NOTICE: mark("a notice on another paper, no study"),
    RetractionStatus.DUPLICATE_PUBLICATION: mark("the same study was published elsewhere"),
    RetractionStatus.UNCHECKED: mark("retraction not checked"),
}
KIND_LABELS: Mapping[RecordKind, str] = {
    RecordKind.PAPER: mark("paper"),
    RecordKind.PREPRINT: mark("preprint, not peer reviewed"),
    RecordKind.PROTOCOL: mark("study protocol, no results yet"),
    RecordKind.LETTER: mark("letter"),
    RecordKind.EDITORIAL: mark("editorial"),
    RecordKind.COMMENT: mark("comment on a paper"),
    RecordKind.NEWS: mark("news"),
    RecordKind.BIOGRAPHY: mark("about a person"),
    RecordKind.TEACHING: mark("teaching material"),
    RecordKind.ERRATUM: mark("correction of a paper (erratum)"),
    RecordKind.EXPRESSION_OF_CONCERN: mark("expression of concern about a paper"),
    RecordKind.PARTIAL_RETRACTION: mark("notice of a partial retraction"),
    RecordKind.RETRACTION_NOTICE: mark("retraction notice"),
    RecordKind.DUPLICATE_PUBLICATION: mark("duplicate publication"),
}
RISK_LABELS: Mapping[WordingRule, str] = {
    WordingRule.ABSOLUTE: mark("absolute wording"),
    WordingRule.GUARANTEE: mark("guarantee"),
    WordingRule.SUPERLATIVE: mark("superlative"),
    WordingRule.COMPARISON: mark("comparison with others"),
    WordingRule.EXAGGERATION: mark("exaggeration"),
    WordingRule.TESTIMONIAL: mark("testimonial on effect"),
    WordingRule.BEFORE_AFTER: mark("before and after"),
    WordingRule.PRICE_EMPHASIS: mark("stress on price"),
    WordingRule.CELEBRITY: mark("well-known people"),
    WordingRule.ENDORSEMENT: mark("endorsement by experts"),
    WordingRule.UNAPPROVED: mark("unapproved treatment, items missing"),
    WordingRule.PRECLINICAL: mark("animal or cell result told as an effect"),
    WordingRule.HOUSE: mark("rule of the clinic"),
}

ROLE_LABELS: Mapping[Role, str] = {
    Role.AUTHOR: mark("author"),
    Role.REVIEWER: mark("medical reviewer"),
    Role.ADJUDICATOR: mark("adjudicator"),
    Role.EDITOR: mark("editor"),
    Role.ADMIN: mark("administrator"),
}
# What each role does here.
ROLE_PARTS: Mapping[Role, str] = {
    Role.AUTHOR: mark(
        "As author you add an article, and answer what is flagged in it: with a new sentence, a source, a"
        " deletion, or the reason why it is right. What you write is kept while you write."
    ),
    Role.REVIEWER: mark(
        "As reviewer you judge the papers that were found for a claim, and then grade how far they carry it."
        " Nobody sees your grade before the other reviewer has given theirs."
    ),
    Role.ADJUDICATOR: mark(
        "As adjudicator you settle a claim whose grades differ: you write your own view, read what the others"
        " said, and decide with a reason."
    ),
    Role.EDITOR: mark(
        "As editor you assign the reviewers, see on the board whom each article waits for, read the author's"
        " answers, and approve and publish."
    ),
    Role.ADMIN: mark("As administrator you make accounts and say what each may do."),
}


CERTAINTY_OF_BODY_LABELS: Mapping[BodyCertainty, str] = {
    BodyCertainty.HIGH: mark("high certainty"),
    BodyCertainty.MODERATE: mark("moderate certainty"),
    BodyCertainty.LOW: mark("low certainty"),
    BodyCertainty.VERY_LOW: mark("very low certainty"),
}
AGREEMENT_LABELS: Mapping[Settlement, str] = {
    Settlement.OPEN: mark("open"),
    Settlement.TAKEN_OVER: mark("taken over"),
    Settlement.SINGLE: mark("graded by one"),
    Settlement.AGREED: mark("graded alike by two"),
    Settlement.ADJUDICATED: mark("settled by an adjudicator"),
}
STATE_LABELS: Mapping[VersionState, str] = {
    VersionState.DRAFT: mark("draft"),
    VersionState.IN_REVIEW: mark("under review"),
    VersionState.CHANGES_REQUESTED: mark("changes requested"),
    VersionState.APPROVED: mark("approved"),
    VersionState.PUBLISHED: mark("published"),
    VersionState.WITHDRAWN: mark("withdrawn"),
}
# What an article waits for, as the board and "My work" tell it.
STAGE_LABELS: Mapping[Stage, str] = {
    Stage.ASSIGN: mark("to be assigned"),
    Stage.GRADE: mark("being graded"),
    Stage.ADJUDICATE: mark("in conflict"),
    Stage.REVISE: mark("returned to the author"),
    Stage.ANSWER: mark("flags with the author"),
    Stage.SETTLE: mark("answers to be read"),
    Stage.APPROVE: mark("ready for approval"),
    Stage.PUBLISH: mark("ready to publish"),
    Stage.DONE: mark("completed"),
}
_SHOWN_AS_OF = mark("This version is {state}: it is shown as of {date}; only retractions are up to date.")
_SHOWN_AS_IT_STANDS = mark(
    "This version is {state}, by a release of Konkyo that did not keep what was decided on:"
    " its claims are shown as they stand now."
)
FLAG_LABELS: Mapping[FlagReason, str] = {
    FlagReason.NO_EVIDENCE_FOUND: mark("no evidence was found"),
    FlagReason.SEARCH_FAILED: mark("the search had no answer"),
    FlagReason.CONTRADICTED: mark("the literature contradicts it"),
    FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM: mark(
        "animal or cell studies only under a claim about people"
    ),
    FlagReason.NUMBER_NOT_IN_EVIDENCE: mark("a number that no attached abstract tells"),
    FlagReason.HEDGE_DROPPED: mark("asserts what its evidence only suggests"),
    FlagReason.RETRACTED_CITATION: mark("an attached citation is retracted, withdrawn or only a notice"),
    FlagReason.WORDING_RISK: mark("wording to be checked against the rules for advertising"),
    FlagReason.READING_CHANGED: mark("reads otherwise than when it was graded"),
    FlagReason.RAISED_BY_PERSON: mark("raised by a reviewer"),
}
# What mostly helps; a person's flag brings its own suggestion.
FLAG_ADVICE: Mapping[FlagReason, str] = {
    FlagReason.NO_EVIDENCE_FOUND: mark("Give a source, or delete the claim"),
    FlagReason.SEARCH_FAILED: mark("Search again"),
    FlagReason.CONTRADICTED: mark("Delete the claim, or write what the studies show"),
    FlagReason.PRECLINICAL_UNDER_CLINICAL_CLAIM: mark("Say that it was seen in animals or cells"),
    FlagReason.NUMBER_NOT_IN_EVIDENCE: mark("Give the number that the studies give, or none"),
    FlagReason.HEDGE_DROPPED: mark("Put the claim as carefully as its evidence does"),
    FlagReason.RETRACTED_CITATION: mark("Judge another citation, and grade again"),
    FlagReason.WORDING_RISK: mark("See the reason and the suggestion beside the words of the claim"),
    FlagReason.READING_CHANGED: mark("Grade the claim as it reads now"),
}
# The same for the author, where what helps is not theirs to do, or is another thing.
AUTHOR_ADVICE: Mapping[FlagReason, str] = {
    **FLAG_ADVICE,
    FlagReason.SEARCH_FAILED: mark("A reviewer searches again; give a source if you have one"),
    FlagReason.RETRACTED_CITATION: mark("Give another source, or take back what rests on this one"),
    FlagReason.READING_CHANGED: mark("A reviewer grades it as it reads now; rewrite it if it reads wrongly"),
}
ANSWER_LABELS: Mapping[AnswerKind, str] = {
    AnswerKind.REWRITE: mark("rewrite"),
    AnswerKind.CITE: mark("give a source"),
    AnswerKind.DELETE: mark("delete"),
    AnswerKind.DISPUTE: mark("dispute"),
    AnswerKind.EXPLAIN: mark("explain"),
    AnswerKind.REPLY: mark("reply"),
}
NEW_RECORD_LABELS: Mapping[NewRecordAnswer, str] = {
    NewRecordAnswer.KEEPS: mark("the claim stands as it is"),
    NewRecordAnswer.CHANGES: mark("the claim is to be graded anew"),
}
OBSTACLE_LABELS: Mapping[ObstacleKind, str] = {
    ObstacleKind.UNGRADED: mark("not graded yet"),
    ObstacleKind.STALE_GRADE: mark("graded before rewording"),
    ObstacleKind.OPEN_CONFLICT: mark("conflict, awaiting adjudication"),
    ObstacleKind.CANNOT_JUDGE: mark("could not be judged"),
    ObstacleKind.SAFETY_CONTRADICTED: mark("a safety claim that the literature contradicts"),
    ObstacleKind.LOW_GRADE: mark("graded low and neither rewritten nor kept with a reason"),
    ObstacleKind.NEEDS_REVIEW: mark("its grade needs review"),
    ObstacleKind.RETRACTED_CITATION: mark(
        "rests on a citation that is retracted, withdrawn or only a notice"
    ),
    ObstacleKind.UNCHECKED_CITATION: mark("rests on a citation whose standing was not checked"),
    ObstacleKind.EXPIRED_DOCUMENT: mark("rests on a document that has expired"),
    ObstacleKind.OPEN_FLAG: mark("a flag is open"),
}
UNDEFINED_LABELS: Mapping[WhyUndefined, str] = {
    WhyUndefined.NO_PAIRS: mark("undefined: no claim was graded by two"),
    WhyUndefined.TOO_FEW: mark("undefined: one claim is too few"),
    WhyUndefined.ONE_GRADE_ONLY: mark("undefined: only one grade was given"),
}
LEFT_OUT_LABELS: Mapping[WhyLeftOut, str] = {
    WhyLeftOut.TAKEN_OVER: mark("grades taken over, by nobody on their own"),
    WhyLeftOut.UNBLINDED: mark("a grade given after seeing what the first one opened"),
    WhyLeftOut.SINGLE_GRADED: mark("graded by one only"),
    WhyLeftOut.OUTSIDE_ORDER: mark("a grade outside the order"),
    WhyLeftOut.STALE: mark("the wording changed since"),
    WhyLeftOut.OPEN: mark("still being graded"),
}

RELATION_LABELS: Mapping[Relation, str] = {
    Relation.UNCHANGED: mark("unchanged"),
    Relation.MOVED: mark("moved"),
    Relation.REWORDED: mark("reworded"),
    Relation.SPLIT: mark("split"),
    Relation.MERGED: mark("merged"),
    Relation.REMOVED: mark("removed"),
    Relation.NEW: mark("new"),
}
DECISION_LABELS: Mapping[VersionState, str] = {
    VersionState.IN_REVIEW: mark("Open the review"),
    VersionState.CHANGES_REQUESTED: mark("Return to the author"),
    VersionState.APPROVED: mark("Approve"),
    VersionState.PUBLISHED: mark("Publish"),
    VersionState.WITHDRAWN: mark("Withdraw"),
}
PROVED_LABELS: Mapping[ProvedBy, str] = {
    ProvedBy.PASSWORD: mark("password given again"),
    ProvedBy.PROVIDER: mark("proved again at the provider"),
}
VERIFICATION_LABELS: Mapping[Verification, str] = {
    Verification.VERBATIM: mark("stands in the record word for word"),
    Verification.IN_ANOTHER_RECORD: mark("stands in another record than the one named"),
    Verification.NOT_FOUND: mark("does not stand in the record"),
    Verification.LOOKUP_FAILED: mark("the record is not stored here, so nothing was compared"),
    Verification.ABSTRACT_ONLY: mark("does not stand in the abstract; the full text was not compared"),
    Verification.TITLE_ONLY: mark("does not stand in the title; the record has no abstract"),
}

# What is told of an article in the room and by mail, after its version: never the title, for mails.
NOTICE_SENTENCES: Mapping[NoticeKind, str] = {
    NoticeKind.ASSIGNED: mark("You were assigned to this review."),
    NoticeKind.FLAGGED: mark("Flags that wait for your answer: {count}"),
    NoticeKind.ANSWERED: mark("Answered flags to be read: {count}"),
    NoticeKind.ALL_GRADED: mark("All claims are graded."),
    NoticeKind.CONFLICT: mark("Conflicts that wait for a decision: {count}"),
    NoticeKind.RETURNED: mark("The editor returned it to you with a note."),
    NoticeKind.PUBLISHED: mark("It was published."),
    NoticeKind.RETRACTED: mark("Papers under its claims that no longer stand: {count}"),
    NoticeKind.PAPER_CHANGED: mark(
        "Papers under its published claims with a concern, a correction or a changed record: {count}"
    ),
    NoticeKind.DUE: mark("The review is due, and some of it waits for you."),
    NoticeKind.REVIEW_AGAIN: mark("It is time to review it again."),
    NoticeKind.REVIEW_SOON: mark("It is to be reviewed again soon."),
    NoticeKind.NEEDS_REVIEW: mark("Published claims that need review: {count}"),
}
MAIL_CHOICES: Mapping[MailChoice, str] = {
    MailChoice.NONE: mark("no mail"),
    MailChoice.AT_ONCE: mark("at once (within a few minutes)"),
    MailChoice.DAILY: mark("once a day"),
}


def grade_label(grade: SupportGrade, locale: str) -> str:
    """The grade's words in ``locale``."""
    return translator(locale)(GRADE_LABELS[grade])


def tell_unblinded(translate: Translate) -> str:
    """What becomes of a grade that is given after a former one, taken back since, opened what was sealed."""
    return translate(
        "A grade given after seeing what the first one opened stands, but counts in no figure of agreement."
    )


def tell_taken_over(taken: TakenFrom, day: str, translate: Translate) -> str:
    """Where a grade comes from that was not given on its own; ``day`` is when it was settled there."""
    if taken.changed:
        told = translate(
            "Given by hand, after the grade of claim {number} of “{title}”, version {version} ({day}), had"
            " been taken over"
        )
    else:
        told = translate("Taken over from claim {number} of “{title}”, version {version} ({day})")
    return told.format(number=taken.number, title=taken.title, version=taken.version, day=day)


def tell_watched(check: RetractionCheck, translate: Translate) -> str:
    """What Retraction Watch tells of the paper and since when, "" where it tells nothing.

    >>> from datetime import date
    >>> from claims.records.citation import Watched
    >>> told = Watched(RetractionStatus.RETRACTED, date(2026, 1, 4), 7, RetractionStatus.NONE_KNOWN)
    >>> tell_watched(RetractionCheck(RetractionStatus.RETRACTED, watched=told), str)
    'Retraction Watch: RETRACTED (2026-01-04)'
    """
    if check.watched is None:
        return ""
    is_none = check.watched.status is RetractionStatus.NONE_KNOWN
    stands = translate(_REINSTATED if is_none else RETRACTION_LABELS[check.watched.status])
    day = f" ({check.watched.told_on.isoformat()})" if check.watched.told_on else ""
    return f"Retraction Watch: {stands}{day}"


def tell_closing(state: VersionState, when: str, locale: str) -> str:
    """That a version is closed and as of when it is shown; ``when`` is "" where that was not kept.

    >>> tell_closing(VersionState.PUBLISHED, "5 Jan 2026", "en")
    'This version is published: it is shown as of 5 Jan 2026; only retractions are up to date.'
    """
    translate = translator(locale)
    told = translate(_SHOWN_AS_OF if when else _SHOWN_AS_IT_STANDS)
    return told.format(state=translate(STATE_LABELS[state]), date=when)


_LABELS_BY_KIND: Mapping[type, Mapping[Any, str]] = {
    type(code): labels
    for labels in (
        GRADE_LABELS,
        JUDGEMENT_LABELS,
        STATUS_LABELS,
        PROPOSAL_LABELS,
        TYPE_LABELS,
        ROLE_LABELS,
        STATE_LABELS,
        FLAG_LABELS,
    )
    for code in labels
}


def find_label(value: object) -> str | None:
    """The label of a permanent code that a message may name; ``None`` for what is no such code.

    >>> find_label(Role.ADMIN), find_label("admin")
    ('administrator', None)
    """
    return _LABELS_BY_KIND.get(type(value), {}).get(value)
