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
_QUOTE = "[\"“”'‘’«]"


def _begins(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"{_START}(?:{'|'.join(patterns)})", re.IGNORECASE)


def _ends(*patterns: str) -> str:
    return rf"[:\-–—\[(]\s*(?:{'|'.join(patterns)})[\])]?\W*\Z"


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
    r"retract|withdr|remov|concern|correct|errat|corrig|addend|publication|comment|repl[yi]|response|rebuttal"
    r"|letter|editorial|\bre\s*:|撤回|下げ|訂正|正誤",
    re.IGNORECASE,
)
PROTOCOL_TITLE = re.compile(
    r"\bprotocol (?:for|of) an?\b|\b(?:study|trial|review) protocol\b|\b(?:trial|study|review): protocol\b"
    r"|\bprotocol for the\b.*\b(?:trial|study|review)\b|[:.\-–—] (?:an? |the )?protocol\W*\Z",
    re.IGNORECASE,
)

_ARTICLE = r"(?:\s+(?:article|paper|chapter|manuscript|publication|review|preprint))?"
_CLOSES = r"\s*(?:[:\])】」』〕>]|\s[-–—]\s)"
# How a title says that its own paper no longer stands.
STANDINGS_OF_TITLES = (
    (
        RetractionStatus.RETRACTED,
        re.compile(
            rf"{_START}(?:(?i:retracted{_ARTICLE}{_CLOSES})|RETRACTED(?:\s+ARTICLE)?\b|撤回(?:論文|済み?)?{_CLOSES})"
            rf"|(?i:[\[(【〔]\s*(?:retracted\b|撤回)[^\])】〕]*[\])】〕]\W*\Z)|[:\-–—.]\s*RETRACTED\W*\Z"
        ),
    ),
    (
        RetractionStatus.WITHDRAWN,
        re.compile(
            rf"{_START}(?:(?i:(?:withdrawn|removed|temporary removal|temporarily removed){_ARTICLE}{_CLOSES})"
            rf"|(?:WITHDRAWN|REMOVED|TEMPORARY REMOVAL)\b|取り?下げ(?:論文|済み?)?{_CLOSES})"
            r"|(?i:[\[(【〔]\s*(?:withdrawn|取り?下げ)\b[^\])】〕]*[\])】〕]\W*\Z)|[:\-–—.]\s*WITHDRAWN\W*\Z"
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
        _begins(
            r"(?:notice|statement)s? of (?:the )?(?:retraction|withdrawal)\b",
            r"(?:retraction|withdrawal|removal) (?:note|notice|statement)\b",
            r"retraction and (?:replacement|republication)\b",
            rf"retraction (?:of|to|for)\s*(?::|{_QUOTE})",
            r"retraction for .{1,80} et al\b",
            r"(?:論文)?(?:撤回|取り?下げ)(?:の?(?:お知らせ|通知|告知|公告)|について)",
        ),
    ),
    (
        RecordKind.EXPRESSION_OF_CONCERN,
        re.compile(
            rf"{_START}(?:editorial )?(?:notice of )?expression of (?:editorial )?concern\s*(?::|\Z|\W*\Z)|"
            + _ends(r"(?:editorial )?expression of (?:editorial )?concern"),
            re.IGNORECASE,
        ),
    ),
    (
        RecordKind.ERRATUM,
        re.compile(
            rf"{_START}(?:(?:author|publisher)(?:['’]s|s['’]|s)? correction\b"
            r"|(?:erratum|errata|corrigend(?:um|a))\b|correction for .{1,80} et al\b"
            rf"|corrections?(?: notice)?(?: to| for| of)?\s*(?::|{_QUOTE}|\W*\Z)"
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
        _begins(
            r"(?:article |editorial )?(?:retraction|withdrawal)\s*(?::|\W*\Z)", r"retraction (?:of|to|for)\b"
        ),
    ),
    (RecordKind.EXPRESSION_OF_CONCERN, _begins(r"(?:editorial )?expression of concern\b")),
    (
        RecordKind.ERRATUM,
        re.compile(rf"{_START}(?:corrections? to|addendum)\b|" + _ends("correction"), re.IGNORECASE),
    ),
    (RecordKind.DUPLICATE_PUBLICATION, _begins(r"(?:duplicate|redundant) publication\b")),
    (
        RecordKind.COMMENT,
        _begins(r"comments? (?:on|to)\b", r"commentary\b", r"(?:reply|response|rebuttal) (?:to|of|from)\b"),
    ),
    (RecordKind.LETTER, _begins(r"letters?\b")),
)
