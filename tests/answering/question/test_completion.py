"""Follow-up questions in chains: what they go back to, how often more is asked for, and what adds nothing."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given

from bot.answering import Answer, Reason, Refusal, Requirement, Statement
from bot.answering.question import Dependence
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, FISHING, LIBRARY, TOWN, article, edition, sources
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.promises import check
from tests.examples import examples

THREADS = Path(__file__).resolve().parents[2] / "data" / "follow_ups" / "threads.jsonl"
OPENING = "متى افتتحت بلدية المنارة المكتبة العامة؟"


def follow(question: str, previous: str) -> Answer | Refusal:
    return ANSWERER.answer(question, TOWN, previous)


def test_a_follow_up_is_answered_in_what_it_adds_and_says_so() -> None:
    outcome = follow("وكم بلغت كلفتها؟", OPENING)
    assert isinstance(outcome, Answer)
    assert "12 مليون دينار" in outcome.quotes[0].text
    assert (outcome.question, outcome.completed_from) == ("وكم بلغت كلفتها؟", OPENING)


def test_a_passage_without_the_added_word_is_ruled_out() -> None:
    candidates = ANSWERER.explain("وكم نافذة فيها؟", TOWN, OPENING).candidates
    assert {candidate.missing_requirement for candidate in candidates} <= {
        Requirement.FOLLOW_UP,
        Requirement.COUNT,
    }
    assert candidates[0].missing_requirement is Requirement.COUNT


@pytest.mark.parametrize(
    ("question", "previous", "kind"),
    [
        ("ومتى؟", "لماذا أغلقت وزارة النقل الجسر القديم؟", "time"),
        ("وكم كلفها؟", "لماذا أغلقت وزارة النقل الجسر القديم؟", "relation"),
        ("وليش؟", OPENING, "reason"),
        ("وأين درس؟", "من الشاعر سليم الحداد؟", None),
    ],
)
def test_a_refusal_says_what_the_coverage_does_not_add(question: str, previous: str, kind: str | None) -> None:
    outcome = follow(question, previous)
    assert isinstance(outcome, Refusal)
    assert (outcome.detail and outcome.detail.kind) == kind


def test_a_word_of_the_same_meaning_counts_beside_the_subject_alone() -> None:
    away = "وصل الشاعر سليم الحداد إلى المنارة. وتحدث إلى الحضور. وكان الطقس باردا. وأقامت البلدية احتفالا."
    beside = "وصل الشاعر سليم الحداد إلى المنارة. وأقام فيها عشر سنوات."
    alike = "يرى الشاعر سليم الحداد أنه يمكن في الشعر ما لا يمكن في غيره."
    far, near, other = (
        ANSWERER.answer(question, edition(article("poet", "زيارة", text)), "من هو سليم الحداد؟")
        for question, text in (("وين عايش؟", away), ("وين عايش؟", beside), ("وين يسكن؟", alike))
    )
    assert isinstance(near, Answer)
    assert isinstance(other, Refusal)
    assert isinstance(far, Refusal)
    assert (far.detail and far.detail.kind) == "follow_up"


def test_a_chain_of_follow_ups_goes_back_to_its_first_question() -> None:
    second = follow("وكم كتابا فيها؟", OPENING)
    third = follow("ومن أهدى مخطوطاتها؟", f"{second.completed_from}\n{second.question}")
    assert third.completed_from == f"{OPENING}\nوكم كتابا فيها؟"
    assert isinstance(second, Answer)
    assert isinstance(third, Answer)
    assert sources(second)[0] == sources(third)[0] == ("library", 1)


def test_of_a_long_chain_the_first_question_and_the_last_follow_ups_count() -> None:
    follow_ups = ["وكم كتابا فيها؟", "وكم بلغت كلفتها؟", "وأين بنيت؟", "ومن مديرتها؟"]
    outcome = follow("ومتى؟", "\n".join([OPENING, *follow_ups]))
    assert outcome.completed_from == "\n".join([OPENING, *follow_ups[-3:]])


@pytest.mark.parametrize(
    ("question", "previous", "is_completed"),
    [
        # One passage has both.
        ("وليه الدخول مجاني؟", "امتى افتتحوا المكتبة العامة؟", True),
        ("ومن أين تعبر الحافلات؟", "لماذا أغلق الجسر القديم؟", True),
        # Each is in a passage of its own.
        ("ومن أين تعبر الحافلات؟", OPENING, False),
        ("ومن هي هدى البستاني؟", OPENING, False),
    ],
)
def test_a_follow_up_with_a_subject_of_its_own_is_completed_where_a_passage_joins_the_two(
    question: str, previous: str, is_completed: bool
) -> None:
    outcome = follow(question, previous)
    assert isinstance(outcome, Answer)
    assert outcome.completed_from == (previous if is_completed else None)
    if not is_completed:
        assert outcome == ANSWERER.answer(question, TOWN)


@pytest.mark.parametrize("question", ["والجسر القديم؟", "طيب والسردين", "ومواعيد الحافلات؟"])
def test_a_noun_alone_asks_the_same_of_something_else_and_is_no_subject_of_its_own(question: str) -> None:
    outcome = follow(question, OPENING)
    assert isinstance(outcome, Refusal)
    assert outcome.completed_from == OPENING


@pytest.mark.parametrize("question", ["وزارة النقل؟", "وزارة النقل ماذا أغلقت؟"])
def test_a_word_that_begins_with_the_letter_of_and_is_joined_to_nothing(question: str) -> None:
    assert follow(question, OPENING).completed_from is None


def test_the_article_that_was_just_quoted_tells_what_another_one_tells_too() -> None:
    told = article(
        "sami",
        "نجيب العبيدي مديرا لمهرجان المنارة",
        "رفض نجيب العبيدي إدارة مهرجان المنارة أربع مرات قبل أن يوافق عليها.",
        "وتقام الدورة الجديدة من المهرجان في نوفمبر 2027 في قاعة المدينة.",
    )
    other = article(
        "other", "جديد المهرجان", "تقام الدورة من مهرجان المنارة بإدارة نجيب العبيدي في مايو 2024، وكم مرة رفض فيها."
    )
    outcome = ANSWERER.answer("ومتى تقام الدورة؟", edition(told, other), "كم مرة رفض نجيب العبيدي إدارة المهرجان؟")
    assert isinstance(outcome, Answer)
    assert sources(outcome)[0] == ("sami", 1)


STORM = article(
    "storm",
    "عاصفة رملية تضرب قرى الواحة",
    "ضربت عاصفة رملية قرى الواحة ليلة أمس وأغلقت الطريق الصحراوي وأصابت 12 شخصا.",
    "وفقد المزارعون 40 نخلة بسبب العاصفة.",
)


def test_what_was_just_quoted_stands_behind_what_else_answers_a_follow_up() -> None:
    previous, coverage = "كيف أثرت العاصفة الرملية في قرى الواحة؟", edition(STORM, LIBRARY, FISHING)
    told, more = ANSWERER.answer(previous, coverage), ANSWERER.answer("وكيف ضربت القرى؟", coverage, previous)
    assert isinstance(told, Answer)
    assert isinstance(more, Answer)
    assert sources(more)[1] == sources(told)[0] != sources(more)[0]
    assert {article for article, _ in sources(more)[:2]} == {"storm"}


def test_what_was_just_quoted_answers_nothing_else_where_it_is_in_doubt() -> None:
    coverage = edition(STORM, LIBRARY, FISHING)
    outcome = ANSWERER.answer("ومن ساعد المزارعين؟", coverage, "كم نخلة فقد المزارعون بسبب العاصفة الرملية؟")
    assert isinstance(outcome, Refusal)
    assert outcome.nearest is None


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.95), (True, 0.92)])
def test_most_of_what_members_ask_further_is_seen_to_go_on(held_out: bool, least: float) -> None:
    """Of 120 follow-ups in five dialects, .77 in both halves before words behind «و» were all looked at."""
    records = map(json.loads, THREADS.read_text(encoding="utf-8").splitlines())
    follow_ups = [turn for one in records if one["held_out"] is held_out for turn in one["turns"][1:]]
    goes_on = [ANSWERER.analyse(turn).may_depend_on_previous for turn in follow_ups]
    assert sum(goes_on) >= least * len(goes_on)


def test_a_question_of_its_own_in_a_chain_begins_anew() -> None:
    outcome = follow("ومتى؟", f"{OPENING}\nكم قيمة اتفاق المغرب مع مايكروسوفت؟")
    assert outcome.completed_from == "كم قيمة اتفاق المغرب مع مايكروسوفت؟"
    assert isinstance(outcome, Answer)
    assert "يونيو 2025" in outcome.quotes[0].text


@pytest.mark.parametrize("previous", ["هل " * 400, "\ud800", "\n"], ids=ascii)
def test_without_a_question_before_it_a_follow_up_is_incomplete(previous: str) -> None:
    outcome = follow("وكم بلغت؟", previous)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.completed_from) == (Reason.INCOMPLETE, None)


def test_what_would_be_too_long_when_completed_is_incomplete() -> None:
    previous = "متى افتتحت المكتبة العامة الكبيرة القديمة الجميلة " + " ".join(
        f"مستودع{one}{other}" for one in "بتثجحخد" for other in "دجحخثتب"
    )
    outcome = follow("وكم بلغت كلفتها الإجمالية؟", previous)
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


def test_more_of_the_same_is_a_page_of_further_quotes_until_there_is_none() -> None:
    first, outcome, further = follow(OPENING, ""), follow("كمل", OPENING), ANSWERER.further_quotes(OPENING, TOWN)
    assert isinstance(first, Answer)
    assert isinstance(outcome, Answer)
    assert (outcome.statement, outcome.completed_from) == (Statement.FURTHER, OPENING)
    assert outcome.quotes == further[:3]
    assert not set(outcome.quotes) & set(first.quotes)
    assert ANSWERER.further_quotes("كمل", TOWN, OPENING) == further[3:]
    before = OPENING + "\nكمل" * len(further)
    last = follow("كمل", before)
    assert isinstance(last, Refusal)
    # The page stands in it, so that the next «كمل» does not begin again.
    assert (last.reason, last.completed_from) == (Reason.NO_MORE, before)


def test_there_is_no_more_of_what_was_refused() -> None:
    outcome = follow("كمل", "ما عاصمة فرنسا؟")
    assert isinstance(outcome, Refusal)
    assert outcome.reason is Reason.OFF_TOPIC
