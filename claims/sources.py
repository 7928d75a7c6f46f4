"""Every source of evidence there is: a new one is a folder and a line here; the bootstrap opens it."""

from __future__ import annotations

from collections.abc import Mapping

from claims.library.library import LIBRARY
from claims.pubmed.source import PUBMED
from claims.search.ports import SourceProfile

# By the name that is stored with each search.
SOURCES: Mapping[str, SourceProfile] = {profile.name: profile for profile in (PUBMED, LIBRARY)}
