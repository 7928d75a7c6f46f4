"""What a claim leaves out is named from what stands nearest, and where it stood is said."""

from __future__ import annotations

import pytest

from claims.articles import parse_article
from claims.extraction.context import UNRESOLVED, complete_wording
from claims.extraction.units import list_units


def read(text: str, sentence: str) -> tuple[str, str]:
    article = parse_article(text)
    unit = next(unit for unit in list_units(article) if sentence in unit.text)
    return complete_wording(unit, article.language, article.title)


CASES = [
    (
        "# 治療\nエクソソームは細胞が出す小胞です。これは炎症を抑えます。",
        "これは炎症",
        "これ(エクソソーム)は炎症を抑えます。",
        "これ = エクソソーム (sentence before)",
    ),
    (
        "# 頭皮\n頭皮では微小炎症が続きます。この炎症が毛包を傷めます。",
        "この炎症",
        "この炎症(微小炎症)が毛包を傷めます。",
        "この炎症 = 微小炎症 (sentence before)",
    ),
    (
        "# 舌下免疫療法\n約八割の患者で症状が軽くなります。",
        "約八割",
        "舌下免疫療法: 約八割の患者で症状が軽くなります。",
        "舌下免疫療法 (heading)",
    ),
    (
        "Q. インプラントは長持ちしますか？\nA. 10年以上使えます。",
        "10年以上",
        "インプラント: 10年以上使えます。",
        "インプラント (question)",
    ),
    (
        "# Sleep\nMagnesium is a mineral in many foods. It binds to GABA receptors.",
        "It binds",
        "It(Magnesium) binds to GABA receptors.",
        "It = Magnesium (sentence before)",
    ),
]


@pytest.mark.parametrize(("text", "sentence", "read_as", "context"), CASES)
def test_what_is_left_out_is_named(text: str, sentence: str, read_as: str, context: str) -> None:
    assert read(text, sentence) == (read_as, context)


def test_a_sentence_that_stands_alone_is_left_as_it_is() -> None:
    text = "# 頭皮\nミノキシジルは毛母細胞を刺激します。"
    assert read(text, "ミノキシジル") == ("ミノキシジルは毛母細胞を刺激します。", "")


def test_a_left_out_subject_that_nothing_names_is_said() -> None:
    assert read("# 目次\n翌週に痛みが減ります。", "翌週に") == ("翌週に痛みが減ります。", UNRESOLVED)


def test_a_pointer_that_nothing_resolves_is_said() -> None:
    assert read("これは炎症を抑えます。", "これは")[1] == UNRESOLVED


