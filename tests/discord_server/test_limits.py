"""What discord.py lets pass and Discord does not, and what of it the bot has no use for."""

import io
from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.limits.commands import command_list_problems, command_problems, is_slash_name
from tests.discord_server.limits.messages import callback_problems, message_problems
from tests.discord_server.message import MessageFlag
from tests.discord_server.small_client import SmallClient


def general(server: DiscordServer, client: SmallClient) -> discord.PartialMessageable:
    return client.get_partial_messageable(server.world.channel("عام").id)


def layout(*texts: str) -> discord.ui.LayoutView:
    """Return a box of texts."""
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(*map(discord.ui.TextDisplay, texts)))
    return view


async def test_a_broken_limit_is_refused_and_recorded(server: DiscordServer, client: SmallClient) -> None:
    with pytest.raises(discord.HTTPException, match="Must be 2000 or fewer in length") as refusal:
        await general(server, client).send("س" * 2001)
    assert refusal.value.code == 50035
    await general(server, client).send("س" * 2000)
    with pytest.raises(discord.HTTPException) as refusal:
        await general(server, client).send(" \u202e ")
    assert refusal.value.code == 50006
    with pytest.raises(discord.HTTPException):
        await general(server, client).send(embed=discord.Embed(title="عنوان"))
    assert [violation.kind for violation in server.violations] == ["limit"] * 3


async def test_an_unknown_route_is_recorded(server: DiscordServer, client: SmallClient) -> None:
    with pytest.raises(discord.NotFound):
        await client.guilds[0].edit(name="اسم")
    assert [violation.kind for violation in server.violations] == ["route"]


async def test_a_message_becomes_a_layout_and_stays_one(server: DiscordServer, client: SmallClient) -> None:
    message = await general(server, client).send("نص")
    with pytest.raises(discord.HTTPException, match=r"cannot be used when using MessageFlags\.IS_COMPONENTS_V2"):
        await message.edit(view=layout("أول"))
    changed = await message.edit(content=None, view=layout("أول"))
    assert changed.flags.components_v2
    assert server.messages("عام")[0].text == "أول"
    with pytest.raises(discord.HTTPException) as legacy:
        await changed.edit(content="نص")
    assert legacy.value.code == 50035
    parameters = discord.http.MultipartParameters(
        payload={"flags": 0, "components": [{"type": 10, "content": "ثان"}]}, multipart=None, files=None
    )
    await client.http.edit_message(message.channel.id, message.id, params=parameters)
    [seen] = server.messages("عام")
    assert (seen.text, bool(seen.message.flags & MessageFlag.COMPONENTS_V2)) == ("ثان", True)
    assert [violation.kind for violation in server.violations] == ["limit"] * 2


async def test_a_layout_shows_files_that_come_along_and_no_others(server: DiscordServer, client: SmallClient) -> None:
    view = layout("أول")
    view.add_item(discord.ui.File("attachment://list.txt"))
    file = discord.File(io.BytesIO("قائمة".encode()), "list.txt")
    message = await general(server, client).send(view=view, file=file)
    (seen,) = server.messages("عام")
    assert seen.message.files == {"list.txt": "قائمة".encode()}
    with pytest.raises(discord.HTTPException, match="not found"):
        await message.edit(view=view, attachments=[])
    await message.edit(view=layout("ثان"), attachments=[])
    (seen,) = server.messages("عام")
    assert (seen.attachments, seen.message.files) == ((), {})


TEXT = {"type": 10, "content": "س"}
SEPARATOR = {"type": 14, "spacing": 2}
BUTTON = {"type": 2, "style": 1, "label": "زر", "custom_id": "id"}
LINK = {"type": 2, "style": 5, "label": "زر", "url": "https://example.org/مقال"}
MENU: dict[str, Any] = {"type": 3, "custom_id": "m", "options": [{"label": "س", "value": "v"}]}


