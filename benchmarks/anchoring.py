"""How long the claims of a thousand-sentence article take to be found again, whatever became of it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from random import Random
from time import perf_counter

from claims.anchoring import CutArticle, cut_article, re_anchor
from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.records.lineage import FormerClaim

MESSAGES = 1_000
SUBJECTS = ("毛包", "成長期", "炎症", "細胞", "血流", "受容体", "頭皮", "幹細胞", "関節", "軟骨", "睡眠")
ENDS = ("を促します。", "を抑えます。", "を改善します。", "を増やすと報告されています。")
CHANCE = Random(1)


def _write_sentence() -> str:
    one, two, three, four = (CHANCE.choice(SUBJECTS) for _ in range(4))
    return f"{one}{two}は{three}の{four}{CHANCE.choice(ENDS)}"


def _reword(text: str) -> str:
    return text.replace("。", "という説があります。")


ARTICLE = [_write_sentence() for _ in range(MESSAGES)]
SAME = ["ミノキシジルは発毛を促します。"] * MESSAGES
PATTERN = [f"見本{n}番の成分は発毛を促します。" for n in range(MESSAGES)]
REVISIONS: dict[str, tuple[list[str], Callable[[], list[str]]]] = {
    "untouched": (ARTICLE, lambda: ARTICLE),
    "every seventh reworded": (ARTICLE, lambda: [t if n % 7 else _reword(t) for n, t in enumerate(ARTICLE)]),
    "all reworded": (ARTICLE, lambda: [_reword(text) for text in ARTICLE]),
    "shuffled": (ARTICLE, lambda: CHANCE.sample(ARTICLE, MESSAGES)),
    "shuffled and reworded": (ARTICLE, lambda: [_reword(t) for t in CHANCE.sample(ARTICLE, MESSAGES)]),
    "written anew": (ARTICLE, lambda: [_write_sentence() for _ in range(MESSAGES)]),
    "one sentence repeated": (SAME, lambda: SAME[: MESSAGES // 2]),
    "one sentence repeated, reworded": (SAME, lambda: [_reword(text) for text in SAME]),
    "one pattern, reworded": (PATTERN, lambda: [_reword(text) for text in PATTERN]),
}


def _cut(lines: list[str]) -> CutArticle:
    article = parse_article("\n".join(lines))
    return cut_article(article, extract_claims(article))


def main() -> None:
    """Print a row for each kind of revision: milliseconds, and how many relations of each kind."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    for name, (before, revise) in REVISIONS.items():
        former, present = _cut(before), _cut(revise())
        found = [claim for unit in former.units for claim in unit.claims]
        claims = [FormerClaim(number, claim, worked_on=True) for number, claim in enumerate(found)]
        started = perf_counter()
        anchoring = re_anchor(former, claims, present)
        milliseconds = 1_000 * (perf_counter() - started)
        counts = Counter(anchor.relation.value for anchor in anchoring.anchors)
        told = ", ".join(f"{count} {relation}" for relation, count in sorted(counts.items()))
        print(f"{name:<32} {milliseconds:>7.0f} ms   {told}")


if __name__ == "__main__":
    main()
