"""What in a text only points to a source: identifiers, addresses, authors with a year, note marks."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d\d[a-z]?"
_NAME = r"[A-Z][A-Za-zÀ-ž'’-]+"
_AUTHORS = rf"{_NAME}(?:\s+(?:et\s+al\.?|and\s+{_NAME}|&\s*{_NAME}|ら|他))*"
_CITED = rf"{_AUTHORS},?\s*{_YEAR}"
_MARK = re.compile(
    rf"""
      https?://[!-~]+ | www\.[!-~]+
    | \b(?:PMID|PMCID|PMC)\s*[:：]?\s*(?:PMC)?\d+
    | \b(?:doi|DOI)\s*[:：]?\s*10\.\d{{4,}}/[^\s)）,;]*[^\s)）,;.]
    | \b10\.\d{{4,}}/[^\s)）,;]*[^\s)）,;.]
    | \bNCT\d{{8}}\b | \bISBN[\s:]*[\d-]{{10,}}
    | [(（\[［]\s*(?:see\s+|e\.g\.,?\s+)?{_CITED}(?:\s*[;,；、]\s*{_CITED})*\s*[)）\]］]
    | {_NAME}\s+et\s+al\.?(?:,?\s*\(?{_YEAR}\)?)?
    | \[\d{{1,3}}(?:\s*[-–,、]\s*\d{{1,3}})*\]
    | ※\s*\d{{1,2}} | \b(?:Fig|Figure|Table|Ref)s?\.?\s?\d+ | [(（]?図表?\s*\d+[)）]? | 表\s*\d+
    """,
    re.VERBOSE,
)


def blank_marks(text: str) -> str:
    """The text with spaces in place of what only points to a source; each other character at its place.

    >>> blank_marks("Zinc helps (Smith 2020), PMID: 9000000001.").split()
    ['Zinc', 'helps', ',', '.']
    """
    return _MARK.sub(lambda mark: " " * len(mark.group()), text)
