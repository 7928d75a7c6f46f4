"""References of an article: the marks that point at them, the lists of them, and which sentence has which."""

from claims.references.citing import CitedReference, Citing, list_references
from claims.references.lists import Reference, is_reference, read_references
from claims.references.markers import Marker, MarkerSort, find_markers, match_markers, strip_markers

__all__ = [
    "CitedReference",
    "Citing",
    "Marker",
    "MarkerSort",
    "Reference",
    "find_markers",
    "is_reference",
    "list_references",
    "match_markers",
    "read_references",
    "strip_markers",
]
