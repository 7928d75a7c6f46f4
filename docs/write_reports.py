"""Write docs/reports.md: every column of every table that leaves the house, its type and what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from claims.records.assessment import Settlement, SupportGrade
from claims.records.citation import RetractionStatus
from claims.records.claim import Certainty, ClaimType
from claims.records.reference import Detail
from claims.records.retrieval import Rung, SearchStatus
from claims.records.study import Species, StudyDesign
from reviewer.exports.column_names import COLUMN_NAMES
from reviewer.exports.registry import TABLES
from reviewer.exports.table import SCHEMA_VERSION
from reviewer.exports.to_xlsx import NUMBERS

PAGE = Path(__file__).with_name("reports.md")


def _list_codes(*codes: object) -> str:
    return ", ".join(f"`{code}`" for code in codes)


# What columns of one name mean in every table that has them.
SHARED: Mapping[str, tuple[str, str]] = {
    "article": ("text", "The article's title."),
    "version": ("number", "The version of the article, counted from 1."),
    "version_hash": ("text", "SHA-256 of the version's text, 64 hexadecimal digits."),
    "claim_no": (
        "number",
        "Its number in the version, in the article's order.",
    ),
    "claim_text": ("text", "The article's own wording."),
    "evidence_level": (
        "1–5",
        "OCEBM 2011 level; empty where the scheme has none. Of a claim, the best of the records shown. Of a"
        " record, the machine's, with `(to be confirmed)` where a person must look.",
    ),
    "species": ("codes", f"{_list_codes(*Species)}; of a claim, those of its records separated by `;`."),
    "retraction": (
        "codes",
        f"{_list_codes(*RetractionStatus)}; of a claim, one for each of `pmids`, separated by `;`.",
    ),
    "retraction_checked_at": ("moment", "When the standing was looked up; of a claim, the oldest look."),
    "rationales": (
        "text",
        "Quotations, each between “ and ”, verbatim of the stored record; what a person typed from a full"
        " text says `entered by hand`. Of a claim, with the PMID.",
    ),
    "taken_over": (
        "texts",
        "Whose grade it was, and of which claim it was taken over; separated by `; `. Such grades are in no"
        " figure of agreement.",
    ),
    "schema_version": ("text", f"Of these columns and codes: `{SCHEMA_VERSION}`."),
}
BY_TABLE: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "claims": {
        "section": ("text", "Theme and heading that the claim stands under."),
        "read_as": ("text", "The wording completed so that it stands alone."),
        "start": ("number", "Where the claim begins in the version's text, in code points from 0."),
        "end": ("number", "Where it ends, not included."),
        "type": ("code", _list_codes(*ClaimType)),
        "certainty": ("code", _list_codes(*Certainty)),
        "status": ("code", "`extracted`, `in_review`, `graded`, `conflict`, `adjudicated`, `stale`"),
        "support_grade": (
            "0–4 or code",
            "4 supported to 0 contradicted; "
            + _list_codes(*(grade.value for grade in SupportGrade if grade.step is None))
            + "; empty while the claim is open.",
        ),
        "grade_label": ("text", "The grade in words, in the language asked for."),
        "agreement": ("code", _list_codes(*Settlement)),
        "graders": ("texts", "Who graded, with qualification and interests, separated by `; `."),
        "adjudicator": ("text", "Who settled differing grades, told as a grader."),
        "comment": ("texts", "What was said with the grades; why an editor kept the claim."),
        "graded_at": ("moment", "When the grade that stands was given."),
        "certainty_of_evidence": ("codes", "GRADE: `high`, `moderate`, `low`, `very_low`, separated by `;`."),
        "guideline_grade": ("text", "What a guideline says, in its own scale."),
        "guideline_source": ("text", "Which guideline."),
        "wording_risks": ("texts", "Rule and words to be checked against the rules for advertising."),
        "open_flags": ("codes", "Reasons of the flags that are open, separated by `;`."),
        "pmids": ("texts", "The attached records, else the best suggested ones, separated by `;`."),
        "pmids_status": ("code", "`attached` (a person judged them to bear on the claim) or `suggested`."),
        "references": ("texts", "The same records in Vancouver style, separated by `; `."),
        "basis": ("codes", "`abstract` or `full_text`: what was read of each attached record."),
        "searches": ("texts", "Each search: rung, query as sent, source, moment, hits or failure."),
        "documents": (
            "texts",
            "Evidence without a PMID that somebody judged to bear on the claim; quotations are typed by a"
            " person and say `entered by hand`.",
        ),
        "search_status": (
            "code",
            _list_codes(*(one for one in SearchStatus if one is not SearchStatus.RUNNING)),
        ),
    },
    "citations": {
        "pmid": ("text", "The record's PMID; from 9000000001 on a sample."),
        "rank": ("number", "Its place among the records of the claim, 1 the best."),
        "found_by": ("code", f"The search that brought it first: {_list_codes(*Rung)}."),
        "reference": ("text", "The record in Vancouver style."),
        "year": ("number", "Of publication."),
        "record_kind": ("code", "`paper`, or what else the record is."),
        "design": ("code", _list_codes(*StudyDesign)),
        "design_from": ("code", "`indexed`, `abstract`, `not_read`: how that was read."),
        "species_from": ("code", "The same of the species."),
        "sample_size": ("number", "As the abstract tells it."),
        "evidence_level_scheme": ("text", "Where the level comes from."),
        "evidence_level_set": ("texts", "Levels that people set instead, each with name and reason."),
        "suggested_stance": ("code", "`supports`, `refutes`, `not_enough_info`; empty while sealed."),
        "suggested_confidence": ("0–1", "Of the suggestion."),
        "suggested_by": ("text", "The version of the rules that made it."),
        "attached": ("yes/no", "Whether somebody judged the record to bear on the claim."),
        "judgements": ("texts", "`name: judgement (basis)` of a settled claim, separated by `; `."),
        "on_topic": ("yes/no", "Whether the record is on the claim's topic."),
        "relevance": ("0–1", "How likely that is, as the machine measures it."),
        "retraction_watch": (
            "code, date",
            "How Retraction Watch has the paper stand (`none_known`: reinstated), and since which day;"
            " empty where it does not tell of it. `retraction` weighs both.",
        ),
    },
    "searches": {
        "source": ("text", "The database."),
        "interface": ("text", "How it was asked."),
        "searched_at": ("moment", "When it was asked."),
        "rung": ("code", _list_codes(*Rung)),
        "query": ("text", "As it was sent, whole."),
        "translation": ("text", "How the database read it."),
        "status": ("code", _list_codes(*SearchStatus)),
        "hits": ("number", "The whole count; empty where there was no answer."),
        "failure": ("code", "Why there was no answer."),
        "failure_detail": ("text", "What the failure names, such as an HTTP status."),
        "warnings": ("texts", "`Kind: words`, separated by `; `."),
        "worded_by": ("text", "Who worded the query; `konkyo` where it was built from the claim."),
        "searched_by": ("text", "Who had it run; `another` for others while the claim is open."),
        "lexicon_version": ("text", "Of the terms that the query was built of."),
        "ranker_version": ("text", "Of what ranked the answers."),
    },
    "flow": {
        "flow_of": (
            "code",
            f"The search: {_list_codes(*Rung)}; `all` of the claim; `since_publication`: asked again for what"
            " is new; `article`: all claims together.",
        ),
        "source": ("text", "The source that was asked, by its name."),
        "searched_at": ("moment", "When it was asked last."),
        "flow_status": ("code", _list_codes(*SearchStatus)),
        "hits": ("number", "How many records the source has for the query; empty where there was no answer."),
        "shown_count": ("number", "How many of them were brought and kept."),
        "on_topic_count": ("number", "How many of these are on the claim's topic."),
        "judged_count": (
            "number",
            "How many of these somebody judged, as far as that is open; since publication: answered.",
        ),
        "supporting_count": ("number", "How many of these somebody judged to support the claim."),
    },
    "references": {
        "number": ("text", "As the article numbers it."),
        "reference": ("text", "As the article has it."),
        "pmid_cited": ("text", "The PMID that it names."),
        "doi_cited": ("text", "The DOI that it names."),
        "identity": (
            "code",
            "Whether PubMed has it as it is cited; `konkyo references --help` tells the codes.",
        ),
        "differs": ("codes", f"{_list_codes(*Detail)}, separated by `; `."),
        "pmid": ("text", "Of the record that was found."),
        "title": ("text", "Of that record."),
        "claims": ("texts", "Numbers of the claims that cite it, separated by `; `."),
        "failure": ("code", "Why it could not be looked up."),
        "source": ("text", "Where it was looked up."),
        "looked_up_at": ("moment", "When."),
        "added_by": (
            "text",
            "Who brought it in beside the text; `another` for others while the claim is open.",
        ),
    },
    "versions": {
        "ingested_at": ("moment", "When it was brought in."),
        "state": ("code", "Where it stands: `draft` to `withdrawn`."),
        "original": ("text", "The file's name or address."),
        "original_media_type": ("text", "As in `text/html`."),
        "original_sha256": ("text", "Of the file as it was brought in."),
        "decision": ("code", "The state that an editor put it into."),
        "decided_at": ("moment", "When."),
        "decided_by": ("text", "By whom."),
        "decision_hash": ("text", "Of the text that was decided on."),
        "signed_by": ("text", "The full name in the signature."),
        "signed_as": ("codes", "Roles, separated by `; `."),
        "proved_by": ("code", "`password` or `provider`."),
        "comment": ("text", "The editor's."),
    },
    "audit": {
        "at": ("moment", "When it was done."),
        "actor": ("text", "Who did it, by the name of then."),
        "action": ("code", "`subject:object:past_participle`; see `docs/audit.md`."),
        "subject": ("text", "`version:` or `claim:` and a number."),
        "values": ("texts", "`name: value`, separated by `; `; empty where it is still blind."),
    },
}
_HEAD = f"""# Reports: every column

