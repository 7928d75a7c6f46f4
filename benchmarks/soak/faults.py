"""What is done to a house, and what must be seen: one line each in ``FAULTS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.soak import damage, databases, ncbi
from benchmarks.soak.grounds import POSTGRESQL, SQLITE
from benchmarks.soak.scene import Scene

BOTH = (SQLITE, POSTGRESQL)
Seen = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """A fault by name; ``run`` gives what was seen, and under ``wrong`` what should not be.

    ``beside_others``: it waits more than it works. ``is_short``: it is over in seconds.
    """

    name: str
    run: Callable[[Scene, str], Seen]
    databases: Sequence[str] = BOTH
    beside_others: bool = False
    is_short: bool = False


FAULTS = (
    Fault("disk full while two people grade", databases.fill_disk, (SQLITE,), is_short=True),
    Fault("file system read-only", databases.make_read_only, (SQLITE,)),
    Fault("locked by another for 30 s", databases.lock, beside_others=True),
    Fault("server restarted fast while two people grade", databases.restart_fast, (POSTGRESQL,)),
    Fault(
        "server restarted without a shutdown while two people grade", databases.restart_at_once, (POSTGRESQL,)
    ),
    Fault("server away for 30 s while two people grade", databases.take_away, (POSTGRESQL,)),
    Fault("home away for 30 s while two people grade", databases.take_folder_away, (SQLITE,)),
    Fault("clock jumps while two people grade", databases.jump_clock),
    Fault("index files damaged", damage.damage_index, (SQLITE,), is_short=True),
    Fault("a page of the database overwritten", damage.damage_pages, (SQLITE,)),
    Fault("session secret unreadable", damage.spoil_secret, (SQLITE,), is_short=True),
    Fault("clock set back by an hour between two searches", damage.set_clock_back),
    *(
        Fault(f"NCBI: {name}", ncbi.misbehave(kind), (SQLITE,), beside_others=True)
        for name, kind in ncbi.KINDS.items()
    ),
)
