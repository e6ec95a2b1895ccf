from collections.abc import Mapping
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.discord_check import shut_channels
from bot.chat.permissions import NEEDED, channel_permissions
from bot.settings import DiscordSettings
from tests.chat.samples import ARABIC, ENGLISH

GUILD, ROLE, OTHER, BOT, CHANNEL = 1, 2, 3, 4, 1575497104866934793
SEND = discord.Permissions(send_messages=True).value
READ = discord.Permissions(read_message_history=True).value


def channel(*changes: tuple[int, int, int]) -> dict[str, Any]:
    written = [{"id": str(whose), "allow": str(allow), "deny": str(deny)} for whose, allow, deny in changes]
    return {"name": "عام", "guild_id": str(GUILD), "permission_overwrites": written}


@pytest.mark.parametrize(
    ("changes", "sends"),
    [
        ([], True),
        ([(GUILD, 0, SEND)], False),
        ([(GUILD, 0, SEND), (ROLE, SEND, 0)], True),
        ([(GUILD, SEND, 0), (ROLE, 0, SEND)], False),
        ([(GUILD, 0, SEND), (ROLE, SEND, 0), (BOT, 0, SEND)], False),
        ([(ROLE, 0, SEND), (BOT, SEND, 0)], True),
        ([(OTHER, 0, SEND)], True),
    ],
)
def test_a_channel_changes_what_the_server_gives_in_the_order_of_discord(
    changes: list[tuple[int, int, int]], *, sends: bool
) -> None:
    assert bool(channel_permissions(channel(*changes), NEEDED.value, [ROLE], BOT) & SEND) is sends


bits = st.integers(0, 2**50)


@given(bits, st.lists(st.tuples(st.sampled_from([GUILD, ROLE, OTHER, BOT]), bits, bits), max_size=4))
def test_it_is_what_discords_library_makes_of_it(base: int, changes: list[tuple[int, int, int]]) -> None:
    by_id = {whose: (whose, allow, deny) for whose, allow, deny in changes}
    held = channel_permissions(channel(*by_id.values()), base, [ROLE], BOT)
    if base & discord.Permissions(administrator=True).value:
        assert held == base
        return
    expected = discord.Permissions(base)
    for whose in (GUILD, ROLE, BOT):
        if whose in by_id:
            expected.handle_overwrite(allow=by_id[whose][1], deny=by_id[whose][2])
    assert held == expected.value


def told(held: tuple[int, int], channels: Mapping[int, Mapping[str, Any] | None]) -> list[str]:
    settings = DiscordSettings(channel_ids=(CHANNEL,), moderator_channel_id=CHANNEL)
    found = list(shut_channels(settings, channels, {CHANNEL: held}))
    assert all(finding.is_problem and ARABIC(finding.key, **finding.values) for finding in found)
    return [ENGLISH(finding.key, **finding.values) for finding in found]


def test_what_a_channel_takes_away_is_named_and_not_what_the_server_lacks() -> None:
    channels = {CHANNEL: channel()}
    assert told((NEEDED.value, NEEDED.value), channels) == []
    assert told((0, 0), channels) == []
    assert told((NEEDED.value & ~SEND & ~READ, NEEDED.value & ~READ), channels) == [
        f"In the channel عام that {variable} names the bot lacks the permissions: Send Messages"
        for variable in ("DISCORD_CHANNEL_IDS", "DISCORD_MODERATOR_CHANNEL_ID")
    ]
    # Reports need nobody's history.
    assert len(told((NEEDED.value & ~READ, NEEDED.value), channels)) == 1
