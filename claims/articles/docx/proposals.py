"""Tracked changes that we propose in a Word file: nobody's words until a person accepts them in Word."""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree

# Who says in the margin what a rule says, and the initials of every comment that we write there.
HOUSE = "Konkyo"
_INSERTION, _DELETION, _DELETED = qn("w:ins"), qn("w:del"), qn("w:delText")
_AUTHOR = qn("w:author")


def sign_proposal(name: str) -> str:
    """The author of a change that ``name`` suggests: told apart from one that a person made in Word.

    >>> sign_proposal("Dr. Sample"), sign_proposal(HOUSE)
    ('Dr. Sample (Konkyo)', 'Konkyo')
    """
    return name if name == HOUSE else f"{name} ({HOUSE})"


def withdraw_proposals(root: etree._Element) -> None:
    """The text as it is while nobody has decided on our changes: what they add is not in it, the rest stays.

    Other open changes are left as they are; those are their author's words.
    """
    for element in [one for one in root.iter(_INSERTION, _DELETION) if _is_proposal(one)]:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag == _DELETION:
            for words in element.iter(_DELETED):
                words.tag = qn("w:t")
            for child in list(element):
                element.addprevious(child)
        parent.remove(element)


def _is_proposal(change: etree._Element) -> bool:
    author = change.get(_AUTHOR, "")
    return author == HOUSE or author.endswith(f" ({HOUSE})")
