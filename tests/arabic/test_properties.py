import itertools
import re

from hypothesis import given

from bot.arabic import (
    Analyser,
    normal_words,
    normal_words_of_lines,
    normalise,
    sentences,
    strip_controls,
    words,
    words_with_offsets,
)
from tests.arabic.alphabet import TEXT
from tests.examples import examples

LONGEST_IN_WORDS, LONGEST_IN_CHARACTERS = 100, 1000


@examples(500)
@given(text=TEXT)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@examples(200)
@given(text=TEXT)
def test_a_normal_form_holds_nothing_that_is_folded_or_dropped(text: str) -> None:
    assert not re.search(
        "[أإآٱؤئىة٠-٩۰-۹\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", normalise(text)
    )


@examples(300)
@given(text=TEXT)
def test_words_are_ordered_and_stand_where_they_say(text: str) -> None:
    found = list(words(text))
    places = list(dict.fromkeys((word.start, word.end) for word in found))
    assert all(start < end for start, end in places)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))
    for start, end in places:
        assert [word.normal for word in found if word.start == start] == normal_words(text[start:end])


@examples(200)
@given(text=TEXT)
def test_normal_words_are_those_of_words(text: str) -> None:
    assert normal_words(text) == [word.normal for word in words(text)]


@examples(200)
@given(text=TEXT)
def test_words_that_are_new_are_the_same(text: str) -> None:
    assert words_with_offsets(text, are_new=True) == words_with_offsets(text)


@examples(200)
@given(text=TEXT)
def test_normal_words_of_lines_are_those_of_each_line(text: str) -> None:
    lines = text.split("\n")
    assert list(normal_words_of_lines(lines)) == list(map(normal_words, lines))
    assert list(normal_words_of_lines([])) == []


@examples(200)
@given(text=TEXT)
def test_no_normal_word_is_empty_or_holds_space(text: str) -> None:
    assert all(word and word == "".join(word.split()) for word in normal_words(text))


@examples(200)
@given(text=TEXT)
def test_analysis_is_the_same_in_a_fresh_analyser_and_a_used_one(text: str) -> None:
    analyser = Analyser({"في", "من"})
    first = analyser.terms(text)
    assert analyser.terms(text) == first == Analyser({"من", "في"}).terms(text)
    assert analyser.terms_of(list(words(text))) == first
    assert all(term.stem and all(term.grams) for term in first)


@examples(300)
@given(text=TEXT)
def test_sentences_are_ordered_and_disjoint_and_cover_all_but_space(text: str) -> None:
    position = 0
    for span in sentences(text):
        assert position <= span.start < span.end
        assert not text[position : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        position = span.end
    assert not text[position:].strip()


@examples(50)
@given(unit=TEXT)
def test_no_sentence_is_endless(unit: str) -> None:
    text = unit * (4000 // max(len(unit), 1))
    for span in sentences(text):
        assert span.end - span.start <= LONGEST_IN_CHARACTERS
        assert len(text[span.start : span.end].split()) <= LONGEST_IN_WORDS


@examples(200)
@given(text=TEXT)
def test_stripping_controls_only_takes_away(text: str) -> None:
    stripped = strip_controls(text)
    assert strip_controls(stripped) == stripped
    rest = iter(text)
    assert all(character in rest for character in stripped)
