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
    ("masseter", "Masseter Muscle"),
    ("Achilles", "Achilles Tendon"),
    ("上咽頭", "Nasopharynx"),
    ("三叉神経", "Trigeminal Nerve"),
    ("下鼻甲介", "Turbinates"),
    ("肌が黒く", "Hyperpigmentation"),
    ("正中神経", "Median Nerve"),
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
    ("burst eardrum", "Tympanic Membrane Perforation"),
    ("lazy eye", "Amblyopia"),
    ("knocked-out tooth", "Tooth Avulsion"),
    ("dowager's hump", "Kyphosis"),
    ("heat rash", "Miliaria"),
    ("baby teeth", "Tooth, Deciduous"),
    ("cold plunge", "Cold Temperature"),
    ("winter blues", "Seasonal Affective Disorder"),
    ("slapped cheek", "Erythema Infectiosum"),
    ("ヘルメット治療", "Orthotic Devices"),
    ("扁桃腺を取る", "Tonsillectomy"),
    ("歯ぎしり", "Bruxism"),
    ("low-FODMAP diet", "FODMAP Diet"),
    ("postnatal depression", "Depression, Postpartum"),
    ("slipped disc", "Intervertebral Disc Displacement"),
    ("water tablets", "Diuretics"),
    ("bad back", "Low Back Pain"),
    ("the runs", "Diarrhea"),
    ("MMR jab", "Measles-Mumps-Rubella Vaccine"),
    ("shin splints", "Medial Tibial Stress Syndrome"),
    ("glue ear", "Otitis Media with Effusion"),
    ("cot death", "Sudden Infant Death"),
    ("period pain", "Dysmenorrhea"),
    ("counting calories", "Caloric Restriction"),
    ("16:8", "Intermittent Fasting"),
    ("faecal transplant", "Fecal Microbiota Transplantation"),
    ("C. diff", "Clostridioides difficile"),
    ("pins and needles", "Paresthesia"),
    ("nod off", "Sleep"),
    ("ぎっくり腰", "Low Back Pain"),
    ("寝込む", "Bed Rest"),
    ("こむら返り", "Muscle Cramp"),
    ("口内炎", "Stomatitis, Aphthous"),
    ("便移植", "Fecal Microbiota Transplantation"),
    ("グレープフルーツ", "Citrus paradisi"),
    ("ベンゾジアゼピン系の睡眠薬", "Benzodiazepines"),
]
# British, American and international names of one substance or disease.
SPELLINGS = [
    ("aciclovir", "acyclovir"),
    ("amoxycillin", "amoxicillin"),
    ("cefalexin", "cephalexin"),
    ("ciclosporin", "cyclosporine"),
    ("sulphasalazine", "sulfasalazine"),
    ("beclometasone", "beclomethasone"),
    ("salbutamol", "albuterol"),
    ("paracetamol", "acetaminophen"),
    ("frusemide", "furosemide"),
    ("adrenaline", "epinephrine"),
    ("glyceryl trinitrate", "nitroglycerin"),
    ("rifampicin", "rifampin"),
    ("lignocaine", "lidocaine"),
    ("haemorrhoids", "hemorrhoids"),
    ("diarrhoea", "diarrhea"),
    ("anaemia", "anemia"),
    ("immunisation", "immunization"),
    ("skin ageing", "skin aging"),
    ("dietary fibre", "dietary fiber"),
]


@pytest.mark.parametrize(("word", "descriptor"), [*BRANDS, *WORDS])
def test_a_brand_or_a_laymans_word_is_one_term_with_its_descriptor(word: str, descriptor: str) -> None:
    language = Language.EN if word.isascii() else Language.JA
    (term, *more), unmapped = load_lexicon().find_terms(word, language)
    assert (term.mesh, more, unmapped) == (descriptor, [], ())


