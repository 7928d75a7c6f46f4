"""What the index says of files that are damaged, however it says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

# What its messages have when they are about what is stored, and not about the place for more.
_OF_DAMAGE = ("corrupt", "decompress", "damaged")


@contextmanager
def catching_panics() -> Iterator[None]:
    """A panic of the index leaves as ``ValueError``, like all else that it says.

    Over some damage it breaks down: with a ``PanicException``, which is no ``Exception`` and which no module
    has under a name.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("its files are damaged") from error


def is_damage(error: Exception) -> bool:
    """Whether the index says that what is stored cannot be read.

    >>> is_damage(ValueError("Data corrupted: 'Data corruption: …'")), is_damage(ValueError("No space left"))
    (True, False)
    """
    return any(words in str(error).lower() for words in _OF_DAMAGE)
