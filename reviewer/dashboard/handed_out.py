"""Files that were made for a download: who asked for each, and may fetch it."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256
from threading import Lock

from streamlit.runtime import get_instance
from streamlit.runtime.media_file_storage import MediaFileKind

# Streamlit forgets a file within two runs of any page; of more than these the oldest is made again.
_MOST = 10_000
_takers: OrderedDict[bytes, set[str]] = OrderedDict()
_lock = Lock()


def let_fetch(content: bytes, sign_in: str) -> None:
    """Let the sign-in, by ``hash_token``, fetch a file of this content."""
    with _lock:
        _takers.setdefault(_digest(content), set()).add(sign_in)
        while len(_takers) > _MOST:
            _takers.popitem(last=False)


def may_fetch(file_id: str, sign_in: str) -> bool:
    """Whether the file that Streamlit serves by this id was made for the sign-in.

    The id is made of a file's length and parts of it: of two long files that differ elsewhere Streamlit keeps
    one, and whoever asked for the other is refused.
    """
    file = get_instance().media_file_mgr.read_file(file_id)
    if file is None or file.kind is not MediaFileKind.DOWNLOADABLE:
        return True
    with _lock:
        return sign_in in _takers.get(_digest(file.content), ())


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()
