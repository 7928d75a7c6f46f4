"""Write docs/reports: the first pages of the demo's report, as Word and as PDF, in both languages.

It needs LibreOffice (``soffice``) and Poppler (``pdftoppm``), which print the pages, and the package that
writes PDFs (``requirements-pdf.lock``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).with_name("reports")
PAGES, DOTS_PER_INCH = 2, 80


def main() -> None:
    """Write one picture a format and language, of a report that is half reviewed."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _konkyo(folder, "demo", "--no-serve")
        for ending in ("docx", "pdf"):
            for locale in ("ja", "en"):
                out = folder / f"{ending}-{locale}.{ending}"
                language = ("--format", ending, "--language", locale, "--out", str(out))
                _konkyo(folder / "demo", "report", "1", *language)
                _photograph(out, FOLDER / out.with_suffix(".png").name)


def _konkyo(home: Path, *arguments: str) -> None:
    environment = {**os.environ, "KONKYO_HOME": str(home), "KONKYO_DATABASE_URL": ""}
    command = [str(Path(sys.executable).with_name("konkyo")), *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def _photograph(file: Path, picture: Path) -> None:
    """The first pages of the file, beside each other."""
    from PIL import Image

    if file.suffix != ".pdf":
        printing = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(file.parent / "printed")]
        subprocess.run([*printing, str(file)], check=True, capture_output=True)
        file = file.parent / "printed" / f"{file.stem}.pdf"
    stem = str(file.with_suffix(""))
    drawing = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-l", str(PAGES), "-png", str(file), stem]
    subprocess.run(drawing, check=True)
    pages = [Image.open(page) for page in sorted(file.parent.glob(f"{file.stem}-*.png"))]
    sheet = Image.new("RGB", (sum(page.width for page in pages), max(page.height for page in pages)), "white")
    for number, page in enumerate(pages):
        sheet.paste(page, (sum(before.width for before in pages[:number]), 0))
    sheet.save(picture, optimize=True)


if __name__ == "__main__":
    main()