def test_a_label_that_leans_on_its_heading_names_both() -> None:
    text = (
        "- PRP療法:血小板の力\n- 効果の目安: 痛みが減ります。効果は半年続きます。\n- 安全性: 腫れが出ます。"
    )
    read_as, _ = read(text, "効果は半年")
    assert read_as.startswith("PRP療法: ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("## しかし、\n原因のわからない腰痛を非特異的腰痛と呼びます。", "原因の"),
        ("## 電流を流し、汗を抑える方法\n週に1回で効果が出ます。", "週に1回"),
        ("## 目の病気\n涙が減ると目が乾きます。\nそのほか、転倒にも視力が影響します。", "そのほか"),
        ("# Timing Is Everything\nMost adults sleep seven hours.", "Most adults"),
        ("# Nails\nBiotin was studied in adults with brittle nails. Zinc hardens nails.", "Zinc"),
        ("## 過度な加熱で不自然な色に\n3分を超えると赤みが続きます。", "3分を"),
        ("## 2回目\n翌週に痛みが減ります。", "翌週に"),
        ("# Reduces Joint Stiffness\nSome people see results in a week.", "Some people"),
        ("# Class II\nMost adults sleep seven hours.", "Most adults"),
        ("# Why should I choose peels\nSome people see results in a week.", "Some people"),
        ("# Your Complete Guide\nSome people see results in a week.", "Some people"),
        ("# Living Well\n## Supports Calm Skin\n- Reduces redness", "Reduces"),
        ("# 頭痛外来のブログ\n月に数回で効果が出ます。", "月に数回"),
        ("# 朝のやさしい一杯\n翌週に痛みが減ります。", "翌週に"),
        ("## 虫歯があっても受けられますか\n痛みがなければ可能です。", "痛みが"),
        ("筋肉は使わないと痩せます。目尻のしわを減らします。", "目尻の"),
        ("# 水虫・たむし・いんきんの薬\n翌週に痛みが減ります。", "翌週に"),
    ],
)
def test_what_is_no_name_is_no_subject(text: str, sentence: str) -> None:
    assert read(text, sentence)[0].startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# シミ治療\n## 超音波による引き締め\n翌週に痛みが減ります。", "翌週に"),
        ("# Peels\n## Why choose DermaRoll\nSome people see results in a week.", "Some people"),
        ("# 温熱と冷却の違い\n翌週に痛みが減ります。", "翌週に"),
        ("# Cupping vs. Massage\nSome people see results in a week.", "Some people"),
        ("# 光治療器\n従来のレーザーの場合、翌日に赤みが出ます。", "従来の"),
        ("# 温熱\n冷却は腫れを抑えます。\n時間はどちらも十分ほどです。", "時間は"),
        ("# 色素\n疲労には、亜鉛注射がお勧めです。", "疲労には"),
        ("# Headaches\nSteam helps some. Opioids can dull a headache.", "Opioids"),
        ("# Headaches\nSteam helps some. For most headaches, Botox has few harms.", "For most"),
        ("# Headaches\nSteam helps some. For pain relief, there are tablets.", "For pain"),
        ("# ブリッジ\n選択肢が三つあります。\n\n- 入れ歯（保険）", "入れ歯"),
        ("# Medication\n## Minoxidil Foam\n### Results\n- Helps with shedding", "Helps"),
        ("## Foods\nKiwi helps digestion. That is so. Prices vary. Doses are low.", "Doses"),
        ("# Your Guide\nTablets are sold widely. You could buy many brands.", "You could"),
    ],
)
def test_a_rival_or_another_section_takes_no_subject(text: str, sentence: str) -> None:
    assert read(text, sentence)[0].startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence", "read_as", "context"),
    [
        (
            "# 静脈瘤\n静脈瘤は手術で治します。この合併症はまれです。",
            "この合併症",
            "静脈瘤: この合併症はまれです。",
            f"{UNRESOLVED}; 静脈瘤 (heading)",
        ),
        (
            "# 発酵\n酵素は米から作ります。これらの原料を発酵させます。",
            "これらの",
            "これらの原料を発酵させます。",
            UNRESOLVED,
        ),
        (
            "生野菜をとりましょう。消化酵素と代謝酵素があります。これらの酵素は加齢で減ります。",
            "これらの",
            "これらの酵素(消化酵素、代謝酵素)は加齢で減ります。",
            "これらの酵素 = 消化酵素、代謝酵素 (sentence before)",
        ),
        (
            "# Stones\nWater carries salts. These salts and acids form crystals.",
            "These salts",
            "Stones: These salts and acids form crystals.",
            "Stones (heading)",
        ),
        (
            "# Zinc\nZinc lozenges are sold widely. This means that colds are shorter.",
            "This means",
            "Zinc: This means that colds are shorter.",
            f"{UNRESOLVED}; Zinc (heading)",
        ),
        ("Rest helps a lot. They settle within a week.", "They", "They settle within a week.", UNRESOLVED),
        (
            "# Sleep\nTablets are sold. It usually takes a week to see a change.",
            "It usually",
            "Sleep: It usually takes a week to see a change.",
            "Sleep (heading)",
        ),
        (
            "# Zinc\nZinc is sold widely.\n\n- Zinc oxide is a salt. It is a good choice for burns.",
            "It is a good",
            "It(Zinc oxide) is a good choice for burns.",
            "It = Zinc oxide (sentence before)",
        ),
    ],
)
def test_a_pointer_gets_what_it_can_mean_or_only_what_the_section_is_about(
    text: str, sentence: str, read_as: str, context: str
) -> None:
    assert read(text, sentence) == (read_as, context)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "## 手術後の妊娠\n妊娠は安全です。\nQ. 日常生活は問題なく過ごせますか？\nA. 翌日から可能です。",
            "翌日から",
        ),
    ],
)
def test_half_a_clause_a_conjunction_or_a_question_is_no_subject(text: str, sentence: str) -> None:
    read_as, _ = read(text, sentence)
    assert read_as.startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence", "subject"),
    [
        ("# Collagen\n\n## Benefits\n\n- Reduces hip pain\n- Good for dry skin", "Reduces", "Collagen"),
        ("# Collagen\n\n## Benefits\n\n- Reduces hip pain\n- Good for dry skin", "Good for", "Collagen"),
        ("## とびひとは\n翌週に治まります。", "翌週に", "とびひ"),
        ("# 歯\n## 差し歯\n### 利点\n痛みません。\n## 入れ歯\n### 利点\n安く済みます。", "安く", "入れ歯"),
        ("# 歯の本\n## 入れ歯\n四割は差し歯の話です。\n\n- 安く済む", "安く", "入れ歯"),
        ("## そもそもとびひって何？\n翌週に治まります。", "翌週に", "とびひ"),
        ("# Zinc Explained\n## Benefits\n- Reduces redness", "Reduces", "Zinc"),
        ("# Peels\n## What does ClearSkin do for skin?\n- Reduces redness", "Reduces", "ClearSkin"),
        ("# Peels\n## How ClearSkin works\n- Reduces redness", "Reduces", "ClearSkin"),
        ("## 子宮頸がん\n初期には痛みがありません。", "初期には", "子宮頸がん"),
        ("## 光治療器の特徴\n痛みを減らします。", "痛みを", "光治療器"),
    ],
)
def test_a_point_is_about_what_document_and_section_are_about(text: str, sentence: str, subject: str) -> None:
    assert read(text, sentence)[0].startswith(f"{subject}: {sentence}")


