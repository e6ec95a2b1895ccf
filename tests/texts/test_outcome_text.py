from dataclasses import replace

from bot.answering import Reason
from bot.texts import refusal_lines
from tests.chat.samples import ENGLISH, refusal


def test_a_refusal_says_why_then_what_is_missing_then_how_to_ask() -> None:
    refused = replace(refusal(Reason.UNSUPPORTED, missing=("a", "b")), hint="Ask so.")
    assert list(refusal_lines(refused, ENGLISH, "/".join)) == [
        ENGLISH("refusal.unsupported"),
        ENGLISH("refusal.missing", terms="a/b"),
        "Ask so.",
    ]


def test_a_refusal_that_lacks_nothing_is_its_reason_alone() -> None:
    assert list(refusal_lines(refusal(Reason.OFF_TOPIC), ENGLISH, "/".join)) == [ENGLISH("refusal.off_topic")]
