"""Follow-up questions completed from the question before them, then answered or refused like any other."""

import pytest
from hypothesis import example, given

from bot.answering import Answer, AnswerType, Reason, Refusal, Requirement, Statement
from bot.answering.question import Dependence, Question, complete_follow_up
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, LEXICON, QUESTIONS, TOWN, article, edition, sources
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
        ("وفي 2021؟", "من باع 20201 كتابا في 2020؟", "من باع 20201 كتابا في 2021؟"),
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
        ("وقداش عمرو؟", "من هو سليم الحداد؟", "وقداش عمر (سليم الحداد)؟"),
        ("وفي 2022؟", "كم بلغت أرباح أرامكو في 2021؟", "كم بلغت أرباح أرامكو في 2022؟"),
        ("والسبب؟", "متى أغلق الجسر القديم؟", "ما السبب (أغلق الجسر القديم)؟"),
        ("كلفتها؟", OPENING, "ما كلفة (افتتحت بلدية المنارة المكتبة العامة)؟"),
        ("وعام 2022؟", "كم بلغت أرباح أرامكو؟", "كم بلغت أرباح أرامكو 2022؟"),
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


def test_a_word_that_is_only_spelled_alike_adds_nothing() -> None:
    coverage = edition(article("poet", "سليم الحداد", "يرى الشاعر سليم الحداد أنه يمكن في الشعر ما لا يمكن في غيره."))
    outcome = ANSWERER.answer("وين يسكن؟", coverage, "من هو سليم الحداد؟")
    assert isinstance(outcome, Refusal)
    assert (outcome.detail and outcome.detail.kind) == "follow_up"


def test_a_word_of_the_same_meaning_counts_beside_the_subject_alone() -> None:
    away = "وصل الشاعر سليم الحداد إلى المنارة. وتحدث إلى الحضور. وكان الطقس باردا. وأقامت البلدية احتفالا."
    beside = "وصل الشاعر سليم الحداد إلى المنارة. وأقام فيها عشر سنوات."
    outcomes = [
        ANSWERER.answer("وين عايش؟", edition(article("poet", "زيارة", text)), "من هو سليم الحداد؟")
        for text in (away, beside)
    ]
    assert isinstance(outcomes[0], Refusal)
    assert (outcomes[0].detail and outcomes[0].detail.kind) == "follow_up"
    assert isinstance(outcomes[1], Answer)


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
@example(TOWN, "من مكتبة ؟ متى الجسر ", "المكتبة")
@given(EDITION, QUESTION, QUESTION)
def test_whatever_was_asked_before_every_promise_is_kept(coverage: Edition, question: str, previous: str) -> None:
    outcome = ANSWERER.answer(question, coverage, previous)
    check(outcome, question, coverage, previous)
    assert outcome == ANSWERER.answer(question, coverage, previous)
    if outcome.completed_from is not None:
        assert ANSWERER.analyse(question).may_depend_on_previous
        assert ANSWERER.analyse(outcome.completed_from).dependence is not Dependence.ALWAYS


WHO, WHAT = "من هو الشاعر سليم الحداد؟", "ما هي شركة مايكروسوفت؟"


@pytest.mark.parametrize(
    ("question", "previous", "asked"),
    [
        ("ومتى؟", WHO, AnswerType.TIME),
        ("متى كان ذلك؟", WHO, AnswerType.TIME),
        ("وين؟", WHO, AnswerType.PLACE),
        ("من أي بلد؟", WHO, AnswerType.PLACE),
        ("طيب وليش؟", WHO, AnswerType.REASON),
        ("وما السبب؟", WHO, AnswerType.REASON),
        ("ومين معه؟", WHO, AnswerType.PERSON),
        ("وكم العدد؟", WHO, AnswerType.QUANTITY),
        ("ومتى؟", WHAT, AnswerType.TIME),
        ("ومتى؟", "مايكروسوفت", AnswerType.TIME),
        ("ومتى؟", "حدثني عن مايكروسوفت", AnswerType.TIME),
        ("ومتى؟", "شكون سليم الحداد؟", AnswerType.TIME),
        ("ومتى؟", "حدثني عن سليم الحداد", AnswerType.TIME),
        ("ومتى؟", "شكون وزير النقل؟", AnswerType.TIME),
        ("ووين؟", f"{WHO}\nومتى؟", AnswerType.PLACE),
        ("والثاني؟", WHO, None),
        ("وفي 2020؟", OPENING, None),
    ],
)
def test_what_cannot_be_asked_of_the_question_before_is_told_what_it_lacks(
    question: str, previous: str, asked: AnswerType | None
) -> None:
    outcome = follow(question, previous)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.asked) == (Reason.INCOMPLETE, asked)
    assert outcome.completed_from == previous.splitlines()[0]


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("ومتى؟", OPENING.replace("متى", "لماذا")),
        ("ومتى؟", "من افتتح المكتبة العامة في المنارة؟"),
        ("ومتى؟", "المغرب وقع اتفاقا مع مايكروسوفت"),
        ("ومتى؟", "ماذا حدث في افتتاح المكتبة العامة؟"),
        ("ومتى وقعت الاتفاق؟", WHAT),
        ("وكم قيمته؟", "ما هو اتفاق المغرب مع مايكروسوفت؟"),
    ],
)
def test_what_can_be_asked_of_the_question_before_is_answered(question: str, previous: str) -> None:
    assert isinstance(follow(question, previous), Answer)


