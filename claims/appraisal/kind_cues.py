"""The words by which a record tells what it is: NLM's links and types, then its title.

Titles are read in the plain form of their characters (NFKC). A strong sign decides alone; a weak one, which
a paper's title may also begin with, only where the record has no abstract and no type of a study.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from claims.records.citation import RecordKind, RetractionStatus

Titles: TypeAlias = tuple[tuple[RecordKind, re.Pattern[str]], ...]

_START = r"\A[\W_]*"
_INSIDE = r"(?:[^\[\](){}【】〔〕<>]|\([^()]{0,40}\)){0,200}"
# As Web of Science ends a title: "(Retraction of vol 3, pg 5, 2010)".
_OF_VOLUME = rf"\s+(?:of|to|for|in)\s+vol(?:ume)?\b{_INSIDE}"
_WORK = r"(?:article(?:\s+in\s+press)?|paper|chapter|manuscript|publication|review|preprint)"
_QUOTE = "[\"“”'‘’«]"


def _begins(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"{_START}(?:{'|'.join(patterns)})", re.IGNORECASE)


def _ends(*patterns: str) -> str:
    return rf"[:\-–—\[(]\s*(?:{'|'.join(patterns)})(?:{_OF_VOLUME})?[\])]?\W*\Z"


# NLM's RefType of a link, lower case: the first that a record has decides.
KINDS_OF_LINKS = (
    (RecordKind.RETRACTION_NOTICE, "retractionof"),
    (RecordKind.PARTIAL_RETRACTION, "partialretractionof"),
    (RecordKind.EXPRESSION_OF_CONCERN, "expressionofconcernfor"),
    (RecordKind.ERRATUM, "erratumfor"),
)
REPUBLISHED_LINKS = frozenset(
    {"correctedandrepublishedfrom", "retractedandrepublishedfrom", "republishedfrom"}
)
# NLM's publication types, lower case.
NOTICE_TYPES = (
    (RecordKind.RETRACTION_NOTICE, frozenset({"retraction of publication", "retraction notice"})),
    (RecordKind.EXPRESSION_OF_CONCERN, frozenset({"expression of concern"})),
    (RecordKind.ERRATUM, frozenset({"published erratum"})),
    (RecordKind.DUPLICATE_PUBLICATION, frozenset({"duplicate publication"})),
)
RETRACTED_UI, NOTICE_UI = "D016441", "D016440"
RETRACTED_TYPES = frozenset({"retracted publication"})
KINDS_OF_TYPES = (
    (RecordKind.PROTOCOL, frozenset({"clinical trial protocol"})),
    (RecordKind.COMMENT, frozenset({"comment"})),
    (RecordKind.EDITORIAL, frozenset({"editorial", "introductory journal article"})),
    (RecordKind.LETTER, frozenset({"letter"})),
    (RecordKind.NEWS, frozenset({"news", "newspaper article"})),
    (RecordKind.BIOGRAPHY, frozenset({"biography", "autobiography", "portrait", "interview"})),
    (RecordKind.TEACHING, frozenset({"interactive tutorial", "patient education handout", "lecture"})),
)
PREPRINT_TYPES = frozenset({"preprint"})
PREPRINT_JOURNALS = re.compile(
    r"(?:med|bio|chem|ar|psyar|socar|agri)r?xiv\b|res(?:earch)? sq(?:uare)?\b|ssrn\b|preprints?\b|authorea\b",
    re.IGNORECASE,
)
STUDY_TYPES = frozenset({"clinical trial", "observational study", "validation study", "twin study"})

# A title without any of these tells nothing: most are known by this alone.
TELLING_WORDS = re.compile(
    r"r[eé]tract|withdr|remov|concern|correc|errat|corrig|addend|clarif|rectif|berichtig|publication|comment"
    r"|repl[yi]|response|rebuttal|letter|editor|publisher|\bre\s*:|撤回|下げ|訂正|正誤",
    re.IGNORECASE,
)
PROTOCOL_TITLE = re.compile(
    r"\bprotocol (?:for|of) an?\b|\b(?:study|trial|review) protocol\b|\b(?:trial|study|review): protocol\b"
    r"|\bprotocol for the\b.*\b(?:trial|study|review)\b|[:.\-–—] (?:an? |the )?protocol\W*\Z",
    re.IGNORECASE,
)

_OPENS, _SHUTS = r"[\[(【〔<{]", r"[\])】〕>}]"
_CLOSES = r"(?:\s*(?:[:|*\])】」』〕>}]|[—―]|–(?=\s*[^\W\d_a-z])|--|\.\s)|\s[-‐−–]\s|[-‐−]\s(?!and\b|or\b))"
_BY = r"\s+(?:by|at\s+the\s+request\s+of)\s+(?:the\s+)?(?:authors?|editors?|publishers?|journal)\b"


def _tells(states: str, capitals: str, japanese: str, more: str) -> re.Pattern[str]:
    """A title that says of its own paper that it is in one of ``states``: before it, after it, in brackets.

    Without a sign that parts them from the title, only ``capitals`` do, where the title has small letters.
    ``more`` may follow a state inside brackets without making it a word on something else.
    """
    state = rf"(?:{states})\b"
    sentence = rf"(?:th(?:is|e)\s+)?{_WORK}\s+(?:has\s+been|was|is)\s+{state}"
    short = rf"(?:{_WORK}\s+{state}|{state}(?:\s+{_WORK}\b)?)"
    alone = rf"{state}(?=\s*(?:{_SHUTS}|[.,;:])|{_BY}|\s+see\b{more})"
    return re.compile(
        rf"{_START}(?:(?i:{sentence}{_INSIDE}|{short}(?:{_BY}{_INSIDE})?){_CLOSES}"
        rf"|(?:{capitals})(?:\s+ARTICLE\b|\W{{1,4}}[^\W_a-z].*[a-z])|(?:{japanese}){_CLOSES})"
        rf"|{_OPENS}\s*(?:(?i:{sentence}|{state}\s+{_WORK}\b|{_WORK}\s+{state}|{alone})|{japanese})"
        rf"{_INSIDE}{_SHUTS}\W*\Z"
        rf"|(?:[.:—―]\s*|\s[-‐−–]\s*)(?i:{sentence}|{short})[^\w?]*\Z"
        rf"|(?:[\-–,]\s*|[a-z)\]]\s+)(?:{capitals})\W*\Z"
    )


# How a title says that its own paper no longer stands.
STANDINGS_OF_TITLES = (
    (
        RetractionStatus.RETRACTED,
        _tells(
            "retracted",
            "RETRACTED",
            "(?:(?:本|この)?論文は?)?撤回(?:された論文|されました|論文|済み?)?",
            r"|\s+(?:in|on|by|due|because|after)\b|\s+\d",
        ),
    ),
    (
        RetractionStatus.WITHDRAWN,
        _tells(
            r"(?:temporarily\s+)?(?:withdrawn|removed)|temporary\s+removal",
            r"WITHDRAWN|REMOVED|TEMPORARY\s+REMOVAL",
            "(?:(?:本|この)?論文は?)?取り?下げ(?:られた論文|られました|論文|済み?)?",
            "",
        ),
    ),
)

# Read in this order; a notice of a partial retraction also begins with "partial".
STRONG_TITLES: Titles = (
    (
        RecordKind.PARTIAL_RETRACTION,
        _begins(rf"partial retraction(?: note| notice| statement)?(?: of| to| for)?\s*(?::|{_QUOTE})"),
    ),
    (
        RecordKind.RETRACTION_NOTICE,
        re.compile(
            rf"[\[(]\s*(?:retraction|withdrawal){_OF_VOLUME}[\])]\W*\Z"
            r"|[:.\-–—\[(]\s*(?:retraction|withdrawal) (?:note|notice|statement)\W*\Z"
            r"|\[\s*(?:retraction|withdrawal)\s*\]\W*\Z",
            re.IGNORECASE,
        ),
    ),
    (
        RecordKind.RETRACTION_NOTICE,
        _begins(
            r"(?:notice|statement)s? of (?:the )?(?:retraction|withdrawal)\b",
            r"(?:retraction|withdrawal|removal) (?:note|notice|statement)\b",
            rf"(?:{_WORK} |editorial |publisher )?(?:retractions?|r[eé]tractation|retractaci[oó]n)\s*:",
            # A subtitle goes on in small letters, or with an article.
            rf"(?:{_WORK} )?(?-i:(?:[Ww]ithdrawals?|[Rr]emovals?)\s*:\s*{_QUOTE}?(?!An? |The )[^\W_a-z])",
            rf"(?-i:(?:WITHDRAWALS?|REMOVALS?)\s*:.*[a-z])|{_WORK} (?:withdrawal|removal)\s*:",
            r"retraction and (?:replacement|republication)\b",
            rf"retraction (?:of|to|for)\s*(?::|{_QUOTE})",
            rf"(?:retraction|withdrawal) of (?:the )?{_WORK}\s*(?::|{_QUOTE})",
            r"retraction for .{1,80} et al\b",
            r"(?:論文)?(?:撤回|取り?下げ)(?:の?(?:お知らせ|通知|告知|公告)|について)",
        ),
    ),
    (
        RecordKind.EXPRESSION_OF_CONCERN,
        re.compile(
            rf"{_START}(?:(?:editorial )?(?:notice of )?expressions? of (?:editorial )?concern"
            rf"(?:\s*:|\W*\Z|\s+(?:regarding|concerning)\b|\s+(?:about|on|over|for|to|with)\s*(?::|{_QUOTE}))"
            rf"|notice of (?:editorial )?concern\s*(?::|{_QUOTE}|\W*\Z))|"
            + _ends(r"(?:editorial )?expression of (?:editorial )?concern"),
            re.IGNORECASE,
        ),
    ),
    (
        RecordKind.ERRATUM,
        re.compile(
            rf"{_START}(?:(?:author|publisher)(?:['’]s|s['’]|s)? correction\b(?![-‐]\w)"
            r"|(?:erratum|corrigendum)\b(?![-‐]\w)"
            r"|(?:errata|corrigenda)\b(?![-‐]\w|\s+(?:in(?!\s+vol)|of|and|among|across)\b)"
            r"|correction for .{1,80} et al\b"
            rf"|correction(?:s|\(s\))?(?: notice)?(?: to| for| of| in)?\s*(?::|{_QUOTE}|\W*\Z)"
            rf"|correction(?:s|\(s\))? (?:to|in) (?:the |our |an? )?"
            rf"(?:{_WORK}|abstract|authors?|affiliations?)\b(?![-‐]\w)"
            rf"|(?:clarifications?|berichtigung(?:en)?|rectificati(?:f|on)s?|correcci[oó]n(?:es)?)"
            rf"(?: to| of| on| for| in| zu)?\s*(?::|{_QUOTE}|\W*\Z)"
            rf"|addend(?:um|a)(?: to)?\s*(?::|{_QUOTE}|\W*\Z)|notice of (?:correction|erratum)\b"
            r"|(?:お?詫びと)?訂正\s*(?:[:\])】」]|の|と|\Z)|正誤)|"
            + _ends("erratum", "corrigendum", "addendum", "(?:author|publisher) correction"),
            re.IGNORECASE,
        ),
    ),
    (
        RecordKind.DUPLICATE_PUBLICATION,
        _begins(
            r"(?:notice of )?(?:duplicate|redundant) publication\s*(?::|\W*\Z)",
            r"notice of (?:duplicate|redundant)\b",
        ),
    ),
)
STRONG_REMARKS: Titles = (
    (
        RecordKind.COMMENT,
        _begins(
            rf"(?:invited )?comment(?:s|ary)? (?:on|to)\s*(?::|{_QUOTE})",
            rf"(?:in )?(?:reply|response|rebuttal) (?:to|from)\s*(?::|{_QUOTE})",
            r"(?:reply|response|comments?) (?:to|on) .{1,60}? et al\b",
            r"re\s*:",
            r"(?:the )?authors?['’]?s?['’]? (?:reply|response)\b",
            r"(?:reply|response) (?:by|of|from) (?:the )?authors?\b",
            r"(?:in )?(?:reply|response)\W*\Z",
        ),
    ),
    (RecordKind.LETTER, _begins(r"(?:a )?letter(?:s)? to the editor\b", r"letters?\s*(?::|\W*\Z)")),
    (RecordKind.EDITORIAL, _begins(r"editorial\s*(?::|\W*\Z)")),
)
WEAK_TITLES: Titles = (
    (RecordKind.PARTIAL_RETRACTION, _begins(r"partial retraction\b")),
    (
        RecordKind.RETRACTION_NOTICE,
        re.compile(
            rf"{_START}(?:(?:{_WORK} |editorial )?(?:retraction|withdrawal|removal)s?\s*(?::|\W*\Z)"
            r"|retractions? (?:of|to|for)\b)|" + _ends("retraction"),
            re.IGNORECASE,
        ),
    ),
    (
        RecordKind.EXPRESSION_OF_CONCERN,
        _begins(
            r"(?:editorial )?expressions? of concern\b",
            r"(?:editorial|editors?['’]?s?['’]?|publishers?['’]?s?['’]?) notes?\s*:",
        ),
    ),
    (
        RecordKind.ERRATUM,
        re.compile(
            rf"{_START}(?:correction(?:s|\(s\))? (?:to|in)|addendum)\b|" + _ends("corrections?"),
            re.IGNORECASE,
        ),
    ),
    (RecordKind.DUPLICATE_PUBLICATION, _begins(r"(?:duplicate|redundant) publication\b")),
    (
        RecordKind.COMMENT,
        _begins(r"comments? (?:on|to)\b", r"commentary\b", r"(?:reply|response|rebuttal) (?:to|of|from)\b"),
    ),
    (RecordKind.LETTER, _begins(r"letters?\b")),
)
