"""Papers brought in beside the text: for a claim or the article, looked up and judged as the author's own."""

from __future__ import annotations

import pytest

from claims.errors import NotFound, RoleRefused, RuleRefused
from claims.records.assessment import ClaimStatus
from claims.records.audit import AuditAction
from claims.records.people import Role, User
from claims.records.reference import Identity, NamedPaper
from claims.records.review import ArticleVersion
from reviewer.accounts.offline import OPERATOR
from reviewer.rules.visibility import ANOTHER
from reviewer.workflow.checking_references import check_references
from reviewer.workflow.importing_references import Imported, import_references
from reviewer.workflow.references import load_cited_article
from reviewer.workflow.searching import Searcher
from tests.conftest import OpenWork
from tests.entrez_server import EntrezServer
from tests.factories import make_audit_entry, make_moment, make_user
from tests.references.manuscripts import ENGLISH, OTHER, PMIDS
from tests.workflow.test_references import ORAL, bring, check, look, searcher, server

__all__ = ["searcher", "server"]
COPPER = NamedPaper(
    "Sample A. Copper prevents anaemia after gastric bypass. J Sample. 2020;5:2-3.", doi="10.5555/sample.5"
)
WRONG = NamedPaper("Sample A. Vitamin D prevents fractures of the hip. J. 2020;3:2-3.", pmid=OTHER)
UNKNOWN = NamedPaper("PMID: 9000000777", pmid="9000000777")


def attach(
    open_work: OpenWork, version: ArticleVersion, *papers: NamedPaper, claim: int | None = None
) -> Imported:
    with open_work() as work:
        claims = work.claims.list_claims(version.id)
        claim_id = None if claim is None else claims[claim].id
        return import_references(work, version.id, papers, OPERATOR, make_moment(), claim_id)


def test_a_paper_for_a_claim_stands_first_under_it_and_another_paper_is_told(
    open_work: OpenWork, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    done = attach(open_work, version, COPPER, WRONG, UNKNOWN, claim=0)
    assert (len(done.added), done.known) == (3, 0)
    check(open_work, version, searcher)
    zinc, iron = look(open_work, version)[:2]
    assert [one.pmid for one in zinc.findings] == [PMIDS[0], PMIDS[4]]
    assert [one.look_up.identity for one in zinc.references] == [
        Identity.SAME,
        Identity.SAME,
        Identity.OTHER_PAPER,
        Identity.NO_RECORD,
    ]
    assert [one.added_by for one in zinc.references] == ["", *[OPERATOR.name] * 3]
    assert len(iron.references) == 1


def test_a_paper_for_the_article_that_its_list_has_already_is_left_alone(open_work: OpenWork) -> None:
    version = bring(open_work, ENGLISH)
    known = NamedPaper("another wording", doi="10.5555/SAMPLE.1")
    done = attach(open_work, version, known, UNKNOWN)
    assert ([one.said for one in done.added], done.known) == ([UNKNOWN], 1)
    assert attach(open_work, version, UNKNOWN).known == 1
    # For a claim it is another matter: the list has it, the claim does not.
    assert len(attach(open_work, version, UNKNOWN, claim=1).added) == 1
    with open_work() as work:
        cited = load_cited_article(work, version.id, None)
        (entry,) = [
            one for one in work.audit.list_entries() if one.action is AuditAction.REFERENCES_IMPORTED
        ][-1:]
    unused = [one.position for one in cited.references if not cited.list_citing(one)]
    assert unused == [11]
    assert dict(entry.values) == {"references": "1", "known": "1"}


def test_what_was_brought_in_goes_with_its_claim_into_the_next_version(
    open_work: OpenWork, server: EntrezServer, searcher: Searcher
) -> None:
    version = bring(open_work, ENGLISH)
    attach(open_work, version, COPPER, claim=0)
    attach(open_work, version, COPPER, claim=8)
    check(open_work, version, searcher)
    asked = len(server.seen)
    revised = bring(open_work, ORAL)
    zinc, *_, calcium, _ = look(open_work, revised)
    assert calcium.claim.claim.text.startswith("Oral calcium")
    for dossier in (zinc, calcium):
        assert [one.said for one in dossier.references][-1] == COPPER
        assert PMIDS[4] in {finding.pmid for finding in dossier.findings}
    assert list(check_references(open_work, revised, searcher, OPERATOR)) == []
    assert len(server.seen) == asked


def test_nothing_is_brought_into_a_version_that_is_closed_nor_by_who_may_not_search(
    open_work: OpenWork,
) -> None:
    version = bring(open_work, ENGLISH)
    with open_work() as work, pytest.raises(RoleRefused):
        import_references(work, version.id, [COPPER], make_user("x", Role.ADMIN), make_moment())
    with open_work() as work, pytest.raises(NotFound):
        import_references(work, version.id, [COPPER], OPERATOR, make_moment(), 404)
    bring(open_work, ORAL)
    with pytest.raises(RuleRefused, match="version_older"):
        attach(open_work, version, COPPER)


def test_who_brought_a_paper_in_for_an_open_claim_is_known_to_whom_graders_are(open_work: OpenWork) -> None:
    version = bring(open_work, ENGLISH)
    reviewer = make_user("sato", Role.REVIEWER)
    with open_work() as work:
        claim = work.claims.list_claims(version.id)[0]
        import_references(work, version.id, [COPPER], reviewer, make_moment(), claim.id)

    def tell(viewer: User | None) -> str:
        with open_work() as work:
            return load_cited_article(work, version.id, viewer).references[-1].added_by

    assert tell(reviewer) == "sato"
    assert tell(make_user("mori", Role.EDITOR)) == tell(make_user("kato", Role.ADJUDICATOR)) == "sato"
    for other in (make_user("suzuki", Role.REVIEWER), make_user("ito", Role.AUTHOR), None):
        assert tell(other) == ANOTHER
    with open_work() as work:
        work.claims.change_status(claim.id, ClaimStatus.GRADED, claim.revision)
        work.commit(make_audit_entry())
    assert tell(None) == "sato", "the claim is settled"
