"""How long a source may be silent, or fail: on rhythms as outlets have them, with feasts and pauses."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import Article, Origin, Paragraph
from bot.edition import SourceRhythms, StaleOutlet, make_edition, source_rhythms, stale_outlets
from bot.edition.rhythm import longest_silence

FIRST, YEARS = date(2022, 1, 1), 4
# The feasts after Ramadan and the pilgrimage, four days each, in which papers may not appear.
FEASTS = [
    *(date(2022, 5, 2), date(2022, 7, 9), date(2023, 4, 21), date(2023, 6, 28)),
    *(date(2024, 4, 10), date(2024, 6, 16), date(2025, 3, 30), date(2025, 6, 6)),
]
FEAST_DAYS = {feast + timedelta(number) for feast in FEASTS for number in range(4)}
FRIDAY, SATURDAY, THURSDAY = 4, 5, 3
HOUR = 3600.0
# Days; no silence is called unusual that is shorter.
FEWEST = 5
ADDITIONS = Origin("+additions")

Publishes = Callable[[date, random.Random], bool]
RHYTHMS: dict[str, Publishes] = {
    "daily": lambda _, chance: chance.random() < 0.98,
    "daily, not at feasts": lambda day, chance: day not in FEAST_DAYS and chance.random() < 0.98,
    "not at weekends or feasts": lambda day, chance: (
        day.weekday() not in {FRIDAY, SATURDAY} and day not in FEAST_DAYS and chance.random() < 0.97
    ),
    "weekly, not at feasts": lambda day, chance: (
        day.weekday() == THURSDAY and day not in FEAST_DAYS and chance.random() < 0.96
    ),
    "twice a week": lambda day, chance: day.weekday() in {0, THURSDAY} and chance.random() < 0.93,
    "each third day by chance": lambda _, chance: chance.random() < 1 / 3,
    "three weeks' holiday": lambda day, chance: not (day.month == 8 and day.day <= 21) and chance.random() < 0.95,
}


def published(rhythm: Publishes, seed: int) -> list[int]:
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    days = (FIRST + timedelta(number) for number in range(YEARS * 365))
    return [day.toordinal() for day in days if rhythm(day, chance)]


def false_alarms(days: list[int]) -> int:
    """Count the silences that were called unusual before the source published again."""
    count = 0
    for place in np.flatnonzero(np.diff(days) > FEWEST) + 1:
        allowed = longest_silence(np.asarray(days[:place]))
        count += allowed is not None and days[place] - 1 - days[place - 1] > allowed
    return count


@pytest.mark.parametrize("name", RHYTHMS)
def test_who_publishes_is_called_silent_once_a_year_at_most(name: str) -> None:
    alarms = sum(false_alarms(published(RHYTHMS[name], seed)) for seed in range(3))
    assert alarms <= 3 * YEARS


@pytest.mark.parametrize(
    ("name", "days"), [("daily", FEWEST), ("not at weekends or feasts", 9), ("weekly, not at feasts", 42)]
)
def test_silence_is_noticed_in_time(name: str, days: int) -> None:
    allowed = longest_silence(np.asarray(published(RHYTHMS[name], 1)))
    assert allowed is not None
    assert allowed <= days


def bursts() -> list[int]:
    chance, days, day = random.Random(4), list[int](), FIRST.toordinal()  # noqa: S311 (nothing secret)
    for _ in range(40):
        length = chance.randint(3, 9)
        days += range(day, day + length)
        day += length + chance.randint(10, 60)
    return days


@pytest.mark.parametrize("days", [bursts(), [], [5], list(range(10)), list(range(0, 2000, 90))])
def test_who_has_no_rhythm_is_never_silent(days: list[int]) -> None:
    assert longest_silence(np.asarray(days, dtype=np.int64)) is None


@given(st.lists(st.integers(1, 1000), unique=True).map(sorted), st.integers(1, 5000))
def test_a_rhythm_is_that_of_gaps_alone(days: list[int], later: int) -> None:
    found = np.asarray(days, dtype=np.int64)
    allowed = longest_silence(found)
    assert allowed == longest_silence(found + later)
    if allowed is not None:
        assert FEWEST <= allowed <= 120
        assert allowed >= float(np.median(np.diff(found)))


TODAY = date(2026, 11, 24)
FEED, FOLDER = "https://news.example/feed", Path("archive")
ORIGINS: dict[Path | str, Origin] = {FEED: Origin("feed", is_feed=True), FOLDER: Origin(""), Path("kept"): ADDITIONS}


def articles(prefix: str, outlet: str | None, last: date, count: int = 40, a_day: int = 1) -> list[Article]:
    return [
        Article(
            id=f"{prefix}{outlet}-{number}",
            title=f"خبر {number}",
            paragraphs=(Paragraph(f"نصّ الخبر رقم {number} من {outlet} في {prefix}."),),
            outlet=outlet,
            published=last - timedelta(number // a_day),
        )
        for number in range(count)
    ]


def test_only_outlets_of_feeds_are_silent_and_only_beyond_their_rhythm() -> None:
    month_ago, yesterday = TODAY - timedelta(30), TODAY - timedelta(1)
    edition = make_edition(
        [
            *articles("feed/", "الساحل", month_ago),
            *articles("feed/", "الميناء", yesterday),
            *articles("", "الأرشيف", month_ago),
            *articles("feed/", None, month_ago),
        ],
        (),
        Analyser(),
    )
    rhythms = source_rhythms(edition.articles, edition.outlets, ORIGINS, TODAY)
    assert rhythms.living == {"الساحل", "الميناء"}
    assert stale_outlets(edition.articles, rhythms.living, TODAY) == (StaleOutlet("الساحل", month_ago),)
    assert stale_outlets(edition.articles, rhythms.living, month_ago + timedelta(5)) == ()
    # A day to come is a mistake in the file.
    assert stale_outlets(edition.articles, rhythms.living, month_ago - timedelta(9)) == ()


def test_patience_follows_the_rhythm_of_the_source() -> None:
    edition = make_edition(
        [*articles("feed/", "الساحل", TODAY, count=30, a_day=10), *articles("", "الأرشيف", TODAY, count=12)],
        (),
        Analyser(),
    )
    rhythms = source_rhythms(edition.articles, edition.outlets, ORIGINS, TODAY)
    assert rhythms.patience(FEED, is_new=False) == pytest.approx(3 * 2.4 * HOUR)
    assert rhythms.patience(FOLDER, is_new=False) == 24 * HOUR
    assert rhythms.patience("s3://news/kept", is_new=False) == 6 * HOUR
    assert rhythms.patience(FEED, is_new=True) == HOUR / 2
    assert SourceRhythms(gaps={FEED: 60.0}).patience(FEED, is_new=False) == 2 * HOUR
