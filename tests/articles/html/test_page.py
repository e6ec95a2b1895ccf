from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from bot.articles import Article, BoilerplatePhrases, RejectionReason, read_corpus
from bot.articles.article import Block
from bot.articles.html import page as html_page
from bot.articles.html import read_html
from bot.articles.html.page import drop_headline_repeats, fuller_headline
from bot.articles.html.page_bounds import MOST_ELEMENTS, MOST_TEXTS, limit_page
from tests.articles.conftest import Reading, Write

PAGES = Path(__file__).parents[2] / "data" / "pages"


@dataclass(frozen=True)
class Expected:
    """What a page of tests/data/pages is about: sections and openings of its paragraphs, in order."""

    title: str
    outlet: str | None
    url: str | None
    author: str | None
    published: date | None
    language: str | None
    sections: tuple[str | None, ...]
    openings: tuple[str, ...]


EXPECTED = {
    "news.html": Expected(
        "افتتاح محطة تحلية في خليج المرجان",
        "صحيفة الميناء",
        "https://almina.example/local/2026/03/desalination-plant",
        "سلمى الحداد",
        date(2026, 3, 14),
        "ar",
        (None, None, "كيف تعمل المحطة", "كيف تعمل المحطة", "ما بقي من العمل"),
        ("افتتحت بلدية", "وقالت رئيسة", "تسحب المحطة", "«لن يدفع", "يبقى مد"),
    ),
    "wordpress.html": Expected(
        "جامعة الوادي تفتح كلية لعلوم الزيتون",
        "مدونة الزيتون",
        "https://zaytoun.example/2025/11/olive-college/",
        "ياسر عمران",
        date(2025, 11, 8),
        "ar",
        (None, *["ماذا يدرس الطلاب"] * 4),
        ("أعلنت جامعة", "تشمل الدراسة", "السنة الأولى", "السنة الثانية", "وقال عميد"),
    ),
    "blog.html": Expected(
        "قطار الجبل يعود بعد أربعين عاماً",
        "qitar.blog.example",
        "https://qitar.blog.example/2024/05/blog-post_19.html",
        "رامي الشيخ",
        date(2024, 5, 19),
        "ar",
        (None, None, None),
        ("عاد قطار", "ويسير القطار", "ويبلغ ثمن"),
    ),
    "amp.html": Expected(
        "انقطاع الكهرباء عن حي النهر ست ساعات",
        "موقع مساء",
        "https://masaa.example/news/river-power-cut",
        "هدى سالم",
        date(2026, 7, 2),
        "ar",
        (None, None, None),
        ("انقطعت الكهرباء", "وقالت شركة", "وقدّرت غرفة"),
    ),
    "sidebar.html": Expected(
        "متحف البريد يعرض أول طابع للمدينة",
        "بوابة الشرق",
        "https://sharq.example/culture/55120",
        "نور الدين فرج",
        date(2026, 1, 21),
        "ar",
        (None, None, None),
        ("يعرض متحف", "وقال أمين", "ويفتح المعرض"),
    ),
    "table.html": Expected(
        "محصول القمح في خمس محافظات",
        "نشرة الحقل",
        "https://haql.example/wheat-2026",
        None,
        date(2026, 6, 30),
        "ar",
        (None,) * 9,
        (
            *("نشرت وزارة", "وعزت الوزارة", "المحافظة | المحصول بألف طن | العام الماضي", "السهل الأعلى | 310 | 280"),
            *("السهل الأدنى | 270", "وادي النخيل | 150", "الهضبة | 120", "الساحل | 90", "وتشتري الدولة"),
        ),
    ),
    "live.html": Expected(
        "تغطية مباشرة: انتخابات بلدية الجزيرة لحظة بلحظة",
        "شبكة الخبر",
        "https://alkhabar.example/live/island-vote",
        None,
        date(2026, 10, 4),
        "ar",
        ("إغلاق الصناديق", "نسبة المشاركة", "فتح المراكز"),
        ("أغلقت مراكز", "بلغت نسبة", "فتحت المراكز"),
    ),
    "undated.html": Expected(
        "كيف يصنع أهل القرية صابون الغار",
        "مجلة الحرف",
        None,
        None,
        None,
        "ar",
        (None, None, None),
        ("يبدأ أهل", "ويبقى الخليط", "وتقول صاحبة"),
    ),
    "windows-1256.htm": Expected(
        "الصيادون يطلبون مرفأ جديداً في رأس التين",
        None,
        None,
        "عادل بركات",
        None,
        None,
        (None, None, None),
        ("طلب صيادو", "وقال نقيب", "ووعدت الوزارة"),
    ),
    "old.html": Expected(
        "سوق السمك ينتقل إلى الرصيف الجديد في رأس التين",
        "جريدة الساحل",
        None,
        None,
        date(2013, 4, 9),
        None,
        (None, None, None),
        ("ينتقل سوق", "وقالت البلدية", "ويفتح السوق"),
    ),
    "english.html": Expected(
        "Harbour town opens a school for lighthouse keepers",
        "Coast Gazette",
        "https://gazette.example/lighthouse-school",
        "Mary Quill",
        date(2026, 8, 19),
        "en",
        (None, None, None),
        ("The harbour town", "Twelve students", "The course takes"),
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_article_of_a_page_is_found_and_nothing_else(read: Reading, name: str) -> None:
    article, expected = read.article(PAGES / name), EXPECTED[name]
    assert (article.title, article.outlet, article.url, article.author, article.published, article.language) == (
        expected.title,
        expected.outlet,
        expected.url,
        expected.author,
        expected.published,
        expected.language,
    )
    assert tuple(paragraph.section for paragraph in article.paragraphs) == expected.sections
    texts = [paragraph.text for paragraph in article.paragraphs]
    assert all(text.startswith(opening) for text, opening in zip(texts, expected.openings, strict=True)), texts


@pytest.mark.parametrize(
    ("name", "reason"),
    [("navigation.html", RejectionReason.NO_BODY), ("paywalled.html", RejectionReason.PAYWALLED)],
)
def test_a_page_without_an_article_is_rejected(read: Reading, name: str, reason: RejectionReason) -> None:
    assert read.rejection(PAGES / name).reason is reason


def test_pages_stand_beside_articles_of_other_forms(phrases: BoilerplatePhrases, write: Write, tmp_path: Path) -> None:
    for name in ("news.html", "windows-1256.htm"):
        write(name, (PAGES / name).read_bytes())
    write("article.md", "---\ntitle: أ\n---\n\nنص.\n")
    assert [article.id for article in read_corpus(tmp_path, phrases).articles] == ["article", "news", "windows-1256"]


def page(body: str, head: str = "<title>إصلاح الجسر القديم</title>") -> str:
    return f'<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


SENTENCE = "بدأت البلدية إصلاح الجسر القديم صباح الأحد، وقالت إن العمل فيه يدوم ثلاثة أشهر كاملة."
BODY = f"<article><h1>إصلاح الجسر القديم</h1><p>{SENTENCE}</p><p>{SENTENCE.replace('الأحد', 'الاثنين')}</p></article>"


def read_page(write: Write, read: Reading, text: str | bytes) -> Article:
    return read.article(write("page.html", text))


def test_code_in_a_line_parts_no_paragraph(write: Write, read: Reading) -> None:
    sentence = "وقالت البلدية إن الرمز <code>B-12</code> يدل على الجسر القديم، وإن اللوحة عليه تبقى."
    article = read_page(write, read, page(BODY.replace("</article>", f"<p>{sentence}</p></article>")))
    assert article.paragraphs[-1].text == sentence.replace("<code>", "").replace("</code>", "")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2025-02-03T22:00:00Z">', date(2025, 2, 3)),
        ('<meta property="article:published_time" content="2999-02-03">', None),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-02-03"}</script>',
            date(2025, 2, 3),
        ),
        ("", None),
    ],
)
def test_the_day_is_what_the_page_says_for_machines(write: Write, read: Reading, head: str, day: date | None) -> None:
    text = page(BODY + "<footer>© 2019</footer>", head + "<title>إصلاح الجسر القديم</title>")
    assert read_page(write, read, text).published == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<time>الأحد ٣ شباط ٢٠٢٥</time>", date(2025, 2, 3)),
        ('<span class="post-date">نُشر في 3 فبراير/شباط 2025</span>', date(2025, 2, 3)),
        ("<time>31 فبراير 2025</time>", None),
        ("<time>قبل ساعتين</time>", None),
    ],
)
def test_else_it_is_what_the_page_shows_its_readers(write: Write, read: Reading, line: str, day: date | None) -> None:
    assert read_page(write, read, page(line + BODY)).published == day


