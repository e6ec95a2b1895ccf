import discord
import pytest

from bot.chat.moderators import may_moderate


@pytest.mark.parametrize(
    ("permissions", "roles", "moderates"),
    [
        (discord.Permissions(manage_guild=True), [], True),
        (discord.Permissions(administrator=True), [], True),
        (discord.Permissions.none(), [5], True),
        (discord.Permissions.none(), [6], False),
        (discord.Permissions(manage_messages=True, send_messages=True), [], False),
    ],
)
def test_who_moderates(permissions: discord.Permissions, roles: list[int], moderates: bool) -> None:
    assert may_moderate(permissions, roles, moderator_roles=(5,)) is moderates


def test_without_moderator_roles_no_role_opens_the_door() -> None:
    assert not may_moderate(discord.Permissions.none(), [5], moderator_roles=())
