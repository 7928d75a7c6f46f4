from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.lexicon.lexicon import Lexicon, load_lexicon
from claims.lexicon.tables import Affix, LexiconRow, TermRole, load_rows
from claims.lexicon.terms import FoundBy
from claims.lexicon.weighting import search_terms
from claims.records.article import Language
from tests.examples import at_most


def make_row(
    term: str, english: str, role: TermRole = TermRole.MECHANISM, contexts: tuple[str, ...] = ()
) -> LexiconRow:
    return LexiconRow(term, (), tuple(english.split("|")), "", role, contexts)


SMALL = Lexicon(
    [
        make_row("炎症", "inflammation|inflammatory"),
        make_row("乾癬", "psoriasis", TermRole.CONDITION),
        make_row("血管内皮増殖因子", "VEGF"),
        make_row("毛包", "hair follicle"),
        make_row("毛包幹細胞", "hair follicle stem cells"),
        make_row("減らす", "reduction", TermRole.GENERIC),
        make_row("PD", "peritoneal dialysis", TermRole.INTERVENTION),
        make_row("PD", "Parkinson disease", TermRole.CONDITION, ("ドパミン",)),
        make_row("胃", "stomach"),
        make_row("エイズ", "AIDS", TermRole.CONDITION),
    ],
    (
        Affix("抗", True, ("anti-{}",), TermRole.INTERVENTION),
        Affix("様", False, ("{}-like",)),
        Affix("阻害薬", False, ("{} inhibitors",), TermRole.INTERVENTION),
        Affix("がん", False, ("{} cancer",), TermRole.CONDITION),
    ),
    frozenset({"土壌", "鎮火"}),
    frozenset({"場合"}),
    "small",
)


def english_of(text: str, lexicon: Lexicon = SMALL, language: Language = Language.JA) -> list[str]:
    return [term.english[0] for term in lexicon.find_terms(text, language)[0]]


FOUND = [
    ("毛包幹細胞が増える", ["hair follicle stem cells"]),
    ("抗炎症", ["anti-inflammation"]),
    ("乾癬様の変化", ["psoriasis-like"]),
    ("血管内皮増殖因子阻害薬", ["VEGF inhibitors"]),
    ("胃癌", ["stomach cancer"]),
    ("炎症を減らした", ["inflammation", "reduction"]),
    ("ＨＩＦ−１αの安定化", ["HIF-1α"]),
    ("PDを始める", ["peritoneal dialysis"]),
    ("PDではドパミンが減る", ["Parkinson disease"]),
    ("サイズが変わる", []),
    ("炎症と炎症", ["inflammation"]),
]


@pytest.mark.parametrize(("text", "english"), FOUND)
def test_the_longest_known_spelling_is_found(text: str, english: list[str]) -> None:
    assert english_of(text) == english


def test_images_are_neither_terms_nor_reported() -> None:
    assert SMALL.find_terms("土壌の鎮火", Language.JA) == ((), ())


def test_a_content_word_that_nothing_maps_is_reported_as_the_compound_it_is() -> None:
    assert SMALL.find_terms("腹膜偽粘液腫の場合", Language.JA)[1] == ("腹膜偽粘液腫",)


def test_a_latin_symbol_passes_with_its_greek_letter_written_out() -> None:
    (term,), _ = SMALL.find_terms("HIF-1α", Language.JA)
    assert term.english == ("HIF-1α", "HIF-1alpha")
    assert term.found_by is FoundBy.PASSED_THROUGH


def test_units_and_numbers_are_no_terms() -> None:
    assert english_of("100 mgを週2回、3.5%、20mg/kg、400μg、2L", load_lexicon()) == []


def test_an_empty_noun_stays_empty_with_a_part() -> None:
    small = Lexicon(
        [make_row("刺激", "stimulation", TermRole.GENERIC)],
        (Affix("療法", False, ("{} therapy",), TermRole.INTERVENTION),),
    )
    (term,), _ = small.find_terms("刺激療法", Language.JA)
    assert term.role is TermRole.GENERIC


