from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import QueryError
from claims.extraction.statement import read_statement
from claims.lexicon.lexicon import load_lexicon
from claims.lexicon.tables import LexiconRow, load_rows
from claims.ranking.question import ask_claim
from claims.records.article import Language
from claims.records.retrieval import Concept, PicoSlot, Query, Rung, SearchPlan
from claims.search.query import build_ladder, build_plan
from claims.search.requiring import group_alternatives
from claims.search.syntax import And, Node, Or, list_terms, parse_query
from tests.examples import at_most

LEXICON = load_lexicon()


def plan(text: str, theme: str = "", heading: str = "", read_as: str = "") -> SearchPlan:
    language = Language.EN if text.isascii() else Language.JA
    return build_plan(text, theme, heading, language, LEXICON, read_as)


def ask(text: str, language: Language) -> tuple[Query, ...]:
    """The ladder; empty for a claim that names no concept."""
    try:
        return build_plan(text, "", "", language, LEXICON).ladder
    except QueryError as refusal:
        if refusal.code != "no_concept":
            raise
        return ()


def queries(search: SearchPlan) -> dict[Rung, str]:
    return {query.rung: query.text for query in search.ladder}


def english_in(search: SearchPlan, slot: PicoSlot) -> list[str]:
    return [concept.english[0] for concept in search.concepts if concept.slot is slot]


def required_in(search: SearchPlan) -> list[str]:
    return [concept.english[0] for concept in search.concepts if concept.required]


def phrases(tree: Node) -> set[str]:
    return {term.text for term in list_terms(tree)}


def test_concepts_stand_in_their_slots_and_slots_are_anded() -> None:
    search = plan("ミノキシジルは男性型脱毛症の毛髪密度を改善する")
    assert english_in(search, PicoSlot.INTERVENTION) == ["minoxidil"]
    assert english_in(search, PicoSlot.CONDITION) == ["androgenetic alopecia"]
    strict = parse_query(queries(search)[Rung.STRICT])
    assert isinstance(strict, And)
    assert {"Minoxidil", "Alopecia", "hair densit"} <= phrases(strict)


def test_coordinated_terms_are_ored_inside_their_slot() -> None:
    strict = queries(plan("PRPやエクソソームは薄毛に有効である"))[Rung.STRICT]
    assert '"Platelet-Rich Plasma"[Mesh] OR' in strict
    assert 'OR "Exosomes"[Mesh]' in strict


def test_the_condition_is_inherited_from_the_nearest_text_above() -> None:
    search = plan("ミノキシジルは成長期を維持する", theme="薄毛の治療", heading="円形脱毛症の場合")
    inherited = [concept for concept in search.concepts if concept.inherited]
    assert [concept.english[0] for concept in inherited] == ["alopecia areata"]


def test_a_condition_of_its_own_is_not_replaced() -> None:
    search = plan("ミノキシジルは円形脱毛症に効く", theme="薄毛")
    assert english_in(search, PicoSlot.CONDITION) == ["alopecia areata"]


def test_what_only_the_stand_alone_wording_names_counts_as_inherited() -> None:
    search = plan("炎症を抑える", read_as="エクソソームは炎症を抑える")
    by_name = {concept.english[0]: concept.inherited for concept in search.concepts}
    assert by_name == {"inflammation": False, "exosomes": True}


def test_what_something_is_compared_with_goes_to_its_own_slot() -> None:
    search = plan("デュタステリドはフィナステリドより薄毛に有効である")
    assert english_in(search, PicoSlot.INTERVENTION) == ["dutasteride"]
    assert english_in(search, PicoSlot.COMPARATOR) == ["finasteride"]


def test_the_topic_of_a_sentence_without_an_intervention_is_its_exposure() -> None:
    search = plan("歯周病は2型糖尿病を悪化させる")
    assert english_in(search, PicoSlot.INTERVENTION) == ["periodontitis"]
    assert english_in(search, PicoSlot.CONDITION) == ["type 2 diabetes"]


NO_EXPOSURE = [
    ("スギ花粉症の有病率は39％に達した", PicoSlot.OUTCOME, "prevalence"),
    ("糖尿病の方では血糖値が上昇する", PicoSlot.OUTCOME, "blood glucose"),
    ("大人のニキビではホルモンや角化が関わる", PicoSlot.CONDITION, "acne"),
    ("男性型脱毛症はDHTで進行する", PicoSlot.CONDITION, "androgenetic alopecia"),
]