def box(*children: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": 17, "components": list(children)} | changes


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def buttons(count: int) -> dict[str, Any]:
    return row(*(BUTTON | {"custom_id": f"{'س' * 98}{n}", "label": "س" * 80} for n in range(count)))


def problems(*components: dict[str, Any], **body: Any) -> list[str]:
    whole = {"flags": MessageFlag.COMPONENTS_V2, "components": list(components)} | body
    return [problem.code for problem in message_problems(whole)]


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([TEXT] * 41, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ([box(*[SEPARATOR] * 38, row(BUTTON))], "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ([TEXT | {"content": "س" * 4001}], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        ([TEXT, box(TEXT | {"content": "س" * 4000})], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        ([TEXT | {"content": " "}], "BASE_TYPE_REQUIRED"),
        ([box()], "BASE_TYPE_BAD_LENGTH"),
        ([box(box(TEXT))], "UNION_TYPE_CHOICES"),
        ([box(BUTTON)], "UNION_TYPE_CHOICES"),
        ([{"type": 9, "components": [TEXT], "accessory": BUTTON}], "UNION_TYPE_CHOICES"),
        ([box(TEXT, accent_color=1 << 24)], "NUMBER_TYPE_MAX"),
        ([BUTTON], "UNION_TYPE_CHOICES"),
        ([row(TEXT)], "UNION_TYPE_CHOICES"),
        ([buttons(6)], "BASE_TYPE_BAD_LENGTH"),
        ([row(MENU, BUTTON)], "BASE_TYPE_BAD_LENGTH"),
        ([row(BUTTON), row(BUTTON)], "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ([TEXT | {"id": 7}, box(TEXT | {"id": 7})], "COMPONENT_ID_DUPLICATED"),
        ([row(LINK | {"url": "https://example.org/" + "a" * 500})], "BASE_TYPE_MAX_LENGTH"),
        ([row(LINK | {"url": "ftp://x"})], "URL_TYPE_INVALID_SCHEME"),
        ([row(LINK | {"custom_id": "id"})], "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        ([row(BUTTON | {"url": "https://example.org/"})], "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        ([row(BUTTON | {"custom_id": None})], "BASE_TYPE_REQUIRED"),
        ([row(BUTTON | {"custom_id": "س" * 101})], "BASE_TYPE_MAX_LENGTH"),
        ([row(BUTTON | {"label": "س" * 81})], "BASE_TYPE_MAX_LENGTH"),
        ([row(BUTTON | {"label": None})], "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED"),
        ([row(BUTTON | {"emoji": {"name": "ق"}})], "BUTTON_COMPONENT_INVALID_EMOJI"),
        ([row(MENU | {"options": []})], "BASE_TYPE_BAD_LENGTH"),
        ([row(MENU | {"options": MENU["options"] * 2})], "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
        ([row(MENU | {"options": [{"label": "س" * 101, "value": "v"}]})], "BASE_TYPE_MAX_LENGTH"),
        ([{"type": 13, "file": {"url": "https://example.org/a"}}], "URL_TYPE_INVALID_SCHEME"),
    ],
)  # fmt: skip
def test_a_layout_beyond_a_limit_has_a_problem(components: list[dict[str, Any]], code: str) -> None:
    assert code in problems(*components)


@pytest.mark.parametrize(
    "components",
    [
        [box(*[SEPARATOR] * 37, row(BUTTON))],
        [box(TEXT, SEPARATOR, row(LINK), accent_color=0xFFFFFF)],
        [buttons(5), row(MENU), row(BUTTON | {"label": None, "emoji": {"name": "🔎"}})],
        [TEXT | {"content": "س" * 2000}, box(TEXT | {"content": "س" * 2000})],
    ],
)
def test_a_layout_at_a_limit_has_none(components: list[dict[str, Any]]) -> None:
    assert problems(*components) == []


@pytest.mark.parametrize(
    "body",
    [{"content": "س"}, {"nonce": "1" * 26}, {"allowed_mentions": {"parse": ["users"], "users": ["1"]}}],
)
def test_a_message_beyond_a_limit_has_a_problem(body: dict[str, Any]) -> None:
    assert problems(TEXT, **body)


def test_what_answers_an_interaction_has_limits_of_its_own() -> None:
    assert list(callback_problems({"type": 5, "data": {"flags": MessageFlag.COMPONENTS_V2}}))
    assert list(callback_problems({"type": 5, "data": {"flags": MessageFlag.EPHEMERAL}})) == []
    full = [{"name": "س" * 100, "value": "v" * 100}] * 25
    assert list(callback_problems({"type": 8, "data": {"choices": full}})) == []
    for choices in ([*full, {"name": "س", "value": "v"}], [{"name": "س" * 101, "value": "v"}], [{"name": " "}]):
        assert list(callback_problems({"type": 8, "data": {"choices": choices}}))


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
        command(description_localizations={"en-US": "a" * 101}),
        command(options=[option(name="B")]),
        command(options=[option(type=1, name="a", options=[option(name="B")])]),
        command(options=[option(), option()]),
        command(options=[option(name=f"o{n}") for n in range(26)]),
        command(options=[option(choices=[{"name": "س" * 101, "value": "v"}])]),
        command(options=[option(choices=[{"name": "س", "value": "v"}] * 26)]),
        command(options=[option(choices=[{"name": "س", "value": "v"}], autocomplete=True)]),
        command(options=[option(name=f"o{n}", choices=[{"name": "س" * 99, "value": "v" * 99}] * 2) for n in range(25)]),
        {"type": 3, "name": "بلّغ", "description": "س"},
        {"type": 3, "name": "س", "name_localizations": {"en-US": "a" * 33}},
    ],
)  # fmt: skip
def test_a_command_against_a_rule_has_a_problem(broken: dict[str, Any]) -> None:
    assert list(command_problems(broken))


def test_a_set_of_commands_has_limits_of_its_own() -> None:
    assert list(command_list_problems([command(options=[option(required=True)]), {"type": 3, "name": "ask"}])) == []
    assert list(command_list_problems([command(), command()]))
    assert list(command_list_problems([{"type": 3, "name": f"قائمة {n}"} for n in range(16)]))
