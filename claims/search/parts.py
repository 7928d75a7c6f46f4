"""A query in the parts that a person reads it by."""

from __future__ import annotations

import re

_SIGN = re.compile(r'[()"]|\s(?=(?:AND|NOT)\s)')


def split_query(query: str) -> list[str]:
    """The parts that AND and NOT join, outside of brackets and quotation marks, in their order.

    Each but the first begins with its operator; joined by spaces they are the query again.

    >>> split_query('(hair OR "AND so") AND (a NOT b) NOT mice')
    ['(hair OR "AND so")', 'AND (a NOT b)', 'NOT mice']
    """
    parts, begin, depth, is_quoted = [], 0, 0, False
    for sign in _SIGN.finditer(query):
        if sign.group() == '"':
            is_quoted = not is_quoted
        elif is_quoted:
            continue
        elif sign.group() in "()":
            depth += 1 if sign.group() == "(" else -1
        elif depth == 0:
            parts.append(query[begin : sign.start()].strip())
            begin = sign.end()
    parts.append(query[begin:].strip())
    return [part for part in parts if part]
