import pytest

from bot.articles import Marks
from bot.articles.article import Block
from bot.articles.html.link_rows import without_rows
from bot.articles.html.page_text import SeenBlock

TEXTS = [f"قالت البلدية {word} إن العمل في الجسر انتهى، وإنه مفتوح." for word in ("أولاً", "ثانياً")]


def kept(marks: Marks, *texts: str, seen: tuple[SeenBlock, ...] = ()) -> list[str]:
    return [block.text for block in without_rows([*map(Block, texts)], seen, marks)]


@pytest.mark.parametrize(
    "row", ["الرئيسية | محليات | اقتصاد", "سلمى الحداد • القاهرة • محليات", "الرئيسية|محليات|اقتصاد|من نحن"]
)
def test_labels_between_bars_go_before_the_text_and_behind_it(marks: Marks, row: str) -> None:
    assert kept(marks, row, *TEXTS, row) == TEXTS
    assert kept(marks, TEXTS[0], row, TEXTS[1]) == [TEXTS[0], row, TEXTS[1]]


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
def test_what_is_more_than_labels_stays(marks: Marks, text: str) -> None:
    assert kept(marks, text, *TEXTS) == [text, *TEXTS]


def test_a_table_in_lines_stays(marks: Marks) -> None:
    table = ["المحافظة | المحصول | الثمن", "السهل | 310 | 12"]
    assert kept(marks, *table, *TEXTS) == [*table, *TEXTS]
    rows = [Block("القمح | الشعير | الذرة", item=True), Block(TEXTS[0])]
    assert list(without_rows(rows, (), marks)) == rows


def test_a_row_of_links_goes_wherever_it_stands(marks: Marks) -> None:
    row = SeenBlock("أرسل الصفحة اتصل بنا", linked=True, row=True)
    assert kept(marks, TEXTS[0], row.text, TEXTS[1], seen=(row,)) == TEXTS
    one = SeenBlock("نص البيان كاملاً", linked=True)
    assert kept(marks, TEXTS[0], one.text, TEXTS[1], seen=(one,)) == [TEXTS[0], one.text, TEXTS[1]]


def test_linked_sentences_and_items_stay(marks: Marks) -> None:
    sentence = SeenBlock("أعلنت البلدية والوزارة عن بدء العمل.", linked=True, row=True)
    assert kept(marks, TEXTS[0], sentence.text, seen=(sentence,)) == [TEXTS[0], sentence.text]
    cells = Block("السهل | الجبل", item=True)
    for other in (SeenBlock("السهل الجبل", row=True), SeenBlock("السهل | الجبل", item=True, row=True)):
        assert list(without_rows([Block(TEXTS[0]), cells], [other], marks))[-1] == cells


def test_a_row_of_links_goes_in_the_only_cell_of_a_table_that_lays_out_the_page(marks: Marks) -> None:
    row = SeenBlock("الرئيسية | محليات", linked=True, row=True)
    assert list(without_rows([Block(row.text, item=True), Block(TEXTS[0])], [row], marks)) == [Block(TEXTS[0])]
