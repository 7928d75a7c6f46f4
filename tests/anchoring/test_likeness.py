"""Rewordings and splits as authors write them are told from sentences that only share a subject."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from claims.anchoring.likeness import Link, Piece, link_alike, read_grams
from training.labelled_articles import list_labelled

HERE = Path(__file__).parent


def read_rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


def pieces(texts: Sequence[str], in_place: bool) -> list[Piece]:
    """The texts as leftovers, each in a gap of its own or all in the same."""
    return [Piece(n, n if in_place else 0, read_grams(text)) for n, text in enumerate(texts)]


def shuffle(texts: Sequence[str]) -> list[str]:
    return [texts[(7 * n) % len(texts)] for n in range(len(texts))]


def link(old: Sequence[str], new: Sequence[str], in_place: bool) -> list[Link]:
    return link_alike(pieces(old, in_place), pieces(new, in_place))


def test_rewordings_in_place_are_found() -> None:
    old, new = zip(*read_rows("rewordings.tsv"), strict=True)
    links = link(old, new, in_place=True)
    right = [pair for pair in links if pair[0] == pair[1]]
    assert len(right) >= 0.9 * len(old)
    assert len(links) - len(right) <= 1


def test_rewordings_that_also_changed_places_are_found_or_left_alone_and_never_mistaken() -> None:
    old, new = zip(*read_rows("rewordings.tsv"), strict=True)
    moved = shuffle(new)
    links = link_alike(pieces(old, True), [Piece(n, -1, read_grams(text)) for n, text in enumerate(moved)])
    found = [(old[o], moved[n]) for (o,), (n,) in links]
    assert len(found) >= 0.6 * len(old)
    assert set(found) <= set(zip(old, new, strict=True))


def test_splits_are_found_and_read_backwards_are_mergers() -> None:
    rows = read_rows("splits.tsv")
    whole, parts = [row[0] for row in rows], [part for row in rows for part in row[1:]]
    assert link(whole, parts, in_place=False) == [((n,), (2 * n, 2 * n + 1)) for n in range(len(rows))]
    assert link(parts, whole, in_place=False) == [((2 * n, 2 * n + 1), (n,)) for n in range(len(rows))]


def test_a_sentence_said_twice_over_is_no_split() -> None:
    old = ["PRP療法は薄毛を必ず改善します。"]
    new = ["PRP療法は薄毛を改善します。", "PRP療法は薄毛を少し改善します。"]
    assert [len(news) for _, news in link(old, new, in_place=False)] == [1]


def test_other_articles_are_no_rewording_of_one_another() -> None:
    texts = [[gold.text for gold in labelled.gold] for labelled in list_labelled()]
    false = [
        link_alike(
            [Piece(n, 0, read_grams(text)) for n, text in enumerate(one)],
            [Piece(n, 1, read_grams(text)) for n, text in enumerate(other)],
        )
        for one in texts
        for other in texts
        if one is not other
    ]
    compared = sum(map(len, texts)) * (len(texts) - 1)
    assert compared > 1_000
    assert sum(map(len, false)) <= 0.002 * compared
