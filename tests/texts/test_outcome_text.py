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
    assert lines(statement=Statement.LATEST_OLD, day=date(2026, 3, 9)) == [
        "The latest in the articles about this is old, published on March 9, 2026:"
    ]
    assert lines(statement=Statement.NEWEST) == []


def test_an_answer_to_a_claim_names_what_differs() -> None:
    found = (Difference("40", "30"), Difference("40", ""), Difference("", "30"))
    assert lines(statement=Statement.OTHERWISE, differences=found) == [
        ENGLISH("statement.otherwise"),
        "Your message has “40”, the text “30”.",
        "Your message has “40”, which is not in the text.",
        "The text has “30”, which is not in your message.",
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


def test_a_refusal_that_lacks_nothing_is_its_reason_alone() -> None:
    assert list(refusal_lines(refusal(Reason.OFF_TOPIC), ENGLISH, "/".join)) == [ENGLISH("refusal.off_topic")]
