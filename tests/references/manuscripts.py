"""Two manuscripts of ten sentences with ten references each, and the records that PubMed has of them.

Of the ten one is retracted, one names the PMID of another paper, one the PMID of none, and one is no paper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.entrez_server import sample_article

RETRACTED = (
    '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"><RefSource>J Sample</RefSource>'
    "</CommentsCorrections></CommentsCorrectionsList>"
)
TITLES = (
    "Zinc restores the taste of older adults",
    "Iron eases the fatigue of women",
    "Vitamin D prevents fractures of the hip",
    "Folate prevents defects of the neural tube",
    "Copper prevents anaemia after gastric bypass",
    "Magnesium relieves leg cramps in pregnancy",
    "Iodine prevents goitre in schoolchildren",
    "Selenium protects the thyroid of smokers",
    "Calcium lowers blood pressure in pregnancy",
)
# The numbers of the references by what is wrong with them.
RETRACTED_ONE, OF_ANOTHER, MISSING, NO_PAPER = 2, 3, 4, 10
PMIDS = [str(9_000_000_301 + at) for at in range(len(TITLES))]
OTHER = "9000000391"
PAPERS = [
    *(
        sample_article(
            pmid,
            f"{title}.",
            f"{title}: so we found.",
            inside=RETRACTED if at == RETRACTED_ONE - 1 else "",
            body=f'<ELocationID EIdType="doi">10.5555/sample.{at + 1}</ELocationID>',
        )
        for at, (pmid, title) in enumerate(zip(PMIDS, TITLES, strict=True))
        if at != MISSING - 1
    ),
    sample_article(OTHER, "Swimming builds the strength of mice."),
]
_ENTRIES = [f"Sample A. {title}. J Sample. 2020;{at}:2-3." for at, title in enumerate(TITLES, start=1)]
_ENTRIES[0] += " doi:10.5555/sample.1"
_ENTRIES[RETRACTED_ONE - 1] += f" PMID: {PMIDS[RETRACTED_ONE - 1]}"
_ENTRIES[OF_ANOTHER - 1] += f" PMID: {OTHER}"
_ENTRIES[MISSING - 1] += " PMID: 9000000999"
_ENTRIES[6] = _ENTRIES[6].replace("2020", "2011") + " doi:10.5555/sample.7"


def _list_entries(form: str, last: str) -> str:
    return "\n".join(form.format(number, entry) for number, entry in enumerate([*_ENTRIES, last], start=1))


ENGLISH = (
    """# Minerals and health

Zinc restores the taste of older adults [1]. Iron reduces fatigue in women.[2] Vitamin D prevents hip
fractures (3). Folate prevents neural tube defects [4]. Copper supplements prevent anaemia [5,6]. Magnesium
relieves leg cramps in pregnancy [6]. Iodine prevents goitre in children [5–7]. Selenium protects the thyroid
of smokers [8, 9]. Calcium lowers blood pressure in pregnancy [9]. Adults need 10 mg of zinc a day [10].

## References

""".replace("(3)", "[3]")
    + _list_entries(
        "{}. {}",
        "Sample Ministry. Dietary reference guideline 2020. Sample Press; 2020. https://example.org/drv",
    )
)
JAPANESE = """# ミネラルと健康

亜鉛は高齢者の味覚を回復させます[1]。鉄は女性の疲労を軽減します。[2] ビタミンDは股関節の骨折を予防します※3。
葉酸は神経管閉鎖障害を予防します[4]。銅は貧血を予防します[5,6]。マグネシウムは妊婦のこむら返りを軽減します[6]。
ヨウ素は小児の甲状腺腫を予防します[5〜7]。セレンは喫煙者の甲状腺を保護します[8、9]。
カルシウムは妊婦の血圧を下げます[9]。成人は1日に亜鉛が10mg必要です[10]。

## 参考文献

""" + _list_entries("[{}] {}", "見本省. 日本人の食事摂取基準（2020年版）. https://example.org/drv")
# What the ten sentences cite, in their order.
CITED = [(1,), (2,), (3,), (4,), (5, 6), (6,), (5, 6, 7), (8, 9), (9,), (10,)]


def find_paper(term: str) -> Sequence[str]:
    """The PMIDs of a reference by its DOI or by every word of its title; nothing for any other query."""
    words = re.findall(r'"?([^"\[\]]+?)"?\[(\w+)\]', term.replace(" AND ", " ").lower())
    fields = {field for _, field in words}
    if fields == {"doi"}:
        return [pmid for pmid, paper in zip(PMIDS, TITLES, strict=True) if _has_doi(pmid, words[0][0])]
    if fields and fields <= {"ti", "au", "dp"}:
        wanted = [word.strip() for word, field in words if field == "ti"]
        titles = zip(PMIDS, TITLES, strict=True)
        return [
            pmid
            for pmid, title in titles
            if pmid not in (PMIDS[OF_ANOTHER - 1], PMIDS[MISSING - 1])
            and all(word in title.lower().split() for word in wanted)
        ]
    return []


def _has_doi(pmid: str, doi: str) -> bool:
    return doi.strip() == f"10.5555/sample.{PMIDS.index(pmid) + 1}"
