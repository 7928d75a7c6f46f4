"""A version with all that its tables are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo

from claims.records.flag import Flag
from claims.records.plan import Declaration
from claims.records.review import ArticleVersion
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.workflow.assigning import find_bringers
from reviewer.workflow.closing import load_declarations
from reviewer.workflow.flagging import load_flags
from reviewer.workflow.loading import load_version, stream_version

# Claims that are in memory together, asked for by some twenty statements; more save a tenth of the time.
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A version with its claims, as they are open to everybody: no grade that is still blind.

    ``flags`` are by claim, ``declarations`` by name; without flags those of the rules are shown.
    Moments are written in ``zone``.
    """

    version: ArticleVersion
    dossiers: Sequence[Dossier]
    flags: Mapping[int, Sequence[Flag]] = field(default_factory=dict)
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    zone: tzinfo = UTC


def load_reviewed(work: UnitOfWork, version_id: int, zone: tzinfo) -> Reviewed:
    """A version with its claims, their flags, and what their graders declared. Raises ``NotFound``.

    Of a grader who brought this version or an earlier one in, the declaration says that as well.
    """
    version, dossiers = load_version(work, version_id, None)
    declared = _load_declared(work, version_id)
    return Reviewed(version, dossiers, load_flags(work, dossiers, None), declared, zone)


def stream_reviewed(work: UnitOfWork, version_id: int, zone: tzinfo) -> Iterator[Reviewed]:
    """The same, of some of the claims at once, in the article's order. Raises ``NotFound``."""
    version, parts = stream_version(work, version_id, None, AT_ONCE)
    declared = _load_declared(work, version_id)
    for dossiers in parts:
        yield Reviewed(version, dossiers, load_flags(work, dossiers, None), declared, zone)


def _load_declared(work: UnitOfWork, version_id: int) -> dict[str, Declaration]:
    declared = load_declarations(work, version_id)
    for name in find_bringers(work, version_id) & declared.keys():
        own = declared[name]
        declared[name] = replace(own, statement=f"{own.statement}; brought the article in")
    return declared
