"""References of an article: the marks that point at them, the lists of them, and which sentence has which."""

from claims.references.lists import Reference, find_cited, is_reference, read_references
from claims.references.markers import Marker, find_markers, match_markers, strip_markers

__all__ = [
    "Marker",
    "Reference",
    "find_cited",
    "find_markers",
    "is_reference",
    "match_markers",
    "read_references",
    "strip_markers",
]
