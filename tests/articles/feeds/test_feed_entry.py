from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.feeds.feed_entry import as_full_text, entry_day, unix_time, without_markup

NOW = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-05-04", TODAY),
        ("٠٤/٠٥/٢٠٢٦", TODAY),
        ("Mon, 04 May 2026 10:00:00 GMT", TODAY),
        ("2026-05-05T01:00:00+03:00", TODAY + timedelta(1)),  # it is the next day there by now
        ("2026-05-05T03:00:00+03:00", None),  # not for an hour and a half
        *((written, None) for written in ("1970-01-01T00:00:00Z", "1969-12-31", "1900-01-01", "2026-05", "x" * 200)),
        ("2026-05-05", None),
        ("Sun, 31 Dec 9999 23:59:59 -2359", None),
    ],
)
def test_a_day_is_the_outlets_own_and_never_one_to_come(written: str, day: date | None) -> None:
    assert entry_day(written, NOW) == day


@given(st.text(max_size=40))
def test_no_words_are_a_day_that_cannot_be(written: str) -> None:
    day = entry_day(written, NOW)
    assert day is None or date(1950, 1, 1) <= day <= TODAY + timedelta(1)


@given(st.integers(10**8, int(NOW.timestamp()) - 1), st.integers(-14, 14))
def test_both_spellings_of_a_moment_are_one_day(seconds: int, hours: int) -> None:
    moment = datetime.fromtimestamp(seconds, timezone(timedelta(hours=hours)))
    assert entry_day(moment.isoformat(), NOW) == moment.date()
    assert entry_day(f"{moment:%d %b %Y %H:%M:%S %z}", NOW) == moment.date()


def test_a_change_has_a_time_only_where_it_says_so_clearly() -> None:
    assert unix_time("2026-05-04T22:30:00Z") == NOW.timestamp()
    assert unix_time("Mon, 04 May 2026 23:30:00 +0100") == NOW.timestamp()
    assert [unix_time(written) for written in ("2099-01-01", "soon", "")] == [0, 0, 0]


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
