"""A year of some weeks runs through, on a clock that moves, and its tables say what happened."""

import random
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from tests.articles.page_server import page_server
from tests.processes import leashed
from tests.year.clock import DAY, Calendar
from tests.year.happenings import APPEARED, BROKEN, CHANGES, COMMENTED, LOUD, WITHDRAWN, Happening, change_weeks
from tests.year.report import as_text
from tests.year.site import RETRACTED, Newspaper, Page
from tests.year.stories import Story, stories
from tests.year.year import Year, _lines_about

_LOOK = """
import datetime, os, time
from pathlib import Path
from tests.year import clock
plain = datetime.datetime(2020, 1, 1)
clock._move_clock(clock._Moved(Path(os.environ["YEAR_CLOCK"])))
from datetime import datetime
assert isinstance(plain, datetime)
print(time.time(), datetime.now(datetime(2020, 1, 1, tzinfo=__import__("datetime").UTC).tzinfo).timestamp())
"""


def told(count: int = 12) -> list[Story]:
    return stories(count, random.Random(3))  # noqa: S311


def test_the_clock_of_a_program_goes_by_the_calendar(tmp_path: Path) -> None:
    calendar = Calendar(tmp_path / "clock", -100 * DAY)
    calendar.move(30)
    before = calendar.now
    ran = subprocess.run(  # noqa: S603
        leashed("-c", _LOOK), env=calendar.settings, capture_output=True, text=True, check=True
    )
    for seen in map(float, ran.stdout.split()):
        assert before <= seen <= calendar.now
    assert calendar.ahead == -70 * DAY


def test_each_story_is_of_a_subject_of_its_own_and_what_is_near_lacks_its_fact() -> None:
    made = told(200)
    assert len({story.subject for story in made}) == len(made)
    for story in made:
        assert story.fact in " ".join(story.paragraphs())
        assert story.value not in " ".join(story.paragraphs(has_fact=False))
        assert story.corrected().fact != story.fact
        assert all(story.value not in story.question(form) for form in range(4))


def test_what_happens_at_a_newspaper_is_seen_at_its_pages_and_feeds(tmp_path: Path) -> None:
    with page_server() as server:
        paper = Newspaper("جريدة", server, Calendar(tmp_path / "clock", 0.0))
        pages = [paper.publish(story) for story in told(5)]
        paper.correct(pages[0], loudly=False)
        assert pages[0].changed == pages[0].published
        paper.withdraw(pages[1], 0)
        paper.withdraw(pages[2], 2)
        paper.comment(pages[3], 2)
        moved = paper.move(pages[4])
        listed = [f"{server.link(page.path)}<" in paper._sitemap() for page in (*pages, moved)]
    assert listed == [True, False, False, True, False, True]
    assert pages[1].status == 404
    assert RETRACTED in pages[2].html("جريدة").decode()
    assert pages[3].story.comment in pages[3].html("جريدة").decode()


def test_an_answer_is_right_by_what_happened() -> None:
    story = told()[0]
    page = Page(story, "/", 0.0, 0.0)

    def is_right(kind: str, *texts: str, before: Story = story) -> bool:
        return Happening(kind, 1, 0, page, before, 0).is_right(texts)

    assert is_right(APPEARED, story.fact, "")
    assert not is_right(APPEARED, "", "")
    assert not is_right(COMMENTED, f"{story.fact} {story.fact}")
    assert is_right(WITHDRAWN, "", "")
    assert not is_right(WITHDRAWN, "", story.fact)
    other = story.corrected()
    assert is_right(LOUD, story.fact, "", before=other)
    assert not is_right(LOUD, story.fact, other.fact, before=other)


def test_a_whole_year_has_all_its_changes() -> None:
    drawn = change_weeks(range(1, 52), 52, random.Random(1))  # noqa: S311
    assert Counter(kind for _, kind, _ in drawn) == CHANGES


def test_a_source_that_is_ill_is_known_by_its_address_and_what_always_names_it_is_not_told() -> None:
    texts = [
        "جديد الأسبوع\nجريدة: 3",
        "المصدر http://127.0.0.1:80/rss.xml، منذ 3 مايو\nالسبب: 500",
        "المصدر: 127.0.0.1:80",
    ]
    usual = _lines_about("127.0.0.1:80", ["المصدر: 127.0.0.1:80"]).keys()
    [told] = _lines_about("127.0.0.1:80", texts, usual).values()
    assert told == "المصدر http://127.0.0.1:80/rss.xml، منذ 3 مايو / السبب: 500"


@pytest.mark.parametrize("has_broken", [False, True])
def test_the_report_has_a_line_for_each_place_and_no_empty_table(*, has_broken: bool) -> None:
    seen = {"channel": True, "status": False}
    year = SimpleNamespace(
        weeks=3, counts=Counter(kills=1), papers=(), happenings=[], failures=[], of_sources=[], read={}
    )
    if has_broken:
        year.of_sources, year.read = [(BROKEN, seen)], {(BROKEN, "channel"): "المصدر", (BROKEN, "status"): ""}
    lines = as_text(cast("Year", year), "sqlite", 1.0).splitlines()
    assert [line for line in lines if line.startswith(BROKEN)] == [f"{BROKEN}, channel: المصدر"] * has_broken
    assert any(line.startswith("| a newspaper's") for line in lines) is has_broken
    assert all(line or other for line, other in pairwise(lines))


@pytest.mark.slow
def test_some_weeks_run_through() -> None:
    command = leashed("-m", "tests.year", "--weeks", "3", "--database", "sqlite")
    ran = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert not ran.stderr
    rows = {line.split(" | ")[0]: line.split(" | ") for line in ran.stdout.splitlines() if line.startswith("| ")}
    assert [rows[f"| {kind}"][1] for kind in CHANGES] == ["2"] * len(CHANGES), ran.stdout
    _, times, _, at_the_end, *_ = rows[f"| {APPEARED}"]
    right, looked_at = map(int, at_the_end.split(" of "))
    # Not each form of asking is understood.
    assert 0 < looked_at <= int(times), ran.stdout
    assert 2 * right >= looked_at, ran.stdout
    assert "tell doubled: 0" in ran.stdout
