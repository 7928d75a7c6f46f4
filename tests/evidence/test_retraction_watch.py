"""Retraction Watch's table: what is a row, what is none, and what it adds to a record's own word."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from claims.appraisal.retraction_watch import COLUMNS, BadRow, read_rows, weigh_watched
from claims.errors import RecordError
from claims.records.citation import RetractionCheck, RetractionStatus
from claims.records.watch import Nature, WatchRecord
from tests.factories import make_moment, make_pmid

HEADS = (
    *("Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS"),
    *("ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate"),
    *("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes"),
)
NONE, RETRACTED = RetractionStatus.NONE_KNOWN, RetractionStatus.RETRACTED
CONCERN, CORRECTED = RetractionStatus.EXPRESSION_OF_CONCERN, RetractionStatus.CORRECTED


def write_table(*rows: dict[str, str], heads: tuple[str, ...] = HEADS) -> str:
    """The table with these cells, all others as of a plain retraction of the first sample."""
    plain = {
        "Record ID": "7",
        "Title": 'SAMPLE, a "quoted" title\nof two lines',
        "RetractionDate": "1/4/2026 0:00",
        "RetractionDOI": "10.9999/Notice.1",
        "RetractionPubMedID": "0",
        "OriginalPaperDate": "6/10/2018 0:00",
        "OriginalPaperDOI": "10.9999/Sample.1",
        "OriginalPaperPubMedID": make_pmid(1),
        "RetractionNature": "Retraction",
        "Reason": "+Error in Data;",
    }
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heads, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**plain, **row} for row in rows)
    return out.getvalue()


def read(text: str) -> list[WatchRecord | BadRow]:
    return list(read_rows(io.StringIO(text, newline="")))


def test_a_row_is_read_with_its_numbers_in_one_form() -> None:
    assert read(write_table({})) == [
        WatchRecord(
            7,
            Nature.RETRACTION,
            make_pmid(1),
            "10.9999/sample.1",
            date(2026, 1, 4),
            None,
            "10.9999/notice.1",
            "+Error in Data;",
        )
    ]


@pytest.mark.parametrize(
    ("cells", "pmid", "doi", "told_on"),
    [
        ({"OriginalPaperPubMedID": "0"}, None, "10.9999/sample.1", date(2026, 1, 4)),
        ({"OriginalPaperPubMedID": ""}, None, "10.9999/sample.1", date(2026, 1, 4)),
        ({"OriginalPaperPubMedID": f"{make_pmid(1)}.0"}, make_pmid(1), "10.9999/sample.1", date(2026, 1, 4)),
        ({"OriginalPaperDOI": "unavailable"}, make_pmid(1), "", date(2026, 1, 4)),
        (
            {"OriginalPaperDOI": "https://doi.org/10.9999/A(B)C"},
            make_pmid(1),
            "10.9999/a(b)c",
            date(2026, 1, 4),
        ),
        ({"RetractionDate": "2026-01-04"}, make_pmid(1), "10.9999/sample.1", date(2026, 1, 4)),
        ({"RetractionDate": "12/31/2025 00:00:00"}, make_pmid(1), "10.9999/sample.1", date(2025, 12, 31)),
        ({"RetractionDate": ""}, make_pmid(1), "10.9999/sample.1", None),
    ],
)
def test_what_stands_for_none_is_none(
    cells: dict[str, str], pmid: str | None, doi: str, told_on: date | None
) -> None:
    (record,) = read(write_table(cells))
    assert isinstance(record, WatchRecord)
    assert (record.pmid, record.doi, record.told_on) == (pmid, doi, told_on)


@pytest.mark.parametrize(
    "cells",
    [
        {"Reason": "a\0b"},
        {"Record ID": ""},
        {"Record ID": "seven"},
        {"Record ID": "99999999999"},
        {"RetractionNature": "Retracted?"},
        {"RetractionDate": "31/12/2025 0:00"},
        {"RetractionDate": "yesterday"},
        {"OriginalPaperPubMedID": "PMC12"},
    ],
)
def test_a_row_that_is_none_is_told_with_its_lines_and_the_next_is_read(cells: dict[str, str]) -> None:
    bad, good = read(write_table(cells, {"Record ID": "8"}))
    assert isinstance(bad, BadRow)
    # The title goes over two lines.
    assert (bad.first_line, bad.last_line) == (2, 3)
    assert isinstance(good, WatchRecord)


def test_a_file_that_was_cut_short_loses_its_last_row_alone() -> None:
    text = write_table({}, {"Record ID": "8"})
    first, last = read(text[:-60])
    assert isinstance(first, WatchRecord)
    assert isinstance(last, BadRow)


def test_a_quotation_that_never_ends_is_told_and_reading_goes_on() -> None:
    text = (
        write_table({})
        + '8,"a title without an end\n'
        + "x" * 200_000
        + "\n"
        + write_table({"Record ID": "9"})
    )
    first, *others = read(text)
    assert isinstance(first, WatchRecord)
    assert [one.record_id for one in others if isinstance(one, WatchRecord)] == [9]
    bad = [one for one in others if isinstance(one, BadRow)]
    assert bad
    assert all(one.first_line >= 4 for one in bad)


def test_a_quotation_mark_too_many_puts_no_retraction_on_another_paper() -> None:
    papers = {number: make_pmid(number) for number in range(1, 5)}
    titles = {number: "SAMPLE" if number % 2 else 'SAMPLE "two"' for number in papers}
    table = write_table(
        *(
            {"Record ID": str(number), "OriginalPaperPubMedID": pmid, "Title": titles[number]}
            for number, pmid in papers.items()
        )
    )
    for place in range(table.index("\n"), len(table)):
        rows = read(f'{table[:place]}"{table[place:]}')
        records = [row for row in rows if isinstance(row, WatchRecord)]
        assert all(row.pmid in (papers[row.record_id], None) for row in records), place
        assert len(records) == len(papers) or any(isinstance(row, BadRow) for row in rows), place


@pytest.mark.parametrize("text", ["", "<html>", "a,b,c\n1,2,3\n", write_table({}, heads=HEADS[1:])])
def test_what_does_not_name_the_columns_is_refused_whole(text: str) -> None:
    with pytest.raises(RecordError, match="watch_not_a_table") as refused:
        read(text)
    assert set(refused.value.values["columns"]) <= set(COLUMNS)  # type: ignore[call-overload]


def test_columns_may_stand_in_another_order_after_a_mark_of_byte_order() -> None:
    (record,) = read("\ufeff" + write_table({}, heads=tuple(reversed(HEADS))))
    assert isinstance(record, WatchRecord)


def row(nature: Nature, day: int, number: int = 1) -> WatchRecord:
    return WatchRecord(number, nature, make_pmid(1), "", date(2026, 1, day))


RETRACTION, REINSTATEMENT = Nature.RETRACTION, Nature.REINSTATEMENT


@pytest.mark.parametrize(
    ("own", "rows", "stands", "told"),
    [
        (NONE, [row(RETRACTION, 4)], RETRACTED, RETRACTED),
        (NONE, [row(Nature.EXPRESSION_OF_CONCERN, 4)], CONCERN, CONCERN),
        (NONE, [row(Nature.CORRECTION, 4)], CORRECTED, CORRECTED),
        # A retraction that was itself retracted, in whatever order the rows stand.
        (NONE, [row(REINSTATEMENT, 5, 2), row(RETRACTION, 4)], NONE, NONE),
        (NONE, [row(RETRACTION, 4, 2), row(REINSTATEMENT, 4)], NONE, NONE),
        (NONE, [row(RETRACTION, 4), row(REINSTATEMENT, 5, 2), row(RETRACTION, 6, 3)], RETRACTED, RETRACTED),
        (NONE, [row(RETRACTION, 4), row(Nature.CORRECTION, 5, 2)], RETRACTED, RETRACTED),
        # PubMed's word first.
        (RETRACTED, [row(RETRACTION, 4), row(REINSTATEMENT, 5, 2)], RETRACTED, NONE),
        (RetractionStatus.WITHDRAWN, [row(Nature.CORRECTION, 5)], RetractionStatus.WITHDRAWN, CORRECTED),
        (
            RetractionStatus.RETRACTION_NOTICE,
            [row(RETRACTION, 5)],
            RetractionStatus.RETRACTION_NOTICE,
            RETRACTED,
        ),
        # Where it says less, the graver word.
        (CORRECTED, [row(RETRACTION, 4)], RETRACTED, RETRACTED),
        (CONCERN, [row(Nature.CORRECTION, 4)], CONCERN, CORRECTED),
        (RetractionStatus.UNCHECKED, [row(RETRACTION, 4)], RETRACTED, RETRACTED),
        (RetractionStatus.UNCHECKED, [row(REINSTATEMENT, 4)], RetractionStatus.UNCHECKED, NONE),
    ],
)
def test_both_words_are_weighed_and_both_are_kept(
    own: RetractionStatus, rows: list[WatchRecord], stands: RetractionStatus, told: RetractionStatus
) -> None:
    check = weigh_watched(RetractionCheck(own, make_moment()), rows)
    assert check.watched is not None
    assert (check.status, check.watched.status, check.own) == (stands, told, own)
    # Weighed again, be it without them, nothing is left of an earlier weighing.
    assert weigh_watched(check, rows) == check
    assert weigh_watched(check, []) == RetractionCheck(own, make_moment())
