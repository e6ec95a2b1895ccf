from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.answering import AnswerType, Difference, Mode, Reason, Statement
from bot.texts import Texts, answer_lines, refusal_lines, refusal_reason
from tests.chat.samples import ARABIC, ENGLISH, FRENCH, answer, article, refusal


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


@pytest.mark.parametrize("reason", [Reason.GREETING, Reason.THANKS, Reason.FAREWELL, Reason.PRAISE, Reason.TALK])
@pytest.mark.parametrize("texts", [ARABIC, ENGLISH, FRENCH], ids=["ar", "en", "fr"])
def test_a_reply_has_one_courtesy(reason: Reason, texts: Texts) -> None:
    own = texts(f"courtesy.{reason}")
    assert refusal_reason(refusal(reason), texts) == texts(f"refusal.{reason}", courtesy=own)
    returned = refusal_reason(replace(refusal(reason), courtesy_reply="عسلامة"), texts)
    assert returned == texts(f"refusal.{reason}", courtesy="عسلامة")
    assert own not in returned


def test_a_courtesy_stands_before_what_the_bot_says_of_itself() -> None:
    greeted = replace(refusal(Reason.IDENTITY), courtesy_reply="عسلامة")
    said = ARABIC("refusal.identity")
    assert refusal_reason(greeted, ARABIC) == ARABIC("refusal.in_kind", courtesy="عسلامة", reply=said)


def test_a_bare_follow_up_is_told_what_it_lacks_but_none_that_follows_nothing() -> None:
    bare = replace(refusal(Reason.INCOMPLETE), completed_from="Who is it?", asked=AnswerType.TIME)
    texts = (refusal_reason(one, ENGLISH) for one in (bare, replace(bare, asked=None), refusal(Reason.INCOMPLETE)))
    assert list(texts) == [ENGLISH("incomplete.time"), ENGLISH("incomplete.name"), ENGLISH("refusal.incomplete")]


def test_above_a_passage_that_may_answer_nothing_is_said() -> None:
    [quote] = list(answer(article()).quotes)
    refused = replace(refusal(Reason.UNSUPPORTED, missing=("a",)), hint="Ask so.", nearest=quote)
    assert list(refusal_lines(refused, ENGLISH, "/".join)) == []
    for other in (replace(refused, related=(article(),)), replace(refused, mode=Mode.CLAIM)):
        assert list(refusal_lines(other, ENGLISH, "/".join))[1:] == [ENGLISH("refusal.missing", terms="a"), "Ask so."]


def test_a_refusal_says_why_then_what_is_missing_then_how_to_ask() -> None:
    refused = replace(refusal(Reason.UNSUPPORTED, missing=("a", "b", "c")), unread=("c",), hint="Ask so.")
    assert list(refusal_lines(refused, ENGLISH, "/".join)) == [
        ENGLISH("refusal.unsupported"),
        ENGLISH("refusal.missing", terms="a/b"),
        ENGLISH("refusal.unread", terms="c"),
        "Ask so.",
    ]
