"""Somebody installs the application for themselves and uses it where its bot is not."""

import discord
import pytest
from discord import app_commands

from tests.discord_server import Channel, CommandUnavailable, DiscordServer
from tests.discord_server.small_client import OnInteraction, SmallClient

GUILD_ONLY = app_commands.AppInstallationType(guild=True, user=False)
BOTH = app_commands.AppInstallationType(guild=True, user=True)
EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
IN_GUILDS = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
SHAPING = discord.Permissions(attach_files=True, embed_links=True, mention_everyone=True)


async def offer(
    client: SmallClient,
    answer: OnInteraction,
    installs: app_commands.AppInstallationType = BOTH,
    contexts: app_commands.AppCommandContext = EVERYWHERE,
) -> list[discord.Interaction]:
    """Register the command «ابحث», and return the list of the interactions that will come."""
    heard: list[discord.Interaction] = []

    async def search(interaction: discord.Interaction) -> None:
        heard.append(interaction)
        await client._guarded(answer(interaction))

    command: app_commands.Command[app_commands.Group, [], None] = app_commands.Command(
        name="ابحث", description="ابحث", callback=search, allowed_installs=installs, allowed_contexts=contexts
    )
    client.tree.add_command(command)
    await client.tree.sync()
    return heard


async def say_yes(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("نعم")


def places(server: DiscordServer) -> dict[str, Channel]:
    return {
        "guild": server.world.channel("عام"),
        "foreign": server.world.channel("ساحة"),
        "bot": server.direct_channel("سارة"),
        "private": server.private_channel("سارة", "ناصر"),
        "group": server.private_channel("سارة", "ناصر", "ليلى"),
    }


@pytest.mark.parametrize(
    ("where", "context", "held"),
    [
        ("guild", "guild", None),
        ("foreign", "guild", discord.Permissions(attach_files=True, embed_links=True, use_external_emojis=True)),
        ("bot", "dm_channel", SHAPING | discord.Permissions(use_external_emojis=True)),
        ("private", "private_channel", SHAPING),
        ("group", "private_channel", SHAPING),
    ],
)
async def test_the_interaction_says_by_whose_installation_it_comes_and_what_it_may(
    server: DiscordServer, client: SmallClient, where: str, context: str, held: discord.Permissions | None
) -> None:
    heard = await offer(client, say_yes)
    await server.install("سارة")
    place = places(server)[where]
    interaction = await server.run_command("ابحث", author="سارة", channel=place)
    assert (await server.wait_for_reply(interaction)).content == "نعم"
    sara, guild = server.world.user("سارة").id, server.world.guild_of(server.world.channel("عام"))
    assert guild is not None
    in_guild = {"guild": str(guild.id), "bot": "0"}.get(where)
    assert interaction.owners == {"1": str(sara)} | ({"0": in_guild} if in_guild else {})
    assert heard[0].is_user_integration()
    assert heard[0].is_guild_integration() is (where == "guild")
    assert getattr(heard[0].context, context)
    assert heard[0].user.id == sara
    assert (heard[0].guild_id is None) is (place.guild_id is None)
    assert held is None or heard[0].app_permissions == held
    assert server.violations == []


async def test_a_command_is_only_where_it_is_installed(server: DiscordServer, client: SmallClient) -> None:
    await offer(client, say_yes)
    place = places(server)
    for where in ("foreign", "private", "group"):
        with pytest.raises(CommandUnavailable, match="neither here nor by سارة"):
            await server.run_command("ابحث", author="سارة", channel=place[where])
    await server.install("سارة")
    with pytest.raises(CommandUnavailable, match="neither here nor by ناصر"):
        await server.run_command("ابحث", author="ناصر", channel=place["private"])
    with pytest.raises(CommandUnavailable, match="neither here nor by سارة"):
        await server.run_command("اسأل", {"سؤال": "متى؟"}, author="سارة", channel=place["foreign"])
    with pytest.raises(CommandUnavailable, match="may not use"):
        await server.run_command("ابحث", author="سارة", channel=server.private_channel("ناصر", "ليلى"))


@pytest.mark.parametrize(("installs", "contexts"), [(GUILD_ONLY, EVERYWHERE), (BOTH, IN_GUILDS)])
async def test_a_command_says_itself_where_it_goes(
    server: DiscordServer,
    client: SmallClient,
    installs: app_commands.AppInstallationType,
    contexts: app_commands.AppCommandContext,
) -> None:
    await offer(client, say_yes, installs, contexts)
    await server.install("سارة")
    with pytest.raises(CommandUnavailable):
        await server.run_command("ابحث", author="سارة", channel=places(server)["private"])


async def test_a_foreign_place_takes_five_follow_ups(server: DiscordServer, client: SmallClient) -> None:
    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("0")
        for number in range(1, 7):
            await interaction.followup.send(str(number))

    await offer(client, answer)
    await server.install("سارة")
    await server.run_command("ابحث", author="سارة", channel="ساحة")
    await server.until(lambda: server.requests[-1].code == 40094, what="the refusal")
    assert [seen.content for seen in server.messages("ساحة")] == ["0", "1", "2", "3", "4", "5"]
    at_home = await server.run_command("ابحث", author="سارة", channel="عام")
    assert (await server.wait_for_reply(at_home, index=6)).content == "6"
    assert [violation.kind for violation in server.violations] == ["limit"]
