"""A PDF written by hand: letters of a Japanese font by their Unicode number, as small as a PDF can be."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Words printed at a place, in points from the lower left corner."""

    words: str
    left: float
    top: float
    size: float = 10.0
    is_bold: bool = False
    is_vertical: bool = False
    is_furniture: bool = False


@dataclass(frozen=True)
class Line:
    """A rule between two places, printed half a point thick."""

    left: float
    low: float
    right: float
    high: float


def write_pdf(*pages: Sequence[Words | Line] | bytes, title: str = "", mapped: str | None = None) -> bytes:
    """A PDF with these pages, each given by its words or by its content stream.

    The fonts tell the letters in ``mapped`` alone, where it is given.
    """
    objects: list[bytes] = [b"", b""]

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    streams = [page if isinstance(page, bytes) else b"\n".join(map(_print, page)) for page in pages]
    printed = [
        words for page in pages if not isinstance(page, bytes) for words in page if isinstance(words, Words)
    ]
    letters = {letter for words in printed for letter in words.words} | set("毛包はabc")
    unicode_map = add(_stream(_character_map(sorted(letters if mapped is None else mapped))))
    fonts = [add(b"") for _ in range(3)]
    for number, name, way in zip(fonts, (b"Sample", b"Sample-Bold", b"Sample"), b"HHV", strict=True):
        inner = add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 1000/W[32 126 500]"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % name
        )
        objects[number - 1] = (
            b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-%c/DescendantFonts[%d 0 R]"
            b"/ToUnicode %d 0 R>>" % (name, way, inner, unicode_map)
        )
    kids = []
    for stream in streams:
        content = add(_stream(stream))
        kids.append(
            add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
                b"/Resources<</Font<</F0 %d 0 R/F1 %d 0 R/F2 %d 0 R>>>>>>" % (content, *fonts)
            )
        )
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    info = add(b"<</Title<%s>>>" % (b"feff" + title.encode("utf-16-be").hex().encode()))
    return _assemble(objects, b"/Info %d 0 R" % info)


def write_coded_pdf(encoding: str, *lines: bytes) -> bytes:
    """A PDF of one page whose font has this predefined encoding, and no map of its letters to Unicode."""
    printed = (
        b"BT /F0 10 Tf 1 0 0 1 50 %d Tm <%s> Tj ET" % (700 - 30 * number, line.hex().encode())
        for number, line in enumerate(lines)
    )
    return _assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R"
            b"/Resources<</Font<</F0 4 0 R>>>>>>",
            b"<</Type/Font/Subtype/Type0/BaseFont/Sample/Encoding%s/DescendantFonts[5 0 R]>>"
            % encoding.encode(),
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/Sample/DW 1000/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Japan1)/Supplement 6>>>>",
            _stream(b"\n".join(printed)),
        ],
        b"",
    )


def _assemble(objects: Sequence[bytes], trailer: bytes) -> bytes:
    body = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(body)


def _print(words: Words | Line) -> bytes:
    if isinstance(words, Line):
        width, height = max(words.right - words.left, 0.5), max(words.high - words.low, 0.5)
        return b"%g %g %g %g re f" % (words.left, words.low, width, height)
    shown = b"BT /F%d %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET" % (
        2 if words.is_vertical else words.is_bold,
        words.size,
        words.left,
        words.top,
        words.words.encode("utf-16-be").hex().encode(),
    )
    return b"/Artifact <</Type/Pagination>> BDC %s EMC" % shown if words.is_furniture else shown


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)


def _character_map(letters: Sequence[str]) -> bytes:
    pairs = b"\n".join(b"<%04x> <%04x>" % (ord(letter), ord(letter)) for letter in letters)
    return (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/Sample def /CMapType 2 def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfchar\n%s\nendbfchar\n"
        b"endcmap end end" % (len(letters), pairs)
    )