@pytest.mark.parametrize(("text", "slot", "english"), NO_EXPOSURE)
def test_a_lone_condition_and_what_is_measured_are_no_exposure(
    text: str, slot: PicoSlot, english: str
) -> None:
    search = plan(text)
    assert english in english_in(search, slot)
    assert english not in english_in(search, PicoSlot.INTERVENTION)


def test_what_brings_about_a_change_is_the_exposure_of_a_mechanism() -> None:
    assert english_in(plan("乳酸はヒストン修飾を変える"), PicoSlot.INTERVENTION) == ["lactic acid"]


def test_the_intervention_of_the_stand_alone_wording_leaves_no_place_for_another_exposure() -> None:
    search = plan("炎症が毛包を傷める", read_as="エクソソーム: 炎症が毛包を傷める")
    assert english_in(search, PicoSlot.INTERVENTION) == ["exosomes"]


def test_a_part_of_the_body_is_searched_for_only_where_nothing_else_is_measured() -> None:
    assert required_in(plan("ビタミンCは皮膚のメラニンを減らす")) == ["vitamin C", "melanin"]
    assert required_in(plan("ビタミンCは皮膚を守る")) == ["vitamin C", "skin"]


def test_a_claim_of_empty_nouns_takes_its_subject_from_above() -> None:
    search = plan("効果は1年ほど続きます", theme="薄毛", heading="PRP療法")
    assert {concept.english[0] for concept in search.concepts} == {"platelet-rich plasma", "hair loss"}
    assert all(concept.inherited for concept in search.concepts)


def test_an_inherited_word_that_is_part_of_another_is_left_out() -> None:
    search = plan("妊娠率が高い", read_as="移植: 凍結胚移植は妊娠率が高い")
    assert "transplantation" not in {concept.english[0] for concept in search.concepts}


UNNAMED = [
    ("服用後に眠くなることがある", "セチリジン", "", "cetirizine"),
    ("妊娠中に飲むと、胎児に奇形が起こる", "バルプロ酸", "てんかん", "valproic acid"),
    ("牛乳で飲むと吸収が落ちる", "ドキシサイクリン", "ニキビ", "doxycycline"),
    ("納豆は飲んでいる間は食べられません", "ワーファリン", "", "warfarin"),
    ("Take it with milk and less of the dose is absorbed.", "Doxycycline", "Acne", "doxycycline"),
    ("Grapefruit juice must not be drunk while taking it.", "Simvastatin", "", "simvastatin"),
    ("The jab protects for at least five years.", "Shingles vaccine", "", "shingles vaccine"),
    ("Stopping it at once may bring dizziness.", "Venlafaxine", "Depression", "venlafaxine"),
]


@pytest.mark.parametrize(("text", "heading", "theme", "given"), UNNAMED)
def test_what_is_taken_without_a_name_is_what_the_heading_names(
    text: str, heading: str, theme: str, given: str
) -> None:
    search = plan(text, theme=theme, heading=heading)
    assert given in required_in(search)
    assert not any(c.inherited and c.slot is PicoSlot.CONDITION for c in search.concepts)


@pytest.mark.parametrize(
    ("text", "heading", "own", "other"),
    [
        ("The drug semaglutide reduces body weight.", "Metformin for diabetes", "semaglutide", "metformin"),
        ("Taken daily, creatine improves memory.", "Whey protein benefits", "creatine", "whey protein"),
        ("The cream tretinoin reduces wrinkles.", "Hydroquinone", "tretinoin", "hydroquinone"),
        ("ミノキシジル内服で毛が増える。", "フィナステリドの効果", "oral minoxidil", "finasteride"),
        ("アスピリン投与により大腸がんが減る。", "イブプロフェン", "aspirin administration", "ibuprofen"),
        ("ワルファリン服用中の人は納豆を食べられない。", "エゼチミブ", "warfarin", "ezetimibe"),
        ("抗がん剤治療中の人は亜鉛が不足する。", "鉄剤", "chemotherapy", "iron"),
    ],
)
def test_what_a_sentence_names_itself_is_not_taken_from_the_heading(
    text: str, heading: str, own: str, other: str
) -> None:
    search = plan(text, heading=heading)
    assert own in required_in(search)
    assert other not in required_in(search)


def test_the_first_of_a_list_is_no_description_of_the_second() -> None:
    assert "zinc" in required_in(plan("Zinc supplements, magnesium and vitamin D prevent migraine."))


