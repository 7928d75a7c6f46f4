"""The local library: PubMed records in an embedded index that answers as PubMed does, without a network."""

from claims.evidence.library.importing import ImportSummary
from claims.evidence.library.library import Library
from claims.evidence.library.preparing import Refusal

__all__ = ["ImportSummary", "Library", "Refusal"]
