"""See what people see, and wait for it."""

from collections.abc import Callable
from typing import Any, TypeVar

from tests.discord_server.interactions import Interaction
from tests.discord_server.message import Message
from tests.discord_server.platform import Platform
from tests.discord_server.seen import Seen, see
from tests.discord_server.world import Where
from tests.patience import PATIENCE

Found = TypeVar("Found")
Json = dict[str, Any]


class Watching:
    """Let tests look at the channels and wait for the bot."""

    platform: Platform

    async def until(self, find: Callable[[], Found | None], timeout: float = PATIENCE, what: str = "a change") -> Found:  # noqa: ASYNC109
        """Wait until `find` returns something that is true, and return it."""
        return await self.platform.changes.until(find, timeout, what)

    async def wait_ready(self, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Wait until the bot is connected and was told of its guilds."""
        gateway = self.platform.gateway
        await self.until(lambda: any(session.is_ready for session in gateway.connected), timeout, "a ready bot")

    async def wait_for_command(self, name: str, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109
        """Wait until a command of that name is registered anywhere, and return it."""
        return await self.until(lambda: self._command(name), timeout, f"the command {name!r}")

    async def wait_for_reply(self, cause: Message | Interaction, *, index: int = 0, timeout: float = PATIENCE) -> Seen:  # noqa: ASYNC109
        """Wait for the bot's answer to a message or an interaction; `index` counts further answers to the same."""
        what = f"answer {index + 1} to {_described(cause)}"
        return await self.until(lambda: _at(self._replies(cause), index), timeout, what)

    async def wait_for_message(self, channel: Where, *, after: Message | None = None) -> Seen:
        """Wait for the bot's first message in a channel, or its first after another message."""
        oldest = 0 if after is None else after.id

        def found() -> Seen | None:
            bot = self.platform.world.bot.display_name
            return _at([s for s in self.messages(channel) if s.author == bot and s.id > oldest], 0)

        return await self.until(found, what=f"a message of the bot in {channel!r}")

    async def wait_for_edit(self, seen: Seen) -> Seen:
        """Wait until a message has changed since it was seen, and see it again."""
        await self.until(lambda: seen.message.edits > seen.edits, what="an edit")
        return see(seen.message, self.platform.world)

    async def no_reply(self, cause: Message | Interaction, within: float = 0.0) -> None:
        """Make sure that the bot has answered nothing, and answers nothing for a while.

        Raises:
            AssertionError: it answered.
        """
        try:
            reply = await self.wait_for_reply(cause, timeout=within)
        except TimeoutError:
            return
        raise AssertionError(f"the bot answered {_described(cause)}: {reply.text!r}")

    def typing_in(self, channel: Where) -> int:
        """Return how often the bot has shown that it is writing in a channel."""
        return self.platform.world.channel(channel).typing_count

    def messages(self, channel: Where) -> list[Seen]:
        """Return what everybody sees in a channel, oldest first."""
        world = self.platform.world
        return [see(message, world) for message in world.messages_in(world.channel(channel))]

    def interaction_replies(self, interaction: Interaction) -> list[Seen]:
        """Return what the bot made of an interaction, the «thinking» message included."""
        return [see(message, self.platform.world) for message in interaction.replies]

    def answers(self, cause: Message | Interaction) -> list[Seen]:
        """Return all that the bot wrote for a question, in its place and to its asker, without «thinking»."""
        world = self.platform.world
        written = [one for one in world.messages.values() if cause_of(one) == cause.id and not one.deleted]
        return [see(one, world) for one in written if one.author_id == world.bot.id and not one.is_loading]

    def _replies(self, cause: Message | Interaction) -> list[Seen]:
        if isinstance(cause, Interaction):
            return [reply for reply in self.interaction_replies(cause) if not reply.is_thinking]
        bot = self.platform.world.bot.display_name
        channel = self.platform.world.channels[cause.channel_id]
        return [s for s in self.messages(channel) if s.author == bot and s.reply_to == cause.id]

    def _command(self, name: str) -> Json | None:
        places = (None, *self.platform.world.guilds)
        return next(filter(None, (self.platform.commands.find(name, place) for place in places)), None)


def cause_of(message: Message) -> int:
    """Return the id of what the bot answers by a message, be it a message or an interaction; 0 for nothing."""
    if message.origin is not None:
        return message.origin.interaction_id
    if message.reference is not None:
        return message.reference.message_id
    # A private note has no reference; its nonce names the question.
    digits = str(message.nonce or "").removesuffix("w").partition(".")[0]
    return int(digits) if digits.isdecimal() else 0


def _at(items: list[Found], index: int) -> Found | None:
    return items[index] if index < len(items) else None


def _described(cause: Message | Interaction) -> str:
    return repr(cause.content if isinstance(cause, Message) else cause.data)
