"""What else there is to read on a question, beside the quotes that answer it."""

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Quote, Reason
from bot.answering.question import Question
from bot.answering.ranking import Ranking, rank
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER, FISHING, LIBRARY, ORCHARD, TOWN, article, edition
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.promises import are_disjoint, are_twins, check_quote
from tests.examples import examples

QUESTION_OF_STRIKE = "متى أضرب عمال الميناء عن العمل؟"
STRIKE = article(
    "strike",
    "إضراب عمال الميناء",
    "أضرب عمال الميناء عن العمل صباح الاثنين 4 مايو 2026 احتجاجا على ساعات الليل الطويلة.",
    "يطالب عمال الميناء بأجر إضافي عن كل ساعة عمل بعد منتصف الليل.",
)
MAYOR = article("mayor", "بلدية المنارة تتوسط", "التقى رئيس البلدية عمال الميناء المضربين عن العمل ودعاهم إلى الحوار.")
OTHERS = (FISHING, LIBRARY, ORCHARD)


def further(question: str, *articles: Article) -> list[Quote]:
    return list(ANSWERER.further_quotes(question, edition(*articles)))


def places(quotes: list[Quote]) -> list[tuple[str, int]]:
    return [(quote.article.id, quote.paragraph) for quote in quotes]


def test_the_passages_behind_the_answer_are_quoted_the_best_first() -> None:
    coverage = edition(STRIKE, MAYOR, *OTHERS)
    answer, read = ANSWERER.answer(QUESTION_OF_STRIKE, coverage), ANSWERER.further_quotes(QUESTION_OF_STRIKE, coverage)
    assert isinstance(answer, Answer)
    assert places(list(answer.quotes)) == [("strike", 0)]
    assert places(list(read)) == [("mayor", 0), ("strike", 1)]


def test_passages_on_something_else_are_not() -> None:
    assert {name for name, _ in places(further(QUESTION_OF_STRIKE, STRIKE, MAYOR, *OTHERS))} == {"strike", "mayor"}


def test_nothing_of_theirs_is_marked_as_an_answer() -> None:
    assert not any(quote.highlights for quote in further(QUESTION_OF_STRIKE, STRIKE, MAYOR, *OTHERS))


def test_quotes_that_the_answer_does_not_show_come_first() -> None:
    answer = ANSWERER.answer("من أهدى المكتبة العامة مخطوطات؟", TOWN)
    assert isinstance(answer, Answer)
    assert len(answer.quotes) > answer.shown == 1
    read = ANSWERER.further_quotes("من أهدى المكتبة العامة مخطوطات؟", TOWN)
    assert read[: len(answer.quotes) - 1] == answer.quotes[1:]


def test_what_the_quotes_leave_of_their_paragraph_is_further_reading() -> None:
    told = [
        "أغنيات البحر القديمة",
        "حكايات الجدات الطويلة",
        "أخبار السفن الغارقة",
        "أسعار الخبز والزيت",
        "نتائج مباراة الأمس",
    ]
    sentences = [f"وتبادل عمال الميناء {one} وهم جالسون {'تحت سقف السوق ' * 7}حتى الصباح." for one in told]
    long = article("long", "إضراب", f"{STRIKE.paragraphs[0].text} {' '.join(sentences)}")
    read = further(QUESTION_OF_STRIKE, long, LIBRARY, ORCHARD)
    assert places(read) == [("long", 0)] * 2


@pytest.mark.parametrize("copies", [2, 9])
def test_a_report_in_many_papers_is_read_once(copies: int) -> None:
    papers = [article(f"paper {number}", MAYOR.title, MAYOR.paragraphs[0].text) for number in range(copies)]
    assert [name for name, _ in places(further(QUESTION_OF_STRIKE, STRIKE, *papers, *OTHERS))].count("paper 0") == 1
    assert len(further(QUESTION_OF_STRIKE, STRIKE, *papers, *OTHERS)) == 2


def test_what_the_answer_quotes_is_not_read_again_in_another_paper() -> None:
    twin = article("twin", STRIKE.title, f"(وكالات) {STRIKE.paragraphs[0].text}")
    assert {name for name, _ in places(further(QUESTION_OF_STRIKE, STRIKE, twin, MAYOR, *OTHERS))} == {
        "strike",
        "mayor",
    }


def test_a_sentence_too_long_to_look_over_is_left_out() -> None:
    endless = article("endless", "إضراب عمال الميناء", "قال عمال الميناء المضربون عن العمل " + "قولا طويلا " * 40)
    assert places(further(QUESTION_OF_STRIKE, STRIKE, endless, *OTHERS)) == [("strike", 1)]


def test_a_refusal_has_what_its_question_comes_near_to() -> None:
    assert places(list(ANSWERER.further_quotes("من صمم الجسر القديم؟", TOWN)))[0] == ("bridge", 0)


@pytest.mark.parametrize("message", ["شكرا", "", "😀", "ومتى؟", "ما عاصمة أستراليا؟"])
def test_where_nothing_is_looked_for_or_near_there_is_nothing_to_read(message: str) -> None:
    assert ANSWERER.further_quotes(message, TOWN) == ()


