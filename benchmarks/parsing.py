"""PubMed XML read here and by ``Bio.Entrez.read``: records a second on one core, and what each loses.

    python -m benchmarks.parsing [SHARED_DATA]

SHARED_DATA holds ``pubmed_xml/records`` (real EFetch answers) and ``scifact/corpus.jsonl.gz``; by default
``shared/data`` beside the project or above it. Prints one row for each kind of document, then for the real
records each text of the XML that is missing from what was read.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from Bio import Entrez
from Bio.Entrez import Parser
from lxml import etree

from claims.medline.parsing import parse_records
from claims.records.citation import Citation
from claims.records.record_json import to_json

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT))
from tests.evidence.completeness import find_lost, list_strings  # noqa: E402

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, '
    '1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>'
)
RECORD = re.compile(r"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
MARK_UP = re.compile(r"</?[a-z]+[^<>]*>")
COPIES = 60
ROUNDS = 5


def find_shared_data() -> Path | None:
    """The folder given on the command line, else the nearest ``shared/data`` beside or above the project."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", metavar="SHARED_DATA", type=Path, nargs="?")
    given = parser.parse_args().data
    places = [given] if given else [place / "shared" / "data" for place in ROOT.parents]
    return next((place for place in places if (place / "pubmed_xml" / "records").is_dir()), None)


def read_with_bio(document: bytes) -> list[Any]:
    """The records as ``Bio.Entrez.read`` gives them; ``validate`` would refuse tags its DTD lacks."""
    read: Any = Entrez.read
    answer = read(BytesIO(document), validate=False)
    return [*answer["PubmedArticle"], *answer.get("PubmedBookArticle", [])]


def read_here(document: bytes) -> list[Citation]:
    """The records as this house reads them."""
    return [record for record in parse_records(document) if isinstance(record, Citation)]


def time_reading(read: Callable[[bytes], object], documents: list[bytes]) -> float:
    """CPU seconds for all documents, the best of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for document in documents:
            read(document)
        rounds.append(time.process_time() - started)
    return min(rounds)


def print_row(label: str, documents: list[bytes]) -> None:
    """Records a second of both, and how many times faster this house is."""
    records = sum(len(read_here(document)) for document in documents)
    ours = time_reading(lambda document: sum(1 for _ in parse_records(document)), documents)
    theirs = time_reading(read_with_bio, documents)
    print(
        f"{label:<42} records {records:>6}  here {records / ours:>7.0f}/s  "
        f"Bio.Entrez.read {records / theirs:>7.0f}/s  x{theirs / ours:.1f}"
    )


def is_read_by_bio(document: bytes) -> bool:
    """Whether Bio.Entrez can read a document at all."""
    try:
        return bool(read_with_bio(document))
    except (ValueError, Parser.CorruptedXMLError, Parser.NotXMLError):
        return False


def write_scifact(corpus: Path) -> bytes:
    """SciFact's abstracts as one PubMed XML document."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    articles = (
        f"<PubmedArticle><MedlineCitation><PMID>{row['doc_id']}</PMID><Article><ArticleTitle>"
        f"{escape(row['title'])}</ArticleTitle><Abstract><AbstractText>{escape(' '.join(row['abstract']))}"
        "</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>"
        for row in rows
    )
    return (HEAD + "".join(articles) + "</PubmedArticleSet>").encode()


def list_losses(documents: list[bytes], keep: Callable[[bytes], list[list[str]]]) -> Iterator[str]:
    """Each text of the documents' records that is in none of the strings kept of its record."""
    for document in documents:
        root = etree.fromstring(document, etree.XMLParser(remove_comments=True))
        elements = root.iter("PubmedArticle", "PubmedBookArticle")
        for element, kept in zip(elements, keep(document), strict=True):
            yield from find_lost(element, kept)


def main() -> int:
    """0, also where the data is missing."""
    shared = find_shared_data()
    if shared is None:
        print("skipped: give the folder that holds pubmed_xml/records and scifact/corpus.jsonl.gz")
        return 0
    files = [path.read_bytes() for path in sorted((shared / "pubmed_xml" / "records").glob("*.xml"))]
    both = [document for document in files if is_read_by_bio(document)]
    print_row("real answers, one file each", both)
    articles = [article for document in files for article in RECORD.findall(document.decode())]
    single = [(HEAD + article + "</PubmedArticleSet>").encode() for article in articles]
    readable = [article for article, one in zip(articles, single, strict=True) if is_read_by_bio(one)]
    print_row(
        "real records, one large file",
        [(HEAD + "".join(readable * COPIES) + "</PubmedArticleSet>").encode()],
    )
    if (corpus := shared / "scifact" / "corpus.jsonl.gz").is_file():
        print_row("titles and abstracts alone, one large file", [write_scifact(corpus)])
    print(
        f"files read of {len(files)}: here {sum(map(bool, map(read_here, files)))}, "
        f"Bio.Entrez.read {len(both)}"
    )
    ours = list(
        list_losses(both, lambda document: [list(list_strings(to_json(c))) for c in read_here(document)])
    )
    theirs = list(
        list_losses(
            both,
            lambda document: [
                [MARK_UP.sub("", text) for text in list_strings(record)] for record in read_with_bio(document)
            ],
        )
    )
    print(f"texts lost of the files that both read: here {len(ours)}, Bio.Entrez.read {len(theirs)}")
    for loss in [*ours, *theirs]:
        print(f"  {loss}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
