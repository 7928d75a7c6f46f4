"""Letters that a scanner set apart are closed up again."""

from __future__ import annotations

import re

_JAPANESE = r"[\u3041-\u30ff\u3400-\u9fff\uff01-\uff5e、。「」『』]"
_WORD = re.compile(rf"{_JAPANESE}+")
_GAP = re.compile(rf"(?<={_JAPANESE})[ \u3000](?={_JAPANESE})")
# Of that many pieces of Japanese so large a part are single letters: nobody writes so.
_FEWEST_PIECES, _MOSTLY = 12, 0.8


def close_up(text: str) -> str:
    """The text, without the blanks between Japanese letters where nearly each letter stands alone.

    Programs that read scans often set a blank behind every letter; no word could be found in that.

    >>> close_up("ヒ ア ル ロ ン 酸 は 痛 み を 抑 え る 。")
    'ヒアルロン酸は痛みを抑える。'
    >>> close_up("A 型 肝炎 と B 型 肝炎")
    'A 型 肝炎 と B 型 肝炎'
    """
    pieces = _WORD.findall(text)
    alone = sum(len(piece) == 1 for piece in pieces)
    if len(pieces) < _FEWEST_PIECES or alone < _MOSTLY * len(pieces):
        return text
    return _GAP.sub("", text)
