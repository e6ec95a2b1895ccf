from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import sentences
from tests.retrieval.coverage import ANALYSER, article, index

PIECE = st.one_of(
    st.sampled_from(["المكتبة", "في", ". ", "؟ ", "\n", "10\u00a0000", "ﷺ ", " ", "«", "»", "كانون الثاني "]),
    st.text(max_size=5),
)
TEXTS = st.lists(st.lists(PIECE).map("".join).filter(str.strip), max_size=4)


@given(TEXTS)
def test_each_passage_has_its_sentences_its_words_and_their_places(texts: list[str]) -> None:
    passages = index(article("a", *texts))
    for number, text in enumerate(texts):
        layout, terms = passages.layouts.of(number), ANALYSER.terms(text)
        assert list(layout.sentences) == sentences(text)
        assert list(layout.starts) == [term.start for term in terms]
        assert list(layout.ends) == [term.end for term in terms]
        assert [passages.vocabulary.words[word] for word in passages.fields.texts[number]] == [
            term.normal for term in terms
        ]
        for span, words in zip(layout.sentences, layout.words, strict=True):
            assert terms[words] == [term for term in terms if span.start <= term.start < span.end]


def test_no_word_is_lost_between_sentences() -> None:
    passages = index(article("a", "كلمة " * 400, "في من", "؟!"))
    for number in range(3):
        places = [place for words in passages.layouts.of(number).words for place in range(words.start, words.stop)]
        assert places == list(range(len(passages.fields.texts[number])))


def test_layouts_asked_for_again_are_remembered() -> None:
    passages = index(article("a", "افتتحت المكتبة. وأغلق الجسر القديم."))
    assert passages.layouts.of(0) is passages.layouts.of(0)
    assert passages.layouts.of(0).words == (slice(0, 2), slice(2, 5))