@pytest.mark.parametrize(
    ("phrase", "descriptor"),
    [
        ("weakens your bones", "Osteoporosis"),
        ("whitening the teeth", "Tooth Bleaching"),
        ("breaking a hip", "Hip Fractures"),
        ("clogs the arteries", "Atherosclerosis"),
        ("counted calories", "Caloric Restriction"),
        ("lifts your mood", "Affect"),
    ],
)
def test_a_phrase_is_known_in_its_forms_and_with_an_article_in_it(phrase: str, descriptor: str) -> None:
    (term, *more), unmapped = load_lexicon().find_terms(phrase, Language.EN)
    assert (term.mesh, more, unmapped) == (descriptor, [], ())


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_the_spellings_of_several_countries_name_one_thing(one: str, other: str) -> None:
    (first,), _ = load_lexicon().find_terms(one, Language.EN)
    (second,), _ = load_lexicon().find_terms(other, Language.EN)
    assert first.mesh == second.mesh != ""
    assert one in first.english


@pytest.mark.parametrize("word", ["the runs", "bad back", "nod off", "water tablets", "wegovy"])
def test_a_word_that_no_paper_would_use_is_not_what_is_searched_for_first(word: str) -> None:
    (term,), _ = load_lexicon().find_terms(word, Language.EN)
    assert word != term.english[0]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("These patches of ground are wet", "transdermal patch"),
        ("Her mood leaks into the room", "urinary incontinence"),
        ("The key fits the lock", "seizures"),
        ("A dummy pill did as well", "oral contraceptives"),
        ("Exercise burns fat", "burns"),
        ("Blood pressure falls by ten points", "falls"),
        ("Obesity is driving cardiovascular disease", "automobile driving"),
        ("Paraffin wax helps for years", "cerumen"),
        ("The vaccine fits into the childhood schedule", "seizures"),
        ("Diabetes damages the nerves at an early stage", "anxiety"),
        ("Tens of thousands of people have back pain", "transcutaneous electrical nerve stimulation"),
        ("It all boils down to sleep", "furuncle"),
        ("Healthy volunteers took zinc", "volunteering"),
        ("Ice cream melts in the mouth", "ice"),
    ],
)
def test_an_everyday_word_names_something_only_beside_its_neighbours(text: str, term: str) -> None:
    found, _ = load_lexicon().find_terms(text, Language.EN)
    assert term not in {term.english[0] for term in found}


@pytest.mark.parametrize(
    ("text", "descriptor"),
    [
        ("Exercise training reduces falls after stroke", "Accidental Falls"),
        ("Thickened fluids improve swallowing after stroke", "Deglutition"),
        ("It narrows the airways", "Respiratory System"),
        ("It acts on signaling pathways", "Signal Transduction"),
        ("Sleeping pills make driving dangerous", "Automobile Driving"),
    ],
)
def test_a_word_keeps_its_meaning_where_a_neighbour_only_begins_alike(text: str, descriptor: str) -> None:
    found, _ = load_lexicon().find_terms(text, Language.EN)
    assert descriptor in {term.mesh for term in found}


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("ワキガ", "Odorants"),
        ("育毛剤", "Minoxidil"),
        ("カベリン", "Caveolins"),
        ("ハイドラフェイシャル", "Mesotherapy"),
        ("skin elasticity", "Cutis Laxa"),
        ("コール酸", "Ursodeoxycholic Acid"),
        ("過眠", "Sleepiness"),
        ("deaf", "Hearing"),
        ("chinese herbs", "Medicine, Kampo"),
        ("clothes", "Thrombosis"),
        ("corn", "Callosities"),
        ("sinus rhythm", "Paranasal Sinuses"),
        ("wounds", "Exudates and Transudates"),
        ("puffy eyes", "Blepharoplasty"),
        ("the pulse", "Fabaceae"),
        ("lip balm", "Cheilitis"),
        ("lean mass", "Muscular Atrophy"),
        ("finger-prick vitamin D test", "Blood Glucose Self-Monitoring"),
        ("oily skin ages slowly", "Glycation End Products, Advanced"),
    ],
)
def test_a_word_is_not_taken_for_what_merely_sounds_or_stands_near(word: str, wrong: str) -> None:
    language = Language.EN if word.isascii() else Language.JA
    found, _ = load_lexicon().find_terms(word, language)
    assert wrong not in [term.mesh for term in found]
