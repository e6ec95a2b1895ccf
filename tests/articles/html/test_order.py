from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.html.order import restore_headings, restore_order, restore_standfirst
from bot.articles.html.page_text import PageBlock

TITLE = PageBlock("إصلاح الجسر", heading=True)
TEXTS = [PageBlock(f"قالت البلدية {word} إن العمل فيه انتهى.") for word in ("أولاً", "ثانياً", "ثالثاً", "رابعاً")]

HEADING = PageBlock("أرقام المشروع", heading=True)

STANDFIRST_TITLE = PageBlock("إصلاح الجسر", heading=True, header=True)
LEAD = PageBlock("البلدية تفتح الجسر القديم للمشاة بعد عام من العمل", standfirst=True)
SENTENCE = PageBlock("وقالت البلدية إن العمل في الجسر يدوم ثلاثة أشهر، وإن المشاة يعبرونه.")
ARTICLE = [Block(SENTENCE.text), Block("وتسلك السيارات طريق الساحل حتى ينتهي العمل، وتعود في الصيف.")]


def blocks(*page_blocks: PageBlock) -> list[Block]:
    return [Block(one.text, one.heading, one.item) for one in page_blocks]


def joined(*page_blocks: PageBlock) -> Block:
    return Block(" ".join(one.text for one in page_blocks))


def test_what_was_moved_goes_back() -> None:
    moved = blocks(TEXTS[3], TEXTS[0], TEXTS[1])
    assert restore_order(moved, [TITLE, *TEXTS]) == blocks(TEXTS[0], TEXTS[1], TEXTS[3])


def test_what_the_page_has_twice_or_not_stays_behind_what_is_before_it() -> None:
    unknown = Block("سطر ليس في الصفحة")
    assert restore_order([*blocks(TEXTS[1]), unknown, *blocks(TEXTS[0])], TEXTS) == [
        *blocks(TEXTS[0], TEXTS[1]),
        unknown,
    ]
    twice = [TEXTS[0], TEXTS[1], TEXTS[0]]
    assert restore_order(blocks(TEXTS[1], TEXTS[0]), twice) == blocks(TEXTS[1], TEXTS[0])


def test_what_was_joined_is_parted() -> None:
    assert restore_order([joined(TITLE, *TEXTS)], [TITLE, *TEXTS]) == blocks(TITLE, *TEXTS)


def test_what_was_left_out_before_joining_is_passed_over_and_what_is_no_text_goes() -> None:
    share, caption = PageBlock("شارك المقال على فيسبوك", chrome=True), PageBlock("الجسر صباح الأحد", caption=True)
    block = joined(TITLE, share, caption, TEXTS[0], TEXTS[2])
    assert restore_order([block], [TITLE, share, caption, *TEXTS]) == blocks(TITLE, TEXTS[0], TEXTS[2])


def test_a_text_in_an_element_with_the_name_of_what_is_around_stays() -> None:
    chrome = [PageBlock(text.text, chrome=True) for text in TEXTS]
    assert restore_order([joined(*chrome)], chrome) == blocks(*TEXTS)
    assert restore_order([joined(TITLE, *chrome)], [TITLE, *chrome]) == blocks(TITLE, *TEXTS)


def test_what_only_begins_like_the_page_stays_whole() -> None:
    block = Block(f"{TITLE.text} {TEXTS[0].text} ثم سطر ليس في الصفحة")
    assert restore_order([block], [TITLE, *TEXTS]) == [block]


WORDS = st.lists(st.sampled_from(["قمح", "جسر.", "ماء", "قالت", "؟"]), min_size=1, max_size=4).map(" ".join)


@given(page_blocks=st.lists(WORDS, max_size=8), found=st.lists(WORDS, max_size=8))
def test_no_word_comes_or_goes(page_blocks: list[str], found: list[str]) -> None:
    kept = restore_order(list(map(Block, found)), list(map(PageBlock, page_blocks)))
    letters = (sorted("".join(texts).replace(" ", "")) for texts in (found, [block.text for block in kept]))
    words = [[sign for sign in text if sign.isalpha()] for text in letters]
    assert words[0] == words[1]


def kept(phrases: BoilerplatePhrases, *page_blocks: PageBlock, lost: int = 0) -> list[Block]:
    """Give back the headings of a page of which an extraction found the paragraphs, but for the last ones."""
    found = blocks(*TEXTS[: 3 - lost])
    return restore_headings(found, page_blocks, phrases)


def test_a_heading_between_paragraphs_comes_back(phrases: BoilerplatePhrases) -> None:
    first, second, third, _ = TEXTS
    page_blocks = (TITLE, first, HEADING, second, third)
    assert kept(phrases, *page_blocks) == blocks(*page_blocks[1:])


@pytest.mark.parametrize(
    "between", [PageBlock("الجسر صباح الأحد", caption=True), PageBlock("شارك", chrome=True)], ids=["picture", "share"]
)
def test_what_is_no_text_may_stand_under_it(phrases: BoilerplatePhrases, between: PageBlock) -> None:
    first, second, third, _ = TEXTS
    assert kept(phrases, TITLE, first, HEADING, between, second, third) == blocks(first, HEADING, second, third)


