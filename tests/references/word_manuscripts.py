"""The two manuscripts as Word files: two references are footnotes, two endnotes, six a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.articles.test_docx_notes import SEPARATOR, annotated_file, mark, note, run
from tests.references.manuscripts import ENGLISH, JAPANESE

FOOTNOTES, ENDNOTES = (1, 2), (3, 4)
NOTED = (*FOOTNOTES, *ENDNOTES)
# The mark of a reference that is a note, with the blank before it.
_MARK = re.compile(r"\s?(?:\[([1-4])\]|※([1-4]))")
_ENTRY = re.compile(r"^(?:\[(\d+)\]|(\d+)\.) (.+)$", re.MULTILINE)


def write_word(text: str) -> bytes:
    """A manuscript as Word writes it: notes with marks of Word's own, numbered marks for the rest."""
    _, title, prose, heading, _ = re.split(r"^#+ (.+)\n", text, flags=re.MULTILINE)
    entries = {int(one[1] or one[2]): one for one in _ENTRY.finditer(text)}
    listed = [entries[number][0] for number in entries if number not in NOTED]
    body = [_head(title), f"<w:p>{''.join(_write_prose(_join(prose)))}</w:p>", _head(heading)]
    footnotes = (note(number, entries[number][3]) for number in FOOTNOTES)
    endnotes = (note(at, entries[number][3], "endnote") for at, number in enumerate(ENDNOTES, start=1))
    parts = {"footnotes": SEPARATOR + "".join(footnotes), "endnotes": "".join(endnotes)}
    return annotated_file("".join([*body, *(f"<w:p>{run(line)}</w:p>" for line in listed)]), parts)


def _head(words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run(words)}</w:p>'


def _join(prose: str) -> str:
    """The lines of the prose as one."""
    return prose.strip().replace("\n", "" if "。" in prose else " ")


def _write_prose(prose: str) -> Iterator[str]:
    at = 0
    for found in _MARK.finditer(prose):
        number = int(found[1] or found[2])
        yield run(prose[at : found.start()])
        yield mark(number) if number in FOOTNOTES else mark(number - len(FOOTNOTES), "endnote")
        at = found.end()
    yield run(prose[at:])


WORD_FILES = {"en": write_word(ENGLISH), "ja": write_word(JAPANESE)}
