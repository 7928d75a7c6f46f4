"""Each wording by which an abstract suggests and does not assert: claims must not drop it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.flag import FlagReason
from tests.factories import make_finding, make_judgement
from tests.workflow.articles import find_reasons
from tests.workflow.test_rules_of_grading import a_dossier

HEDGED = (
    "It may act.", "It might act.", "It could act.", "It possibly acts.", "An effect is possible.",
    "It has potential.", "It potentially acts.", "It is likely to act.", "These data suggest it acts.",
    "This suggests it acts.", "It was suggested to act.", "Results suggesting an effect were seen.",
    "This is suggestive of an effect.", "It appear to act.", "It appears to act.", "It appeared to act.",
    "They seem to act.", "It seems to act.", "It seemed to act.", "Preliminary data show that it acts.",
    "Our hypothesis is that it acts.", "It is hypothesised to act.", "It is hypothesized to act.",
    "Further studies are needed.", "Further trials are needed.", "IT MAY ACT.",
)  # fmt: skip
ASSERTED = (
    "It acts.", "The dismay of patients fell.",
    "It acts almighty well.", "It was impossible to miss.", "The unlikelyhood fell.", "It appeared again.",
    "It acts in further patients.",
)  # fmt: skip


def drops_hedge(*sentences: str) -> bool:
    """Whether a plain assertion that stands on these sentences drops a hedge."""
    known = make_finding(1)
    quoted = tuple(replace(known.rationales[0], text=sentence) for sentence in sentences)
    dossier = replace(
        a_dossier(), findings=(replace(known, rationales=quoted),), judgements=(make_judgement(1),)
    )
    return FlagReason.HEDGE_DROPPED in find_reasons(dossier)


@pytest.mark.parametrize("sentence", HEDGED)
def test_a_sentence_that_suggests_is_no_assertion(sentence: str) -> None:
    assert drops_hedge(sentence)
    assert not drops_hedge(sentence, "It acted in all of them.")


@pytest.mark.parametrize("sentence", ASSERTED)
def test_words_that_only_look_like_a_hedge_are_none(sentence: str) -> None:
    assert not drops_hedge(sentence)
