"""The text of the next version, made of what the author answered to flags."""

from __future__ import annotations

from dataclasses import replace

import pytest

from claims.articles import parse_article
from claims.articles.formats import Format
from claims.articles.reading import parse_document
from claims.errors import RoleRefused
from claims.extraction import extract_claims
from claims.records.flag import AnswerKind, Flag, FlagAnswer, FlagReason, FlagResolution
from claims.records.lineage import Relation
from claims.records.review import ArticleVersion, ReviewClaim
from reviewer.rules.dossier import Dossier
from reviewer.workflow.ingesting import ingest_article
from reviewer.workflow.loading import load_version
from reviewer.workflow.rewriting import (
    Rewrite,
    find_other_format,
    ingest_rewritten,
    list_rewrites,
    name_text,
    rewrite_text,
)
from tests.conftest import OpenWork
from tests.factories import make_moment
from tests.workflow.articles import GROWTH, SLEEP, STEM, ingest
from tests.workflow.clinic import AUTHOR, EDITOR

SOFT = "ミノキシジルは毛包の成長期を延長する可能性があります。"
REMARK = "次の版で直します。"
PAGE = f"<html><head><title>院長の話</title></head><h1>毛と眠り</h1><p>{GROWTH}</p><p>{SLEEP}</p></html>"


def load(open_work: OpenWork, version_id: int) -> tuple[ArticleVersion, tuple[Dossier, ...]]:
    with open_work() as work:
        return load_version(work, version_id, None)


def flag(
    claim: ReviewClaim, *answers: tuple[AnswerKind, str, int], reason: FlagReason = FlagReason.CONTRADICTED
) -> Flag:
    given = tuple(
        FlagAnswer(claim.id, reason.value, kind, words, "author", make_moment(at), claim.text_hash)
        for kind, words, at in answers
    )
    return Flag(claim.id, reason.value, reason, claim.claim.start, claim.claim.end, answers=given)


def change(claim: ReviewClaim, new: str) -> Rewrite:
    return Rewrite(claim, claim.claim.text, new, True)


def test_words_change_at_their_places_and_a_line_that_says_nothing_else_is_gone(
    open_work: OpenWork,
) -> None:
    version, dossiers = load(open_work, ingest(open_work, f"# 毛\n{GROWTH}{STEM}\n- {SLEEP}").version.id)
    growth, stem, sleep = (dossier.claim for dossier in dossiers)
    rewrites = [change(growth, SOFT), change(stem, ""), change(sleep, "")]
    assert rewrite_text(version.article.text, rewrites).rstrip() == f"# 毛\n{SOFT}"
    assert rewrite_text(version.article.text, []) == version.article.text


def test_the_last_answer_to_each_flag_stands_and_of_several_the_latest(open_work: OpenWork) -> None:
    version, dossiers = load(open_work, ingest(open_work, GROWTH).version.id)
    (claim,) = (dossier.claim for dossier in dossiers)
    rewrite, dispute, delete = AnswerKind.REWRITE, AnswerKind.DISPUTE, AnswerKind.DELETE
    expected = {
        ((rewrite, SOFT, 1),): [SOFT],
        ((rewrite, SOFT, 1), (dispute, "否", 2)): [],
        ((dispute, "否", 1), (delete, "", 2)): [""],
        ((rewrite, claim.claim.text, 1),): [],
    }
    for answers, new in expected.items():
        found = list_rewrites(version, dossiers, {claim.id: [flag(claim, *answers)]})
        assert [one.new for one in found] == new, answers
    two = [flag(claim, (rewrite, SOFT, 3)), flag(claim, (delete, "", 2), reason=FlagReason.HEDGE_DROPPED)]
    assert [one.new for one in list_rewrites(version, dossiers, {claim.id: two})] == [SOFT]


