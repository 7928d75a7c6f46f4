"""Wordings that advertising rules may touch: pointed at, never judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from claims.extraction.cues import TABLES
from claims.extraction.house_rules import NO_HOUSE_RULES, HouseRules
from claims.records.article import Article, Language
from claims.records.claim import WordingRisk, WordingRule
from claims.text.patterns import join_patterns, load_patterns, read_patterns
from claims.text.pieces import PieceIndex
from claims.text.tables import read_rows

# What stands for the wording in the patterns of its frames.
_PLACE = "◌"
_FRAMES = ("quoted", "denied")
# No frame reaches farther than this: what stands beyond is not copied for each wording of a long sentence.
_REACH = 200
_QUOTED = re.compile("[^「」『』。]{0,80}[」』]")
# That a thing is absent is itself the promise in 副作用はありません; of a plain phrase it is a denial.
_HOUSE_FRAMES = (*_FRAMES, "absent")


@dataclass(frozen=True, slots=True)
class WordingBasis:
    """Why a rule points at a wording, under one law. Always to be checked, never a verdict.

    ``applies_to`` is whom the law concerns: ``clinic``, ``product``, ``food``, ``cells`` or ``any``.
    ``verified_on`` and ``verified_at`` say when and against which source a person verified the clause; both
    are "" until one did.
    """

    rule: WordingRule
    applies_to: str
    law: str
    clause: str
    reason: str
    alternative: str
    verified_on: str = ""
    verified_at: str = ""


@dataclass(frozen=True, slots=True)
class _Wordings:
    rule: WordingRule
    points: re.Pattern[str]
    spares: re.Pattern[str] | None

    def list_spared(self, wording: str, clauses: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The spans left alone, each in one clause; "not in people" may stand in the next."""
        if self.spares is None:
            return
        whole = [(0, len(wording))]
        for start, end in whole if self.rule is WordingRule.PRECLINICAL else clauses:
            for match in self.spares.finditer(wording, start, end):
                yield match.span()


@dataclass(frozen=True, slots=True)
class WordingReader:
    """Reads the risky wordings of one article.

    ``complete`` says that it names all that must stand beside an unapproved treatment.
    """

    text: str
    language: Language
    complete: bool
    house: HouseRules = NO_HOUSE_RULES

    def find(self, start: int, end: int) -> tuple[WordingRisk, ...]:
        """The risky wordings in ``text[start:end]`` in order; spans count in the article.

        A wording is left alone where one that the rule ``spares`` covers it (必ずしも), where its clause
        denies it or quotes it as a rumour, an unapproved treatment where the article names every item that
        must stand beside it.
        """
        risks = (*self._list(start, end), *self._list_house(start, end))
        return tuple(sorted(risks, key=lambda risk: (risk.start, risk.end, risk.rule.value)))

    def _list_house(self, start: int, end: int) -> Iterator[WordingRisk]:
        wording = self.text[start:end]
        for rule, begin, stop in self.house.find(wording, self.language):
            if not _is_framed(wording, begin, stop, self.language, _HOUSE_FRAMES):
                yield WordingRisk(
                    WordingRule.HOUSE,
                    wording[begin:stop],
                    start + begin,
                    start + stop,
                    rule.reason,
                    rule.alternative,
                )

    def _list(self, start: int, end: int) -> Iterator[WordingRisk]:
        wording = self.text[start:end]
        rules, index = _load_rules(self.language)
        for name in index.find(wording):
            wordings = rules[name]
            if wordings.rule is WordingRule.UNAPPROVED and self.complete:
                continue
            matches = list(wordings.points.finditer(wording))
            # Most sentences have none of the words.
            spared = (
                list(wordings.list_spared(wording, _split_clauses(wording, self.language))) if matches else []
            )
            for match in matches:
                if any(a <= match.start() < b for a, b in spared):
                    continue
                framed = wordings.rule is not WordingRule.UNAPPROVED and _is_framed(
                    wording, match.start(), match.end(), self.language, _FRAMES
                )
                if not framed:
                    begin, stop = start + match.start(), start + match.end()
                    yield WordingRisk(wordings.rule, match.group(), begin, stop)
                    if wordings.rule is WordingRule.UNAPPROVED:
                        break


