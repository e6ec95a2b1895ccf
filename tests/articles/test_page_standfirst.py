from dataclasses import replace

import pytest

from bot.articles import Marks
from bot.articles.block import Block
from bot.articles.page_standfirst import with_standfirst
from bot.articles.page_text import SeenBlock

TITLE = SeenBlock("إصلاح الجسر", heading=True, header=True)
LEAD = SeenBlock("البلدية تفتح الجسر القديم للمشاة بعد عام من العمل", lead=True)
SENTENCE = SeenBlock("وقالت البلدية إن العمل في الجسر يدوم ثلاثة أشهر، وإن المشاة يعبرونه.")
ARTICLE = [Block(SENTENCE.text), Block("وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتعود في الصيف.")]


def first(marks: Marks, *seen: SeenBlock, description: str = "") -> list[str]:
    """List what comes before the article's own paragraphs."""
    seen = (*seen, *(SeenBlock(block.text) for block in ARTICLE))
    found = with_standfirst(ARTICLE, seen, TITLE.text, description, marks)
    assert found[-2:] == ARTICLE
    return [block.text for block in found[:-2]]


def test_what_is_called_so_under_the_title_is_the_first_paragraph(marks: Marks) -> None:
    byline, caption = SeenBlock("بقلم سلمى الحداد"), SeenBlock("الجسر صباح الأحد", caption=True)
    for seen in ([LEAD], [byline, LEAD, caption], [caption, replace(LEAD, heading=True)]):
        assert first(marks, TITLE, *seen) == [LEAD.text]


def test_so_is_a_sentence_in_the_header(marks: Marks) -> None:
    text = "تفتح البلدية الجسر القديم للمشاة صباح الأحد، وتمنع عنه السيارات."
    block = SeenBlock(text, header=True)
    assert first(marks, TITLE, block) == [text]
    assert first(marks, TITLE, replace(block, header=False)) == []
    assert first(marks, TITLE, replace(block, text=text.strip("."))) == []


@pytest.mark.parametrize("rest", ["", " وتمنع عنه السيارات في الليل"])
def test_so_is_what_the_page_describes_itself_with(marks: Marks, rest: str) -> None:
    block = replace(LEAD, lead=False)
    assert first(marks, TITLE, block, description=LEAD.text + rest) == [LEAD.text]
    assert first(marks, TITLE, block, description="عنوان آخر") == []


@pytest.mark.parametrize(
    "block",
    [
        replace(LEAD, linked=True),
        replace(LEAD, around=True),
        replace(LEAD, item=True),
        replace(LEAD, text="بقلم سلمى الحداد من المدينة القديمة"),
        replace(LEAD, text="اقرأ أيضاً: بدء موسم الصيد"),
        replace(LEAD, text="الجسر القديم"),
        replace(LEAD, text=ARTICLE[0].text.split("،")[0]),
    ],
    ids=["link", "around", "item", "byline", "teaser", "short", "already there"],
)
def test_nothing_else_is_one(marks: Marks, block: SeenBlock) -> None:
    assert first(marks, TITLE, block) == []


def test_a_standfirst_stands_under_a_title(marks: Marks) -> None:
    assert first(marks, LEAD, TITLE) == []
    assert first(marks, LEAD) == []


def test_no_article_is_made_of_a_standfirst_alone(marks: Marks) -> None:
    for blocks in ([], [Block("الرئيسية")]):
        seen = (TITLE, LEAD, *(SeenBlock(block.text) for block in blocks))
        assert with_standfirst(blocks, seen, TITLE.text, "", marks) == blocks
