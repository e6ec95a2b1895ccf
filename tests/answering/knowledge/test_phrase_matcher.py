"""Phrases found among words: as a search of every span would find them."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.knowledge import PhraseMatcher

WORDS = st.lists(st.sampled_from(["a", "b", "c", "و", "وa", "وb"]), max_size=7)
PHRASES = st.dictionaries(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map(tuple), st.integers(1), max_size=8
)


def spans(phrases: dict[tuple[str, ...], int], words: list[str]) -> dict[tuple[int, int], int]:
    """Find every span that is a phrase, also with «و» on its first word; a phrase as it is goes before."""
    found = dict[tuple[int, int], int]()
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            own = tuple(words[first:last])
            bare = (own[0].removeprefix("و"), *own[1:])
            if own in phrases or bare in phrases:
                found[first, last] = phrases.get(own) or phrases[bare]
    return found


@given(PHRASES, WORDS)
def test_the_phrases_at_a_word_are_all_that_begin_there_the_longest_first(
    phrases: dict[tuple[str, ...], int], words: list[str]
) -> None:
    matcher, expected = PhraseMatcher(phrases), spans(phrases, words)
    for first in range(len(words)):
        found = list(matcher.at(words, first))
        assert found == sorted(((last, n) for (at, last), n in expected.items() if at == first), reverse=True)
        assert bool(found) <= matcher.may_begin(words[first])


@given(PHRASES, WORDS)
def test_the_phrases_that_end_at_a_place_are_all_of_them(phrases: dict[tuple[str, ...], int], words: list[str]) -> None:
    matcher, expected = PhraseMatcher(phrases), spans(phrases, words)
    for last in range(1, len(words) + 1):
        found = list(matcher.ending(words, 0, last))
        assert found == sorted((first, n) for (first, at), n in expected.items() if at == last)


@given(PHRASES, WORDS)
def test_found_phrases_do_not_overlap_and_a_whole_one_is_all_words(
    phrases: dict[tuple[str, ...], int], words: list[str]
) -> None:
    matcher, expected = PhraseMatcher(phrases), spans(phrases, words)
    found = list(matcher.find(words))
    assert all(expected[first, last] == meaning for first, last, meaning in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert matcher.whole(words) == expected.get((0, len(words)))
