import pytest

from bot.chat.cards.button_ids import parse_number
from bot.chat.cards.card import page_footnote, page_rows, paginate
from bot.texts import Texts
from tests.chat.samples import ARABIC, ENGLISH


@pytest.mark.parametrize(
    ("sizes", "pages"),
    [
        ([], [[]]),
        ([5], [[0]]),
        ([50], [[0]]),
        ([5, 5, 5], [[0, 1], [2]]),
        ([1, 1, 1, 1], [[0, 1, 2], [3]]),
        ([50, 1, 50, 50], [[0], [1], [2], [3]]),
        ([4, 6, 7, 3, 1], [[0, 1], [2, 3], [4]]),
    ],
)
def test_pages_hold_as_many_as_fit(sizes: list[int], pages: list[list[int]]) -> None:
    assert list(map(list, paginate(sizes, 10, 3))) == pages


@pytest.mark.parametrize(
    ("pages", "arrows", "leads"), [(4, "◀▶", ["0", "2"]), (5, "⏮◀▶⏭", ["00", "0", "2", "04"])], ids=["few", "many"]
)
@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_a_row_of_arrows_leads_to_the_side_where_its_readers_turn_to(
    texts: Texts, pages: int, arrows: str, leads: list[str]
) -> None:
    [row] = page_rows(1, pages, "{}".format, texts)
    assert [(button.emoji or "")[0] for button in row] == list(arrows)
    assert [button.custom_id for button in row] == (leads[::-1] if texts is ARABIC else leads)


@pytest.mark.parametrize("pages", [3, 4, 1300])
def test_no_two_buttons_have_an_id_and_each_names_its_page(pages: int) -> None:
    for page in (0, 1, pages - 2, pages - 1):
        row = [button for line in page_rows(page, pages, str, ENGLISH) for button in line]
        assert len({button.custom_id for button in row}) == len(row)
        led = [parse_number(button.custom_id) for button in row if not button.is_disabled]
        jumps = pages > 4
        back = [page - 1, *[0] * jumps] if page else []
        on = [page + 1, *[pages - 1] * jumps] if page < pages - 1 else []
        assert sorted(led) == sorted(back + on)


def test_the_first_and_the_last_page_lead_nowhere_else() -> None:
    first, last = (page_rows(page, 2, "page {}".format, ENGLISH)[0] for page in (0, 1))
    assert [button.is_disabled for button in first] == [True, False]
    assert [button.is_disabled for button in last] == [False, True]
    assert len({button.custom_id for button in first}) == 2


def test_one_page_is_neither_counted_nor_turned() -> None:
    assert page_footnote(0, 1, ARABIC) is None
    assert page_rows(0, 1, "page {}".format, ARABIC) == ()
    assert page_footnote(0, 2, ARABIC) == "الصفحة 1 من 2"
