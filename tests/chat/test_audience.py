from unittest.mock import Mock

import discord
import pytest

from bot.chat.audience import public_server

HOME = 5
CLOSED, SEEN = discord.Permissions.none(), discord.Permissions(view_channel=True)
HEARD = discord.Permissions(view_channel=True, connect=True)


def place(kind: type, everyone: discord.Permissions, *, is_known: bool = True) -> Mock:
    """Make a channel of a server in which everybody has these permissions."""
    role = object()
    made = Mock(spec=kind, guild=Mock(id=HOME))
    made.guild.get_role.side_effect = lambda identity: role if is_known and identity == HOME else None
    made.permissions_for.side_effect = lambda who: everyone if who is role else HEARD
    return made


@pytest.mark.parametrize(
    ("channel", "server"),
    [
        (place(discord.TextChannel, SEEN), HOME),
        (place(discord.TextChannel, CLOSED), None),
        (place(discord.TextChannel, SEEN, is_known=False), None),
        (place(discord.VoiceChannel, HEARD), HOME),
        (place(discord.VoiceChannel, SEEN), None),
        (place(discord.StageChannel, SEEN), None),
        (place(discord.Thread, SEEN), None),
        (Mock(spec=discord.DMChannel), None),
        (Mock(spec=discord.GroupChannel), None),
        (Mock(spec=discord.PartialMessageable), None),
        (None, None),
    ],
)
def test_public_is_what_everybody_in_a_server_is_known_to_see(channel: object, server: int | None) -> None:
    assert public_server(channel) == server


def test_a_thread_is_as_public_as_its_channel_unless_it_is_private() -> None:
    for is_private, parent, everyone, server in (
        (False, object(), SEEN, HOME),
        (False, object(), CLOSED, None),
        (True, object(), SEEN, None),
        (False, None, SEEN, None),
    ):
        thread = place(discord.Thread, everyone)
        thread.is_private.return_value, thread.parent = is_private, parent
        assert public_server(thread) == server
