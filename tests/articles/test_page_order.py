from hypothesis import given
from hypothesis import strategies as st

from bot.articles.block import Block
from bot.articles.page_order import as_on_page
from bot.articles.page_text import SeenBlock

TITLE = SeenBlock("إصلاح الجسر", heading=True)
TEXTS = [SeenBlock(f"قالت البلدية {word} إن العمل فيه انتهى.") for word in ("أولاً", "ثانياً", "ثالثاً", "رابعاً")]


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
