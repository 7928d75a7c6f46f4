"""What the links of a Word file lead to: by relationship, or by the code of a field."""

from __future__ import annotations

import re

from docx.opc.rel import Relationships
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from claims.articles.docx.words import LEADS_TO, LINK
from claims.references import find_address

_RUN, _FIELD = qn("w:r"), qn("w:fldChar")
_LINKING = re.compile(r"\s{0,9}HYPERLINK\s{1,9}\"([^\"]{1,2000})\"", re.IGNORECASE)


def name_links(root: etree._Element, relationships: Relationships) -> None:
    """Write on each link to a paper under ``root`` what it leads to; a field becomes a link like the others.

    The tree is for reading alone: nobody saves it.
    """
    for link in root.iter(LINK):
        relation = relationships.get(link.get(qn("r:id"), ""))
        if relation is not None and relation.is_external:
            link.set(LEADS_TO, find_address(relation.target_ref))
    for simple in root.iter(qn("w:fldSimple")):
        if found := _LINKING.match(simple.get(qn("w:instr"), "")):
            simple.tag = LINK
            simple.set(LEADS_TO, find_address(found[1]))
    for code in list(root.iter(qn("w:instrText"))):
        run = code.getparent()
        found = _LINKING.match(code.text or "")
        if found and run is not None and run.tag == _RUN and (address := find_address(found[1])):
            _hold_together(run, address)


def _hold_together(code: etree._Element, address: str) -> None:
    """Put the runs that a field shows, those behind its code, into one link."""
    shown: list[etree._Element] = []
    begun = False
    for run in code.itersiblings(_RUN):
        kinds = [field.get(qn("w:fldCharType")) for field in run.iterchildren(_FIELD)]
        if "end" in kinds:
            break
        if begun:
            shown.append(run)
        begun = begun or "separate" in kinds
    if shown:
        link = OxmlElement("w:hyperlink")
        link.set(LEADS_TO, address)
        shown[0].addprevious(link)
        link.extend(shown)
