"""Which figures are the same, however they are written, and which passages have most shingles in common."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import normalise
from bot.retrieval.duplicates.shingles import LEAST_JACCARD, Shingles, number_token, similar_passages


@pytest.mark.parametrize(
    "spellings",
    [
        ["30", "٣٠", "30.", "(30)", "«30»،", "+30", "30%", "30-"],
        ["3.5", "3,5", "٣٫٥", "3،5", "(3.5)"],
        ["10000", "10,000", "١٠٬٠٠٠", "10،000", "10'000"],
        ["1234567", "1.234.567", "1,234,567"],
        ["-5", "\u22125", "(-5)", "-٥"],
        ["16-19", "16\u201319", "(16-19)", "١٦-١٩."],
        ["1/2", "½"],
        ["و83.3", "و83,3"],
    ],
)
def test_one_figure_is_written_in_one_way(spellings: list[str]) -> None:
    assert len({number_token(normalise(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5", "35"),
        ("-5", "5"),
        ("1-2", "12"),
        ("2/3", "23"),
        ("2:1", "21"),
        ("16-19", "16/19"),
        ("3.5.2026", "35.2026"),
    ],
)
def test_a_mark_that_makes_another_number_stays(one: str, other: str) -> None:
    assert number_token(normalise(one)) != number_token(normalise(other))


@pytest.mark.parametrize(("written", "figure_of_it"), [("كوفيد-19", "كوفيد19"), ("—5", "5"), ("2017-", "2017")])
def test_a_dash_that_is_no_minus_goes(written: str, figure_of_it: str) -> None:
    assert number_token(normalise(written)) == figure_of_it


def test_pairs_are_compared_in_blocks_and_each_passage_is_read_once() -> None:
    passages, read = [np.array([number // 3, 1000, 1001, 1002], np.uint64) for number in range(60)], list[list[int]]()

    def shingles(numbers: Sequence[int]) -> list[Shingles]:
        read.append(list(numbers))
        return [passages[number] for number in numbers]

    similar = similar_passages(np.array(list(combinations(range(60), 2))), shingles)
    assert similar == {number: set(range(number // 3 * 3, number // 3 * 3 + 3)) - {number} for number in range(60)}
    assert sorted(number for block in read for number in block) == list(range(60))
    assert len(read) < 5


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=12), min_size=2, max_size=8))
def test_similar_are_those_whose_sets_have_the_index_whatever_is_repeated(passages: list[list[int]]) -> None:
    def shingles(numbers: Sequence[int]) -> list[Shingles]:
        return [np.array(passages[number], np.uint64) for number in numbers]

    def index(one: list[int], other: list[int]) -> float:
        return len({*one} & {*other}) / len({*one, *other})

    pairs = list(combinations(range(len(passages)), 2))
    alike = {pair for pair in pairs if index(*(passages[number] for number in pair)) >= LEAST_JACCARD}
    similar = similar_passages(np.array(pairs), shingles)
    assert {(one, other) for one, others in similar.items() for other in others} == alike | {
        (other, one) for one, other in alike
    }
