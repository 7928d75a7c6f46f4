"""What a command works with: the application of the settings in force."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from reviewer.bootstrap import Application, open_application
from reviewer.settings import load_settings

Values = ParamSpec("Values")
Returned = TypeVar("Returned")


def open_chosen() -> Application:
    """The application of the settings in force, its database made or brought up to date."""
    return open_application(load_settings())


def pass_application(
    command: Callable[Concatenate[Application, Values], Returned],
) -> Callable[Values, Returned]:
    """The command with the application before its own arguments.

    A command that may still be found mistyped opens it by ``open_chosen`` once it is not.
    """

    @wraps(command)
    def called(*args: Values.args, **kwargs: Values.kwargs) -> Returned:
        return command(open_chosen(), *args, **kwargs)

    return called