def test_two_in_a_row_and_the_same_twice_come_back(phrases: BoilerplatePhrases) -> None:
    first, second, third, _ = TEXTS
    other = PageBlock("كلفة الجسر", heading=True)
    assert kept(phrases, first, HEADING, other, second, HEADING, third) == blocks(
        first, HEADING, other, second, HEADING, third
    )


@pytest.mark.parametrize(
    "heading",
    [
        PageBlock("جسر آخر", heading=True, linked=True),
        PageBlock("التعليقات", heading=True, chrome=True),
        PageBlock("الأكثر قراءة", heading=True),
        PageBlock("اقرأ أيضاً", heading=True),
        PageBlock("إعلان", heading=True),
    ],
    ids=lambda heading: heading.text,
)
def test_the_headings_of_other_things_stay_away(phrases: BoilerplatePhrases, heading: PageBlock) -> None:
    first, second, third, _ = TEXTS
    assert kept(phrases, first, heading, second, third) == blocks(*TEXTS[:3])


def test_so_do_those_of_text_that_is_not_there_and_those_above_the_article(phrases: BoilerplatePhrases) -> None:
    first, second, third, _ = TEXTS
    box = PageBlock("طول الجسر مئة متر.")
    assert kept(phrases, HEADING, first, second, PageBlock("حقائق", heading=True), box, third) == blocks(*TEXTS[:3])
    assert kept(phrases, first, second, HEADING, third, lost=1) == blocks(first, second)


def test_what_was_kept_does_not_come_twice(phrases: BoilerplatePhrases) -> None:
    first, second, third, _ = TEXTS
    page_blocks = (first, HEADING, second, third)
    assert restore_headings(blocks(*page_blocks), page_blocks, phrases) == blocks(*page_blocks)


def first(phrases: BoilerplatePhrases, *page_blocks: PageBlock, description: str = "") -> list[str]:
    """List what comes before the article's own paragraphs."""
    page_blocks = (*page_blocks, *(PageBlock(block.text) for block in ARTICLE))
    found = restore_standfirst(ARTICLE, page_blocks, STANDFIRST_TITLE.text, description, phrases)
    assert found[-2:] == ARTICLE
    return [block.text for block in found[:-2]]


def test_what_is_called_so_under_the_title_is_the_first_paragraph(phrases: BoilerplatePhrases) -> None:
    byline, caption = PageBlock("بقلم سلمى الحداد"), PageBlock("الجسر صباح الأحد", caption=True)
    for page_blocks in ([LEAD], [byline, LEAD, caption], [caption, replace(LEAD, heading=True)]):
        assert first(phrases, STANDFIRST_TITLE, *page_blocks) == [LEAD.text]


def test_so_is_a_sentence_in_the_header(phrases: BoilerplatePhrases) -> None:
    text = "تفتح البلدية الجسر القديم للمشاة صباح الأحد، وتمنع عنه السيارات."
    block = PageBlock(text, header=True)
    assert first(phrases, STANDFIRST_TITLE, block) == [text]
    assert first(phrases, STANDFIRST_TITLE, replace(block, header=False)) == []
    assert first(phrases, STANDFIRST_TITLE, replace(block, text=text.strip("."))) == []


@pytest.mark.parametrize("rest", ["", " وتمنع عنه السيارات في الليل"])
def test_so_is_what_the_page_describes_itself_with(phrases: BoilerplatePhrases, rest: str) -> None:
    block = replace(LEAD, standfirst=False)
    assert first(phrases, STANDFIRST_TITLE, block, description=LEAD.text + rest) == [LEAD.text]
    assert first(phrases, STANDFIRST_TITLE, block, description="عنوان آخر") == []


@pytest.mark.parametrize(
    "block",
    [
        replace(LEAD, linked=True),
        replace(LEAD, chrome=True),
        replace(LEAD, item=True),
        replace(LEAD, text="بقلم سلمى الحداد من المدينة القديمة"),
        replace(LEAD, text="اقرأ أيضاً: بدء موسم الصيد"),
        replace(LEAD, text="الجسر القديم"),
        replace(LEAD, text=ARTICLE[0].text.split("،")[0]),
    ],
    ids=["link", "around", "item", "byline", "teaser", "short", "already there"],
)
def test_nothing_else_is_one(phrases: BoilerplatePhrases, block: PageBlock) -> None:
    assert first(phrases, STANDFIRST_TITLE, block) == []


def test_a_standfirst_stands_under_a_title(phrases: BoilerplatePhrases) -> None:
    assert first(phrases, LEAD, STANDFIRST_TITLE) == []
    assert first(phrases, LEAD) == []


def test_no_article_is_made_of_a_standfirst_alone(phrases: BoilerplatePhrases) -> None:
    for blocks in ([], [Block("الرئيسية")]):
        page_blocks = (STANDFIRST_TITLE, LEAD, *(PageBlock(block.text) for block in blocks))
        assert restore_standfirst(blocks, page_blocks, STANDFIRST_TITLE.text, "", phrases) == blocks
