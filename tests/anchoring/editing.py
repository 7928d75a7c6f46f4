"""Articles as lists of paragraphs, and edit scripts that know which sentences they left alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from hypothesis import strategies as st

from claims.anchoring import CutArticle, cut_article
from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.records.article import Article
from claims.records.lineage import FormerClaim

HEADINGS = (
    "## 薄毛とPRP療法",
    "## ミノキシジルの効果",
    "## アクセス",
    "## よくある質問",
    "## 院長プロフィール",
)
MESSAGES = (
    "PRP療法は毛包を刺激し、発毛を促します。",
    "ミノキシジルは毛包の成長期を延長します。",
    "副作用はありません。",
    "これは動物実験で確認されています。",
    "この治療は炎症を抑えると報告されています。",
    "フィナステリドはDHTの産生を抑え、抜け毛を減らします。",
    "睡眠不足は肥満のリスクを高めます。",
    "膝の痛みは運動療法で軽くなります。",
    "12週間の試験で毛髪密度が30%増えました。",
    "ビタミンDの欠乏は骨折のリスクを高めるとされています。",
    "幹細胞は分泌物を介して組織の修復を助けます。",
    "喫煙は傷の治りを遅らせます。",
    "こんにちは、院長の見本です。",
    "どのような治療なのでしょうか。",
    "お気軽にご相談ください。",
    "初回は5,500円です。",
)
ROWS = ("| 治療 | 効果 |", "| ミノキシジル | 発毛を促す |", "| PRP療法 | 毛包を刺激する |")
_numbers = count()


@dataclass(frozen=True)
class Sentence:
    """A sentence with an identity of its own: the same words twice are two sentences."""

    text: str
    id: int


Draft = list[list[Sentence]]


def a_sentence(*texts: str) -> st.SearchStrategy[Sentence]:
    return st.sampled_from(texts or MESSAGES).map(lambda text: Sentence(text, next(_numbers)))


def a_paragraph() -> st.SearchStrategy[list[Sentence]]:
    prose = st.lists(a_sentence(), min_size=1, max_size=4)
    heading = st.lists(a_sentence(*HEADINGS), min_size=1, max_size=1)
    point = a_sentence(*(f"- {text}" for text in MESSAGES)).map(lambda s: [s])
    return st.one_of(prose, prose, heading, point)


def a_draft() -> st.SearchStrategy[Draft]:
    return st.lists(a_paragraph(), min_size=1, max_size=8)


@st.composite
def an_edit(draw: st.DrawFn, draft: Draft) -> Draft:
    """``draft`` after up to six edits of sentences and paragraphs."""
    edited = [list(paragraph) for paragraph in draft]
    for _ in range(draw(st.integers(1, 6))):
        whole = draw(st.booleans())
        if whole or not edited:
            _edit_paragraphs(draw, edited)
        else:
            _edit_sentences(draw, edited[draw(st.integers(0, len(edited) - 1))])
        edited = [paragraph for paragraph in edited if paragraph]
    return edited


def _edit_paragraphs(draw: st.DrawFn, edited: Draft) -> None:
    at = draw(st.integers(0, len(edited)))
    step = draw(st.sampled_from(("insert", "delete", "move", "duplicate")))
    if step == "insert" or at == len(edited):
        edited.insert(at, draw(a_paragraph()))
    elif step == "delete":
        del edited[at]
    elif step == "move":
        edited.insert(draw(st.integers(0, len(edited) - 1)), edited.pop(at))
    else:
        edited.insert(at, [Sentence(s.text, next(_numbers)) for s in edited[at]])


def _edit_sentences(draw: st.DrawFn, paragraph: list[Sentence]) -> None:
    if paragraph[0].text.startswith(("#", "-")):
        return
    at = draw(st.integers(0, len(paragraph) - 1))
    step = draw(st.sampled_from(("insert", "delete", "replace", "reword", "move", "duplicate")))
    if step == "insert":
        paragraph.insert(at, draw(a_sentence()))
    elif step == "delete":
        del paragraph[at]
    elif step == "replace":
        paragraph[at] = draw(a_sentence())
    elif step == "reword":
        words = paragraph[at].text.rstrip("。")
        paragraph[at] = Sentence(f"{words}という報告があります。", next(_numbers))
    elif step == "move":
        paragraph.insert(draw(st.integers(0, len(paragraph) - 1)), paragraph.pop(at))
    else:
        paragraph.insert(at, Sentence(paragraph[at].text, next(_numbers)))


def write_draft(draft: Draft) -> tuple[Article, dict[int, int]]:
    """The article of a draft, and where each sentence starts in its text."""
    text, starts = "", {}
    for paragraph in draft:
        for sentence in paragraph:
            starts[sentence.id] = len(text) + len(sentence.text) - len(sentence.text.lstrip("#- "))
            text += sentence.text
        text += "\n\n"
    article = parse_article(text, title="見本")
    assert article.text.startswith(text.rstrip()), "the reader kept the text as it was written"
    return article, starts


def cut(article: Article) -> CutArticle:
    return cut_article(article, extract_claims(article))


def former_claims(article: CutArticle, worked_on: bool = True) -> list[FormerClaim]:
    """The claims of an article as a review holds them, numbered from 1."""
    claims = [claim for unit in article.units for claim in unit.claims]
    return [FormerClaim(number, claim, worked_on) for number, claim in enumerate(claims, start=1)]
