from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import Marks
from bot.articles.article import Block
from bot.articles.html.order import as_on_page, with_headings, with_standfirst
from bot.articles.html.page_text import SeenBlock

TITLE = SeenBlock("إصلاح الجسر", heading=True)
TEXTS = [SeenBlock(f"قالت البلدية {word} إن العمل فيه انتهى.") for word in ("أولاً", "ثانياً", "ثالثاً", "رابعاً")]

HEADINGS_TITLE = SeenBlock("إصلاح الجسر", heading=True)
HEADING_TEXTS = [SeenBlock(f"قالت البلدية {word} إن العمل فيه انتهى.") for word in ("أولاً", "ثانياً", "ثالثاً")]
HEADING = SeenBlock("أرقام المشروع", heading=True)

STANDFIRST_TITLE = SeenBlock("إصلاح الجسر", heading=True, header=True)
LEAD = SeenBlock("البلدية تفتح الجسر القديم للمشاة بعد عام من العمل", lead=True)
SENTENCE = SeenBlock("وقالت البلدية إن العمل في الجسر يدوم ثلاثة أشهر، وإن المشاة يعبرونه.")
ARTICLE = [Block(SENTENCE.text), Block("وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتعود في الصيف.")]


def blocks(*seen: SeenBlock) -> list[Block]:
    return [Block(one.text, one.heading, one.item) for one in seen]


def joined(*seen: SeenBlock) -> Block:
    return Block(" ".join(one.text for one in seen))


def test_what_was_moved_goes_back() -> None:
    moved = blocks(TEXTS[3], TEXTS[0], TEXTS[1])
    assert as_on_page(moved, [TITLE, *TEXTS]) == blocks(TEXTS[0], TEXTS[1], TEXTS[3])


def test_what_the_page_has_twice_or_not_stays_behind_what_is_before_it() -> None:
    unknown = Block("سطر ليس في الصفحة")
    assert as_on_page([*blocks(TEXTS[1]), unknown, *blocks(TEXTS[0])], TEXTS) == [
        *blocks(TEXTS[0], TEXTS[1]),
        unknown,
    ]
    twice = [TEXTS[0], TEXTS[1], TEXTS[0]]
    assert as_on_page(blocks(TEXTS[1], TEXTS[0]), twice) == blocks(TEXTS[1], TEXTS[0])


def test_what_was_joined_is_parted() -> None:
    assert as_on_page([joined(TITLE, *TEXTS)], [TITLE, *TEXTS]) == blocks(TITLE, *TEXTS)


def test_what_was_left_out_before_joining_is_passed_over_and_what_is_no_text_goes() -> None:
    share, caption = SeenBlock("شارك المقال على فيسبوك", around=True), SeenBlock("الجسر صباح الأحد", caption=True)
    block = joined(TITLE, share, caption, TEXTS[0], TEXTS[2])
    assert as_on_page([block], [TITLE, share, caption, *TEXTS]) == blocks(TITLE, TEXTS[0], TEXTS[2])


def test_a_text_in_an_element_with_the_name_of_what_is_around_stays() -> None:
    around = [SeenBlock(text.text, around=True) for text in TEXTS]
    assert as_on_page([joined(*around)], around) == blocks(*TEXTS)
    assert as_on_page([joined(TITLE, *around)], [TITLE, *around]) == blocks(TITLE, *TEXTS)


def test_what_only_begins_like_the_page_stays_whole() -> None:
    block = Block(f"{TITLE.text} {TEXTS[0].text} ثم سطر ليس في الصفحة")
    assert as_on_page([block], [TITLE, *TEXTS]) == [block]


WORDS = st.lists(st.sampled_from(["قمح", "جسر.", "ماء", "قالت", "؟"]), min_size=1, max_size=4).map(" ".join)


@given(seen=st.lists(WORDS, max_size=8), found=st.lists(WORDS, max_size=8))
def test_no_word_comes_or_goes(seen: list[str], found: list[str]) -> None:
    kept = as_on_page(list(map(Block, found)), list(map(SeenBlock, seen)))
    letters = (sorted("".join(texts).replace(" ", "")) for texts in (found, [block.text for block in kept]))
    words = [[sign for sign in text if sign.isalpha()] for text in letters]
    assert words[0] == words[1]


def kept(marks: Marks, *seen: SeenBlock, lost: int = 0) -> list[Block]:
    """Give back the headings of a page of which an extraction found the paragraphs, but for the last ones."""
    found = [Block(text.text) for text in HEADING_TEXTS[: len(HEADING_TEXTS) - lost]]
    return with_headings(found, seen, marks)


