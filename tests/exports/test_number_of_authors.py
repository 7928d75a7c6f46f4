"""References as Citing Medicine has them: up to six authors by name, of more the first six and et al."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.records.citation import Author
from reviewer.exports.vancouver import format_reference
from tests.factories import make_citation


def authors_of(*authors: Author, editors: tuple[Author, ...] = ()) -> str:
    """The sentence of the reference that names its authors."""
    reference = format_reference(replace(make_citation(1), authors=authors, editors=editors))
    return reference.split(". SAMPLE 1")[0]


def people(count: int) -> tuple[Author, ...]:
    return tuple(Author(f"Sample{number}", "Ann", "A") for number in range(1, count + 1))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6])
def test_up_to_six_authors_are_all_named(count: int) -> None:
    assert authors_of(*people(count)) == ", ".join(f"Sample{number} A" for number in range(1, count + 1))


@pytest.mark.parametrize("count", [7, 8, 60])
def test_of_seven_authors_and_more_six_are_named_and_et_al(count: int) -> None:
    named = ", ".join(f"Sample{number} A" for number in range(1, 7))
    assert authors_of(*people(count)) == f"{named}, et al"


def test_a_group_is_counted_as_an_author() -> None:
    group = Author(collective="Sample Study Group")
    assert authors_of(*people(5), group).endswith("Sample Study Group")
    assert authors_of(*people(6), group).endswith("Sample6 A, et al")
