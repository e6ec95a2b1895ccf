"""Follow-up questions completed from the question before them, then answered or refused like any other."""

import pytest
from hypothesis import given

from bot.answering import Answer, AnswerType, Reason, Refusal, Requirement
from bot.answering.question import Dependence, Question, complete_follow_up
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, LEXICON, QUESTIONS, TOWN, sources
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.promises import check
from tests.examples import examples

DEAL = "كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟"
OPENING = "متى افتتحت بلدية المنارة المكتبة العامة؟"


def completed(question: str, previous: str) -> Question | None:
    text = ANSWERER.analyse(question).stripped
    assert text is not None
    found = complete_follow_up(text, QUESTIONS.analyse(previous), QUESTIONS)
    return found.with_own_terms(LEXICON) if found else None


def follow(question: str, previous: str) -> Answer | Refusal:
    return ANSWERER.answer(question, TOWN, previous)


@pytest.mark.parametrize(
    ("question", "previous", "text"),
    [
        ("ومتى؟", DEAL, "ومتى (قيمة صفقة بالانتير مع وكالة الهجرة)؟"),
        ("طيب، ومن وقعها؟", DEAL, "ومن وقع (صفقة بالانتير مع وكالة الهجرة)؟"),
        ("وكم بلغت كلفتها الإجمالية؟", OPENING, "وكم بلغت كلفة (افتتحت بلدية المنارة المكتبة العامة) الإجمالية؟"),
        ("وليش؟", "بالانتير اتأسست سنة كام؟", "وليش (بالانتير اتأسست سنة)؟"),
        ("ومين أسسها؟", "بالانتير اتأسست سنة كام؟", "ومين أسس (بالانتير اتأسست)؟"),
        ("وكم عددهم؟", "من هم الطلاب المعتقلون؟", "وكم عدد (الطلاب المعتقلون)؟"),
        # A relation of the earlier question goes where another is asked for, and stays where none is.
        ("وأين ولد؟", "متى توفي نابليون؟", "وأين ولد (نابليون)؟"),
        ("وأين ولد؟", "متى كانت وفاة نابليون؟", "وأين ولد (نابليون)؟"),
        ("وأين؟", "متى توفي نابليون؟", "وأين (توفي نابليون)؟"),
        ("ومتى ولد؟", "من أسس شركة نوكيا؟", "ومتى ولد (أسس شركة نوكيا)؟"),
        ("وكم عدد سكانها؟", "ما عاصمة فرنسا؟", "وكم عدد سكان (عاصمة فرنسا)؟"),
        ("وكم بلغت في 2022؟", "كم بلغت أرباح أرامكو في 2021؟", "وكم بلغت في 2022 (أرباح أرامكو)؟"),
        ("وكم بلغت في 2022؟", "كم بلغت قيمة صفقة غوغل في 2021؟", "وكم بلغت في 2022 (قيمة صفقة غوغل)؟"),
        ("ومتى؟", "ما التاريخ؟", "ومتى (التاريخ)؟"),
    ],
)
def test_the_subject_of_the_question_before_stands_in_brackets(question: str, previous: str, text: str) -> None:
    found = completed(question, previous)
    assert found is not None
    assert found.text == text


def test_what_is_asked_for_is_the_new_question_s() -> None:
    found = completed("ومتى؟", DEAL)
    assert found is not None
    assert found.answer_type is AnswerType.TIME
    assert found.added == ()


def test_what_is_wanted_is_in_the_new_question_s_own_words() -> None:
    found = completed("ومتى ولد؟", "من أسس شركة نوكيا؟")
    assert found is not None
    assert [term.normal for term in found.focus] == ["ولد"]


def test_a_question_about_nothing_completes_nothing() -> None:
    assert completed("ومتى؟", "وكم بلغت؟") is None


def test_a_follow_up_is_answered_and_says_so() -> None:
    outcome = follow("وكم بلغت كلفتها؟", OPENING)
    assert isinstance(outcome, Answer)
    assert "12 مليون دينار" in outcome.quotes[0].text
    assert (outcome.question, outcome.completed_from) == ("وكم بلغت كلفتها؟", OPENING)