@pytest.mark.parametrize(
    ("head", "link"),
    [
        (
            '<link rel="canonical" href="https://a.example/x?id=5&utm_source=y&fbclid=z#top">',
            "https://a.example/x?id=5",
        ),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="/relative">', None),
        (
            '<link rel="canonical" href="http://[broken"><meta property="og:url" content="https://a.example/y">',
            "https://a.example/y",
        ),
        # A home page is the link of no article, unless its query tells them apart.
        *(
            (f'<link rel="canonical" href="{home}"><meta property="og:url" content="{home}">', None)
            for home in ("https://a.example", "https://a.example/", "https://a.example/#top", "/")
        ),
        ('<link rel="canonical" href="https://a.example/?p=7">', "https://a.example/?p=7"),
    ],
)
def test_the_link_is_the_canonical_one(write: Write, read: Reading, head: str, link: str | None) -> None:
    assert read_page(write, read, page(BODY, head + "<title>إصلاح الجسر القديم</title>")).url == link


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0046){link} -->",
        "<!--\n Page saved with SingleFile \n url: {link} \n saved date: Wed Nov 25 2026\n-->",
    ],
    ids=["browser", "SingleFile"],
)
@pytest.mark.parametrize(
    ("head", "link"),
    [
        ("", "https://a.example/2025/bridge.html?id=5"),
        ('<link rel="canonical" href="/2025/bridge">', "https://a.example/2025/bridge"),
        ('<link rel="canonical" href="https://a.example">', "https://a.example/2025/bridge.html?id=5"),
        ('<link rel="canonical" href="https://m.a.example/bridge">', "https://m.a.example/bridge"),
        ('<link rel="canonical" href="https://b.example/bridge">', "https://a.example/2025/bridge.html?id=5"),
    ],
    ids=["none", "relative", "home", "own", "foreign"],
)
def test_a_page_knows_where_it_was_saved_from(write: Write, read: Reading, comment: str, head: str, link: str) -> None:
    saved = comment.format(link="https://a.example/2025/bridge.html?id=5&utm_source=x#top")
    text = page(BODY, head + "<title>إصلاح الجسر القديم</title>").replace("<html", f"\n{saved}\n<html")
    assert read_page(write, read, text).url == link


