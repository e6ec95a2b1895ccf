"""Unanswered questions grouped by what they are about."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Gap, Gaps, Reason
from bot.answering.question import clean
from tests.answering.coverage import KNOWLEDGE, refused
from tests.answering.drawing import QUESTION
from tests.examples import examples

START = datetime(2026, 3, 11, 8, tzinfo=UTC)


def clock() -> Callable[[], datetime]:
    """Return a clock that is a minute later each time."""
    minutes = count()
    return lambda: START + timedelta(minutes=next(minutes))


def noted(*questions: str, missing: Sequence[str] = (), most_groups: int = 1000) -> Gaps:
    gaps = Gaps(KNOWLEDGE, clock(), most_groups)
    for question in questions:
        gaps.note(question, missing, Reason.UNSUPPORTED)
    return gaps


def groups(*questions: str, missing: Sequence[str] = ()) -> list[tuple[int, str]]:
    return [(gap.count, gap.topic) for gap in noted(*questions, missing=missing).most_frequent(100)]


@pytest.mark.parametrize(
    ("questions", "missing"),
    [
        (["متى يفتتح مطار كوكبان؟"] * 3, []),
        (["متى يفتتح مطار كوكبان؟", "مَتى يُفتَتح «مطار كوكبان»", "متي يفتتح مطار كوكبان ??"], []),
        (["ما أسعار الزرافات؟", "الزرافات أسعارها كم؟", "أسعار الزرافات اليوم"], []),
        (["متى يفتتح مطار كوكبان؟", "إمتى هيفتح مطار كوكبان", "وين صار مطار كوكبان الجديد"], ["كوكبان"]),
        (["متى يفتتح مطار كوكبان؟", "مطار كوكبن متى الافتتاح"], ["كوكبان", "كوكبن"]),
        (["لماذا أغلق الجسر القديم؟", "ليش سكروا الجسر القديم"], []),
        (["ما شروط الهجرة إلى كندا؟", "شروط الهجرة لكندا إيه"], []),
        (["من هو مدير شركة زنبق؟", "متى تأسست شركة زنبق؟"], ["زنبق"]),
        (["متى تفتتح محطة المترو في الوادي؟", "إمتى تخلص محطة مترو الوادي"], []),
        (["ما الزرافة؟", "شو يعني زرافه", "الزرانة", "ﷺ الزرافة"], ["الزرافة"]),
        (["who founded Zorbax?", "Zorbax founded when"], ["Zorbax"]),
        (["كم ضحايا الزلزال في 2026؟", "ضحايا زلزال ٢٠٢٦"], []),
    ],
)
def test_questions_about_the_same_are_one_group(questions: list[str], missing: list[str]) -> None:
    assert len(groups(*questions, missing=missing)) == 1


@pytest.mark.parametrize(
    ("questions", "missing"),
    [
        (["ما عاصمة فرنسا؟", "ما عاصمة اليابان؟"], []),
        (["ما عاصمة فرنسا؟", "ما عاصمة اليابان؟"], ["عاصمة", "فرنسا", "اليابان"]),
        (["كم عدد سكان فرنسا؟", "كم عدد سكان اليابان؟"], []),
        (["متى تأسست شركة زنبق؟", "متى تأسست شركة نرجس؟"], ["زنبق", "نرجس"]),
        (["متى تأسست جامعة أم القرى؟", "متى تأسست جامعة السوربون؟"], []),
        (["ما سعر الدولار اليوم؟", "ما سعر الذهب اليوم؟"], []),
        (["من فاز بكأس العالم 2026؟", "من فاز بكأس العالم 2030؟"], []),
        (["من هو وزير النقل؟", "من هو وزير الصحة؟"], []),
        (["متى تأسست شركة زنبق؟", "من اخترع الزرافة؟", "أين يصنع الخزف؟"], []),
    ],
)
def test_questions_that_share_frequent_words_alone_are_groups_of_their_own(
    questions: list[str], missing: list[str]
) -> None:
    assert len(groups(*questions, missing=missing)) == len(questions)


def test_a_word_that_the_coverage_lacks_weighs_more_than_others() -> None:
    questions = ["معرض كوكبان السنوي للخزف", "مهرجان كوكبان الصيفي"]
    assert len(groups(*questions)) == 2
    assert len(groups("حفل كوكبان", "طريق كوكبان", missing=["كوكبان"])) == 1


def test_the_subject_has_the_words_that_most_questions_have_as_most_write_them() -> None:
    questions = ["مطار كوكبن متى الافتتاح", "متى يفتتح مطار كوكبان؟", "إمتى هيفتح مطار كوكبان", "وين مطار كوكبان"]
    assert groups(*questions, missing=["كوكبان", "كوكبن"]) == [(4, "مطار كوكبان")]


def test_the_subject_of_a_single_question_has_all_its_words_but_those_that_ask() -> None:
    assert groups("يا جماعة، متى يفتتح مطار كوكبان؟") == [(1, "جماعة يفتتح مطار كوكبان")]


def test_the_most_frequent_comes_first_and_of_equal_ones_that_of_the_last_question() -> None:
    asked = ["ما الزرافة؟", "ما البطريق؟", "ما الخزف؟", "ما الخزف؟", "ما الزرافة؟", "من هو وزير النقل؟"]
    assert groups(*asked) == [(2, "الزرافة"), (2, "الخزف"), (1, "وزير النقل"), (1, "البطريق")]
    assert len(noted(*asked).most_frequent(2)) == 2


def test_a_gap_tells_up_to_three_questions_that_differ_the_most_frequent_first() -> None:
    asked = ["ما الزرافة", "الزرافة؟", "شو الزرافة", "وش الزرافة", "الزرافة؟"]
    [gap] = noted(*asked).most_frequent(5)
    assert gap == Gap(
        "الزرافة", Reason.UNSUPPORTED, 5, ("الزرافة؟", "ما الزرافة", "شو الزرافة"), START + timedelta(minutes=5)
    )


def test_a_gap_has_the_reason_of_most_of_its_questions() -> None:
    gaps = noted("ما الزرافة؟")
    for _ in range(2):
        gaps.note("ما الزرافة؟", ["الزرافة"], Reason.OFF_TOPIC)
    assert [gap.reason for gap in gaps.most_frequent(1)] == [Reason.OFF_TOPIC]


def test_questions_are_kept_without_mentions_and_links_and_cut_short() -> None:
    long = "ما الزرافة التي " + "طويلة " * 60
    [gap] = noted(f"<@123456789> {long} https://example.org/").most_frequent(1)
    assert gap.examples[0].startswith("ما الزرافة التي طويلة")
    assert gap.examples[0].endswith("…")
    assert len(gap.examples[0]) <= 200


@pytest.mark.parametrize("kind", sorted(set(Reason) - {Reason.OFF_TOPIC, Reason.UNSUPPORTED}))
def test_what_is_refused_for_another_reason_is_no_gap(kind: Reason) -> None:
    gaps = noted()
    gaps.note("ما الزرافة؟", [], kind)
    assert (gaps.noted, gaps.most_frequent(5)) == (0, [])


@pytest.mark.parametrize("question", ["", "متى؟", "😀", "```ما الزرافة```", "من في على"])
def test_a_question_without_a_subject_is_no_gap(question: str) -> None:
    gaps = noted(question)
    assert (gaps.noted, gaps.most_frequent(5)) == (0, [])


def test_too_many_subjects_push_out_those_asked_about_least_and_longest_ago() -> None:
    gaps = noted("ما الخزف؟", "ما الخزف؟", "ما البطريق؟", "ما الزرافة؟", "ما المنجنيق؟", most_groups=3)
    assert [gap.topic for gap in gaps.most_frequent(9)] == ["الخزف", "المنجنيق", "الزرافة"]
    assert gaps.noted == 5
    gaps.note("البطريق", [], Reason.UNSUPPORTED)
    gaps.note("ما الخزف؟", [], Reason.UNSUPPORTED)
    assert [(gap.count, gap.topic) for gap in gaps.most_frequent(9)] == [
        (3, "الخزف"),
        (1, "البطريق"),
        (1, "المنجنيق"),
    ]


def test_a_refusal_of_the_bot_is_what_is_noted() -> None:
    gaps = Gaps(KNOWLEDGE, clock())
    for question in ("ما عاصمة أستراليا؟", "عاصمة استراليا إيه"):
        outcome = refused(question)
        gaps.note(outcome.question, outcome.missing, outcome.reason)
    assert [(gap.count, gap.topic, gap.reason) for gap in gaps.most_frequent(5)] == [
        (2, "عاصمة أستراليا", Reason.OFF_TOPIC)
    ]
    assert gaps.since == START


QUESTIONS = st.lists(st.one_of(QUESTION, st.sampled_from(["ما الزرافة؟", "الزرافة", "ما سعر الزرافة؟"])), max_size=25)


@examples(100)
@given(QUESTIONS, st.integers(1, 6))
def test_bounds_hold_and_counts_add_up(questions: list[str], most_groups: int) -> None:
    everything, bounded = noted(*questions), noted(*questions, most_groups=most_groups)
    listed = everything.most_frequent(100)
    assert sum(gap.count for gap in listed) == everything.noted == bounded.noted <= len(questions)
    assert len(bounded.most_frequent(100)) <= most_groups
    assert sum(gap.count for gap in bounded.most_frequent(100)) <= bounded.noted
    for gap in listed:
        assert gap.topic
        assert 1 <= len(gap.examples) <= min(3, gap.count)
        assert len(set(gap.examples)) == len(gap.examples)
        assert all(len(text) <= 200 for text in (gap.topic, *gap.examples))


@examples(50)
@given(QUESTIONS, st.integers(0, 8))
def test_the_same_questions_give_the_same_list_in_order(questions: list[str], limit: int) -> None:
    listed = noted(*questions).most_frequent(100)
    assert noted(*questions).most_frequent(limit) == listed[:limit]
    assert [gap.count for gap in listed] == sorted((gap.count for gap in listed), reverse=True)


def test_of_private_questions_only_the_number_of_gaps_is_kept() -> None:
    gaps = noted("ما الخزف؟")
    shown = gaps.most_frequent(5)
    for question, kind in (
        ("ما الزرافة؟", Reason.OFF_TOPIC),
        ("ما الخزف؟", Reason.UNSUPPORTED),
        ("ما الزرافة؟", Reason.GREETING),
    ):
        gaps.note(question, [], kind, is_public=False)
    assert (gaps.noted, gaps.private) == (1, 2)
    assert gaps.most_frequent(5) == shown


def test_an_answered_question_leaves_its_group_and_an_empty_group_goes() -> None:
    first, second, other = "متى يفتتح مطار كوكبان؟", "وين صار مطار كوكبان الجديد", "من اخترع الزرافة؟"
    gaps = noted(first, second, other)
    assert gaps.noted == 3
    gaps.close(first, [], Reason.UNSUPPORTED)
    gaps.close(first, [], Reason.UNSUPPORTED)
    assert gaps.noted == 2
    [airport, giraffe] = sorted(gaps.most_frequent(9), key=lambda gap: second not in gap.examples)
    assert (airport.count, airport.examples) == (1, (second,))
    gaps.close(second, [], Reason.UNSUPPORTED)
    assert gaps.most_frequent(9) == [giraffe]
    gaps.close(second, [], Reason.UNSUPPORTED)
    gaps.close("ما لم يُسأل", [], Reason.UNSUPPORTED)
    assert (gaps.noted, gaps.most_frequent(9)) == (1, [giraffe])


@examples(50)
@given(st.lists(QUESTION, max_size=8), st.data())
def test_what_is_counted_and_closed_leaves_nothing_behind(questions: list[str], data: st.DataObject) -> None:
    gaps = noted(*questions)
    for question in data.draw(st.permutations(questions)):
        gaps.close(question, (), Reason.UNSUPPORTED)
    assert gaps.most_frequent(100) == []
    assert gaps.noted == 0


def test_what_is_counted_again_has_the_time_that_it_had() -> None:
    gaps = Gaps(KNOWLEDGE, clock())
    gaps.restore(START - timedelta(days=30), private=4)
    gaps.note("من اخترع الزرافة؟", [], Reason.UNSUPPORTED, at=START - timedelta(days=9))
    assert [gap.last for gap in gaps.most_frequent(9)] == [START - timedelta(days=9)]
    assert (gaps.since, gaps.private) == (START - timedelta(days=30), 4)


GAPS = [
    "متى يفتتح مطار كوكبان؟",
    "مطار كوكبن متى الافتتاح",
    "ما أسعار الزرافات؟",
    "أسعار الزرافات اليوم",
    "من هو هدهد؟",
]


@given(st.lists(st.sampled_from(GAPS), max_size=8), st.data())
def test_questions_that_are_taken_away_leave_what_was_there_without_them(asked: list[str], data: st.DataObject) -> None:
    gaps = noted(*asked)
    deleted = data.draw(st.lists(st.sampled_from(asked), max_size=len(asked), unique=True) if asked else st.just([]))
    left = [question for question in asked if question not in deleted]
    for question in asked:
        if question in deleted:
            gaps.close(question, (), Reason.UNSUPPORTED)
    assert gaps.noted == len(left)
    shown = gaps.most_frequent(100)
    assert sum(gap.count for gap in shown) == len(left)
    assert {example for gap in shown for example in gap.examples} == {clean(question).text for question in left}
    words = {word for question in left for word in question.rstrip("؟").split()}
    assert all(gap.topic for gap in shown)
    assert {word for gap in shown for word in gap.topic.split()} <= words
