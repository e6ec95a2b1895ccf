import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser, sentences
from bot.retrieval.layout import lay_out
from tests.retrieval.coverage import ANALYSER, article, index

TEXT = st.lists(
    st.one_of(
        st.sampled_from(["المكتبة", "في", ". ", "؟ ", "\n", "10\u00a0000", "ﷺ ", " ", "«", "»"]), st.text(max_size=5)
    )
).map("".join)


@given(TEXT)
def test_each_sentence_has_the_words_that_begin_in_it(text: str) -> None:
    layout = lay_out(text, ANALYSER)
    terms = ANALYSER.terms(text)
    assert list(layout.sentences) == sentences(text)
    for span, words in zip(layout.sentences, layout.words, strict=True):
        assert terms[words] == [term for term in terms if span.start <= term.start < span.end]
    assert list(zip(layout.starts, layout.ends, strict=True)) == [(term.start, term.end) for term in terms]


@pytest.mark.parametrize("text", ["في من", "؟!", "كلمة " * 400])
def test_sentences_without_words_and_endless_ones_lose_no_word(text: str) -> None:
    layout = lay_out(text, Analyser({"في", "من"}))
    places = [place for words in layout.words for place in range(words.start, words.stop)]
    assert places == list(range(len(Analyser({"في", "من"}).terms(text))))


def test_an_index_lays_out_its_passages() -> None:
    passages = index(article("a", "افتتحت المكتبة. وأغلق الجسر القديم."))
    assert passages.layout(0) is passages.layout(0)
    assert passages.layout(0).words == (slice(0, 2), slice(2, 5))
