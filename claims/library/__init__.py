"""The local library: PubMed records in an embedded index that answers as PubMed does, without a network."""

from claims.library.importing import ImportSummary
from claims.library.library import Library
from claims.library.preparing import Refusal

__all__ = ["ImportSummary", "Library", "Refusal"]
