"""What a record is, by NLM's links and types and by its title; what is no paper has no study of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from claims.appraisal.level import judge_level
from claims.appraisal.record_kind import read_kind
from claims.appraisal.retraction import read_retraction
from claims.appraisal.standing import may_carry, read_anew, read_record
from claims.appraisal.study_design import profile_study
from claims.medline.nbib import parse_nbib
from claims.medline.parsing import parse_records
from claims.records.citation import (
    AbstractSection,
    Citation,
    Correction,
    MeshHeading,
    RecordKind,
    RetractionStatus,
    Term,
)
from claims.records.study import NO_STUDY, EvidenceLevel, EvidenceQuestion, Species, StudyDesign
from tests.factories import make_citation, make_finding

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ABSTRACT = "Ninety patients were randomly assigned to the SAMPLE lotion or placebo."


def record(
    title: str,
    *,
    types: tuple[str, ...] = (),
    links: tuple[str, ...] = (),
    abstract: str = "",
    journal: str = "SAMPLE journal",
    vernacular: str = "",
) -> Citation:
    return replace(
        make_citation(1),
        title=title,
        vernacular_title=vernacular,
        abstract=(AbstractSection(abstract),) if abstract else (),
        journal=journal,
        publication_types=tuple(Term(name) for name in ("Journal Article", *types)),
        corrections=tuple(Correction(kind, "SAMPLE J") for kind in links),
        mesh=(MeshHeading(Term("Humans")),),
    )


TRIAL = "SAMPLE lotion for hair loss: a randomized trial."
K = RecordKind
BY_NLM = {
    "a retraction notice by link": ((), ("RetractionOf",), K.RETRACTION_NOTICE),
    "a retraction notice by type": (("Retraction of Publication",), (), K.RETRACTION_NOTICE),
    "a retraction notice by its newer name": (("Retraction Notice",), (), K.RETRACTION_NOTICE),
    "a partial retraction": ((), ("PartialRetractionOf",), K.PARTIAL_RETRACTION),
    "a concern by type": (("Expression of Concern",), (), K.EXPRESSION_OF_CONCERN),
    "a concern by link": ((), ("ExpressionOfConcernFor",), K.EXPRESSION_OF_CONCERN),
    "an erratum by type": (("Published Erratum",), (), K.ERRATUM),
    "an erratum by link": ((), ("ErratumFor",), K.ERRATUM),
    "an erratum with the types of its paper": (
        ("Published Erratum", "Randomized Controlled Trial"),
        ("ErratumFor",),
        K.ERRATUM,
    ),
    "a duplicate": (("Duplicate Publication",), (), K.DUPLICATE_PUBLICATION),
    "a comment by type": (("Comment", "Systematic Review"), ("CommentOn",), K.COMMENT),
    "a letter that comments": (("Letter", "Comment"), ("CommentOn",), K.COMMENT),
    "a comment by link": ((), ("CommentOn",), K.COMMENT),
    "an editorial": (("Editorial",), (), K.EDITORIAL),
    "a letter": (("Letter",), (), K.LETTER),
    "news": (("News",), (), K.NEWS),
    "a life": (("Biography", "Historical Article"), (), K.BIOGRAPHY),
    "a tutorial": (("Interactive Tutorial",), (), K.TEACHING),
    "a plan": (("Clinical Trial Protocol",), (), K.PROTOCOL),
    "a preprint": (("Preprint",), ("UpdateIn",), K.PREPRINT),
    "a retracted paper": (("Retracted Publication",), ("RetractionIn",), K.PAPER),
    "a corrected paper": ((), ("ErratumIn", "CommentIn"), K.PAPER),
    "a paper after its preprint": ((), ("UpdateOf",), K.PAPER),
    "a republished paper": (
        ("Corrected and Republished Article",),
        ("CorrectedandRepublishedFrom",),
        K.PAPER,
    ),
    "a paper that corrects itself": ((), ("RetractedandRepublishedFrom", "ErratumFor"), K.PAPER),
}


@pytest.mark.parametrize(("types", "links", "kind"), BY_NLM.values(), ids=BY_NLM)
def test_nlm_s_links_and_types_tell_what_a_record_is(
    types: tuple[str, ...], links: tuple[str, ...], kind: RecordKind
) -> None:
    assert read_kind(record("SAMPLE of a title", types=types, links=links)) is kind


BY_TITLE = {
    f"Correction to: {TRIAL}": K.ERRATUM,
    f"Correction: {TRIAL}": K.ERRATUM,
    f'Correction to "{TRIAL}"': K.ERRATUM,
    f"[Correction to: {TRIAL}]": K.ERRATUM,
    f"Author Correction: {TRIAL}": K.ERRATUM,
    f"Publisher's Correction: {TRIAL}": K.ERRATUM,
    f"Erratum: {TRIAL}": K.ERRATUM,
    f"Erratum to {TRIAL}": K.ERRATUM,
    f"Corrigendum to: {TRIAL}": K.ERRATUM,
    f"CORRIGENDUM TO “{TRIAL}”": K.ERRATUM,
    f"Addendum: {TRIAL}": K.ERRATUM,
    "Correction for Sample et al., a SAMPLE trial.": K.ERRATUM,
    "SAMPLE lotion for hair loss: Erratum.": K.ERRATUM,
    "Correction.": K.ERRATUM,
    "Correction(s) in SAMPLE lotion for hair loss.": K.ERRATUM,
    "Corrections in SAMPLE lotion for hair loss.": K.ERRATUM,
    f"Corrections to {TRIAL}": K.ERRATUM,
    f"Clarification: {TRIAL}": K.ERRATUM,
    f"Berichtigung: {TRIAL}": K.ERRATUM,
    "SAMPLE lotion for hair loss (Erratum of vol 3, pg 5, 2010)": K.ERRATUM,
    "訂正：見本ローションの無作為化試験": K.ERRATUM,
    f"Retraction: {TRIAL}": K.RETRACTION_NOTICE,
    f"Retractions: {TRIAL}": K.RETRACTION_NOTICE,
    f"Retraction Note: {TRIAL}": K.RETRACTION_NOTICE,
    f"Retraction notice to '{TRIAL}'": K.RETRACTION_NOTICE,
    f"Notice of Retraction: {TRIAL}": K.RETRACTION_NOTICE,
    f"Statement of Retraction: {TRIAL}": K.RETRACTION_NOTICE,
    "Notice of Retraction and Replacement. Sample A. A SAMPLE trial.": K.RETRACTION_NOTICE,
    "Retraction for Sample et al., a SAMPLE trial.": K.RETRACTION_NOTICE,
    f"Withdrawal notice to: {TRIAL}": K.RETRACTION_NOTICE,
    "論文撤回のお知らせ：見本の試験": K.RETRACTION_NOTICE,
    f"Partial Retraction: {TRIAL}": K.PARTIAL_RETRACTION,
    f"Expression of Concern: {TRIAL}": K.EXPRESSION_OF_CONCERN,
    f"Editorial Expression of Concern: {TRIAL}": K.EXPRESSION_OF_CONCERN,
    f"Expressions of Concern: {TRIAL}": K.EXPRESSION_OF_CONCERN,
    f"Editorial Note: {TRIAL}": K.EXPRESSION_OF_CONCERN,
    f"Editor's Note: {TRIAL}": K.EXPRESSION_OF_CONCERN,
    f"Notice of Duplicate Publication: {TRIAL}": K.DUPLICATE_PUBLICATION,
    f"Duplicate publication: {TRIAL}": K.DUPLICATE_PUBLICATION,
    f"Comment on: {TRIAL}": K.COMMENT,
    f'Comment on "{TRIAL}"': K.COMMENT,
    f"Comments on “{TRIAL}”": K.COMMENT,
    "Comment on a systematic review of SAMPLE lotions.": K.COMMENT,
    f"Reply to: {TRIAL}": K.COMMENT,
    "Reply to Sample et al.": K.COMMENT,
    f'Response to "{TRIAL}"': K.COMMENT,
    f"Re: {TRIAL}": K.COMMENT,
    f"Authors' reply: {TRIAL}": K.COMMENT,
    "Reply.": K.COMMENT,
    "Letter to the Editor: SAMPLE lotions.": K.LETTER,
    "Letter: SAMPLE lotions.": K.LETTER,
    "Editorial: SAMPLE lotions.": K.EDITORIAL,
    "SAMPLE lotion for hair loss: study protocol for a randomized trial.": K.PROTOCOL,
    "Protocol for a randomised controlled trial of SAMPLE lotions.": K.PROTOCOL,
    "SAMPLE lotion for hair loss: protocol.": K.PROTOCOL,
}


@pytest.mark.parametrize(("title", "kind"), BY_TITLE.items())
def test_without_links_and_types_the_title_tells_it(title: str, kind: RecordKind) -> None:
    told = record(title)
    assert read_kind(told) is kind
    profile = profile_study(told)
    assert (profile.design, profile.sample_size) == (StudyDesign.UNKNOWN, None)
    assert judge_level(profile, told, EvidenceQuestion.TREATMENT).level is None


PAPERS = [
    "Comment on pain: a SAMPLE survey of comments made by patients.",
    "Response to growth hormone in short SAMPLE children: a randomized trial.",
    "Reply time of SAMPLE emergency calls.",
    "Correction of hallux valgus in SAMPLE patients: a randomized trial.",
    "Correction to neutral of SAMPLE feet: a randomized trial.",
    "Retraction of the tongue during SAMPLE laryngoscopy: a randomized trial.",
    "Retraction pockets in SAMPLE ears.",
    "Partial retraction of the SAMPLE lung during surgery.",
    "Withdrawal of antidepressants in SAMPLE patients: a randomized trial.",
    "Withdrawal: a SAMPLE cohort of people who stopped opioids.",
    "Withdrawal of minoxidil in SAMPLE patients: a cohort.",
    "Withdrawal symptoms: a SAMPLE cohort study.",
    "Withdrawal: A Cohort of SAMPLE Patients.",
    "Withdrawn children and SAMPLE adults: a cohort.",
    "Withdrawn–depressed SAMPLE adolescents: a cohort.",
    "WITHDRAWN patients of SAMPLE trials: a cohort.",
    "WITHDRAWN PATIENTS OF SAMPLE TRIALS: A COHORT.",
    "Liver injury by a SAMPLE drug (withdrawn due to hepatotoxicity)",
    "SAMPLE lids (retracted and protracted)",
    "Retracted articles in SAMPLE journals: a survey.",
    "Retracted- and protracted-tongue SAMPLE speech: a cohort.",
    "Retracted-nipple surgery in SAMPLE women.",
    "Erratum-free SAMPLE journals: a survey.",
    "Errata in SAMPLE journals: a survey.",
    "Correction in SAMPLE scoliosis: a cohort.",
    "Clarification of SAMPLE butter: a trial.",
    "Removed teeth as a SAMPLE source of stem cells.",
    "Removal of SAMPLE sutures.",
    "Retracted eyelids after SAMPLE surgery.",
    "Retracted nipples: a SAMPLE case series of retracted nipples.",
    "Letters from patients: a SAMPLE analysis.",
    "Letter fluency in SAMPLE patients.",
    "Expression of concern among SAMPLE parents: a survey.",
    "Expression of CD4 in SAMPLE cells.",
    "Erratic sleep in SAMPLE adults.",
    "Duplicate publication of SAMPLE trials: a systematic review.",
    "Editorial boards of SAMPLE journals: a survey.",
    "Addendum sign in SAMPLE radiographs.",
    "Regrowth of SAMPLE hair.",
]


@pytest.mark.parametrize("title", PAPERS)
def test_a_paper_whose_title_begins_like_one_stays_a_paper(title: str) -> None:
    told = record(title, abstract=ABSTRACT)
    assert read_kind(told) is RecordKind.PAPER
    assert read_retraction(told, NOW).status is RetractionStatus.NONE_KNOWN
    assert profile_study(told).design is not StudyDesign.UNKNOWN


def test_a_study_s_type_outweighs_what_a_title_alone_suggests() -> None:
    told = record("Response to SAMPLE lotions", types=("Randomized Controlled Trial",))
    assert (read_kind(told), profile_study(told).design) == (RecordKind.PAPER, StudyDesign.RANDOMISED_TRIAL)


def test_a_letter_has_the_design_that_nlm_gives_it_and_none_of_the_study_it_speaks_of() -> None:
    about = record(f"On {TRIAL}", types=("Letter",))
    own = record("SAMPLE lotions", types=("Letter", "Randomized Controlled Trial"))
    assert profile_study(about).design is StudyDesign.UNKNOWN
    assert profile_study(own).design is StudyDesign.RANDOMISED_TRIAL


def test_a_plan_tells_its_species_and_neither_design_nor_sample() -> None:
    plan = record("Study protocol of SAMPLE lotions", types=("Clinical Trial Protocol",), abstract=ABSTRACT)
    assert profile_study(plan) == replace(
        NO_STUDY, species=Species.HUMAN, species_from=profile_study(plan).species_from
    )


@pytest.mark.parametrize("journal", ["medRxiv : the preprint server", "bioRxiv", "Research square", "ArXiv"])
def test_a_preprint_server_s_record_is_a_preprint_with_its_own_design(journal: str) -> None:
    told = record(TRIAL, journal=journal, abstract=ABSTRACT)
    assert (read_kind(told), profile_study(told).design) == (
        RecordKind.PREPRINT,
        StudyDesign.RANDOMISED_TRIAL,
    )


STANDINGS = {
    "WITHDRAWN: SAMPLE lotion for female pattern hair loss.": RetractionStatus.WITHDRAWN,
    "Withdrawn: SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "TEMPORARY REMOVAL: SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "REMOVED: SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "WITHDRAWN SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "Withdrawn—SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "Article withdrawn: SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "Paper withdrawn: SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "Withdrawn by the authors: SAMPLE lotions": RetractionStatus.WITHDRAWN,
    "SAMPLE lotions: Withdrawn": RetractionStatus.WITHDRAWN,
    "SAMPLE lotions - withdrawn.": RetractionStatus.WITHDRAWN,
    "SAMPLE lotions [This article was withdrawn]": RetractionStatus.WITHDRAWN,
    "SAMPLE lotions. This article has been withdrawn.": RetractionStatus.WITHDRAWN,
    "SAMPLE lotions (withdrawn)": RetractionStatus.WITHDRAWN,
    "RETRACTED: SAMPLE lotions": RetractionStatus.RETRACTED,
    "RETRACTED ARTICLE: SAMPLE lotions": RetractionStatus.RETRACTED,
    "Retracted Article: SAMPLE lotions": RetractionStatus.RETRACTED,
    "[Retracted] SAMPLE lotions": RetractionStatus.RETRACTED,
    "<retracted> SAMPLE lotions": RetractionStatus.RETRACTED,
    "Retracted—SAMPLE lotions": RetractionStatus.RETRACTED,
    "Retracted -- SAMPLE lotions": RetractionStatus.RETRACTED,
    "Retracted- SAMPLE lotions": RetractionStatus.RETRACTED,
    "Retracted–SAMPLE lotions": RetractionStatus.RETRACTED,
    "RETRACTED ARTICLE SAMPLE lotions": RetractionStatus.RETRACTED,
    "Article retracted: SAMPLE lotions": RetractionStatus.RETRACTED,
    "This article has been retracted: SAMPLE lotions": RetractionStatus.RETRACTED,
    "[This article has been retracted] SAMPLE lotions": RetractionStatus.RETRACTED,
    "SAMPLE lotions: Retracted": RetractionStatus.RETRACTED,
    "SAMPLE lotions (Retracted article. See vol 5(2), pg 3)": RetractionStatus.RETRACTED,
    "本論文は撤回されました：見本ローションの試験": RetractionStatus.RETRACTED,
    "[RETRACTED: SAMPLE lotions].": RetractionStatus.RETRACTED,
    "ＲＥＴＲＡＣＴＥＤ：SAMPLE lotions": RetractionStatus.RETRACTED,
    "SAMPLE lotions [retracted].": RetractionStatus.RETRACTED,
    "SAMPLE lotions (Retracted article. See vol. 5)": RetractionStatus.RETRACTED,
    "【撤回】見本ローションの試験": RetractionStatus.RETRACTED,
    "撤回：見本ローションの試験": RetractionStatus.RETRACTED,
    "Retraction: SAMPLE lotions": RetractionStatus.RETRACTION_NOTICE,
    "RETRACTION: SAMPLE lotions": RetractionStatus.RETRACTION_NOTICE,
    "Withdrawal: SAMPLE lotions": RetractionStatus.RETRACTION_NOTICE,
    "REMOVAL: SAMPLE lotions": RetractionStatus.RETRACTION_NOTICE,
    "Article withdrawal: SAMPLE lotions": RetractionStatus.RETRACTION_NOTICE,
    "SAMPLE lotions: retraction notice": RetractionStatus.RETRACTION_NOTICE,
    "SAMPLE lotions (Retraction of vol 3(2), pg 5)": RetractionStatus.RETRACTION_NOTICE,
    "SAMPLE lotions (Retraction of vol 3, pg 5, 2010)": RetractionStatus.RETRACTION_NOTICE,
    "Retraction Note: SAMPLE lotions": RetractionStatus.RETRACTION_NOTICE,
    "Expression of Concern: SAMPLE lotions": RetractionStatus.NOTICE,
    "Expression of concern regarding SAMPLE lotions": RetractionStatus.NOTICE,
    "Correction to: SAMPLE lotions": RetractionStatus.NOTICE,
}


@pytest.mark.parametrize(("title", "status"), STANDINGS.items())
@pytest.mark.parametrize("types", [(), ("Systematic Review",)])
@pytest.mark.parametrize("abstract", ["", ABSTRACT], ids=["no abstract", "abstract"])
def test_a_title_alone_tells_how_a_paper_stands(
    title: str, status: RetractionStatus, types: tuple[str, ...], abstract: str
) -> None:
    told = record(title, types=types, abstract=abstract)
    assert read_retraction(told, NOW).status is status
    assert not may_carry(told)


def test_a_vernacular_title_tells_it_too() -> None:
    told = record("[Not Available].", vernacular="【撤回】見本ローションの試験")
    assert read_retraction(told, NOW).status is RetractionStatus.RETRACTED


LATER = {
    "ExpressionOfConcernIn": RetractionStatus.EXPRESSION_OF_CONCERN,
    "PartialRetractionIn": RetractionStatus.PARTIALLY_RETRACTED,
    "ErratumIn": RetractionStatus.CORRECTED,
    "UpdateIn": RetractionStatus.UPDATED,
}


@pytest.mark.parametrize(("link", "status"), LATER.items())
def test_a_paper_that_something_was_said_of_may_still_carry_a_claim(
    link: str, status: RetractionStatus
) -> None:
    paper = record(TRIAL, links=(link,), abstract=ABSTRACT)
    assert read_retraction(paper, NOW).status is status
    assert may_carry(paper)


NBIB = """PMID- 9000000001
TI  - Correction to: SAMPLE lotion for hair loss, a randomized trial.
PT  - Journal Article
PT  - {type}
{tag:<4}- Sample J. 2021 Jan;8(1):1. PMID: 9000000002
"""


@pytest.mark.parametrize(
    ("tag", "type_name", "kind"),
    [
        ("EFR", "Published Erratum", K.ERRATUM),
        ("ECF", "Expression of Concern", K.EXPRESSION_OF_CONCERN),
        ("PROF", "Journal Article", K.PARTIAL_RETRACTION),
        ("ROF", "Retraction of Publication", K.RETRACTION_NOTICE),
    ],
)
def test_a_reference_manager_s_file_tells_the_same(tag: str, type_name: str, kind: RecordKind) -> None:
    (told,) = parse_nbib(NBIB.format(tag=tag, type=type_name).encode())
    assert isinstance(told, Citation)
    assert read_kind(told) is kind


def test_an_update_file_s_record_tells_the_same() -> None:
    (told,) = parse_records(
        b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>9000000001</PMID><Article>"
        b"<ArticleTitle>SAMPLE</ArticleTitle><PublicationTypeList><PublicationType UI='D016440'>x"
        b"</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>"
        b"</PubmedArticleSet>"
    )
    assert isinstance(told, Citation)
    assert read_kind(told) is RecordKind.RETRACTION_NOTICE


def test_findings_stored_before_are_read_anew_and_what_carries_no_claim_comes_last() -> None:
    notice = record(f"Correction to: {TRIAL}", types=("Published Erratum",), links=("ErratumFor",))
    paper = make_citation(2)
    found = (make_finding(1, rank=1), make_finding(2, rank=2))
    first, last = read_anew(found, {record.pmid: read_record(record) for record in (notice, paper)})
    assert (first.pmid, first.rank) == (paper.pmid, 1)
    assert first == replace(found[1], rank=1)
    assert (last.pmid, last.rank, last.study, last.level) == (notice.pmid, 2, NO_STUDY, EvidenceLevel(None))
    assert last.retraction == replace(found[0].retraction, status=RetractionStatus.NOTICE)
