"""PDFs: paragraphs over lines and pages, headings by size, rows by columns; no text layer is said."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfReader, PdfWriter

from claims.articles import parse_document
from claims.articles.pdf.pieces import read_letters
from claims.errors import ArticleError
from tests.articles.pdf_writer import Words, write_coded_pdf, write_pdf

LONG = "毛包は成長期と退行期と休止期をくり返しながら、髪を作り続ける小さな器官であり、その周期は部位によって"
REST = "大きく異なります。"


def text_of(raw: bytes) -> str:
    return parse_document(raw, "a.pdf").article.text


def printed(*lines: str, top: float = 700, left: float = 50) -> list[Words]:
    return [Words(words, left, top - 15 * number) for number, words in enumerate(lines)]


def test_lines_that_run_to_the_margin_are_one_paragraph() -> None:
    assert text_of(write_pdf(printed(LONG, REST, "次の段落です。"))) == f"{LONG}{REST}\n\n次の段落です。\n"


def test_a_paragraph_runs_over_the_page_and_page_numbers_go() -> None:
    pages = [
        [Words("髪の通信", 50, 800), *printed(*lines), Words(f"- {number} -", 280, 30)]
        for number, lines in enumerate([[LONG], [REST, LONG], [REST]], 1)
    ]
    assert text_of(write_pdf(*pages)) == f"{LONG}{REST}\n\n{LONG}{REST}\n"


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("number", ["{}", "- {} -", "{} / 9"])
def test_a_page_number_goes_from_a_document_of_any_length(count: int, number: str) -> None:
    pages = [
        [*printed(f"{page}つ目の頁にある文です。"), Words(number.format(page), 280, 30)]
        for page in range(1, count + 1)
    ]
    text = "\n\n".join(f"{page}つ目の頁にある文です。" for page in range(1, count + 1))
    assert text_of(write_pdf(*pages)) == f"{text}\n"


@pytest.mark.parametrize("count", [1, 2])
def test_a_number_that_is_no_page_number_stays(count: int) -> None:
    page = [*printed("髪の密度は次の値でした。"), Words("30 mg", 280, 30)]
    assert text_of(write_pdf(*[page] * count)).count("30 mg") == count


def test_larger_and_bold_print_makes_headings() -> None:
    page = [
        Words("薄毛の治療", 50, 760, size=20),
        Words("薬の働き", 50, 730, size=14),
        *printed(LONG, REST),
        Words("副作用", 50, 600, is_bold=True),
        *printed("頭皮のかゆみが起こります。", top=585),
    ]
    lines = text_of(write_pdf(page)).split("\n")
    assert [line for line in lines if line.startswith("#")] == ["# 薄毛の治療", "## 薬の働き", "##### 副作用"]


def test_print_in_columns_makes_rows() -> None:
    page = [
        Words(words, 50 + 150 * column, 700 - 20 * row)
        for row, cells in enumerate((("治療", "効果", "期間"), ("運動", "痛みが減る", "3か月")))
        for column, words in enumerate(cells)
    ]
    assert text_of(write_pdf(page)) == "| 治療 | 効果 | 期間 |\n| 運動 | 痛みが減る | 3か月 |\n"


def test_letters_given_as_radicals_and_ligatures_are_the_letters_meant() -> None:
    assert read_letters("⽑⺟細胞の⾎流 beneﬁt") == "毛母細胞の血流 benefit"


def test_an_exponent_is_no_digit_of_the_number() -> None:
    page = [Words("細胞を10", 50, 700), Words("6", 90, 704, size=6), Words("個注射します。", 94, 700)]
    assert text_of(write_pdf(page)) == "細胞を10^6個注射します。\n"


def test_a_hyphen_at_the_end_of_a_line_goes_where_the_text_has_the_word_without() -> None:
    first = "Minoxidil treatment is widely used for hair loss in adults and the treat-"
    second = "ment is given for months in a follow-up of many years, which is a long-"
    page = printed(first, second, "term commitment for most people.")
    assert "the treatment is given" in text_of(write_pdf(page))
    assert "a long-term commitment" in text_of(write_pdf(page))


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(write_pdf(printed(LONG))))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (write_pdf([]), "article_no_text_layer"),
        (write_pdf(printed(LONG), [], []), "article_no_text_layer"),
        (write_pdf(printed("\ue000\ue001\ue002" * 9 + "あ")), "article_no_text_layer"),
        (encrypted(), "article_encrypted"),
        (b"%PDF-1.7\nnothing", "article_corrupt"),
        (write_pdf(printed(LONG))[:200], "article_corrupt"),
        (write_pdf(*[printed("一行です。")] * 400), "article_too_large"),
        (write_pdf(printed(LONG)).replace(b"/Kids[", b"/Kids[2 0 R "), "article_corrupt"),
    ],
    ids=["blank", "mostly blank", "no letters", "encrypted", "head only", "cut off", "400 pages", "circular"],
)
def test_a_pdf_that_cannot_be_read_whole_says_why(raw: bytes, code: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(raw, "a.pdf")
    assert refusal.value.code == code


def test_a_title_in_the_properties_counts_where_no_heading_is() -> None:
    raw = write_pdf(printed(LONG, REST), title="毛包の一生")
    assert parse_document(raw, "a.pdf").article.title == "毛包の一生"
    assert len(PdfReader(io.BytesIO(raw)).pages) == 1


def in_jis(words: str) -> bytes:
    """The words in pairs of seven bits, as the encodings /H and /V have them."""
    return bytes(byte & 0x7F for byte in words.encode("euc_jp"))


CODED = "毛包は成長期と休止期をくり返します。"


@pytest.mark.parametrize(
    ("encoding", "raw"),
    [
        ("/EUC-H", CODED.encode("euc_jp")),
        ("/EUC-V", CODED.encode("euc_jp")),
        ("/H", in_jis(CODED)),
        ("/V", in_jis(CODED)),
        ("/90ms-RKSJ-H", CODED.encode("cp932")),
        ("/90msp-RKSJ-H", CODED.encode("cp932")),
        ("/90pv-RKSJ-H", CODED.encode("cp932")),
        ("/Ext-RKSJ-V", CODED.encode("cp932")),
        ("/UniJIS-UTF16-H", CODED.encode("utf-16-be")),
        ("/UniJIS2004-UTF16-H", CODED.encode("utf-16-be")),
        ("/UniJIS-UCS2-H", CODED.encode("utf-16-be")),
        ("/UniJIS-UTF32-H", CODED.encode("utf-32-be")),
        ("/UniJIS-UTF8-H", CODED.encode("utf-8")),
    ],
)
def test_letters_that_only_the_encoding_tells_are_read(encoding: str, raw: bytes) -> None:
    assert text_of(write_coded_pdf(encoding, raw)) == CODED + "\n"


@pytest.mark.parametrize("encoding", ["/Identity-H", "/Identity-V", "/Hojo-EUC-H", "/Own-H"])
def test_letters_that_nothing_tells_are_refused_by_the_encoding(encoding: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(write_coded_pdf(encoding, in_jis(CODED)), "a.pdf")
    assert (refusal.value.code, refusal.value.values["font"]) == ("article_garbled", encoding[1:])


@pytest.mark.parametrize("mapped", ["", "毛", "毛包は長期を。"], ids=["empty", "one letter", "some letters"])
def test_letters_that_the_map_of_the_font_leaves_out_are_refused(mapped: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(write_pdf(printed(LONG, REST), mapped=mapped), "a.pdf")
    assert (refusal.value.code, refusal.value.values["font"]) == ("article_garbled", "Identity-H")


def test_a_font_whose_codes_are_unicode_itself_needs_no_list_of_letters() -> None:
    raw = re.sub(rb"/ToUnicode \d+ 0 R", b"/ToUnicode/Identity-H", write_pdf(printed(CODED)))
    raw = raw[: raw.rindex(b"xref\n", 0, raw.rindex(b"startxref"))] + raw[raw.rindex(b"trailer") :]
    assert text_of(raw) == f"{CODED}\n"


@pytest.mark.parametrize("lost", [1, 4, 5, 8])
def test_a_few_letters_that_nobody_tells_leave_the_rest_of_the_article(lost: int) -> None:
    lines = [*[LONG] * 9, REST[:2] + "蠱" * lost + REST[2:]]
    text = text_of(write_pdf(printed(*lines), mapped=LONG + REST))
    assert text == LONG * 9 + REST[:2] + "\ufffd" * lost + REST[2:] + "\n"


def test_more_letters_that_nobody_tells_than_that_are_no_article() -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(write_pdf(printed(*[LONG] * 9, "蠱" * 14 + REST), mapped=LONG + REST), "a.pdf")
    assert refusal.value.code == "article_garbled"


GAIJI = [
    ("/H", b"\x2d\x21", in_jis),
    ("/V", b"\x7c\x7e", in_jis),
    ("/EUC-H", b"\xad\xa1", lambda words: words.encode("euc_jp")),
    ("/EUC-V", b"\xfc\xfe", lambda words: words.encode("euc_jp")),
    ("/90ms-RKSJ-H", b"\x85\x40", lambda words: words.encode("cp932")),
    ("/90pv-RKSJ-H", b"\x85\x9f", lambda words: words.encode("cp932")),
    ("/GBpc-EUC-H", b"\xa2\xa1", lambda words: words.encode("gb2312")),
    ("/KSC-EUC-H", b"\xc9\xa1", lambda words: words.encode("cp949")),
]


@pytest.mark.parametrize(("encoding", "gaiji", "encode"), GAIJI, ids=[name for name, _, _ in GAIJI])
@pytest.mark.parametrize("place", [0, 3, 8])
def test_a_letter_outside_of_the_encoding_is_lost_alone(
    encoding: str, gaiji: bytes, encode: Callable[[str], bytes], place: int
) -> None:
    words = "いろはにほへと、ちりぬるを。"
    lines = [encode(words)] * 9
    lines[4] = encode(words[:place]) + gaiji + encode(words[place:])
    told = text_of(write_coded_pdf(encoding, *lines)).split()
    assert told == [words] * 4 + [words[:place] + "\ufffd" + words[place:]] + [words] * 4


def test_bytes_that_are_not_in_the_encoding_are_refused() -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(write_coded_pdf("/UniJIS-UTF8-H", CODED.encode("euc_jp")), "a.pdf")
    assert refusal.value.code in ("article_garbled", "article_no_text_layer")
