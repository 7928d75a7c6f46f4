"""How long it takes to look up the claims of a new article among the settled claims of a large house.

    python -m benchmarks.known_claims [--claims 1000000] [--asked 60] [--folder FOLDER]

The library is made up: each of its claims has the keys of one of ``tests/evaluation/claim_pairs.jsonl`` with
one word replaced by one of 20,000 others, so that keys are shared as unevenly as they are there. A look-up
reads the claim's signature, asks the database (SQLite, in a temporary folder), and compares the claim with
those that come. Seconds are those of a processor. With ``--folder`` the library stays there, and is
looked up in again.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from statistics import quantiles

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
        pairs = combinations(paired, 2)
        yield from ((digest_key(f"{one}|{other}"), claim_id) for one, other in pairs)


def fill(file: Path, signatures: Sequence[Signature], claims: int) -> int:
    """How many keys the library of so many claims has that is now in the database."""
    keys, claim_ids = array("q"), array("i")
    for key, claim_id in make_keys(signatures, claims):
        keys.append(key)
        claim_ids.append(claim_id)
    in_order = np.argsort(np.frombuffer(keys, np.int64), kind="stable")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        known = (
            (claim, "supported", "efficacy", 2, "2026-01-05 12:00:00", 1, 1) for claim in range(1, claims + 1)
        )
        connection.executemany("INSERT INTO known_claim VALUES (?, ?, ?, ?, ?, ?, ?)", known)
        # Written in order, with the index on claims made at the end, that no page of it is written twice.
        (index,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'ix_claim_key_claim_id'"
        ).fetchone()
        connection.execute("DROP INDEX ix_claim_key_claim_id")
        connection.executemany(
            "INSERT OR IGNORE INTO claim_key VALUES (?, ?)",
            ((keys[place], claim_ids[place]) for place in map(int, in_order)),
        )
        connection.execute(index)
        (held,) = connection.execute("SELECT count(*) FROM claim_key").fetchone()
        connection.execute("ANALYZE")
    return int(held)


def main() -> None:
    """Fill the library, look up the claims, and print how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--asked", type=int, default=60)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    pairs = read_pairs(PAIRS)
    if options.folder is not None:
        measure(options.folder, pairs, options.claims, options.asked)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), pairs, options.claims, options.asked)


def measure(folder: Path, pairs: Sequence[LabelledPair], claims: int, asked: int) -> None:
    """Fill the library unless the folder has one, look up so many claims, and print how long it took."""
    file = folder / "konkyo.db"
    if not file.exists():
        open_application(Settings(folder, f"sqlite:///{file}"))
        begun = time.perf_counter()
        keys = fill(file, [read_side(pair, side) for pair in pairs[:400] for side in (0, 1)], claims)
        print(f"{claims:,} claims, {keys:,} keys, {file.stat().st_size / 1e6:,.0f} MB", end=" ")
        print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)
    # The lexicon's tables are read when a process first needs them.
    for pair in pairs[:400]:
        read_side(pair, 0)
    _look_up(partial(UnitOfWork, open_engine(f"sqlite:///{file}")), pairs[400 : 400 + asked], pairs[:400])


def _look_up(
    open_work: partial[UnitOfWork], asked: Sequence[LabelledPair], known: Sequence[LabelledPair]
) -> None:
    chance, found = random.Random(18), 0
    read: list[float] = []
    looked_up: list[float] = []
    compared: list[float] = []
    for one in asked:
        times = [time.process_time()]
        new = read_side(one, 1)
        times.append(time.process_time())
        with open_work() as work:
            keys = frozenset(map(digest_key, list_blocking_keys(new)))
            found += len(work.known_claims.find_sharing(keys, 0, COMPARED))
        times.append(time.process_time())
        for pair in chance.sample(known, COMPARED):
            compare_claims(read_side(pair, 1), new)
        times.append(time.process_time())
        for part, (before, after) in zip((read, looked_up, compared), pairwise(times), strict=True):
            part.append(after - before)
    whole = [sum(parts) for parts in zip(read, looked_up, compared, strict=True)]
    print(f"{len(asked)} claims in {sum(whole):.2f} s, {found / len(asked):.1f} found for each")
    names = "read", "looked up", f"{COMPARED} read and compared", "together"
    for name, part in zip(names, (read, looked_up, compared, whole), strict=True):
        p50, p95 = (1000 * quantiles(part, n=20)[at] for at in (9, 18))
        print(f"  {name:<20} {sum(part):6.2f} s   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms")


if __name__ == "__main__":
    main()
