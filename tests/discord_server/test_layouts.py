"""Messages of components v2: what they may hold, and how they are sent, edited and pressed."""

import io
from typing import Any

import discord
import pytest

from tests.discord_server import DiscordServer, Permission
from tests.discord_server.limits.callbacks import callback_problems
from tests.discord_server.limits.messages import message_problems
from tests.discord_server.message import MessageFlag
from tests.discord_server.small_client import SmallClient

ASK = {"سؤال": "متى بدأ الحصار؟"}


def layout(*texts: str) -> discord.ui.LayoutView:
    """Return a box of texts, a section with a button, and a row below them."""
    view = discord.ui.LayoutView(timeout=None)
    more: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(emoji="🔎", custom_id="more")
    source: discord.ui.Button[discord.ui.LayoutView] = discord.ui.Button(label="المصدر", url="https://example.org/a")
    box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        *map(discord.ui.TextDisplay, texts), discord.ui.Separator(), discord.ui.Section("اقتباس", accessory=more)
    )
    view.add_item(box)
    view.add_item(discord.ui.ActionRow(source))
    return view


def general(server: DiscordServer, client: SmallClient) -> discord.PartialMessageable:
    return client.get_partial_messageable(server.world.channel("عام").id)


async def test_a_layout_shows_its_texts_and_buttons(server: DiscordServer, client: SmallClient) -> None:
    await server.deny("عام", Permission.EMBED_LINKS)
    await general(server, client).send(view=layout("أول", "ثان"))
    (seen,) = server.messages("عام")
    assert seen.text == "أول\nثان\nاقتباس"
    assert [(button.label, button.emoji, button.custom_id, button.url) for button in seen.buttons] == [
        ("", "🔎", "more", None),
        ("المصدر", None, None, "https://example.org/a"),
    ]
    assert server.violations == []


async def test_a_layout_pings_by_its_texts(server: DiscordServer, client: SmallClient) -> None:
    sara = server.world.user("سارة")
    message = await general(server, client).send(view=layout(sara.mention))
    assert server.messages("عام")[0].pinged.users == ("سارة",)
    edited = await message.edit(view=layout("بلا ذكر"))
    assert edited.mentions == []
    assert server.violations == []


async def test_a_message_becomes_a_layout_and_stays_one(server: DiscordServer, client: SmallClient) -> None:
    message = await general(server, client).send("نص", embed=discord.Embed(title="عنوان"))
    partly_emptied: list[dict[str, Any]] = [{"content": None}, {"embeds": []}]
    for emptied in partly_emptied:
        with pytest.raises(discord.HTTPException, match=r"cannot be used when using MessageFlags\.IS_COMPONENTS_V2"):
            await message.edit(view=layout("أول"), **emptied)
    changed = await message.edit(content=None, embeds=[], view=layout("أول"))
    assert changed.flags.components_v2
    assert server.messages("عام")[0].text == "أول\nاقتباس"
    with pytest.raises(discord.HTTPException) as legacy:
        await changed.edit(content="نص")
    assert legacy.value.code == 50035
    again = await changed.edit(view=layout("ثان"))
    assert again.flags.components_v2
    await client.http.edit_message(
        message.channel.id,
        message.id,
        params=discord.http.MultipartParameters(
            payload={"flags": 0, "components": [{"type": 10, "content": "ثالث"}]}, multipart=None, files=None
        ),
    )
    assert [(seen.text, bool(seen.message.flags & MessageFlag.COMPONENTS_V2)) for seen in server.messages("عام")] == [
        ("ثالث", True)
    ]
    assert [violation.kind for violation in server.violations] == ["limit"] * 3


