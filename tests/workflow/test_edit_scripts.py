"""Whatever is done to a graded article, every untouched claim keeps its grade in the house."""

from __future__ import annotations

from collections import Counter
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import ArticleError
from claims.records.assessment import ClaimStatus, SupportGrade
from db.unit_of_work import UnitOfWork
from reviewer.workflow.assigning import declare_interests
from reviewer.workflow.comparing import compare_version
from reviewer.workflow.grading import record_grade
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import load_whole
from tests.anchoring.editing import Draft, a_draft, an_edit, write_draft
from tests.conftest import OpenWork
from tests.databases import lend_database
from tests.examples import at_most
from tests.factories import make_moment
from tests.workflow.articles import EDITOR, SATO


@st.composite
def a_history(draw: st.DrawFn) -> list[Draft]:
    """A draft, what became of it in two revisions, and one that goes back to the first and on from there."""
    first = draw(a_draft())
    second = draw(an_edit(first))
    return [first, second, draw(an_edit(second)), draw(an_edit(first))]


@settings(max_examples=at_most(10), deadline=None)
@given(a_history())
def test_any_history_of_edits_keeps_every_untouched_grade(history: list[Draft]) -> None:
    open_work = partial(UnitOfWork, lend_database())
    ever_graded: set[str] = set()
    newest = None
    for number, draft in enumerate(history):
        before = history[max(0, number - 1)]
        newest = check_revision(open_work, draft, before, newest, ever_graded, 10 * number)


def check_revision(
    open_work: OpenWork,
    draft: Draft,
    before: Draft,
    newest: int | None,
    ever_graded: set[str],
    minutes: int,
) -> int | None:
    """Bring the draft in as what follows ``newest``, check every former grade, and grade all of its claims.

    The version that is the newest then.
    """
    if not draft:
        return newest
    article, starts = write_draft(draft)
    try:
        with open_work() as work:
            done = ingest_article(work, article, EDITOR, make_moment(minutes), revises=newest)
    except ArticleError:
        return newest
    with open_work() as work:
        dossiers = load_whole(work, done.claims)
        compared = compare_version(work, done.version.id, EDITOR)
    graded = Counter(
        d.claim.claim.text for d in dossiers if d.verdict and d.claim.status is ClaimStatus.GRADED
    )
    if compared.former is not None and not done.known:
        text = {s.id: s.text.lstrip("- ") for paragraph in before for s in paragraph}
        untouched = Counter(words for id, words in text.items() if id in starts)
        claims = Counter(claim.claim.text for change in compared.changes for claim in change.former)
        assert graded >= untouched & claims
        assert sum(len(change.claims) for change in compared.changes) == len(done.claims)
    assert ever_graded & {claim.claim.text for claim in done.claims} <= set(graded)
    ever_graded.update(claim.claim.text for claim in done.claims)
    graded_at = make_moment(minutes + 1)
    with open_work() as work:
        declare_interests(work, done.version.id, "なし", SATO.qualification, SATO, graded_at)
    for claim in done.claims:
        with open_work() as work:
            record_grade(work, claim.id, SupportGrade.CANNOT_JUDGE, "全文が要る", SATO, graded_at)
    return done.version.id
