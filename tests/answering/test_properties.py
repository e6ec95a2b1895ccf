import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Answerer, Knowledge
from bot.arabic import Analyser
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, BACKGROUND, LEXICON, MODEL, edition, passages
from tests.answering.drawing import EDITION, QUESTION, edition_of
from tests.answering.promises import check
from tests.examples import examples


@examples(300)
@given(EDITION, QUESTION)
def test_every_outcome_keeps_its_promises_and_comes_again(coverage: Edition, question: str) -> None:
    outcome = ANSWERER.answer(question, coverage)
    check(outcome, question, coverage)
    assert ANSWERER.answer(question, coverage) == outcome


@examples(150)
@given(EDITION, st.data())
def test_so_does_a_question_in_the_words_of_a_passage(coverage: Edition, data: st.DataObject) -> None:
    if not len(coverage.index):
        return
    words = data.draw(st.sampled_from(passages(coverage))).text.split()
    begin = data.draw(st.integers(0, len(words)))
    question = f"{data.draw(st.sampled_from(['متى', 'كم', 'من', 'لماذا', 'هل']))} {' '.join(words[begin : begin + 6])}؟"
    check(ANSWERER.answer(question, coverage), question, coverage)


@examples(150)
@given(EDITION, st.data())
def test_what_is_answered_late_keeps_them_too_and_is_what_who_asks_is_told(
    coverage: Edition, data: st.DataObject
) -> None:
    if not len(coverage.index):
        return
    words = data.draw(st.sampled_from(passages(coverage))).text.split()
    question = f"{data.draw(st.sampled_from(['ماذا عن', 'ما أخبار', 'من']))} {' '.join(words[:4])}؟"
    late = ANSWERER.late_answer(ANSWERER.analyse(question), coverage)
    if late is not None:
        answer, _ = late
        check(answer, question, coverage)
        assert answer == ANSWERER.answer(question, coverage)


@pytest.mark.parametrize("passages", [1, 2, 3])
@examples(60)
@given(st.data())
def test_so_does_an_edition_of_few_passages(passages: int, data: st.DataObject) -> None:
    coverage, question = data.draw(edition_of(passages)), data.draw(QUESTION)
    check(ANSWERER.answer(question, coverage), question, coverage)


@examples(75)
@given(EDITION, st.lists(QUESTION, max_size=4), QUESTION)
def test_what_was_asked_before_changes_nothing(coverage: Edition, previous: list[str], question: str) -> None:
    for other in previous:
        ANSWERER.answer(other, coverage)
    analyser = Analyser(LEXICON.stop_words)
    fresh = Answerer(Knowledge(analyser, LEXICON, BACKGROUND, MODEL))
    assert fresh.answer(question, edition(*coverage.articles.values())) == ANSWERER.answer(question, coverage)


@examples(150)
@given(EDITION, QUESTION, st.sampled_from(["\u200f", "\u202e", "\u2066", "\ufeff", "\u200b", "  ", "\n"]))
def test_invisible_characters_around_a_question_change_nothing(coverage: Edition, question: str, unseen: str) -> None:
    plain, wrapped = ANSWERER.answer(question, coverage), ANSWERER.answer(f"{unseen}{question}{unseen}", coverage)
    assert type(plain) is type(wrapped)
    if isinstance(plain, Answer) and isinstance(wrapped, Answer):
        assert plain.quotes == wrapped.quotes
