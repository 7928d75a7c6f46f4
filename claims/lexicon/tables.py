"""The curated tables: one row a term, one file a field of medicine, all of them checked when read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from claims.lexicon.folding import fold_text
from claims.text.tables import read_rows

TABLES = Path(__file__).parent / "tables"
TERM_COLUMNS = ("term", "variants", "english", "mesh", "role", "note")
PART_COLUMNS = ("part", "place", "patterns", "role", "note")
WORD_COLUMNS = ("word", "variants", "note")
NAME_COLUMNS = ("name", "role", "note")
ENDING_COLUMNS = ("ending", "role", "note")
SENSE_COLUMNS = ("term", "neighbours", "english", "mesh", "role", "note")
_OTHER_TABLES = (
    "parts", "metaphors", "stopwords", "stopwords_en", "names", "headings", "everyday_en", "senses", "vague",
    "complaints", "endings",
)  # fmt: skip

_CONTEXT = "with:"
# A neighbour that no word spells: the intervention that the term is said of (ステロイドを減量).
GIVEN = "<intervention>"


class TermRole(StrEnum):
    """What a term usually is in a claim; it decides the slot."""

    INTERVENTION = "intervention"
    CONDITION = "condition"
    OUTCOME = "outcome"
    MECHANISM = "mechanism"
    SITE = "site"
    POPULATION = "population"
    COMPARATOR = "comparator"
    STUDY = "study"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """A term with its spellings and its English, best first; ``mesh`` is a descriptor or "".

    ``contexts`` are words of which one must stand in the same text for this reading of an ambiguous
    term; empty for the reading that holds otherwise. Without English the reading names nothing.
    """

    term: str
    variants: tuple[str, ...]
    english: tuple[str, ...]
    mesh: str
    role: TermRole
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affix:
    """A word part that makes a new term of its neighbour: 抗 before, 阻害薬 after.

    ``{}`` in a pattern is the neighbour's English; ``role`` is ``None`` where the neighbour keeps its own.
    """

    part: str
    before: bool
    patterns: tuple[str, ...]
    role: TermRole | None = None


def load_rows() -> Iterator[LexiconRow]:
    """Every row of every field's table, files in alphabetical order. Raises ``ValueError`` on a bad row."""
    for path in sorted(TABLES.glob("*.tsv")):
        if path.stem not in _OTHER_TABLES:
            yield from (parse_row(cells) for cells in _read_cells(path, TERM_COLUMNS))


def parse_row(cells: list[str]) -> LexiconRow:
    """The row in six cells. Raises ``ValueError`` where term, English or role is missing or unknown."""
    term, variants, english, mesh, role, note = cells
    if not term or not english:
        raise ValueError(f"a row needs a term and its English: {cells!r}")
    contexts = note.removeprefix(_CONTEXT) if note.startswith(_CONTEXT) else ""
    return LexiconRow(term, _split(variants), _split(english), mesh, TermRole(role), _split(contexts))


def load_senses() -> Iterator[LexiconRow]:
    """What terms of several meanings mean beside a neighbour; they go before the rows of the fields.

    Raises ``ValueError`` on a row without a neighbour, or with English and no known role.
    """
    for term, neighbours, english, mesh, role, _ in _read_cells(TABLES / "senses.tsv", SENSE_COLUMNS):
        if not term or not neighbours:
            raise ValueError(f"a sense needs a term and a neighbour: {term!r}")
        known = TermRole(role) if english else TermRole.GENERIC
        yield LexiconRow(term, (), _split(english), mesh, known, _split(neighbours))


def load_parts() -> tuple[Affix, ...]:
    """The word parts of composition, longest first."""
    cells = _read_cells(TABLES / "parts.tsv", PART_COLUMNS)
    parts = [
        Affix(fold_text(part), place == "before", _split(patterns), TermRole(role) if role else None)
        for part, place, patterns, role, _ in cells
    ]
    return tuple(sorted(parts, key=lambda part: -len(part.part)))


def load_names() -> dict[str, TermRole]:
    """English names of drugs, compounds, proteins and germs that katakana may stand for, with their roles."""
    return {name: TermRole(role) for name, role, _ in _read_cells(TABLES / "names.tsv", NAME_COLUMNS)}


def load_headings() -> Iterator[LexiconRow]:
    """Diseases, parts of the body, operations and tests that no field's table has, by NLM's names for them.

    A name is read the way round that a text has it: rheumatoid arthritis for "Arthritis, Rheumatoid".
    """
    for name, role, _ in _read_cells(TABLES / "headings.tsv", NAME_COLUMNS):
        term = " ".join(reversed(name.split(", "))).lower()
        yield LexiconRow(term, (), (term,), name, TermRole(role))


@cache
def load_endings() -> dict[str, TermRole]:
    """What English words that no row has are by their ending: -itis, -ectomy, the stems of drugs' names."""
    cells = _read_cells(TABLES / "endings.tsv", ENDING_COLUMNS)
    return {ending: TermRole(role) for ending, role, _ in cells}


def load_words(name: str) -> frozenset[str]:
    """The words of a plain list (``metaphors``, ``stopwords``, ``vague``, ``complaints``) with variants."""
    words: set[str] = set()
    for word, variants, _ in _read_cells(TABLES / f"{name}.tsv", WORD_COLUMNS):
        words.update((word, *_split(variants)))
    return frozenset(words)


def compute_version() -> str:
    """The first 12 hexadecimal digits of a digest over all tables: the version that a plan records."""
    digest = hashlib.sha256()
    for path in sorted(TABLES.glob("*.tsv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _read_cells(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    return (list(row.values()) for row in read_rows(path, columns))


def _split(cell: str) -> tuple[str, ...]:
    return tuple([part for part in cell.split("|") if part]) if cell else ()