def read_wordings(article: Article, house: HouseRules = NO_HOUSE_RULES) -> WordingReader:
    """The reader of an article's wordings, by the laws and by the rules of the ``house``."""
    return WordingReader(article.text, article.language, not list_missing_items(article.text), house)


def _is_framed(wording: str, start: int, end: int, language: Language, frames: tuple[str, ...]) -> bool:
    """Whether the clause around ``wording[start:end]`` denies it or tells it as a rumour.

    「日本一です、広告は誤りです」 denies nothing of 日本一; a quotation that holds the wording is one clause.
    """
    known = _load_frames(language)
    before, behind = wording[max(0, start - _REACH) : start], wording[end : end + _REACH]
    begin = max((border.end() for border in known["border"].finditer(before)), default=0)
    quoted = _QUOTED.match(behind)
    stop = known["border"].search(behind, quoted.end() if quoted else 0)
    framed = f"{before[begin:]}{_PLACE}{behind[: stop.start()] if stop else behind}"
    return any(known[frame].search(framed) for frame in frames)


def _split_clauses(wording: str, language: Language) -> list[tuple[int, int]]:
    """The spans of the clauses of ``wording``, each with the border behind it."""
    ends = [border.end() for border in _load_frames(language)["border"].finditer(wording)]
    return list(pairwise((0, *ends, len(wording))))


@cache
def _load_frames(language: Language) -> dict[str, re.Pattern[str]]:
    return join_patterns(TABLES / f"wording_frames_{language.value}.tsv", ignore_case=language is Language.EN)


def list_missing_items(text: str) -> tuple[str, ...]:
    """What an article on an unapproved treatment must say and this one does not, in the order of the table.

    >>> "relief_scheme" in list_missing_items("救済制度の対象になりません。")
    False
    """
    patterns = load_patterns(TABLES / "unapproved_items.tsv")
    return tuple(item for item, pattern in patterns.items() if not pattern.search(text))


def list_grounds(risk: WordingRisk, locale: str) -> tuple[WordingBasis, ...]:
    """Why the rule points at these words: its bases in law, or the clinic's own words."""
    if risk.rule is not WordingRule.HOUSE:
        return list_bases(risk.rule, locale)
    return (WordingBasis(risk.rule, "any", "", "", risk.reason, risk.alternative),)


@cache
def list_bases(rule: WordingRule, locale: str) -> tuple[WordingBasis, ...]:
    """Law, clause, reason and alternative of a rule, in Japanese for the locale ``ja``, otherwise English."""
    words = "ja" if locale == "ja" else "en"
    return tuple(
        WordingBasis(
            rule,
            row["applies_to"],
            row["law"],
            row["clause"],
            row[f"reason_{words}"],
            row[f"alternative_{words}"],
            row["verified_on"],
            row["verified_at"],
        )
        for row in read_rows(TABLES / "wording_rules.tsv")
        if row["rule"] == rule.value
    )


@cache
def list_examples(rule: WordingRule, language: Language) -> tuple[str, ...]:
    """Sentences in which the rule points at something, one a pattern, in the order of its table."""
    rows = read_patterns(TABLES / f"wording_{language.value}.tsv")
    return tuple(row["example"] for row in rows if (row["rule"], row["cue"]) == (rule.value, "points"))


@cache
def _load_rules(language: Language) -> tuple[dict[str, _Wordings], PieceIndex]:
    patterns: dict[str, dict[str, list[str]]] = {}
    for row in read_patterns(TABLES / f"wording_{language.value}.tsv"):
        patterns.setdefault(row["rule"], {}).setdefault(row["cue"], []).append(row["pattern"])
    points = {rule: "|".join(cues["points"]) for rule, cues in patterns.items()}
    flags = re.IGNORECASE if language is Language.EN else re.NOFLAG
    rules = {
        rule: _Wordings(
            WordingRule(rule),
            re.compile(points[rule], flags),
            re.compile("|".join(cues["spares"]), flags) if "spares" in cues else None,
        )
        for rule, cues in patterns.items()
    }
    return rules, PieceIndex(points)
