import pytest

from bot.articles import BoilerplatePhrases
from bot.articles.article import Block
from bot.articles.html.link_rows import drop_link_rows
from bot.articles.html.page_text import PageBlock

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