def heading_blocks(*seen: SeenBlock) -> list[Block]:
    return [Block(one.text, one.heading) for one in seen]


def test_a_heading_between_paragraphs_comes_back(marks: Marks) -> None:
    first, second, third = HEADING_TEXTS
    seen = (HEADINGS_TITLE, first, HEADING, second, third)
    assert kept(marks, *seen) == heading_blocks(*seen[1:])


@pytest.mark.parametrize(
    "between", [SeenBlock("الجسر صباح الأحد", caption=True), SeenBlock("شارك", around=True)], ids=["picture", "share"]
)
def test_what_is_no_text_may_stand_under_it(marks: Marks, between: SeenBlock) -> None:
    first, second, third = HEADING_TEXTS
    assert kept(marks, HEADINGS_TITLE, first, HEADING, between, second, third) == heading_blocks(
        first, HEADING, second, third
    )


def test_two_in_a_row_and_the_same_twice_come_back(marks: Marks) -> None:
    first, second, third = HEADING_TEXTS
    other = SeenBlock("كلفة الجسر", heading=True)
    assert kept(marks, first, HEADING, other, second, HEADING, third) == heading_blocks(
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
    first, second, third = HEADING_TEXTS
    assert kept(marks, first, heading, second, third) == heading_blocks(*HEADING_TEXTS)


def test_so_do_those_of_text_that_is_not_there_and_those_above_the_article(marks: Marks) -> None:
    first, second, third = HEADING_TEXTS
    box = SeenBlock("طول الجسر مئة متر.")
    assert kept(marks, HEADING, first, second, SeenBlock("حقائق", heading=True), box, third) == heading_blocks(
        *HEADING_TEXTS
    )
    assert kept(marks, first, second, HEADING, third, lost=1) == heading_blocks(first, second)


def test_what_was_kept_does_not_come_twice(marks: Marks) -> None:
    first, second, third = HEADING_TEXTS
    seen = (first, HEADING, second, third)
    assert with_headings(heading_blocks(*seen), seen, marks) == heading_blocks(*seen)


def first(marks: Marks, *seen: SeenBlock, description: str = "") -> list[str]:
    """List what comes before the article's own paragraphs."""
    seen = (*seen, *(SeenBlock(block.text) for block in ARTICLE))
    found = with_standfirst(ARTICLE, seen, STANDFIRST_TITLE.text, description, marks)
    assert found[-2:] == ARTICLE
    return [block.text for block in found[:-2]]


def test_what_is_called_so_under_the_title_is_the_first_paragraph(marks: Marks) -> None:
    byline, caption = SeenBlock("بقلم سلمى الحداد"), SeenBlock("الجسر صباح الأحد", caption=True)
    for seen in ([LEAD], [byline, LEAD, caption], [caption, replace(LEAD, heading=True)]):
        assert first(marks, STANDFIRST_TITLE, *seen) == [LEAD.text]


def test_so_is_a_sentence_in_the_header(marks: Marks) -> None:
    text = "تفتح البلدية الجسر القديم للمشاة صباح الأحد، وتمنع عنه السيارات."
    block = SeenBlock(text, header=True)
    assert first(marks, STANDFIRST_TITLE, block) == [text]
    assert first(marks, STANDFIRST_TITLE, replace(block, header=False)) == []
    assert first(marks, STANDFIRST_TITLE, replace(block, text=text.strip("."))) == []


@pytest.mark.parametrize("rest", ["", " وتمنع عنه السيارات في الليل"])
def test_so_is_what_the_page_describes_itself_with(marks: Marks, rest: str) -> None:
    block = replace(LEAD, lead=False)
    assert first(marks, STANDFIRST_TITLE, block, description=LEAD.text + rest) == [LEAD.text]
    assert first(marks, STANDFIRST_TITLE, block, description="عنوان آخر") == []


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
    assert first(marks, STANDFIRST_TITLE, block) == []


def test_a_standfirst_stands_under_a_title(marks: Marks) -> None:
    assert first(marks, LEAD, STANDFIRST_TITLE) == []
    assert first(marks, LEAD) == []


def test_no_article_is_made_of_a_standfirst_alone(marks: Marks) -> None:
    for blocks in ([], [Block("الرئيسية")]):
        seen = (STANDFIRST_TITLE, LEAD, *(SeenBlock(block.text) for block in blocks))
        assert with_standfirst(blocks, seen, STANDFIRST_TITLE.text, "", marks) == blocks
