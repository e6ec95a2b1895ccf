from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.exchange.message_filter import (
    SeenIds,
    is_addressed,
    is_allowed_channel,
    is_content_hidden,
    message_words,
    strip_mentions,
)

ME = 7


def message(**changes: Any) -> Any:
    values = {
        "author": SimpleNamespace(bot=False),
        "webhook_id": None,
        "type": discord.MessageType.default,
        "guild": SimpleNamespace(id=1),
        "mentions": [SimpleNamespace(id=ME)],
        "role_mentions": [],
        "content": "",
    }
    return SimpleNamespace(**values | changes)


def role(bot_id: int | None) -> Any:
    return SimpleNamespace(tags=SimpleNamespace(bot_id=bot_id))


@pytest.mark.parametrize(
    ("changes", "addressed"),
    [
        ({}, True),
        ({"type": discord.MessageType.reply}, True),
        ({"guild": None, "mentions": []}, True),
        ({"mentions": []}, False),
        ({"mentions": [], "role_mentions": [role(ME)]}, True),
        ({"mentions": [], "role_mentions": [role(8), role(None), SimpleNamespace(tags=None)]}, False),
        ({"mentions": [], "role_mentions": [role(ME)], "author": SimpleNamespace(bot=True)}, False),
        ({"mentions": [SimpleNamespace(id=8)]}, False),
        ({"author": SimpleNamespace(bot=True)}, False),
        ({"webhook_id": 5}, False),
        ({"type": discord.MessageType.pins_add}, False),
        ({"guild": None, "type": discord.MessageType.call}, False),
    ],
)
def test_only_people_who_speak_to_the_bot_are_answered(changes: dict[str, Any], addressed: bool) -> None:
    assert is_addressed(message(**changes), ME) is addressed


@pytest.mark.parametrize(
    ("content", "roles", "hidden"),
    [("", [ME], True), ("<@&5> متى؟", [ME], False), ("", [8], False), ("", [], False)],
)
def test_words_are_hidden_where_the_role_is_mentioned_and_there_are_none(
    content: str, roles: list[int], *, hidden: bool
) -> None:
    assert is_content_hidden(message(content=content, role_mentions=[role(one) for one in roles]), ME) is hidden


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<@7> متى افتتحت المكتبة؟", "متى افتتحت المكتبة؟"),
        ("<@!7>متى؟", "متى؟"),
        ("متى قال <@8> ذلك في <#9>؟", "متى قال   ذلك في  ؟"),
        ("<@&5> <@7>", ""),
        ("", ""),
    ],
)
def test_mentions_are_no_part_of_the_question(content: str, words: str) -> None:
    assert strip_mentions(content) == words


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("@Archive Desk متى افتتحت المكتبة؟", "متى افتتحت المكتبة؟"),
        ("@archive-bot، متى افتتحت المكتبة؟", "متى افتتحت المكتبة؟"),
        ("متى افتتحت المكتبة؟ @Archive Desk", "متى افتتحت المكتبة؟"),
        ("متى افتتحت المكتبة @archive-bot؟", "متى افتتحت المكتبة ؟"),
        ("@Archive Desk", ""),
        ("@Archive Deskmate متى؟", "@Archive Deskmate متى؟"),
        ("متى كتبت @Archive Desk الخبر؟", "متى كتبت @Archive Desk الخبر؟"),
        ("Archive Desk متى؟", "Archive Desk متى؟"),
    ],
)
def test_the_bot_s_own_name_typed_in_plain_words_is_no_part_of_the_question(
    content: str, words: str, *, direct: bool
) -> None:
    bot = SimpleNamespace(name="archive-bot", global_name=None, display_name="Archive Desk")
    place = SimpleNamespace(me=bot)
    said = message(content=content, guild=None if direct else place, channel=place)
    assert message_words(said) == words


def test_threads_belong_to_their_channel() -> None:
    assert is_allowed_channel(1, None, ())
    assert is_allowed_channel(1, None, (1, 2))
    assert is_allowed_channel(5, 2, (1, 2))
    assert not is_allowed_channel(5, 3, (1, 2))
    assert not is_allowed_channel(5, None, (1,))


def test_an_id_is_new_once_and_memory_is_bounded() -> None:
    seen = SeenIds(capacity=2)
    assert [seen.first_time(identity) for identity in (1, 2, 1, 3, 2, 1)] == [True, True, False, True, False, True]
