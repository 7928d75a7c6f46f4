"""How much each person has uploaded and the server still holds, over all of their pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

# Two files as large as an article may be, for one person at once: they stay in the server's memory.
MOST_BYTES = 60 * 1024 * 1024
HoldsFile = Callable[[str, str], bool]


class Uploads:
    """Files by the person who sent them. Used by the server's one loop, which changes nothing in between.

    ``holds_file`` tells for a session and a file's id whether the server has the file: what was removed, or
    went with its page, counts no more.
    """

    def __init__(self, holds_file: HoldsFile) -> None:
        self._holds_file = holds_file
        self._sizes: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        self._coming: set[tuple[str, str]] = set()

    def begin(self, person: str, session_id: str, file_id: str, size: int) -> bool:
        """Whether the person may send a file of so many bytes now; it counts from here on."""
        place = session_id, file_id
        held = {
            known: bytes_held
            for known, bytes_held in self._sizes[person].items()
            if known in self._coming or self._holds_file(*known)
        }
        self._sizes[person] = held
        if place in self._coming or sum(held.values()) - held.get(place, 0) + size > MOST_BYTES:
            return False
        held[place] = size
        self._coming.add(place)
        return True

    def end(self, session_id: str, file_id: str) -> None:
        """The file has come, or broke off: it counts as long as the server has it."""
        self._coming.discard((session_id, file_id))
