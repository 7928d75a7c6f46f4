"""The local library: records a second on one core while importing, and search times at 200,000 records.

    python -m benchmarks.library [SHARED_DATA]

Import: the real records of SHARED_DATA/pubmed_xml/records again and again under new numbers, and SciFact's
abstracts (skipped with a message where the folder is missing). Search: synthetic records, the same in every
run, of the lexicon's English words by Zipf's law; asked are the ladders of the sample article's claims and
their rankings without a gate. Everything lies in a temporary folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate, cycle, islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from claims.articles.reading import read_article
from claims.errors import QueryError
from claims.extraction.extractor import extract_claims
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import load_rows
from claims.lexicon.weighting import search_terms
from claims.library import Library
from claims.search.query import build_plan

ROOT = Path(__file__).resolve().parents[1]
FIRST_PMID = 9_100_000_000
REAL_RECORDS, RECORDS_A_FILE = 12_000, 3_000
SYNTHETIC_RECORDS, SYNTHETIC_A_FILE = 200_000, 25_000
ABSTRACT_WORDS, TITLE_WORDS = 120, 10
MADE_UP_WORDS, COMMONER_WORDS, COMMONER_HEADINGS = 40_000, 100, 20
LIMIT = 20
Question = Callable[[Library], object]
RECORD = re.compile(r"<Pubmed(?:Book)?Article>.*?</Pubmed(?:Book)?Article>", re.DOTALL)
PMID = re.compile(r"<PMID[^>]*>\d+</PMID>")


def find_shared_data() -> Path | None:
    """The folder given on the command line, else the nearest ``shared/data`` beside or above the project."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", metavar="SHARED_DATA", type=Path, nargs="?")
    given = parser.parse_args().data
    places = [given] if given else [place / "shared" / "data" for place in ROOT.parents]
    return next((place for place in places if (place / "pubmed_xml" / "records").is_dir()), None)


def write_files(folder: Path, records: Iterator[str], records_a_file: int) -> list[Path]:
    """PubMed XML files of so many records each."""
    files: list[Path] = []
    while part := list(islice(records, records_a_file)):
        file = folder / f"pubmed26n{len(files) + 1:04}.xml"
        file.write_text(f"<PubmedArticleSet>{''.join(part)}</PubmedArticleSet>", encoding="utf-8")
        files.append(file)
    return files


def repeat_real(folder: Path) -> Iterator[str]:
    """The real records over and over, each time under a new number."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.xml")))
    records = [record for text in texts for record in RECORD.findall(text) if PMID.search(record)]
    for number, record in enumerate(islice(cycle(records), REAL_RECORDS)):
        yield PMID.sub(f"<PMID>{FIRST_PMID + number}</PMID>", record, count=1)


def list_scifact(corpus: Path) -> Iterator[str]:
    """SciFact's abstracts as records."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield write_record(row["doc_id"], row["title"], " ".join(row["abstract"]))


def write_record(pmid: int, title: str, abstract: str, rest: str = "") -> str:
    """One record with title and abstract."""
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article><Journal><JournalIssue><PubDate><Year>"
        f"{1990 + pmid % 36}</Year></PubDate></JournalIssue></Journal><ArticleTitle>{escape(title)}"
        f"</ArticleTitle><Abstract><AbstractText>{escape(abstract)}</AbstractText></Abstract></Article>{rest}"
        "</MedlineCitation></PubmedArticle>"
    )


