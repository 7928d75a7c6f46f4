"""Every cell of every table, for a claim about which all is known and for one about which nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date

import pytest

from claims.appraisal.retraction_watch import weigh_watched
from claims.records.assessment import (
    Basis,
    BodyCertainty,
    CitationJudgement,
    ClaimStatus,
    LevelOverride,
)
from claims.records.audit import AuditAction
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.claim import WordingRisk, WordingRule
from claims.records.finding import Finding
from claims.records.flag import Flag, FlagReason
from claims.records.retrieval import Rung, SearchRun, SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from claims.records.study import EvidenceLevel, ReadFrom, Species, StudyDesign, StudyProfile
from claims.records.watch import Nature, WatchRecord
from reviewer.exports.audit_table import build_audit_table
from reviewer.exports.citation_table import build_citation_table
from reviewer.exports.report import build_report
from reviewer.exports.reviewed import Reviewed
from reviewer.exports.search_log import build_search_log
from reviewer.exports.table import Row
from reviewer.rules.dossier import Dossier
from tests.exports.test_report import DECLARED, a_dossier
from tests.factories import (
    CLAIM_TEXT,
    make_article,
    make_assessment,
    make_audit_entry,
    make_claim,
    make_judgement,
    make_moment,
    make_pmid,
    make_run,
)

VERSION = ArticleVersion(1, 1, 7, make_article(), make_moment())
NOON = "2026-01-05T12:00:00+00:00"
QUOTED = "RESULTS: The sample agent increased sample hair density."


def reference(number: int) -> str:
    title = f"SAMPLE {number}: a trial of the sample agent"
    return f"Sample A. {title}. SAMPLE J. 2020;1:1-2. PMID: {make_pmid(number)}"


def report_of(dossier: Dossier, locale: str = "en") -> Row:
    (row,) = build_report(Reviewed(VERSION, [dossier], declarations=DECLARED), locale)
    return row


def pair_of(dossier: Dossier, number: int = 1) -> Row:
    return build_citation_table(Reviewed(VERSION, [dossier]))[number - 1]


def with_finding(dossier: Dossier, finding: Finding) -> Dossier:
    return replace(dossier, findings=(finding, *dossier.findings[1:]))


def a_graded_dossier() -> Dossier:
    """Graded by two, one of whom read the full text of the first of two citations."""
    dossier = a_dossier(1, 2)
    risk = WordingRisk(WordingRule.GUARANTEE, "増やす", 8, 11)
    claim = replace(make_claim(start=3), wording_risks=(risk,))
    return replace(
        dossier,
        claim=ReviewClaim(1, 1, 4, claim, ClaimStatus.GRADED, 1),
        assessments=(
            replace(make_assessment(graded_by="a", comment="十分"), body_certainty=BodyCertainty.LOW),
            replace(make_assessment(graded_by="b", minutes=2), body_certainty=BodyCertainty.HIGH),
        ),
        judgements=(
            make_judgement(1, judged_by="a", basis=Basis.FULL_TEXT),
            make_judgement(1, CitationJudgement.PARTLY, judged_by="b"),
            make_judgement(2, judged_by="b"),
        ),
        levels=(
            LevelOverride(make_pmid(1), 3, "脱落が多い", "a", make_moment()),
            LevelOverride(make_pmid(2), None, "総説", "a", make_moment()),
        ),
    )


def test_the_report_tells_all_that_is_known_of_a_graded_claim() -> None:
    assert report_of(a_graded_dossier(), "ja") == {
        "article": "見本の記事",
        "version": "7",
        "version_hash": VERSION.version_hash,
        "section": "見本の主題 / 見本の見出し",
        "claim_no": "4",
        "claim_text": CLAIM_TEXT,
        "read_as": CLAIM_TEXT,
        "start": "3",
        "end": str(3 + len(CLAIM_TEXT)),
        "type": "efficacy",
        "certainty": "asserted",
        "status": "graded",
        "support_grade": "4",
        "grade_label": "支持される",
        "agreement": "agreed",
        "graders": "a (皮膚科専門医, interests: なし); b",
        "adjudicator": "",
        "comment": "a (supported): 十分",
        "graded_at": "2026-01-05T12:02:00+00:00",
        "evidence_level": "3",
        "species": "human",
        "certainty_of_evidence": "low;high",
        "guideline_grade": "",
        "guideline_source": "",
        "wording_risks": "guarantee: 増やす (要確認)",
        "open_flags": "wording_risk",
        "pmids": f"{make_pmid(1)};{make_pmid(2)}",
        "pmids_status": "attached",
        "references": f"{reference(1)}; {reference(2)}",
        "rationales": f"“{QUOTED}” (PMID {make_pmid(1)}); “{QUOTED}” (PMID {make_pmid(2)})",
        "retraction": "none_known;none_known",
        "retraction_checked_at": NOON,
        "basis": "full_text;abstract",
        "searches": f'strict: "sample agent"[tiab] [library, {NOON}, 2 hits]',
        "search_status": "found",
        "documents": "",
        "taken_over": "",
        "schema_version": "1",
    }


def test_of_a_claim_without_searches_the_report_tells_its_words_alone() -> None:
    row = report_of(replace(a_dossier(status=SearchStatus.NOT_SEARCHED), runs=()))
    assert {column: cell for column, cell in row.items() if cell} == {
        "article": "見本の記事",
        "version": "7",
        "version_hash": VERSION.version_hash,
        "section": "見本の主題 / 見本の見出し",
        "claim_no": "1",
        "claim_text": CLAIM_TEXT,
        "read_as": CLAIM_TEXT,
        "start": "0",
        "end": str(len(CLAIM_TEXT)),
        "type": "efficacy",
        "certainty": "asserted",
        "status": "extracted",
        "agreement": "open",
        "search_status": "not_searched",
        "schema_version": "1",
    }


def test_the_report_speaks_english_where_no_language_is_named() -> None:
    (row,) = build_report(Reviewed(VERSION, [a_graded_dossier()]))
    assert row["grade_label"] == "Supported"


def test_several_risks_flags_species_and_searches_stand_side_by_side() -> None:
    dossier = a_dossier(1, 2, 3)
    mice = replace(dossier.findings[1].study, species=Species.ANIMAL)
    risks = tuple(WordingRisk(WordingRule.GUARANTEE, words, 0, 1) for words in ("必ず", "絶対"))
    dossier = replace(
        dossier,
        claim=replace(dossier.claim, claim=replace(dossier.claim.claim, wording_risks=risks)),
        findings=(dossier.findings[0], replace(dossier.findings[1], study=mice), dossier.findings[2]),
        runs=(make_run(count=1), make_run(SearchStatus.NOTHING_FOUND, rung=Rung.RELAXED)),
    )
    flags = [
        Flag(1, str(at), reason, 0, 1)
        for at, reason in enumerate(
            [FlagReason.WORDING_RISK, FlagReason.WORDING_RISK, FlagReason.HEDGE_DROPPED]
        )
    ]
    (row,) = build_report(Reviewed(VERSION, [dossier], {1: flags}))
    assert row["wording_risks"] == "guarantee: 必ず (要確認); guarantee: 絶対 (要確認)"
    assert row["open_flags"] == "wording_risk;hedge_dropped"
    assert row["species"] == "human;animal"
    asked = '"sample agent"[tiab] [library, 2026-01-05T12:00:00+00:00'
    assert row["searches"] == f"strict: {asked}, 1 hit]; relaxed: {asked}, 0 hits]"


def test_the_level_of_a_claim_is_the_best_of_its_citations_and_empty_where_none_has_one() -> None:
    dossier = a_dossier(1, 2, 3)
    levels = (EvidenceLevel(4), EvidenceLevel(None), EvidenceLevel(3))
    for given, told in ((levels, "3"), ((EvidenceLevel(None),) * 3, "")):
        findings = tuple(replace(f, level=one) for f, one in zip(dossier.findings, given, strict=True))
        assert report_of(replace(dossier, findings=findings))["evidence_level"] == told


def test_the_oldest_look_at_the_standing_of_its_papers_dates_a_claim() -> None:
    dossier = a_dossier(1, 2, 3)
    standings = (
        RetractionCheck(RetractionStatus.CORRECTED, make_moment(9)),
        RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment(4)),
        RetractionCheck(RetractionStatus.RETRACTED, None),
    )
    findings = tuple(replace(f, retraction=one) for f, one in zip(dossier.findings, standings, strict=True))
    row = report_of(replace(dossier, findings=findings))
    assert row["retraction"] == "corrected;none_known;unchecked"
    assert row["retraction_checked_at"] == "2026-01-05T12:04:00+00:00"
    unchecked = replace(findings[0], retraction=standings[2])
    assert report_of(with_finding(a_dossier(1), unchecked))["retraction_checked_at"] == ""


def test_a_basis_is_told_of_citations_that_somebody_attached_alone() -> None:
    judged = make_judgement(1, CitationJudgement.NOT_RELEVANT)
    assert report_of(replace(a_dossier(1, 2), judgements=(judged,)))["basis"] == ""
    both = (judged, make_judgement(2, basis=Basis.FULL_TEXT))
    row = report_of(replace(a_dossier(1, 2), judgements=both))
    assert (row["pmids"], row["basis"]) == (make_pmid(2), "full_text")


SEARCHES = {
    "failed": (
        replace(
            make_run(SearchStatus.FAILED, failure="source_answered_badly"),
            failure_values=(("status", "502"), ("reason", "Bad Gateway")),
        ),
        "failed: source_answered_badly (status: 502, reason: Bad Gateway)",
    ),
    "not all came": (
        replace(
            make_run(count=3), warnings=("RecordMissing: 9000000002", "RecordMissing: 9000000003", "Else: x")
        ),
        "3 hits, not all came: RecordMissing: 9000000002, RecordMissing: 9000000003",
    ),
    "not sent": (
        replace(make_run(SearchStatus.NOT_SEARCHED), warnings=("HeldBy: strict", "HeldBy: relaxed")),
        "not sent: HeldBy: strict; HeldBy: relaxed",
    ),
}


@pytest.mark.parametrize(("run", "told"), SEARCHES.values(), ids=SEARCHES)
def test_a_search_is_told_with_what_became_of_it(run: SearchRun, told: str) -> None:
    row = report_of(replace(a_dossier(1), runs=(run,)))
    assert row["searches"] == f'strict: "sample agent"[tiab] [library, {NOON}, {told}]'


def test_quotations_that_left_their_record_are_told_once_behind_those_that_stand() -> None:
    dossier = a_dossier(1)
    stands = dossier.findings[0].rationales[0]
    left = [replace(stands, text=text) for text in ("It shrank.", "It fell out.")]
    told = report_of(with_finding(dossier, replace(dossier.findings[0], rationales=(stands, *left, stands))))
    assert told["rationales"] == (
        f"“{QUOTED}” “{QUOTED}” "
        "[not_found: the record has changed since it was quoted: search again] "
        f"(PMID {make_pmid(1)})"
    )


def test_the_citation_table_tells_all_that_is_known_of_a_pair() -> None:
    assert pair_of(a_graded_dossier()) == {
        "article": "見本の記事",
        "version": "7",
        "version_hash": VERSION.version_hash,
        "claim_no": "4",
        "claim_text": CLAIM_TEXT,
        "pmid": make_pmid(1),
        "rank": "1",
        "found_by": "strict",
        "reference": reference(1),
        "year": "2020",
        "record_kind": "paper",
        "design": "randomised_trial",
        "design_from": "indexed",
        "species": "human",
        "species_from": "indexed",
        "sample_size": "40",
        "evidence_level": "2",
        "evidence_level_scheme": "OCEBM 2011",
        "evidence_level_set": "a: 3 (脱落が多い)",
        "suggested_stance": "supports",
        "suggested_confidence": "0.80",
        "suggested_by": "sample-rules-1",
        "attached": "yes",
        "judgements": "a: supporting (full_text); b: partly (abstract)",
        "retraction": "none_known",
        "retraction_checked_at": NOON,
        "rationales": f"“{QUOTED}”",
        "on_topic": "yes",
        "relevance": "",
        "retraction_watch": "",
        "schema_version": "1",
    }


def test_what_retraction_watch_tells_stands_beside_the_status_that_weighs_both() -> None:
    row = WatchRecord(7, Nature.RETRACTION, make_pmid(1), "", date(2026, 1, 4))
    back = WatchRecord(8, Nature.REINSTATEMENT, make_pmid(1), "", date(2026, 1, 5))
    dossier = a_dossier(1)
    cells = []
    for rows in ([row], [row, back], []):
        check = weigh_watched(dossier.findings[0].retraction, rows)
        pair = pair_of(with_finding(dossier, replace(dossier.findings[0], retraction=check)))
        cells.append((pair["retraction"], pair["retraction_watch"]))
    assert cells == [
        ("retracted", "retracted 2026-01-04"),
        ("none_known", "none_known 2026-01-05"),
        ("none_known", ""),
    ]


def test_of_a_record_that_tells_little_the_cells_are_empty_and_nothing_is_made_up() -> None:
    dossier = replace(a_dossier(1), suggestions_sealed=True)
    citation = replace(dossier.citations[make_pmid(1)], abstract=(), published_year=None)
    finding = replace(
        dossier.findings[0],
        study=StudyProfile(StudyDesign.UNKNOWN, ReadFrom.NOT_READ, Species.UNKNOWN, ReadFrom.NOT_READ),
        level=EvidenceLevel(None, to_confirm=True),
        retraction=RetractionCheck(RetractionStatus.NONE_KNOWN),
    )
    row = pair_of(replace(with_finding(dossier, finding), citations={citation.pmid: citation}))
    empty = [column for column, cell in row.items() if not cell]
    assert empty == [
        "year",
        "sample_size",
        "evidence_level",
        "evidence_level_set",
        "suggested_stance",
        "suggested_confidence",
        "suggested_by",
        "judgements",
        "retraction_checked_at",
        "rationales",
        "relevance",
        "retraction_watch",
    ]
    assert (row["attached"], row["retraction"]) == ("no", "unchecked")


def test_a_level_that_is_to_be_confirmed_says_so() -> None:
    dossier = a_dossier(1)
    finding = replace(dossier.findings[0], level=EvidenceLevel(4, to_confirm=True))
    assert pair_of(with_finding(dossier, finding))["evidence_level"] == "4 (to be confirmed)"


def test_of_a_pair_only_what_was_said_of_it_is_told_and_all_of_that() -> None:
    dossier = a_graded_dossier()
    again = LevelOverride(make_pmid(2), 5, "動物のみ", "b", make_moment(1))
    row = pair_of(replace(dossier, levels=(*dossier.levels, again)), 2)
    assert row["evidence_level_set"] == "a: none (総説); b: 5 (動物のみ)"
    assert row["judgements"] == "b: supporting (abstract)"


def test_a_pair_quotes_every_sentence_that_still_stands_in_its_record() -> None:
    dossier = a_dossier(1)
    stands = dossier.findings[0].rationales[0]
    finding = replace(dossier.findings[0], rationales=(stands, replace(stands, text="It shrank."), stands))
    assert pair_of(with_finding(dossier, finding))["rationales"] == f"“{QUOTED}”; “{QUOTED}”"


def test_the_search_log_tells_all_that_is_known_of_a_search() -> None:
    run = replace(
        make_run(SearchStatus.FAILED, failure="source_answered_badly", rung=Rung.BY_HAND),
        asked_by="dr. a",
        failure_values=(("status", "502"),),
        warnings=("PhraseNotFound: x", "FieldNotFound: y"),
    )
    claim = ReviewClaim(11, 1, 4, make_claim(), ClaimStatus.EXTRACTED, 1)
    assert build_search_log(VERSION, [claim], {11: [run]}, UTC) == [
        {
            "article": "見本の記事",
            "version": "7",
            "claim_no": "4",
            "claim_text": CLAIM_TEXT,
            "source": "PubMed (NLM files)",
            "interface": "local library",
            "searched_at": NOON,
            "rung": "by_hand",
            "query": '"sample agent"[tiab]',
            "translation": '"sample agent"[Title/Abstract]',
            "status": "failed",
            "hits": "",
            "failure": "source_answered_badly",
            "failure_detail": "status: 502",
            "warnings": "PhraseNotFound: x; FieldNotFound: y",
            "worded_by": "dr. a",
            "searched_by": "dr. a",
            "lexicon_version": "sample-lexicon-1",
            "ranker_version": "sample-ranker-1",
            "schema_version": "1",
        }
    ]


def test_a_source_that_is_no_longer_known_is_told_by_its_name() -> None:
    claim = ReviewClaim(11, 1, 1, make_claim(), ClaimStatus.EXTRACTED, 1)
    (row,) = build_search_log(VERSION, [claim], {11: [replace(make_run(), source="gone")]}, UTC)
    assert (row["source"], row["interface"]) == ("gone", "")


def test_the_audit_table_tells_who_did_what_to_which_record() -> None:
    entry = make_audit_entry(
        AuditAction.CLAIM_GRADED, "claim:9", actor="a", values=(("grade", "supported"), ("comment", ""))
    )
    assert build_audit_table([entry], UTC) == [
        {
            "at": NOON,
            "actor": "a",
            "action": AuditAction.CLAIM_GRADED.value,
            "subject": "claim:9",
            "values": "grade: supported; comment: ",
            "schema_version": "1",
        }
    ]
