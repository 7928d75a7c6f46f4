"""The claims library: settled claims by words and filters, and what was settled of the same claim elsewhere.

A step that settles a claim marks it; marked claims are taken in when somebody next looks, so that no grade
waits for it (ADR 0059). What a former claim was graded is sealed until the viewer gave a grade of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.articles.language import guess_language
from claims.equivalence.blocking import (
    digest_key,
    list_asked_keys,
    list_blocking_keys,
    list_word_keys,
)
from claims.equivalence.comparison import Likeness, Verdict, compare_claims
from claims.equivalence.signature import Signature, read_signature
from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.lexicon.overlay import lay_over
from claims.lexicon.tables import TermRole
from claims.records.claim import Claim
from claims.records.decision import VersionState
from claims.records.known_claim import KnownClaim, KnownFilter
from claims.records.people import User
from claims.records.review import VersionSummary
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.states import load_states

# So many claims are taken in before a page is drawn; the rest before the next one. Each takes some 10 ms.
AT_A_LOOK = 100
# What is asked for has so many signs and words at most. A longer claim is found by its beginning and compared
# with none: what differs might stand in its rest.
LONGEST_ASKED, MOST_WORDS, LONGEST_READ = 200, 12, 500
# So many settled claims that share most keys with a claim are compared with it.
COMPARED = 5


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A settled claim as ``dossier`` has it, in the newest version that it came to, with its state."""

    dossier: Dossier
    version: VersionSummary
    state: VersionState


@dataclass(frozen=True, slots=True)
class Alike:
    """A settled claim that says the same as another, or nearly: then ``differs`` names in what."""

    place: KnownPlace
    likeness: Likeness
    differs: tuple[str, ...] = ()


def take_in(open_work: Callable[[], UnitOfWork], most: int | None = AT_A_LOOK) -> bool:
    """Take in what was settled since somebody last looked, ``most`` claims at most; whether nothing is left.

    Of two who take in at once the later one finds it done. ``None`` takes in everything.
    """
    left = most
    while left is None or left > 0:
        with open_work() as work:
            due = work.known_claims.list_due(AT_A_LOOK if left is None else left)
            if not due:
                return True
            lexicon = _open_lexicon(work)
            for claim_id in due:
                _take_in(work, claim_id, lexicon)
            work.commit_passing()
        left = None if left is None else left - len(due)
    return False


def search_known(
    work: UnitOfWork, words: str, asked: KnownFilter, viewer: User, limit: int, skip: int = 0
) -> tuple[KnownPlace, ...]:
    """The settled claims that speak of all these words, in either language; those settled last first.

    A synonym finds what its term finds. Without words all are found that the filter lets through; words that
    tell nothing (the, について) find nothing. Of what is asked for the first ``LONGEST_ASKED`` signs count.
    """
    require_permission(viewer, Permission.READ_VERSIONS)
    keys: tuple[int, ...] = ()
    if words.strip():
        signature = _read(words.strip()[:LONGEST_ASKED], _open_lexicon(work))
        keys = tuple(map(digest_key, list_asked_keys(signature)))[:MOST_WORDS]
        if not keys:
            return ()
    return _load_places(work, work.known_claims.find(keys, asked, limit, skip), viewer)


def find_alike(work: UnitOfWork, dossier: Dossier, viewer: User) -> tuple[Alike, ...]:
    """What was settled of the same claim elsewhere, then of those near to it; those settled last first.

    Empty as long as the viewer might still grade without knowing it: until they graded the claim themselves,
    or it is settled.
    """
    if dossier.verdict is None and not (dossier.find_grade(viewer.name) or dossier.find_view(viewer.name)):
        return ()
    lexicon, claim = _open_lexicon(work), dossier.claim
    if len(claim.claim.read_as) > LONGEST_READ:
        return ()
    signature = _sign(claim.claim, lexicon)
    keys = frozenset(map(digest_key, list_blocking_keys(signature)))
    places = _load_places(work, work.known_claims.find_sharing(keys, claim.id, COMPARED), viewer)
    compared = [(place, _compare(place.dossier.claim.claim, claim.claim, lexicon)) for place in places]
    alike = (
        Alike(place, verdict.likeness, verdict.differs)
        for place, verdict in compared
        if verdict.likeness is not Likeness.DIFFERENT
    )
    return tuple(sorted(alike, key=_order_alike))


def _order_alike(alike: Alike) -> tuple[bool, float]:
    verdict = alike.place.dossier.verdict
    settled_at = verdict.decided_at.timestamp() if verdict else 0.0
    return alike.likeness is not Likeness.SAME, -settled_at


def _take_in(work: UnitOfWork, claim_id: int, lexicon: Lexicon) -> None:
    mark = work.known_claims.hold(claim_id)
    if mark is None:
        return
    (dossier,) = load_dossiers(work, (work.claims.get_claim(claim_id),), None)
    verdict = dossier.verdict
    if verdict is None:
        work.known_claims.drop(claim_id)
        return
    levels = [level for finding in dossier.attached if (level := dossier.level_of(finding))]
    signature = _sign(dossier.claim.claim, lexicon)
    keys = list_blocking_keys(signature) | list_word_keys(signature)
    known = KnownClaim(
        claim_id, verdict.grade, dossier.claim.claim.type, min(levels, default=None), verdict.decided_at
    )
    work.known_claims.keep(known, frozenset(map(digest_key, keys)), mark)


def _load_places(work: UnitOfWork, known: Sequence[KnownClaim], viewer: User) -> tuple[KnownPlace, ...]:
    """The claims as they stand, in the order given."""
    claims = {claim.id: claim for claim in work.claims.load_claims([one.claim_id for one in known])}
    standing = tuple(claims[one.claim_id] for one in known)
    versions = [claim.version_id for claim in standing]
    summaries, states = work.articles.summarise(versions), load_states(work, versions)
    return tuple(
        KnownPlace(dossier, summaries[dossier.claim.version_id], states[dossier.claim.version_id])
        for dossier in load_dossiers(work, standing, viewer)
    )


def _open_lexicon(work: UnitOfWork) -> Lexicon:
    return lay_over(load_lexicon(), work.lexicon)


def _compare(known: Claim, asked: Claim, lexicon: Lexicon) -> Verdict:
    """Whether the claims say the same by the wording in which each stands alone.

    Under headings that name other conditions one sentence is two claims.
    """
    if len(known.read_as) > LONGEST_READ:
        return Verdict(Likeness.DIFFERENT, ("topic",))
    verdict = compare_claims(_sign(known, lexicon), _sign(asked, lexicon))
    conditions = [_list_conditions(claim, lexicon) for claim in (known, asked)]
    if verdict.likeness is Likeness.SAME and all(conditions) and conditions[0].isdisjoint(conditions[1]):
        return Verdict(Likeness.NEAR, ("scope",))
    return verdict


def _list_conditions(claim: Claim, lexicon: Lexicon) -> frozenset[frozenset[str]]:
    """What the headings above a claim name of conditions."""
    above = _read(" ".join(filter(None, (claim.theme, claim.heading)))[:LONGEST_READ], lexicon)
    return frozenset(bag for part in above.parts if part.role is TermRole.CONDITION for bag in part.bags)


def _sign(claim: Claim, lexicon: Lexicon) -> Signature:
    return _read(claim.read_as[:LONGEST_READ], lexicon)


@lru_cache(maxsize=4096)
def _read(text: str, lexicon: Lexicon) -> Signature:
    return read_signature(text, "", guess_language(text), lexicon)
