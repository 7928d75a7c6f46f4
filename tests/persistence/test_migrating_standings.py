"""A house of an earlier version knows the latest look at each paper once its schema has grown."""

from __future__ import annotations

import json

from sqlalchemy import text

from claims.records.citation import Pmid, RetractionCheck, RetractionStatus
from claims.records.record_json import to_json
from db.engine import open_engine
from db.migrations import upgrade_schema
from db.unit_of_work import UnitOfWork
from tests.factories import make_moment, make_pmid
from tests.persistence.released_houses import build_house, read_released

PAPER = Pmid("9000000001")
LOOKS = (
    RetractionCheck(RetractionStatus.NONE_KNOWN, make_moment(1)),
    RetractionCheck(RetractionStatus.RETRACTED, make_moment(3), make_pmid(9)),
    RetractionCheck(RetractionStatus.UNCHECKED, None),
)


def list_findings() -> list[tuple[int, dict[str, object]]]:
    """Each finding of the paper in the house before looks were kept apart from the claims."""
    rows = (row for table, row in read_released("0015") if table == "finding" and row["pmid"] == PAPER)
    return [(row["id"], json.loads(row["finding"])) for row in rows]


def test_the_latest_look_of_any_claim_is_known(database_url: str) -> None:
    build_house(database_url, "0015")
    engine = open_engine(database_url)
    with engine.begin() as connection:
        for (number, finding), look in zip(list_findings(), LOOKS, strict=False):
            told = json.dumps(finding | {"retraction": to_json(look)})
            value = "CAST(:told AS JSON)" if connection.dialect.name == "postgresql" else ":told"
            change = text(f"UPDATE finding SET finding = {value} WHERE id = :number")
            assert connection.execute(change, {"told": told, "number": number}).rowcount == 1
    upgrade_schema(engine)
    with UnitOfWork(engine) as work:
        assert work.citations.load_standings([PAPER]) == {PAPER: LOOKS[1]}
    engine.dispose()
