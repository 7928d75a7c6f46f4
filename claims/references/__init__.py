"""References of an article: the marks that point at them, the lists of them, and which sentence has which."""

from claims.references.citing import (
    CitedReference,
    Citing,
    LocatedReference,
    TornMark,
    list_doubled_labels,
    list_lost_marks,
    list_references,
    list_torn_marks,
    locate_references,
    name_paper,
)
from claims.references.links import find_address, find_hidden, read_link, show_links, write_link
from claims.references.lists import Reference, is_entry, is_reference, names_papers, read_references
from claims.references.markers import (
    Marker,
    MarkerSort,
    find_markers,
    match_markers,
    strip_citations,
    strip_markers,
)
from claims.references.names import drop_frame
from claims.references.rounded import ends_rounded, match_rounded, strip_rounded

__all__ = [
    "CitedReference",
    "Citing",
    "LocatedReference",
    "Marker",
    "MarkerSort",
    "Reference",
    "TornMark",
    "drop_frame",
    "ends_rounded",
    "find_address",
    "find_hidden",
    "find_markers",
    "is_entry",
    "is_reference",
    "list_doubled_labels",
    "list_lost_marks",
    "list_references",
    "list_torn_marks",
    "locate_references",
    "match_markers",
    "match_rounded",
    "name_paper",
    "names_papers",
    "read_link",
    "read_references",
    "show_links",
    "strip_citations",
    "strip_markers",
    "strip_rounded",
    "write_link",
]