def test_a_verb_makes_a_bare_follow_up_whole() -> None:
    outcome = follow("متى ولد؟", f"{WHO}\nومتى؟")
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.completed_from) == (Reason.UNSUPPORTED, WHO)


@pytest.mark.parametrize(
    "question", ["كمل", "زيدني", "والتفاصيل؟", "احكيلي أكثر عليها", "وبعدين؟", "شو صار؟", "يعني إيه؟"]
)
def test_more_of_the_same_is_a_page_of_further_quotes(question: str) -> None:
    first = ANSWERER.answer(OPENING, TOWN)
    outcome = follow(question, OPENING)
    assert isinstance(first, Answer)
    assert isinstance(outcome, Answer)
    assert (outcome.statement, outcome.completed_from) == (Statement.FURTHER, OPENING)
    assert outcome.quotes == ANSWERER.further_quotes(OPENING, TOWN)[:3]
    assert not set(outcome.quotes) & set(first.quotes)


def test_more_again_is_the_next_page_until_there_is_none() -> None:
    further = ANSWERER.further_quotes(OPENING, TOWN)
    assert ANSWERER.further_quotes("كمل", TOWN, OPENING) == further[3:]
    before = OPENING + "\nكمل" * len(further)
    outcome = follow("كمل", before)
    assert isinstance(outcome, Refusal)
    # The page stands in it, so that the next «كمل» does not begin again.
    assert (outcome.reason, outcome.completed_from) == (Reason.NO_MORE, before)


def test_there_is_no_more_of_what_was_refused() -> None:
    outcome = follow("كمل", "ما عاصمة فرنسا؟")
    assert isinstance(outcome, Refusal)
    assert outcome.reason is Reason.OFF_TOPIC


def test_after_more_a_follow_up_goes_back_to_the_question() -> None:
    assert follow("وكم بلغت كلفتها؟", f"{OPENING}\nكمل").completed_from == OPENING


@pytest.mark.parametrize("previous", [None, OPENING])
@pytest.mark.parametrize(
    "question", ["مصدرك؟", "متأكد؟", "مين قال؟", "من وين جبت هالكلام؟", "متأكد من هالرقم؟", "هل هذا صحيح؟"]
)
def test_who_asks_for_the_source_is_told_where_it_stands(question: str, previous: str | None) -> None:
    outcome = ANSWERER.answer(question, TOWN, previous)
    assert isinstance(outcome, Refusal)
    assert outcome.reason is Reason.SOURCES


@pytest.mark.parametrize("question", ["كمل", "زيدني", "والتفاصيل؟", "من", "وين"])
def test_what_goes_on_from_nothing_is_incomplete(question: str) -> None:
    outcome = ANSWERER.answer(question, TOWN)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.asked) == (Reason.INCOMPLETE, None)


@pytest.mark.parametrize(
    "question", ["ما مصدر الاتفاق؟", "من قال إن الدخول مجاني؟", "تفاصيل إغلاق الجسر", "متى رأى المنارة؟"]
)
def test_a_question_with_a_subject_is_no_going_on(question: str) -> None:
    assert follow(question, OPENING).completed_from is None


def test_a_rare_word_that_the_edition_has_is_a_subject() -> None:
    gardens = edition(article("gardens", "بستان بلقرموش يفتح أبوابه", "افتتح بستان بلقرموش في ربيع 2024 بعد ترميمه."))
    outcome = ANSWERER.answer("متى افتتح بلقرموش؟", gardens, OPENING)
    alone = ANSWERER.answer("وين بابها بلقرموش؟", gardens)
    assert outcome.completed_from is None
    assert isinstance(alone, Answer) or alone.reason is not Reason.INCOMPLETE
    assert ANSWERER.answer("وين بابها بلقرموش؟", TOWN, OPENING).completed_from == OPENING
