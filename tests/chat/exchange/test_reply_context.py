from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.answering import MOST_CHARACTERS
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.reply_context import extract_question, message_question, preceding_question
from tests.chat.samples import ARABIC

TALK = "تحدثنا أمس طويلا في المقهى. " * 30


def message(content: str = "", **shown: object) -> discord.Message:
    parts: dict[str, Any] = {"embeds": [], "attachments": [], "components": [], "stickers": []}
    return cast(
        "discord.Message", type("Said", (), parts | shown | {"content": content, "guild": None, "channel": None})
    )


class Conversation:
    """A direct conversation, in which one message stands before those that are asked about."""

    def __init__(self, before: discord.Message | None) -> None:
        self._before = before

    async def history(self, **_: object) -> AsyncIterator[discord.Message]:
        if self._before:
            yield self._before


@pytest.mark.parametrize(("seconds", "previous"), [(119, "متى افتتحت المكتبة؟"), (121, None)])
async def test_the_question_right_before_counts_for_two_minutes(seconds: int, previous: str | None) -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    asked = message("متى افتتحت\nالمكتبة؟", author=SimpleNamespace(id=7), created_at=now - timedelta(seconds=seconds))
    said = message("وليش؟", created_at=now)
    said.channel = cast("Any", Conversation(asked))
    assert await preceding_question(said, 1, ARABIC) == previous
    said.channel = cast("Any", Conversation(None))
    assert await preceding_question(said, 1, ARABIC) is None


def test_mentions_are_no_words() -> None:
    assert message_question(message("<@5> متى افتتحت المكتبة؟")) == "متى افتتحت المكتبة؟"


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (message(), "conversation.hidden"),
        (message("<@5>"), "conversation.no_words"),
        (message(attachments=["صورة"]), "conversation.no_words"),
        (message(embeds=["رابط"]), "conversation.no_words"),
        (message(stickers=["ملصق"]), "conversation.no_words"),
    ],
)
def test_what_is_hidden_is_told_from_what_has_no_words(said: discord.Message, key: str) -> None:
    with pytest.raises(ReplyError) as told:
        message_question(said)
    assert told.value.key == key


@pytest.mark.parametrize(
    "question",
    ["متى افتتحت المكتبة العامة؟", "كم بلغت كلفة الترام?", "«متى افتتحت المكتبة؟»"],
)
def test_the_one_question_of_a_long_text_is_taken(question: str) -> None:
    assert extract_question(f"{TALK}{question} {TALK}") == question
    assert extract_question(f"{TALK}\n{question}\n{TALK}") == question


def test_a_question_on_a_line_of_its_own_may_have_a_space_before_its_closing_quote() -> None:
    assert extract_question(f"{TALK}\n«متى افتتحت المكتبة؟ »\n{TALK}") == "«متى افتتحت المكتبة؟ »"


@pytest.mark.parametrize("text", [TALK, f"{TALK} متى؟ وكم؟", "متى افتتحت؟ تحدثنا أمس."])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert extract_question(text) == text


def test_the_limit_is_the_answerer_s() -> None:
    text = "متى؟ " + "م" * (MOST_CHARACTERS - 5)
    assert extract_question(text) == text
    assert extract_question(f"{text}م") == "متى؟"
