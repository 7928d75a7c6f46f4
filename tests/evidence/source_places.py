"""Each source of evidence over shipped sample records, at work and out of order: a new one needs a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from claims.library import Library
from claims.pubmed.source import PubMed
from claims.search.ports import EvidenceSource
from tests.entrez_server import EntrezServer, Reply
from tests.evidence.still_clock import StillClock, UncountedBudget
from tests.structure.enum_maps import ROOT

_RECORD = re.compile(r"<PubmedArticle>.*?</PubmedArticle>", re.DOTALL)
SAMPLES = ROOT / "samples" / "library" / "hair.xml"
# Opened in a folder of its own; ``broken`` answers nothing that can be used.
OpenPlace = Callable[[Path, bool], AbstractContextManager[EvidenceSource]]


@contextmanager
def _open_pubmed(folder: Path, broken: bool) -> Iterator[EvidenceSource]:
    records = _RECORD.findall(SAMPLES.read_text(encoding="utf-8"))
    nonsense = [Reply(b"<html>out of order</html>", 503)] * 20
    with EntrezServer(records, script=nonsense if broken else []) as server:
        yield PubMed(
            server.base_url,
            tool="konkyo",
            email="nobody@example.org",
            budget=UncountedBudget(),
            clock=StillClock(),
        )


@contextmanager
def _open_library(folder: Path, broken: bool) -> Iterator[EvidenceSource]:
    library = Library(folder / "library")
    if not broken:
        library.import_files([SAMPLES])
    yield library


# By the name in ``claims.sources.SOURCES``.
PLACES: Mapping[str, OpenPlace] = {"pubmed": _open_pubmed, "library": _open_library}
