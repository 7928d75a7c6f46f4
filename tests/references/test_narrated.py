"""Names with a year that are words of a sentence point at the entry of the list; the sentence stays whole."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.extraction import extract_claims
from claims.references import (
    Citing,
    find_markers,
    is_reference,
    list_lost_marks,
    strip_citations,
    strip_markers,
)

ENGLISH = """# Minerals

Smith et al. (2020) found that zinc preserves taste. {0}

## References

Smith A, Roe B, Poe C. Zinc and taste. J Sample. 2020;1:2-3.
Smith J. Iron. J Sample. 2019;1:2-3.
Smith J, Jones K. Folate and defects. J Sample. 2019;2:3-4.
van der Doe B. Copper. J Sample. 2018;3:4-5.
"""
JAPANESE = """# ミネラル

田中ら（2019）は、鉄が疲労を減らすと報告した。{0}

## 参考文献

佐藤三郎. 鉄の本. 見本雑誌 2019; 4: 5-6.
田中一郎, 山田二郎. 鉄と疲労. 見本雑誌 2019; 5: 7-9.
田中四郎, 佐藤五郎. 銅と貧血. 見本雑誌 2019; 6: 1-2.
"""


def cite(text: str) -> list[tuple[str, list[str]]]:
    """Each claim with the first words of what it cites."""
    article = parse_article(text)
    citing = Citing(article)
    return [
        (
            claim.text,
            [article.text[one.start : one.end].split(".")[0] for one in citing.find(claim.start, claim.end)],
        )
        for claim in extract_claims(article).claims
    ]


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("Smith and Jones (2019) reported that folate prevents defects.", "Smith J, Jones K"),
        ("Smith (2019) showed that iron reduces fatigue.", "Smith J"),
        ("Copper prevents anaemia, as van der Doe and colleagues (2018) showed.", "van der Doe B"),
    ],
)
def test_names_in_an_english_sentence_point_at_their_entry(sentence: str, entry: str) -> None:
    assert cite(ENGLISH.format(sentence)) == [
        ("Smith et al. (2020) found that zinc preserves taste.", ["Smith A, Roe B, Poe C"]),
        (sentence, [entry]),
    ]


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("田中・佐藤（2019）は、銅が貧血を防ぐことを示した。", "田中四郎, 佐藤五郎"),
        ("佐藤氏（2019年）によると、鉄は疲労を軽減します。", "佐藤三郎"),
        ("近年田中ら(2019)により、鉄は疲労を軽減すると報告された。", "田中一郎, 山田二郎"),
    ],
)
def test_names_in_a_japanese_sentence_point_at_their_entry(sentence: str, entry: str) -> None:
    assert cite(JAPANESE.format(sentence)) == [
        ("田中ら（2019）は、鉄が疲労を減らすと報告した。", ["田中一郎, 山田二郎"]),
        (sentence, [entry]),
    ]


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("Smith et al. (2020) found that zinc preserves taste.", "Zinc preserves taste."),
        ("According to Smith and Jones (2019), folate prevents defects.", "Folate prevents defects."),
        ("Smith et al. (2020) suggested that zinc may help.", "Smith et al. suggested that zinc may help."),
        ("Smith et al. (2020) took zinc.", "Smith et al. took zinc."),
        ("Zinc helps, as Smith et al. (2020) showed [1].", "Zinc helps, as Smith et al. showed."),
        ("田中ら（2019）は、鉄が疲労を減らすと報告した。", "鉄が疲労を減らすと報告した。"),
        ("田中・佐藤（2019）の研究では銅が貧血を防いだ。", "銅が貧血を防いだ。"),
        ("鉄は田中ら（2019）により研究された。", "鉄は田中らにより研究された。"),
    ],
)
def test_who_found_it_is_left_out_where_a_sentence_stays(sentence: str, read: str) -> None:
    assert strip_citations(sentence) == read


def test_how_sure_a_sentence_is_keeps_its_words() -> None:
    said = "Smith et al. (2020) found that zinc preserves taste."
    assert strip_markers(said) == "Smith et al. found that zinc preserves taste."


@pytest.mark.parametrize(
    "sentence",
    [
        "The Ministry of Health (2020) counts 10 patients.",
        "彼ら（2020）は亜鉛を用いた。",
        "Between Tokyo (2019) and Osaka, rates differ.",
        "The Olympics (2020) were held.",
    ],
)
def test_a_year_behind_other_words_is_no_mark(sentence: str) -> None:
    assert [marker.labels for marker in find_markers(sentence)] == []


def test_names_that_no_entry_bears_are_told() -> None:
    article = parse_article(ENGLISH.format("Poe et al. (2017) found that selenium protects the thyroid."))
    assert list_lost_marks(article) == ("Poe et al. (2017)",)


def test_a_paragraph_that_names_authors_and_numbers_is_no_entry() -> None:
    text = (
        "# Minerals\n\nAccording to Jones and colleagues (2017), magnesium relieves cramps. "
        "Calcium lowers blood pressure (PMID 900000044).\n"
    )
    claims = extract_claims(parse_article(text)).claims
    assert [claim.read_as for claim in claims] == [
        "Magnesium relieves cramps.",
        "Calcium lowers blood pressure.",
    ]


def test_an_entry_that_begins_with_such_names_is_one() -> None:
    assert is_reference("1. Smith et al. (2020). Zinc and taste. J Sample 3:4-5.")


def test_what_was_found_needs_no_other_subject() -> None:
    link = "[PubMed](https://pubmed.ncbi.nlm.nih.gov/900000044/)"
    text = f"# ミネラル\n\n亜鉛は味覚を改善します。田中ら（2019）によると、鉄は疲労を軽減します（{link}）。\n"
    assert extract_claims(parse_article(text)).claims[1].read_as == "鉄は疲労を軽減します。"
