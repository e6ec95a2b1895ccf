from typing import cast

import discord
import pytest

from bot.chat.moderators import may_moderate


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