COMPOSED = [
    ("抗炎症作用", "anti-inflammation"),
    ("インスリン様作用", "insulin-like"),
    ("関節包炎", "joint capsule inflammation"),
    ("血管老化", "vascular aging"),
    ("術後感染", "postoperative infection"),
    ("卵巣がん手術", "ovarian cancer surgery"),
    ("亜鉛不足", "zinc deficiency"),
    ("薬剤性肺炎", "drug-induced pneumonia"),
]


@pytest.mark.parametrize(("text", "english"), COMPOSED)
def test_parts_make_terms_of_what_the_tables_know(text: str, english: str) -> None:
    assert english_of(text, load_lexicon())[0] == english


DECOMPOSED = [
    ("薄毛治療", "Alopecia", TermRole.CONDITION),
    ("乾癬治療", "Psoriasis", TermRole.CONDITION),
    ("片頭痛療法", "Migraine Disorders", TermRole.CONDITION),
    ("喘息治療法", "Asthma", TermRole.CONDITION),
    ("関節萎縮", "Atrophy", TermRole.OUTCOME),
    ("皮膚改善", "", TermRole.GENERIC),
]


@pytest.mark.parametrize(("text", "descriptor", "role"), DECOMPOSED)
def test_a_compound_keeps_what_it_speaks_of(text: str, descriptor: str, role: TermRole) -> None:
    (term,), _ = load_lexicon().find_terms(text, Language.JA)
    assert (term.role, term.mesh) == (role, descriptor)


def test_words_left_over_are_shown_medical_ones_first_and_verbs_last() -> None:
    _, unmapped = load_lexicon().find_terms("立川市の竜骨牡蠣湯は毛包をほぐす", Language.JA)
    assert unmapped == ("竜骨牡蠣湯", "立川市", "ほぐす")


def test_a_counter_is_no_part_of_the_compound_behind_it() -> None:
    _, unmapped = load_lexicon().find_terms("64列マルチスライスCT", Language.JA)
    assert not any(word.startswith("列") for word in unmapped)


CONTEXTS = [
    ("HAの注入でシワが浅くなる", "hyaluronic acid"),
    ("HAの骨補填材", "hydroxyapatites"),
    ("EDにはシルデナフィルが効く", "erectile dysfunction"),
    ("PDの患者の歯周ポケット", "periodontitis"),
    ("PDではドパミンが減る", "Parkinson disease"),
    ("ADの患者の皮膚", "atopic dermatitis"),
    ("ADとアミロイド", "Alzheimer disease"),
    ("AGAとDHT", "androgenetic alopecia"),
    ("IBSの腹痛", "irritable bowel syndrome"),
    ("膝のヒアルロン酸注射", "intra-articular hyaluronic acid"),
    ("頬のヒアルロン酸注射", "hyaluronic acid filler"),
]


@pytest.mark.parametrize(("text", "english"), CONTEXTS)
def test_the_words_beside_it_tell_what_an_abbreviation_means(text: str, english: str) -> None:
    assert english in english_of(text, load_lexicon())


@pytest.mark.parametrize(
    "image", ["土壌を耕す", "種をまく", "炎症の鎮火", "細胞のスイッチ", "ボトルネック", "サバイバルモード"]
)
def test_an_image_of_the_shipped_list_is_no_search_term(image: str) -> None:
    found, _ = load_lexicon().find_terms(image, Language.JA)
    assert {term.english[0] for term in found} <= {"inflammation", "cells"}