@pytest.mark.parametrize(
    "point",
    [
        "Compression reduces swelling of the ankle",
        "Walking helps the calf muscle pump",
    ],
)
def test_a_point_with_a_subject_of_its_own_stands_alone_without_a_full_stop(point: str) -> None:
    text = f"# Varicose veins\n\n## Symptom improvement\n\n- {point}\n- Reduces pain"
    assert read(text, point) == (point, "")
    assert read(text, "Reduces")[0].endswith(": Reduces pain")


def test_a_sentence_that_names_what_its_section_is_about_takes_no_neighbour() -> None:
    text = "## 白内障\n緑内障は視野を狭めます。年齢とともに白内障が増えます。"
    assert read(text, "年齢とともに") == ("年齢とともに白内障が増えます。", "")


def test_a_conjunction_points_at_nothing() -> None:
    text = "# 光治療器\n皮膚を焼きません。その為、痛みがほとんどありません。"
    assert read(text, "その為")[0] == "光治療器: その為、痛みがほとんどありません。"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Tired eyes, dry mouth: what helps", ""),
        ("Zinc, selenium and copper", ""),
        ("Dry mouth, explained: what helps", "Dry mouth: "),
        ("Diabetes, type 2", "Diabetes: "),
    ],
)
def test_a_title_that_lists_several_subjects_lends_none_of_them(title: str, subject: str) -> None:
    """What stands below speaks of one of them, and nobody knows of which."""
    row = "| remedy | effect |\n|---|---|\n| Pilocarpine | raises salivary flow |\n"
    read_as, _ = read(f"# {title}\n\n## Which remedies work?\n\n{row}", "Pilocarpine")
    assert read_as.startswith(f"{subject}Which remedies work?")


@pytest.mark.parametrize(
    ("text", "sentence", "read_as"),
    [
        (
            "# News\n\n## Fluoride varnish\n\nThe varnish is painted on. It cuts decay by a third.",
            "It cuts",
            "It(Fluoride varnish) cuts decay by a third.",
        ),
        (
            "# Babies\n\n## Tongue tie\n\nThe band is too short. It affects one in ten newborns.",
            "It affects",
            "It(Tongue tie) affects one in ten newborns.",
        ),
        (
            "# Page\n\n## Hormones\n\nUnlike synthetic hormones, which can carry risks, "
            "bioidentical hormones are safe. Research supports their use for hot flashes.",
            "Research",
            "Research supports their(bioidentical hormones) use for hot flashes.",
        ),
        (
            "# Weight\n\n## Gastric balloon\n\nThe device is filled. Nausea is common at first.",
            "Nausea",
            "Gastric balloon: Nausea is common at first.",
        ),
        (
            "# Sleep Centre\n\n## Sleep apnoea in women\n\nMany snore. As a result, they wait.",
            "As a result",
            "Sleep apnoea: As a result, they wait.",
        ),
        (
            "# 膝の痛み\n\n## ヒアルロン酸注射\n\n軟骨を再生させる作用はありません。",
            "軟骨を",
            "ヒアルロン酸注射: 軟骨を再生させる作用はありません。",
        ),
        (
            "# ダイエット外来\n\n## リラグルチド注射\n\n急性膵炎の既往がある方には使用できません。",
            "急性膵炎",
            "リラグルチド注射: 急性膵炎の既往がある方には使用できません。",
        ),
    ],
)
def test_how_people_fare_and_what_it_is_stand_under_the_heading(
    text: str, sentence: str, read_as: str
) -> None:
    assert read(text, sentence)[0] == read_as


