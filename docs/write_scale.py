"""Write the tables of docs/scale.md from what was measured (`benchmarks/scale/results.json`)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.scale.results import KEPT

PAGE = Path(__file__).with_name("scale.md")
# PubMed as NLM counts it in 2025: more than 38 million citations and abstracts.
PUBMED_RECORDS = 38_000_000
_FITTED = {
    "megabytes": "index on disk, MB",
    "peak_megabytes": "most memory, MB",
    "rank_ms_p95": "a ranking without a gate, ms (p95)",
}
_TABLE = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Write the page with its tables anew."""
    PAGE.write_text(fill_tables(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def fill_tables(page: str) -> str:
    """The page with each table between its marks as what was measured gives it."""
    kept = json.loads(KEPT.read_text(encoding="utf-8"))
    tables = {"pages": _list_pages, "load": _list_load, "library": _list_library}
    return _TABLE.sub(lambda found: found[1] + "\n".join(tables[found[2]](kept)) + "\n" + found[3], page)


def fit_power(sizes: Sequence[float], figures: Sequence[float]) -> tuple[float, float]:
    """``a`` and ``b`` of ``a · size ** b``, by least squares on the logarithms.

    >>> a, b = fit_power([1, 10, 100], [2, 20, 200])
    >>> round(a, 6), round(b, 6)
    (2.0, 1.0)
    """
    xs, ys = [math.log(size) for size in sizes], [math.log(figure) for figure in figures]
    middle_x, middle_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - middle_x) ** 2 for x in xs
    )
    return math.exp(middle_y - slope * middle_x), slope


def _list_pages(kept: Mapping[str, Any]) -> Iterator[str]:
    engines = [name for name in ("sqlite", "postgresql") if f"pages_{name}" in kept]
    yield from _say_where(kept, [f"pages_{name}" for name in engines])
    yield (
        "| page | "
        + " | ".join(f"{name}: queries p50, ms | p95 | page by the clock p50" for name in engines)
        + " |"
    )
    yield "|---" * (1 + 3 * len(engines)) + "|"
    of_page: dict[str, list[str]] = {}
    for name in engines:
        for row in kept[f"pages_{name}"]["rows"]:
            told = f"{row['queries_cpu_ms_p50']} | {row['queries_cpu_ms_p95']} | {row['loaded_ms_p50']}"
            of_page.setdefault(row["page"], []).append(told)
    for page, cells in of_page.items():
        yield f"| {page} | " + " | ".join(cells) + " |"


def _list_load(kept: Mapping[str, Any]) -> Iterator[str]:
    names = [name for name in ("load_postgresql", "load_sqlite") if name in kept]
    yield from _say_where(kept, names)
    yield (
        "| | people | seconds | load | acknowledged | lost or twice | refused | open p50, ms | p95"
        " | grade p50, ms | p95 |"
    )
    yield "|---" * 11 + "|"
    for name in names:
        for row in kept[name]["rows"]:
            waited = (
                f"{row['open_ms_p50']} | {row['open_ms_p95']} | {row['grade_ms_p50']} | {row['grade_ms_p95']}"
            )
            count = (
                f"{row['people']} | {row['seconds']:.0f} | {row['load_average']} | {row['acknowledged']}"
                f" | {row['lost_or_doubled']} | {row['refused'] or 'none'}"
            )
            yield f"| {row['database']} | {count} | {waited} |"


def _list_library(kept: Mapping[str, Any]) -> Iterator[str]:
    rows = kept["library"]["rows"]
    yield from _say_where(kept, ["library"])
    sizes = [row["records"] for row in rows]
    yield "| | " + " | ".join(f"{size:,}" for size in sizes) + f" | fit | at {PUBMED_RECORDS:,} |"
    yield "|---" * (3 + len(sizes)) + "|"
    for column, told in _FITTED.items():
        figures = [row[column] for row in rows]
        factor, power = fit_power(sizes, figures)
        whole = factor * PUBMED_RECORDS**power
        shown = " | ".join(f"{figure:,}" for figure in figures)
        yield f"| {told} | {shown} | {factor:.3g} · n^{power:.2f} | {whole:,.0f} |"


def _say_where(kept: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    told = dict.fromkeys(f"{kept[name]['measured_on']}, {kept[name]['machine']}" for name in names)
    yield f"Measured on {'; '.join(told)}."
    yield ""


if __name__ == "__main__":
    main()
