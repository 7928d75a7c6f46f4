"""``konkyo verify``: whether a quotation stands in the record that it names."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from claims.appraisal.quotation import Verification, verify_quotation
from claims.errors import SettingsError
from claims.lexicon.weighting import WeightedTerm
from claims.library import Library
from claims.records.assessment import Basis
from claims.records.citation import Citation, Pmid, parse_pmid
from reviewer.labels import VERIFICATION_LABELS
from reviewer.settings import load_settings

# Records that share the quotation's words, in which it is looked for beside its own.
_OTHERS = 20


@click.command()
@click.argument("quotation")
@click.option("--pmid", required=True, help="The record that it is said to be from.")
@click.option("--full-text", is_flag=True, help="It is said to be from the full text, not the abstract.")
def verify(quotation: str, pmid: str, full_text: bool) -> None:
    """Say whether a quotation stands word for word in a library record.

    White space and full-width forms may differ, a sign (<, >, +, -, %, a decimal point) never. Prints
    verbatim, in_another_record, not_found, lookup_failed, abstract_only or title_only with its meaning; the
    exit code is 0 for verbatim alone.
    """
    library = Library(load_settings().library_folder)
    if not library.exists:
        raise SettingsError("library_missing")
    number = _read_pmid(pmid)
    record = library.fetch([number]).get(number)
    basis = Basis.FULL_TEXT if full_text else Basis.ABSTRACT
    verified = verify_quotation(quotation, record, _find_others(library, quotation), basis)
    place = f" (PMID {verified.pmid})" if verified.pmid else ""
    click.echo(f"{verified.outcome.value}: {VERIFICATION_LABELS[verified.outcome]}{place}")
    sys.exit(0 if verified.outcome is Verification.VERBATIM else 1)


def _read_pmid(text: str) -> Pmid:
    try:
        return parse_pmid(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--pmid") from error


def _find_others(library: Library, quotation: str) -> Sequence[Citation]:
    ranked = library.rank([WeightedTerm(quotation, 1.0)], _OTHERS)
    return tuple(library.fetch([pmid for pmid, _ in ranked]).values())