def test_a_page_may_speak_for_the_hosts_that_are_named(phrases: BoilerplatePhrases) -> None:
    head = '<link rel="canonical" href="https://b.example/bridge"><meta property="og:site_name" content="الضفة">'
    html, link = page(BODY, f"{head}<title>إصلاح الجسر القديم</title>"), "https://a.example/bridge"
    named = html_page.read_page("a", html, phrases, link, {"b.example"})
    assert (named.article.url, named.article.outlet, named.claim) == ("https://b.example/bridge", "الضفة", None)
    other = html_page.read_page("a", html, phrases, link, {"c.example"})
    assert (other.article.url, other.article.outlet) == (link, "a.example")
    assert str(other.claim) == "الضفة https://b.example/bridge"


@pytest.mark.parametrize("place", ["about:internet", "file:///C:/page.html"])
def test_a_page_saved_from_nowhere_has_no_link(write: Write, read: Reading, place: str) -> None:
    text = page(BODY).replace("<html", f"<!-- saved from url=(0014){place} --><html")
    assert read_page(write, read, text).url is None


def test_titles_carry_neither_outlet_nor_marks_of_direction_nor_tags(write: Write, read: Reading) -> None:
    head = (
        "<title>x</title><meta property='og:site_name' content='صحيفة الضفة'>"
        "<meta property='og:title' content='\u202e&lt;script&gt;alert(1)&lt;/script&gt; إصلاح الجسر\u2066"
        " | صحيفة الضفة'>"
    )
    title = read_page(write, read, page(BODY, head)).title
    assert title.endswith("إصلاح الجسر")
    assert not {"\u202e", "\u2066"} & set(title)


