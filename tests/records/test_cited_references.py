"""Which of a version's references each claim cites."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from claims.records.reference import AuthorReference, CitedReferences, NamedPaper, Span, is_cited
from tests.factories import make_claim

PLACES = st.integers(0, 60)


def a_reference(position: int, marks: tuple[Span, ...] = (), claim_id: int | None = None) -> AuthorReference:
    return AuthorReference(1, position, NamedPaper(f"R{position}"), marks=marks, claim_id=claim_id)


@given(
    marks=st.lists(st.lists(PLACES.map(lambda start: (start, start + 3)), max_size=4), max_size=6),
    brought=st.lists(st.sampled_from([None, 1, 2]), max_size=6),
    start=PLACES,
    length=st.integers(1, 20),
)
def test_a_claim_cites_what_marks_within_it_point_at_and_what_was_brought_in_for_it(
    marks: list[list[Span]], brought: list[int | None], start: int, length: int
) -> None:
    references = [a_reference(number, tuple(spans)) for number, spans in enumerate(marks, start=1)]
    references += [a_reference(number, claim_id=one) for number, one in enumerate(brought, len(marks) + 1)]
    claim = replace(make_claim(), start=start, end=start + length)
    found = CitedReferences(references).find(claim, 1)
    wanted = {one.position for one in references if is_cited(one.marks, one.claim_id, claim, 1)}
    assert sorted(one.position for one in found) == sorted(wanted)
    firsts = [min((s for s, _ in one.marks if s >= start), default=99) for one in found]
    assert firsts == sorted(firsts)
