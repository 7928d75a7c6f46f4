"""Entries as BibTeX in UTF-8: for biber and Unicode engines, and for reference managers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claims.records.citation import Author
from reviewer.exports.bibliography.entry import Bibliography, Entry, keep_on_line

# What TeX would take for a command. < > and | stay: Unicode engines print them, and readers lose
# {\textless}, without which a p-value is another.
_ESCAPES = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}
_SPECIAL = re.compile("[" + re.escape("".join(_ESCAPES)) + "]")
# Two signs that TeX sets as another one: '' as a quotation mark, -- as a dash.
_LIGATURE = re.compile(r"([-'`,<>])(?=\1)|([?!])(?=`)")
# A brace counts although it is escaped: a lonely one is given an invisible fellow.
_LONELY = {r"\{": r"\{\vphantom{\}}", r"\}": r"\vphantom{\{}\}"}
_PARTED = re.compile(r",|\band\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write_bibtex(entries: Sequence[Entry]) -> str:
    """The entries in order; the key of each is its PMID after ``pmid``.

    >>> write_bibtex([])
    ''
    """
    return "\n".join(map(_write_entry, entries))


def _write_entry(entry: Entry) -> str:
    citation, pages = entry.citation, entry.page_range
    holder = "booktitle" if entry.is_chapter else "journal"
    month = entry.date_parts[1] if len(entry.date_parts) > 1 else 0
    fields = {
        # Braces keep the capitals of names and abbreviations whatever the style does.
        "title": f"{{{escape_tex(entry.title)}}}",
        "author": " and ".join(map(_name, citation.authors)),
        "editor": " and ".join(map(_name, citation.editors)),
        holder: escape_tex(citation.book if entry.is_chapter else citation.journal),
        "shortjournal": escape_tex(citation.journal_abbreviation),
        "year": str(citation.published_year or ""),
        "volume": escape_tex(citation.volume),
        "number": escape_tex(citation.issue),
        "pages": "--".join(escape_tex(page) for page in pages if page),
        "publisher": escape_tex(citation.publisher),
        "issn": escape_tex(citation.issn),
        "isbn": escape_tex(entry.isbn),
        "doi": _keep_verbatim(citation.doi),
        "pmid": citation.pmid,
        "pmcid": citation.pmc,
        "url": entry.address,
        "note": escape_tex("; ".join(entry.remarks)),
    }
    kind = ("incollection" if entry.is_chapter else "book") if entry.is_book else "article"
    lines = [f"  {name} = {{{text}}},\n" for name, text in fields.items() if text.strip("{}")]
    # A month is a word of BibTeX's own, not a text.
    lines += [f"  month = {_MONTHS[month - 1]},\n"] if month else []
    return f"@{kind}{{pmid{citation.pmid},\n{''.join(lines)}}}\n"


def escape_tex(text: str) -> str:
    r"""``text`` on one line as TeX prints it, its braces in balance.

    >>> print(escape_tex("R&D {50%}"), escape_tex("a } b"))
    R\&D \{50\%\} a \vphantom{\{}\} b
    """
    escaped = _SPECIAL.sub(lambda sign: _ESCAPES[sign.group()], keep_on_line(text))
    escaped = _LIGATURE.sub(r"\g<0>{}", escaped)
    if _is_balanced(text):
        return escaped
    return re.sub(r"\\[{}]", lambda brace: _LONELY[brace.group()], escaped)


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _keep_verbatim(doi: str) -> str:
    """A DOI as it is, as styles expect it, where no sign in it would end the field."""
    return escape_tex(doi) if set(doi) & set("{}\\%") else doi


def _name(author: Author) -> str:
    """``Last, Suffix, First``; what BibTeX would cut, a group's name too, in braces of its own."""
    if author.collective or not author.last_name:
        return f"{{{escape_tex(author.collective or author.fore_name or author.initials)}}}"
    given = author.fore_name or author.initials
    if not given:
        return f"{{{escape_tex(author.last_name)}}}"
    return ", ".join(_protect(part) for part in (author.last_name, author.suffix, given) if part)


def _protect(part: str) -> str:
    escaped = escape_tex(part)
    return f"{{{escaped}}}" if _PARTED.search(part) else escaped


BIBTEX = Bibliography("BibTeX", "bib", "application/x-bibtex", write_bibtex)
