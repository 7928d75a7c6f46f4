"""When two sentences are one wording: alike but for width, capitals, spaces and the full stop."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from claims.text.invisible import drop_invisible

_STOPS = "。．. "
_SPACES = re.compile(r"\s+")
# A space beside a Japanese sign tells nothing; between two English words it does.
_LOOSE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
# Compatibility forms would make 10² one with 102.
_RAISED = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u207f]+")


def normalise_wording(words: str) -> str:
    """The wording by which sentences are compared: what differs in it was written otherwise.

    >>> normalise_wording("濃度 ５％ は、毛を増やす。") == normalise_wording("濃度5%は､毛を増やす")
    True
    >>> normalise_wording("10² mm") == normalise_wording("102 mm")
    False
    """
    marked = _RAISED.sub(lambda raised: f"^{raised[0]}^", drop_invisible(words))
    folded = unicodedata.normalize("NFKC", marked).casefold()
    return _LOOSE.sub("", _SPACES.sub(" ", folded).strip()).rstrip(_STOPS)


def digest_wording(words: str) -> int:
    """A number of the normalised wording by which a database finds it."""
    return digest_key(f"wording:{normalise_wording(words)}")


def digest_key(key: str) -> int:
    """The key as a number of 63 bits, as a database keeps it: the same on every machine.

    >>> digest_key("word:~hair") == digest_key("word:~hair") < 2**63
    True
    """
    return (
        int.from_bytes(hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=8).digest(), "big")
        >> 1
    )
