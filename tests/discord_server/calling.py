"""Call commands, as people do."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.interactions import Interaction, InteractionKind
from tests.discord_server.invocation import Invocation
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import message_payload
from tests.discord_server.seen import Seen
from tests.discord_server.sending import DEFAULT_LOCALE, Sending
from tests.discord_server.world import Where, Who
from tests.patience import PATIENCE

Json = dict[str, Any]

_AUTOCOMPLETE_TIMEOUT = 5.0


class Calling(Sending):
    """Let tests call commands as the people of the world."""

    async def install(self, person: Who) -> None:
        """Let a person install the application for themselves, to use it wherever they are."""
        self.platform.world.installed_by.add(self.platform.world.user(person).id)

    async def run_command(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
        force: bool = False,
    ) -> Interaction:
        """Call a slash command; words after the first name subcommands.

        Raises:
            CommandUnavailable: the person's client would not send it; `force` lifts all but the registration
                and the installation.
        """
        invocation = await self._invocation(author, channel, force=force)
        data = invocation.slash(name, options or {})
        return self._send(self._invoked(InteractionKind.COMMAND, invocation, data), locale)

    async def run_context_menu(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        target: Message | Seen,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
        force: bool = False,
    ) -> Interaction:
        """Call a command from the context menu of a message."""
        invocation = await self._invocation(author, channel, force=force)
        message = self._visible(target, invocation.author)
        # The target of a menu reaches the bot whole, without the message content intent too.
        shown = message_payload(message, self.platform.world, has_content=True)
        data = invocation.menu(name, message.id, {"messages": {str(message.id): shown}})
        return self._send(self._invoked(InteractionKind.COMMAND, invocation, data), locale)

    async def autocomplete(  # noqa: PLR0913 - a call names who, where and what
        self,
        name: str,
        options: Mapping[str, Any],
        focused: str,
        *,
        author: Who,
        channel: Where,
        locale: str = DEFAULT_LOCALE,
    ) -> list[Json]:
        """Type into an option, which may still be empty, and return the choices that the bot offers."""
        invocation = await self._invocation(author, channel, force=False)
        data = invocation.slash(name, options, focused)
        interaction = self._invoked(InteractionKind.AUTOCOMPLETE, invocation, data)
        self._send(interaction, locale)
        what = f"choices for {focused!r} of /{name}"
        await self.platform.changes.until(lambda: interaction.callback, _AUTOCOMPLETE_TIMEOUT, what)
        return interaction.choices

    async def _invocation(self, author: Who, channel: Where, *, force: bool) -> Invocation:
        # A bot registers its commands a moment after it is ready, and a client shows none before.
        await self.platform.changes.until(lambda: self.platform.commands.are_registered, PATIENCE, "any command")
        world = self.platform.world
        return Invocation(world, self.platform.commands, world.user(author), world.channel(channel), force=force)

    def _invoked(self, kind: InteractionKind, invocation: Invocation, data: Json) -> Interaction:
        return self._new(kind, invocation.author, invocation.channel, data, invocation.owners)
