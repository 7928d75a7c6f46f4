"""The references of a version as the database keeps them, alike on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.records.reference import AuthorReference, Detail, Identity, LookUp, NamedPaper
from claims.records.retrieval import Rung
from db.unit_of_work import UnitOfWork
from tests.factories import (
    make_article,
    make_audit_entry,
    make_citation,
    make_evidence,
    make_extraction,
    make_finding,
    make_judgement,
    make_moment,
    make_pmid,
)

Begin = Callable[[], UnitOfWork]
ZINC = AuthorReference(0, 0, NamedPaper("亜鉛と味覚. PMID: 1", pmid="1"), "1", True, ((3, 6), (20, 23)))
IRON = AuthorReference(0, 0, NamedPaper("Iron. 2020.", doi="10.5555/iron"), added_by="a")
FOUND = LookUp(Identity.DIFFERS, make_pmid(1), (Detail.YEAR,), source="pubmed", looked_at=make_moment())
FAILED = LookUp(Identity.LOOKUP_FAILED, failure="source_timeout", failure_values=(("seconds", "30"),))


def keep(begin: Begin, *references: AuthorReference) -> int:
    with begin() as work:
        version = work.articles.add_version(make_article(), make_moment())
        work.claims.add_extraction(version.id, make_extraction(1))
        work.references.add(version.id, references)
        work.commit(make_audit_entry())
    return version.id


def test_references_come_back_as_they_were_kept_in_their_order(begin: Begin) -> None:
    version_id = keep(begin, ZINC, IRON)
    with begin() as work:
        (later,) = work.references.add(version_id, [replace(ZINC, claim_id=1, added_by="b")])
        work.commit(make_audit_entry())
    with begin() as work:
        kept = work.references.load([version_id, version_id + 1])
    assert kept == {
        version_id: (
            replace(ZINC, version_id=version_id, position=1),
            replace(IRON, version_id=version_id, position=2),
            later,
        ),
        version_id + 1: (),
    }
    assert later.position == 3


def test_a_look_up_takes_the_place_of_the_one_before(begin: Begin) -> None:
    version_id = keep(begin, ZINC, IRON)
    for told in (FAILED, FOUND):
        with begin() as work:
            (zinc, iron) = work.references.load([version_id])[version_id]
            work.references.record_look_ups([replace(zinc, look_up=told)])
            work.commit(make_audit_entry())
        with begin() as work:
            assert work.references.load([version_id])[version_id] == (replace(zinc, look_up=told), iron)


def test_what_the_author_cites_stands_first_and_goes_when_nobody_cites_or_judged_it(begin: Begin) -> None:
    keep(begin)
    cited = [replace(make_finding(number), rung=Rung.CITED) for number in (3, 4)]
    with begin() as work:
        work.searches.record_evidence(1, make_evidence(1, 2))
        work.citations.save(make_citation(number) for number in (3, 4))
        assert work.searches.put_cited(1, [make_pmid(n) for n in (4, 3, 2)], cited)
        work.assessments.add_judgement(1, make_judgement(3))
        work.commit(make_audit_entry())
    assert list_pmids(begin) == [make_pmid(n) for n in (4, 3, 2, 1)]
    with begin() as work:
        # A search takes nothing of it away, and leaves it where it was.
        work.searches.record_evidence(1, make_evidence(1, 5), cited=[make_pmid(4), make_pmid(2)])
        work.commit(make_audit_entry())
    assert list_pmids(begin) == [make_pmid(n) for n in (4, 2, 1, 5, 3)]
    with begin() as work:
        assert work.searches.put_cited(1, [])
        assert not work.searches.put_cited(1, [])
        work.commit(make_audit_entry())
    assert list_pmids(begin) == [make_pmid(n) for n in (2, 1, 5, 3)]


def test_a_claim_has_what_its_marks_point_at_and_what_was_brought_in_for_it(begin: Begin) -> None:
    keep(begin)
    with begin() as work:
        (claim,) = work.claims.list_claims(1)
        work.references.add(1, [ZINC, IRON, replace(IRON, claim_id=claim.id)])
        work.commit(make_audit_entry())
    elsewhere = replace(claim, id=3, claim=replace(claim.claim, start=7, end=19))
    with begin() as work:
        cited = work.references.load_cited([claim, elsewhere])
        many = work.references.load_cited([claim, *[elsewhere] * 30])
    assert [one.position for one in cited[claim.id]] == [1, 3]
    assert cited[3] == ()
    assert many == cited


def list_pmids(begin: Begin) -> list[str]:
    with begin() as work:
        return list(work.searches.load_pmids([1])[1])
