"""Build the world that a server holds when a test brings none of its own."""

from tests.discord_server.entities import ChannelKind
from tests.discord_server.permissions import Permission
from tests.discord_server.world import World


def default_world() -> World:
    """Return the guilds with the channels, roles and members that the package's docstring names."""
    world = World()
    guild = world.add_guild("إسناد")
    # The bot may ping everybody here: a careless reply then shows up as a ping instead of being stopped.
    world.role("إسناد", guild).permissions |= Permission.MENTION_EVERYONE
    moderators = world.add_role(guild, "مشرفون", Permission.MANAGE_GUILD)
    researchers = world.add_role(guild, "باحثون")
    world.add_member(guild, world.add_user("sara", "سارة"))
    world.add_member(guild, world.add_user("nasser", "ناصر"), moderators)
    world.add_member(guild, world.add_user("layla", "ليلى"), researchers)
    general = world.add_channel(guild, "عام")
    moderation = world.add_channel(guild, "الإشراف")
    world.overwrite(moderation, guild.roles[guild.id]).deny |= Permission.VIEW_CHANNEL
    for role in (moderators, world.role("إسناد", guild)):
        world.overwrite(moderation, role).allow |= Permission.VIEW_CHANNEL
    forum = world.add_channel(guild, "أسئلة", ChannelKind.FORUM)
    world.add_thread(general, "سلسلة", world.user("sara"))
    world.add_thread(forum, "منشور", world.user("sara"))
    neighbours = world.add_guild("جوار", with_bot=False)
    world.add_member(neighbours, world.user("sara"))
    world.add_channel(neighbours, "ساحة")
    return world
