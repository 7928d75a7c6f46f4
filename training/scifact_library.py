"""A library of SciFact's abstracts, searched as the product's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from claims.library import Library


def build_library(shared: Path, corpus: Path, folder: Path) -> Library:
    """A library of the abstracts; the shared tool writes them as PubMed XML, with SciFact's ids as PMIDs."""
    tool, xml = shared / "tools" / "scifact_to_pubmed_xml.py", folder / "scifact.xml"
    asked = [sys.executable, str(tool), str(corpus), str(xml), str(folder / "sentences.jsonl")]
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    library = Library(folder / "library")
    library.import_files([xml])
    return library
