"""What discord.py lets pass and Discord does not."""

from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.limits.commands import command_list_problems, command_problems, is_slash_name
from tests.discord_server.limits.messages import message_problems
from tests.discord_server.small_client import SmallClient


async def test_a_broken_limit_is_refused_and_recorded(server: DiscordServer, client: SmallClient) -> None:
    channel = client.get_partial_messageable(server.world.channel("عام").id)
    with pytest.raises(discord.HTTPException, match="Must be 2000 or fewer in length") as refusal:
        await channel.send("س" * 2001)
    assert refusal.value.code == 50035
    await channel.send("س" * 2000)
    with pytest.raises(discord.HTTPException) as refusal:
        await channel.send(" \u202e ")
    assert refusal.value.code == 50006
    assert [violation.kind for violation in server.violations] == ["limit", "limit"]


async def test_an_unknown_route_is_recorded(server: DiscordServer, client: SmallClient) -> None:
    guild = client.guilds[0]
    with pytest.raises(discord.NotFound):
        await guild.edit(name="اسم")
    assert [violation.kind for violation in server.violations] == ["route"]


def embeds(*given: dict[str, Any]) -> dict[str, Any]:
    return {"embeds": list(given)}


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"components": [{"type": 1, "components": list(children)}]}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "زر", "custom_id": "id"} | changes


FIELD = {"name": "ن", "value": "ق"}


@pytest.mark.parametrize(
    "body",
    [
        embeds({"description": "س" * 4097}),
        embeds({"title": "س" * 257}),
        embeds({"fields": [FIELD] * 26}),
        embeds({"fields": [FIELD | {"name": "س" * 257}]}),
        embeds({"fields": [FIELD | {"value": "س" * 1025}]}),
        embeds({"fields": [FIELD | {"value": " "}]}),
        embeds({"footer": {"text": "س" * 2049}}),
        embeds({"author": {"name": "س" * 257}}),
        embeds({"url": "javascript:x"}),
        embeds({"description": "س" * 3001}, {"description": "س" * 3000}),
        embeds(*[{"title": "س"}] * 11),
        {"nonce": "1" * 26},
        {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        {"components": [row()["components"][0]]},
        {"components": row(button())["components"] * 6},
        {"components": [button()]},
        row(*[button(custom_id=str(n)) for n in range(6)]),
        row(button(), button()),
        row(button(label="س" * 81)),
        row(button(custom_id="س" * 101)),
        row(button(custom_id=None)),
        row(button(label=None)),
        row(button(style=5, custom_id=None, url="ftp://x")),
        row({"type": 3, "custom_id": "m", "options": []}),
        row({"type": 3, "custom_id": "m", "options": [{"label": "س" * 101, "value": "v"}]}),
        {"flags": 1 << 15, "content": "س", "components": [{"type": 10, "content": "س"}]},
        {"flags": 1 << 15, "components": [{"type": 10, "content": "س" * 4001}]},
        {"flags": 1 << 15, "components": [{"type": 14}] * 41},
    ],
)
def test_a_message_beyond_a_limit_has_a_problem(body: dict[str, Any]) -> None:
    assert list(message_problems(body))


@pytest.mark.parametrize(
    "body",
    [
        {"content": f" {'س' * 2000} "},
        embeds({"title": "س" * 256, "description": "س" * 4096}, {"description": "س" * 1648}),
        embeds({"fields": [FIELD] * 25, "footer": {"text": "س" * 2048}}),
        {"components": [row(*[button(custom_id=f"{r}{n}") for n in range(5)])["components"][0] for r in range(5)]},
        row(button(style=5, custom_id=None, url="https://example.org/مقال")),
        {"flags": 1 << 15, "components": [{"type": 10, "content": "س" * 4000}]},
    ],
)
def test_a_message_at_a_limit_has_none(body: dict[str, Any]) -> None:
    assert list(message_problems(body)) == []


@pytest.mark.parametrize("name", ["ask", "اسأل", "سؤال", "ask-2", "问", "ask_it", "s" * 32])
def test_names_that_discord_takes(name: str) -> None:
    assert is_slash_name(name)


@pytest.mark.parametrize("name", ["Ask", "ask it", "اِسأل", "اسأل\u200c", "", "s" * 33, "ask!", None])
def test_names_that_discord_refuses(name: str | None) -> None:
    assert not is_slash_name(name)


def command(**changes: Any) -> dict[str, Any]:
    return {"name": "ask", "description": "سؤال"} | changes


def option(**changes: Any) -> dict[str, Any]:
    return {"type": 3, "name": "question", "description": "نص"} | changes


@pytest.mark.parametrize(
    "broken",
    [
        command(description=""),
        command(description="س" * 101),
        command(name_localizations={"en-US": "Ask"}),
        command(options=[option(), option(name="b", required=True)]),
        command(options=[option(), option()]),
        command(options=[option(name=f"o{n}") for n in range(26)]),
        command(options=[option(choices=[{"name": "س", "value": "v"}] * 26)]),
        command(options=[option(choices=[{"name": "س", "value": "v"}], autocomplete=True)]),
        command(options=[option(type=1, name="a"), option(name="b")]),
        command(options=[option(type=1, name="a", options=[option(name="B")])]),
        {"type": 3, "name": "بلّغ", "description": "س"},
        {"type": 3, "name": "س" * 33},
    ],
)
def test_a_command_against_a_rule_has_a_problem(broken: dict[str, Any]) -> None:
    assert list(command_problems(broken))


def test_a_command_by_the_rules_has_none() -> None:
    options = [option(required=True), option(name="b")]
    assert list(command_problems(command(options=options))) == []
    assert list(command_problems({"type": 3, "name": "بلّغ عن هذا"})) == []


def test_a_set_of_commands_has_limits_of_its_own() -> None:
    assert list(command_list_problems([command(), command()]))
    assert list(command_list_problems([{"type": 3, "name": f"قائمة {n}"} for n in range(16)]))
    assert list(command_list_problems([command(), {"type": 3, "name": "ask"}])) == []
