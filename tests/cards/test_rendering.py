"""The bot's cards as a reader sees them, on a phone and on a desktop."""

import re

import pytest

from tests.cards.conftest import Pictures
from tests.cards.drawing import WIDTHS
from tests.cards.hard_cases import HARD_CASES
from tests.cards.measures import Line, Picture
from tests.cards.rare_cases import RARE_CASES
from tests.cards.scenes import ACTS, LIGHT

pytestmark = pytest.mark.browser

_SCENES = (*ACTS, *HARD_CASES, *RARE_CASES, *(f"{name}-light" for name in LIGHT))
_ARABIC_SCENES = tuple(name for name in _SCENES if not name.startswith("english"))


def has_arabic(line: Line) -> bool:
    return re.search("[\u0621-\u064a]", line.text) is not None


def texts(picture: Picture) -> list[Line]:
    """A button's label is laid out by itself, from left to right."""
    return [line for line in picture.lines if line.part != "button"]


def of_bot(lines: list[Line]) -> list[Line]:
    """What people write is theirs to lay out."""
    return [line for line in lines if line.part != "content"]


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.mark.parametrize("scene", _SCENES)
def test_nothing_leaves_its_box(pictures: Pictures, scene: str, width: int) -> None:
    picture = pictures[scene, width]
    assert picture.lines
    assert picture.overflows == ()
    assert [line.text for line in picture.lines if line.outside] == []


@pytest.mark.parametrize("scene", _ARABIC_SCENES)
def test_arabic_lines_run_from_right_to_left(pictures: Pictures, scene: str, width: int) -> None:
    lines = [line for line in texts(pictures[scene, width]) if has_arabic(line)]
    assert lines
    assert [line.text for line in lines if line.direction != "rtl"] == []


@pytest.mark.parametrize("scene", _ARABIC_SCENES)
def test_runs_are_met_in_the_order_in_which_they_were_written(pictures: Pictures, scene: str, width: int) -> None:
    for line in texts(pictures[scene, width]):
        places = [run.place for run in line.as_read]
        assert places == sorted(places), line.text


# A block of code runs as its client likes, since it holds what is copied and nothing else.
@pytest.mark.parametrize("scene", [scene for scene in _ARABIC_SCENES if scene != "citation"])
def test_the_base_of_a_client_changes_no_order(based_pictures: Pictures, scene: str) -> None:
    for line in of_bot(texts(based_pictures[scene, 390])):
        if has_arabic(line):
            assert line.direction == "rtl", line.text
        # The space at which a line breaks is the client's to place; nobody sees it.
        places = [run.place for run in line.as_read if run.text.strip()]
        assert places == sorted(places), line.text


@pytest.mark.parametrize("scene", _ARABIC_SCENES)
def test_what_ends_a_line_stands_where_it_ends(based_pictures: Pictures, scene: str) -> None:
    """A full stop, a colon or a quotation mark behind Arabic words is at their left."""
    for line in of_bot(texts(based_pictures[scene, 390])):
        if has_arabic(line) and line.text.rstrip()[-1:] in {".", ":", "»", "؟"}:
            seen = [run for run in line.as_read if run.text.strip()]
            assert seen[-1].left == min(run.left for run in seen), line.text
            assert seen[-1].text.rstrip()[-1:] == line.text.rstrip()[-1], line.text


@pytest.mark.parametrize("scene", _SCENES)
def test_a_link_is_not_broken_by_other_words(pictures: Pictures, scene: str, width: int) -> None:
    for line in texts(pictures[scene, width]):
        linked = [index for index, run in enumerate(line.runs) if run.kind == "a"]
        assert linked == list(range(linked[0], linked[-1] + 1)) if linked else True, line.text


def test_a_source_names_title_and_outlet_from_right_to_left(pictures: Pictures) -> None:
    line = pictures["latin-outlet", 900].line("المصدر")
    label, title, outlet = line.run("المصدر"), line.run("افتتاح المكتبة"), line.run("404 Media")
    assert label.left >= title.right - 1
    assert title.left >= outlet.right - 1
    assert (title.kind, title.direction) == ("a", "rtl")
    assert (outlet.kind, outlet.direction) == ("text", "ltr")


def test_a_latin_title_stays_in_one_piece(pictures: Pictures) -> None:
    title = pictures["latin-title", 900].line("المصدر").run("The Old Town Library: What We Know (2026)")
    assert (title.kind, title.direction) == ("a", "ltr")


def test_latin_names_keep_their_places_inside_an_arabic_title(pictures: Pictures) -> None:
    line = pictures["mixed-title", 900].line("المصدر: مكتبة")
    names = [run.text for run in line.as_read if run.direction == "ltr" and not run.text.isdigit()]
    assert names == ["Old Town", "Booktown Systems"]


def test_what_an_article_lacks_leaves_no_trace(pictures: Pictures) -> None:
    source = pictures["bare", 900].line("المصدر")
    assert source.text.count("·") == 1
    assert {run.kind for run in source.runs} == {"text"}


def test_marks_in_titles_and_outlets_show_and_do_nothing(pictures: Pictures) -> None:
    lines = [line for line in pictures["marks", 900].lines if "المصدر" in line.text or "صحيفة" in line.text]
    shown = "".join(line.text for line in lines)
    for mark in ("(عاجل)", "*مكتبة*", "__جديدة__", "`code`", "~~في~~", "||المدينة||", "<@1>", "@everyone", "**صحيفة**"):
        assert mark in shown
    assert {run.kind for line in lines for run in line.runs} <= {"a", "text"}


def test_the_question_is_shown_above_the_answer_to_it(pictures: Pictures, width: int) -> None:
    asked, *rest = pictures["answer", width].lines
    assert asked.part == "content"
    assert asked.runs[-1].kind == "discord-mention"
    assert any(line.part != "content" for line in rest)


def test_english_cards_run_from_left_to_right_around_arabic_titles(pictures: Pictures) -> None:
    picture = pictures["english", 900]
    assert {line.direction for line in picture.lines if line.text.startswith(("Source", "Published"))} == {"ltr"}
    line = picture.line("404 Media")
    label, title, outlet = line.as_read[0], line.run("افتتاح المكتبة"), line.run("404 Media")
    assert label.text.startswith("Source")
    assert label.right <= title.left + 1
    assert title.right <= outlet.left + 1
    assert title.direction == "rtl"


@pytest.mark.parametrize("name", ["404 Media", "23andMe", "30 million"])
def test_a_number_before_a_latin_name_stays_before_it_in_a_quote(based_pictures: Pictures, name: str) -> None:
    assert based_pictures["number-first", 390].line(name).run(name).direction == "ltr"
