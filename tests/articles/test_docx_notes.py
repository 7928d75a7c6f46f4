"""Footnotes and endnotes of Word files are read behind the block that bears their mark; text boxes once."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from claims.articles import parse_document
from claims.errors import ArticleError
from claims.extraction import extract_claims
from claims.records.article import Language
from claims.records.claim import DropReason
from claims.references import Citing, list_lost_marks, name_paper

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
KINDS = {
    "footnotes": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnotes": RELATIONSHIP_TYPE.ENDNOTES,
    "comments": RELATIONSHIP_TYPE.COMMENTS,
}
SEPARATOR = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>―――</w:t></w:r></w:p></w:footnote>'
RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def mark(number: int, kind: str = "footnote") -> str:
    return f'<w:r>{RAISED}<w:{kind}Reference w:id="{number}"/></w:r>'


def note(number: int, words: str, kind: str = "footnote") -> str:
    own = f"<w:r>{RAISED}<w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{number}"><w:p>{own}{run(" " + words)}</w:p></w:{kind}>'


def annotated_file(body: str, parts: Mapping[str, str | bytes], suffix: str = "xml") -> bytes:
    """A Word file with this body and with the parts that are given, by name, as Word relates them."""
    document = Document()
    for block in parse_xml(f"<w:body {NAMES}>{body}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, block)
    for name, content in parts.items():
        if isinstance(content, str):
            content = f"<w:{name} {NAMES}>{content}</w:{name}>".encode()
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        part = Part(PackURI(f"/word/{name}.{suffix}"), kind, content, document.part.package)
        document.part.relate_to(part, KINDS[name])
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def read(body: str, **parts: str | bytes) -> str:
    return parse_document(annotated_file(body, parts), "a.docx").article.text


ZINC, ELDERLY = "亜鉛は味覚障害を改善します。", "80歳を超える人では効果がありませんでした。"
CELL = f"<w:tc><w:p>{run('亜鉛')}{mark(1)}</w:p></w:tc><w:tc><w:p>{run('効く')}</w:p></w:tc>"
DELETED_MARK = f"<w:del>{mark(1)}</w:del>"
OWN_MARK = f'<w:r>{RAISED}<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>2</w:t></w:r>'
# A body that bears footnote 1 → what is read.
BEARERS = [
    (
        f"<w:p>{run('亜鉛は')}{mark(1)}{run('味覚障害を改善します。')}</w:p>",
        f"亜鉛は[^note-1]味覚障害を改善します。\n\n[^note-1]: {ELDERLY}\n",
    ),
    (
        f"<w:p>{run(ZINC)}{mark(1)}{mark(1)}</w:p>",
        f"{ZINC}[^note-1][^note-1]\n\n[^note-1]: {ELDERLY}\n",
    ),
    (f"<w:p>{run(ZINC)}{mark(7)}</w:p>", f"{ZINC}\n"),
    (f"<w:p>{run(ZINC)}{DELETED_MARK}</w:p>", f"{ZINC}\n"),
    (
        f"<w:p>{run('亜鉛は')}{OWN_MARK}{run('効きます。')}</w:p>",
        f"亜鉛は[^note-1]効きます。\n\n[^note-1]: {ELDERLY}\n",
    ),
    (f"<w:p>{mark(1)}</w:p><w:p>{run(ZINC)}</w:p>", f"[^note-1]: {ELDERLY}\n\n{ZINC}\n"),
    (f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>", f"| 亜鉛[^note-1] | 効く |\n\n[^note-1]: {ELDERLY}\n"),
]


@pytest.mark.parametrize(("body", "seen"), BEARERS)
def test_a_footnote_stands_behind_the_block_that_bears_its_mark(body: str, seen: str) -> None:
    assert read(body, footnotes=SEPARATOR + note(1, ELDERLY)) == seen


def test_an_endnote_is_not_the_footnote_of_the_same_number() -> None:
    body = f"<w:p>{run('Zinc ')}{mark(1)}{run('helps.')}{mark(1, 'endnote')}</w:p>"
    parts = {"footnotes": note(1, "In adults."), "endnotes": note(1, "Not in children.", "endnote")}
    assert (
        read(body, footnotes=parts["footnotes"], endnotes=parts["endnotes"])
        == "Zinc [^note-1]helps.[^note-2]\n\n[^note-1]: In adults.\n\n[^note-2]: Not in children.\n"
    )


def test_a_mark_that_the_author_chose_is_no_word_of_the_note() -> None:
    body = f"<w:p>{run(ZINC)}{OWN_MARK}</w:p>"
    own = f'<w:footnote w:id="1"><w:p>{run("2")}{run(" 2人では効果がありません。")}</w:p></w:footnote>'
    assert read(body, footnotes=own) == f"{ZINC}[^note-1]\n\n[^note-1]: 2人では効果がありません。\n"


def test_the_sentence_that_bears_the_mark_of_a_note_has_its_reference() -> None:
    source = "Sample A, et al. Zinc and taste. J Taste 2019; 12: 3-9."
    body = f"<w:p>{run(ZINC)}{mark(1)}{run('鉄は疲れを減らします')}{mark(1, 'endnote')}{run('。')}</w:p>"
    raw = annotated_file(
        body, {"footnotes": note(1, source), "endnotes": note(1, "PMID: 900000044", "endnote")}
    )
    article = parse_document(raw, "a.docx").article
    citing = Citing(article)
    told = [
        (claim.read_as, [name_paper(one, article.text).words for one in citing.find(claim.start, claim.end)])
        for claim in extract_claims(article).claims
    ]
    assert told == [(ZINC, [source]), ("鉄は疲れを減らします。", ["PMID: 900000044"])]
    assert list_lost_marks(article) == ()


def test_the_mark_of_a_note_is_no_word_of_a_heading() -> None:
    body = f'<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>{run("亜鉛の働き")}{mark(1)}</w:p>'
    assert read(body, footnotes=note(1, ELDERLY)) == f"# 亜鉛の働き\n\n[^note-1]: {ELDERLY}\n"


def test_notes_that_refer_to_themselves_and_each_other_are_read_once() -> None:
    chain = "".join(
        f'<w:footnote w:id="{at}"><w:p>{run(f"第{at}注。")}{mark(at)}{mark(at + 1)}</w:p></w:footnote>'
        for at in range(3_000)
    )
    text = read(f"<w:p>{run(ZINC)}{mark(0)}</w:p>", footnotes=chain)
    assert [text.count(f"第{at}注。") for at in (0, 1, 2_999)] == [1, 1, 1]


def test_a_footnote_is_a_claim_of_its_own_and_leaves_the_sentence_whole() -> None:
    body = f"<w:p>{run('亜鉛は')}{mark(1)}{run('味覚障害を改善します。')}</w:p>"
    raw = annotated_file(body, {"footnotes": note(1, ELDERLY)})
    article = parse_document(raw, "a.docx").article
    claims = extract_claims(article).claims
    assert [claim.text for claim in claims] == ["亜鉛は[^note-1]味覚障害を改善します。", ELDERLY]
    assert [article.text[claim.start : claim.end] for claim in claims] == [claim.text for claim in claims]
    assert claims[0].read_as == ZINC


@pytest.mark.parametrize(
    "source",
    [
        "Sample A, et al. Zinc and taste. J Taste 2019; 12: 3-9.",
        "PMID: 900000044",
        "https://doi.org/10.1000/taste.2019.",
        "味覚雑誌 2019; 12: 3-9",
    ],
)
def test_a_footnote_that_is_a_bare_reference_is_left_out_as_one(source: str) -> None:
    raw = annotated_file(f"<w:p>{run(ZINC)}{mark(1)}</w:p>", {"footnotes": note(1, source)})
    dropped = extract_claims(parse_document(raw, "a.docx").article).dropped
    assert [(unit.text, unit.reason) for unit in dropped] == [(source, DropReason.REFERENCE)]


@pytest.mark.parametrize("words", ["高齢者を除く", "Adults only", "参考文献", "高齢者への効果は？"])
def test_a_footnote_is_no_heading_of_what_follows(words: str) -> None:
    after = "鉄が足りないと髪が抜けやすくなります。"
    body = f"<w:p>{run(ZINC)}{mark(1)}</w:p><w:p>{run(after)}</w:p>"
    blocks = parse_document(annotated_file(body, {"footnotes": note(1, words)}), "a.docx").article.blocks
    assert {block.heading for block in blocks} == {""}
    assert [block.kind.value for block in blocks] == ["paragraph", "list_item", "paragraph"]


@pytest.mark.parametrize(
    ("after", "kind"), [(ZINC, "paragraph"), ("成人では亜鉛が味覚障害を改善します。", "heading")]
)
def test_a_short_line_is_a_heading_or_none_whether_it_bears_a_note_or_not(after: str, kind: str) -> None:
    for marked in ("", mark(1)):
        body = f"<w:p>{run('鉄が足りないと髪が抜けやすくなります。')}</w:p>"
        body += f"<w:p>{run('亜鉛の働き')}{marked}</w:p><w:p>{run(after)}</w:p>"
        raw = annotated_file(body, {"footnotes": note(1, ELDERLY)})
        assert parse_document(raw, "a.docx").article.blocks[1].kind.value == kind


def box(words: str) -> str:
    return f"<w:txbxContent><w:p>{run(words)}</w:p></w:txbxContent>"


def alternatives(*branches: str) -> str:
    return f"<w:r><mc:AlternateContent>{''.join(branches)}</mc:AlternateContent></w:r>"


def choice(inner: str) -> str:
    return f'<mc:Choice Requires="wps"><wps:txbx>{inner}</wps:txbx></mc:Choice>'


def fallback(inner: str) -> str:
    return f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"


IN_BOX = "鉄は酸素を運びます。"
BOXES = [
    alternatives(choice(box(IN_BOX)), fallback(box(IN_BOX))),
    alternatives(choice(box(IN_BOX)), choice(box(IN_BOX)), fallback(box(IN_BOX))),
    alternatives(choice(""), fallback(box(IN_BOX))),
    alternatives(fallback(box(IN_BOX))),
    f"<w:r><w:pict><v:textbox>{box(IN_BOX)}</v:textbox></w:pict></w:r>",
]


@pytest.mark.parametrize("written", BOXES)
def test_a_text_box_is_read_once_behind_the_paragraph_it_hangs_on(written: str) -> None:
    body = f"<w:p>{run(ZINC)}{written}</w:p><w:p>{run('次の文です。')}</w:p>"
    assert read(body) == f"{ZINC}\n\n{IN_BOX}\n\n次の文です。\n"


def test_a_text_box_in_a_table_is_read_behind_the_table() -> None:
    cells = f"<w:tc><w:p>{run('亜鉛')}{BOXES[0]}</w:p></w:tc><w:tc><w:p>{run('効く')}</w:p></w:tc>"
    assert read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == f"| 亜鉛 | 効く |\n\n{IN_BOX}\n"
    assert read(f"<w:tbl><w:tr><w:tc><w:p>{BOXES[0]}</w:p></w:tc></w:tr></w:tbl>") == f"{IN_BOX}\n"


def test_notes_of_a_text_box_stand_behind_its_words() -> None:
    inside = f"<w:txbxContent><w:p>{run(IN_BOX)}{mark(1)}</w:p></w:txbxContent>"
    body = f"<w:p>{run(ZINC)}{alternatives(choice(inside), fallback(inside))}</w:p>"
    assert read(body, footnotes=note(1, ELDERLY)) == f"{ZINC}\n\n{IN_BOX}[^note-1]\n\n[^note-1]: {ELDERLY}\n"


def test_what_is_cited_does_not_decide_the_language() -> None:
    cited = note(1, "Sample A, et al. Zinc and taste in adults with a deficiency. J Taste 2019; 12: 3-9.")
    raw = annotated_file(f"<w:p>{run(ZINC)}{mark(1)}</w:p>", {"footnotes": cited})
    assert parse_document(raw, "a.docx").article.language is Language.JA


# Well formed, in a part whose name escapes the limits on XML.
UNCOUNTED = f"<w:notes {NAMES}/>".encode()
BOMB = b'<!DOCTYPE x [<!ENTITY a "lol">]><w:footnotes/>'


@pytest.mark.parametrize("name", ["footnotes", "endnotes"])
@pytest.mark.parametrize(
    ("content", "suffix", "code"),
    [
        (b"<w:footnotes", "xml", "article_corrupt"),
        (b"", "xml", "article_corrupt"),
        (BOMB, "xml", "article_entities"),
        (b" " * 9_000_000, "xml", "article_too_large"),
        (BOMB, "bin", "article_corrupt"),
        (UNCOUNTED, "bin", "article_corrupt"),
    ],
)
def test_a_file_whose_notes_cannot_be_read_is_refused(
    name: str, content: bytes, suffix: str, code: str
) -> None:
    raw = annotated_file(f"<w:p>{run(ZINC)}{mark(1)}</w:p>", {name: content}, suffix)
    with pytest.raises(ArticleError) as refusal:
        parse_document(raw, "a.docx")
    assert refusal.value.code == code
