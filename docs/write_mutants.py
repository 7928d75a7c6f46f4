"""Write docs/mutants.md: how many of the breaks that `make mutants` planted the tests noticed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.stats import status_by_exit_code

ROOMS = ("claims/appraisal", "reviewer/exports", "reviewer/rules")
# A break that makes the tests run on for ever is noticed as well.
NOTICED = frozenset({"killed", "timeout", "segfault", "caught by type check"})
_HEAD = """# Planted breaks

`make mutants` plants one break at a time in the rules, the appraisal of records and the exports (another
operator, another constant, a call left out …), and asks the tests that reach it. Files that read tables when
they are imported are left out: the break would come too late. Written by `python -m docs.write_mutants` from
the last run, which is not part of CI.

| file | planted | noticed | score |
|---|---|---|---|
"""


def main() -> None:
    """Write the table beside this script and tell its last line. Raises ``SystemExit`` after no whole run."""
    files = [str(file) for room in ROOMS for file in sorted(Path(room).rglob("*.py"))]
    counts = {file: count_by_status(Path(file)) for file in files if file not in config().do_not_mutate}
    unasked = sum(count["not checked"] + count["check was interrupted by user"] for count in counts.values())
    if unasked or not any(counts.values()):
        raise SystemExit(f"{unasked} planted breaks were not tried: run `make mutants` to its end")
    rows = [*_list_rows(counts), _format_row("all", sum(counts.values(), Counter()))]
    Path(__file__).with_name("mutants.md").write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    sys.stdout.write(f"{rows[-1]}\n")


def count_by_status(file: Path) -> Counter[str]:
    """How many breaks of the file ended in which way, by mutmut's words; empty where none was planted."""
    data = SourceFileMutationData(path=file)
    data.load()
    return Counter(status_by_exit_code[code] for code in data.exit_code_by_key.values())


def _list_rows(counts: dict[str, Counter[str]]) -> Iterator[str]:
    for file, count in counts.items():
        if count:
            yield _format_row(f"`{file}`", count)


def _format_row(name: str, count: Counter[str]) -> str:
    planted, noticed = count.total(), sum(count[status] for status in NOTICED)
    return f"| {name} | {planted} | {noticed} | {noticed / planted:.2f} |"


if __name__ == "__main__":
    main()
