"""Menus are found by any of their names, and choices come while somebody types."""

from collections.abc import Callable, Coroutine
from typing import Any

import discord
import pytest
from discord import app_commands

from tests.discord_server import CommandUnavailable, DiscordServer
from tests.discord_server.limits.callbacks import callback_problems
from tests.discord_server.small_client import SmallClient

Choices = list[app_commands.Choice[str]]
Offer = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, Choices]]


async def titles(_: discord.Interaction, current: str) -> Choices:
    return [app_commands.Choice(name=f"{current}: {n}", value=str(n)) for n in range(25)]


async def register(client: SmallClient, offer: Offer = titles) -> None:
    """Register a command that completes its second option."""

    @client.tree.command(name="تغطية", description="المواد")
    @app_commands.rename(outlet="صحيفة", title="مادة", pages="صفحات")
    async def coverage(interaction: discord.Interaction, outlet: str, title: str, pages: int = 1) -> None:
        await interaction.response.send_message(f"{outlet} {title} {pages}")

    coverage.autocomplete("title")(offer)
    await client.tree.sync()


async def test_choices_follow_what_is_typed(server: DiscordServer, client: SmallClient) -> None:
    heard: list[discord.Interaction] = []

    async def offer(interaction: discord.Interaction, current: str) -> Choices:
        heard.append(interaction)
        return await titles(interaction, f"{interaction.namespace['صحيفة']} {current}")

    await register(client, offer)
    given = {"صحيفة": "الوطن", "مادة": "حصار"}
    choices = await server.autocomplete("تغطية", given, "مادة", author="سارة", channel="عام", locale="fr")
    assert (len(choices), choices[0]) == (25, {"name": "الوطن حصار: 0", "value": "0"})
    assert heard[0].locale is discord.Locale.french
    data: Any = heard[0].data
    assert data["options"] == [
        {"type": 3, "name": "صحيفة", "value": "الوطن"},
        {"type": 3, "name": "مادة", "value": "حصار", "focused": True},
    ]
    assert server.violations == []


async def test_choices_come_before_anything_is_typed(server: DiscordServer, client: SmallClient) -> None:
    await register(client)
    choices = await server.autocomplete("تغطية", {}, "مادة", author="سارة", channel="عام")
    assert choices[1] == {"name": ": 1", "value": "1"}


@pytest.mark.parametrize("focused", ["صحيفة", "صفحات", "لا شيء"])
async def test_other_options_complete_nothing(server: DiscordServer, client: SmallClient, focused: str) -> None:
    await register(client)
    with pytest.raises(CommandUnavailable):
        await server.autocomplete("تغطية", {focused: "س"}, focused, author="سارة", channel="عام")


async def test_late_choices_are_refused(
    server: DiscordServer, client: SmallClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def offer(interaction: discord.Interaction, current: str) -> Choices:
        server.clock.advance(seconds=3.5)
        return await titles(interaction, current)

    monkeypatch.setattr("tests.discord_server.calling._AUTOCOMPLETE_TIMEOUT", 0.2)
    await register(client, offer)
    with pytest.raises(TimeoutError, match="choices for 'مادة'"):
        await server.autocomplete("تغطية", {"مادة": "س"}, "مادة", author="سارة", channel="عام")
    assert server.requests[-1].code == 10062


@pytest.mark.parametrize(
    "choice", [{"name": "س" * 101, "value": "v"}, {"name": " ", "value": "v"}, {"name": "س", "value": "v" * 101}]
)
def test_a_choice_beyond_a_limit_has_a_problem(choice: dict[str, str]) -> None:
    assert list(callback_problems({"type": 8, "data": {"choices": [choice]}}))


def test_twenty_five_choices_are_enough() -> None:
    full = [{"name": "س" * 100, "value": "v" * 100}] * 25
    assert list(callback_problems({"type": 8, "data": {"choices": full}})) == []
    assert list(callback_problems({"type": 8, "data": {"choices": [*full, {"name": "س", "value": "v"}]}}))


@pytest.mark.parametrize("name", ["ابحث عنها", "Look it up", "Chercher"])
async def test_a_menu_is_found_by_any_name(server: DiscordServer, client: SmallClient, name: str) -> None:
    async def judge(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(message.content)

    client.tree.add_command(app_commands.ContextMenu(name="ابحث عنها", callback=judge))
    assert client.application_id is not None
    names = {"en-US": "Look it up", "fr": "Chercher"}
    menu = {"type": 3, "name": "ابحث عنها", "name_localizations": names}
    await client.http.upsert_global_command(client.application_id, menu)  # type: ignore[arg-type]
    said = await server.post_message("عام", "ليلى", "قيل إن الهدنة مددت.")
    asked = await server.run_context_menu(name, said, author="سارة", channel="عام")
    assert (await server.wait_for_reply(asked)).content == "قيل إن الهدنة مددت."
    assert asked.data["name"] == "ابحث عنها"
    await server.delete_message(said)
    with pytest.raises(CommandUnavailable, match="gone"):
        await server.run_context_menu(name, said, author="سارة", channel="عام")
    assert server.violations == []
