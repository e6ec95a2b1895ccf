"""Words and their roles: each found once, the same for each spelling, and the lists that have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.words import WordTable
from bot.arabic import normalise
from tests.answering.coverage import BACKGROUND, LEXICON

TABLE = WordTable(LEXICON, BACKGROUND)
LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىabcdefghij3579", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("وين", "asks"),
        ("من", "function"),
        ("فيهم", "function_form"),
        ("يعيشكم", "courtesy"),
        ("خالتي", "of_asker"),
        ("جاوبوني", "asks_of_others"),
        ("ههههه", "laugh"),
        ("مبرمجك", "making"),
        ("انت", "you"),
        ("قطر", "name"),
        ("الحكومة", "common"),
        ("تزلبحاني", "rare"),
        ("نحكيلكم", "person"),
    ],
)
def test_a_word_has_the_role_that_its_lists_give_it(word: str, role: str) -> None:
    assert role in TABLE[normalise(word)].roles


def test_a_question_word_is_known_behind_a_conjunction_or_a_preposition() -> None:
    words = {word: TABLE[word].question_word for word in ("وكم", "بكم", "فمتي", "كم", "ولمن", "الجسر")}
    assert words == {"وكم": "كم", "بكم": "بكم", "فمتي": "متي", "كم": "كم", "ولمن": "لمن", "الجسر": ""}


@given(LETTERS)
def test_a_word_is_found_once_and_has_every_role_or_none(word: str) -> None:
    normal = normalise(word)
    known = TABLE[normal]
    assert TABLE[normal] is known
    assert set(known.roles) <= {name.removeprefix("is_") for name in dir(known)}
    assert not (known.is_rare and known.is_common)
