"""Answers to several questions of one message: quotes of each, and the questions without an answer named."""

import itertools

import pytest

from bot.answering import Answer, Reason, Refusal, Statement
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, TOWN, answered, article, edition, refused, sources
from tests.answering.promises import are_disjoint


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("متى افتتحت المكتبة العامة وكم كلف بناؤها؟", {("library", 0)}),
        ("لماذا أغلق الجسر القديم؟ وأين يباع السردين؟", {("bridge", 0), ("fishing", 1)}),
        ("من أغلق الجسر القديم وليش؟", {("bridge", 0)}),
        ("متى افتتحت المكتبة العامة و كم كلف بناؤها؟", {("library", 0)}),
    ],
)
def test_what_answers_each_question_is_quoted(question: str, expected: set[tuple[str, int]]) -> None:
    answer = answered(question)
    assert expected <= set(sources(answer))
    assert len(answer.quotes) <= 3
    assert not answer.unanswered


@pytest.mark.parametrize(
    ("question", "unanswered"),
    [
        ("متى افتتحت المكتبة العامة وكم عدد موظفيها؟", "وكم عدد موظفيها؟"),
        ("متى افتتحت المكتبة العامة ومن يدير شركة Zorbax؟", "ومن يدير شركة Zorbax؟"),
        ("من يدير شركة Zorbax؟ ومتى افتتحت المكتبة العامة؟", "من يدير شركة Zorbax؟"),
    ],
)
def test_a_question_without_an_answer_is_named(question: str, unanswered: str) -> None:
    answer = answered(question)
    assert ("library", 0) in sources(answer)
    assert answer.unanswered == (unanswered,)
    assert answer.question == question


def test_a_message_none_of_whose_questions_is_answered_is_refused_whole() -> None:
    assert refused("من يدير شركة Zorbax وكم عدد موظفيها؟").question == "من يدير شركة Zorbax وكم عدد موظفيها؟"


def test_a_passage_that_answers_both_is_quoted_once_with_the_marks_of_both() -> None:
    told = article("mill", "مطحنة الوادي", "دشن الوزير مطحنة الوادي في مايو 2021. وكلفت المطحنة تسعة ملايين دينار.")
    [quote] = list(answered("متى دشن الوزير مطحنة الوادي وكم كلفت؟", told).quotes)
    assert [quote.text[mark.start : mark.end] for mark in quote.highlights] == ["مايو 2021", "تسعة ملايين دينار"]


def test_a_word_of_place_begins_no_question() -> None:
    assert answered("متى افتتحت المكتبة العامة وكم قاعة فيها وكم عدد موظفيها؟").unanswered == (
        "وكم قاعة فيها",
        "وكم عدد موظفيها؟",
    )


def test_none_is_unanswered_whose_nearest_passage_stands_there(corpus: Edition) -> None:
    alone = ANSWERER.answer("مين اسس بالنتير", corpus)
    assert isinstance(alone, Refusal)
    assert alone.nearest is not None
    answer = ANSWERER.answer("مين اسس بالنتير ووين مقرها", corpus)
    assert isinstance(answer, Answer)
    assert answer.unanswered == ()
    assert "بيتر ثيل" in answer.quotes[0].text


def test_the_quotes_of_all_questions_are_shown() -> None:
    answer = answered("لماذا أغلق الجسر القديم؟ وأين يباع السردين؟")
    assert [place for place, _ in sources(answer)[: answer.shown]] == ["bridge", "fishing"]
    read = ANSWERER.further_quotes(answer.question, TOWN)
    assert read[: len(answer.quotes) - answer.shown] == answer.quotes[answer.shown :]
    assert all(are_disjoint(one, other) for one in read for other in answer.shown_quotes)


def test_going_on_from_several_questions_shows_what_is_left_of_each_once() -> None:
    message = "لماذا أغلق الجسر القديم؟ وأين يباع السردين؟"
    first, read = answered(message), ANSWERER.further_quotes(message, TOWN)
    page, has_more = ANSWERER.answer_with_more(ANSWERER.analyse("كمل"), TOWN, message)
    assert isinstance(page, Answer)
    assert (page.statement, page.shown_quotes) == (Statement.FURTHER, read[:3])
    assert not set(sources(page)) & set(sources(first)[: first.shown])
    assert has_more is (len(read) > 3)
    last = ANSWERER.answer("كمل", TOWN, "\n".join([message, *["كمل"] * len(read)]))
    assert isinstance(last, Refusal)
    assert last.reason is Reason.NO_MORE


def test_what_three_quotes_have_no_room_for_is_further_reading() -> None:
    questions = ["متى افتتحت المكتبة العامة؟", "لماذا أغلق الجسر القديم؟", "أين يباع السردين؟"]
    answer, read = answered(" ".join(questions)), ANSWERER.further_quotes(" ".join(questions), TOWN)
    both = [*answer.quotes, *read]
    assert answer.shown == 3
    assert all(are_disjoint(one, other) for one, other in itertools.combinations(both, 2))
    alone = {place for question in questions for place in sources(answered(question))}
    assert len(alone) > 3
    assert alone <= {(quote.article.id, quote.paragraph) for quote in both}


def test_a_further_question_is_about_the_subject_of_the_first() -> None:
    mills = [
        article(name, f"مطحنة {name}", f"دشن الوزير مطحنة {name} عام {year}. وكلفت مطحنة {name} {year} دينارا.")
        for name, year in (("الوادي", "1990"), ("النهر", "1991"))
    ]
    for mill in mills:
        answer = ANSWERER.answer(f"متى دشن الوزير مطحنة {mill.id} وكم كلفت؟", edition(*mills))
        assert not isinstance(answer, Refusal)
        assert answer.quotes[0].article == mill


def test_a_message_is_a_follow_up_as_a_whole() -> None:
    answer = ANSWERER.answer("وكم كلفتها ومن افتتحها؟", TOWN, "متى افتتحت المكتبة العامة في المنارة؟")
    assert not isinstance(answer, Refusal)
    assert ("library", 0) in sources(answer)


def test_what_is_the_same_of_one_question_is_not_said_of_all() -> None:
    answer = answered("هل أغلقت وزارة النقل الجسر القديم؟ وأين يباع السردين؟")
    assert answer.statement in {None, Statement.MATTER}
