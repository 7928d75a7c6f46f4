"""What stands in the margin of a claim: its grade with the reviewers' words, and its open flags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.articles.docx.proposals import HOUSE
from claims.extraction.wording import list_grounds
from claims.records.flag import Flag
from claims.records.review import ReviewClaim
from reviewer.i18n import Translate, mark, translator
from reviewer.labels import FLAG_ADVICE, FLAG_LABELS, grade_label
from reviewer.rules.dossier import Dossier
from reviewer.rules.obstacles import LOWEST_STANDING_STEP

_GRADED = mark("Claim {number}: {grade}")
_FLAGGED = mark("Claim {number}: {reason}")
_TRACKED = mark("Suggested as a tracked change: {words}")
_INSTEAD = mark("Suggested instead, not in the text: {words}")


@dataclass(frozen=True, slots=True)
class MarginComment:
    """A comment on a claim; ``at`` is ``None`` where a rule says it.

    ``flag`` is the flag that it tells of, ``None`` where it tells of a grade. What ``suggestion`` says stands
    beside ``text``, since it can be proposed in the text itself.
    """

    claim: ReviewClaim
    author: str
    text: str
    at: datetime | None = None
    flag: Flag | None = None

    @property
    def suggestion(self) -> str:
        """What a person would write instead, in one line; "" where nobody said."""
        return " ".join(self.flag.suggestion.split()) if self.flag else ""

    def tell(self, locale: str, in_text: bool = False) -> str:
        """All that the comment says; ``in_text``: what is suggested is a tracked change in the text."""
        if not self.suggestion:
            return self.text
        told = translator(locale)(_TRACKED if in_text else _INSTEAD)
        return f"{self.text}\n{told.format(words=self.suggestion)}"

    def list_wordings(self, locale: str) -> frozenset[str]:
        """By which ``squeeze`` of its text a comment in a file is known as this one."""
        return frozenset(squeeze(self.tell(locale, in_text)) for in_text in (True, False))


def squeeze(text: str) -> str:
    """The text whatever became of its line ends."""
    return "".join(text.split())


def list_margin(
    dossiers: Sequence[Dossier],
    flags: Mapping[int, Sequence[Flag]],
    names: Mapping[str, str],
    locale: str,
) -> tuple[MarginComment, ...]:
    """The comments by claim: grades first, then open flags. ``names`` are the full names of accounts.

    A grade without words is told where the author has to do something about it.
    """
    translate = translator(locale)
    return tuple(
        comment
        for dossier in dossiers
        for comment in (
            *_list_grades(dossier, names, translate, locale),
            *(
                _describe_flag(dossier.claim, flag, names, translate, locale)
                for flag in flags.get(dossier.claim.id, ())
                if flag.is_open
            ),
        )
    )


def _list_grades(
    dossier: Dossier, names: Mapping[str, str], translate: Translate, locale: str
) -> Iterator[MarginComment]:
    verdict, claim = dossier.verdict, dossier.claim
    if verdict is None:
        return

    def tell(grade_words: str, words: str) -> str:
        head = translate(_GRADED).format(number=claim.number, grade=grade_words)
        return f"{head}\n{words}" if words else head

    said = [(one.graded_by, one.grade, one.comment, one.graded_at) for one in verdict.grades if one.comment]
    if decided := verdict.adjudication:
        said.append((decided.adjudicated_by, decided.grade, decided.comment, decided.adjudicated_at))
    for name, grade, words, at in said:
        yield MarginComment(claim, names.get(name, name), tell(grade_label(grade, locale), words), at)
    if not said and (verdict.grade.step is None or verdict.grade.step < LOWEST_STANDING_STEP):
        yield MarginComment(claim, HOUSE, tell(grade_label(verdict.grade, locale), ""), verdict.decided_at)


def _describe_flag(
    claim: ReviewClaim, flag: Flag, names: Mapping[str, str], translate: Translate, locale: str
) -> MarginComment:
    told = [translate(_FLAGGED).format(number=claim.number, reason=translate(FLAG_LABELS[flag.reason]))]
    if flag.words:
        told.append(f"「{flag.words}」" if locale == "ja" else f"“{flag.words}”")
    if flag.risk is not None:
        for basis in list_grounds(flag.risk, locale):
            told.append(" ".join(part for part in (basis.law, basis.reason) if part))
            if basis.alternative:
                told.append(translate(_INSTEAD).format(words=basis.alternative))
    elif not flag.suggestion and (advice := FLAG_ADVICE.get(flag.reason, "")):
        told.append(f"→ {translate(advice)}")
    author = names.get(flag.raised_by, flag.raised_by) or HOUSE
    return MarginComment(claim, author, "\n".join(dict.fromkeys(told)), flag.raised_at, flag)
