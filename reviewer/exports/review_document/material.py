"""What the report of a version tells of, as everybody may see it, at one moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.records.article import Language
from claims.records.citation import Citation, Pmid
from claims.records.decision import Decision, VersionState
from claims.records.flag import Flag
from claims.records.plan import Declaration
from claims.records.recheck import LostGround
from db.audit_checking import Anchor
from db.unit_of_work import UnitOfWork
from reviewer.exports.report import shown_findings
from reviewer.exports.reviewed import Reviewed, load_reviewed
from reviewer.exports.table import ExportRequest
from reviewer.i18n import Translate, translator
from reviewer.moments import format_moment
from reviewer.rules.dossier import Dossier
from reviewer.rules.flags import raise_flags
from reviewer.workflow.assigning import find_bringers
from reviewer.workflow.audit_trail import find_trail_head
from reviewer.workflow.closing import Closing, find_closing, load_declarations
from reviewer.workflow.regrading import find_held
from reviewer.workflow.states import list_decisions, load_state


@dataclass(frozen=True, slots=True)
class Material:
    """A version with its claims as they are open to everybody, and what was decided of it.

    ``declarations`` are those of the article by name, ``bringers`` the people who brought it in; ``head`` is
    where the audit trail stood. ``held`` tells why grades are to be given anew. The report is written in
    ``language``.
    """

    reviewed: Reviewed
    state: VersionState
    decisions: tuple[Decision, ...]
    closing: Closing | None
    declarations: Mapping[str, Declaration]
    bringers: frozenset[str]
    head: Anchor
    made_at: datetime
    language: Language
    held: Mapping[int, Sequence[LostGround]]

    @property
    def translate(self) -> Translate:
        """What turns an English message into the report's language."""
        return translator(self.language.value)

    @property
    def text_language(self) -> Language | None:
        """The article's language where it is not the report's."""
        own = self.reviewed.version.article.language
        return None if own is self.language else own

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        """The claims in the article's order."""
        return tuple(self.reviewed.dossiers)

    @property
    def graded(self) -> tuple[Dossier, ...]:
        """The claims whose grade stands."""
        return tuple(dossier for dossier in self.dossiers if dossier.verdict is not None)

    def tell_moment(self, moment: datetime) -> str:
        """The moment in words, with its zone."""
        return format_moment(moment, self.language.value, self.reviewed.zone)

    def flags_of(self, dossier: Dossier) -> tuple[Flag, ...]:
        """The claim's flags, settled ones too."""
        known = self.reviewed.flags.get(dossier.claim.id)
        return tuple(raise_flags(dossier) if known is None else known)

    def number_references(self) -> dict[Pmid, tuple[int, Citation]]:
        """The records that are shown, each with its number: by claim, the best first, each once."""
        shown: dict[Pmid, Citation] = {}
        for dossier in self.dossiers:
            for finding in shown_findings(dossier):
                shown.setdefault(finding.pmid, dossier.citations[finding.pmid])
        return {pmid: (number, record) for number, (pmid, record) in enumerate(shown.items(), start=1)}


def load_material(work: UnitOfWork, request: ExportRequest, at: datetime) -> Material:
    """The version as anybody may see it, whoever asks. Raises ``NotFound``.

    It is told in the language asked for, else in the article's.
    """
    reviewed = load_reviewed(work, request.version_id, request.zone)
    spoken = request.locale or reviewed.version.article.language.value
    return Material(
        reviewed,
        load_state(work, request.version_id),
        list_decisions(work, request.version_id),
        find_closing(work, request.version_id),
        load_declarations(work, request.version_id),
        find_bringers(work, request.version_id),
        find_trail_head(work),
        at,
        Language(spoken),
        find_held(work, request.version_id, tuple(reviewed.dossiers), at),
    )
