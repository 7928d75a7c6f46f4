"""What a query in PubMed's syntax means, worked out record by record: slow, plain, and without an index."""

from __future__ import annotations

from collections.abc import Iterator

from claims.records.citation import Citation
from claims.search.syntax import And, Node, Not, Or, SearchTerm
from claims.text.english import split_words, stem_words

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def find_naively(tree: Node, records: list[Citation]) -> set[str]:
    """The PMIDs of the records that a query finds."""
    return {record.pmid for record in records if matches(tree, record)}


def matches(node: Node, record: Citation) -> bool:
    if isinstance(node, And):
        return all(matches(part, record) for part in node.parts)
    if isinstance(node, Or):
        return any(matches(part, record) for part in node.parts)
    if isinstance(node, Not):
        return matches(node.kept, record) and not matches(node.dropped, record)
    return matches_term(node, record)


def matches_term(term: SearchTerm, record: Citation) -> bool:
    if term.field == "pmid":
        return record.pmid == term.text
    if term.field == "dp":
        return matches_date(term.text, record)
    if term.field == "sb":
        return bool({"systematic review", "meta-analysis"} & set(names("pt", record))) or any(
            has_words(term, phrase.split(), texts("ti", record))
            for phrase in ("systematic review", "meta analysis")
        )
    if term.field == "" and not (term.phrase or term.wildcard):
        forms = stem_words(term.text)
        in_any_form = any(contains(stem_words(text), forms) for text in all_texts(record))
        return in_any_form or any(matches_name(term, field, record) for field in NAMES[""])
    if any(
        has_words(term, split_words(term.text), texts(field, record)) for field in WORDS.get(term.field, ())
    ):
        return True
    return any(matches_name(term, field, record) for field in NAMES.get(term.field, ()))


WORDS = {
    "tiab": ("ti", "ab", "ot"),
    "ti": ("ti",),
    "ab": ("ab",),
    "ot": ("ot",),
    "tw": ("ti", "ab", "ot", "topic"),
    "": ("ti", "ab", "ot", "topic"),
}
NAMES = {
    "mesh": ("mesh",),
    "mesh:noexp": ("mesh",),
    "majr": ("majr",),
    "sh": ("sh",),
    "pt": ("pt",),
    "nm": ("nm",),
    "la": ("la",),
    "au": ("au",),
    "ta": ("ta",),
    "aid": ("aid",),
    "tw": ("mesh", "nm", "sh", "pt"),
    "": ("mesh", "majr", "sh", "pt", "nm", "la", "au", "ta", "aid"),
}


def texts(field: str, record: Citation) -> list[str]:
    """The texts of a field; a phrase never runs from one into the next."""
    return {
        "ti": [f"{record.title} {record.vernacular_title}"],
        "ab": [
            record.abstract_text,
            *(section.text for other in record.other_abstracts for section in other.sections),
        ],
        "ot": list(record.keywords),
        "topic": [one.descriptor.name for one in record.mesh] + [one.name for one in record.chemicals],
    }[field]


def all_texts(record: Citation) -> Iterator[str]:
    for field in ("ti", "ab", "ot", "topic"):
        yield from texts(field, record)


def has_words(term: SearchTerm, words: list[str], fields: list[str]) -> bool:
    if term.proximity is not None:
        return has_near(words, term.proximity, fields)
    return any(contains(split_words(text), words, beginning=term.wildcard) for text in fields)


def has_near(words: list[str], most_between: int, fields: list[str]) -> bool:
    """Near each other in any order; from one text of a field to the next it is one word farther."""
    text = [word for one in fields for word in (*split_words(one), "")]
    first = [at for at, word in enumerate(text) if word == words[0]]
    second = [at for at, word in enumerate(text) if word == words[-1]]
    return any(abs(i - j) - 1 <= most_between for i in first for j in second)


def contains(text: list[str], words: list[str], beginning: bool = False) -> bool:
    for at in range(len(text) - len(words) + 1):
        part = text[at : at + len(words)]
        if part[:-1] == words[:-1] and (
            part[-1].startswith(words[-1]) if beginning else part[-1] == words[-1]
        ):
            return True
    return False


def names(field: str, record: Citation) -> list[str]:
    """The names of a field in lower case."""
    listed = {
        "mesh": [one.descriptor.name for one in record.mesh]
        + [f"{one.descriptor.name}/{sub.name}" for one in record.mesh for sub in one.qualifiers],
        "majr": [one.descriptor.name for one in record.mesh if one.major],
        "sh": [sub.name for one in record.mesh for sub in one.qualifiers],
        "pt": [one.name for one in record.publication_types],
        "nm": [one.name for one in record.chemicals],
        "la": list(record.languages),
        "ta": [record.journal, record.journal_abbreviation.replace(".", ""), record.issn],
        "aid": [record.doi, record.pmc, *(number for _, number in record.other_ids)],
    }[field]
    return [" ".join(name.lower().split()) for name in listed]


def matches_name(term: SearchTerm, field: str, record: Citation) -> bool:
    wanted = " ".join(term.text.lower().split())
    if field == "au":
        wanted = " ".join(wanted.replace(",", " ").split())
        return any(matches_author(wanted, term.wildcard, *author) for author in people(record))
    if field == "la":
        wanted = {"english": "eng", "japanese": "jpn"}.get(wanted, wanted)
        return wanted in names("la", record)
    if field == "ta":
        wanted = " ".join(wanted.replace(".", " ").split())
    return any(name.startswith(wanted) if term.wildcard else name == wanted for name in names(field, record))


def people(record: Citation) -> Iterator[tuple[str, str, str]]:
    for author in record.authors:
        yield author.last_name.lower(), author.fore_name.lower(), author.initials.lower()


def matches_author(wanted: str, wildcard: bool, last: str, fore: str, initials: str) -> bool:
    forms = [f"{last} {initials}", f"{last} {fore}", f"{fore} {last}"]
    end = wanted.rpartition(" ")[2]
    if wildcard or (" " in wanted and len(end) <= 2):
        return any(form.startswith(wanted) for form in forms)
    return any(form == wanted or form.startswith(f"{wanted} ") for form in forms)


def matches_date(text: str, record: Citation) -> bool:
    first, _, last = text.partition(":")
    days = []
    if record.published:
        year, *rest = record.published.split()
        month = MONTHS.index(rest[0]) + 1 if rest else 1
        days.append((int(year), month, int(rest[1]) if len(rest) > 1 else 1))
    if record.electronic_date:
        days.append(record.electronic_date.timetuple()[:3])
    lowest = tuple(map(int, first.split("/")))
    highest = tuple(map(int, (last or first).split("/")))
    return any(day >= lowest and day[: len(highest)] <= highest for day in days)
