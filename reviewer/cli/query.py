"""``konkyo query``: the concepts of claims and the queries built from them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from claims.articles.language import guess_language
from claims.errors import ArticleError, QueryError
from claims.lexicon.lexicon import Lexicon
from claims.records.article import Language
from claims.search.query import build_plan
from reviewer.cli.json_lines import answer_lines
from reviewer.cli.opening import open_chosen


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A line of the file of claims; ``id`` is given back as it stands."""

    id: str | int
    claim: str
    language: Language
    heading: str
    theme: str


@click.command()
@click.argument("text", required=False)
@click.option("--heading", default="", help="The heading it stands under.")
@click.option("--theme", default="", help="The theme it stands under.")
@click.option("--queries", type=click.Path(path_type=Path), help="JSON lines, see above, in place of TEXT.")
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
def query(text: str | None, heading: str, theme: str, queries: Path | None, form: str) -> None:
    """Show the concepts of a claim and the queries built from them, as JSON.

    ``unmapped`` are the words without English: give them theirs with ``konkyo lexicon add``.

    With --queries many claims are answered at once. A line of the file has id, claim and, where there are
    any, language (ja or en), heading and theme. One line a claim is printed: id, queries (a list of rung and
    text, narrow to wide; empty where the claim names nothing that is known), unmapped, not_asked: terms that
    have English and stand in no query, since half of all records name them; and not_searchable: why PubMed
    cannot answer it (insurance, approval, price, own_figures, slogan, offer), else null. A line that cannot
    be read is named on standard error and makes the exit code 1; the others are still answered.
    """
    if (text is None) == (queries is None):
        raise click.UsageError("give either a TEXT or --queries FILE")
    lexicon = open_chosen().lexicon()
    if text is not None:
        plan = build_plan(text, theme, heading, guess_language(text), lexicon)
        click.echo(json.dumps(asdict(plan) | {"not_asked": plan.not_asked}, ensure_ascii=False, indent=2))
        return
    answer_lines(queries or Path(), _parse_asked, lambda asked: _answer(asked, lexicon), _tell_unreadable)


def _answer(asked: AskedQuery, lexicon: Lexicon) -> dict[str, object]:
    try:
        plan = build_plan(asked.claim, asked.theme, asked.heading, asked.language, lexicon)
    except QueryError as refusal:
        unmapped = refusal.values["unmapped"]
        return {"id": asked.id, "queries": [], "unmapped": unmapped, "not_asked": [], "not_searchable": None}
    return {
        "id": asked.id,
        "queries": [{"rung": step.rung.value, "text": step.text} for step in plan.ladder],
        "unmapped": plan.unmapped,
        "not_asked": plan.not_asked,
        "not_searchable": plan.not_searchable,
    }


def _tell_unreadable(file: Path, line: int, reason: str) -> ArticleError:
    return ArticleError("claims_line_unreadable", path=str(file), line=line, reason=reason)


def _parse_asked(row: dict[str, Any]) -> AskedQuery:
    asked, claim = row["id"], row["claim"]
    heading, theme = row.get("heading") or "", row.get("theme") or ""
    if not isinstance(asked, str | int) or not all(isinstance(part, str) for part in (claim, heading, theme)):
        raise TypeError("id, claim, heading or theme is no text")
    f"{asked}{claim}{heading}{theme}".encode()
    language = Language(row["language"]) if row.get("language") else guess_language(claim)
    return AskedQuery(asked, claim, language, heading, theme)
