"""Each choice takes its permanent lower-case values, and the command gets the member."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import click
import pytest

from claims.lexicon.tables import TermRole
from claims.records.claim import ClaimType
from claims.records.people import Role
from claims.records.retrieval import Rung
from tests.docs.test_docs import ALL_COMMANDS, help_text


def choices() -> Iterator[tuple[str, click.Parameter, click.Choice[object]]]:
    for path, command in ALL_COMMANDS.items():
        for parameter in command.params:
            if isinstance(parameter.type, click.Choice):
                yield f"{path} {parameter.name}", parameter, parameter.type


CHOICES = {name: (parameter, choice) for name, parameter, choice in choices()}


def written(choice: object) -> str:
    return str(choice.value if isinstance(choice, Enum) else choice)


def test_every_choice_of_a_known_kind_is_looked_at() -> None:
    kinds = {type(choice) for _, offered in CHOICES.values() for choice in offered.choices}
    assert kinds == {str, Role, TermRole, ClaimType, Rung}


@pytest.mark.parametrize("name", list(CHOICES))
def test_a_choice_takes_exactly_its_permanent_values(name: str) -> None:
    parameter, offered = CHOICES[name]
    context = click.Context(click.Command(name))
    for choice in offered.choices:
        value = written(choice)
        assert value == value.lower()
        assert offered.convert(value, parameter, context) is choice
    for stranger in ("", "no such value"):
        with pytest.raises(click.BadParameter):
            offered.convert(stranger, parameter, context)


@pytest.mark.parametrize("name", list(CHOICES))
def test_the_help_and_the_refusal_show_the_values_that_are_taken(name: str) -> None:
    parameter, offered = CHOICES[name]
    values = [written(choice) for choice in offered.choices]
    shown = "".join(help_text(name.rpartition(" ")[0]).split())
    assert "|".join(values) in shown or ",".join(values) in shown
    with pytest.raises(click.BadParameter) as refused:
        offered.convert("no such value", parameter, click.Context(click.Command(name)))
    assert all(f"'{value}'" in refused.value.message for value in values)


@pytest.mark.parametrize("name", list(CHOICES))
def test_upper_case_is_no_hindrance(name: str) -> None:
    parameter, offered = CHOICES[name]
    for choice in offered.choices:
        assert (
            offered.convert(written(choice).upper(), parameter, click.Context(click.Command(name))) is choice
        )
