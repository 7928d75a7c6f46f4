"""Nothing of a real record is lost: each text of its XML is in the citation, but for what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from lxml import etree

from claims.medline.parsing import RefusedRecord, parse_records
from claims.records.citation import Citation
from claims.records.record_json import to_json
from tests.evidence.completeness import find_lost, list_strings
from tests.evidence.shared_data import shared_folder


def real_records(folder: str) -> Iterator[tuple[str, etree._Element, Citation]]:
    for path in sorted((shared_folder("pubmed_xml") / folder).glob("*.xml")):
        try:
            root = etree.parse(path, etree.XMLParser(remove_comments=True, remove_pis=True)).getroot()
        except etree.XMLSyntaxError:
            continue
        elements = list(root.iter("PubmedArticle", "PubmedBookArticle"))
        if not elements:
            continue
        with path.open("rb") as stream:
            for element, record in zip(elements, parse_records(stream), strict=True):
                if not isinstance(record, RefusedRecord):
                    assert isinstance(record, Citation)
                    yield path.name, element, record


def test_each_text_of_a_real_record_is_in_its_citation() -> None:
    seen = 0
    for name, element, citation in real_records("records"):
        seen += 1
        assert list(find_lost(element, list_strings(to_json(citation)))) == [], name
    assert seen > 20


@pytest.mark.parametrize("folder", ["errors", "responses"])
def test_each_text_of_other_real_answers_that_hold_records_is_kept(folder: str) -> None:
    for name, element, citation in real_records(folder):
        assert list(find_lost(element, list_strings(to_json(citation)))) == [], name


def test_of_real_records_uis_and_corrections_are_as_sent() -> None:
    for name, element, record in chain(real_records("records"), real_records("errors")):
        sent = {one.get("UI", "") for one in element.iter("DescriptorName", "PublicationType")}
        read = {one.descriptor.ui for one in record.mesh} | {one.ui for one in record.publication_types}
        assert read == sent, name
        links = [one.get("RefType") for one in element.iter("CommentsCorrections")]
        assert [one.kind for one in record.corrections] == [one for one in links if one != "Cites"], name


def test_a_record_without_a_citation_is_the_only_one_refused() -> None:
    refused = {}
    for path in sorted((shared_folder("pubmed_xml") / "records").glob("*.xml")):
        with path.open("rb") as stream:
            refused[path.name] = [one for one in parse_records(stream) if isinstance(one, RefusedRecord)]
    assert {name: found for name, found in refused.items() if found} == {
        "jabref_MinimalEntry.xml": [RefusedRecord("no_citation", "", 1)]
    }
