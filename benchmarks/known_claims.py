"""How long it takes to look up the claims of a new article among the settled claims of a large house.

    python -m benchmarks.known_claims [--claims 1000000] [--asked 60]

The library is made up: each of its claims has the keys of one of ``tests/evaluation/claim_pairs.jsonl`` with
one word replaced by one of 20,000 others, so that keys are shared as unevenly as they are there. A look-up
reads the claim's signature, asks the database (SQLite, in a temporary folder), and compares the claim with
those that come. Seconds are those of a processor.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np

from claims.equivalence.blocking import list_blocking_keys, list_word_keys
from claims.equivalence.comparison import compare_claims
from claims.equivalence.signature import Signature, read_signature
from claims.lexicon.lexicon import load_lexicon
from claims.text.wording import digest_key
from db.engine import open_engine
from db.unit_of_work import UnitOfWork
from reviewer.bootstrap import open_application
from reviewer.settings import Settings
from reviewer.workflow.known_claims import COMPARED
from tests.evaluation.claim_pairs import PAIRS, LabelledPair, read_pairs

_WORDS, _PAIRED = 20_000, 12
_AT_ONCE = 200_000


def read_side(pair: LabelledPair, side: int) -> Signature:
    """The signature of one claim of the pair."""
    return read_signature(pair.claims[side], "", pair.language, load_lexicon())


def make_keys(signatures: Sequence[Signature], claims: int) -> Iterator[tuple[int, int]]:
    """The keys of so many claims, each with its claim."""
    chance = random.Random(18)
    words_of = [sorted(keys) for one in signatures if (keys := list_word_keys(one))]
    for claim_id in range(1, claims + 1):
        words = list(chance.choice(words_of))
        words[chance.randrange(len(words))] = f"word:sample{int(_WORDS * chance.random() ** 3)}"
        paired = sorted(word.removeprefix("word:") for word in words[:_PAIRED])
        yield from ((digest_key(word), claim_id) for word in words)
        yield from ((digest_key(f"{one}|{other}"), claim_id) for one, other in combinations(paired, 2))


def fill(file: Path, signatures: Sequence[Signature], claims: int) -> int:
    """How many keys the library of so many claims has that is now in the database."""
    keys = np.unique(np.fromiter(make_keys(signatures, claims), dtype=np.dtype((np.int64, 2))), axis=0)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        known = (
            (claim, "supported", "efficacy", 2, "2026-01-05 12:00:00", 1, 1) for claim in range(1, claims + 1)
        )
        connection.executemany("INSERT INTO known_claim VALUES (?, ?, ?, ?, ?, ?, ?)", known)
        for first in range(0, len(keys), _AT_ONCE):
            connection.executemany(
                "INSERT INTO claim_key VALUES (?, ?)", keys[first : first + _AT_ONCE].tolist()
            )
    return len(keys)


def main() -> None:
    """Fill the library, look up the claims, and print how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=60)
    options = parser.parse_args()
    pairs = read_pairs(PAIRS)
    signatures = [read_side(pair, side) for pair in pairs[:400] for side in (0, 1)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "konkyo.db"
        open_application(Settings(Path(folder), f"sqlite:///{file}"))
        begun = time.perf_counter()
        keys = fill(file, signatures, options.claims)
        print(f"{options.claims:,} claims, {keys:,} keys, {file.stat().st_size / 1e6:,.0f} MB", end=" ")
        print(f"filled in {time.perf_counter() - begun:.0f} s")
        asked = pairs[400 : 400 + options.asked]
        _look_up(partial(UnitOfWork, open_engine(f"sqlite:///{file}")), asked, pairs)


def _look_up(
    open_work: partial[UnitOfWork], asked: Sequence[LabelledPair], pairs: Sequence[LabelledPair]
) -> None:
    begun = time.process_time()
    new = [read_side(pair, 1) for pair in asked]
    read = time.process_time()
    found = []
    for one in new:
        with open_work() as work:
            keys = frozenset(map(digest_key, list_blocking_keys(one)))
            found.append(len(work.known_claims.find_sharing(keys, 0, COMPARED)))
    looked_up = time.process_time()
    chance = random.Random(18)
    for one in new:
        for pair in chance.sample(pairs, COMPARED):
            compare_claims(read_side(pair, 0), one)
    compared = time.process_time()
    print(f"{len(new)} claims: read {read - begun:.2f} s, looked up {looked_up - read:.2f} s,", end=" ")
    print(f"{COMPARED} read and compared with each {compared - looked_up:.2f} s,", end=" ")
    print(f"together {compared - begun:.2f} s; {sum(found) / len(found):.1f} found for each")


if __name__ == "__main__":
    main()