def make_synthetic(count: int = SYNTHETIC_RECORDS, seed: int = 4) -> Iterator[str]:
    """Records of made-up words and the lexicon's English, the n-th word as often as 1/n.

    The first of the lexicon's terms stands in a tenth of the records, the hundredth in a twentieth.
    """
    random = Random(seed)
    rows = list(load_rows())
    phrases = list(dict.fromkeys(word for row in rows for word in row.english))
    headings = list(dict.fromkeys(row.mesh for row in rows if row.mesh))
    random.shuffle(phrases)
    random.shuffle(headings)
    made_up = [f"word{number:05}" for number in range(MADE_UP_WORDS)]
    words = [*made_up[:COMMONER_WORDS], *phrases, *made_up[COMMONER_WORDS:]]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    headings = [f"Heading {number}" for number in range(COMMONER_HEADINGS)] + headings
    heading_weights = list(accumulate(1 / rank for rank in range(1, len(headings) + 1)))
    for number in range(count):
        text = random.choices(words, cum_weights=weights, k=TITLE_WORDS + ABSTRACT_WORDS)
        mesh = "".join(
            f"<MeshHeading><DescriptorName>{escape(name)}</DescriptorName></MeshHeading>"
            for name in random.choices(headings, cum_weights=heading_weights, k=8)
        )
        yield write_record(
            FIRST_PMID + number,
            f"SAMPLE {' '.join(text[:TITLE_WORDS])}",
            " ".join(text[TITLE_WORDS:]),
            f"<MeshHeadingList>{mesh}</MeshHeadingList>",
        )


def print_import(label: str, library: Library, files: list[Path]) -> None:
    """Import, and print the records a second of processor time, of all processes together."""
    started, cpu = time.monotonic(), sum(os.times()[:4])
    done = library.import_files(files)
    seconds, cpu = time.monotonic() - started, sum(os.times()[:4]) - cpu
    print(
        f"{label:<34} records {done.read:>7}  refused {len(done.refused)}  a core {done.read / cpu:>6.0f}/s  "
        f"wall {done.read / seconds:>6.0f}/s ({os.cpu_count()} cores)",
        flush=True,
    )


def list_questions() -> tuple[list[Question], list[Question]]:
    """The ladders' queries of the sample articles' claims, and their rankings without a gate."""
    lexicon = load_lexicon()
    queries: dict[str, None] = {}
    rankings: list[Question] = []
    for name in ("article_ja.md", "article_en.md"):
        article = read_article(ROOT / "samples" / name)
        for claim in extract_claims(article).claims:
            terms = search_terms(claim.read_as, article.language, lexicon)
            rankings.append(partial(Library.rank, terms=terms, limit=LIMIT))
            try:
                plan = build_plan(
                    claim.text, claim.theme, claim.heading, article.language, lexicon, claim.read_as
                )
            except QueryError:
                continue
            queries |= dict.fromkeys(query.text for query in plan.ladder)
    return [partial(Library.search, query=query, limit=LIMIT) for query in queries], rankings


def print_times(label: str, library: Library, questions: list[Question]) -> None:
    """Median, 95th percentile and slowest answer in milliseconds; of three times asked the best."""
    times = sorted(min(time_asking(library, ask) for _ in range(3)) for ask in questions)
    print(
        f"{label:<34} asked {len(times):>4}  median {times[len(times) // 2]:>5.1f} ms  "
        f"p95 {times[int(len(times) * 0.95)]:>5.1f} ms  slowest {times[-1]:>5.1f} ms",
        flush=True,
    )


def time_asking(library: Library, ask: Question) -> float:
    """Milliseconds to one answer."""
    started = time.perf_counter()
    ask(library)
    return (time.perf_counter() - started) * 1000


def main() -> int:
    """0, also where the real records are missing."""
    shared = find_shared_data()
    with TemporaryDirectory() as place:
        folder = Path(place)
        if shared is None:
            print("import of real records skipped: give the folder that holds pubmed_xml/records")
        else:
            real = write_files(folder, repeat_real(shared / "pubmed_xml" / "records"), RECORDS_A_FILE)
            print_import("import, real records", Library(folder / "real"), real)
            if (corpus := shared / "scifact" / "corpus.jsonl.gz").is_file():
                abstracts = write_files(folder, list_scifact(corpus), RECORDS_A_FILE)
                print_import("import, SciFact abstracts", Library(folder / "scifact"), abstracts)
        large = Library(folder / "large")
        files = write_files(folder, make_synthetic(), SYNTHETIC_A_FILE)
        print_import("import, synthetic records", large, files)
        queries, rankings = list_questions()
        print_times("search, the ladders' queries", large, queries)
        print_times("rank, without a gate", large, rankings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
