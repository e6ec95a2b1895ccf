from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser, consonant_skeleton, grams
from bot.retrieval import vocabulary as room
from bot.retrieval.vocabulary import ChunkReader, write_vocabulary
from bot.storage import IntArray, MemoryWriter

ANALYSER = Analyser()
WORDS = st.lists(
    st.one_of(
        st.sampled_from(["المكتبه", "بالمكتبه", "وهالجسر", "microsoft", "مايكروسوفت", "2025", "f35", "لا", "ا"]),
        st.text("ابتلمويهسن", min_size=1, max_size=9),
        st.text("abcxyz", min_size=1, max_size=6),
    ),
    unique=True,
).map(sorted)


@given(WORDS)
def test_every_word_is_what_the_analyser_says(words: list[str]) -> None:
    vocabulary = write_vocabulary(words, MemoryWriter())
    assert len(vocabulary) == len(words)
    for number, word in enumerate(words):
        [term] = ANALYSER.terms(word)
        assert vocabulary[number] == (term.normal, term.stem, term.without_proclitic)
        assert [vocabulary.grams[gram] for gram in vocabulary.word_grams[number]] == list(term.grams)
        assert vocabulary.consonants[vocabulary.skeletons[number]] == consonant_skeleton(word)
        assert vocabulary.is_ascii[number] == word.isascii()


@given(WORDS)
def test_every_gram_knows_its_words(words: list[str]) -> None:
    vocabulary = write_vocabulary(words, MemoryWriter())
    for number, gram in enumerate(vocabulary.grams):
        held = {words[word] for word in vocabulary.gram_words[number]}
        assert held == {word for word in words if gram in grams(word)}


def test_forms_know_their_letters() -> None:
    vocabulary = write_vocabulary(sorted(["المكتبه", "بجسر"]), MemoryWriter())
    assert list(vocabulary.forms) == ["المكتبه", "بجسر", "جسر", "مكتب"]
    assert vocabulary.near_forms.masks.lengths.tolist() == [7, 4, 3, 4]
    assert vocabulary.near_forms.masks.min_edits("المكتبه").tolist()[0] == 0


@given(WORDS, st.frozensets(st.text("ابتabc", min_size=1, max_size=2), max_size=20))
def test_words_of_a_list_are_known_of_few_words_and_of_many(words: list[str], listed: frozenset[str]) -> None:
    vocabulary = write_vocabulary(words, MemoryWriter())
    assert vocabulary.among(listed).tolist() == [word in listed for word in words]


def test_chunks_that_are_met_often_are_remembered_and_the_others_derived_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_REMEMBERED", 6)
    derived = list[str]()

    def lengths(chunks: Sequence[str]) -> tuple[IntArray, IntArray]:
        derived.extend(chunks)
        return np.ones(len(chunks), np.int64), np.array(list(map(len, chunks)))

    reader = ChunkReader(lengths)
    for text in "a bb a", "ccc dddd a bb", "eeeee ffffff bb", "a ccc", "bb dddd":
        [(values, places, begins)] = reader.read([text, text])
        assert values.tolist() == [len(chunk) for chunk in text.split() * 2]
        assert places.tolist() == [0] * len(text.split()) + [1] * len(text.split())
        assert begins.tolist() == [at for at in range(len(text)) if at == 0 or text[at - 1] == " "] * 2
    assert derived == ["a", "bb", "ccc", "dddd", "eeeee", "ffffff", "dddd"]
