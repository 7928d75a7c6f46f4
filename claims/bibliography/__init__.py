"""Lists of papers as programs and people write them: RIS, NBIB, BibTeX, CSL-JSON, PMIDs and DOIs."""

from claims.bibliography.reading import ListFormat, read_bibliography

__all__ = ["ListFormat", "read_bibliography"]
