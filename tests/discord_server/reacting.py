"""React to messages, as people do, and shut the bot out."""

from tests.discord_server.message import Message
from tests.discord_server.platform import Platform
from tests.discord_server.seen import Seen, message_of
from tests.discord_server.world import Who


class Reacting:
    """Let tests react, and refuse to be spoken to, as the people of the world."""

    platform: Platform

    async def react(self, message: Message | Seen, emoji: str, author: Who, *, added: bool = True) -> None:
        """Add a reaction to a message, or take it away."""
        self.platform.board.react(message_of(message), emoji, self.platform.world.user(author), added=added)

    async def refuse_direct_messages(self, person: Who, *, refused: bool = True) -> None:
        """Let a person take no direct messages from the bot, or take them again."""
        self.platform.world.user(person).accepts_direct_messages = not refused