@pytest.mark.parametrize(
    "text",
    [
        "ロラタジンを飲むと眠くなる",
        "ロラタジンは飲むと眠くなる",
        "Loratadine makes you sleepy when you take it.",
    ],
)
def test_what_the_sentence_names_is_what_is_taken(text: str) -> None:
    search = plan(text, heading="セチリジン" if not text.isascii() else "Cetirizine")
    assert "cetirizine" not in required_in(search)


ASIDE = [
    ("お茶のうまみ成分テアニンは睡眠を深くする", "L-theanine", "tea"),
    ("血圧の薬であるアムロジピンは歯肉を腫らす", "amlodipine", "antihypertensive agents"),
    ("The gout drug allopurinol lowers uric acid.", "allopurinol", "gout"),
    ("Theanine, an amino acid in tea, improves sleep.", "theanine", "tea"),
]


@pytest.mark.parametrize(("text", "named", "aside"), ASIDE)
def test_what_only_says_what_another_is_is_not_required(text: str, named: str, aside: str) -> None:
    required = required_in(plan(text))
    assert named in required
    assert aside not in required


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("ロキソニンなどの痛み止めは胃潰瘍を招く", {"loxoprofen", "analgesics"}),
        (
            "ほてりや頭痛といった更年期症状に加味逍遙散が効く",
            {"hot flashes", "headache", "menopausal symptoms"},
        ),
        ("Painkillers such as ibuprofen cause a stomach ulcer.", {"painkillers", "ibuprofen"}),
        ("Statins, including rosuvastatin, can cause diabetes.", {"statins", "rosuvastatin"}),
    ],
)
def test_a_record_on_the_example_or_on_what_it_is_one_of_bears_on_the_claim(
    text: str, group: set[str]
) -> None:
    groups = group_alternatives([concept for concept in plan(text).concepts if concept.required])
    assert group in [{concept.english[0] for concept in one} for one in groups]


@pytest.mark.parametrize(
    ("text", "heading", "named"),
    [
        ("あの発作はビールで起こりやすい", "痛風", "gout flare"),
        ("あの発作はビールで起こりやすい", "喘息", "asthma exacerbation"),
        ("あの喘息の発作はビールで起こりやすい", "痛風", "asthma exacerbation"),
    ],
)
def test_a_word_of_several_meanings_goes_by_the_heading_where_the_sentence_does_not_tell(
    text: str, heading: str, named: str
) -> None:
    assert named in {concept.english[0] for concept in plan(text, heading=heading).concepts}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("歯周病の人は狭心症の発作を起こす確率が3倍高い", {"angina pectoris", "angina attack"}),
        ("マグネシウムは片頭痛の発作を減らす", {"migraine", "migraine attack"}),
        ("睡眠不足はパニック障害の発作を増やす", {"panic disorder", "panic attack"}),
        ("乳がんの再発をタモキシフェンが減らす", {"breast cancer"}),
    ],
)
def test_an_event_of_a_disease_is_asked_for_with_it_and_never_beside_it(text: str, group: set[str]) -> None:
    groups = group_alternatives([concept for concept in plan(text).concepts if concept.required])
    assert group in [{concept.english[0] for concept in one} for one in groups]


@pytest.mark.parametrize(
    "text",
    [
        "水いぼは半年ほどで自然に消えることが多い",
        "帯状疱疹の痛みは3週間ほどで落ち着く",
        "Shingles usually clears up within four weeks.",
        "Morning sickness has worn off by week 14.",
        "Pityriasis rosea goes away on its own.",
    ],
)
def test_how_long_a_disease_lasts_is_asked_for(text: str) -> None:
    assert "duration" in required_in(plan(text))


@pytest.mark.parametrize(
    "text",
    [
        "ミノキシジルを4か月続けると薄毛が改善する",
        "Aciclovir clears up shingles within four weeks.",
        "Shingles hurts.",
    ],
)
def test_what_a_treatment_takes_is_no_course_of_the_disease(text: str) -> None:
    assert not any(c.english[0] == "duration" for c in plan(text, theme="shingles").concepts)


def test_two_brands_of_one_toxin_that_are_compared_are_both_asked_for() -> None:
    strict = queries(plan("Botox smooths wrinkles for as long as Dysport does."))[Rung.STRICT]
    assert "abobotulinumtoxin" in strict
    assert "botox" in strict.lower()