def test_english_text_gives_known_phrases_and_otherwise_its_own_words() -> None:
    assert english_of("Psoriasis and the hair follicles", SMALL, Language.EN) == [
        "psoriasis",
        "hair follicles",
    ]
    terms, unmapped = SMALL.find_terms("Zebrafish fins regrow slowly", Language.EN)
    assert [term.english[0] for term in terms] == ["zebrafish", "fins", "regrow", "slowly"]
    assert unmapped == ("Zebrafish", "fins", "regrow")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("She caught a cold last week.", "common cold"),
        ("A cold shower wakes you up.", "cold shower"),
        ("Wearing a cold cap in chemo", "scalp cooling"),
    ],
)
def test_an_article_does_not_cut_the_phrase_behind_it_short(text: str, english: str) -> None:
    found = english_of(text, load_lexicon(), Language.EN)
    assert english in found
    assert ("common cold" in found) == (english == "common cold")


def test_an_english_name_of_the_list_of_names_is_a_term_with_its_role() -> None:
    (term,), unmapped = load_lexicon().find_terms("Abemaciclib", Language.EN)
    assert (term.english, term.role, term.found_by) == (
        ("abemaciclib",),
        TermRole.INTERVENTION,
        FoundBy.TABLE,
    )
    assert unmapped == ()


@pytest.mark.parametrize(
    ("word", "descriptor"),
    [("statin", "Hydroxymethylglutaryl-CoA Reductase Inhibitors"), ("antibiotic", "Anti-Bacterial Agents")],
)
def test_the_singular_of_what_a_row_has_in_the_plural_is_known(word: str, descriptor: str) -> None:
    (term,), _ = load_lexicon().find_terms(word, Language.EN)
    assert term.mesh == descriptor


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("potassium-rich", ["potassium"]),
        ("antibiotic-associated", ["antibiotic"]),
        ("insomnia's", ["insomnia"]),
        ("zinc-and-magnesium", ["zinc", "magnesium"]),
        ("HIF-1", ["HIF-1"]),
    ],
)
def test_an_english_compound_that_no_row_has_is_read_by_its_known_parts(
    word: str, english: list[str]
) -> None:
    found, unmapped = load_lexicon().find_terms(word, Language.EN)
    assert [term.english[0] for term in found if term.found_by is not FoundBy.WORD] == english
    assert unmapped == ()


@pytest.mark.parametrize(
    "word", ["12-week", "1.5-fold", "24h", "500mg", "2nd", "NEVER", "five-minute", "well-known"]
)
def test_english_numbers_counts_and_shouted_words_are_no_terms(word: str) -> None:
    found, unmapped = load_lexicon().find_terms(f"{word} asthma", Language.EN)
    named = [term.english[0] for term in found if term.found_by is not FoundBy.WORD]
    assert (named, unmapped) == (["asthma"], ())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Asthma (PMID: 9000000001).", Language.EN),
        ("Asthma (doi:10.1000/sample.2020.1234).", Language.EN),
        ("Asthma (Smith 2020; Kimura and Sato, 2021a).", Language.EN),
        ("Asthma, as Smith et al. (2020) showed.[2,3]", Language.EN),
        ("Asthma: see https://example.org/insomnia?a=b", Language.EN),
        ("喘息（Smith 2020）。", Language.JA),
        ("喘息である※3。", Language.JA),
        ("喘息（PMID 9000000001）", Language.JA),
    ],
)
def test_what_only_points_to_a_source_names_nothing(text: str, language: Language) -> None:
    found, unmapped = load_lexicon().find_terms(text, language)
    assert [term.english[0] for term in found if term.found_by is not FoundBy.WORD] == ["asthma"]
    assert not {"PMID", "Smith", "Kimura", "Sato", "doi", "insomnia"} & {*unmapped}


SENSES = [
    ("Aids in digestion.", "AIDS", ""),
    ("AIDS is caused by a virus.", "", "AIDS"),
    ("Hearing aids prevent dementia.", "AIDS", ""),
    ("狭心症の発作", "seizures", "angina attack"),
    ("てんかんの発作", "angina attack", "seizures"),
    ("喘息の発作", "seizures", "asthma exacerbation"),
    ("M1はマクロファージの型である", "M1", "M1 macrophages"),
    ("ヒストン修飾は細胞の記憶である", "memory", "epigenetic memory"),
    ("DHAは記憶を助ける", "epigenetic memory", "memory"),
    ("毛を延命させる", "survival", "anagen prolongation"),
    ("静脈を焼灼する", "cautery", "endovenous ablation"),
    ("ピロリ菌を除菌する", "disease eradication", "Helicobacter pylori eradication"),
    ("35歳で体外受精を行う", "", "maternal age"),
    ("形状記憶の素材", "memory", ""),
]


