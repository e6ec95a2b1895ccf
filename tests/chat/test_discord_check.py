from collections.abc import Iterable

import discord
import pytest

from bot.chat.discord_check import Role, answering, home, links, membership, moderating, reporting
from bot.chat.permissions import NEEDED, HomeServers, missing_permissions
from bot.settings import DiscordSettings
from bot.texts import CheckResult
from tests.chat.samples import ARABIC, ENGLISH

HELD = str(NEEDED.value)


def keys(guilds: list[dict[str, str]], wanted: tuple[int, ...] = ()) -> list[str]:
    return said(membership(guilds, wanted))


def said(findings: Iterable[CheckResult]) -> list[str]:
    keys = []
    for finding in findings:
        assert ARABIC(finding.key, **finding.values)
        assert ENGLISH(finding.key, **finding.values)
        assert finding.is_problem is (not finding.key.endswith(("_fine", "_elsewhere")))
        keys.append(finding.key)
    return keys


@pytest.mark.parametrize(
    ("guilds", "wanted", "expected"),
    [
        ([], (), ["check.no_guilds"]),
        ([{"id": "1", "name": "إسناد", "permissions": HELD}], (1,), ["check.permissions_fine"]),
        (
            [{"id": "1", "name": "إسناد", "permissions": "0"}],
            (2,),
            ["check.guild_absent", "check.permissions_missing"],
        ),
    ],
)
def test_membership(guilds: list[dict[str, str]], wanted: tuple[int, ...], expected: list[str]) -> None:
    assert keys(guilds, wanted) == expected


def test_missing_permissions_are_named_as_discord_names_them() -> None:
    assert missing_permissions(NEEDED.value) == []
    assert missing_permissions(discord.Permissions(administrator=True).value) == []
    without = discord.Permissions(NEEDED.value)
    without.update(read_message_history=False, view_channel=False, send_messages_in_threads=False)
    assert missing_permissions(without.value) == ["View Channels", "Read Message History", "Send Messages In Threads"]


def test_the_links_are_for_servers_and_for_oneself() -> None:
    found = {finding.key: str(finding.values["url"]) for finding in links(7, ())}
    assert "scope=bot+applications.commands" in found["check.invite"]
    assert found["check.install"].endswith("client_id=7&scope=applications.commands&integration_type=1")
    assert "permissions" not in found["check.install"]


def test_commands_kept_to_servers_are_not_for_oneself() -> None:
    assert [finding.key for finding in links(7, (1,))] == ["check.invite"]


GUILDS = [{"id": "1", "name": "إسناد"}, {"id": "2", "name": "جوار"}]


def settled(named: tuple[int, ...], guilds: list[dict[str, str]]) -> HomeServers:
    homes = HomeServers(DiscordSettings(home_guild_ids=named))
    homes.update([int(guild["id"]) for guild in guilds])
    return homes


@pytest.mark.parametrize(
    ("named", "guilds", "expected"),
    [
        ((), [], []),
        ((), GUILDS[:1], ["check.home_fine"]),
        ((), GUILDS, ["check.home_open"]),
        ((2,), GUILDS, ["check.home_fine"]),
        ((2, 3), GUILDS, ["check.home_absent", "check.home_fine"]),
        ((3,), GUILDS, ["check.home_absent"]),
    ],
)
def test_home(named: tuple[int, ...], guilds: list[dict[str, str]], expected: list[str]) -> None:
    assert said(home(guilds, settled(named, guilds))) == expected


@pytest.mark.parametrize(
    ("identity", "channel", "expected"),
    [
        (None, None, []),
        (7, None, ["check.channel_hidden"]),
        (7, {"name": "الإشراف", "guild_id": "1"}, []),
        (7, {"name": "باحة", "guild_id": "2"}, ["check.channel_elsewhere"]),
        (7, {}, ["check.channel_elsewhere"]),
    ],
)
def test_the_moderators_channel(identity: int | None, channel: dict[str, str] | None, expected: list[str]) -> None:
    channels = {identity: channel} if identity else {}
    assert said(reporting(identity, channels, settled((1,), GUILDS))) == expected
    assert "check.channel_elsewhere" not in said(reporting(identity, channels, settled((), GUILDS)))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ((), []),
        ((7,), ["check.channels_fine"]),
        ((7, 8), ["check.channel_hidden", "check.channels_fine"]),
        ((8,), ["check.channel_hidden", "check.channels_none"]),
    ],
)
def test_the_channels_to_answer_in(wanted: tuple[int, ...], expected: list[str]) -> None:
    assert said(answering(wanted, {7: {"name": "عام"}, 8: None})) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [((), []), ((5,), ["check.role_fine"]), ((5, 6, 7), ["check.role_fine", "check.role_absent", "check.role_absent"])],
)
def test_the_roles_of_moderators_are_those_of_home_servers(wanted: tuple[int, ...], expected: list[str]) -> None:
    roles = {5: Role("مشرف", 1), 6: Role("زائر", 2)}
    assert said(moderating(wanted, roles, settled((1,), GUILDS))) == expected


def test_ids_are_said_as_they_are_written_in_settings() -> None:
    identity = 1575497104866934793
    homes = settled((identity,), GUILDS)
    for finding in [
        *membership([], (identity,)),
        *home(GUILDS, homes),
        *answering((identity,), {identity: None}),
        *reporting(identity, {identity: None}, homes),
        *reporting(identity, {identity: {}}, homes),
        *moderating((identity,), {}, homes),
    ]:
        if finding.key.endswith(("_absent", "_hidden", "_elsewhere")):
            assert str(identity) in ARABIC(finding.key, **finding.values)
            assert str(identity) in ENGLISH(finding.key, **finding.values)
