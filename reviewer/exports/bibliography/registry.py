"""Every format of references there is: a new one is its own file and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.exports.bibliography.bibtex import BIBTEX
from reviewer.exports.bibliography.csl_json import CSL_JSON
from reviewer.exports.bibliography.entry import Bibliography
from reviewer.exports.bibliography.nbib import NBIB
from reviewer.exports.bibliography.ris import RIS

# By what `konkyo cite --format` calls it, and what the audit trail keeps of an export.
BIBLIOGRAPHIES: Mapping[str, Bibliography] = {
    "ris": RIS,
    "bibtex": BIBTEX,
    "nbib": NBIB,
    "csl-json": CSL_JSON,
}