@pytest.mark.parametrize(("text", "wrong", "right"), SENSES)
def test_a_term_of_several_meanings_goes_by_its_neighbours(text: str, wrong: str, right: str) -> None:
    language = Language.EN if text.isascii() else Language.JA
    english = english_of(text, load_lexicon(), language)
    assert wrong not in english
    assert not right or right in english


@pytest.mark.parametrize(
    ("british", "descriptor"),
    [
        ("oestrogen", "Estrogens"),
        ("anaemia", "Anemia"),
        ("hot flushes", "Hot Flashes"),
        ("cognitive behavioural therapy", "Cognitive Behavioral Therapy"),
        ("St John's wort", "Hypericum"),
    ],
)
def test_british_spellings_and_stray_signs_find_the_same_row(british: str, descriptor: str) -> None:
    (term,), _ = load_lexicon().find_terms(british, Language.EN)
    assert term.mesh == descriptor


def test_rows_that_are_added_go_before_the_shipped_ones() -> None:
    grown = SMALL.with_rows([make_row("毛包", "pilary follicle")], "small+1")
    assert english_of("毛包", grown) == ["pilary follicle"]
    assert grown.version == "small+1"
    assert english_of("毛包") == ["hair follicle"]


def test_weights_fall_from_the_best_english_to_synonyms_and_generic_words() -> None:
    weights = {term.phrase: term.weight for term in search_terms("炎症を減らす", Language.JA, SMALL)}
    assert weights["inflammation"] > weights["inflammatory"]
    assert weights["inflammation"] > weights["reduction"]


def test_katakana_that_no_row_spells_is_read_by_its_sound() -> None:
    found, unmapped = load_lexicon().find_terms("バンデタニブの投与", Language.JA)
    assert (found[0].english, found[0].role) == (("vandetanib",), TermRole.INTERVENTION)
    assert found[0].found_by is FoundBy.SOUND
    assert unmapped == ()


def test_a_text_that_nothing_maps_has_no_search_terms() -> None:
    assert search_terms("お元気ですか", Language.JA, SMALL) == ()


@pytest.mark.timed
def test_the_shipped_lexicon_is_built_without_a_noticeable_wait() -> None:
    taken: list[float] = []
    for _ in range(5):
        began = time.process_time()
        Lexicon(load_rows())
        taken.append(time.process_time() - began)
    assert min(taken) < 0.5


@given(st.text(max_size=40))
@settings(max_examples=at_most(60), deadline=None)
def test_any_text_is_read_in_either_language(text: str) -> None:
    for language in Language:
        found, unmapped = load_lexicon().find_terms(text, language)
        assert all(term.english and term.english[0] for term in found)
        assert all(unmapped)


def test_a_compound_of_which_only_the_beginning_is_known_is_shown_as_unmapped() -> None:
    terms, unmapped = SMALL.find_terms("胃洗浄を行う", Language.JA)
    assert [term.source for term in terms] == ["胃"]
    assert unmapped == ("胃洗浄", "行う")


def test_the_words_that_no_term_covers_are_those_that_say_something() -> None:
    unread = SMALL.list_unread("毛包の炎症は、ロンドンを歩いた3人で静かに減った。")
    assert [token.normalized for token in unread] == ["ロンドン", "歩く", "静か", "減る"]


def test_a_substance_that_sounds_like_an_everyday_word_needs_its_context() -> None:
    lexicon = load_lexicon()
    assert "chitin" in english_of("キチンは脂質の吸収を抑える。", lexicon)
    assert "chitin" not in english_of("キチンと洗顔すると肌荒れが減る。", lexicon)