@pytest.mark.parametrize(
    "text",
    [
        "医療脱毛では、ヤグレーザーのほうがアレキサンドライトレーザーよりやけどしにくい。",
        "DEET keeps mosquitoes off for longer than citronella.",
    ],
)
def test_two_things_of_one_descriptor_that_are_compared_are_asked_for_by_their_own_words(text: str) -> None:
    required = {c.slot: c for c in plan(text).concepts if c.required and not c.inherited}
    one, other = required[PicoSlot.INTERVENTION], required[PicoSlot.COMPARATOR]
    assert not set(one.english) & set(other.english)
    assert one.mesh != other.mesh or not one.mesh


@pytest.mark.parametrize(
    ("text", "given", "against"),
    [
        ("ロスバスタチンはアトルバスタチンやプラバスタチンよりLDLを下げる。", "rosuva", ["atorva", "prava"]),
        ("セレコキシブはイブプロフェンおよびナプロキセンと比較して胃潰瘍が少ない。", "celecoxib",
         ["ibuprofen", "naproxen"]),
        ("Apixaban prevents stroke better than warfarin or aspirin.", "apixaban", ["warfarin", "aspirin"]),
        ("Semaglutide takes off more weight than liraglutide, dulaglutide or exenatide.", "semaglutide",
         ["liraglutide", "dulaglutide", "exenatide"]),
        ("Compared with both yoga and physiotherapy, swimming eases back pain.", "swimming",
         ["yoga", "physio"]),
        ("Unlike aspirin, clopidogrel spares the stomach.", "clopidogrel", ["aspirin"]),
    ],
)  # fmt: skip
def test_several_that_one_is_compared_with_are_alternatives_of_each_other(
    text: str, given: str, against: list[str]
) -> None:
    required = [concept for concept in plan(text).concepts if concept.required]
    (one,) = [concept for concept in required if concept.slot is PicoSlot.INTERVENTION]
    others = [concept for concept in required if concept.slot is PicoSlot.COMPARATOR]
    assert one.english[0].startswith(given)
    assert all(other.english[0].startswith(name) for other, name in zip(others, against, strict=True))
    assert [other.alternative for other in others] == [False] + [True] * (len(against) - 1)


def test_what_a_second_clause_speaks_of_is_not_compared_with() -> None:
    told = plan("Rosuvastatin lowers LDL more than atorvastatin, and ezetimibe adds to it.").concepts
    assert not any(concept.alternative for concept in told)


def test_the_topic_before_a_short_comparator_is_not_compared_with() -> None:
    slots = {concept.source: concept.slot for concept in plan("鍼は薬より肩こりを和らげる。").concepts}
    assert slots["鍼"] is PicoSlot.INTERVENTION


@pytest.mark.parametrize(
    ("text", "heading", "named"),
    [
        ("下剤は前の晩より朝に飲むほうがよい。", "大腸カメラの前に", "bowel preparation"),
        ("下剤は便秘を改善する。", "", "laxatives"),
        ("うがいをしないと、口の中にカビが生えます。", "", "oral candidiasis"),
        ("Coming off sleeping pills brings insomnia back.", "", "withdrawal"),
        ("HRT patches carry a lower risk of clots.", "", "transdermal hormone replacement therapy"),
        ("お腹の脂肪からとった幹細胞は膝の痛みを和らげる。", "", "adipose-derived stem cells"),
        ("Robotic prostate surgery spares continence.", "", "robotic surgical procedures"),
    ],
)
def test_words_of_several_meanings_are_read_where_they_stand(text: str, heading: str, named: str) -> None:
    assert named in {word for concept in plan(text, heading=heading).concepts for word in concept.english[:2]}


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Doxycycline heads off Lyme disease.", "head"),
        ("Blood pressure came back to normal with amlodipine.", "back"),
        ("An EpiPen jab treats anaphylaxis.", "vaccination"),
    ],
)
def test_a_verb_is_no_part_of_the_body_and_a_pen_no_vaccine(text: str, never: str) -> None:
    assert never not in {word.lower() for concept in plan(text).concepts for word in concept.english}


