"""The claims library: settled claims by words and filters, and what was settled of the same claim elsewhere.

A step that settles a claim marks it; marked claims are taken in when somebody next looks, so that no grade
waits for it (ADR 0059). What a former claim was graded is sealed until the viewer gave a grade of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from claims.equivalence.blocking import (
    Concept,
    list_asked_keys,
    list_blocking_keys,
    list_concept_keys,
    list_concepts_asked,
    list_word_keys,
)
from claims.equivalence.comparison import Likeness
from claims.lexicon.lexicon import Lexicon
from claims.records.audit import AuditEntry
from claims.records.claim import Claim
from claims.records.decision import VersionState
from claims.records.known_claim import KnownClaim, KnownFilter
from claims.records.people import User
from claims.records.recheck import ReviewMark
from claims.records.review import VersionSummary
from claims.text.wording import digest_key
from db.unit_of_work import UnitOfWork
from reviewer.rules.dossier import Dossier
from reviewer.rules.permissions import Permission, require_permission
from reviewer.workflow.comparing_claims import (
    LONGEST_READ,
    compare_claims_of,
    open_lexicon,
    read_words,
    sign_claim,
)
from reviewer.workflow.contradicting import find_contradicted, mark_contradicted
from reviewer.workflow.loading import load_dossiers
from reviewer.workflow.review_marks import load_marks_of
from reviewer.workflow.states import load_states

# So many claims are taken in before a page is drawn; the rest before the next one. Each takes some 10 ms.
AT_A_LOOK = 100
# What is asked for has so many signs and words at most.
LONGEST_ASKED, MOST_WORDS = 200, 12
# So many settled claims that share most keys with a claim are compared with it.
COMPARED = 5


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A settled claim as ``dossier`` has it, in the newest version that it came to, with its state.

    ``marks`` tell why it needs review where readers have it.
    """

    dossier: Dossier
    version: VersionSummary
    state: VersionState
    marks: tuple[ReviewMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """A settled claim that says the same as another, or nearly: then ``differs`` names in what."""

    place: KnownPlace
    likeness: Likeness
    differs: tuple[str, ...] = ()


def take_in(
    open_work: Callable[[], UnitOfWork],
    most: int | None = AT_A_LOOK,
    actor: str = "",
    now: datetime | None = None,
) -> bool:
    """Take in what was settled since somebody last looked, ``most`` claims at most; whether nothing is left.

    Of two who take in at once the later one finds it done. ``None`` takes in everything. Published claims
    that say the same as one that was settled lower are marked; ``actor`` stands in the trail with it.
    """
    at = now or datetime.now(UTC)
    left = most
    while left is None or left > 0:
        with open_work() as work:
            due = work.known_claims.list_due(AT_A_LOOK if left is None else left)
            if not due:
                return True
            lexicon = open_lexicon(work)
            told = [entry for claim_id in due for entry in _take_in(work, claim_id, lexicon, actor, at)]
            if told:
                work.commit(*told)
            else:
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
    lexicon = open_lexicon(work)
    keys: tuple[int, ...] = ()
    if words.strip():
        signature = read_words(words.strip()[:LONGEST_ASKED], lexicon)
        keys = tuple(map(digest_key, list_asked_keys(signature)))[:MOST_WORDS]
        if not keys:
            return ()
    named: list[frozenset[frozenset[int]]] = []
    for concept, told in ((Concept.SUBSTANCE, asked.substance), (Concept.CONDITION, asked.condition)):
        if told.strip():
            things = list_concepts_asked(concept, read_words(told.strip()[:LONGEST_ASKED], lexicon))
            if not things:
                return ()
            named += (_digest_names(names) for names in things[:MOST_WORDS])
    return _load_places(work, work.known_claims.find(keys, asked, limit, skip, named), viewer)


def find_alike(work: UnitOfWork, dossier: Dossier, viewer: User) -> tuple[Alike, ...]:
    """What was settled of the same claim elsewhere, then of those near to it; those settled last first.

    Empty as long as the viewer might still grade without knowing it: until they graded the claim themselves,
    or it is settled.
    """
    if dossier.verdict is None and not (dossier.find_grade(viewer.name) or dossier.find_view(viewer.name)):
        return ()
    lexicon, claim = open_lexicon(work), dossier.claim
    if len(claim.claim.read_as) > LONGEST_READ:
        return ()
    signature = sign_claim(claim.claim, lexicon)
    keys = frozenset(map(digest_key, list_blocking_keys(signature)))
    places = _load_places(work, work.known_claims.find_sharing(keys, claim.id, COMPARED), viewer)
    compared = [
        (place, compare_claims_of(place.dossier.claim.claim, claim.claim, lexicon)) for place in places
    ]
    alike = (
        Alike(place, verdict.likeness, verdict.differs)
        for place, verdict in compared
        if verdict.likeness is not Likeness.DIFFERENT
    )
    return tuple(sorted(alike, key=_order_alike))


def load_known(work: UnitOfWork, claim_ids: Sequence[int], viewer: User) -> tuple[KnownPlace, ...]:
    """Those of these claims that are settled, as they stand."""
    return _load_places(work, work.known_claims.load(claim_ids), viewer)


def _digest_names(names: frozenset[frozenset[str]]) -> frozenset[frozenset[int]]:
    return frozenset(frozenset(map(digest_key, words)) for words in names)


def _list_keys(claim: Claim, lexicon: Lexicon) -> frozenset[str]:
    """All by which a settled claim is found; of the headings above it the substances and conditions count."""
    signature = sign_claim(claim, lexicon)
    above = read_words(f"{claim.theme} {claim.heading}"[:LONGEST_READ], lexicon)
    return (
        list_blocking_keys(signature)
        | list_word_keys(signature)
        | list_concept_keys(signature)
        | list_concept_keys(above)
    )


def _order_alike(alike: Alike) -> tuple[bool, float]:
    verdict = alike.place.dossier.verdict
    settled_at = verdict.decided_at.timestamp() if verdict else 0.0
    return alike.likeness is not Likeness.SAME, -settled_at


def _take_in(
    work: UnitOfWork, claim_id: int, lexicon: Lexicon, actor: str, at: datetime
) -> tuple[AuditEntry, ...]:
    """The lines of the trail on published claims that this one contradicts."""
    mark = work.known_claims.hold(claim_id)
    if mark is None:
        return ()
    (dossier,) = load_dossiers(work, (work.claims.get_claim(claim_id),), None)
    verdict = dossier.verdict
    if verdict is None:
        work.known_claims.drop(claim_id)
        return ()
    levels = [level for finding in dossier.attached if (level := dossier.level_of(finding))]
    keys = _list_keys(dossier.claim.claim, lexicon)
    known = KnownClaim(
        claim_id, verdict.grade, dossier.claim.claim.type, min(levels, default=None), verdict.decided_at
    )
    work.known_claims.keep(known, frozenset(map(digest_key, keys)), mark)
    return mark_contradicted(work, find_contradicted(work, known, dossier.claim), actor, at)


def _load_places(work: UnitOfWork, known: Sequence[KnownClaim], viewer: User) -> tuple[KnownPlace, ...]:
    """The claims as they stand, in the order given."""
    claims = {claim.id: claim for claim in work.claims.load_claims([one.claim_id for one in known])}
    standing = tuple(claims[one.claim_id] for one in known)
    versions = [claim.version_id for claim in standing]
    summaries, states = work.articles.summarise(versions), load_states(work, versions)
    marks = load_marks_of(work, list(claims))
    return tuple(
        KnownPlace(
            dossier,
            summaries[dossier.claim.version_id],
            states[dossier.claim.version_id],
            marks.get(dossier.claim.id, ()),
        )
        for dossier in load_dossiers(work, standing, viewer)
    )