def test_a_follow_up_has_what_its_completed_question_has() -> None:
    coverage = edition(STRIKE, MAYOR, *OTHERS)
    assert places(list(ANSWERER.further_quotes("ومتى؟", coverage, QUESTION_OF_STRIKE)))


def test_nothing_is_read_that_is_out_of_scope() -> None:
    assert ANSWERER.further_quotes(QUESTION_OF_STRIKE, edition(STRIKE, MAYOR), None, Scope(since=date.min)) == ()


STRIKES = [
    article(f"strike {number}", f"إضراب عمال {town}", f"أضرب عمال الميناء عن العمل في {town} احتجاجا على {reason}.")
    for number, (town, reason) in enumerate(
        zip(
            ["المنارة", "الزرقاء", "الوادي", "السهل", "الجبل", "الرمال", "القلعة", "النخيل"],
            [
                "غلاء الخبز",
                "قلة النوم",
                "برد الشتاء",
                "طول الطريق",
                "ضجيج الآلات",
                "غياب الطبيب",
                "كثرة الغبار",
                "شح المياه",
            ],
            strict=True,
        )
    )
]


def test_going_on_again_and_again_shows_all_that_there_is_once_and_then_says_so() -> None:
    coverage, previous, pages = edition(*STRIKES, *OTHERS), "لماذا أضرب عمال الميناء عن العمل؟", list[list[Quote]]()
    outcome, has_more = ANSWERER.answer_with_more(ANSWERER.analyse(previous), coverage)
    while isinstance(outcome, Answer):
        pages.append(list(outcome.shown_quotes))
        was_announced = has_more
        message = "كمل" if len(pages) % 2 else "زيد"
        outcome, has_more = ANSWERER.answer_with_more(ANSWERER.analyse(message), coverage, previous)
        assert was_announced is isinstance(outcome, Answer)
        # All that a card shows, from which the next message is completed.
        previous = f"{outcome.completed_from}\n{message}"
    assert outcome.reason is Reason.NO_MORE
    assert len(pages) == 4
    shown = [place for quotes in pages for place in places(quotes)]
    assert len(shown) == len(set(shown))
    assert {(strike.id, 0) for strike in STRIKES} <= set(shown)


def test_what_a_joined_answer_leaves_is_further_reading_and_each_question_is_decided_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ranked = list[str]()

    def counted(question: Question, *given: Any) -> Ranking:
        ranked.append(question.text)
        return rank(question, *given)

    monkeypatch.setattr("bot.answering.decision.rank", counted)
    message = "لماذا أضرب عمال الميناء عن العمل؟ وأين يباع السردين؟"
    coverage = edition(*STRIKES, *OTHERS)
    outcome, has_more = ANSWERER.answer_with_more(ANSWERER.analyse(message), coverage)
    assert ranked == ["لماذا أضرب عمال الميناء عن العمل؟", "وأين يباع السردين؟"]
    assert isinstance(outcome, Answer)
    assert has_more
    read = ANSWERER.further_quotes(message, coverage)
    assert {("strike 0", 0), ("fishing", 1)} <= set(places([*outcome.shown_quotes, *read]))
    assert all(are_disjoint(one, other) for one, other in itertools.combinations([*outcome.shown_quotes, *read], 2))


def test_question_words_alone_turn_one_page() -> None:
    libraries = " ".join(["المكتبة"] * 6)
    coverage = edition(
        article("first", "", libraries, f"{libraries.replace('ال', '')} الميناء"),
        article("second", "", libraries, f"{libraries} الميناء"),
    )
    outcome, further = (
        ANSWERER.answer("ما وين", coverage, "الميناء"),
        ANSWERER.further_quotes("ما وين", coverage, "الميناء"),
    )
    assert isinstance(outcome, Answer)
    assert outcome.completed_from == "الميناء"
    assert all(are_disjoint(one, other) for one, other in itertools.product(further, outcome.quotes))


@examples(150)
@given(EDITION, QUESTION, st.none() | QUESTION)
def test_further_quotes_keep_the_promises_of_quotes(coverage: Edition, question: str, previous: str | None) -> None:
    outcome, read = ANSWERER.answer(question, coverage, previous), ANSWERER.further_quotes(question, coverage, previous)
    assert len(read) <= 10 + 2
    assert (outcome, bool(read)) == ANSWERER.answer_with_more(ANSWERER.analyse(question), coverage, previous)
    for quote in read:
        check_quote(quote, coverage)
        assert len(quote.text.split()) <= 60
    answering = outcome.shown_quotes if isinstance(outcome, Answer) else ()
    rest = outcome.quotes[outcome.shown :] if isinstance(outcome, Answer) else ()
    assert tuple(read[: len(rest)]) == rest
    for one, other in [*itertools.combinations(read, 2), *itertools.product(read, answering)]:
        assert are_disjoint(one, other)
        assert not are_twins(one, other)