def test_a_complaint_is_what_is_measured_in_the_disease_of_the_page() -> None:
    search = plan("CPAPを続けると日中の眠気が軽くなる", theme="睡眠時無呼吸症候群")
    assert "sleep apnea" in required_in(search)
    assert "daytime sleepiness" in required_in(search)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Acupuncture eased migraine no better than sham acupuncture.", "sham"),
        ("Zinc did no better than placebo for the common cold.", "placebo"),
        ("足底腱膜炎の痛みは体外衝撃波で軽くなる", "pain"),
    ],
)
def test_a_control_and_a_complaint_beside_its_disease_are_not_required(text: str, without: str) -> None:
    assert without not in required_in(plan(text))


def test_an_operation_in_the_heading_stands_for_the_condition_that_nobody_names() -> None:
    after = plan("リハビリを早く始めると可動域が広くなる", heading="人工股関節置換術")
    assert "total hip arthroplasty" in required_in(after)
    beside = plan("ロラタジンは眠くなる", heading="セチリジン")
    assert "cetirizine" not in required_in(beside)


def test_what_stands_in_brackets_behind_a_treatment_is_another_name_of_it() -> None:
    search = plan("タケキャブは胃薬(PPI)より逆流性食道炎に効く")
    strict = parse_query(queries(search)[Rung.STRICT])
    assert isinstance(strict, And)
    assert len(strict.parts) == 3
    assert any({"Anti-Ulcer Agents", "Proton Pump Inhibitors"} <= phrases(part) for part in strict.parts)


def test_an_example_does_not_take_the_descriptor_from_what_it_is_an_example_of() -> None:
    strict = queries(plan("メルスモンなどのプラセンタ注射は更年期障害を和らげる"))[Rung.STRICT]
    assert '"Placental Extracts"[Mesh]' in strict


def test_two_treatments_are_compared_where_they_are_given() -> None:
    required = required_in(plan("膝のPRP注射はヒアルロン酸注射より痛みを抑える"))
    assert "knee" in required
    assert "pain" not in required


def test_an_abbreviation_that_nobody_knows_is_another_name_of_what_it_stands_behind() -> None:
    strict = parse_query(queries(plan("A stool transplant (XQT) cures colitis."))[Rung.STRICT])
    assert isinstance(strict, And)
    assert all("XQT" not in phrases(part) or len(phrases(part)) > 1 for part in strict.parts)


def test_a_descriptor_is_asked_for_in_one_slot_only() -> None:
    strict = queries(plan("微小炎症は毛包の炎症と脱毛症を招く"))[Rung.STRICT]
    assert strict.count('"Inflammation"[Mesh]') == 1


def test_the_strict_query_asks_for_what_is_compared_and_leaves_a_plain_population_out() -> None:
    search = plan("日本人男性ではデュタステリドがフィナステリドより薄毛に有効である")
    assert required_in(search) == ["dutasteride", "finasteride", "hair loss"]
    assert queries(search)[Rung.STRICT].count(" AND ") == 2


TOGETHER = [
    ("黒コショウはクルクミンの吸収を高める", ["piperine", "curcumin", "absorption"]),
    ("Inositol restores ovulation in PCOS as well as metformin does.", ["inositol", "PCOS", "metformin"]),
    ("BCAAは運動後の筋肉痛を軽減する", ["branched-chain amino acids", "exercise", "myalgia"]),
    ("Progesterone can reduce anxiety and support sleep.", ["progesterone", "anxiety", "sleep"]),
    ("妊娠性歯周炎は女性ホルモンの影響で起こる", ["pregnancy", "periodontitis", "estrogens"]),
]


@pytest.mark.parametrize(("text", "english"), TOGETHER)
def test_what_a_claim_needs_together_is_a_condition_each(text: str, english: list[str]) -> None:
    search = plan(text)
    assert required_in(search) == english
    strict = parse_query(queries(search)[Rung.STRICT])
    assert isinstance(strict, And)
    assert len(strict.parts) == len(english)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PRPやエクソソームは薄毛に有効である", 2),
        ("亜鉛とビタミンCは風邪の期間を短くする", 2),
        ("亜鉛とビタミンCの併用は風邪の期間を短くする", 3),
        ("Zinc or vitamin C shortens the common cold.", 2),
        ("Zinc together with vitamin C shortens the common cold.", 3),
    ],
)
def test_what_stands_side_by_side_is_an_alternative_unless_it_is_given_together(
    text: str, parts: int
) -> None:
    strict = parse_query(queries(plan(text))[Rung.STRICT])
    assert isinstance(strict, And)
    assert len(strict.parts) == parts