def test_a_sentence_on_the_body_under_a_treatment_keeps_its_own_topic() -> None:
    text = "# 肩こり外来\n\n## ヒアルロン酸注射\n\n気胸は肺に穴があく病気です。"
    assert read(text, "気胸は") == ("気胸は肺に穴があく病気です。", "")


def under(heading: str, sentence: str) -> tuple[str, str]:
    """The sentence as read in a section of its own, behind one on something else."""
    other = "ナイアシンアミドとは\nナイアシンアミドはビタミンの一種です。"
    return read(f"# 成分の辞典\n## {other}\n## {heading}\n{sentence}", sentence)


@pytest.mark.parametrize(
    "heading",
    ["アゼライン酸とは", "アゼライン酸について", "アゼライン酸の効果", "アゼライン酸とはどんな成分？"],
)
@pytest.mark.parametrize(
    "pointer", ["この成分", "本成分", "同成分", "当成分", "上記の成分", "この有効成分", "こちらの成分"]
)
def test_a_word_for_the_kind_is_what_the_heading_names(heading: str, pointer: str) -> None:
    read_as, context = under(heading, f"{pointer}は皮脂の分泌を抑えます。")
    assert read_as == f"{pointer}(アゼライン酸)は皮脂の分泌を抑えます。"
    assert context == f"{pointer} = アゼライン酸 (heading)"


@pytest.mark.parametrize(
    ("heading", "pointer", "name"),
    [
        ("フィナステリドについて", "本剤", "フィナステリド"),
        ("光線力学療法の効果", "当治療", "光線力学療法"),
        ("帯状疱疹ワクチンについて", "本ワクチン", "帯状疱疹ワクチン"),
        ("ルミガンの効果", "本点眼薬", "ルミガン"),
        ("GLP-1受容体作動薬とは", "これらの薬", "GLP-1受容体作動薬"),
        ("アトピー性皮膚炎について", "本疾患", "アトピー性皮膚炎"),
    ],
)
def test_treatments_and_diseases_are_pointed_at_alike(heading: str, pointer: str, name: str) -> None:
    read_as, _ = under(heading, f"{pointer}は広く知られています。")
    assert read_as == f"{pointer}({name})は広く知られています。"


@pytest.mark.parametrize(
    ("heading", "pointer"),
    [
        ("アトピー性皮膚炎について", "本剤"),
        ("円形脱毛症とは", "この成分"),
        ("レチノールとトレチノインの違い", "この成分"),
        ("当院の特徴", "この治療"),
        ("ナイアシンアミド", "これらの成分"),
    ],
)
def test_what_is_not_of_the_kind_is_not_pointed_at(heading: str, pointer: str) -> None:
    read_as, context = under(heading, f"{pointer}は広く知られています。")
    assert f"{pointer}(" not in read_as
    assert context.startswith(UNRESOLVED)


@pytest.mark.parametrize(
    ("heading", "sentence", "read_as"),
    [
        ("About the shingles vaccine", "This vaccine prevents most cases.", "This vaccine(shingles vaccine)"),
        ("What is a TENS machine?", "This device eases back pain.", "This device(TENS machine)"),
        ("Azelaic acid benefits", "This ingredient reduces acne.", "This ingredient(Azelaic acid)"),
        ("About azelaic acid", "The active ingredient reduces acne.", "The active ingredient(azelaic acid)"),
        ("Azelaic acid", "Studies suggest this ingredient can reduce acne.", "this ingredient(Azelaic acid)"),
        ("What are statins?", "These medications lower cholesterol.", "These medications(statins)"),
    ],
)
def test_an_english_word_for_the_kind_is_what_the_heading_names(
    heading: str, sentence: str, read_as: str
) -> None:
    assert read_as in read(f"# Health\n## Niacinamide\nIt is safe.\n## {heading}\n{sentence}", sentence)[0]


@pytest.mark.parametrize("heading", ["Retinol vs tretinoin", "What is acne?", "Our ingredients"])
def test_an_english_word_for_the_kind_is_nothing_else(heading: str) -> None:
    sentence = "This ingredient smooths wrinkles."
    read_as, context = read(f"# Health\n## Niacinamide\nIt is safe.\n## {heading}\n{sentence}", sentence)
    assert "(" not in read_as
    assert context.startswith(UNRESOLVED)
