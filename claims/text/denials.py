"""Whether a text denies, and how it hedges, in either language: the words stand in ``tables/denials_*.tsv``.

A claim of an article and a sentence of an abstract deny in different ways: an article says that an effect is
not shown, an abstract that two groups did not differ. Each has its own rows.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from claims.records.article import Language
from claims.text.patterns import join_patterns

TABLES = Path(__file__).parent / "tables"


def find_hedge(text: str, language: Language) -> str:
    """The words by which a sentence of an article hedges, "" where it has none.

    >>> find_hedge("It may help.", Language.EN)
    'may'
    """
    hedge = _load(language)["hedge"].search(text)
    return hedge.group() if hedge else ""


def is_negated(text: str, language: Language) -> bool:
    """Whether a sentence of an article denies an effect, a cause or a difference, or says that none is shown.

    A negation counts where it stands on the effect (``{effect}``, ``{found}``) or on the evidence for it, or
    where the sentence calls an assertion untrue. One in a clause beside the main one, on a harm, or that only
    looks like one (かもしれません, だけでなく) is ``not_negation`` and is left out of the reading.

    >>> is_negated("It does not ease pain.", Language.EN), is_negated("It eases pain, not skin.", Language.EN)
    (True, False)
    """
    patterns = _load(language)
    if not patterns["negation"].search(text):
        return False
    spared = patterns["not_negation"].sub(lambda match: "◌" * len(match.group()), text)
    return patterns["negation"].search(spared) is not None


def ends_in_denial(text: str) -> bool:
    """Whether the end of a Japanese claim says that something is not so, or it finds no difference.

    少ない, 危ない and their kin only sound like a denial; ないわけではない affirms.

    >>> ends_in_denial("死亡率を高めない。"), ends_in_denial("副作用が少ない。")
    (True, False)
    """
    patterns = _load(Language.JA)
    denied = patterns["final_denial"].search(text)
    return denied is not None and patterns["final_affirmation"].search(text) is None


def reports_no_effect(text: str) -> bool:
    """Whether an English abstract says that something is not so, or that there is no difference.

    >>> reports_no_effect("Mortality did not differ between groups."), reports_no_effect("Mortality fell.")
    (True, False)
    """
    return _load(Language.EN)["no_effect"].search(text) is not None


def is_tentative(text: str) -> bool:
    """Whether a sentence of an English abstract puts what it says as possible, not as found.

    >>> is_tentative("PRP may increase hair density."), is_tentative("PRP increased hair density.")
    (True, False)
    """
    return _load(Language.EN)["study_hedge"].search(text) is not None


@cache
def _load(language: Language) -> dict[str, re.Pattern[str]]:
    return join_patterns(TABLES / f"denials_{language.value}.tsv", ignore_case=language is Language.EN)
