import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.answering.knowledge.languages.spelling_index import SpellingIndex

WORDS = st.text("abz", min_size=2, max_size=8)


@given(st.frozensets(WORDS, max_size=40), WORDS)
def test_all_words_one_edit_away_that_begin_alike_are_found_once(words: frozenset[str], word: str) -> None:
    near = [one for one in words if one[0] == word[0] and OSA.distance(word, one) == 1]
    assert sorted(SpellingIndex(words).one_edit_away(word)) == sorted(near)


@pytest.mark.parametrize("word", ["", "b", "library", "libarxy", "ibrary"])
def test_other_words_are_not_found(word: str) -> None:
    assert list(SpellingIndex(["library"]).one_edit_away(word)) == []


def test_of_no_words_none_is_found() -> None:
    assert list(SpellingIndex([]).one_edit_away("library")) == []
