"""What an author cites: what each reference is in PubMed, on the claim and on the page of the article."""

from __future__ import annotations

from claims.records.citation import Citation, RetractionCheck
from claims.records.reference import AuthorReference, Identity, LookUp
from claims.sources import list_failure_values
from reviewer.dashboard.components.evidence import render_pmid, render_standing
from reviewer.dashboard.components.searches import name_source
from reviewer.dashboard.times import write_day
from reviewer.error_messages import describe_code
from reviewer.i18n import Translate
from reviewer.labels import DETAIL_LABELS, IDENTITY_LABELS
from reviewer.markup import Html
from reviewer.rules.dossier import Dossier

# What a reviewer has to know before they rely on it.
_GRAVE = frozenset({Identity.OTHER_PAPER, Identity.NO_RECORD, Identity.LOOKUP_FAILED})


def name_reference(reference: AuthorReference) -> str:
    """The number or name by which the text points at it, in brackets, "" where it has none."""
    return f"[{reference.label}]" if reference.label else ""


def render_own_references(dossier: Dossier, translate: Translate) -> Html:
    """What the author cites for the claim as HTML, each with what it is in PubMed; "" for nothing."""
    if not dossier.references:
        return Html()
    items = Html().join(
        Html("<li><b>{}</b> {} {}</li>").format(
            name_reference(one),
            one.said.words,
            render_look_up(one.look_up, None, None, translate),
        )
        for one in dossier.references
    )
    head = Html('<h4 class="label">{}</h4>').format(translate("Cited by the author"))
    return head + Html('<ul class="runs cited">{}</ul>').format(items)


def render_look_up(
    look_up: LookUp, record: Citation | None, standing: RetractionCheck | None, translate: Translate
) -> Html:
    """What a look-up told as HTML: what the reference is, what differs, its record, how the paper stands."""
    grave = " grave" if look_up.identity in _GRAVE else ""
    parts = [
        Html('<span class="badge standing{}">{}</span>').format(
            grave, translate(IDENTITY_LABELS[look_up.identity])
        )
    ]
    if standing is not None:
        parts.append(render_standing(standing, translate))
    if look_up.pmid:
        parts.append(render_pmid(look_up.pmid))
    told = Html('<span class="badges">{}</span>').format(Html(" ").join(parts))
    if look_up.differs:
        details = ", ".join(translate(DETAIL_LABELS[detail]) for detail in look_up.differs)
        told += render_line(translate("differs: {details}").format(details=details))
    if record is not None and look_up.identity is not Identity.SAME:
        told += render_line(f"{record.shown_title} ({record.published_year or record.published})")
    if look_up.failure:
        why = describe_code(look_up.failure, list_failure_values(look_up), translate)
        told += Html('<p class="failure">{}</p>').format(why)
    if look_up.looked_at is not None:
        day = write_day(look_up.looked_at)
        source = name_source(look_up.source, translate)
        told += render_line(translate("looked up {date}, {source}").format(date=day, source=source))
    return told


def render_line(words: str) -> Html:
    """A small line below what was told, as HTML."""
    return Html('<p class="place">{}</p>').format(words)