@pytest.mark.parametrize(
    "text", ["この経路は成長を促すシグナルである", "Growth and repair signals support health.", "髪の成長"]
)
def test_vague_words_alone_never_carry_a_query(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        plan(text)
    assert refusal.value.code == "no_concept"


def test_a_vague_word_does_not_thin_out_what_is_measured() -> None:
    strict = queries(plan("ミノキシジルは髪の成長とアポトーシスに作用する"))[Rung.STRICT]
    assert '"Hair"' not in strict
    assert "Apoptosis" in strict


def test_the_disease_of_the_article_is_required_for_patients_and_not_for_what_happens_in_a_cell() -> None:
    patients = plan("ミノキシジルは成長期を維持する", theme="薄毛")
    cells = plan("乳酸はヒストン修飾を変える", theme="薄毛")
    assert "hair loss" in required_in(patients)
    assert "hair loss" not in required_in(cells)
    assert "hair loss" in [concept.english[0] for concept in cells.concepts]


@pytest.mark.parametrize(
    "text",
    [
        "This is not a five-minute rubber stamp.",
        "Radiance you can feel, from the very first drop.",
        "Ashitaba lasted for months.",
    ],
)
def test_an_english_word_that_nothing_maps_is_never_required(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        plan(text)
    assert refusal.value.code == "no_concept"


def test_an_unknown_english_word_widens_and_is_told() -> None:
    search = plan("Ashitaba eases insomnia gently.")
    assert search.unmapped == ("Ashitaba",)
    assert "shitaba" not in queries(search)[Rung.STRICT]
    assert isinstance(parse_query(queries(search)[Rung.BROAD]), Or)
    assert '"Ashitaba"[tiab]' in queries(search)[Rung.BROAD]


def test_each_wider_query_finds_what_the_narrower_one_finds() -> None:
    search = plan("ミノキシジルは男性型脱毛症の毛髪密度を改善し、アポトーシスを防ぎ炎症を抑える")
    strict, relaxed = (queries(search)[rung] for rung in (Rung.STRICT, Rung.RELAXED))
    assert strict.count(" AND ") == 2
    assert relaxed.count(" AND ") == 1
    assert {"apoptosis", "inflammation"} <= phrases(parse_query(relaxed))


def test_the_broad_query_asks_for_any_two_of_the_slots() -> None:
    search = plan("ミノキシジルは男性型脱毛症の毛髪密度を改善する")
    broad = parse_query(queries(search)[Rung.BROAD])
    assert isinstance(broad, Or)
    assert len(broad.parts) == 3
    assert all(isinstance(part, And) for part in broad.parts)


def test_what_was_inherited_is_dropped_before_what_the_sentence_names() -> None:
    relaxed = queries(plan("ミノキシジルは成長期を維持する", theme="薄毛"))[Rung.RELAXED]
    assert "anagen" in relaxed
    assert "hair loss" not in relaxed


def test_the_ladder_ends_with_a_search_against_the_claim() -> None:
    search = plan("ミノキシジルは薄毛に有効である")
    assert search.ladder[-1].rung is Rung.COUNTER
    assert '"no significant difference"[tiab]' in search.ladder[-1].text
    assert "minoxidil" in search.ladder[-1].text


@pytest.mark.parametrize("text", ["お気軽に", "Is it so?", ""])
def test_a_claim_without_a_concept_is_refused_instead_of_searched(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        plan(text, theme="薄毛")
    assert refusal.value.code == "no_concept"


@pytest.mark.parametrize(
    "text", ["効果がある", "治療で改善した", "細胞と患者", "刺激療法が効く", "目が大きい", "日本人に多い"]
)
def test_an_empty_noun_a_site_or_a_population_alone_is_no_query(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        plan(text)
    assert refusal.value.code == "no_concept"


@pytest.mark.parametrize(
    "text", ["It lasts twelve months.", "You shouldn't hesitate.", "Nobody drove faster."]
)
def test_everyday_english_in_any_of_its_forms_is_no_query(text: str) -> None:
    with pytest.raises(QueryError) as refusal:
        plan(text)
    assert refusal.value.code == "no_concept"


def test_words_that_nothing_maps_are_told() -> None:
    assert "竜骨牡蠣湯" in plan("竜骨牡蠣湯は炎症を抑える").unmapped


@pytest.mark.parametrize(
    "text",
    [
        "HIF-1α stabilization increases hair growth",
        "Exosomes do not change M1 macrophages",
        "0-dimensional biomaterials lack inductive properties.",
        "HIF-1αの安定化は解糖系を促進する",
        "毛包が5α還元酵素を発現する",
    ],
)
def test_every_rung_is_valid_syntax(text: str) -> None:
    search = plan(text)
    assert search.ladder
    for query in search.ladder:
        assert list_terms(parse_query(query.text))


@given(
    st.text(max_size=60) | st.text(alphabet='薄毛炎症と、PRPはHIF-1α"*[]()ANDOR がんを減らす', max_size=60)
)
@settings(max_examples=at_most(150), deadline=None)
def test_any_claim_makes_valid_queries_or_says_that_it_names_no_concept(text: str) -> None:
    for language in Language:
        ladder = ask(text, language)
        assert all(list_terms(parse_query(query.text)) for query in ladder)


def test_every_row_of_the_tables_can_be_asked_for() -> None:
    assert [row.term for row in load_rows() if not _can_be_asked_for(row)] == []


def _can_be_asked_for(row: LexiconRow) -> bool:
    ladder = build_ladder([Concept(row.term, row.english, row.mesh, PicoSlot.INTERVENTION)])
    return bool(ladder) and all(_is_valid(query.text) for query in ladder)


def _is_valid(query: str) -> bool:
    try:
        return bool(list_terms(parse_query(query)))
    except QueryError:
        return False


def test_the_plan_records_the_version_of_the_tables() -> None:
    assert plan("薄毛").lexicon_version == LEXICON.version


@pytest.mark.parametrize(
    "text",
    [
        "About 1 in 10 new mothers develops postnatal depression.",
        "Migraine affects about 15% of the population.",
        "20% of adults have eczema.",
        "片頭痛は10人に1人が経験する",
        "成人の8割が歯周病である。成人の8割の人がかかる",
        "過活動膀胱の患者数は増えている",
    ],
)
def test_a_claim_that_counts_people_asks_for_how_common_it_is(text: str) -> None:
    assert "prevalence" in required_in(plan(text))


def test_a_share_of_people_who_are_treated_is_no_prevalence() -> None:
    search = plan("フィナステリドは8割の人の脱毛症を改善する")
    assert "prevalence" not in [concept.english[0] for concept in search.concepts]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("Minoxidil¹ raises hair density.12", "Minoxidil raises hair density."),
        ("Zinc keeps taste intact [2,3].", "Zinc keeps taste intact."),
        ("Zinc keeps taste intact (Smith 2020; PMID: 900000001).", "Zinc keeps taste intact."),
        ("Zinc keeps taste intact (Smith et al., 2020; Jones & Brown 2019).", "Zinc keeps taste intact."),
        ("ミノキシジル※2は毛髪密度を高める[4]。", "ミノキシジルは毛髪密度を高める。"),
        ("ミノキシジルは毛髪密度を高める(田中ら、2019)。", "ミノキシジルは毛髪密度を高める。"),
    ],
)
def test_marks_of_references_are_asked_for_in_no_query_and_by_no_ranking(marked: str, plain: str) -> None:
    language = Language.EN if plain.isascii() else Language.JA
    assert build_plan(marked, "", "", language, LEXICON) == build_plan(plain, "", "", language, LEXICON)
    assert plan("Zinc helps", heading=marked) == plan("Zinc helps", heading=plain)
    claim, other = (read_statement(text, language) for text in (marked, plain))
    assert ask_claim(claim, language, LEXICON).terms == ask_claim(other, language, LEXICON).terms


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("緑内障の目薬キサラタンでまつ毛が長くなる", ["latanoprost", "eyelashes"]),
        ("漢方薬の抑肝散は認知症の興奮をしずめる", ["yokukansan", "dementia"]),
        (
            "The blood thinner rivaroxaban can cause stomach bleeding.",
            ["rivaroxaban", "gastrointestinal bleeding"],
        ),
        ("Quinolone antibiotics can snap the Achilles tendon.", ["quinolone", "Achilles tendon rupture"]),
    ],
)
def test_a_class_beside_its_name_is_not_asked_for(text: str, required: list[str]) -> None:
    assert required_in(plan(text))[:2] == required


