"""The terminal of the played Discord says what came of a line, also where nothing did, in its own language."""

import asyncio
import string
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import discord
import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.small_client import SmallClient
from tests.discord_server.terminal import Terminal
from tests.discord_server.terminal_texts import TEXTS

ENGLISH = TEXTS["en"]


@asynccontextmanager
async def typing(server: DiscordServer, written: list[str]) -> AsyncIterator[Terminal]:
    terminal = Terminal(server, written.append, "en")
    printing = asyncio.create_task(terminal.follow())
    yield terminal
    printing.cancel()


async def take(terminal: Terminal, lines: Sequence[str]) -> None:
    for line in lines:
        await terminal.take(line)
        await asyncio.sleep(0)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_language_has_each_text() -> None:
    assert TEXTS["ar"].keys() == TEXTS["en"].keys()
    for key, text in TEXTS["ar"].items():
        assert placeholders(text) == placeholders(ENGLISH[key]), key


@pytest.mark.parametrize("language", TEXTS)
async def test_its_help_names_every_action(server: DiscordServer, language: str) -> None:
    written: list[str] = []
    terminal = Terminal(server, written.append, language)
    await terminal.take(":help")
    assert all(f":{word}" in written[0] for word in terminal._actions)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([":foo"], "! there is no :foo; :help lists what there is"),
        ([":violations"], "none"),
        ([":say كلام", ":delete"], "deleted"),
        ([":press"], "! the number of a button, as in :press 1"),
        ([":press 0"], "! the number of a button, as in :press 1"),
        ([":fill link=https://host.example"], "! no form is open"),
    ],
)
async def test_it_says_what_came_of_a_line(server: DiscordServer, lines: list[str], shown: str) -> None:
    written: list[str] = []
    async with typing(server, written) as terminal:
        await take(terminal, lines)
    assert written[-1] == shown


async def test_a_private_card_does_not_hide_the_buttons_before_it(server: DiscordServer, client: SmallClient) -> None:
    view = discord.ui.View()
    for label in ("السياق", "المزيد"):
        view.add_item(discord.ui.Button(label=label, custom_id=label))
    client.answers_message = lambda message: message.reply("جواب", view=view)
    client.answers_interaction = lambda interaction: interaction.response.send_message(
        f"ضُغط: {interaction.data}", ephemeral=True
    )
    written: list[str] = []
    async with typing(server, written) as terminal:
        await take(terminal, ["متى بدأ الحصار؟", ":wait", ":press 1", ":wait", ":press 2", ":wait", ":press 3"])
    assert "button 2 of an earlier card, for the last one has 0: المزيد" in written
    pressed = [text for text in written if "ضُغط" in text]
    assert [label in text for label, text in zip(("السياق", "المزيد"), pressed, strict=True)] == [True, True]
    assert all("only the asker sees it" in text for text in pressed)
    assert written[-1] == "! that card has 0 buttons, and no card before it has a button 3"


class Addition(discord.ui.Modal, title="أضف مقالة"):
    """Ask for a title and a text."""

    heading: discord.ui.TextInput["Addition"] = discord.ui.TextInput(label="العنوان", custom_id="title", default="بلا")
    body: discord.ui.TextInput["Addition"] = discord.ui.TextInput(label="النصّ", custom_id="text", required=False)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.heading.value}: {self.body.value}")


async def test_a_form_is_shown_and_filled_in(server: DiscordServer, client: SmallClient) -> None:
    @client.tree.command(name="أضف", description="مقالة")
    @discord.app_commands.default_permissions(manage_guild=True)
    async def add(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Addition())

    await client.tree.sync()
    written: list[str] = []
    async with typing(server, written) as terminal:
        await take(terminal, ["/أضف"])
        assert written == ["! سارة does not see 'أضف'", "Only moderators see it: `:as المالك` `:as ناصر`"]
        await take(terminal, [":as ناصر", "/أضف", ":wait"])
        fields = ["  title=بلا  — العنوان (required)", "  text=  — النصّ"]
        fill = "Fill it in: :fill title=… text=… (for a new line write \\n)"
        assert written[-1].splitlines() == ["A form: أضف مقالة", *fields, fill]
        await take(terminal, [":fill نصّ", ":fill text=أول.\\nثان.", ":wait"])
    assert "! which field? title= text=" in written
    assert "بلا: أول.\nثان." in written[-1]
    assert server.violations == []
