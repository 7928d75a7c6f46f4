"""The next version of an article out of its author's answers: sentences reworded or deleted in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.anchoring.likeness import ALIKE_IN_PLACE, measure_likeness, read_grams
from claims.articles.formats import Format
from claims.records.article import Article, Original
from claims.records.claim import Extraction
from claims.records.flag import AnswerKind, Flag, FlagAnswer
from claims.records.people import User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.holding import require_newest
from reviewer.workflow.ingesting import Ingested, ingest_article

_CHANGING = (AnswerKind.REWRITE, AnswerKind.DELETE)
_TEXTS = (Format.TEXT, Format.MARKDOWN)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """``old``, the words of the article at the claim's place, and ``new`` in its stead, "" for a deletion.

    ``is_alike``: ``new`` shares words with ``old``, as a new wording does and a remark about it does not.
    ``beside`` are the numbers of claims of the same words whose answer came earlier and is not taken.
    """

    claim: ReviewClaim
    old: str
    new: str
    is_alike: bool
    beside: tuple[int, ...] = ()


def list_rewrites(
    version: ArticleVersion, dossiers: Sequence[Dossier], flags: Mapping[int, Sequence[Flag]]
) -> tuple[Rewrite, ...]:
    """What the answers that stand would change in the version, in the order of its text.

    The last answer to each flag stands; of those to one claim, and to claims whose words overlap, the latest.
    """
    asked = [
        (answer, dossier.claim)
        for dossier in dossiers
        for answer in _list_standing(flags.get(dossier.claim.id, ()))
    ]
    asked.sort(key=lambda one: one[0].answered_at, reverse=True)
    taken: dict[int, tuple[ReviewClaim, FlagAnswer]] = {}
    hidden: dict[int, set[int]] = {}
    for answer, claim in asked:
        over = next((id for id, (other, _) in taken.items() if _overlap(claim, other)), None)
        if over is None:
            taken[claim.id] = (claim, answer)
        elif over != claim.id:
            hidden.setdefault(over, set()).add(claim.number)
    rewrites = (
        _make_rewrite(version.article, claim, answer, tuple(sorted(hidden.get(claim.id, ()))))
        for claim, answer in taken.values()
    )
    return tuple(sorted((one for one in rewrites if one.new != one.old), key=_start))


def _list_standing(flags: Iterable[Flag]) -> Iterator[FlagAnswer]:
    """The last answer to each flag, if it changes the text and nobody refused it since."""
    for flag in flags:
        if flag.answers and not flag.waits_for_answer and flag.answers[-1].kind in _CHANGING:
            yield flag.answers[-1]


def _overlap(one: ReviewClaim, other: ReviewClaim) -> bool:
    return one.claim.start < other.claim.end and other.claim.start < one.claim.end


def _make_rewrite(
    article: Article, claim: ReviewClaim, answer: FlagAnswer, beside: tuple[int, ...]
) -> Rewrite:
    old = read_words(article, claim)
    new = "" if answer.kind is AnswerKind.DELETE else answer.words
    likeness = measure_likeness(read_grams(old), read_grams(new))
    return Rewrite(claim, old, new, not new or likeness >= ALIKE_IN_PLACE, beside)


def read_words(article: Article, claim: ReviewClaim) -> str:
    """The words of the canonical text at the claim's place."""
    return article.text[claim.claim.start : claim.claim.end]


def _start(rewrite: Rewrite) -> int:
    return rewrite.claim.claim.start


def rewrite_text(text: str, rewrites: Iterable[Rewrite]) -> str:
    """The canonical text with these words in place of the old ones; a line that has none left is gone."""
    for rewrite in sorted(rewrites, key=_start, reverse=True):
        start, end = rewrite.claim.claim.start, rewrite.claim.claim.end
        if not rewrite.new:
            start, end = _widen(text, start, end)
        text = text[:start] + rewrite.new + text[end:]
    return text


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with its whole line, mark and end of line too, where the line says nothing else."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) + 1 or len(text)
    rest = text[line_start:start] + text[end:line_end]
    return (start, end) if any(map(str.isalnum, rest)) else (line_start, line_end)


def name_text(version: ArticleVersion, media_type: str) -> str:
    """What the file of a version made from the text of this one, whose file is of that type, is called."""
    return version.article.origin if media_type in _TEXTS and version.article.origin else "article.txt"


def find_other_format(work: UnitOfWork, version_id: int) -> str:
    """The media type of the file that a version was read from where that is no text, else ""."""
    media_type = work.articles.find_original_type(version_id)
    return "" if media_type in _TEXTS else media_type


def ingest_rewritten(
    work: UnitOfWork,
    version_id: int,
    article: Article,
    original: Original,
    extraction: Extraction,
    actor: User,
    at: datetime,
) -> Ingested:
    """The next version, made from the text of this one. Raises ``RuleRefused`` when there is a newer one.

    Else what a newer version changed would be lost in it.
    """
    require_permission(actor, Permission.REVISE_ARTICLES)
    work.articles.hold_version(version_id)
    require_newest(work, version_id)
    return ingest_article(work, article, actor, at, original, version_id, extraction)
