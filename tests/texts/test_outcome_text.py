from dataclasses import replace
from datetime import date
from typing import Any

from bot.answering import AnswerType, Difference, Mode, Reason, Statement
from bot.texts import answer_lines, refusal_lines, refusal_reason
from tests.chat.samples import ENGLISH, answer, article, refusal


def lines(**changes: Any) -> list[str]:
    return list(answer_lines(replace(answer(article()), **changes), ENGLISH, lambda text, _: text))


def test_an_answer_says_of_what_kind_it_is_but_for_one_to_a_question_of_fact() -> None:
    assert lines() == []
    assert lines(statement=Statement.OVERVIEW) == [ENGLISH("statement.overview")]
    day = date(2026, 3, 9)
    assert lines(statement=Statement.LATEST_OLD, day=day) == [ENGLISH("statement.latest_old", day=ENGLISH.day(day))]
    assert lines(statement=Statement.NEWEST) == []


def test_an_answer_to_a_claim_names_what_differs() -> None:
    instead = (Difference("40", "30"), Difference("Monday", "Tuesday"))
    assert lines(statement=Statement.OTHERWISE, differences=instead) == [
        ENGLISH("statement.otherwise", asked=one.asked, found=one.found) for one in instead
    ]
    found = (instead[0], Difference("40", ""), Difference("", "30"))
    assert lines(statement=Statement.NEARLY_QUOTED, differences=found) == [
        ENGLISH("statement.nearly_quoted"),
        ENGLISH("difference.instead", asked="40", found="30"),
        ENGLISH("difference.absent", asked="40"),
        ENGLISH("difference.added", found="30"),
    ]


def test_a_claim_is_found_in_no_article() -> None:
    refused = replace(refusal(Reason.OFF_TOPIC), mode=Mode.CLAIM)
    assert list(refusal_lines(refused, ENGLISH, "/".join)) == [ENGLISH("refusal.claim")]


def test_a_bare_follow_up_is_told_what_it_lacks_but_none_that_follows_nothing() -> None:
    bare = replace(refusal(Reason.INCOMPLETE), completed_from="Who is it?", asked=AnswerType.TIME)
    texts = (refusal_reason(one, ENGLISH) for one in (bare, replace(bare, asked=None), refusal(Reason.INCOMPLETE)))
    assert list(texts) == [ENGLISH("incomplete.time"), ENGLISH("incomplete.name"), ENGLISH("refusal.incomplete")]


def test_a_refusal_says_why_then_what_is_missing_then_how_to_ask() -> None:
    refused = replace(refusal(Reason.UNSUPPORTED, missing=("a", "b")), hint="Ask so.")
    assert list(refusal_lines(refused, ENGLISH, "/".join)) == [
        ENGLISH("refusal.unsupported"),
        ENGLISH("refusal.missing", terms="a/b"),
        "Ask so.",
    ]
