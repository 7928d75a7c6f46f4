"""``konkyo same``: whether two claims say the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from claims.articles.language import guess_language
from claims.equivalence.comparison import compare_claims
from claims.equivalence.evidence import LONGEST_COMPARED
from claims.equivalence.signature import read_signature
from claims.errors import ArticleError
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.records.article import Language
from reviewer.cli.json_lines import answer_lines


@dataclass(frozen=True, slots=True)
class AskedPair:
    """A line of the file of pairs; ``id`` is given back as it stands."""

    id: str | int
    language: Language
    claims: tuple[str, str]
    contexts: tuple[str, str]


@click.command()
@click.option(
    "--pairs", type=click.Path(path_type=Path), required=True, help="JSON lines: id, a, b, see above."
)
@click.option(
    "--format", "form", type=click.Choice(["jsonl"], case_sensitive=False), default="jsonl", show_default=True
)
def same(pairs: Path, form: str) -> None:
    """Say whether a new claim is the same as an earlier one, near to it, or another.

    A line of the file has id, a (the earlier claim), b (the new one) and, where there are any, language (ja
    or en), a_context and b_context: the heading or list that each stands under. One line a pair is printed:
    id, label (same: one grade would serve both; near: the same subject, with something changed that could
    change the grade; different) and differs: what changed (dose, population, hedge and so on), empty for the
    same. A line that cannot be read is named on standard error and makes the exit code 1; the others are
    still answered.
    """
    lexicon = load_lexicon()
    answer_lines(pairs, _parse_asked, lambda asked: _answer(asked, lexicon), _tell_unreadable)


def _answer(asked: AskedPair, lexicon: Lexicon) -> dict[str, object]:
    earlier, new = (
        read_signature(claim, context, asked.language, lexicon)
        for claim, context in zip(asked.claims, asked.contexts, strict=True)
    )
    verdict = compare_claims(earlier, new)
    return {"id": asked.id, "label": verdict.likeness.value, "differs": verdict.differs}


def _tell_unreadable(file: Path, line: int, reason: str) -> ArticleError:
    return ArticleError("same_line_unreadable", path=str(file), line=line, reason=reason)


def _parse_asked(row: dict[str, Any]) -> AskedPair:
    asked, claims = row["id"], (row["a"], row["b"])
    contexts = (row.get("a_context") or "", row.get("b_context") or "")
    if isinstance(asked, bool) or not isinstance(asked, str | int):
        raise TypeError("id is no text")
    if not all(isinstance(part, str) for part in (*claims, *contexts)):
        raise TypeError("a, b or a context is no text")
    if not all(claim.strip() for claim in claims):
        raise ValueError("a or b is empty")
    if max(map(len, (*claims, *contexts))) > LONGEST_COMPARED:
        raise ValueError(f"more than {LONGEST_COMPARED} signs")
    f"{asked}{''.join(claims)}{''.join(contexts)}".encode()
    language = Language(row["language"]) if row.get("language") else guess_language(" ".join(claims))
    return AskedPair(asked, language, claims, contexts)