def test_a_follow_up_that_adds_a_word_is_answered_by_a_passage_that_has_it() -> None:
    outcome = follow("وكم كتابا فيها؟", OPENING)
    assert isinstance(outcome, Answer)
    assert sources(outcome)[0] == ("library", 1)


@pytest.mark.parametrize(
    ("question", "previous", "kind"),
    [
        ("ومتى؟", "لماذا أغلقت وزارة النقل الجسر القديم؟", "time"),
        ("وكم كلفها؟", "لماذا أغلقت وزارة النقل الجسر القديم؟", "relation"),
        ("وليش؟", OPENING, "reason"),
        ("وأين درس؟", "من الشاعر سليم الحداد؟", None),
    ],
)
def test_what_the_coverage_does_not_add_is_refused(question: str, previous: str, kind: str | None) -> None:
    outcome = follow(question, previous)
    assert isinstance(outcome, Refusal)
    assert outcome.reason is Reason.UNSUPPORTED
    assert outcome.completed_from == previous
    assert (outcome.detail and outcome.detail.kind) == kind


def test_a_passage_without_the_added_word_is_ruled_out() -> None:
    candidates = ANSWERER.explain("وكم نافذة فيها؟", TOWN, OPENING).candidates
    assert {candidate.missing_requirement for candidate in candidates} <= {
        Requirement.FOLLOW_UP,
        Requirement.COUNT,
    }
    assert candidates[0].missing_requirement is Requirement.COUNT


def test_a_chain_of_follow_ups_goes_back_to_its_first_question() -> None:
    second = follow("وكم كتابا فيها؟", OPENING)
    third = follow("ومن أهدى مخطوطاتها؟", f"{second.completed_from}\n{second.question}")
    assert third.completed_from == "وكم كتابا فيها (افتتحت بلدية المنارة المكتبة العامة)؟"
    assert isinstance(third, Answer)
    assert sources(third)[0] == ("library", 1)


def test_a_question_of_its_own_in_a_chain_begins_anew() -> None:
    outcome = follow("ومتى؟", f"{OPENING}\nكم قيمة اتفاق المغرب مع مايكروسوفت؟")
    assert outcome.completed_from == "كم قيمة اتفاق المغرب مع مايكروسوفت؟"
    assert isinstance(outcome, Answer)
    assert "يونيو 2025" in outcome.quotes[0].text


def test_one_word_is_enough_to_go_on_from() -> None:
    outcome = follow("متى افتتحت؟", "المكتبة")
    assert isinstance(outcome, Answer)
    assert outcome.completed_from == "المكتبة"


@pytest.mark.parametrize(
    "previous", [None, "", "مرحبا", "شكرا", "😀", "ومتى؟", "متى كم أين؟", "هل " * 400, "\ud800", "\n"]
)
def test_without_a_question_before_it_a_follow_up_is_incomplete(previous: str | None) -> None:
    outcome = ANSWERER.answer("وكم بلغت؟", TOWN, previous)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.completed_from) == (Reason.INCOMPLETE, None)


def test_what_would_be_too_long_when_completed_is_incomplete() -> None:
    previous = "متى افتتحت المكتبة " + "العامة الكبيرة " * 32
    outcome = ANSWERER.answer("ومتى كان ذلك يا صاحبي الحبيب ومتى؟", TOWN, previous)
    assert isinstance(outcome, Refusal)
    assert len(previous) < 500
    assert outcome.completed_from is None


@pytest.mark.parametrize(
    "question", ["كم قيمة اتفاق المغرب مع مايكروسوفت؟", "شكرا", "المكتبة", "👍", "ما عاصمة فرنسا؟"]
)
def test_what_stands_alone_stays_as_it_is(question: str) -> None:
    assert follow(question, OPENING) == ANSWERER.answer(question, TOWN)


@examples(150)
@given(EDITION, QUESTION, QUESTION)
def test_whatever_was_asked_before_every_promise_is_kept(coverage: Edition, question: str, previous: str) -> None:
    outcome = ANSWERER.answer(question, coverage, previous)
    check(outcome, question, coverage, previous)
    assert outcome == ANSWERER.answer(question, coverage, previous)
    if outcome.completed_from is not None:
        assert ANSWERER.analyse(question).may_depend_on_previous
        assert ANSWERER.analyse(outcome.completed_from).dependence is not Dependence.ALWAYS
