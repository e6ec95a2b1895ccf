import logging
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import Mock

import discord
import pytest

from bot.chat.permissions import HomeServers, find_public_guild, may_moderate, owners_of
from bot.settings import DiscordSettings

HOME = 5
CLOSED, SEEN = discord.Permissions.none(), discord.Permissions(view_channel=True)
HEARD = discord.Permissions(view_channel=True, connect=True)

A, B, C = 1, 2, 3
ACCEPTED, INVITED = discord.TeamMembershipState.accepted, discord.TeamMembershipState.invited


class Member:
    """A member with permissions in all of a server, and roles."""

    def __init__(self, roles: list[int], **permissions: bool) -> None:
        self.guild_permissions = discord.Permissions(**permissions)
        self._roles = roles

    def get_role(self, identity: int) -> object | None:
        return object() if identity in self._roles else None


@pytest.mark.parametrize(
    ("member", "moderates"),
    [
        (Member([], manage_guild=True), True),
        (Member([], administrator=True), True),
        (Member([5]), True),
        (Member([6]), False),
        (Member([], manage_messages=True, send_messages=True), False),
    ],
)
def test_who_moderates(member: Member, moderates: bool) -> None:
    assert may_moderate(cast("discord.Member", member), moderator_roles=(5,)) is moderates


def test_without_moderator_roles_no_role_opens_the_door() -> None:
    assert not may_moderate(cast("discord.Member", Member([5])), moderator_roles=())


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
    assert find_public_guild(channel) == server


def test_a_thread_is_as_public_as_its_channel_unless_it_is_private() -> None:
    for is_private, parent, everyone, server in (
        (False, object(), SEEN, HOME),
        (False, object(), CLOSED, None),
        (True, object(), SEEN, None),
        (False, None, SEEN, None),
    ):
        thread = place(discord.Thread, everyone)
        thread.is_private.return_value, thread.parent = is_private, parent
        assert find_public_guild(thread) == server


def homes(*named: int, **settings: Any) -> HomeServers:
    return HomeServers(DiscordSettings(home_guild_ids=named, **settings))


@pytest.mark.parametrize(
    ("named", "stays", "home"),
    [
        ((), [{A}], {A}),
        ((), [set()], None),
        ((), [{A, B}], None),
        ((), [set(), {A}], {A}),
        ((), [{A}, {A, B}], None),
        ((), [{A}, {A, B}, {A}], {A}),
        ((), [{A}, {A, B}, {B}], None),
        ((), [{A}, set(), {B}], None),
        ((), [{A, B}, {B}], {B}),
        ((A,), [{A, B}], {A}),
        ((A,), [{B}], {A}),
        ((A, B), [{A, B, C}], {A, B}),
    ],
)
def test_home_is_what_is_named_or_the_only_server_there_ever_was(
    named: tuple[int, ...], stays: list[set[int]], home: set[int] | None
) -> None:
    servers = homes(*named)
    for present in stays:
        servers.update(present)
    assert servers.ids == home
    assert [servers.is_home(server) for server in (A, B, C, None)] == [
        server in (home or ()) for server in (A, B, C, 0)
    ]


def test_before_it_is_known_where_the_bot_is_nothing_is_home() -> None:
    assert homes().ids is None
    assert homes(A).is_home(A)


def test_with_shards_no_process_sees_whether_a_server_is_the_only_one() -> None:
    servers = homes(shard_count=2)
    servers.update({A})
    assert servers.ids is None


def test_what_is_home_is_logged_where_it_changes(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    servers = homes()
    for present in (set[int](), {A}, {A}, {A, B}, {A, B, C}, {A}):
        servers.update(present)
    assert [(record.levelno, record.getMessage()[:32]) for record in caplog.records] == [
        (logging.INFO, "The coverage obeys the moderator"),
        (logging.WARNING, "No server is home: the bot is in"),
        (logging.INFO, "The coverage obeys the moderator"),
    ]
    caplog.clear()
    homes(A, B).update({A, C})
    assert caplog.messages[0] == f"The bot is not in {B}, which DISCORD_HOME_GUILD_IDS names"


def test_an_application_is_owned_by_a_person_or_by_those_of_a_team_who_do_more_than_read() -> None:
    def member(identity: int, state: object, role: str) -> object:
        return SimpleNamespace(id=identity, membership_state=state, role=discord.TeamMemberRole(role))

    team = [
        *(member(1, ACCEPTED, "admin"), member(2, ACCEPTED, "developer")),
        *(member(3, INVITED, "admin"), member(4, ACCEPTED, "read_only")),
    ]
    owner = SimpleNamespace(id=9)
    alone = SimpleNamespace(owner=owner, team=None)
    together = SimpleNamespace(owner=owner, team=SimpleNamespace(members=team))
    assert owners_of(cast("discord.AppInfo", alone)) == {9}
    assert owners_of(cast("discord.AppInfo", together)) == {1, 2}
    assert owners_of(None) == frozenset()
