"""Every table and every file format there is: a new one is its own file and a line here."""

from __future__ import annotations

from collections.abc import Mapping

from reviewer.exports.audit_table import AUDIT
from reviewer.exports.citation_table import CITATIONS
from reviewer.exports.flow_table import FLOW
from reviewer.exports.reference_table import REFERENCES
from reviewer.exports.report import REPORT
from reviewer.exports.search_log import SEARCH_LOG
from reviewer.exports.table import FileFormat, Table
from reviewer.exports.to_csv import CSV
from reviewer.exports.to_xlsx import XLSX
from reviewer.exports.versions_table import VERSIONS

# By what `konkyo report --table` calls it, and what the audit trail keeps of an export.
TABLES: Mapping[str, Table] = {
    "claims": REPORT,
    "citations": CITATIONS,
    "searches": SEARCH_LOG,
    "flow": FLOW,
    "references": REFERENCES,
    "audit": AUDIT,
    "versions": VERSIONS,
}
# By the ending of its files.
FORMATS: Mapping[str, FileFormat] = {
    "csv": CSV,
    "xlsx": XLSX,
}
DEFAULT_FORMAT = "csv"