@pytest.mark.parametrize("heading", ["h1", "b"])
@pytest.mark.parametrize("site", ["", "<meta property='og:site_name' content='أخبار الضفة. نت'>"])
def test_a_headline_with_a_full_stop_is_no_outlet(write: Write, read: Reading, heading: str, site: str) -> None:
    title, outlet = "بعد 17 سنة.. إصلاح الجسر القديم", "أخبار الضفة. نت" if site else "صحيفة الضفة"
    body = f"<article><{heading}>{title}</{heading}>{BODY.partition('</h1>')[2]}"
    article = read_page(write, read, page(body, f"<title>{title} - {outlet}</title>{site}"))
    assert (article.title, article.outlet) == (title, outlet)


def test_no_answer_of_an_interview_comes_under_another_question(write: Write, read: Reading) -> None:
    talk = ["متى بدأ العمل؟", "قبل عامين.", "كم كلّف؟", "اثنا عشر مليوناً."]
    body = BODY.replace("</article>", "".join(f"<p>{text}</p>" for text in talk) + "</article>")
    assert read.texts(write("page.html", page(body)))[-4:] == talk


def test_the_blocks_of_a_short_page_are_not_run_together(write: Write, read: Reading) -> None:
    # Of so short a page trafilatura makes one paragraph, which begins with the title.
    texts = [SENTENCE, "وتسلك السيارات طريق الساحل حتى ينتهي العمل."]
    facts = f'<div class="related-facts"><p>{texts[1]}</p></div>'
    body = f"<article><h1>إصلاح الجسر القديم</h1><p>{texts[0]}</p>{facts}</article>"
    assert read.texts(write("page.html", page(body))) == texts


@pytest.mark.parametrize("box", ["article", "div class='wysiwyg'"])
@pytest.mark.parametrize("heading", ["h2", "h3"])
def test_standfirst_and_headings_stay_in_whatever_they_stand(
    write: Write, read: Reading, box: str, heading: str
) -> None:
    standfirst = "البلدية تعلن إصلاح الجسر القديم وفتح طريق الساحل للسيارات."
    texts = [SENTENCE.replace("الأحد", day) for day in ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء")]
    body = (
        f"<header><h1>إصلاح الجسر القديم</h1><p class='standfirst'>{standfirst}</p></header>"
        f"<{box}><p>{texts[0]}</p><p>{texts[1]}</p><{heading}>الكلفة</{heading}><p>{texts[2]}</p>"
        f"<blockquote><p>{texts[3]}</p></blockquote></{box.split(maxsplit=1)[0]}>"
    )
    article = read_page(write, read, page(body))
    expected = [(None, standfirst), (None, texts[0]), (None, texts[1]), ("الكلفة", texts[2]), ("الكلفة", texts[3])]
    assert [(paragraph.section, paragraph.text) for paragraph in article.paragraphs] == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ('<p class="date">آخر تحديث: 5 أيار 2025</p>', None),
        ('<div class="post-date">آخر تحديث: 2025-05-05</div>', None),
        ("<p>Last updated: May 5, 2025</p>", None),
        ('<p class="date">تاريخ النشر: 5 أيار 2025، 10:30 صباحاً</p>', date(2025, 5, 5)),
        ('<p class="date">الإثنين 5 أيار 2025</p>', date(2025, 5, 5)),
        ('<p class="date">آخر تحديث: 6 أيار 2025</p><p class="date">نُشر في 5 أيار 2025</p>', date(2025, 5, 5)),
    ],
)
def test_a_dateline_is_no_paragraph_and_a_change_no_publication(
    write: Write, read: Reading, line: str, day: date | None
) -> None:
    article = read_page(write, read, page(BODY.replace("<p>", f"{line}<p>", 1)))
    assert (article.published, len(article.paragraphs)) == (day, 2)


