"""Every source of evidence there is: a new one is a folder and a line here; the bootstrap opens it."""

from __future__ import annotations

from collections.abc import Mapping

from claims.library.library import LIBRARY
from claims.pubmed.source import PUBMED
from claims.records.reference import LookUp
from claims.records.retrieval import SearchRun
from claims.search.ports import SourceProfile

# By the name that is stored with each search.
SOURCES: Mapping[str, SourceProfile] = {profile.name: profile for profile in (PUBMED, LIBRARY)}


def list_failure_values(run: SearchRun | LookUp) -> dict[str, str]:
    """What fills the sentence of a failed search or look-up: its values, and as ``source`` who was asked."""
    source = SOURCES.get(run.source)
    return {"source": source.database if source else run.source, **dict(run.failure_values)}
