"""What only points at a source: (see this review), （詳しくはこちらの論文）, ※出典はこちら."""

from __future__ import annotations

import re

# What a pointer begins with, and what may follow; a place where papers are kept may stand alone.
_LEAD = (
    r"(?:see|cf\.?|read|view|via|sources?|references?|refs?\.?|links?|here|details|"
    r"more|for\s(?:more|details|further|a\sreview|an\soverview))"
)
_PLACE = (
    r"(?:pubmed(?:\scentral)?|pmc|doi|cross ?ref|cochrane|j-?stage|links?|sources?|references?|here|abstract|"
    r"(?:free\s)?full\s?text|(?:original\s)?(?:article|paper|study|review|publication))"
)
_REST = (
    r"(?:also|this|these|that|the|an?|our|their|its|for|in|on|at|to|of|by|from|more|further|full|free|original|"
    r"recent|systematic|latest|details?|information|info|discussion|overview|example|here|below|links?|sources?|"
    r"references?|reviews?|meta-?analys[ie]s|stud(?:y|ies)|trials?|papers?|articles?|publications?|reports?|"
    r"research|abstract|text|pubmed|pmc|doi|cochrane)"
)
_ENGLISH = rf"(?:{_PLACE}|{_LEAD}(?:[\s:,]+{_REST}){{0,8}})"
# It points where it has one of these, and nothing but them and what joins them.
_POINTS = (
    r"(?:こちら|出典|参考|参照|引用元?|文献|論文|原著|原文|リンク|詳しくは|くわしくは|詳細は?|ご覧|"
    r"PubMed|PMC|DOI|CrossRef|J-?STAGE)"
)
_JOINS = (
    r"(?:もっと|さらに|より|以下|下記|上記|この|その|元|研究|報告|レビュー|総説|試験|記事|サイト|ページ|データ|資料|URL|全文|"
    r"ください|下さい|から|まで|[のはをにでへもご]|[:：、，→⇒▶\s])"
)
_JAPANESE = rf"(?:{_JOINS}){{0,6}}{_POINTS}(?:{_JOINS}|{_POINTS}){{0,10}}"
_WORDS = rf"(?:{_ENGLISH}|{_JAPANESE})"
_SIGN = r"[※→⇒▶]"
_POINTER = re.compile(
    rf"\s?[(（\[［【]\s?{_SIGN}?\s?{_WORDS}[\s.。]?[)）\]］】]|"
    rf"\s?(?:{_SIGN}|\s[–—-]\s)\s?{_WORDS}(?=[。．.]?\s*\Z)",
    re.IGNORECASE,
)


def strip_pointers(text: str) -> str:
    """The text without what only points at a source.

    >>> strip_pointers("Zinc helps (see this review)."), strip_pointers("Zinc helps (in this study).")
    ('Zinc helps.', 'Zinc helps (in this study).')
    >>> strip_pointers("亜鉛は味覚を保つ（詳しくはこちらの論文）。"), strip_pointers("鉄は効く※出典はこちら")
    ('亜鉛は味覚を保つ。', '鉄は効く')
    """
    return _POINTER.sub("", text)
