"""What the buttons of searching do."""

from __future__ import annotations

from claims.errors import KonkyoError
from reviewer.dashboard.session import get_house, get_translate, get_user, keep_message, keep_refusal
from reviewer.workflow.searching import search_claims


def search_again(claim_id: int) -> None:
    """Search for the claim now, in the library or else in PubMed; a failure is stored as one."""
    house, translate = get_house(), get_translate()
    try:
        searcher = house.searcher(house.default_source)
        with house.work() as work:
            claim = work.claims.get_claim(claim_id)
            version = work.articles.get_version(claim.version_id)
        for _ in search_claims(house.work, version, (claim,), searcher, get_user()):
            keep_message("saved", translate("The search has ended."))
    except KonkyoError as error:
        keep_refusal(error)
