"""Do what people do in channels: write, change and delete messages, react to them, and shut the bot out."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tests.discord_server.draft import Draft, Upload, clean_text
from tests.discord_server.entities import Channel
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import snapshot_payload
from tests.discord_server.platform import Platform
from tests.discord_server.seen import Seen, message_of
from tests.discord_server.world import Where, Who

_EVERY_MENTION = ("users", "roles", "everyone")
_LINK = re.compile(r"https?://[^\s<>]+")
_SOME_LINK = "https://example.org/"


class Writing:
    """Let tests write as the people of the world."""

    platform: Platform

    def direct_channel(self, person: Who) -> Channel:
        """Return somebody's direct conversation with the bot."""
        return self.platform.world.direct_channel(person)

    def private_channel(self, first: Who, second: Who, *others: Who) -> Channel:
        """Return a conversation between people, of which the bot knows nothing."""
        return self.platform.world.private_channel(first, second, *others)

    async def post_message(  # noqa: PLR0913 - a message has all of these
        self,
        channel: Where,
        author: Who,
        content: str,
        *,
        reply_to: Message | Seen | None = None,
        ping: bool = True,
        files: Iterable[Upload] = (),
        embeds: Iterable[dict[str, Any]] = (),
    ) -> Message:
        """Write a message; `<@bot>` in it mentions the bot, and a reply pings whom it answers unless told not to."""
        world = self.platform.world
        replied = message_of(reply_to) if reply_to is not None else None
        draft = replace(self._draft(content, pings_replied=ping), uploads=tuple(files), embeds=tuple(embeds))
        return self.platform.board.post(world.channel(channel), world.user(author), draft, replied=replied)

    async def forward_message(self, message: Message | Seen, channel: Where, author: Who) -> Message:
        """Forward a message to a channel: what it shows is taken along, who wrote it is not."""
        world, forwarded = self.platform.world, message_of(message)
        draft = Draft("", forwarded=snapshot_payload(forwarded))
        return self.platform.board.post(world.channel(channel), world.user(author), draft, replied=forwarded)

    async def edit_message(self, message: Message | Seen, content: str) -> Message:
        """Change a message's text, and with it whom it mentions; a reply keeps its ping."""
        changed = message_of(message)
        self.platform.board.edit(changed, self._draft(content, pings_replied=changed.mentions.replied is not None))
        return changed

    async def unfurl(self, message: Message | Seen) -> Message:
        """Let the preview of a link appear under a message, which changes it without anybody editing it."""
        changed = message_of(message)
        link = _LINK.search(changed.content)
        address = link.group() if link else _SOME_LINK
        preview: dict[str, Any] = {"type": "link", "url": address, "title": address}
        self.platform.board.unfurl(changed, preview)
        return changed

    async def delete_message(self, message: Message | Seen) -> None:
        """Delete a message."""
        self.platform.board.delete(message_of(message))

    async def delete_messages(self, messages: Iterable[Message | Seen]) -> None:
        """Delete several messages of one channel at once, as a moderator does."""
        self.platform.board.delete_together([message_of(message) for message in messages])

    async def react(self, message: Message | Seen, emoji: str, author: Who, *, added: bool = True) -> None:
        """Add a reaction to a message, or take it away."""
        self.platform.board.react(message_of(message), emoji, self.platform.world.user(author), added=added)

    async def refuse_direct_messages(self, person: Who, *, refused: bool = True) -> None:
        """Let a person take no direct messages from the bot, or take them again."""
        self.platform.world.user(person).accepts_direct_messages = not refused

    def _draft(self, content: str, *, pings_replied: bool) -> Draft:
        text = content.replace("<@bot>", self.platform.world.bot.mention)
        return Draft(clean_text(text), allowed_mentions={"parse": [*_EVERY_MENTION], "replied_user": pings_replied})
