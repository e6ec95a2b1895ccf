"""Guilds that the bot comes into and leaves, who owns the application, and what stands where few see it."""

import discord

from tests.discord_server import DiscordServer, TeamMember
from tests.discord_server.small_client import SmallClient


async def test_the_bot_hears_of_guilds_that_it_joins_and_leaves(server: DiscordServer, client: SmallClient) -> None:
    guild = server.world.add_guild("مكتبة", with_bot=False, owner=server.world.user("ليلى"))
    await client.wait_until_ready()
    joined = client.next_event("guild_join")
    await server.invite_bot(guild)
    assert (await joined).id == guild.id
    role = client.get_guild(guild.id).self_role  # type: ignore[union-attr]
    assert role is not None
    assert role.tags is not None
    assert role.tags.bot_id == server.world.bot.id
    left = client.next_event("guild_remove")
    await server.remove_bot(guild)
    assert (await left).id == guild.id
    assert server.violations == []


async def test_an_application_belongs_to_a_person_or_a_team(server: DiscordServer, client: SmallClient) -> None:
    world = server.world
    assert (await client.application_info()).owner.id == world.owner.id
    world.team = [TeamMember(world.owner, "admin"), TeamMember(world.user("ليلى"), has_accepted=False)]
    team = (await client.application_info()).team
    assert team is not None
    assert team.owner_id == world.owner.id
    states = {member.id: member.membership_state for member in team.members}
    assert states == {
        world.owner.id: discord.TeamMembershipState.accepted,
        world.user("ليلى").id: discord.TeamMembershipState.invited,
    }
    assert server.violations == []


async def test_a_private_thread_is_heard_by_its_members_alone(server: DiscordServer, client: SmallClient) -> None:
    world = server.world
    without, within = (
        world.add_private_thread(world.channel("عام"), name, world.user("سارة"), *others)
        for name, others in (("بلا بوت", ()), ("مع بوت", (world.bot,)))
    )
    await client.wait_until_ready()
    message = client.next_event("message")
    for thread in (without, within):
        server.platform.announcer.thread_created(thread)
        await server.post_message(thread, "سارة", "<@bot> سؤال")
    place = (await message).channel
    assert place.id == within.id
    assert isinstance(place, discord.Thread)
    assert place.is_private()
    assert not world.permissions(within, world.user("ليلى"))
    assert server.violations == []


async def test_a_webhook_writes_under_a_name_of_its_own(server: DiscordServer, client: SmallClient) -> None:
    heard = client.next_event("message")
    await server.post_message("عام", server.world.add_webhook("خبر"), "<@bot> سؤال")
    message = await heard
    assert message.webhook_id == message.author.id
    assert message.author.bot
    assert server.violations == []


async def test_a_ping_of_the_bots_role_shows_no_words(server: DiscordServer, client: SmallClient) -> None:
    guild = next(iter(server.world.guilds.values()))
    role = server.world.role("إسناد", guild)
    role.mentionable = True
    await client.wait_until_ready()
    heard = client.next_event("message")
    await server.post_message("عام", "سارة", f"{role.mention} سؤال")
    message = await heard
    assert [mentioned.id for mentioned in message.role_mentions] == [role.id]
    assert not message.content
    assert server.violations == []
