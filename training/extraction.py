"""Fits the weights of the signs to the labelled articles, and says what they are worth on articles unseen.

    python -m training.extraction [--write] [--pages DIR]

Each sign starts from what people expect of it (``signs.tsv``) and is moved only as far as the labels demand:
logistic regression with a Gaussian prior around the expectation. The figures are of leaving each article
out in turn: it is judged with weights that its labels had no part in. ``--write`` fits all and
writes ``weights_ja.tsv`` and ``weights_en.tsv``. With ``--pages`` the labelled pages of a folder outside the
project are fitted as well, and each of them is left out in turn too (``training.labelled_pages``).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.cues import TABLES, Cues, load_cues
from claims.extraction.extractor import extract_with
from claims.extraction.signs import list_signs
from claims.extraction.units import Unit, list_units
from claims.extraction.weights import KINDS, SignWeights, load_expected
from claims.extraction.worthiness import find_fixed_reason
from claims.records.article import Block, BlockKind, Language
from claims.records.claim import ClaimType
from claims.text.tables import read_rows
from training.claim_figures import format_figures
from training.claim_scoring import Score, add_scores, score_claims
from training.labelled_articles import Gold, Labelled, list_labelled
from training.labelled_pages import list_pages

PRACTICE = Path(__file__).parent
_PLACELESS = frozenset(("in:opening", "in:paragraph", "first_in_section"))
# Where openings are mostly greetings, a plain claim at the head of a page must still be one.
_OPENING = frozenset(("in:opening", "in:paragraph"))
Array = NDArray[np.float64]

# Chosen by the leave-one-out figures of both languages: how far a weight may go from what is expected of it.
SPREAD_CLAIM, SPREAD_TYPE, SPREAD_UNSAID = 0.4, 0.3, 0.2
_STEPS, _RATE = 300, 0.5
# The labels of the articles were gone over twice, those of pages once, and practice is made up.
_ARTICLES_COUNT = 2
# How much of a claim's type is its first label's; the accepted ones share the rest.
_FIRST = 0.75


@dataclass(frozen=True, slots=True)
class Example:
    """A unit's signs with its label: ``worth`` is 1 for a claim, 0 for none, ``types`` its accepted types."""

    signs: frozenset[str]
    worth: float
    types: tuple[ClaimType, ...]


def list_examples(labelled: Labelled) -> list[Example]:
    """The units of an article that the weights decide on, optional ones left out."""
    cues = load_cues(labelled.article.language)
    examples: list[Example] = []
    for unit in list_units(labelled.article):
        if find_fixed_reason(unit, labelled.article.language) is not None:
            continue
        row = _find_row(unit.start, unit.end, labelled.gold)
        if row is None:
            examples.append(Example(list_signs(unit, cues), 0.0, ()))
        elif not row.optional:
            examples.append(Example(list_signs(unit, cues), 1.0, row.types))
    return examples


def _find_row(start: int, end: int, gold: Sequence[Gold]) -> Gold | None:
    for row in gold:
        shared = min(end, row.end) - max(start, row.start)
        if shared >= 0.5 * min(end - start, row.end - row.start):
            return row
    return None


def list_practice(language: Language) -> list[Example]:
    """Sentences made up for each row of the labelling guide: for the fit alone, never scored."""
    cues = load_cues(language)
    rows = read_rows(PRACTICE / f"practice_{language.value}.tsv")
    read = [_read_practice(row["label"], row["sentence"], cues) for row in rows]
    return read + [replace(example, signs=example.signs | _OPENING, types=()) for example in read]


def _read_practice(label: str, sentence: str, cues: Cues) -> Example:
    block = Block(BlockKind.PARAGRAPH, 0, len(sentence))
    types = tuple(ClaimType(name) for name in label.split(",") if name not in ("none", "negated"))
    # Cut out of any article, the sentence says nothing of where it stands.
    signs = list_signs(Unit(sentence, 0, len(sentence), block), cues) - _PLACELESS
    return Example(signs, 1.0 if types else 0.0, types)


def fit_weights(examples: Sequence[Example]) -> SignWeights:
    """The weights that fit the examples best, near what is expected."""
    expected = load_expected()
    signs = sorted({sign for example in examples for sign in example.signs} | set(expected.claim))
    claim = _fit_claim(examples, signs, expected)
    types = _fit_types([example for example in examples if example.types], signs, expected)
    return SignWeights(
        {sign: round(float(weight), 2) for sign, weight in zip(signs, claim, strict=True)},
        {sign: tuple(round(float(w), 2) for w in row) for sign, row in zip(signs, types, strict=True)},
        expected.reasons,
    )


