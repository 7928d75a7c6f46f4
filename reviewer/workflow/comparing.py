"""What changed in a version against the one before it, claim by claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.records.assessment import Assessment
from claims.records.lineage import Descent, Relation
from claims.records.people import User
from claims.records.review import ArticleVersion, ReviewClaim
from db.unit_of_work import UnitOfWork
from reviewer.rules.visibility import show_grades


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One relation: the claims as they stood before, with the grades they had, and those that stand now.

    ``reread``: the words are untouched and what completes them is not.
    """

    relation: Relation
    former: tuple[ReviewClaim, ...]
    grades: tuple[Assessment, ...]
    claims: tuple[ReviewClaim, ...]
    reread: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every claim of both versions in exactly one change, in the order of the new version, removed last.

    ``former`` is ``None`` for the first version of an article, which has no changes.
    """

    version: ArticleVersion
    former: ArticleVersion | None
    changes: tuple[ClaimChange, ...]

    def count(self, relation: Relation) -> int:
        """How many changes of this kind there are."""
        return sum(change.relation is relation for change in self.changes)


def compare_version(work: UnitOfWork, version_id: int, viewer: User | None) -> Comparison:
    """What became of the claims of the version before, as the new one was brought in. Raises ``NotFound``.

    What people changed by hand since then is not in it, nor a grade that ``viewer`` may not see.
    """
    version = work.articles.get_version(version_id)
    former = work.articles.find_former(version)
    if former is None:
        return Comparison(version, None, ())
    old, new = (_load_all(work, id) for id in (former.id, version.id))
    given = work.assessments.load_assessments(list(old))
    grades = {id: show_grades(claim, given[id], viewer) for id, claim in old.items()}
    changes = [
        _describe_change(lines, old, new, grades, version)
        for lines in _group_lines(line for line in work.lineage.list_lines(version_id) if not line.by_hand)
    ]
    return Comparison(version, former, tuple(sorted(changes, key=_find_place)))


def _load_all(work: UnitOfWork, version_id: int) -> dict[int, ReviewClaim]:
    """The claims of a version by id, those replaced by hand among them."""
    claims = (*work.claims.list_claims(version_id), *work.claims.list_replaced(version_id))
    return {claim.id: claim for claim in claims}


def _group_lines(lines: Iterable[Descent]) -> list[list[Descent]]:
    """The lines of each relation together: a split's by what was split, a merger's by what came of it."""
    groups: dict[tuple[Relation, int | None, int | None], list[Descent]] = {}
    for line in lines:
        former = None if line.relation is Relation.MERGED else line.former_id
        claim = None if line.relation is Relation.SPLIT else line.claim_id
        groups.setdefault((line.relation, former, claim), []).append(line)
    return list(groups.values())


def _describe_change(
    lines: Sequence[Descent],
    old: dict[int, ReviewClaim],
    new: dict[int, ReviewClaim],
    grades: dict[int, tuple[Assessment, ...]],
    version: ArticleVersion,
) -> ClaimChange:
    former = tuple(dict.fromkeys(old[line.former_id] for line in lines if line.former_id is not None))
    claims = tuple(dict.fromkeys(new[line.claim_id] for line in lines if line.claim_id is not None))
    relation = lines[0].relation
    return ClaimChange(
        relation=relation,
        former=former,
        grades=tuple(grade for claim in former for grade in grades[claim.id]),
        claims=claims,
        reread=relation.keeps_claim and claims[0].read_since == version.ingested_at,
    )


def _find_place(change: ClaimChange) -> tuple[bool, int]:
    return not change.claims, (change.claims or change.former)[0].claim.start