def test_the_form_in_which_something_is_given_leaves_its_place_to_what_is_measured() -> None:
    assert required_in(plan("マンジャロはトルリシティと比べて体重を減らす週1回の注射です")) == [
        "tirzepatide",
        "dulaglutide",
        "weight loss",
    ]
    assert "eye drops" in required_in(plan("Steroid eye drops can bring on glaucoma."))


@pytest.mark.parametrize(
    ("text", "heading", "harm"),
    [
        (
            "A daily aspirin does more harm through bleeding than good.",
            "Preventing a heart attack",
            "bleeding",
        ),
        ("After a stroke, aspirin raises the risk of bleeding.", "", "bleeding"),
        ("ADHDの薬コンサータの副作用で食欲が落ちる", "", "appetite"),
    ],
)
def test_a_complaint_that_a_treatment_brings_is_asked_for(text: str, heading: str, harm: str) -> None:
    assert any(harm in name for name in required_in(plan(text, heading=heading)))


def test_three_treatments_do_not_take_the_place_of_the_disease() -> None:
    required = required_in(
        plan("ノロウイルスにはアルコール消毒、石けんでの手洗い、次亜塩素酸ナトリウムのどれが効くか")
    )
    assert "norovirus" in required
    assert len(required) >= 3


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("Ibuprofen rather than paracetamol eases period pain.", "paracetamol"),
        ("Babies who drink formula are ill more often than those who are given breast milk.", "breast milk"),
        ("Use metformin instead of insulin in pregnancy.", "insulin"),
        ("ロキソニンではなくカロナールを選ぶと胃潰瘍が少ない", "acetaminophen"),
    ],
)
def test_what_something_is_preferred_to_is_compared_with(text: str, comparator: str) -> None:
    search = plan(text)
    assert comparator in required_in(search)