def test_a_sentence_with_a_date_is_a_paragraph(write: Write, read: Reading) -> None:
    texts = ["نُشر في 5 أيار 2025 تقرير البلدية عن الجسر.", "بدأ العمل يوم 14 آذار 2024"]
    body = BODY.replace("</article>", "".join(f"<p>{text}</p>" for text in texts) + "</article>")
    assert read.texts(write("page.html", page(body)))[-2:] == texts


def test_scripts_and_styles_are_no_text(write: Write, read: Reading) -> None:
    body = BODY.replace("<p>", "<script>document.write('<p>نص خفي</p>')</script><style>p{}</style><p>", 1)
    assert read.texts(write("page.html", page(body)))[0] == SENTENCE


def test_the_beginning_before_a_paywall_is_no_article_and_a_whole_one_is(write: Write, read: Reading) -> None:
    wall = "<p>هذا المقال للمشتركين فقط، اشترك الآن لمواصلة القراءة.</p>"
    short = page(BODY.replace("</article>", f"{wall}</article>"))
    assert read.rejection(write("page.html", short)).reason is RejectionReason.PAYWALLED
    long = BODY.replace("</article>", "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(20)) + "</article>")
    free = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    assert len(read.texts(write("page.html", page(long, free + "<title>إصلاح الجسر القديم</title>")))) == 22


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RejectionReason.EMPTY),
        ("<!DOCTYPE html>", RejectionReason.NO_BODY),
        ("<html><body></body></html>", RejectionReason.NO_BODY),
        ("نص بلا وسوم.", RejectionReason.NO_PAGE),
        (page(BODY, "").replace("<h1>إصلاح الجسر القديم</h1>", ""), RejectionReason.NO_TITLE),
        (page(f"<article><h1>إصلاح الجسر القديم</h1>{'<i></i>' * MOST_ELEMENTS}</article>"), RejectionReason.TOO_LARGE),
        (page(f"<p {' '.join(f'a{number}' for number in range(9000))}>نص</p>"), RejectionReason.TOO_LARGE),
        (page(f"<article><p>{'<a href=/x>ا</a>، ' * (MOST_TEXTS // 2)}</p></article>"), RejectionReason.TOO_LARGE),
    ],
)
def test_what_is_no_page_is_rejected(write: Write, read: Reading, text: str, reason: RejectionReason) -> None:
    assert read.rejection(write("page.html", text)).reason is reason


@pytest.mark.parametrize(
    ("unit", "tag", "most"),
    [
        ("<b>كلمة</b> ", "b", 300),
        ("<b><i>كلمة</i></b> ", "i", 150),
        ("<b>كلمة<img src=a></b> ", "b", 150),
        ("<x-y>كلمة</x-y> ", "x-y", 300),
        ("<a href=/x>رابط</a> ", "a", 1000),
    ],
)
def test_a_block_has_so_many_inline_elements_and_no_more(unit: str, tag: str, most: int) -> None:
    for number in (100, 2000):
        tree = document_fromstring(f"<p>قبل {unit * number}<br>{unit}</p><p>{unit * 100}</p>")
        before = tree.text_content().split()
        limit_page(tree)
        kept = [len(list(block.iter(tag))) for block in tree.iter("p")]
        assert kept == [min(number + 1, most), 100]
        # Of a list of links, links alone are left.
        assert tree.text_content().split() == (before[: 1 + most] + before[-100:] if kept[0] == 1000 else before)


