"""The filter of messages: which address the bot, in which channels it answers, and which ids it has seen."""

import re
from collections.abc import Collection, Hashable

import discord
from cachetools import FIFOCache

from bot.answering import without_plain_mention
from bot.chat.chat_errors import ReplyError

_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>")


def is_addressed(message: discord.Message, me: int) -> bool:
    """Whether a person addresses the bot: directly, by mentioning it or its role, or in a reply that pings it."""
    if message.author.bot or message.webhook_id is not None:
        return False
    if message.type not in {discord.MessageType.default, discord.MessageType.reply}:
        return False
    return message.guild is None or any(user.id == me for user in message.mentions) or mentions_bot_role(message, me)


def mentions_bot_role(message: discord.Message, me: int) -> bool:
    """Whether a message mentions the role that came with the bot into a server."""
    return any(role.tags is not None and role.tags.bot_id == me for role in message.role_mentions)


def addressed_words(message: discord.Message, me: int) -> str | None:
    """Return the words of a message that addresses the bot, None of any other."""
    return message_words(message) if is_addressed(message, me) else None


def is_content_hidden(message: discord.Message, me: int) -> bool:
    """Whether Discord withheld the words of a message, as it may where only the bot's role is mentioned."""
    return not message.content and mentions_bot_role(message, me)


def is_allowed_channel(channel_id: int | None, parent_id: int | None, allowed: Collection[int]) -> bool:
    """Whether the bot answers in a channel, or in a thread of one; with none named, it answers everywhere."""
    return not allowed or channel_id in allowed or parent_id in allowed


def channels_in_guild(channels: Collection[int], guild: discord.Guild | None) -> list[int]:
    return [channel for channel in channels if guild and guild.get_channel_or_thread(channel)]


def wrong_channel_error(interaction: discord.Interaction, channels: Collection[int]) -> ReplyError | None:
    """Return the error of an interaction in none of the channels to answer in, which names those of its server.

    The channels limit the bot only where it is a member of the server: it answers in direct messages, and wherever a
    user has installed it.
    """
    parent = getattr(interaction.channel, "parent_id", None)
    if not interaction.is_guild_integration() or is_allowed_channel(interaction.channel_id, parent, channels):
        return None
    if near := channels_in_guild(channels, interaction.guild):
        return ReplyError("error.elsewhere", channels=" ".join(f"<#{channel}>" for channel in near))
    return ReplyError("error.not_here")


def strip_mentions(content: str) -> str:
    """Remove the mentions of people, roles and channels, which are no part of a question."""
    return _MENTION.sub(" ", content).strip()


def message_words(message: discord.Message) -> str:
    """Return the words of a message without mentions, the bot's own names behind an @ at an end of it among them.

    Whoever types a name where Discord completes none, or pastes it, sends plain words.
    """
    bot = getattr(message.guild or message.channel, "me", None)
    names = (getattr(bot, part, None) for part in ("nick", "display_name", "global_name", "name"))
    return without_plain_mention(strip_mentions(message.content), {name for name in names if name}).strip()


class SeenIds:
    """Ids handled recently, by which events that Discord repeats after a resume are dropped."""

    def __init__(self, capacity: int = 4096) -> None:
        self._ids: FIFOCache[Hashable, None] = FIFOCache(capacity)

    def forget(self, identity: Hashable) -> None:
        """Forget an id, so that it counts as new."""
        self._ids.pop(identity, None)

    def first_time(self, identity: Hashable) -> bool:
        """Note an id and return whether it is new."""
        if identity in self._ids:
            return False
        self._ids[identity] = None
        return True
