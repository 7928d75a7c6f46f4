"""Which passwords are refused because others would think of them, too (ADR 0041)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

from claims.errors import RuleRefused
from claims.records.people import User
from db.unit_of_work import UnitOfWork

# What the estimate calls safe against guessing over the network, and the tries of ADR 0041 allow by far less.
LEAST_GUESSES = 10**8
# More of a password is not looked at: the estimate takes time that grows with the square.
_MOST_LOOKED_AT = 72
# Letters and figures beside words that others think of with the person.
_LEAST_BESIDES = 8
_PRODUCT = ("konkyo", "根拠")
_WORD = re.compile(r"[^\W_]{3,}")


def require_unguessable(password: str, own_words: Iterable[str] = ()) -> None:
    """Return when nobody would guess the password soon. Raises ``RuleRefused`` (``password_guessable``).

    Guessed are passwords that were published, words and names with figures, repetitions, sequences, rows of
    the keyboard, dates, the product's name and the ``own_words``; capitals, full-width letters and
    figures in the place of letters do not hide them.

    >>> require_unguessable("three owls read slowly")
    >>> require_unguessable("Tanaka-Hanako", ["tanaka", "hanako"])
    Traceback (most recent call last):
    claims.errors.RuleRefused: password_guessable
    """
    words = [*_PRODUCT, *(_fold(word) for word in own_words)]
    folded = _fold(password)
    if _is_own(folded, words) or _count_guesses(folded[:_MOST_LOOKED_AT], words) < LEAST_GUESSES:
        raise RuleRefused("password_guessable")


def list_own_words(work: UnitOfWork, user: User) -> list[str]:
    """What others think of with this person: names, qualification, address, and the house's own domains."""
    hosts = {other.email.partition("@")[2] for other in work.people.list_users()}
    told = " ".join((user.name, user.full_name, user.qualification, user.email, *hosts))
    return sorted({*_WORD.findall(_fold(told)), *_fold(user.full_name).split()} - {""})


def _fold(text: str) -> str:
    return normalize("NFKC", normalize("NFKC", text).casefold())


def _is_own(password: str, words: list[str]) -> bool:
    """Whether little is left of the password without these words."""
    rest = password
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != password and sum(sign.isalnum() for sign in rest) < _LEAST_BESIDES


def _count_guesses(password: str, words: list[str]) -> int:
    # Late: its lists of words are large, and few commands set a password.
    from zxcvbn import zxcvbn

    return int(zxcvbn(password, user_inputs=words)["guesses"])