def test_inline_elements_in_one_that_is_inline_itself_count(write: Write, read: Reading) -> None:
    tree = document_fromstring(f"<p>قبل <span>{'<b>كلمة</b> ' * 2000}</span> بعد</p>")
    limit_page(tree)
    assert (list(tree.iter("b")), tree.text_content().split()) == ([], ["قبل", *["كلمة"] * 2000, "بعد"])
    bold = "".join(f"<b>{word}</b> " for word in f"{SENTENCE} ".split() * 100)
    assert read.texts(write("page.html", page(f"<article><h1>إصلاح الجسر القديم</h1><p>{bold}</p></article>")))


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + BODY,
        "<blockquote>" * 15_000 + BODY,
        BODY + "<!--" * 100_000,
        f"<p {'a=b ' * 50_000}>{BODY}",
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + BODY,
        BODY + "<svg><math><template><select>" * 200,
        BODY.replace("<p>", "<p>&#0;&#55296;&#1114112;&bogus;", 1),
    ],
    ids=["deep", "quotes", "comment", "attributes", "json", "foreign", "entities"],
)
def test_no_page_brings_the_corpus_down(phrases: BoilerplatePhrases, write: Write, body: str, tmp_path: Path) -> None:
    write("page.html", page(body))
    write("article.md", "---\ntitle: أ\n---\n\nنص.\n")
    assert "article" in {article.id for article in read_corpus(tmp_path, phrases).articles}


def test_without_the_extra_pages_are_rejected_by_its_name_and_the_rest_loads(
    phrases: BoilerplatePhrases, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.articles.html.extraction.import_module", _no_module)
    write("page.html", page(BODY))
    write("article.md", "---\ntitle: أ\n---\n\nنص.\n")
    corpus = read_corpus(tmp_path, phrases)
    assert [article.id for article in corpus.articles] == ["article"]
    assert [(rejection.path, rejection.reason, rejection.detail) for rejection in corpus.rejections] == [
        ("page.html", RejectionReason.NO_EXTRA, "import")
    ]


def _no_module(name: str) -> None:
    raise ModuleNotFoundError(name)


@pytest.mark.parametrize(
    "head",
    [
        f'<meta name="description" content="\x01{"x" * 3000}">',
        f'<meta name="description" content="\ufffe{"x" * 1200}">',
        f'<script type="application/ld+json">{{"a": "\x01{"x" * 1200}"}}</script>',
        '<script type="application/ld+json">{"a": "\x01"}</script>',
    ],
)
def test_what_is_no_character_of_xml_stops_no_reading(head: str, phrases: BoilerplatePhrases) -> None:
    html = page(BODY, f"<title>إصلاح الجسر القديم</title>{head}")
    assert read_html("a", html, phrases).title == "إصلاح الجسر القديم"


TITLE = "سوق السمك ينتقل"
FULLER = f"{TITLE} إلى الرصيف الجديد"
LEAD = Block("ينتقل سوق السمك إلى الرصيف الجديد صباح السبت، بعد ستين عاماً.")


def test_a_line_above_the_text_may_be_fuller_than_the_title() -> None:
    assert fuller_headline(TITLE, [Block("محليات"), Block(FULLER), LEAD]) == FULLER


@pytest.mark.parametrize(
    ("title", "blocks"),
    [
        (TITLE, [LEAD, Block(FULLER)]),
        (TITLE, [Block(f"{FULLER}."), LEAD]),
        (TITLE, [Block(f"{TITLE} إلى الرصيف الجديد في رأس التين"), LEAD]),
        (TITLE, [Block(f"{TITLE}ون إلى الرصيف"), LEAD]),
        (TITLE, [Block(FULLER, heading=True), LEAD]),
        ("سوق السمك", [Block("سوق السمك الجديد"), LEAD]),
        (TITLE, [Block(TITLE)]),
        (TITLE, []),
    ],
    ids=["below", "sentence", "long", "other word", "heading", "short title", "same", "nothing"],
)
def test_else_the_title_stays(title: str, blocks: list[Block]) -> None:
    assert fuller_headline(title, blocks) == title


def test_the_title_is_no_paragraph_above_the_text_and_nowhere_a_heading() -> None:
    line, heading = Block(f"«{TITLE}»"), Block(TITLE, heading=True)
    blocks = [heading, line, Block("محليات"), LEAD, heading, line]
    assert list(drop_headline_repeats(TITLE, blocks)) == [Block("محليات"), LEAD, line]
