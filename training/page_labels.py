"""Writes ``training/pages``: the labels of pages whose texts stay outside, by place and digest.

    python -m training.page_labels FOLDER

FOLDER holds ``NAME.html``, ``.md`` or ``.txt``, each with ``NAME.gold.jsonl`` (``training.labelled_pages``).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from claims.articles import read_article
from training.labelled_pages import GOLD, LABELS, PageLabel, list_files, read_gold, spell

COLUMNS = ("start", "letters", "digest", "label", "types")


def write_labels(folder: Path, out: Path = LABELS) -> list[Path]:
    """The tables that were written, one a page that has labels beside it."""
    written = []
    for file in list_files(folder):
        labels = file.with_name(file.stem + GOLD)
        if labels.exists():
            rows = read_gold(labels, spell(read_article(file).text))
            lines = ["\t".join(COLUMNS), *map(_format_row, rows)]
            written.append(out / f"{file.stem}.tsv")
            written[-1].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return written


def _format_row(row: PageLabel) -> str:
    types = "|".join(kind.value for kind in row.types)
    return f"{row.start}\t{row.letters}\t{row.digest}\t{row.label}\t{types}"


def main() -> None:
    """Write the tables of a folder and tell their names."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    for table in write_labels(parser.parse_args().folder):
        print(table.name)


if __name__ == "__main__":
    main()
