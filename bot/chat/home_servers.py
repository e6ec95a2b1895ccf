"""The home servers: those whose moderators the coverage obeys, and whose public questions moderators may read."""

import logging
from collections.abc import Collection

import discord

from bot.settings import DiscordSettings

logger = logging.getLogger(__name__)


class HomeServers:
    """Those that the settings name, or else the only one that the bot is in.

    Where nothing is named, whoever adds the bot to a second server makes the home undetermined, and so does a second
    one that is left alone after the first: `ids` is None then, and only the application's `owners` may moderate. A
    process that has some of the shards cannot tell how many servers there are, so with shards the home must be named.
    """

    def __init__(self, settings: DiscordSettings) -> None:
        self.owners: frozenset[int] = frozenset()
        self.present: frozenset[int] = frozenset()
        self._named = frozenset(settings.home_guild_ids)
        self._is_sharded = settings.shard_count is not None
        self._first: int | None = None
        self._said: tuple[object, ...] | None = None

    @property
    def ids(self) -> frozenset[int] | None:
        """The ids of the home servers, None where nothing tells which these are."""
        if self._named:
            return self._named
        return self.present if not self._is_sharded and self.present == {self._first} else None

    def is_home(self, server: int | None) -> bool:
        """Tell whether a server, if it is one, is home."""
        return server is not None and self.ids is not None and server in self.ids

    def settle(self, present: Collection[int]) -> None:
        """Take in which servers the bot is in, and log what is home where that changes."""
        self.present = frozenset(present)
        if self._first is None and len(self.present) == 1:
            [self._first] = self.present
        situation = (self.ids, self._named - self.present, min(len(self.present), 2))
        if situation != self._said:
            self._said = situation
            self._log()

    def _log(self) -> None:
        absent = self._named - self.present
        if absent and not self._is_sharded:
            logger.warning("The bot is not in %s, which DISCORD_HOME_GUILD_IDS names", _listed(absent))
        if self.ids is not None:
            logger.info("The coverage obeys the moderators of its home: %s", _listed(self.ids))
        elif self.present:
            logger.warning(
                "No server is home: the bot is in %d, and DISCORD_HOME_GUILD_IDS names none. Until it does, nobody but"
                " the application's owner and team may moderate, and moderators read no words of questions",
                len(self.present),
            )


def owners_of(application: discord.AppInfo | None) -> frozenset[int]:
    """Return the owner of an application, or the members of its team who have joined it and may do more than read."""
    if application is None:
        return frozenset()
    if application.team is None:
        return frozenset({application.owner.id})
    return frozenset(
        member.id
        for member in application.team.members
        if member.membership_state is discord.TeamMembershipState.accepted
        and member.role is not discord.TeamMemberRole.read_only
    )


def _listed(ids: Collection[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