Written by `python -m docs.write_reports` from the tables themselves. Schema version {SCHEMA_VERSION}:
columns and codes keep their meaning within it; new columns come at the end.

- The names of columns are English unless Japanese ones are asked for (`--columns ja`, and in the Japanese
  room); codes are the same in both.
- CSV is UTF-8 with BOM, rows end in CRLF, every cell is quoted. In Excel use the workbook (`--format xlsx`)
  where a text may look like a date or a number (`1/2`, `00123`): a CSV cannot tell Excel that it is none.
- A moment is ISO 8601 with the offset of the installation's time zone. A cell that would start a formula has
  an apostrophe before it.
- A cell holds 32,767 UTF-16 units at most, as Excel counts; a longer one ends with where the whole stands.
- A number (in the workbook a number, too) is told from a text: PMIDs and grades are texts.

Pages of the whole report, of the sample article: [Word in Japanese](reports/docx-ja.png),
[in English](reports/docx-en.png); [PDF in Japanese](reports/pdf-ja.png), [in English](reports/pdf-en.png).
"""


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(write_page(), encoding="utf-8")


def write_page() -> str:
    """The page: a table for each of ``TABLES``, its columns in their order."""
    return "\n".join([_HEAD, *_write_tables()])


def describe(table: str, column: str) -> tuple[str, str]:
    """Type and meaning of a column. Raises ``KeyError`` for one that nobody described."""
    return BY_TABLE[table].get(column) or SHARED[column]


def _write_tables() -> Iterator[str]:
    for name, table in TABLES.items():
        yield f"## {table.title} (`--table {name}`)\n"
        yield "| column | in Japanese | type | meaning |\n|---|---|---|---|"
        for column in table.columns:
            kind, meaning = describe(name, column)
            assert (kind == "number") == (column in NUMBERS), column
            yield f"| `{column}` | {COLUMN_NAMES[column]} | {kind} | {meaning} |"
        yield ""


if __name__ == "__main__":
    main()
