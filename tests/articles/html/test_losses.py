from dataclasses import replace

import lxml.html
import pytest

from bot.articles import Article, BoilerplatePhrases, Paragraph
from bot.articles.html import ExtractionReport, is_front_page, report_extraction
from bot.articles.html.page_text import PageBlock, read_page_blocks

TITLE = "إصلاح الجسر القديم"
TEXTS = [
    "بدأت البلدية إصلاح الجسر القديم صباح الأحد، وقالت إن العمل فيه يدوم ثلاثة أشهر كاملة.",
    "وكلّف الإصلاح اثني عشر مليون دينار، دفع نصفها صندوق التنمية وجاء الباقي من قرض طويل.",
    "وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتمنع الشرطة الشاحنات من دخول المدينة نهاراً.",
]
ARTICLE = Article("x", TITLE, (Paragraph(TEXTS[0]), Paragraph(TEXTS[2], "الطريق")), author="سلمى الحداد")


def page_blocks(*parts: str) -> list[PageBlock]:
    return read_page_blocks(lxml.html.document_fromstring(f"<html><body>{''.join(parts)}</body></html>"))


FIRST, SECOND, LAST = (f"<p>{text}</p>" for text in TEXTS)
HEAD = f"<h1>{TITLE}</h1>"


def lost(phrases: BoilerplatePhrases, *parts: str) -> ExtractionReport:
    return report_extraction(page_blocks(*parts), ARTICLE, phrases)


def test_nothing_is_missing_of_what_is_there(phrases: BoilerplatePhrases) -> None:
    assert lost(phrases, HEAD, FIRST, "<h2>الطريق</h2>", LAST) == ExtractionReport()


@pytest.mark.parametrize("box", ["aside", "div class='related-facts'", "blockquote", "section"])
def test_a_paragraph_that_is_missing_is_named(phrases: BoilerplatePhrases, box: str) -> None:
    boxed = f"<{box}>{SECOND}</{box.split(maxsplit=1)[0]}>"
    for parts in ((HEAD, FIRST, boxed, LAST), (boxed, HEAD, FIRST, LAST), (HEAD, FIRST, LAST, boxed)):
        assert lost(phrases, *parts) == ExtractionReport((TEXTS[1],))


@pytest.mark.parametrize(
    "part",
    [
        "<time>20:00</time><h3>أغلقت المراكز</h3>",
        "<figure><figcaption>الجسر صباح الأحد</figcaption></figure>",
        "<li>بند قصير</li>",
        "<h2>كم كلّف؟</h2>",
        "<p>قبل عامين.</p>",
    ],
    ids=["time", "caption", "item", "heading", "answer"],
)
def test_so_is_what_is_short_but_no_navigation(phrases: BoilerplatePhrases, part: str) -> None:
    missing = tuple(block.text for block in page_blocks(part))
    assert lost(phrases, HEAD, part, FIRST, LAST) == ExtractionReport(missing)
    assert lost(phrases, HEAD, FIRST, part, LAST) == ExtractionReport(missing)


@pytest.mark.parametrize(
    "part",
    [
        "<nav>الرئيسية</nav>",
        "<p><a href='/1'>بدء موسم الصيد في البحيرة، وأول السفن تخرج إليها فجر الأحد</a></p>",
        "<p>اقرأ أيضاً: بدء موسم الصيد</p>",
        "<p>بقلم: سلمى الحداد</p>",
        "<p>آخر تحديث: 5 أيار 2025</p>",
        "<p>سلمى الحداد - الأحد 14 مارس 2026، 10:30 صباحاً</p>",
        "<div class='share'>احفظ المقال لتقرأه، أو أرسله إلى صديق لك في البريد.</div>",
        "<footer>من نحن</footer>",
    ],
    ids=["nav", "link", "teaser", "byline", "dateline", "author and date", "share", "footer"],
)
def test_navigation_is_counted_and_not_named(phrases: BoilerplatePhrases, part: str) -> None:
    assert lost(phrases, HEAD, FIRST, part, LAST) == ExtractionReport(navigation=1)


def test_names_and_titles_are_neither(phrases: BoilerplatePhrases) -> None:
    assert lost(phrases, f"<li>{TITLE}</li>", HEAD, "<p>سلمى الحداد</p>", FIRST, LAST, HEAD) == ExtractionReport()


def test_beyond_the_article_only_sentences_are_text(phrases: BoilerplatePhrases) -> None:
    assert lost(phrases, "<p>صحيفة كل صباح</p>", HEAD, FIRST, LAST, "<p>عدد اليوم</p>") == ExtractionReport(
        navigation=2
    )


def test_buttons_and_counters_are_counted_apart(phrases: BoilerplatePhrases) -> None:
    assert lost(phrases, HEAD, "<p>تفضيل</p>", FIRST, "<p>12</p>", LAST) == ExtractionReport(fragments=2)


def test_prose_comes_first_and_nothing_twice(phrases: BoilerplatePhrases) -> None:
    assert lost(phrases, HEAD, "<p>20:00</p>", FIRST, SECOND, SECOND, LAST).missing == (TEXTS[1], "20:00")


def test_of_a_paragraph_that_lost_its_end_the_end_is_named(phrases: BoilerplatePhrases) -> None:
    longer = f"<p>{TEXTS[0]} وهذا ما سقط من آخرها.</p>"
    assert lost(phrases, HEAD, longer, LAST).missing == ("وهذا ما سقط من آخرها.",)


def test_a_teaser_at_the_end_of_a_paragraph_is_not_missed(phrases: BoilerplatePhrases) -> None:
    assert lost(phrases, HEAD, f"<p>{TEXTS[0]} اقرأ أيضاً: موسم الصيد</p>", LAST).missing == ()


def test_a_section_front_is_told_from_an_article() -> None:
    texts = [f"افتُتح المتحف رقم {number} صباح الأحد، وفيه ألف طابع." for number in range(4)]
    front = replace(ARTICLE, paragraphs=tuple(map(Paragraph, texts)))
    for heading, expected in (("<h3><a href='/1'>عنوان</a></h3>", True), ("<h3>عنوان</h3>", False)):
        assert is_front_page(page_blocks(*(f"{heading}<p>{text}</p>" for text in texts)), front) is expected
    few = "<h3><a href='/1'>عنوان</a></h3>"
    assert not is_front_page(
        page_blocks(*(f"{few if number < 1 else ''}<p>{text}</p>" for number, text in enumerate(texts))), front
    )
