"""nDCG@10 of English and Japanese claims over SciFact's abstracts, and what each rung of the ladder reaches.

    python benchmarks/retrieval.py [SHARED]

SHARED: the folder with ``data/scifact``, ``data/scifact_ja`` and ``tools/scifact_to_pubmed_xml.py``, by
default beside the project; nothing is measured where it is missing. Relevant are a claim's cited abstracts,
as in ``tools/score_retrieval.py``. Printed for both languages:

- the library's ranking, beside plain BM25 (k1 1.2, b 0.75) over the stems of the English originals;
- each rung: the share of relevant abstracts that its query finds at all, the hits at the median, and how
  many claims it finds nothing for;
- the ladder as it is climbed: recall among the first 20, and claims without any concept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from claims.errors import QueryError
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.weighting import search_terms
from claims.library import Library
from claims.records.article import Language
from claims.records.retrieval import Rung, SearchPlan
from claims.search.ladder import ENOUGH_FOUND
from claims.search.query import build_plan
from claims.text.english import stem_words
from training.scifact_library import build_library

SHARED = Path(__file__).resolve().parents[2] / "shared"
TOP = 10
FIRST = 20
ALL_HITS = 9_999
K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class AskedClaim:
    """A claim's wording in one language, its English original, and the abstracts it cites."""

    text: str
    english: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reach:
    """What one rung brings for one claim: the relevant share found at all, and the number of hits."""

    share: float
    hits: int


def main() -> None:
    """Print the figures of both languages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", metavar="SHARED", type=Path, nargs="?", default=SHARED)
    shared = parser.parse_args().shared
    corpus = shared / "data" / "scifact" / "corpus.jsonl.gz"
    if not corpus.is_file():
        print(f"not measured: there is no SciFact at {corpus.parent}")
        return
    with TemporaryDirectory() as folder:
        library = build_library(shared, corpus, Path(folder))
        plain = PlainBm25(corpus)
        for language in (Language.EN, Language.JA):
            claims = read_claims(shared / "data", language)
            if claims:
                _print_ranking(library, plain, claims, language)
                _print_ladder(library, claims, language)


def read_claims(data: Path, language: Language) -> list[AskedClaim]:
    """The claims with cited abstracts in this language; none where their folder is missing."""
    rows = [json.loads(line) for line in _read_lines(data / "scifact" / "claims_train.jsonl")]
    original = {row["id"]: row for row in rows if row["cited_doc_ids"]}
    wordings = {number: str(row["claim"]) for number, row in original.items()}
    if language is Language.JA:
        japanese = [json.loads(line) for line in _read_lines(data / "scifact_ja" / "train_claims_ja.jsonl")]
        wordings = {row["id"]: row["claim_ja"] for row in japanese if row["id"] in original}
    return [
        AskedClaim(text, original[n]["claim"], frozenset(map(str, original[n]["cited_doc_ids"])))
        for n, text in wordings.items()
    ]


class PlainBm25:
    """The usual formula over title and abstract, every stem of the question alike: what others have."""

    def __init__(self, corpus: Path) -> None:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        self._counts = {
            str(row["doc_id"]): Counter(stem_words(" ".join((row["title"], *row["abstract"]))))
            for row in rows
        }
        self._spread = Counter(stem for counts in self._counts.values() for stem in counts)
        self._length = statistics.mean(counts.total() for counts in self._counts.values())

    def rank(self, text: str) -> list[str]:
        """The best records for the words of an English text."""
        scores: dict[str, float] = defaultdict(float)
        for stem in set(stem_words(text)):
            spread = self._spread[stem]
            idf = math.log(1 + (len(self._counts) - spread + 0.5) / (spread + 0.5))
            for pmid, counts in self._counts.items():
                if number := counts[stem]:
                    norm = K1 * (1 - B + B * counts.total() / self._length)
                    scores[pmid] += idf * number * (K1 + 1) / (number + norm)
        return sorted(scores, key=lambda pmid: -scores[pmid])[:TOP]


def measure_ndcg(ranked: Sequence[str], relevant: frozenset[str]) -> float:
    """NDCG@10 with binary relevance."""
    gain = sum(1 / math.log2(place + 2) for place, pmid in enumerate(ranked[:TOP]) if pmid in relevant)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(TOP, len(relevant))))


def run_ladder(library: Library, plan: SearchPlan) -> list[str]:
    """The first records that a search brings: the main rung, and a wider one where that brings little."""
    main, *wider = [query for query in plan.ladder if query.rung is not Rung.COUNTER]
    found: list[str] = list(library.search(main.text, FIRST).pmids)
    if len(found) < ENOUGH_FOUND and wider:
        step = wider[0] if found else wider[-1]
        found += [pmid for pmid in library.search(step.text, FIRST).pmids if pmid not in found]
    return found[:FIRST]


def _print_ranking(
    library: Library, plain: PlainBm25, claims: Iterable[AskedClaim], language: Language
) -> None:
    lexicon = load_lexicon()
    ours, theirs = [], []
    for claim in claims:
        ranked = library.rank(search_terms(claim.text, language, lexicon), TOP)
        ours.append(measure_ndcg([pmid for pmid, _ in ranked], claim.relevant))
        theirs.append(measure_ndcg(plain.rank(claim.english), claim.relevant))
    print(
        f"{language}  claims {len(ours)}  nDCG@10 {statistics.mean(ours):.4f}  "
        f"plain BM25 on the English originals {statistics.mean(theirs):.4f}"
    )


def _print_ladder(library: Library, claims: Sequence[AskedClaim], language: Language) -> None:
    reaches: dict[Rung, list[Reach]] = {rung: [] for rung in Rung}
    recalls: list[float] = []
    for claim in claims:
        try:
            plan = build_plan(claim.text, "", "", language, load_lexicon())
        except QueryError:
            continue
        if not plan.ladder:
            continue
        for query in plan.ladder:
            answer = library.search(query.text, ALL_HITS)
            share = len(claim.relevant & set(answer.pmids)) / len(claim.relevant)
            reaches[query.rung].append(Reach(share, answer.count))
        recalls.append(len(claim.relevant & set(run_ladder(library, plan))) / len(claim.relevant))
    for rung, reached in reaches.items():
        if reached:
            print(
                f"{language}  {rung:9} of {len(reached)} claims  reaches "
                f"{statistics.mean(reach.share for reach in reached):.3f}  hits at the median "
                f"{statistics.median(reach.hits for reach in reached):.0f}  "
                f"nothing for {sum(not reach.hits for reach in reached)}"
            )
    ladder = sum(recalls) / len(claims)
    print(f"{language}  ladder recall@{FIRST} {ladder:.4f}  without a concept {len(claims) - len(recalls)}")


def _read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


if __name__ == "__main__":
    main()
