import pytest

from bot.articles import Marks
from bot.articles.block import Block
from bot.articles.page_headings import with_headings
from bot.articles.page_text import SeenBlock

TITLE = SeenBlock("إصلاح الجسر", heading=True)
TEXTS = [SeenBlock(f"قالت البلدية {word} إن العمل فيه انتهى.") for word in ("أولاً", "ثانياً", "ثالثاً")]
HEADING = SeenBlock("أرقام المشروع", heading=True)


def kept(marks: Marks, *seen: SeenBlock, lost: int = 0) -> list[Block]:
    """Give back the headings of a page of which an extraction found the paragraphs, but for the last ones."""
    found = [Block(text.text) for text in TEXTS[: len(TEXTS) - lost]]
    return with_headings(found, seen, marks)


def blocks(*seen: SeenBlock) -> list[Block]:
    return [Block(one.text, one.heading) for one in seen]


def test_a_heading_between_paragraphs_comes_back(marks: Marks) -> None:
    first, second, third = TEXTS
    seen = (TITLE, first, HEADING, second, third)
    assert kept(marks, *seen) == blocks(*seen[1:])


@pytest.mark.parametrize(
    "between", [SeenBlock("الجسر صباح الأحد", caption=True), SeenBlock("شارك", around=True)], ids=["picture", "share"]
)
def test_what_is_no_text_may_stand_under_it(marks: Marks, between: SeenBlock) -> None:
    first, second, third = TEXTS
    assert kept(marks, TITLE, first, HEADING, between, second, third) == blocks(first, HEADING, second, third)


def test_two_in_a_row_and_the_same_twice_come_back(marks: Marks) -> None:
    first, second, third = TEXTS
    other = SeenBlock("كلفة الجسر", heading=True)
    assert kept(marks, first, HEADING, other, second, HEADING, third) == blocks(
        first, HEADING, other, second, HEADING, third
    )


@pytest.mark.parametrize(
    "heading",
    [
        SeenBlock("جسر آخر", heading=True, linked=True),
        SeenBlock("التعليقات", heading=True, around=True),
        SeenBlock("الأكثر قراءة", heading=True),
        SeenBlock("اقرأ أيضاً", heading=True),
        SeenBlock("إعلان", heading=True),
    ],
    ids=lambda heading: heading.text,
)
def test_the_headings_of_other_things_stay_away(marks: Marks, heading: SeenBlock) -> None:
    first, second, third = TEXTS
    assert kept(marks, first, heading, second, third) == blocks(*TEXTS)


def test_so_do_those_of_text_that_is_not_there_and_those_above_the_article(marks: Marks) -> None:
    first, second, third = TEXTS
    box = SeenBlock("طول الجسر مئة متر.")
    assert kept(marks, HEADING, first, second, SeenBlock("حقائق", heading=True), box, third) == blocks(*TEXTS)
    assert kept(marks, first, second, HEADING, third, lost=1) == blocks(first, second)


def test_what_was_kept_does_not_come_twice(marks: Marks) -> None:
    first, second, third = TEXTS
    seen = (first, HEADING, second, third)
    assert with_headings(blocks(*seen), seen, marks) == blocks(*seen)