def test_an_answer_that_a_reviewer_refused_changes_nothing(open_work: OpenWork) -> None:
    version, dossiers = load(open_work, ingest(open_work, GROWTH).version.id)
    (claim,) = (dossier.claim for dossier in dossiers)
    asked = flag(claim, (AnswerKind.REWRITE, SOFT, 1))
    for settled, count in ((True, 1), (False, 0)):
        said = FlagResolution(claim.id, asked.key, settled, "", "a", make_moment(2), claim.text_hash)
        resolved = replace(asked, resolutions=(said,))
        assert len(list_rewrites(version, dossiers, {claim.id: [resolved]})) == count


@pytest.mark.parametrize(
    ("kind", "words", "is_alike"),
    [
        (AnswerKind.REWRITE, SOFT, True),
        (AnswerKind.REWRITE, REMARK, False),
        (AnswerKind.DELETE, "", True),
    ],
)
def test_a_remark_is_told_from_a_new_wording(
    open_work: OpenWork, kind: AnswerKind, words: str, is_alike: bool
) -> None:
    version, dossiers = load(open_work, ingest(open_work, GROWTH).version.id)
    (claim,) = (dossier.claim for dossier in dossiers)
    (found,) = list_rewrites(version, dossiers, {claim.id: [flag(claim, (kind, words, 1))]})
    assert (found.new, found.is_alike) == (words, is_alike)


def test_of_two_claims_of_the_same_words_the_latest_answer_is_taken_and_tells_the_other(
    open_work: OpenWork,
) -> None:
    version, dossiers = load(open_work, ingest(open_work, GROWTH, SLEEP).version.id)
    one, other = (dossier.claim for dossier in dossiers)
    same = replace(dossiers[1], claim=replace(other, claim=one.claim))
    flags = {
        one.id: [flag(one, (AnswerKind.DELETE, "", 1))],
        other.id: [flag(other, (AnswerKind.REWRITE, SOFT, 2))],
    }
    (found,) = list_rewrites(version, (dossiers[0], same), flags)
    assert (found.new, found.claim.number, found.beside) == (SOFT, other.number, (one.number,))


def test_what_came_as_a_page_goes_on_as_text_and_the_untouched_claim_is_the_same(
    open_work: OpenWork,
) -> None:
    document = parse_document(PAGE.encode(), "story.html")
    with open_work() as work:
        first = ingest_article(work, document.article, EDITOR, make_moment(), document.original)
    version, dossiers = load(open_work, first.version.id)
    growth, sleep = (dossier.claim for dossier in dossiers)
    with open_work() as work:
        media_type = find_other_format(work, version.id)
    assert (media_type, name_text(version, media_type)) == (Format.HTML, "article.txt")
    assert name_text(version, Format.MARKDOWN) == "story.html"
    text = rewrite_text(version.article.text, [change(growth, SOFT)])
    article = replace(parse_article(text, origin="article.txt"), title=version.article.title)
    assert text == article.text, "the text is canonical already"
    original = parse_document(text.encode(), "article.txt").original
    with open_work() as work:
        made = ingest_rewritten(
            work, version.id, article, original, extract_claims(article), AUTHOR, make_moment(5)
        )
    assert made.revision is not None
    anchors = {anchor.former[0]: anchor for anchor in made.revision.anchoring.anchors}
    relations = {former: anchor.relation for former, anchor in anchors.items()}
    assert relations == {growth.id: Relation.REWORDED, sleep.id: Relation.UNCHANGED}
    assert not anchors[sleep.id].reread


def test_who_does_not_revise_makes_no_version(open_work: OpenWork) -> None:
    version, _ = load(open_work, ingest(open_work, GROWTH).version.id)
    document = parse_document(SOFT.encode(), "article.txt")
    with open_work() as work, pytest.raises(RoleRefused):
        ingest_rewritten(
            work,
            version.id,
            document.article,
            document.original,
            extract_claims(document.article),
            EDITOR,
            make_moment(5),
        )
