"""From an Article to its claims."""

from claims.extraction.extractor import extract_claims

__all__ = ["extract_claims"]
