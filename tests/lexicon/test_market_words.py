"""What is sold and how laymen speak: brands, procedures and everyday names in both languages, by field."""

from __future__ import annotations

import pytest

from claims.lexicon.lexicon import load_lexicon
from claims.records.article import Language

BRANDS = [
    ("リベルサス", "Semaglutide"),
    ("ゼップバウンド", "Tirzepatide"),
    ("ゾレア", "Omalizumab"),
    ("シダキュア", "Sublingual Immunotherapy"),
    ("ミラドライ", "Microwaves"),
    ("ペリソルブ", "Sodium Hypochlorite"),
    ("カベリン", "Deoxycholic Acid"),
    ("にんにく注射", "Thiamine"),
    ("水光注射", "Mesotherapy"),
    ("シングリックス", "Herpes Zoster Vaccine"),
    ("9価HPVワクチン", "Papillomavirus Vaccines"),
    ("オプジーボ", "Nivolumab"),
    ("ヤーズ", "Contraceptives, Oral"),
    ("ミレーナ", "Intrauterine Devices, Medicated"),
    ("プラリア", "Denosumab"),
    ("マイオピン", "Atropine"),
    ("インビザライン", "Orthodontic Appliances, Removable"),
    ("チャンピックス", "Varenicline"),
    ("Tamiflu", "Oseltamivir"),
    ("Xarelto", "Rivaroxaban"),
    ("Botox", "Botulinum Toxins, Type A"),
    ("Ozempic", "Semaglutide"),
    ("Prozac", "Fluoxetine"),
    ("Invisalign", "Orthodontic Appliances, Removable"),
]
WORDS = [
    ("硬毛化", "Hypertrichosis"),
    ("甲状腺機能異常", "Thyroid Diseases"),
    ("鍼治療", "Acupuncture Therapy"),
    ("自家培養軟骨細胞移植", "Chondrocytes"),
    ("低体重児", "Infant, Low Birth Weight"),
    ("卵管造影", "Hysterosalpingography"),
    ("ラズベリーリーフ", "Rubus"),
    ("よもぎ", "Artemisia"),
    ("痺れ", "Paresthesia"),
    ("排膿", "Suppuration"),
    ("僧房弁", "Mitral Valve"),
    ("のぼせ", "Hot Flashes"),
    ("要介護", "Persons with Disabilities"),
    ("生着率", "Graft Survival"),
    ("皮膚萎縮", "Atrophy"),
    ("キシリトールガム", "Xylitol"),
    ("親知らず", "Molar, Third"),
    ("五十肩", "Bursitis"),
    ("夜間頻尿", "Nocturia"),
    ("タバコを止める", "Smoking Cessation"),
    ("gum disease", "Periodontal Diseases"),
    ("bowel cancer", "Colorectal Neoplasms"),
    ("acid reflux", "Gastroesophageal Reflux"),
    ("blood thinners", "Anticoagulants"),
    ("piles", "Hemorrhoids"),
    ("night guard", "Occlusal Splints"),
    ("low-FODMAP diet", "FODMAP Diet"),
    ("postnatal depression", "Depression, Postpartum"),
    ("slipped disc", "Intervertebral Disc Displacement"),
]


@pytest.mark.parametrize(("word", "descriptor"), [*BRANDS, *WORDS])
def test_a_brand_or_a_laymans_word_is_one_term_with_its_descriptor(word: str, descriptor: str) -> None:
    language = Language.EN if word.isascii() else Language.JA
    (term, *more), unmapped = load_lexicon().find_terms(word, language)
    assert (term.mesh, more, unmapped) == (descriptor, [], ())


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("ワキガ", "Odorants"),
        ("育毛剤", "Minoxidil"),
        ("カベリン", "Caveolins"),
        ("ハイドラフェイシャル", "Mesotherapy"),
        ("skin elasticity", "Cutis Laxa"),
    ],
)
def test_a_word_is_not_taken_for_what_merely_sounds_or_stands_near(word: str, wrong: str) -> None:
    language = Language.EN if word.isascii() else Language.JA
    found, _ = load_lexicon().find_terms(word, language)
    assert wrong not in [term.mesh for term in found]
