from __future__ import annotations

import re

import pytest

from claims.lexicon.folding import fold_text
from claims.lexicon.tables import (
    TABLES,
    LexiconRow,
    TermRole,
    compute_version,
    load_parts,
    load_rows,
    load_senses,
    load_words,
    parse_row,
)

ROWS = list(load_rows())


def test_every_row_of_every_table_is_readable() -> None:
    assert len(ROWS) > 200
    assert len(list(TABLES.glob("*.tsv"))) > 5


def test_a_spelling_belongs_to_one_row_unless_the_context_tells_them_apart() -> None:
    owners: dict[tuple[str, tuple[str, ...]], LexiconRow] = {}
    shared = []
    for row in ROWS:
        for spelling in {fold_text(word) for word in (row.term, *row.variants)}:
            other = owners.setdefault((spelling, row.contexts), row)
            if other is not row:
                shared.append((spelling, other.english[0], row.english[0]))
    assert shared == []


def test_no_english_holds_what_would_break_a_query() -> None:
    rows = (*ROWS, *load_senses())
    bad = [e for row in rows for e in (*row.english, row.mesh) if set('"[]*|\t') & set(e)]
    assert bad == []


def test_a_sense_has_a_neighbour_and_another_meaning_than_its_own_row() -> None:
    senses = list(load_senses())
    assert senses
    assert all(sense.contexts for sense in senses)
    pairs = [(fold_text(sense.term), neighbour) for sense in senses for neighbour in sense.contexts]
    assert sorted(pairs) == sorted(set(pairs))


def test_neighbours_are_words_of_their_own() -> None:
    read = [(row.term, word) for row in (*ROWS, *load_senses()) for word in row.contexts]
    assert [pair for pair in read if set(",;") & set(pair[1])] == []


def test_the_english_side_is_latin_text_without_stray_spaces() -> None:
    bad = [
        e for row in ROWS for e in row.english if e != e.strip() or any(ord(letter) > 0x3000 for letter in e)
    ]
    assert bad == []


def test_a_composition_pattern_has_a_place_for_its_neighbour() -> None:
    assert all("{}" in pattern for part in load_parts() for pattern in part.patterns)


def test_the_version_is_the_same_at_each_reading() -> None:
    assert compute_version() == compute_version()
    assert len(compute_version()) == 12


@pytest.mark.parametrize(
    "cells",
    [
        ["", "", "hair", "", "condition", ""],
        ["髪", "", "", "", "condition", ""],
        ["髪", "", "hair", "", "nonsense", ""],
    ],
)
def test_a_row_without_term_english_or_known_role_is_refused(cells: list[str]) -> None:
    with pytest.raises(ValueError, match=r"row needs|nonsense"):
        parse_row(cells)


def test_a_note_that_begins_with_with_names_the_contexts() -> None:
    row = parse_row(["PD", "", "Parkinson disease", "Parkinson Disease", "condition", "with:震え|脳"])
    assert row.contexts == ("震え", "脳")
    assert row.role is TermRole.CONDITION


def test_rows_with_the_same_best_english_and_role_name_the_same_descriptor() -> None:
    named: dict[tuple[str, TermRole], set[str]] = {}
    for row in ROWS:
        named.setdefault((row.english[0].lower(), row.role), set()).add(row.mesh)
    assert {key: meshes for key, meshes in named.items() if len(meshes) > 1} == {}


def test_no_image_and_no_empty_noun_of_the_stop_lists_is_spelled_by_a_row() -> None:
    silent = {fold_text(word) for word in (*load_words("metaphors"), *load_words("stopwords"))}
    spelled = [word for row in ROWS if not row.contexts for word in (row.term, *row.variants)]
    assert [word for word in spelled if fold_text(word) in silent] == []


_KATAKANA = re.compile(r"[ァ-ヺー]{4,}\Z")
_DRUG = re.compile(
    r"[a-z]{3,}(?:mab|nib|tin|pril|artan|olol|azole|vir|cillin|mycin|pine|pam|lam|ine|one|ide|ate|lin)\Z"
)
# Two names of one substance.
_SYNONYMS = (
    {"glyburide", "glibenclamide"},
    {"levothyroxine", "thyroxine"},
    {"norepinephrine", "noradrenaline"},
    {"epinephrine", "adrenaline"},
    {"niacinamide", "nicotinamide"},
    {"leuprolide", "leuprorelin"},
    {"acyclovir", "aciclovir"},
    {"valacyclovir", "valaciclovir"},
    {"meperidine", "pethidine"},
    {"cyclosporine", "ciclosporin"},
    {"mesalamine", "mesalazine"},
    {"scopolamine", "hyoscine"},
)


def test_a_drug_written_in_katakana_has_a_row_of_its_own() -> None:
    mixed = []
    for row in load_rows():
        drugs = {word for word in row.english if _DRUG.match(word)}
        if len(drugs) > 1 and any(map(_KATAKANA.match, (row.term, *row.variants))):
            mixed += [] if drugs in _SYNONYMS else [(row.term, drugs)]
    assert mixed == []
