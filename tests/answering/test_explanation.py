"""Explanations: the same outcome as without one, and the numbers that it comes from."""

import math

import pytest
from hypothesis import example, given

from bot.answering import Answer, AnswerType, Explanation, Reason, Refusal, Requirement, Verdict
from bot.answering.evidence import SIGNAL_NAMES
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, MODEL, TOWN, article, edition
from tests.answering.drawing import EDITION, QUESTION
from tests.examples import examples

OPENING = "متى افتتحت بلدية المنارة المكتبة العامة؟"


def explained(question: str) -> Explanation:
    return ANSWERER.explain(question, TOWN)


def test_the_question_as_it_was_understood() -> None:
    explanation = explained(f"**{OPENING}** <@123> https://news.example")
    assert explanation.understood == OPENING
    assert explanation.answer_type is AnswerType.TIME
    assert [term.word for term in explanation.terms] == ["افتتحت", "بلدية", "المنارة", "المكتبة", "العامة"]


def test_what_was_taken_off_around_the_question_is_told() -> None:
    explanation = explained(f"السلام عليكم، {OPENING} شكرا لكم")
    assert (explanation.understood, explanation.removed) == (OPENING, ("السلام عليكم", "شكرا لكم"))
    assert explained(OPENING).removed == ()


def test_a_term_has_its_forms_and_its_worth() -> None:
    library, zorbax = explained("ما المَكتبة Zorbax؟").terms
    assert (library.word, library.normal, library.stem) == ("المَكتبة", "المكتبه", "مكتب")
    assert library.passages == 3
    assert not library.is_missing
    assert (zorbax.passages, zorbax.is_missing) == (0, True)
    assert zorbax.information > library.information > 0
    assert zorbax.importance > library.importance > 0


def test_a_match_names_the_word_as_the_passage_has_it() -> None:
    first = explained("متى افتتحوا مكتبات المناره؟").candidates[0]
    assert [(match.asked, match.found) for match in first.matches] == [
        ("افتتحوا", "افتتحت"),
        ("مكتبات", "المكتبة"),
        ("المناره", "المنارة"),
    ]
    assert first.matches[0].strength < first.matches[1].strength == 1


def test_a_word_of_the_title_or_the_section_matches_as_well() -> None:
    told = article("a", "مهرجان الصحراء", "جاء الناس من القرى.", section="سباق الهجن")
    [candidate] = ANSWERER.explain("متى سباق الهجن بالصحراء الكبرى؟", edition(told)).candidates
    assert [match.found for match in candidate.matches] == ["سباق", "الهجن", "الصحراء", None]
    assert candidate.matches[-1].strength == 0


def test_the_decision_for_an_answer() -> None:
    explanation = explained(OPENING)
    assert explanation.verdict is Verdict.SUPPORTED
    assert isinstance(explanation.outcome, Answer)
    assert explanation.candidates[0].probability >= explanation.threshold == MODEL.threshold


@pytest.mark.parametrize(
    ("question", "decision"),
    [
        ("هل وقعت حكومة المغرب اتفاقا مع شركة Zorbax لتدريب المعلمين؟", Verdict.UNKNOWN_NAME),
        ("كم قيمة اتفاق المغرب مع مايكروسوفت في 2019؟", Verdict.UNKNOWN_NAME),
        ("كم قيمة اتفاق المغرب مع مايكروسوفت في 2026؟", Verdict.RULED_OUT),
        ("ماذا قال المذيع عن الزيتون والدراجات والقطار؟", Verdict.WEAK),
        ("مرحبا", Verdict.NOT_ASKED),
        ("ومتى؟", Verdict.NOT_ASKED),
        ("مخطوطة", Verdict.NOT_ASKED),
        ("احكيلي على البراكين", Verdict.NOT_FOUND),
        ("هل " * 1000, Verdict.NOT_ASKED),
        ("هذا في ذلك", Verdict.NOT_ASKED),
    ],
)
def test_the_decision_for_a_refusal(question: str, decision: Verdict) -> None:
    explanation = explained(question)
    assert explanation.verdict is decision
    assert isinstance(explanation.outcome, Refusal)


def test_one_word_is_explained_although_it_decides_nothing() -> None:
    explanation = explained("مخطوطة")
    assert isinstance(explanation.outcome, Refusal)
    assert explanation.outcome.reason is Reason.ONE_WORD
    assert explanation.candidates


def test_an_objection_is_named() -> None:
    candidates = explained("كم قيمة اتفاق المغرب مع مايكروسوفت في 2019؟").candidates
    assert {(candidate.missing_requirement, candidate.probability) for candidate in candidates} == {
        (Requirement.YEAR, 0)
    }


def test_a_follow_up_is_explained_as_it_was_completed() -> None:
    explanation = ANSWERER.explain("وكم كتابا فيها؟", TOWN, OPENING)
    assert explanation.understood == "وكم كتابا فيها (افتتحت بلدية المنارة المكتبة العامة)؟"
    assert explanation.outcome.completed_from == OPENING
    assert explanation.answer_type is AnswerType.QUANTITY


@examples(150)
@example(TOWN, "المكتبة هل وين الجسر", "")
@given(EDITION, QUESTION, QUESTION)
def test_every_explanation_adds_up_to_the_outcome_without_it(coverage: Edition, question: str, previous: str) -> None:
    explanation = ANSWERER.explain(question, coverage, previous)
    assert explanation.outcome == ANSWERER.answer(question, coverage, previous)
    assert (explanation.verdict in {Verdict.SUPPORTED, Verdict.FOUND}) == isinstance(explanation.outcome, Answer)
    for candidate in explanation.candidates:
        assert tuple(signal.name for signal in candidate.signals) == SIGNAL_NAMES
        logit = explanation.intercept + sum(signal.contribution for signal in candidate.signals)
        expected = 0.0 if candidate.missing_requirement else 1 / (1 + math.exp(-logit))
        assert candidate.probability == pytest.approx(expected)
        assert [match.asked for match in candidate.matches] == [term.word for term in explanation.terms]
        for match in candidate.matches:
            paragraph = candidate.article.paragraphs[candidate.paragraph]
            texts = (paragraph.text, paragraph.section or "", candidate.article.title)
            assert match.found is None or any(match.found in text for text in texts)
            assert (match.strength > 0) == (match.found is not None)
