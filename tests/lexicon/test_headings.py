"""Names of NLM that no field's table has are read in English, the way round that a text has them."""

from __future__ import annotations

import pytest

from claims.lexicon.english_words import is_everyday
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import load_headings, load_rows
from claims.records.article import Language


@pytest.mark.parametrize(
    ("text", "mesh"),
    [
        ("The pubic symphysis loosens before birth.", "Pubic Symphysis"),
        ("Panic from birth trauma to the patellofemoral joint", "Patellofemoral Joint"),
        ("Cochlear implantation in both ears", "Cochlear Implantation"),
        ("A femoral hernia strangulates often.", "Hernia, Femoral"),
        ("Taste buds grow back.", "Taste Buds"),
    ],
)
def test_a_name_is_found_however_nlm_turns_it(text: str, mesh: str) -> None:
    found, unmapped = load_lexicon().find_terms(text, Language.EN)
    assert mesh in [term.mesh for term in found]
    assert not {word.lower() for word in unmapped} & set(mesh.lower().split())


def test_a_row_of_a_field_goes_before_the_name() -> None:
    named = {row.mesh for row in load_headings()}
    assert not named & {row.mesh for row in load_rows()}


def test_each_name_stands_once_and_is_no_everyday_word() -> None:
    terms = [row.term for row in load_headings()]
    assert len(terms) == len(set(terms)) > 4_000
    assert [term for term in terms if " " not in term and is_everyday(term)] == []
