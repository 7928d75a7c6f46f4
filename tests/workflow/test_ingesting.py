"""Bringing articles in: versions of one article, their files, and what stays with untouched claims."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from claims.errors import ArticleError, NotFound
from claims.records.article import Original
from claims.records.assessment import ClaimStatus, SupportGrade
from claims.records.audit import AuditAction
from claims.records.claim import Extraction
from claims.records.flag import FlagReason
from claims.records.lineage import Relation
from claims.records.retrieval import SearchStatus
from reviewer.workflow.grading import record_grade
from reviewer.workflow.ingesting import Ingested
from tests.conftest import OpenWork
from tests.factories import make_audit_entry, make_evidence, make_moment, make_pmid
from tests.workflow.articles import (
    GROWTH,
    SAFE,
    SATO,
    SLEEP,
    STEM,
    find,
    find_reasons,
    ingest,
    load,
    work_on,
    write,
)

FILE = Original("記事.html", "text/html", b"<p>\xe8\xa8\x98</p>")


def relations(ingested: Ingested) -> list[Relation]:
    assert ingested.revision is not None
    return [anchor.relation for anchor in ingested.revision.anchoring.anchors]


def test_the_file_is_kept_beside_its_version(open_work: OpenWork) -> None:
    version = ingest(open_work, GROWTH, original=FILE).version
    with open_work() as work:
        assert work.articles.get_original(version.id) == FILE


def test_a_file_that_comes_later_is_kept_and_the_first_one_stays(open_work: OpenWork) -> None:
    version = ingest(open_work, GROWTH).version
    with open_work() as work, pytest.raises(NotFound, match="original_not_found"):
        work.articles.get_original(version.id)
    assert ingest(open_work, GROWTH, original=FILE).known
    assert ingest(open_work, GROWTH, original=replace(FILE, name="other")).known
    with open_work() as work:
        assert work.articles.get_original(version.id) == FILE
        kept = [e for e in work.audit.list_entries() if e.action is AuditAction.ORIGINAL_KEPT]
    assert len(kept) == 1


def test_a_revised_text_under_the_same_title_is_the_next_version(open_work: OpenWork) -> None:
    first, second = ingest(open_work, GROWTH), ingest(open_work, GROWTH, STEM, minutes=5)
    assert (first.version.number, second.version.number) == (1, 2)
    assert second.version.article_id == first.version.article_id
    assert relations(second) == [Relation.UNCHANGED, Relation.NEW]
    assert second.claims[0].id == first.claims[0].id


def test_a_new_title_is_the_next_version_where_one_says_so_and_is_known_from_then_on(
    open_work: OpenWork,
) -> None:
    first = ingest(open_work, GROWTH, title="薄毛の話")
    second = ingest(open_work, GROWTH, STEM, title="AGAの話", revises=first.version.id)
    third = ingest(open_work, STEM, title="AGAの話")
    fourth = ingest(open_work, SLEEP, STEM, title="薄毛の話")
    numbers = [done.version.number for done in (first, second, third, fourth)]
    assert numbers == [1, 2, 3, 4]
    assert {d.version.article_id for d in (first, second, third, fourth)} == {first.version.article_id}
    with open_work() as work:
        titles = {v.number: v.title for v in work.articles.list_versions()}
    assert titles == {1: "薄毛の話", 2: "AGAの話", 3: "AGAの話", 4: "薄毛の話"}


def test_a_text_brought_in_as_an_article_of_its_own_can_still_become_a_next_version(
    open_work: OpenWork,
) -> None:
    first = ingest(open_work, GROWTH, title="薄毛の話")
    mistaken = ingest(open_work, GROWTH, STEM, title="AGAの話")
    assert mistaken.version.number == 1
    second = ingest(open_work, GROWTH, STEM, title="AGAの話", revises=first.version.id)
    assert (second.known, second.version.number) == (False, 2)
    assert second.claims[0].id == first.claims[0].id


def test_a_version_that_is_not_there_cannot_be_revised(open_work: OpenWork) -> None:
    with pytest.raises(NotFound, match="version_not_found"):
        ingest(open_work, GROWTH, revises=404)


def test_a_next_version_without_claims_is_refused_and_nothing_is_stored(open_work: OpenWork) -> None:
    ingest(open_work, GROWTH)
    with pytest.raises(ArticleError, match="article_without_claims"):
        ingest(open_work, "こんにちは。", original=FILE)
    with open_work() as work:
        assert len(work.articles.list_versions()) == 1


def test_an_untouched_claim_keeps_grade_judgement_comment_and_evidence(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM, SLEEP)
    before = work_on(open_work, find(first, STEM))
    second = ingest(open_work, "はじめに述べます。", STEM, GROWTH, minutes=9)
    after = load(open_work, before.claim.id)
    assert after.claim.version_id == second.version.id
    assert (after.verdict, after.judgements, after.findings, after.runs) == (
        before.verdict,
        before.judgements,
        before.findings,
        before.runs,
    )
    assert after.claim.status is ClaimStatus.GRADED
    assert after.former == ()
    assert Relation.REMOVED in relations(second)


def test_a_reworded_claim_is_stale_with_its_history_and_suggestions(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM)
    before = work_on(open_work, find(first, GROWTH))
    reworded = "ミノキシジルは毛包の成長期を延長すると報告されています。"
    second = ingest(open_work, reworded, STEM, minutes=9)
    after = load(open_work, find(second, reworded).id)
    assert after.claim.id != before.claim.id
    assert after.claim.status is ClaimStatus.STALE
    assert (after.verdict, after.judgements, after.attached) == (None, (), ())
    assert after.findings == before.findings
    assert after.search_status is SearchStatus.NOT_SEARCHED
    (former,) = after.former
    assert (former.claim.id, former.assessments) == (before.claim.id, before.assessments)
    assert former.judgements == before.judgements


def test_what_was_judged_for_an_earlier_wording_survives_a_new_search(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH)
    work_on(open_work, find(first, GROWTH))
    reworded = "ミノキシジルは毛包の成長期を延長すると報告されています。"
    claim = find(ingest(open_work, reworded, minutes=9), reworded)
    with open_work() as work:
        work.searches.record_evidence(claim.id, make_evidence(7))
        work.commit(make_audit_entry())
    assert [f.pmid for f in load(open_work, claim.id).findings] == [make_pmid(7), make_pmid(1)]


def test_the_history_of_a_claim_reaches_through_all_its_wordings(open_work: OpenWork) -> None:
    graded = work_on(open_work, ingest(open_work, GROWTH).claims[0])
    ingest(open_work, "ミノキシジルは毛包の成長期を少し延長します。", minutes=5)
    third = ingest(open_work, "ミノキシジルは毛包の成長期を少し延長する可能性があります。", minutes=9)
    dossier = load(open_work, third.claims[0].id)
    assert dossier.claim.status is ClaimStatus.STALE
    assert [bool(former.assessments) for former in dossier.former] == [False, True]
    assert dossier.former[-1].claim.id == graded.claim.id


def test_a_removed_claim_is_still_there_with_its_grade(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM)
    before = work_on(open_work, find(first, GROWTH))
    second = ingest(open_work, STEM, minutes=9)
    after = load(open_work, before.claim.id)
    assert (after.verdict, after.claim.version_id) == (before.verdict, first.version.id)
    with open_work() as work:
        lines = work.lineage.list_lines(second.version.id)
        told = work.audit.list_entries(f"claim:{before.claim.id}", limit=1)
    assert (Relation.REMOVED, before.claim.id, None) in [(d.relation, d.former_id, d.claim_id) for d in lines]
    assert told[0].action is AuditAction.CLAIM_ANCHORED


def test_what_people_decided_outweighs_what_the_extractor_says_of_the_same_words(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, SLEEP)
    with open_work() as work:
        claim = find(first, SLEEP)
        work.claims.change_status(claim.id, ClaimStatus.DISMISSED, claim.revision, "本筋でない")
        work.commit(make_audit_entry())
    second = ingest(open_work, "## 院長プロフィール", GROWTH, SLEEP, minutes=5)
    assert [c.status for c in second.claims] == [ClaimStatus.EXTRACTED, ClaimStatus.DISMISSED]
    assert second.claims[1].reason == "本筋でない"
    assert [c.id for c in second.claims] == [c.id for c in first.claims]


@pytest.mark.parametrize("words", [SAFE, "この治療は炎症を抑えると報告されています。"])
def test_the_same_words_under_another_heading_keep_the_grade_and_are_flagged(
    open_work: OpenWork, words: str
) -> None:
    first = ingest(open_work, "## ミノキシジル", words, "## 生活習慣", SLEEP)
    before, other = work_on(open_work, find(first, words)), work_on(open_work, find(first, SLEEP))
    assert FlagReason.READING_CHANGED not in find_reasons(before)
    ingest(open_work, "## 生活の習慣", SLEEP, "## フィナステリド", words, minutes=9)
    after = load(open_work, before.claim.id)
    assert (after.verdict, after.claim.status) == (before.verdict, ClaimStatus.GRADED)
    assert FlagReason.READING_CHANGED in find_reasons(after)
    assert FlagReason.READING_CHANGED not in find_reasons(load(open_work, other.claim.id))
    with open_work() as work:
        record_grade(work, after.claim.id, SupportGrade.PARTIALLY_SUPPORTED, "", SATO, make_moment(12))
    assert FlagReason.READING_CHANGED not in find_reasons(load(open_work, before.claim.id))


def test_the_stand_alone_wording_follows_what_completes_it(open_work: OpenWork) -> None:
    words = "この治療は炎症を抑えると報告されています。"
    first = ingest(open_work, "## PRP療法", words)
    second = ingest(open_work, "## エクソソーム療法", words, minutes=5)
    assert first.claims[0].id == second.claims[0].id
    assert "PRP" in find(first, words).claim.read_as
    assert "エクソソーム" in find(second, words).claim.read_as
    with open_work() as work:
        assert "PRP" in work.claims.list_claims(first.version.id)[0].claim.read_as


def test_an_earlier_text_brought_alone_is_the_version_that_it_was(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM)
    ingest(open_work, GROWTH, SLEEP, minutes=5)
    again = ingest(open_work, GROWTH, STEM, minutes=9)
    assert (again.known, again.version.id) == (True, first.version.id)


def test_going_back_to_an_earlier_text_is_the_next_version_with_every_grade(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM)
    work_on(open_work, find(first, GROWTH))
    work_on(open_work, find(first, STEM))
    second = ingest(open_work, GROWTH, SLEEP, minutes=15)
    back = ingest(open_work, GROWTH, STEM, revises=second.version.id, minutes=19)
    assert (back.known, back.version.number) == (False, 3)
    assert [claim.id for claim in back.claims] == [claim.id for claim in first.claims]
    assert {claim.status for claim in back.claims} == {ClaimStatus.GRADED}
    with open_work() as work:
        record_grade(work, find(back, GROWTH).id, SupportGrade.SUPPORTED, "", SATO, make_moment(21))
    again = ingest(open_work, GROWTH, STEM, revises=first.version.id, minutes=22)
    assert (again.known, again.version.id) == (True, back.version.id)


def test_words_that_are_back_are_the_claim_that_they_were(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM)
    removed, reworded = work_on(open_work, find(first, GROWTH)), work_on(open_work, find(first, STEM))
    hedged = "幹細胞は分泌物を介して組織の修復を助けるとされています。"
    second = ingest(open_work, SLEEP, hedged, minutes=9)
    assert find(second, hedged).status is ClaimStatus.STALE
    third = ingest(open_work, STEM, SLEEP, GROWTH, minutes=19)
    assert [claim.id for claim in third.claims] == [
        reworded.claim.id,
        find(second, SLEEP).id,
        removed.claim.id,
    ]
    for before in (removed, reworded):
        after = load(open_work, before.claim.id)
        assert (after.verdict, after.claim.status) == (before.verdict, before.claim.status)
        assert after.findings == before.findings
        assert FlagReason.READING_CHANGED not in find_reasons(after)
    with open_work() as work:
        lines = {(d.relation, d.former_id, d.claim_id) for d in work.lineage.list_lines(third.version.id)}
    assert (Relation.NEW, None, removed.claim.id) in lines
    assert (Relation.REWORDED, find(second, hedged).id, reworded.claim.id) in lines


def test_the_same_revision_brought_by_many_at_once_is_one_version(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH)
    together = Barrier(4)

    def bring() -> Ingested:
        together.wait()
        return ingest(open_work, GROWTH, STEM)

    with ThreadPoolExecutor(4) as pool:
        brought = [done.result() for done in [pool.submit(bring) for _ in range(4)]]
    assert {done.version.number for done in brought} == {2}
    assert sum(not done.known for done in brought) == 1
    assert {tuple(claim.id for claim in done.claims) for done in brought} == {
        (first.claims[0].id, first.claims[0].id + 1)
    }


def test_a_version_known_by_its_text_alone_has_no_claims_of_a_former(open_work: OpenWork) -> None:
    with open_work() as work:
        version = work.articles.add_version(write(GROWTH), make_moment())
        work.claims.add_extraction(version.id, Extraction(()))
        work.commit(make_audit_entry())
    assert relations(ingest(open_work, GROWTH, STEM)) == [Relation.NEW, Relation.NEW]