def test_two_medicines_that_do_not_mix_are_both_asked_for() -> None:
    assert required_in(plan("Lithium and ibuprofen do not mix.")) == ["lithium", "ibuprofen"]


def test_a_heading_names_its_treatment_once() -> None:
    search = plan("飲み始めは食欲が落ちます", heading="コンサータ（ADHD治療薬）の副作用")
    assert set(required_in(search)) == {"methylphenidate", "appetite"}


def test_who_has_taken_something_has_taken_what_the_page_is_about() -> None:
    search = plan("吸入したあとにうがいをしないと、カンジダが生える", heading="吸入ステロイド薬の使い方")
    assert "inhaled corticosteroids" in required_in(search)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Beta-carotene tablets give smokers more lung cancer.", "smokers"),
        ("The yellow fever jab is dangerous after 65.", "older adults"),
        ("アスピリンは子どもにライ症候群を起こすことがある", "children"),
    ],
)
def test_whom_a_harm_befalls_is_asked_for_where_there_is_room(text: str, whom: str) -> None:
    assert whom in required_in(plan(text))


def test_whom_something_helps_is_not_asked_for() -> None:
    assert "children" not in required_in(plan("Fluoride varnish prevents tooth decay in children."))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("プラリアをやめると背骨の骨折が増える", True),
        ("Stopping denosumab leads to fractures.", True),
        ("Denosumab is good at stopping fractures.", False),
        ("帯状疱疹は50歳から増える", False),
    ],
)
def test_what_comes_of_stopping_a_treatment_is_asked_for_as_such(text: str, asked: bool) -> None:
    assert ("discontinuation" in required_in(plan(text))) is asked


def test_an_age_is_no_number_of_another_kind() -> None:
    names = [concept.english[0] for concept in plan("Zinc works after 60 minutes in 50歳から").concepts]
    assert not {"older adults", "infants"} & set(names)


def test_a_verb_before_to_lists_nothing() -> None:
    search = plan("歯を失うと認知症のリスクが上がる。")
    assert not any(concept.alternative for concept in search.concepts)
    assert required_in(search) == ["tooth loss", "dementia"]


def test_surgery_that_something_is_compared_with_is_asked_for() -> None:
    search = plan("Surgery for a slipped disc gives faster relief than physiotherapy.")
    assert set(required_in(search)) == {"surgery", "disc herniation", "physiotherapy"}


@pytest.mark.parametrize(
    "text", ["腰痛の85％は原因が特定できません。", "高血圧の人の6割は治療を受けていません。"]
)
def test_a_share_of_those_who_have_a_disease_is_how_common_it_is(text: str) -> None:
    assert "prevalence" in required_in(plan(text))


def test_what_stops_a_process_is_not_stopped_itself() -> None:
    search = plan("Finasteride works by stopping the conversion of testosterone.")
    assert "discontinuation" not in required_in(search)
