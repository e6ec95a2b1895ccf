import discord
import pytest

from bot.chat.inspection import NEEDED, links, membership, missing_permissions
from tests.chat.samples import ARABIC, ENGLISH

HELD = str(NEEDED.value)


def keys(guilds: list[dict[str, str]], wanted: tuple[int, ...] = ()) -> list[str]:
    findings = list(membership(guilds, wanted))
    for finding in findings:
        assert ARABIC(finding.key, **finding.values)
        assert ENGLISH(finding.key, **finding.values)
        assert finding.is_problem is (not finding.key.endswith("_fine"))
    return [finding.key for finding in findings]


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
