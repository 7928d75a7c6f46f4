"""Whatever stands in a claim, a record, a name or a comment is shown as text by every component.

The tags and attributes of what is drawn are those of the same page about harmless words, and the foreign
words can be read on it as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from claims.errors import KonkyoError
from claims.records.adjudication import Adjudication
from claims.records.article import text_hash
from claims.records.assessment import ClaimStatus, LevelOverride, SupportGrade
from claims.records.citation import AbstractSection
from claims.records.claim import Quantity, WordingRisk, WordingRule
from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagReason, FlagResolution
from claims.records.lineage import Relation
from claims.records.people import Role, User
from claims.records.rationale import Rationale
from claims.records.retrieval import SearchStatus
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.api.sign_in_page import render_sign_in
from reviewer.dashboard.components.article import render_article
from reviewer.dashboard.components.changes import render_changes
from reviewer.dashboard.components.citation_list import render_row
from reviewer.dashboard.components.claim import render_claim, render_former
from reviewer.dashboard.components.drawing import render_note, render_table
from reviewer.dashboard.components.effort import render_effort
from reviewer.dashboard.components.evidence import render_citation
from reviewer.dashboard.components.flags import render_flags
from reviewer.dashboard.components.opinions import render_opinions
from reviewer.dashboard.navigation import render_progress
from reviewer.i18n import translator
from reviewer.markup import Html, MarkedSpan, mark_text
from reviewer.rules.dossier import Dossier, Former
from reviewer.workflow.comparing import ClaimChange, Comparison
from reviewer.workflow.effort import EffortStatistics
from reviewer.workflow.surroundings import Surroundings
from tests.factories import (
    make_article,
    make_assessment,
    make_citation,
    make_claim,
    make_finding,
    make_moment,
    make_run,
)

HARMLESS = "plain words"
REFUSAL = KonkyoError("sign_in_wrong")
PIECES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>",
    "</div></section>",
    "'",
    '"',
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "&amp;",
    "&lt;i&gt;",
    "&",
    "{}",
    "{0}",
    "%s",
    "$name",
    "`",
    "-->",
    "]]>",
    "<!--",
    "javascript:alert(1)",
    "p < 0.05",
    "毛が増える",
)
hostile_texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join)


def make_dossier(text: str) -> Dossier:
    """A claim about which everything that has words has these."""
    claim = replace(
        make_claim(text, read_as=f"read: {text}"),
        theme=text,
        heading=text,
        hedge=text,
        quantities=(Quantity("1", text, text),),
        wording_risks=(WordingRisk(WordingRule.ABSOLUTE, text, 0, len(text)),),
    )
    citation = replace(
        make_citation(1, title=text),
        abstract=(AbstractSection(text, label=""),),
        journal=text,
        published=text,
        published_year=None,
    )
    stored = citation.abstract_text
    finding = replace(make_finding(1), rationales=(Rationale(citation.pmid, stored, 0, len(stored)),))
    run = replace(make_run(), query=text, source=text, translation=text)
    failed = replace(make_run(SearchStatus.FAILED), failure_values=(("source", text),))
    graded = make_assessment(comment=text, claim_text=text, graded_by=text)
    return Dossier(
        claim=ReviewClaim(2, 2, 1, claim, ClaimStatus.ADJUDICATED, 1, reason=text),
        search_status=SearchStatus.FOUND,
        runs=(run, failed),
        findings=(finding,),
        citations={citation.pmid: citation},
        assessments=(graded,),
        levels=(LevelOverride(citation.pmid, 1, text, text, make_moment()),),
        adjudication=Adjudication(
            2, SupportGrade.SUPPORTED, text, text, make_moment(), text_hash(text), (text,)
        ),
        former=(Former(ReviewClaim(1, 1, 1, claim, ClaimStatus.GRADED, 1), (graded,), ()),),
    )


def make_flag(text: str) -> Flag:
    answer = FlagAnswer(1, "key", AnswerKind.DISPUTE, text, text, make_moment(), text)
    resolution = FlagResolution(1, "key", False, text, text, make_moment(), text)
    return Flag(
        1, "key", FlagReason.RAISED_BY_PERSON, 0, 1, text, text, text, make_moment(), (answer,), (resolution,)
    )


def draw_claim(text: str) -> Html:
    dossier = make_dossier(text)
    return render_claim(dossier, render_former(dossier, {text: text}, "en"), "en")


def draw_voices(text: str) -> Html:
    return render_opinions(make_dossier(text), "nobody", {text: text}, "en")


def draw_citation(text: str) -> Html:
    dossier = make_dossier(text)
    return render_citation(dossier, dossier.findings[0], translator("en"))


def draw_row(text: str) -> Html:
    dossier = make_dossier(text)
    return render_row(dossier, dossier.findings[0], None, translator("en"))


def draw_flags(text: str) -> Html:
    return render_flags([make_flag(text)], "en")


def draw_changes(text: str) -> Html:
    claim = make_dossier(text).claim
    changes = [
        ClaimChange(relation, (claim,), (), (replace(claim, claim=make_claim(f"{text} new")),))
        for relation in Relation
    ]
    version = ArticleVersion(1, 1, 1, make_article(text), make_moment())
    return render_changes(Comparison(version, version, tuple(changes)), translator("en"))


def draw_article(text: str) -> Html:
    article = make_article(f"{text} and more", title=text)
    claim = make_dossier(text).claim
    version = ArticleVersion(1, 1, 1, article, make_moment())
    around = Surroundings(version, (claim,), 1, 0, None, None, None)
    return render_article(around, claim.id, translator("en"))


def draw_mark(text: str) -> Html:
    return mark_text(f"- {text}", [MarkedSpan(0, 1, css=text, title=text, note=text)])


def draw_effort(text: str) -> Html:
    return render_effort([EffortStatistics(text, 1, 1.0, 1, 1.0, 1.0)], translator("en"))


def draw_table(text: str) -> Html:
    return render_table([text], [[text, Html("<b>{}</b>").format(text)]], css=text)


def draw_progress(text: str) -> Html:
    return render_progress(1, 2, text) + render_note(text)


def draw_sign_in(text: str) -> Html:
    person = User(1, text, text, (Role.REVIEWER,), text, text)
    return render_sign_in("en", text, text, REFUSAL, (person,))


COMPONENTS: tuple[Callable[[str], Html], ...] = (
    draw_claim,
    draw_voices,
    draw_citation,
    draw_row,
    draw_flags,
    draw_changes,
    draw_article,
    draw_mark,
    draw_effort,
    draw_table,
    draw_progress,
    draw_sign_in,
)


def list_marks(drawn: Html) -> set[tuple[str, ...]]:
    """The tags with the attributes that they have."""
    return {
        (str(element.tag), *sorted(map(str, element.attrib)))
        for element in html.document_fromstring(drawn).iter()
    }


@pytest.mark.parametrize("draw", COMPONENTS)
@given(text=hostile_texts)
def test_foreign_words_bring_no_tag_and_no_attribute(draw: Callable[[str], Html], text: str) -> None:
    assert list_marks(draw(text)) <= list_marks(draw(HARMLESS))


@pytest.mark.parametrize("draw", COMPONENTS)
@given(text=hostile_texts)
def test_foreign_words_can_be_read_as_they_are(draw: Callable[[str], Html], text: str) -> None:
    drawn = html.document_fromstring(draw(text))
    read = [
        "".join(map(str, drawn.itertext())),
        *(str(value) for element in drawn.iter() for value in element.attrib.values()),
    ]
    assert any(text in words for words in read)


def test_control_and_direction_characters_are_shown_as_unreadable() -> None:
    assert Html("<p>{}</p>").format("a\x00\u202eb") == "<p>a\ufffd\ufffdb</p>"
    assert Html().join(["\u2066", Html("<br>")]) == "\ufffd<br>"
    assert Html("<p>") + "\x1b<" == "<p>\ufffd&lt;"
