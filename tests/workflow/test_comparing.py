"""What a comparison tells: every claim of both versions once, with the grades that the old ones had."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from claims.errors import NotFound
from claims.records.lineage import Relation
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.workflow.amending import dismiss_claim
from reviewer.workflow.comparing import Comparison, compare_version
from reviewer.workflow.loading import load_version
from reviewer.workflow.merging_splitting import merge_claims
from tests.conftest import OpenWork
from tests.databases import make_database
from tests.factories import make_moment
from tests.persistence.counting import count_statements
from tests.workflow.articles import (
    GROWTH,
    SAFE,
    SATO,
    SLEEP,
    STEM,
    find,
    ingest,
    list_claims,
    work_on,
)

REWORDED = "ミノキシジルは毛包の成長期を延長すると報告されています。"


def compare(open_work: OpenWork, version_id: int) -> Comparison:
    with open_work() as work:
        return compare_version(work, version_id, SATO)


def test_the_first_version_is_compared_with_nothing(open_work: OpenWork) -> None:
    compared = compare(open_work, ingest(open_work, GROWTH).version.id)
    assert (compared.former, compared.changes) == (None, ())


def test_a_version_that_is_not_there_is_not_compared(open_work: OpenWork) -> None:
    with pytest.raises(NotFound, match="version_not_found"):
        compare(open_work, 404)


def test_every_change_is_told_with_both_sides_and_the_old_grades(open_work: OpenWork) -> None:
    first = ingest(open_work, "## ミノキシジル", GROWTH, STEM, SAFE)
    graded = work_on(open_work, find(first, GROWTH))
    second = ingest(open_work, "## フィナステリド", REWORDED, SAFE, SLEEP, minutes=9)
    compared = compare(open_work, second.version.id)
    told = [(change.relation, len(change.former), len(change.claims)) for change in compared.changes]
    assert told == [
        (Relation.REWORDED, 1, 1),
        (Relation.UNCHANGED, 1, 1),
        (Relation.NEW, 0, 1),
        (Relation.REMOVED, 1, 0),
    ]
    assert compared.changes[0].grades == graded.assessments
    assert [change.reread for change in compared.changes] == [False, True, False, False]
    assert compared.count(Relation.REMOVED) == 1


def test_the_old_side_is_told_as_it_stood(open_work: OpenWork) -> None:
    first = ingest(open_work, GROWTH, STEM)
    second = ingest(open_work, "はじめに述べます。", STEM, GROWTH, minutes=9)
    for change in compare(open_work, second.version.id).changes:
        (old,), (new,) = change.former, change.claims
        assert old.id == new.id
        assert (old.version_id, new.version_id) == (first.version.id, second.version.id)
        assert first.version.article.text[old.claim.start : old.claim.end] == old.claim.text
        assert second.version.article.text[new.claim.start : new.claim.end] == old.claim.text


def test_what_was_done_by_hand_since_is_left_out(open_work: OpenWork) -> None:
    ingest(open_work, GROWTH + STEM)
    second = ingest(open_work, GROWTH + STEM + SLEEP, minutes=9)
    before = compare(open_work, second.version.id)
    growth, stem, sleep = list_claims(open_work, second.version.id)
    with open_work() as work:
        merge_claims(work, (growth, stem), SATO, make_moment(10))
    last = list_claims(open_work, second.version.id)[1]
    with open_work() as work:
        dismiss_claim(work, last, "本筋でない", SATO, make_moment(11))
    after = compare(open_work, second.version.id)
    assert [change.relation for change in after.changes] == [change.relation for change in before.changes]
    assert {claim.id for change in after.changes for claim in change.claims} == {growth.id, stem.id, sleep.id}


@pytest.mark.parametrize("lines", [1, 40])
def test_comparing_and_loading_take_as_many_queries_for_many_claims_as_for_one(
    tmp_path: Path, lines: int
) -> None:
    engine = open_engine(make_database(tmp_path / "house.db"))
    open_work: OpenWork = partial(UnitOfWork, engine)
    texts = [f"見本{n}番の成分は発毛を促します。" for n in range(lines)]
    work_on(open_work, ingest(open_work, *texts).claims[0])
    second = ingest(open_work, *(text.replace("促します", "強く促します") for text in texts), minutes=9)
    with open_work() as work, count_statements(engine) as sent:
        assert len(compare_version(work, second.version.id, SATO).changes) == lines
    assert len(sent) <= 8
    with open_work() as work, count_statements(engine) as sent:
        _, dossiers = load_version(work, second.version.id, SATO)
    assert len(dossiers) == lines
    assert dossiers[0].former[0].assessments
    assert len(sent) == 27
