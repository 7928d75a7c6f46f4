"""Lists of papers as programs and people write them: RIS, NBIB, BibTeX, CSL-JSON, PMIDs and DOIs."""

from claims.bibliography.reading import ListFormat, decode_bibliography, read_bibliography

__all__ = ["ListFormat", "decode_bibliography", "read_bibliography"]
