"""Claims compared by what they say, with the house's own lexicon."""

from __future__ import annotations

from functools import lru_cache

from claims.articles.language import guess_language
from claims.equivalence.comparison import Likeness, Verdict, compare_claims
from claims.equivalence.signature import Signature, read_signature
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.lexicon.overlay import lay_over
from claims.lexicon.tables import TermRole
from claims.records.claim import Claim
from db.unit_of_work import UnitOfWork

# A longer claim is found by its beginning and compared with none: what differs might stand in its rest.
LONGEST_READ = 500


def open_lexicon(work: UnitOfWork) -> Lexicon:
    """The shipped lexicon under what reviewers added."""
    return lay_over(load_lexicon(), work.lexicon)


def compare_claims_of(known: Claim, asked: Claim, lexicon: Lexicon) -> Verdict:
    """Whether the claims say the same by the wording in which each stands alone.

    Under headings that name other conditions one sentence is two claims.
    """
    if len(known.read_as) > LONGEST_READ:
        return Verdict(Likeness.DIFFERENT, ("topic",))
    verdict = compare_claims(sign_claim(known, lexicon), sign_claim(asked, lexicon))
    conditions = [_list_conditions(claim, lexicon) for claim in (known, asked)]
    if verdict.likeness is Likeness.SAME and all(conditions) and conditions[0].isdisjoint(conditions[1]):
        return Verdict(Likeness.NEAR, ("scope",))
    return verdict


def have_same_conditions(work: UnitOfWork, one: Claim, other: Claim) -> bool:
    """Whether the headings above both claims name the same conditions, be it none."""
    lexicon = open_lexicon(work)
    return _list_conditions(one, lexicon) == _list_conditions(other, lexicon)


def _list_conditions(claim: Claim, lexicon: Lexicon) -> frozenset[frozenset[str]]:
    """What the headings above a claim name of conditions."""
    above = read_words(" ".join(filter(None, (claim.theme, claim.heading)))[:LONGEST_READ], lexicon)
    return frozenset(bag for part in above.parts if part.role is TermRole.CONDITION for bag in part.bags)


def sign_claim(claim: Claim, lexicon: Lexicon) -> Signature:
    """What the claim is taken apart into."""
    return read_words(claim.read_as[:LONGEST_READ], lexicon)


@lru_cache(maxsize=4096)
def read_words(text: str, lexicon: Lexicon) -> Signature:
    """What any words are taken apart into, by the language that they seem to be in."""
    return read_signature(text, "", guess_language(text), lexicon)
