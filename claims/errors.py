"""The error tree. Each error carries a permanent code and values; sentences are made at the edge.

::

    KonkyoError
    ├── ArticleError      the article cannot be read        (claims.articles)
    ├── RecordError       a PubMed record cannot be read    (claims.medline.parsing)
    ├── LexiconError      a term cannot be added or removed (claims.lexicon, reviewer.workflow)
    ├── QueryError        a query cannot be built or parsed (claims.search.query)
    ├── SourceError       an evidence source did not answer (claims.pubmed, claims.library)
    │   └── SourceBusy    …and asks to be left alone for a while
    ├── VersionConflict   somebody else was first           (db)
    ├── NotFound          no such record                    (db)
    ├── StoreError        the database cannot be used now   (db)
    ├── BackupError       a backup is refused, or is none   (db, reviewer.backup)
    ├── SignInRefused     name or password is wrong         (reviewer.accounts)
    ├── RoleRefused       the person's roles do not allow it (reviewer.workflow)
    ├── RuleRefused       a rule of grading refuses it      (reviewer.workflow)
    └── SettingsError     a setting is missing or wrong     (reviewer.settings)
"""

from __future__ import annotations

from functools import partial
from typing import Self


class KonkyoError(Exception):
    """An error that a person can act on: ``code`` names the sentence, ``values`` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        shown = ", ".join(f"{name}={value!r}" for name, value in values.items())
        super().__init__(f"{code}({shown})" if shown else code)

    def __reduce__(self) -> tuple[partial[Self], tuple[()]]:
        """The error itself again in another process."""
        return partial(type(self), self.code, **self.values), ()


class ArticleError(KonkyoError):
    """The article cannot be read; nothing of it was kept."""


class RecordError(KonkyoError):
    """One PubMed record cannot be read; the others of its batch can."""


class LexiconError(KonkyoError):
    """A term cannot be added to the lexicon, or is not among those that were added."""


class QueryError(KonkyoError):
    """A query has no concept to search for, or is not valid PubMed syntax."""


class SourceError(KonkyoError):
    """An evidence source gave no usable answer. Never the same as an empty answer."""


class SourceBusy(SourceError):
    """The source asks for a pause (HTTP 429); trying again later may help."""


class VersionConflict(KonkyoError):
    """The record changed since it was read; nothing was overwritten."""


class NotFound(KonkyoError):
    """There is no such record."""


class StoreError(KonkyoError):
    """The database cannot be reached, is busy, or does not fit this version; nothing was half-written."""


class BackupError(KonkyoError):
    """A backup was not made, or a file was not restored; nothing was changed."""


class SignInRefused(KonkyoError):
    """The sign-in is refused; the code does not tell whether the name exists."""


class RoleRefused(KonkyoError):
    """The person's roles do not allow the step."""


class RuleRefused(KonkyoError):
    """A rule of grading refuses the step; the code names the rule."""


class SettingsError(KonkyoError):
    """A setting is missing or cannot be used; the values name it."""
