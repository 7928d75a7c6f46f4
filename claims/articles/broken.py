"""What parsers of other people's formats raise when a file breaks the format."""

from __future__ import annotations

# Neither pypdf nor python-docx keeps to its own exceptions: fuzzing brought out most of these.
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
