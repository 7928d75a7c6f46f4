"""The sentence for each error code: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from claims.errors import KonkyoError
from reviewer.i18n import mark

SENTENCES: Mapping[str, str] = {
    # settings and files of the command line
    "email_missing": mark("PubMed asks who is calling: add the line NCBI_EMAIL=you@example.org to .env"),
    "email_unusable": mark("NCBI_EMAIL={email} is no e-mail address: correct the line in .env"),
    "entrez_url_unusable": mark("KONKYO_ENTREZ_URL={url} must be http(s) and end in /entrez/eutils/"),
    "home_unusable": mark("KONKYO_HOME {home} cannot be used ({reason}): give a folder you can write to"),
    "library_missing": mark("no library has been imported yet: run `konkyo library import FILE...`"),
    "library_busy": mark("the library is being imported into: wait until that is done"),
    "library_unreadable": mark("the library cannot be read ({reason}): delete {folder} and import again"),
    "report_not_written": mark("the report could not be written to {path} ({reason}): give another --out"),
    "queries_unreadable": mark("{path} cannot be read: give a UTF-8 file of JSON lines"),
    "queries_line_unreadable": mark("{path} line {line}: expected JSON with query_id and text"),
    "pairs_unreadable": mark("{path} cannot be read: give a UTF-8 file of JSON lines"),
    "pairs_line_unreadable": mark(
        "{path} line {line}: expected JSON with claim_id, claim and pmid ({reason})"
    ),
    "record_not_in_library": mark("{path} line {line}: the library has no record {pmid}: import it first"),
    "app_missing": mark("app.py is not installed: run make demo once, or pip install -e ."),
    "address_unusable": mark("{url} cannot be used ({reason}): give another --port or --address"),
    "samples_missing": mark("the sample article is not here: run the demo in the project's folder"),
    # the database
    "database_url_unknown": mark("KONKYO_DATABASE_URL: {scheme} is unknown; use sqlite:// or postgresql://"),
    "database_url_unreadable": mark("KONKYO_DATABASE_URL is no database address: correct the line in .env"),
    "database_busy": mark("the database is busy: wait a moment and do it again; nothing was half-written"),
    "database_unusable": mark("the database does not answer ({reason}): check KONKYO_DATABASE_URL"),
    "schema_unknown": mark("the database was made by a newer Konkyo: update this installation"),
    "schema_missing": mark("the database has no tables yet: run any konkyo command once"),
    "text_unstorable": mark("the text holds characters that no database can keep: save it as plain UTF-8"),
    "version_not_found": mark("there is no article version {id}: `konkyo ingest` prints the number"),
    # articles
    "article_unreadable": mark("{file} cannot be read ({reason}): check the name and the permissions"),
    "article_no_text": mark("there is no text in this file: give an article with text"),
    "article_empty": mark("the file is empty: give an article with text"),
    "article_binary": mark("the file is no text: save the article as text or Markdown"),
    "article_too_large": mark("the file is larger than an article can be: give one article a file"),
    "article_encoding": mark("the file's characters cannot be read: save it as UTF-8"),
    "article_without_claims": mark("no claim was found in this article ({units} units read): check the file"),
    # queries
    "no_concept": mark("no search term was found in this claim: word the query by hand"),
    "query_empty": mark("the query is empty: type a search term"),
    "query_depth": mark("the query has too many parentheses inside each other: make it simpler"),
    "query_parenthesis": mark(
        "a parenthesis is not closed or not opened at character {at}: correct the query"
    ),
    "query_tag": mark("the field tag {tag} at character {at} is unknown: use [tiab], [Mesh], [ti], [pt] …"),
    "query_tag_not_in_library": mark("the library cannot search {tag}: leave it out, or search PubMed"),
    "query_unreadable": mark("the query cannot be read from character {at} on: correct it there"),
    "query_date": mark("the date in the query cannot be read: write it as 2020:2026[dp]"),
    "query_wildcard": mark("a wildcard needs at least four characters before it: {word}"),
    # evidence sources
    "source_unreachable": mark("PubMed cannot be reached: check the network, then search again"),
    "source_timeout": mark("PubMed did not answer in time: search again later"),
    "source_rate_limited": mark("PubMed asks for a pause: search again in a few minutes"),
    "source_blocked": mark(
        "PubMed refused this installation (HTTP {status}): check NCBI_EMAIL, search later"
    ),
    "source_key_refused": mark("PubMed does not accept the API key: check NCBI_API_KEY in .env"),
    "source_backend_failed": mark("PubMed's search failed on its side: search again later"),
    "source_nonsense": mark(
        "PubMed answered with something that is no record ({reason}): search again later"
    ),
    "source_refused_query": mark("PubMed refused the query ({reason}): edit it and search again"),
    "source_too_large": mark("PubMed's answer was too large: narrow the query"),
    "source_truncated": mark("PubMed's answer broke off: search again"),
    "source_unavailable": mark("PubMed is out of order (HTTP {status}): search again later"),
    "source_unusable": mark("PubMed answered with HTTP {status}: check KONKYO_ENTREZ_URL"),
    # PubMed files
    "gzip_broken": mark("the compressed file is damaged: fetch it again"),
    "xml_empty": mark("the file is empty: fetch it again"),
    "xml_entities": mark("the file declares XML entities, which are refused: fetch it from NLM"),
    "xml_malformed": mark("no well-formed XML from line {line} on: fetch it again"),
    "xml_not_pubmed": mark("this is no PubMed XML ({root}): give NLM's baseline, update or EFetch files"),
    "nbib_unreadable": mark("this is no NBIB file: export it again from PubMed"),
    # rules of grading
    "supported_needs_citation": mark("“Supported” needs a citation that you judged supporting"),
    "partially_supported_needs_citation": mark(
        "“Partially supported” needs a citation that you judged supporting or partly"
    ),
    "contradicted_needs_citation": mark("“Contradicted” needs a citation that you judged refuting"),
    "supported_on_preclinical_alone": mark(
        "Animal or cell studies alone do not support a clinical claim: judge a human study, or grade it lower"
    ),
    "unsupported_needs_search": mark("“Unsupported” needs a search that succeeded: search again first"),
    "grade_needs_reason": mark("This grade needs its reason: write it into the comment"),
    "citation_not_of_claim": mark("PMID {pmid} was not found for this claim"),
    "claim_not_found": mark("This claim is no longer there: go back to the list"),
    "dropped_not_found": mark("This unit is no longer there: go back to the list"),
    "already_restored": mark("This unit was restored already"),
    "reviewer_missing": mark("Type your name at the top first: each grade is somebody's"),
    "claim_changed": mark("Somebody changed this claim in the meantime: look again, then grade"),
}


class _Shown(dict[str, object]):
    """Values of an error; one that is missing shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def tell_error(error: KonkyoError, translate: Callable[[str], str] = str) -> str:
    """One line for a person: the code's sentence with its values, or the code where it has no sentence."""
    return tell_code(error.code, error.values, translate)


def tell_code(
    code: str, values: Mapping[str, object] | None = None, translate: Callable[[str], str] = str
) -> str:
    """The sentence of ``code`` in the reader's language, filled with ``values``, on one line."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        told = ", ".join(f"{name} {value}" for name, value in (values or {}).items())
        return " ".join(f"{code.replace('_', ' ')} {f'({told})' if told else ''}".split())
    return " ".join(translate(sentence).format_map(_Shown(values or {})).split())
