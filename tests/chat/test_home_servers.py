import logging
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.chat.home_servers import HomeServers, owners_of
from bot.settings import DiscordSettings

A, B, C = 1, 2, 3
ACCEPTED, INVITED = discord.TeamMembershipState.accepted, discord.TeamMembershipState.invited


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
        servers.settle(present)
    assert servers.ids == home
    assert [servers.is_home(server) for server in (A, B, C, None)] == [
        server in (home or ()) for server in (A, B, C, 0)
    ]


def test_before_it_is_known_where_the_bot_is_nothing_is_home() -> None:
    assert homes().ids is None
    assert homes(A).is_home(A)


def test_with_shards_no_process_sees_whether_a_server_is_the_only_one() -> None:
    servers = homes(shard_count=2)
    servers.settle({A})
    assert servers.ids is None


def test_what_is_home_is_logged_where_it_changes(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    servers = homes()
    for present in (set[int](), {A}, {A}, {A, B}, {A, B, C}, {A}):
        servers.settle(present)
    assert [(record.levelno, record.getMessage()[:32]) for record in caplog.records] == [
        (logging.INFO, "The coverage obeys the moderator"),
        (logging.WARNING, "No server is home: the bot is in"),
        (logging.INFO, "The coverage obeys the moderator"),
    ]
    caplog.clear()
    homes(A, B).settle({A, C})
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
