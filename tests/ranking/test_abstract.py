"""An abstract is read into sentences with their parts; offsets are those of the stored text."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claims.records.citation import AbstractSection
from claims.stance.abstract import Part, read_abstract
from tests.factories import make_citation
from tests.ranking.asking import abstract_of

sections = st.lists(
    st.builds(
        AbstractSection,
        st.text(alphabet="Aab. (PD)1%<\n", max_size=60),
        st.sampled_from(["", "RESULTS", "Aims and Methods"]),
    ),
    max_size=4,
)


@given(sections)
def test_each_sentence_stands_at_its_offsets_and_none_is_lost(parts: list[AbstractSection]) -> None:
    citation = replace(make_citation(1), abstract=tuple(parts))
    text = citation.abstract_text
    sentences = read_abstract(citation).sentences
    assert all(text[sentence.start : sentence.end] == sentence.text for sentence in sentences)
    told = sum(len("".join(part.text.split())) for part in parts)
    assert sum(len("".join(sentence.text.split())) for sentence in sentences) == told


def test_a_label_counts_whether_it_is_set_apart_or_printed_in_the_text() -> None:
    printed = abstract_of("RESULTS Hair grew. It was dense. CONCLUSIONS The agent works.")
    citation = replace(
        make_citation(1),
        abstract=(AbstractSection("Hair grew.", "FINDINGS"), AbstractSection("It works.", "Conclusion")),
    )
    assert [s.part for s in printed.sentences] == [Part.RESULTS, Part.RESULTS, Part.CONCLUSION]
    assert [s.part for s in read_abstract(citation).sentences] == [Part.RESULTS, Part.CONCLUSION]


def test_both_forms_of_an_explained_abbreviation_are_known_in_every_sentence() -> None:
    abstract = abstract_of("Androgenetic alopecia (AGA) is common. AGA progresses.")
    assert all({"aga", "alopecia"} <= sentence.known for sentence in abstract.sentences)


def test_without_an_abstract_there_is_no_sentence() -> None:
    assert read_abstract(replace(make_citation(1), abstract=())).sentences == ()
