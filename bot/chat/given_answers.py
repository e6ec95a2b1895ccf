"""Answers that the bot gave before it began to remember, found again in the channel."""

import asyncio

import aiohttp
import discord

# Answers come within seconds: what stands further below a question is no answer to it.
_LOOKED_THROUGH = 50
_PATIENCE = 5.0


async def answer_below(message: discord.Message, me: int) -> discord.PartialMessage | None:
    """Return the bot's reply to a message, looked for in one request; None where there is none to be found."""
    try:
        async with asyncio.timeout(_PATIENCE):
            async for later in message.channel.history(limit=_LOOKED_THROUGH, after=message, oldest_first=True):
                if later.author.id == me and later.reference and later.reference.message_id == message.id:
                    return discord.PartialMessage(channel=later.channel, id=later.id)
    except (discord.DiscordException, aiohttp.ClientError, OSError):
        return None
    return None
