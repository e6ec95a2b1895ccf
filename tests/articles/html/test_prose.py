import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.html.page_text import PageBlock
from bot.articles.html.prose import drop_fragments, drop_link_rows

LONG = "وقالت رئيسة البلدية إن الجسر كلف مليوناً"


def without_fragments(*texts: str) -> list[str]:
    return [block.text for block in drop_fragments(map(Block, texts))]


def test_each_answer_of_an_interview_stays_under_its_question() -> None:
    talk = ["متى بدأ العمل؟", "قبل عامين.", "كم كلّف؟", "اثنا عشر مليوناً.", "هل انتهى؟", "نعم", "«ومتى؟»", "غداً"]
    assert without_fragments(*talk) == talk


def test_a_heading_may_ask() -> None:
    blocks = [Block("كم كلّف الجسر؟", heading=True), Block("مليوناً")]
    assert list(drop_fragments(blocks)) == blocks


@pytest.mark.parametrize("short", ["مستحيل.", "انتهى!", "«لن نرحل»", "وأضاف:", "(يضحك.)", "يا للأسف…"])
def test_what_ends_a_sentence_stays(short: str) -> None:
    assert without_fragments(LONG, short, LONG) == [LONG, short, LONG]


@pytest.mark.parametrize("fragment", ["12", "تفضيل", "1.", "حجم الخط", "***"])
def test_buttons_and_counters_go(fragment: str) -> None:
    assert without_fragments(LONG, fragment, LONG) == [LONG, LONG]


def test_headings_and_items_stay() -> None:
    blocks = [Block("الأسعار", heading=True), Block("قمح", item=True)]
    assert list(drop_fragments(blocks)) == blocks


TEXTS = [f"قالت البلدية {word} إن العمل في الجسر انتهى، وإنه مفتوح." for word in ("أولاً", "ثانياً")]


def kept(phrases: BoilerplatePhrases, *texts: str, page_blocks: tuple[PageBlock, ...] = ()) -> list[str]:
    return [block.text for block in drop_link_rows([*map(Block, texts)], page_blocks, phrases)]


@pytest.mark.parametrize(
    "row", ["الرئيسية | محليات | اقتصاد", "سلمى الحداد • القاهرة • محليات", "الرئيسية|محليات|اقتصاد|من نحن"]
)
def test_labels_between_bars_go_before_the_text_and_behind_it(phrases: BoilerplatePhrases, row: str) -> None:
    assert kept(phrases, row, *TEXTS, row) == TEXTS
    assert kept(phrases, TEXTS[0], row, TEXTS[1]) == [TEXTS[0], row, TEXTS[1]]


@pytest.mark.parametrize(
    "text",
    [
        "القمح | الشعير",
        "الأهلي 3 | الزمالك 1 | الترجي 2",
        "من نحن؟ | من أنتم؟ | متى نعود؟",
        "قالت البلدية إن العمل انتهى | وقال السكان | لا",
    ],
    ids=["two", "figures", "questions", "words"],
)
def test_what_is_more_than_labels_stays(phrases: BoilerplatePhrases, text: str) -> None:
    assert kept(phrases, text, *TEXTS) == [text, *TEXTS]


def test_a_table_in_lines_stays(phrases: BoilerplatePhrases) -> None:
    table = ["المحافظة | المحصول | الثمن", "السهل | 310 | 12"]
    assert kept(phrases, *table, *TEXTS) == [*table, *TEXTS]
    rows = [Block("القمح | الشعير | الذرة", item=True), Block(TEXTS[0])]
    assert list(drop_link_rows(rows, (), phrases)) == rows


def test_a_row_of_links_goes_wherever_it_stands(phrases: BoilerplatePhrases) -> None:
    row = PageBlock("أرسل الصفحة اتصل بنا", linked=True, link_row=True)
    assert kept(phrases, TEXTS[0], row.text, TEXTS[1], page_blocks=(row,)) == TEXTS
    one = PageBlock("نص البيان كاملاً", linked=True)
    assert kept(phrases, TEXTS[0], one.text, TEXTS[1], page_blocks=(one,)) == [TEXTS[0], one.text, TEXTS[1]]


def test_linked_sentences_and_items_stay(phrases: BoilerplatePhrases) -> None:
    sentence = PageBlock("أعلنت البلدية والوزارة عن بدء العمل.", linked=True, link_row=True)
    assert kept(phrases, TEXTS[0], sentence.text, page_blocks=(sentence,)) == [TEXTS[0], sentence.text]
    cells = Block("السهل | الجبل", item=True)
    for other in (PageBlock("السهل الجبل", link_row=True), PageBlock("السهل | الجبل", item=True, link_row=True)):
        assert list(drop_link_rows([Block(TEXTS[0]), cells], [other], phrases))[-1] == cells


def test_a_row_of_links_goes_in_the_only_cell_of_a_table_that_lays_out_the_page(phrases: BoilerplatePhrases) -> None:
    row = PageBlock("الرئيسية | محليات", linked=True, link_row=True)
    assert list(drop_link_rows([Block(row.text, item=True), Block(TEXTS[0])], [row], phrases)) == [Block(TEXTS[0])]
