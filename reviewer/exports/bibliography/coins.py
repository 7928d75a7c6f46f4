"""An entry as an OpenURL ContextObject (COinS), which reference managers read out of a page."""

from __future__ import annotations

from urllib.parse import urlencode

from claims.records.citation import Author
from reviewer.exports.bibliography.entry import Entry


def write_context_object(entry: Entry) -> str:
    """The ContextObject in key-encoded values, for the title of an element of the class ``Z3988``."""
    citation, (first, last) = entry.citation, entry.page_range
    kind = "book" if entry.is_book else "journal"
    holder = {"btitle": citation.book} if entry.is_book else {"jtitle": citation.journal}
    title = {"btitle" if entry.is_book and not entry.is_chapter else "atitle": entry.title}
    genre = ("bookitem" if entry.is_chapter else "book") if entry.is_book else "article"
    values = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{kind}"),
        ("rft.genre", genre),
        ("rft_id", f"info:pmid/{citation.pmid}"),
        ("rft_id", f"info:doi/{citation.doi}" if citation.doi else ""),
        *((f"rft.{name}", told) for name, told in (holder | title).items()),
        ("rft.stitle", citation.journal_abbreviation),
        ("rft.volume", citation.volume),
        ("rft.issue", citation.issue),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft.date", "-".join(f"{part:02}" for part in entry.date_parts)),
        ("rft.issn", citation.issn),
        ("rft.isbn", entry.isbn),
        *(("rft.au", _name(author)) for author in citation.authors),
    ]
    return urlencode([(key, value) for key, value in values if value])


def _name(author: Author) -> str:
    if author.collective:
        return author.collective
    given = author.fore_name or author.initials
    return ", ".join(part for part in (author.last_name, given, author.suffix) if part)
