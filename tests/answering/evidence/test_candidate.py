"""What is read from arrays of word numbers is what the plain comparison of every word with every term would say."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.evidence import Candidate, Matcher, Matches, best_sentences, compare, match_passages
from bot.answering.evidence.word_match import SYNONYM
from bot.answering.question import Question
from bot.arabic import Term, normal_words, sentences
from bot.edition import Edition
from bot.retrieval import RANKING, Vocabulary
from bot.retrieval.vocabulary import write_vocabulary
from bot.storage import MemoryWriter
from tests.answering.coverage import ANALYSER, LEXICON, QUESTIONS, TOWN, article, edition
from tests.answering.drawing import EDITION, LATIN, QUESTION, WORDS
from tests.examples import examples

MATCH = Matcher(LEXICON)
# Words near one another: a letter more, less or another, weak letters, clitics, digits, two alphabets, synonyms.
NEAR = st.one_of(
    st.sampled_from([*WORDS, *LATIN, *LEXICON.synonyms, "بيتر", "peter", "2025", "f16"]),
    st.text("ابجدويهل", min_size=1, max_size=6),
    st.tuples(st.sampled_from(["", "ال", "ب", "و", "هال"]), st.sampled_from(WORDS), st.text("ايهمن", max_size=2)).map(
        "".join
    ),
    st.text(min_size=1, max_size=4),
)


def plainly(words: list[Term], question: Question, vocabulary: Vocabulary) -> Matches:
    terms = question.terms
    are_words = [is_word(term, vocabulary) for term in terms]
    return np.array(
        [[plain_match(*term, word, question) for term in zip(terms, are_words, strict=True)] for word in words]
    ).reshape(len(words), len(terms))


def is_word(asked: Term, vocabulary: Vocabulary) -> bool:
    return vocabulary.forms.find(asked.stem) is not None or MATCH.is_everyday(asked)


def plain_match(asked: Term, is_word: bool, word: Term, question: Question) -> float:
    """Match a word with a term itself, and as a synonym with the standard words of a dialect word."""
    standard = [MATCH.match(one, word, is_word=True) for one in question.standard_terms.get(asked.stem, ())]
    stands_for = SYNONYM if max(standard, default=0.0) >= RANKING.least_match else 0.0
    return max(MATCH.match(asked, word, is_word=is_word), stands_for)


def examined(question: Question, coverage: Edition) -> list[Candidate]:
    return compared(coverage, range(len(coverage.index)), question)


def compared(coverage: Edition, numbers: Sequence[int], question: Question) -> list[Candidate]:
    return match_passages(coverage.index.read(numbers), question, coverage.index.vocabulary, MATCH)


@examples(400)
@given(st.lists(NEAR, max_size=12).map(" ".join), st.lists(NEAR, max_size=4).map(" ".join))
def test_no_match_is_overlooked(text: str, question: str) -> None:
    words = sorted(set(normal_words(text)))
    terms = ANALYSER.terms(question)
    vocabulary = write_vocabulary(words, MemoryWriter())
    found = compare(np.arange(len(words)), terms, vocabulary, MATCH)
    expected = [
        [MATCH.match(term, vocabulary[number], is_word=is_word(term, vocabulary)) for term in terms]
        for number in range(len(words))
    ]
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("المكتبة", "مكتبة"),
        ("لمكتبة", "المكتبة"),
        ("المكتبة", "بمكتبة"),
        ("عقد", "اتفاق"),
        ("google", "غوغل"),
        ("peter", "بيتر"),
        ("بيتر", "peter"),
        ("صندوق", "صناديق"),
        ("مستشقى", "مستشفى"),
    ],
)
def test_every_kind_of_match_is_found(asked: str, found: str) -> None:
    [term], [word] = ANALYSER.terms(asked), ANALYSER.terms(found)
    vocabulary = write_vocabulary([word.normal], MemoryWriter())
    assert compare(np.array([0]), [term], vocabulary, MATCH).tolist() == [[MATCH.match(term, word)]]
    assert MATCH.match(term, word) > 0


@examples(100)
@given(EDITION, QUESTION)
def test_candidates_are_as_the_plain_comparison_has_them(coverage: Edition, text: str) -> None:
    # Other spellings of names, numbers and dates come on top of this, and have tests of their own.
    question = replace(QUESTIONS.analyse(text), equivalents=())
    vocabulary = coverage.index.vocabulary
    for candidate in examined(question, coverage):
        passage, asking = candidate.passage, candidate.asking
        words = ANALYSER.terms(passage.text)
        heading = ANALYSER.terms(passage.article.title) + ANALYSER.terms(passage.heading)
        asked = [
            any(
                asks and span.start <= word.start < span.end
                for span, asks in zip(candidate.sentences, asking, strict=True)
            )
            for word in words
        ]
        stated = plainly(words, question, vocabulary) * ~np.array(asked, dtype=bool)[:, np.newaxis]
        assert np.array_equal(candidate.word_matches, stated)
        assert np.array_equal(
            candidate.mentions, plainly([*words, *heading], question, vocabulary).max(axis=0, initial=0.0)
        )
        assert np.array_equal(candidate.heading_word_matches, plainly(heading, question, vocabulary))
        spans = candidate.sentences
        for first, last in combinations(range(len(spans) + 1), 2):
            text = passage.text[spans[first].start : spans[last - 1].end]
            assert candidate.count_words(range(first, last)) == len(text.split())
        for number, span in enumerate(spans):
            text, written = candidate.sentence_words(number)
            assert text == passage.text[span.start : span.end]
            assert [word.normal for word in written] == normal_words(text)
        forms = {vocabulary.forms[number] for number in candidate.source.forms}
        assert forms == {form for word in (*words, *heading) for form in (word.stem, word.without_proclitic)}
        assert candidate.sentences == tuple(sentences(passage.text))
        for span, row, asks in zip(candidate.sentences, candidate.sentence_matches, asking, strict=True):
            inside = [word for word in words if span.start <= word.start < span.end and not asks]
            assert np.array_equal(row, plainly(inside, question, vocabulary).max(axis=0, initial=0.0))


@pytest.mark.parametrize("numbers", [[], [0], [2, 0, 2]])
def test_passages_are_examined_in_the_order_asked_for(numbers: list[int]) -> None:
    question = QUESTIONS.analyse("متى افتتحت المكتبة العامة؟")
    candidates = compared(TOWN, numbers, question)
    assert [candidate.source.number for candidate in candidates] == numbers


def test_a_window_tells_its_matches() -> None:
    [candidate] = compared(TOWN, [0], QUESTIONS.analyse("كلفة البناء افتتحت"))
    importance = np.array([1.0, 1.0, 0.5])
    assert candidate.sentence_matches.tolist() == [[0, 0, 1], [1, 1, 0]]
    assert candidate.window_matches(slice(1, 2)).tolist() == [1, 1, candidate.heading_matches[2]]
    assert candidate.window(importance) == slice(0, 2)
    assert best_sentences([candidate], importance).tolist() == [(2 + 0.5 * candidate.heading_matches[2]) / 2.5]


def test_the_pieces_of_an_endless_sentence_share_the_word_that_parts_them() -> None:
    endless = edition(article("endless", "خبر", "ا" * 1500 + " " + "ب" * 1500))
    [candidate] = compared(endless, [0], QUESTIONS.analyse("متى افتتحت المكتبة؟"))
    assert len(candidate.sentences) > 2
    assert candidate.count_words(range(len(candidate.sentences))) == 2
