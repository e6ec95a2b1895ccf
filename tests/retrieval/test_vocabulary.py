from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser, consonant_skeleton
from bot.retrieval.vocabulary import write_vocabulary
from bot.storage import MemoryWriter

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
        assert held == {word for word in words if gram in ANALYSER.grams(word)}


def test_forms_know_their_letters() -> None:
    vocabulary = write_vocabulary(sorted(["المكتبه", "بجسر"]), MemoryWriter())
    assert list(vocabulary.forms) == ["المكتبه", "بجسر", "جسر", "مكتب"]
    assert vocabulary.near_forms.masks.lengths.tolist() == [7, 4, 3, 4]
    assert vocabulary.near_forms.masks.min_edits("المكتبه").tolist()[0] == 0
