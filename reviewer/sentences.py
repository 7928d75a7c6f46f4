"""The sentence for each error code: what happened, and what to do next."""

from __future__ import annotations

from claims.errors import KonkyoError

_SENTENCES = {
    # settings
    "email_missing": "PubMed asks who is calling: add the line NCBI_EMAIL=you@example.org to .env",
    "email_unusable": "NCBI_EMAIL={email} is no e-mail address: correct the line in .env",
    "entrez_url_unusable": "KONKYO_ENTREZ_URL={url} must be http(s) and end in /entrez/eutils/: correct it",
    "home_unusable": "KONKYO_HOME {home} cannot be used ({reason}): give a folder that can be written to",
    "database_url_unusable": "KONKYO_DATABASE_URL is no sqlite:// or postgresql:// address: correct it",
    "database_unreachable": "the database does not answer: check KONKYO_DATABASE_URL and that it is running",
    "library_missing": "no library has been imported yet: run `konkyo library import FILE...`",
    "report_not_written": "the report could not be written to {path} ({reason}): give another --out",
    "queries_unreadable": "{path} cannot be read: give a UTF-8 file of JSON lines",
    "queries_line_unreadable": "{path} line {line}: expected JSON with query_id and text",
    # articles
    "article_without_claims": "no claim was found in this article ({units} units read): check the file",
    # records
    "not_found": "there is no such record: `konkyo ingest` prints the number of a version",
}


def tell_error(error: KonkyoError) -> str:
    """One line for a person: the code's sentence with its values, or the code itself where none exists."""
    return tell_code(error.code, error.values)


def tell_code(code: str, values: dict[str, object] | None = None) -> str:
    """The sentence of ``code`` filled with ``values``, on one line."""
    sentence = _SENTENCES.get(code, code.replace("_", " "))
    return " ".join(sentence.format(**(values or {})).split())
