"""Pages of the web: the article's structure stays, what stands around it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.articles import parse_document, read_document
from claims.errors import ArticleError
from claims.records.article import Article, BlockKind

PAGES = Path(__file__).parent / "pages"

# Page → lines that its canonical text has, as a reader of the page sees them, in this order.
LINES = {
    "wordpress_ja": (
        "# 鉄不足と抜け毛の関係",
        "鉄は赤血球で酸素を運ぶミネラルです。フェリチンの低下は、女性のびまん性脱毛と関連すると報告されています。",
        "## 鉄の働き",
        "毛母細胞は分裂が盛んなため、鉄の不足の影響を受けやすい細胞です。",
        "- リボヌクレオチド還元酵素の補因子として DNAの合成を助ける",
        "| 食品 | 種類 | 吸収率 |",
        "| ほうれん草 | 非ヘム鉄 | 2〜5% |",
        "ビタミンCは非ヘム鉄の吸収を高めます[1]。",
        "日本人の月経のある女性の推奨量は1日10.5mgとされています。",
        "フェリチンは20μL/mLではなく、ng/mLで表されます。赤血球数は10^6/μLの単位で報告され、血液中のCO2は別の検査で測ります。",
    ),
    "shop_ja": (
        "# ルテイン30",
        "通常価格 3,980円（税込）",
        "ブルーライトを吸収し、網膜の細胞を酸化から守ります。",
        "食事やサプリメントから補う必要があります。",
        "- 目の疲れが気になる方",
        "- ルテイン: 黄斑の色素密度を高め、コントラスト感度を改善することが報告されています。",
        "- ゼアキサンチン: ルテインとともに黄斑に存在し、光による障害を抑えます。",
        "飲み始めて2週間で、夕方の目のかすみが消えました。",
        "| 内容量 | 13.5g（450mg×30粒） |",
        "※本品は、疾病の診断、治療、予防を目的としたものではありません。",
    ),
    "handmade_ja": (
        "腰痛と鍼治療",
        "慢性の腰痛は、画像では原因が見つからないことが多いとされています。",
        "■鍼の働き",
        "また、筋肉の血流を増やし、発痛物質を洗い流すと考えられています。",
        "・出血しやすい方は受けられません",
        "■診療時間",
    ),
    "faq_ja": (
        "Q. インプラントは何年もちますか？",
        "A. 10年後の残存率は90%以上と報告されています。",
        "定期的な清掃で、より長く使えます。",
        "Q. 痛みはありますか",
        "A. 局所麻酔を行うため、手術中の痛みはほとんどありません。",
        "Q. 喫煙していても受けられますか？",
        "A. 喫煙はインプラント周囲炎の危険を高めます。",
        "- 術前2週間の禁煙が勧められます",
        "#### 骨が薄い場合の治療",
        "Q. 金属アレルギーでも大丈夫ですか？",
        "A. チタンは生体親和性が高く、アレルギーを起こしにくい金属です。",
        "Q. 糖尿病があると失敗しやすいですか？",
        "A. 血糖値の管理が悪いと、感染の危険が高くなります。",
    ),
    "tables_ja": (
        "| 分類 | 特徴 効果 | 特徴 眠気 | 注意点 |",
        "| 第2世代抗ヒスタミン薬 | くしゃみと鼻水を抑える | 少ない | 運転を避ける薬もある |",
        "| 第2世代抗ヒスタミン薬 | 鼻づまりには弱い | 少ない | 腎機能で減量する |",
        "| 点鼻ステロイド薬 | 鼻づまりにも効く | ない | 鼻出血、鼻の乾燥 |",
        "| 期間 | 3年から5年の継続で、効果が続くとされています。 |",
        "点鼻の血管収縮薬を2週間より長く使うと、かえって鼻づまりが悪化します。",
    ),
    "ruby_br_ja": (
        "# 高齢者の睡眠",
        "年をとると、睡眠は浅くなります。",
        "そのため夜中に何度も目が覚めます。",
        "・朝の光を浴びる",
        "1. 寝床に入るのは眠くなってから",
        "  - 休日も2時間以上ずらさない",
    ),
    "divs_ja": (
        "GLP-1受容体作動薬とは",
        "GLP-1は食後に小腸から分泌されるホルモンです。胃の動きを遅らせ、満腹感を長く保ちます。",
        "中止すると、1年でその3分の2が戻ったと報告されています。",
        "吐き気や便秘などの消化器症状が最も多い副作用です。",
    ),
    "blog_en": (
        "# Does creatine help older adults?",
        "In meta-analyses of randomized trials, creatine combined with resistance training increased "
        "lean mass by about 1.4 kg compared with training alone.",
        "| Phase | Dose |",
        "| Maintenance | 3 to 5 g per day |",
        "Weight gain of 1 to 2 kg in the first week is mostly water.",
    ),
    "builder_ja": (
        "# ヒアルロン酸注射",
        "ヒアルロン酸は皮膚の真皮で水分を保つ多糖類です。",
        "- まれに血管が詰まり、皮膚が壊死することがあります",
        "ヒアルロニダーゼを注射すると、ヒアルロン酸を溶かせます。",
    ),
}
# Page → words of which nothing may be left.
GONE = {
    "wordpress_ja": (
        "スキップ",
        "ホーム",
        "目次",
        "共有",
        "スクリプト",
        "乾燥肌",
        "コメント",
        "ミノキシジル",
        "〒",
    ),
    "shop_ja": ("商品一覧", "トップ", "カート", "2個", "ビルベリー", "プライバシー", "Copyright"),
    "handmade_ja": ("院のご案内", "サンプル鍼灸院"),
    "faq_ja": ("見えない", "クッキー", "ホワイトニング", "東京都"),
    "ruby_br_ja": ("こうれいしゃ", "すい", "じょは", "（"),
    "divs_ja": ("診療メニュー", "お問い合わせ"),
    "blog_en": ("Popular", "newsletter", "Vitamin D", "Home"),
    "builder_ja": ("HOME", "ご予約", "TEL", "佐藤一郎"),
}


def read_page(name: str) -> Article:
    return read_document(PAGES / f"{name}.html").article


def wording(article: Article, kind: BlockKind) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind is kind]


@pytest.mark.parametrize("name", LINES)
def test_a_page_keeps_its_structure(name: str) -> None:
    lines = read_page(name).text.split("\n")
    places = [lines.index(line) if line in lines else -1 for line in LINES[name]]
    assert [line for line, place in zip(LINES[name], places, strict=True) if place < 0] == []
    assert places == sorted(places)


@pytest.mark.parametrize("name", GONE)
def test_what_stands_around_the_article_is_gone(name: str) -> None:
    text = read_page(name).text
    assert [words for words in GONE[name] if words in text] == []


def test_prices_hours_and_orders_in_an_article_are_boilerplate() -> None:
    boilerplate = "\n".join(
        line for name in LINES for line in wording(read_page(name), BlockKind.BOILERPLATE)
    )
    for words in (
        "ヒアルロン酸 1本 | 55,000円",
        "初診料 | 3,000円",
        "9:00〜12:00",
        "全国一律",
        "内容量",
    ):
        assert words in boilerplate


def test_a_page_is_told_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes((PAGES / "faq_ja.html").read_bytes())
    document = read_document(path)
    assert document.original.media_type == "text/html"
    assert document.original.content == path.read_bytes()
    assert document.article.title == "インプラントのよくある質問"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
@pytest.mark.parametrize("declares", [True, False])
def test_a_page_reads_the_same_in_every_encoding(encoding: str, declares: bool) -> None:
    names = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP"}
    meta = f'<meta charset="{names.get(encoding, encoding)}">' if declares else ""
    page = (
        f"<!DOCTYPE html><html><head>{meta}</head><body><p>毛包は、頭皮の深部で育ちます。</p></body></html>"
    )
    assert parse_document(page.encode(encoding), "a.html").article.text == "毛包は、頭皮の深部で育ちます。\n"


def test_the_header_of_the_answer_names_the_encoding() -> None:
    page = "<html><body><p>résumé of a naïve trial</p></body></html>".encode("latin-1")
    article = parse_document(page, "a", "text/html; charset=ISO-8859-1").article
    assert article.text == "résumé of a naïve trial\n"


MAIN = (
    "<p>毛包は頭皮の深部で育ち、成長期と休止期をくり返します。成長期は数年続き、髪を太く長くします。</p>" * 3
)
ASIDE = "睡眠中に分泌される成長ホルモンは、細胞の分裂を促します。"
# What stands on a page beside its main text, and whether its words belong to the article.
PARTS = [
    (f"<aside><p>{ASIDE}</p></aside>", True),
    (f'<aside><p>{ASIDE}<a href="/a">続き</a></p></aside>', False),
    (f'<div class="recommend-box"><p>{ASIDE}</p></div>', True),
    (f'<div class="recommend-box"><a href="/a"><p>{ASIDE}</p></a></div>', False),
    (f'<div class="p-blogCard"><a href="/a"><p>{ASIDE}</p></a></div>', False),
    (f'<section class="l-sidebar"><p>{ASIDE}</p></section>', False),
    (f'<div class="author-box"><p>{ASIDE}</p></div>', False),
    (f'<div class="entry-footer"><p>{ASIDE}</p></div>', False),
    (f'<div id="cookie-banner"><p>{ASIDE}</p></div>', False),
    (f'<div class="side-effects"><p>{ASIDE}</p></div>', True),
    (f'<div class="treatment-menu"><p>{ASIDE}</p></div>', True),
    (f"<form><p>{ASIDE}</p><input></form>", False),
    (f"<div hidden><p>{ASIDE}</p></div>", False),
    (f'<a data-bs-target="#x" href="#x">開く</a><div id="x" style="display:none"><p>{ASIDE}</p></div>', True),
    (f'<div class="accordion"><div style="display: none"><p>{ASIDE}</p></div></div>', True),
    (f'<div class="modal" id="m" hidden><p>{ASIDE}</p></div><a data-target="#m">開く</a>', False),
    (f"<button>{ASIDE}</button>", False),
    (f'<a class="c-btn" href="/reserve">{ASIDE}</a>', False),
    (f"<noscript>{ASIDE}</noscript><template>{ASIDE}</template><select><option>{ASIDE}</select>", False),
    (f"<ul><li><a href=/a>{ASIDE[:-1]}</a><li><a href=/b>症状</a><li><a href=/c>治療</a></ul>", False),
    (
        f"<ul><li><a href=/a>{ASIDE}</a>と言います。<li><a href=/b>症</a><li><a href=/c>薬</a></ul>",
        True,
    ),
    (f"<header><h1>{ASIDE}</h1><nav><a href=/a>料金</a></nav></header>", True),
    (f'<header><h1><a href="/">{ASIDE}</a></h1></header>', False),
]


@pytest.mark.parametrize(("part", "belongs"), PARTS)
def test_a_part_belongs_to_the_article_or_not(part: str, belongs: bool) -> None:
    page = f"<!DOCTYPE html><html><body><div>{MAIN}</div>{part}</body></html>"
    text = parse_document(page.encode(), "a.html").article.text
    assert "毛包は頭皮の深部で育ち" in text
    assert (ASIDE[:-1] in text) is belongs


@pytest.mark.parametrize(
    "frame", ['<div class="modal">', '<form id="aspnetForm">', '<div id="header">', "<aside>"]
)
def test_a_name_misleads_where_the_whole_page_stands_under_it(frame: str) -> None:
    page = f"<!DOCTYPE html><html><body>{frame}{MAIN}</body></html>"
    assert "毛包は頭皮の深部で育ち" in parse_document(page.encode(), "a.html").article.text


def test_main_text_stays_though_its_frame_is_named_like_something_else() -> None:
    frame = f'<div class="cta-area"><p>{ASIDE}血流も増えて、皮膚の修復が進みます。</p></div>'
    page = f'<!DOCTYPE html><html><body><article class="post">{MAIN}{frame}{MAIN}</article></body></html>'
    assert ASIDE in parse_document(page.encode(), "a.html").article.text


LOGIN = "<html><body><h1>会員ログイン</h1><form><input name=id><input type=password></form></body></html>"
SCRIPTED = '<body><div id="root"></div><noscript>JavaScriptを有効に</noscript><script>x()</script></body>'


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (LOGIN, "article_login"),
        (SCRIPTED, "article_scripted"),
        ("<html><body></body></html>", "article_no_text"),
        ("<html><head><title>髪</title></head></html>", "article_no_text"),
        ("<html><body>" + "<div>" * 5000 + "深い。", "article_nested"),
        ("<html><body>" + "<p>" * 200_000, "article_too_large"),
    ],
    ids=["login", "scripts", "empty", "head only", "nested", "tags"],
)
def test_a_page_without_an_article_says_why(page: str, code: str) -> None:
    with pytest.raises(ArticleError) as refusal:
        parse_document(page.encode(), "page.html")
    assert refusal.value.code == code


def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    raw = (PAGES / "wordpress_ja.html").read_bytes()
    at = raw.index("報告されています".encode()) + 7
    assert "鉄は赤血球で酸素を運ぶミネラルです。" in parse_document(raw[:at], "a.html").article.text


def test_a_broken_letter_stays_visible_and_costs_no_more() -> None:
    raw = (
        "<html><body><p>毛包は頭皮の深部で育ちます。".encode()
        + b"\xff"
        + "成長期は数年続きます。</p>".encode()
    )
    assert (
        parse_document(raw, "a.html").article.text
        == "毛包は頭皮の深部で育ちます。\ufffd成長期は数年続きます。\n"
    )


def test_unclosed_tags_of_old_pages_are_no_depth() -> None:
    page = "<html><body>" + "".join(f"<font size=2><b>{n}番目の文です。<br>" for n in range(150))
    assert "149番目の文です。" in parse_document(page.encode(), "a.html").article.text


def test_an_image_in_a_heading_gives_its_words() -> None:
    page = (
        '<html><body><h2><img alt="副作用"></h2><p>吐き気が起こります。</p><img alt="薬の写真"></body></html>'
    )
    assert parse_document(page.encode(), "a.html").article.text == "## 副作用\n\n吐き気が起こります。\n"
