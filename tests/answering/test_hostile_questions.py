"""Ten thousand questions that nobody would ask: each gets an answer or a refusal that can be printed."""

import random
import unicodedata
from itertools import chain, pairwise

import pytest

from bot.answering import Answer, Reason, Refusal
from bot.arabic import strip_controls
from tests.answering.coverage import ANSWERER, article, edition
from tests.answering.hostility import CRAFTED, FLOODS, KINDS, REAL, Make
from tests.answering.promises import check
from tests.growth import grows_too_fast

# Short, since a question's every word is compared with every word of its candidates.
COVERAGE = edition(
    article(
        "library", "مكتبة المنارة", "افتتحت البلدية المكتبة العامة في مارس 2026.", "بلغت كلفة البناء 12 مليون دينار."
    )
)

# At each change one question in so many, and of the characters that are alike by the thousand, one stretch in so many.
_SHARE, _SHARE_OF_ALIKE = 50, 16
_STRETCH = 97
# Scripts that the code knows nothing of; ideographs, Hangul, surrogates and what is for private use.
_ALIKE = (range(0x0800, 0x2000), range(0x2100, 0x3000), range(0x3100, 0xF900))


def survives(question: str) -> Answer | Refusal:
    """Ask, check all promises, and that what the bot itself says can be written anywhere."""
    outcome = ANSWERER.answer(question, COVERAGE)
    check(outcome, question, COVERAGE)
    said = "".join(outcome.missing if isinstance(outcome, Refusal) else [quote.text for quote in outcome.quotes])
    assert strip_controls(said) == said
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Cn", "Co"} for character in said)
    return outcome


def test_there_are_ten_thousand() -> None:
    assert sum(count for _, count in KINDS) == 10_000


kinds = pytest.mark.parametrize(("make", "count"), KINDS, ids=lambda value: getattr(value, "__name__", ""))


@kinds
def test_some_random_questions_are_survived(make: Make, count: int) -> None:
    survive_random(make, count // _SHARE)


@pytest.mark.slow
@kinds
def test_ten_thousand_random_questions_are_survived(make: Make, count: int) -> None:
    survive_random(make, count)


def survive_random(make: Make, count: int) -> None:
    chance = random.Random(make.__name__)  # noqa: S311
    for _ in range(count):
        survives(make(chance))


@pytest.mark.parametrize("last", [12_500, pytest.param(50_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("unit", FLOODS, ids=ascii)
def test_a_flood_is_refused_and_takes_no_longer_than_its_length(unit: str, last: int) -> None:
    def refused(flood: str) -> None:
        assert isinstance(survives(flood), Refusal)

    # A pattern that goes over a flood again from each of its characters takes half a minute and more for 50,000.
    assert not grows_too_fast(refused, lambda size: (unit * size)[:size], first=last // 4, last=last)


@pytest.mark.parametrize("unit", FLOODS, ids=ascii)
def test_a_flood_around_a_question_is_survived(unit: str) -> None:
    survive_flood(unit, 1, 4000)
    survive_flood(unit, 400, 7)


@pytest.mark.slow
@pytest.mark.parametrize("unit", FLOODS, ids=ascii)
def test_a_flood_before_or_behind_a_question_is_survived(unit: str) -> None:
    for size in (1, 7, 400, 4000):
        survive_flood(unit, size, 0)
        survive_flood(unit, 0, size)


def survive_flood(unit: str, before: int, behind: int) -> None:
    flood = unit * max(before, behind)
    survives(f"{flood[:before]} متى افتتحت المكتبة العامة؟ {flood[:behind]}")


def test_question_words_of_three_languages_ask_for_nothing() -> None:
    assert isinstance(survives("بكم شحال فين what is"), Refusal)


def test_a_single_word_of_a_hundred_thousand_letters_is_too_long() -> None:
    chance = random.Random(3)  # noqa: S311
    word = "".join(chance.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=100_000))
    assert isinstance(outcome := survives(f"متى {word}"), Refusal)
    assert outcome.reason is Reason.TOO_LONG


@pytest.mark.parametrize("piece", CRAFTED, ids=ascii)
def test_crafted_text_around_a_question_is_survived(piece: str) -> None:
    survives(f"متى افتتحت بلدية المنارة المكتبة العامة؟ {piece}")
    survives(f"{piece}متى افتتحت بلدية المنارة المكتبة العامة؟")
    survives(f"متى افتتحت {piece} المكتبة{piece}العامة؟")


@pytest.mark.parametrize("word", [*REAL, *CRAFTED], ids=ascii)
def test_a_word_repeated_is_survived(word: str) -> None:
    survives(" ".join([word] * 30))


def test_characters_of_the_basic_plane_are_survived_among_real_words() -> None:
    for begin, end in pairwise([0, *chain.from_iterable((alike.start, alike.stop) for alike in _ALIKE), 0x10000]):
        if range(begin, end) not in _ALIKE:
            survive_characters(range(begin, end))
    for start in chain.from_iterable(alike[:: _SHARE_OF_ALIKE * _STRETCH] for alike in _ALIKE):
        survive_characters(range(start, start + _STRETCH))


@pytest.mark.slow
def test_every_character_of_the_basic_plane_is_survived_among_real_words() -> None:
    survive_characters(range(0x10000))


def survive_characters(codes: range) -> None:
    for begin in range(0, len(codes), _STRETCH):
        odd = "".join(map(chr, codes[begin : begin + _STRETCH]))
        survives(f"متى افتتحت المكتبة {odd}")