def _fit_claim(examples: Sequence[Example], signs: list[str], expected: SignWeights) -> Array:
    features = _tabulate(examples, signs)
    labels = np.array([example.worth for example in examples])
    prior = np.array([expected.claim.get(sign, 0.0) for sign in signs])
    weights, speed = prior.copy(), np.zeros_like(prior)
    rate = _RATE / max(1.0, float(np.linalg.norm(features, 2)) ** 2 / 4, SPREAD_CLAIM**-2)
    for _ in range(_STEPS):
        ahead = weights + 0.9 * speed
        chance = 1 / (1 + np.exp(-features @ ahead))
        slope = features.T @ (chance - labels) + (ahead - prior) / SPREAD_CLAIM**2
        speed = 0.9 * speed - rate * slope
        weights = weights + speed
    return weights


def _fit_types(examples: Sequence[Example], signs: list[str], expected: SignWeights) -> Array:
    features = _tabulate(examples, signs)
    labels = np.array([_spread_label(example.types) for example in examples])
    prior = np.array([expected.types.get(sign, (0.0,) * len(KINDS)) for sign in signs], dtype=np.float64)
    spread = np.array(
        [[SPREAD_TYPE if any(expected.types.get(sign, ())) else SPREAD_UNSAID] for sign in signs]
    )
    weights, speed = prior.copy(), np.zeros_like(prior)
    rate = _RATE / max(1.0, float(np.linalg.norm(features, 2)) ** 2 / 2, float((1 / spread**2).max()))
    for _ in range(_STEPS):
        ahead = weights + 0.9 * speed
        sums = features @ ahead
        shares = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = features.T @ (shares - labels) + (ahead - prior) / spread**2
        speed = 0.9 * speed - rate * slope
        weights = weights + speed
    return weights


def _tabulate(examples: Sequence[Example], signs: list[str]) -> Array:
    place = {sign: number for number, sign in enumerate(signs)}
    table = np.zeros((len(examples), len(signs)))
    for row, example in enumerate(examples):
        table[row, [place[sign] for sign in example.signs if sign in place]] = 1.0
    return table


def _spread_label(types: tuple[ClaimType, ...]) -> list[float]:
    first, *others = types
    shares = dict.fromkeys(others, (1 - _FIRST) / max(1, len(others)))
    shares[first] = _FIRST if others else 1.0
    return [shares.get(kind, 0.0) for kind in KINDS]


def gather_examples(articles: Sequence[Labelled], pages: Sequence[Labelled] = ()) -> list[Example]:
    """What the weights are fitted to: the articles, twice, the pages, and the practice sentences."""
    parts = list(map(list_examples, articles)) * _ARTICLES_COUNT + list(map(list_examples, pages))
    return [*chain.from_iterable(parts), *list_practice((*articles, *pages)[0].article.language)]


def score_left_out(articles: Sequence[Labelled], pages: Sequence[Labelled] = ()) -> list[tuple[str, Score]]:
    """Each article's and page's score with weights fitted to the others."""
    counted = [(labelled, _ARTICLES_COUNT) for labelled in articles] + [(page, 1) for page in pages]
    examples = [(labelled, list_examples(labelled) * times) for labelled, times in counted]
    practice = list_practice(counted[0][0].article.language)
    scores: list[tuple[str, Score]] = []
    for left_out, _ in examples:
        others = chain.from_iterable(part for labelled, part in examples if labelled is not left_out)
        claims = extract_with(left_out.article, fit_weights([*others, *practice])).claims
        scores.append((left_out.name, score_claims(left_out.gold, claims)))
    return scores


def write_weights(weights: SignWeights, language: Language) -> None:
    """Writes the table of a language's weights, a sign a row, in alphabetical order."""
    lines = ["\t".join(("sign", "claim", *KINDS))]
    for sign in sorted(weights.claim):
        cells = [f"{weight:g}" if weight else "" for weight in weights.types[sign]]
        lines.append("\t".join((sign, f"{weights.claim[sign]:g}", *cells)))
    (TABLES / f"weights_{language.value}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the leave-one-out figures; with ``--write``, write the weights of all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", metavar="DIR", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    folder = asked.pages
    for language in Language:
        ours, pages = list_labelled(language), list_pages(folder, language) if folder else []
        scores = score_left_out(ours, pages)
        for name, score in scores:
            print(format_figures(name, score))
        for told, part in (("articles", scores[: len(ours)]), ("pages", scores[len(ours) :])):
            if part:
                total = add_scores(score for _, score in part)
                print(format_figures(f"{language.value} {told} left out", total))
        if asked.write:
            write_weights(fit_weights(gather_examples(ours, pages)), language)


if __name__ == "__main__":
    main()
