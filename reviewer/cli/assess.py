"""``konkyo assess``: how library records bear on claims, one pair a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from claims.articles.language import guess_language
from claims.errors import ArticleError, NotFound, SettingsError
from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.library import Library
from claims.ranking.question import ask_claim
from claims.records.article import Language
from claims.records.citation import Citation, Pmid, parse_pmid
from claims.stance.reading import CitationReading, read_citation
from reviewer.cli.json_lines import read_lines
from reviewer.error_messages import describe_error
from reviewer.settings import load_settings


@dataclass(frozen=True, slots=True)
class AssessedPair:
    """A claim and the record to read it against; ``line`` is its place in the file."""

    line: int
    claim_id: str | int
    claim: str
    pmid: Pmid
    language: Language


@click.command()
@click.option("--pairs", type=click.Path(path_type=Path), required=True, help="JSON lines, see above.")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
def assess(pairs: Path, form: str) -> None:
    """Suggest how library records bear on claims, as JSON lines.

    A line of the file has claim_id, claim, pmid and, where it cannot be guessed, language (ja or en). One
    line a pair is printed: claim_id, pmid, stance (supports, refutes, not_enough_info), confidence (0 to
    1), rationale (text, start and end in the stored abstract), level (OCEBM 2011, null where there is none)
    and species. A line that cannot be read, and a record that the library lacks, are named on standard
    error and make the exit code 1; the other lines are still answered.
    """
    library = Library(load_settings().library_folder)
    if not library.exists:
        raise SettingsError("library_missing")
    lexicon = load_lexicon()
    failed = False
    for pair in _read_pairs(pairs):
        if isinstance(pair, ArticleError):
            failed = _tell(pair)
        elif (citation := library.fetch([pair.pmid]).get(pair.pmid)) is None:
            failed = _tell(NotFound("record_not_in_library", path=str(pairs), line=pair.line, pmid=pair.pmid))
        else:
            click.echo(json.dumps(_row(pair, _read(pair, citation, lexicon)), ensure_ascii=False))
    sys.exit(1 if failed else 0)


def _tell(error: ArticleError | NotFound) -> bool:
    click.echo(describe_error(error), err=True)
    return True


def _read_pairs(file: Path) -> Iterator[AssessedPair | ArticleError]:
    """The pairs in the file's order, an error in the place of each line that is none."""
    for number, line in read_lines(file):
        try:
            yield _parse_pair(number, line)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            yield ArticleError("pairs_line_unreadable", path=str(file), line=number, reason=reason)


def _parse_pair(number: int, line: str) -> AssessedPair:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise TypeError("no object")
    claim_id, claim = row["claim_id"], row["claim"]
    if not isinstance(claim_id, str | int) or not isinstance(claim, str) or not claim.strip():
        raise TypeError("claim_id or claim is no text")
    f"{claim_id}{claim}".encode()
    language = Language(row["language"]) if row.get("language") else guess_language(claim)
    return AssessedPair(number, claim_id, claim, parse_pmid(str(row["pmid"])), language)


def _read(pair: AssessedPair, citation: Citation, lexicon: Lexicon) -> CitationReading:
    claim = read_statement(pair.claim, pair.language)
    return read_citation(ask_claim(claim, pair.language, lexicon), citation, claim)


def _row(pair: AssessedPair, reading: CitationReading) -> dict[str, object]:
    return {
        "claim_id": pair.claim_id,
        "pmid": pair.pmid,
        "stance": reading.stance.stance.value,
        "confidence": reading.stance.confidence,
        "rationale": [{"text": r.text, "start": r.start, "end": r.end} for r in reading.rationales],
        "level": reading.level.level,
        "species": reading.study.species.value,
    }
