"""Texts as people write, paste and export them: what each line is taken for."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.records.article import BlockKind

LETTERS = {
    BlockKind.THEME: "Q",
    BlockKind.HEADING: "H",
    BlockKind.PARAGRAPH: "P",
    BlockKind.LIST_ITEM: "L",
    BlockKind.TABLE_HEADER: "C",
    BlockKind.TABLE_ROW: "R",
    BlockKind.BOILERPLATE: "B",
}
BODY = "加齢とともに毛母細胞の分裂が遅くなります。"
# Name → the text, and the letter of each block's kind: H heading, P paragraph, L point, Q theme or question,
# C column heads, R row, B boilerplate.
SHAPES = {
    # marks
    "brackets": (f"【薄毛の原因】\n{BODY}\n＜副作用＞\n{BODY}\n［使い方］\n{BODY}", "HPHPHP"),
    "squares": (f"■ 原因\n{BODY}\n◆対策◆\n{BODY}\n●注意点\n{BODY}", "HPHPHP"),
    "statements behind a sign": (
        f"★★★★★「3か月で髪が太くなりました」(40代男性)\n■{BODY}\n▼ 原因\n{BODY}",
        "LLHP",
    ),
    "circled numbers": (f"①遺伝\n{BODY}\n②ホルモン\n{BODY}", "HPHP"),
    "circled points": ("次の3点です。\n①朝に塗る\n②夜に塗る\n③毎日続ける", "PLLL"),
    "numbered headings": (f"1. 診察を受ける\n{BODY}\n2. 薬を選ぶ\n{BODY}", "HPHP"),
    "setext": (f"睡眠と肥満\n==========\n\n{BODY}\n\n食欲\n----\n\n{BODY}", "HPHP"),
    "steps": (f"Step1 診察\n{BODY}\nSTEP 2：投薬\n{BODY}", "HPHP"),
    "letters": ("効果は2つです。\n(ア) 発毛\n(イ) 育毛", "PLL"),
    "tasks": ("- [ ] 睡眠を7時間とる\n- [x] 運動する", "LL"),
    "definitions": ("亜鉛\n: ケラチンの合成を助けます。", "HL"),
    "tags": (f'<div align="center">{BODY}</div>\n<br>\n<b>{BODY}</b>', "PP"),
    "code fences": (f"```text\n{BODY}\n```", "P"),
    # lists
    "bullets with tabs": ("塗り方\n•\t1日2回塗る\n•\t4か月は続ける\n1.\t洗う\n2.\t乾かす", "HLLLL"),
    "nested": ("- 亜鉛\n  - ケラチンの合成を助けます。\n    1. 牡蠣に多い\n- 鉄", "LLLL"),
    "a point above a table": ("1. 起きる\n2. 光を浴びる\n\n| 年代 | 時間 |\n|---|---|\n| 20代 | 7 |", "LLCR"),
    "quotes": (f"> {BODY}\n>\n> {BODY}", "PP"),
    # questions
    "questions": ("Q：痛いですか？\nA：ほとんど痛みません。\nQ2 何回ですか\nA2 5回です。", "QPQP"),
    "bracketed questions": (
        "【Q1】痛いですか？\n【A1】ほとんど痛みません。\nQ.2　何回？\nA.2　5回です。",
        "QPQP",
    ),
    "worded questions": ("質問1：痛いですか？\n回答：ほとんど痛みません。", "QP"),
    "a question alone": (f"基礎知識\n\nAGAは治りますか？\n\n{BODY}", "HHP"),
    "a question in passing": (f"{BODY}\n\nお悩みではありませんか？\n\n{BODY}", "PPP"),
    # broken lines
    "wrapped at 23": (
        "PRP療法では、患者自身の血液から血小板を多く含む\n血漿を取り出し、関節に注射します。血小板から放出さ\n"
        "れる成長因子が炎症を抑えると考えられています。\n\n変形性膝関節症は、関節軟骨がすり減り、骨が変形し\n"
        "ていく病気です。",
        "PP",
    ),
    "wrapped at 72": (
        "Magnesium is a cofactor of more than 300 enzymes, among them those that\nmake ATP. "
        "About half of the body's magnesium is stored in bone, and less\nthan one percent circulates "
        "in blood, where it is bound to\nalbumin. The\nkidneys keep its level within narrow limits by "
        "excreting what is not used.",
        "P",
    ),
    "a bracket over lines": (
        "患者の多く（とくに高齢者、\n免疫が落ちている人）では、感染が\n重くなります。",
        "P",
    ),
    "a line break after each phrase": (
        "腎臓の働きは\n加齢とともに\n少しずつ落ちていきます。\n塩分を控えると\n血圧が下がります。",
        "PP",
    ),
    "a break before the noun": (
        "胃の粘膜が荒れる\n病気です。\n\n塩分の摂りすぎによる\n高血圧も増えています。",
        "PP",
    ),
    "a break within a word's forms": (
        "骨の量を保つ目的\nで使われます。\nビタミンKは骨折\nを防ぐとされています。",
        "PP",
    ),
    "a paragraph a line": ("鉄は\n\n血をつくる材料を\n\n補います。\n\n鉄が足りないと疲れます。", "PP"),
    "a comma before a blank line": ("目の周りの筋肉をゆるめたり、\n\n視力を保つ目的で処方されます。", "P"),
    "a verb that heads": (f"姿勢を正す\n腰は体重の多くを支えています。\n夜に歩く\n{BODY}", "HPHP"),
    "a heading with a particle": (f"はじめに\n{BODY}\n子どもの視力\n{BODY}\n緑内障とは\n{BODY}", "HPHPHP"),
    "English lines without their end": (
        "Zinc is needed for\n\nthe repair of skin, and\nfor taste.\n\nToo much zinc lowers\n\ncopper.",
        "PP",
    ),
    "a heading above one line": (f"血液検査で調べる五つの項目とその目安\n{BODY}", "HP"),
    "a heading that ends like a word": (
        "Insulin\nInsulin lowers blood glucose by moving it into cells.",
        "HP",
    ),
    "a long heading": (
        "Botox for adults with chronic migraine who tried pills\nIt is given every 12 weeks, for years.",
        "HP",
    ),
    "a sentence with a reference": (
        "## Trials\nIt did not reduce fractures.[1]\nIt did not lower mortality. (2, 3)",
        "HPP",
    ),
    # tables
    "tabs": ("治療\t効果\t期間\n内服薬\t抜け毛が減る\t6か月\n外用薬\t発毛を促す\t4か月", "CRR"),
    "labels in the first column": ("効果 | 炎症を抑えます。\n副作用 | 腫れが続きます。\n回数 | 3回", "RRR"),
    "heads over labels": ("項目 | 内容\n効果 | 炎症を抑える\n副作用 | 腫れ", "CRR"),
    "labels and several columns": (
        "比較項目 | 従来 | 新法\n効果 | 弱い | 強い\n副作用 | 多い | 少ない",
        "CRR",
    ),
    "no heads": ("ビタミンC | 合成を助ける | 100mg\nビタミンE | 酸化を防ぐ | 6mg", "RR"),
    "an empty corner": ("| | 内服 | 外用 |\n|---|---|---|\n| 効果 | 強い | 弱い |", "CR"),
    "short rules": ("|薬|働き|\n|:-:|:-:|\n|鉄剤|鉄を補う|", "CR"),
    "heads that say nothing": ("|  |  |\n| --- | --- |\n| 効果 | 強い |\n| 項目 | 弱い |", "RR"),
    "hours": ("時間 | 月 | 火\n10:00〜13:00 | ○ | ×\n15:00〜19:00 | ○ | ×", "CBB"),
    "prices": (
        "## 料金表\nメニュー | 1回\nPRP | 88,000円\n\n## 成分表\n名称 | 働き\n亜鉛 | 免疫を保つ",
        "HBBHCR",
    ),
    "another table after prices": (
        "料金表\nPRP | 88,000円\n幹細胞 | 99,000円\n成分表\n亜鉛 | 免疫を保つ\n鉄 | 血を作る",
        "HBBHRR",
    ),
    # what stands around
    "a menu": (f"診療案内\n料金\nアクセス\nHOME\nAGAの治療\n{BODY}", "BBBBHP"),
    "an English menu": ("Skip to content\nHome\nAbout\nContact\nIt blocks CGRP release in nerves.", "BBBBP"),
    "prices alone open a section": ("料金\n1回 5,000円\n\nアクセス\n駅から徒歩3分", "HBHB"),
    "contents": (f"目次\n1. 原因\n2. 症状\n\n原因\n{BODY}\n症状\n{BODY}", "HBBHPHP"),
    "a profile, then the article": (f"監修医師\n佐藤花子\n2003年 卒業\n\n治療の効果\n{BODY}", "HBBHP"),
    "a profile to the end": (
        "監修医師\n佐藤花子\n皮膚科で20年診療しています。\n\nご挨拶\n皆さまの健康を支えます。",
        "HBBBB",
    ),
    "related pages": (f"関連記事\nシミの原因と治療\n{BODY}", "HBB"),
    "a related page in the text": (f"関連記事：肝斑の治療法\n{BODY}\nご予約はこちら\n{BODY}", "BPBP"),
    "an English header": (
        "March 3, 2025 | 5 min read\nBy Dr. Jane Sample\nIt is approved for chronic migraine.",
        "BBP",
    ),
    "two kinds of dealings in one heading": (
        "## 送料・お支払い方法\n全国一律500円です。\n## 効果と費用\n髪が増えます。",
        "HBHP",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_line_is_taken_for_what_it_is(name: str) -> None:
    text, letters = SHAPES[name]
    assert "".join(LETTERS[block.kind] for block in parse_article(text).blocks) == letters


def test_an_empty_corner_keeps_the_columns_in_place() -> None:
    rows = [block for block in parse_article(SHAPES["an empty corner"][0]).blocks if block.columns]
    assert dict(zip(rows[0].columns, rows[0].cells, strict=True)) == {
        "": "効果",
        "内服": "強い",
        "外用": "弱い",
    }


UNSEEN = (
    "\u200b■\u200b 薄毛の\u200b原因\nミノキ\u200bシジルは血管を\u202e広げます\u202c。\n"
    "\u200b\u2060\n\u2066料金\n1回 5,000円\n"
)


def test_characters_that_nobody_sees_stay_in_the_text_and_hide_nothing() -> None:
    article = parse_article(UNSEEN)
    assert article.text == UNSEEN
    assert "".join(LETTERS[block.kind] for block in article.blocks) == "HPHB"
    assert [block.heading for block in article.blocks] == ["", "薄毛の原因", "", "料金"]
    assert article.title == "薄毛の原因"
