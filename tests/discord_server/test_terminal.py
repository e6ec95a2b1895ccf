"""The terminal of the played Discord: what somebody types is done, and what came of it is said in their language."""

import asyncio
import string
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord
import pytest
from discord import app_commands

from tests.discord_server import DiscordServer
from tests.discord_server.small_client import SmallClient
from tests.discord_server.terminal import Terminal
from tests.discord_server.terminal_texts import TEXTS


@asynccontextmanager
async def following(server: DiscordServer, write: Callable[[str], None], language: str) -> AsyncIterator[Terminal]:
    terminal = Terminal(server, write, language)
    printing = asyncio.create_task(terminal.follow())
    yield terminal
    printing.cancel()


async def typed(server: DiscordServer, *lines: str, language: str = "en") -> list[str]:
    """Type lines, and return what was written."""
    written = list[str]()
    async with following(server, written.append, language) as terminal:
        for line in lines:
            await terminal.take(line)
            await asyncio.sleep(0)
    return written


def buttons(*labels: str) -> discord.ui.LayoutView:
    row: discord.ui.ActionRow[discord.ui.LayoutView] = discord.ui.ActionRow()
    for label in labels:
        row.add_item(discord.ui.Button(emoji="🔎", label=label, custom_id=label))
    view = discord.ui.LayoutView()
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("جواب"), discord.ui.TextDisplay("وبقيته"), row))
    return view


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_language_has_each_text() -> None:
    assert TEXTS["ar"].keys() == TEXTS["en"].keys()
    for key, text in TEXTS["ar"].items():
        assert placeholders(text) == placeholders(TEXTS["en"][key]), key


@pytest.mark.parametrize("language", TEXTS)
async def test_its_help_names_every_action(server: DiscordServer, language: str) -> None:
    [shown] = await typed(server, ":help", language=language)
    words = [name.removeprefix("_do_") for name in vars(Terminal) if name.startswith("_do_")]
    assert "press" in words
    assert all(f":{word}" in shown for word in words)


async def test_somebody_asks_presses_and_speaks_as_another(server: DiscordServer, client: SmallClient) -> None:
    client.answers_message = lambda message: message.reply(view=buttons("السياق", "المزيد"))
    client.answers_interaction = lambda interaction: interaction.response.send_message(
        f"خاص: {interaction.user.display_name} {interaction.extras.get('question') or interaction.data}", ephemeral=True
    )
    asked = (
        ":reply ومتى؟",
        "متى بدأ الحصار؟",
        ":wait",
        ":reply ومتى؟",
        ":wait",
        ":press 1",
        ":wait",
        ":press 2",
        ":wait",
    )
    written = await typed(server, *asked, ":press 3", ":as ليلى", "/اسأل متى بدأ", ":wait", ":in لا")
    assert [message.content for message in client.heard][1:] == ["ومتى؟"]
    shown = "\n".join(written)
    assert "جواب\nوبقيته\n[1] 🔎 السياق (:press 1)\n[2] 🔎 المزيد (:press 2)" in shown
    assert "button 2 of an earlier card, for the last one has 0: المزيد" in written
    pressed = [text for text in written if "خاص: سارة" in text]
    assert [label in text for label, text in zip(("السياق", "المزيد"), pressed, strict=True)] == [True, True]
    assert all("only the asker sees it" in text for text in pressed)
    for part in ("خاص: ليلى متى بدأ", "! 0 things", "! no answer yet", "! that card has 0 buttons, and no card before"):
        assert part in shown
    assert server.violations == []


@pytest.fixture
async def commands(client: SmallClient) -> None:
    """Register a command that completes, and a menu."""

    async def judge(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"قيل: {message.content}")

    @client.tree.command(name="تغطية", description="المواد")
    @app_commands.rename(title="مادة")
    async def coverage(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    @coverage.autocomplete("title")
    async def titles(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        found = [title for title in ("حصار المدينة", "هدنة الشتاء") if current in title]
        return [app_commands.Choice(name=title, value=title) for title in found]

    client.tree.add_command(app_commands.ContextMenu(name="هل قيل هذا؟", callback=judge))
    await client.tree.sync()


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([":foo"], "! there is no :foo; :help lists what there is"),
        ([":violations"], "none"),
        ([":say كلام", ":delete"], "deleted"),
        ([":press 0"], "! the number of a button, as in :press 1"),
        ([":fill link=https://host.example"], "! no form is open"),
        ([":complete مادة=حصار"], "· حصار المدينة"),
        ([":complete /تغطية مادة=هدنة"], "· هدنة الشتاء"),
        ([":complete مادة=لا"], "nothing is proposed"),
        ([":complete سؤال=متى"], "! no command completes 'سؤال'"),
        ([":complete"], "! what is being typed? option=text"),
        ([":say الهدنة مددت", ":menu 1", ":wait"], "قيل: الهدنة مددت"),
        ([":say الهدنة مددت", ":menu هل قيل هذا؟", ":wait"], "قيل: الهدنة مددت"),
        ([":menu 7"], "! menus: 1 هل قيل هذا؟"),
        ([":menu 1"], "! nobody has written here yet"),
        ([":edit متى؟"], "! سارة has written nothing here"),
        ([":commands"], ":menu هل قيل هذا؟  — "),
    ],
)
async def test_it_says_what_came_of_a_line(server: DiscordServer, lines: list[str], shown: str) -> None:
    assert shown in "\n".join(await typed(server, *lines))
    assert server.violations == []


async def test_it_changes_what_was_written(server: DiscordServer) -> None:
    await typed(server, "متى بدأ؟", ":edit متى بدأ الحصار؟", ":say كلام", ":edit كلام آخر")
    question, talk = (seen.content for seen in server.messages("عام"))
    assert question == f"{server.world.bot.mention} متى بدأ الحصار؟"
    assert talk == "كلام آخر"
    await typed(server, ":as ليلى", ":say كلام ليلى", ":as سارة", ":delete")
    assert [seen.content for seen in server.messages("عام")][1:] == ["كلام ليلى"]


class Addition(discord.ui.Modal, title="أضف مقالة"):
    """Ask for a title and a text."""

    heading: discord.ui.TextInput["Addition"] = discord.ui.TextInput(label="العنوان", custom_id="title", default="بلا")
    body: discord.ui.TextInput["Addition"] = discord.ui.TextInput(label="النصّ", custom_id="text", required=False)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"{self.heading.value}: {self.body.value}")


async def test_a_form_is_shown_and_filled_in(server: DiscordServer, client: SmallClient) -> None:
    @client.tree.command(name="أضف", description="مقالة")
    @app_commands.default_permissions(manage_guild=True)
    async def add(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Addition())

    await client.tree.sync()
    fill = (":fill نصّ", ":fill text=أول.\\nثان.", ":wait")
    hidden, moderators, form, *_, wrong, _, last = await typed(server, "/أضف", ":as ناصر", "/أضف", ":wait", *fill)
    assert (hidden, moderators) == ("! سارة does not see 'أضف'", "Only moderators see it: `:as المالك` `:as ناصر`")
    fields = ["  title=بلا  — العنوان (required)", "  text=  — النصّ"]
    filling = "Fill it in: :fill title=… text=… (for a new line write \\n)"
    assert form.splitlines() == ["A form: أضف مقالة", *fields, filling]
    assert wrong == "! which field? title= text="
    assert "بلا: أول.\nثان." in last
    assert server.violations == []
