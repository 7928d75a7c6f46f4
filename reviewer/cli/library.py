"""``konkyo library``: PubMed files into the local library, and searches in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from claims.articles.language import guess_language
from claims.errors import ArticleError, SettingsError
from claims.lexicon.weighting import search_terms
from claims.library import Library
from claims.records.article import Language
from reviewer.cli.importing import ImportProgress
from reviewer.cli.json_lines import read_lines
from reviewer.cli.opening import open_chosen
from reviewer.error_messages import describe_code
from reviewer.settings import load_settings


@click.group()
def library() -> None:
    """Import PubMed files into the local library, and search it."""


@library.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def import_files(files: tuple[Path, ...]) -> None:
    """Import PubMed XML (.xml, .xml.gz: NLM's baseline and update files, EFetch answers) and NBIB.

    Of each record the latest version stays, in whatever order the files come; deletions are applied. After
    an interruption the same command goes on where it stopped. A record or file that cannot be read is named
    with its reason and makes the exit code 1; the rest is kept.
    """
    shelf = Library(load_settings().library_folder)
    with ImportProgress(len(set(files))) as progress:
        done = shelf.import_files(files, progress.show)
    for refusal in done.refused:
        record = f" record {refusal.pmid}:" if refusal.pmid else ""
        reason = describe_code(refusal.reason, dict(refusal.values))
        click.echo(f"refused: {refusal.file}:{record} {reason}", err=True)
    click.echo(
        f"read {done.read}, added {done.added}, revised {done.revised}, "
        f"deleted {done.deleted}, refused {len(done.refused)}"
    )
    sys.exit(1 if done.refused else 0)


@library.command("search")
@click.argument("text", required=False)
@click.option("--queries", type=click.Path(path_type=Path), help="JSON lines: query_id, text, language.")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
def search(text: str | None, queries: Path | None, top: int, form: str) -> None:
    """Rank the whole library for a claim in Japanese or English, best first.

    One JSON line a record: query_id, pmid, score (higher is better). Nothing found prints nothing.
    """
    if (text is None) == (queries is None):
        raise click.UsageError("give either a TEXT or --queries FILE")
    application = open_chosen()
    shelf, lexicon = application.library, application.lexicon()
    if not shelf.exists:
        raise SettingsError("library_missing")
    asked = _read_queries(queries) if queries else iter([("1", text or "", guess_language(text or ""))])
    for query_id, words, language in asked:
        for pmid, score in shelf.rank(search_terms(words, language, lexicon), top):
            click.echo(json.dumps({"query_id": query_id, "pmid": pmid, "score": score}, ensure_ascii=False))


def _read_queries(file: Path) -> Iterator[tuple[str, str, Language]]:
    for number, line in read_lines(file):
        try:
            row = json.loads(line)
            query_id, text = str(row["query_id"]), str(row["text"])
            language = Language(row.get("language") or guess_language(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArticleError("queries_line_unreadable", path=str(file), line=number) from error
        yield query_id, text, language