async def test_a_deferral_is_edited_into_a_layout(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(view=layout("أول"))

    client.answers_interaction = answer
    reply = await server.wait_for_reply(await server.run_command("اسأل", ASK, author="سارة", channel="عام"))
    assert reply.text == "أول\nاقتباس"
    assert server.violations == []


def test_a_deferral_takes_no_layout() -> None:
    assert list(callback_problems({"type": 5, "data": {"flags": MessageFlag.COMPONENTS_V2}}))
    assert list(callback_problems({"type": 5, "data": {"flags": MessageFlag.EPHEMERAL}})) == []


async def test_a_press_brings_the_whole_layout(server: DiscordServer, client: SmallClient) -> None:
    pressed: list[discord.Message] = []

    async def answer(interaction: discord.Interaction) -> None:
        assert interaction.message is not None
        pressed.append(interaction.message)
        await interaction.response.edit_message(view=layout("ثان"))

    message = await general(server, client).send(view=layout("أول"))
    client.answers_interaction = answer
    (before,) = server.messages("عام")
    await server.press_button(before, "🔎", "سارة")
    assert (await server.wait_for_edit(before)).text == "ثان\nاقتباس"
    assert pressed[0].id == message.id
    assert pressed[0].flags.components_v2
    shown = discord.ui.LayoutView.from_message(pressed[0])
    assert [item.content for item in shown.walk_children() if isinstance(item, discord.ui.TextDisplay)] == [
        "أول",
        "اقتباس",
    ]
    assert server.violations == []


TEXT = {"type": 10, "content": "س"}
SEPARATOR = {"type": 14, "spacing": 2}
BUTTON = {"type": 2, "style": 1, "label": "زر", "custom_id": "id"}
LINK = {"type": 2, "style": 5, "label": "زر", "url": "https://example.org/"}
PICTURE = {"media": {"url": "https://example.org/a.png"}}


def section(*texts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": 9, "components": list(texts), "accessory": BUTTON} | changes


def box(*children: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"type": 17, "components": list(children)} | changes


def row(*children: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(children)}


def problems(*components: dict[str, Any]) -> list[str]:
    return [problem.code for problem in message_problems({"flags": 1 << 15, "components": list(components)})]


@pytest.mark.parametrize(
    ("components", "code"),
    [
        ([TEXT] * 41, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ([box(*[SEPARATOR] * 38, section(TEXT))], "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"),
        ([TEXT | {"content": "س" * 4001}], "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"),
        (
            [TEXT | {"content": "س" * 2000}, box(TEXT | {"content": "س" * 2001})],
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
        ),
        ([TEXT | {"content": " "}], "BASE_TYPE_REQUIRED"),
        ([section()], "BASE_TYPE_BAD_LENGTH"),
        ([section(*[TEXT] * 4)], "BASE_TYPE_BAD_LENGTH"),
        ([section(TEXT, accessory=None)], "BASE_TYPE_REQUIRED"),
        ([section(TEXT, accessory=TEXT)], "UNION_TYPE_CHOICES"),
        ([section(SEPARATOR)], "UNION_TYPE_CHOICES"),
        ([box()], "BASE_TYPE_BAD_LENGTH"),
        ([box(box(TEXT))], "UNION_TYPE_CHOICES"),
        ([box(BUTTON)], "UNION_TYPE_CHOICES"),
        ([box(TEXT, accent_color=1 << 24)], "NUMBER_TYPE_MAX"),
        ([BUTTON], "UNION_TYPE_CHOICES"),
        ([row(TEXT)], "UNION_TYPE_CHOICES"),
        ([row(*[BUTTON | {"custom_id": str(n)} for n in range(6)])], "BASE_TYPE_BAD_LENGTH"),
        ([SEPARATOR | {"spacing": 3}], "BASE_TYPE_CHOICES"),
        ([section(TEXT), row(BUTTON)], "COMPONENT_CUSTOM_ID_DUPLICATED"),
        ([TEXT | {"id": 7}, box(TEXT | {"id": 7})], "COMPONENT_ID_DUPLICATED"),
        ([row(LINK | {"url": "https://example.org/" + "a" * 500})], "BASE_TYPE_MAX_LENGTH"),
        ([row(LINK | {"custom_id": "id"})], "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        ([row(BUTTON | {"url": "https://example.org/"})], "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        ([row({"type": 2, "style": 6})], "BASE_TYPE_REQUIRED"),
        ([row({"type": 2, "style": 6, "sku_id": "1", "label": "زر"})], "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
        ([row(BUTTON | {"style": 7})], "BASE_TYPE_CHOICES"),
        ([row(BUTTON | {"emoji": {"name": "ق"}})], "BUTTON_COMPONENT_INVALID_EMOJI"),
        ([{"type": 12, "items": []}], "BASE_TYPE_BAD_LENGTH"),
        ([{"type": 12, "items": [PICTURE | {"description": "س" * 1025}]}], "BASE_TYPE_MAX_LENGTH"),
        ([{"type": 13, "file": {"url": "https://example.org/a"}}], "URL_TYPE_INVALID_SCHEME"),
    ],
)
def test_a_layout_beyond_a_limit_has_a_problem(components: list[dict[str, Any]], code: str) -> None:
    assert code in problems(*components)


@pytest.mark.parametrize(
    "components",
    [
        [box(*[SEPARATOR] * 36, section(TEXT)), ],
        [box(section(*[TEXT] * 3), SEPARATOR, row(LINK), accent_color=0xFFFFFF)],
        [section(TEXT, accessory={"type": 11, **PICTURE}), {"type": 12, "items": [PICTURE] * 10}],
        [row(*[BUTTON | {"custom_id": str(n), "label": "س" * 80, "emoji": {"name": "🔎"}} for n in range(5)])],
        [row({"type": 2, "style": 6, "sku_id": "1"})],
        [TEXT | {"content": "س" * 2000}, box(TEXT | {"content": "س" * 2000})],
    ],
)  # fmt: skip
def test_a_layout_at_a_limit_has_none(components: list[dict[str, Any]]) -> None:
    assert problems(*components) == []


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
