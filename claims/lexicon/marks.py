"""What in a text only points to a source: identifiers, addresses, authors with a year, note marks."""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d\d[a-z]?"
_NAME = r"(?<![A-Za-zÀ-ž'’-])[A-Z][A-Za-zÀ-ž'’-]{1,30}"
_AUTHORS = rf"{_NAME}(?:\s{{1,3}}(?:et\sal\.?|and\s{_NAME}|&\s?{_NAME}|ら|他)){{0,4}}"
_CITED = rf"{_AUTHORS},?\s{{0,3}}{_YEAR}"
_MARK = re.compile(
    rf"""
      https?://[!-~]+ | www\.[!-~]+
    | \b(?:PMID|PMCID|PMC)\s?[:：]?\s?(?:PMC)?\d+
    | \b(?:doi|DOI)\s?[:：]?\s?10\.\d{{4,9}}/[^\s)）,;]*[^\s)）,;.]
    | \b10\.\d{{4,9}}/[^\s)）,;]*[^\s)）,;.]
    | \bNCT\d{{8}}\b | \bISBN[\s:]{{0,3}}[\d-]{{10,17}}
    | [(（\[［]\s?(?:see\s|e\.g\.,?\s)?{_CITED}
      (?:\s?[;,；、]\s?{_CITED}){{0,9}}\s?[)）\]］]
    | {_NAME}\s{{1,3}}et\sal\.?(?:,?\s?\(?{_YEAR}\)?)?
    | \[\d{{1,3}}(?:\s?[-–,、]\s?\d{{1,3}}){{0,19}}\]
    | ※\s?\d{{1,2}} | \b(?:Fig|Figure|Table|Ref)s?\.?\s?\d{{1,2}}
    | [(（]?図表?\s?\d{{1,2}}[)）]? | 表\s?\d{{1,2}}
    """,
    re.VERBOSE,
)


def blank_marks(text: str) -> str:
    """The text with spaces in place of what only points to a source; each other character at its place.

    >>> blank_marks("Zinc helps (Smith 2020), PMID: 9000000001.").split()
    ['Zinc', 'helps', ',', '.']
    """
    return _MARK.sub(lambda mark: " " * len(mark.group()), text)
