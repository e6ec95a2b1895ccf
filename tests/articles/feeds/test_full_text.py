import pytest

from bot.articles.feeds.full_text import as_full_text, without_markup

WORDS = "كلمة " * 130


@pytest.mark.parametrize("end", ["", ".", " تحتاج المدينة إلى المزيد.", " [1]"])
def test_a_long_text_is_whole(end: str) -> None:
    assert as_full_text(WORDS + end) == WORDS + end


@pytest.mark.parametrize("end", ["…", "...", " [&hellip;]", "<a href='/'>اقرأ المزيد</a>", " Read more »", " (…)"])
def test_what_leads_on_is_an_excerpt(end: str) -> None:
    assert as_full_text(WORDS + end) is None


def test_a_short_text_or_a_long_description_is_an_excerpt() -> None:
    assert as_full_text("كلمة " * 100) is None
    assert as_full_text(WORDS, is_description=True) is None
    assert as_full_text(WORDS * 2, is_description=True) == WORDS * 2
    assert as_full_text("x" * 3_000_000) is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<b>أ</b> &amp; &#8211;", "أ & –"),
        ("5 < 7", "5 < 7"),
        ("<p>أ</p><p>ب</p>", "أ ب"),
        ("&lt;b&gt;", "<b>"),
        ("<" * 100_000, "<" * 100_000),
    ],
)
def test_markup_is_dropped(html: str, text: str) -> None:
    assert without_markup(html) == text
