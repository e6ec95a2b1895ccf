"""What a person may choose from while typing into an option of a command."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.articles import Article
from bot.chat.cards.article_card import article_key, find_article
from bot.chat.cards.card_text import fit, isolate, size
from bot.chat.cards.markdown_escape import one_line
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.retrieval import search_outlets
from bot.texts import Texts

logger = logging.getLogger(__name__)

Choice = app_commands.Choice[str]
Autocomplete = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice]]]

_MOST, _LONGEST = 25, 100
# Discord waits three seconds, the way there and back included.
_PATIENCE = 2.0


def outlet_autocomplete(handler: RequestHandler) -> Autocomplete:
    """Make what completes an outlet."""

    def find(edition: Edition, typed: str) -> list[Choice]:
        outlets = search_outlets(edition.outlets, typed, _MOST)
        return [Choice(name=_outlet(outlet, handler.texts), value=fit(outlet, _LONGEST, str)) for outlet in outlets]

    return _autocomplete(handler, find)


def article_autocomplete(handler: RequestHandler) -> Autocomplete:
    """Make what completes a title; an article is chosen by its key, since titles are of any length."""

    def find(edition: Edition, typed: str) -> list[Choice]:
        chosen = find_article(edition, typed)
        articles = [chosen] if chosen else edition.titles.search(typed, _MOST)
        return [Choice(name=_titled(article, handler.texts), value=article_key(article)) for article in articles]

    return _autocomplete(handler, find)


async def send_no_choices(interaction: discord.Interaction[Any]) -> None:
    """Answer somebody who types into a command that the bot does not have."""
    with suppress(discord.DiscordException, aiohttp.ClientError, OSError):
        await interaction.response.autocomplete([])


def _autocomplete(handler: RequestHandler, find: Callable[[Edition, str], list[Choice]]) -> Autocomplete:
    async def complete(_: discord.Interaction[Any], typed: str) -> list[Choice]:
        if handler.is_stopping:
            return []
        try:
            async with asyncio.timeout(_PATIENCE):
                return await handler.browse_worker.run(find, handler.editions.current, typed)
        except TimeoutError:
            logger.warning("Choices were not found in time")
        except Exception:
            logger.exception("Choices could not be found")
        return []

    return complete


def _outlet(outlet: str, texts: Texts) -> str:
    return isolate(fit(one_line(outlet), _LONGEST - 2, str), texts.language)


def _titled(article: Article, texts: Texts) -> str:
    """Name an article by its title, as much of it as fits, and by its day where there is room for that."""
    title = one_line(article.title)
    day = f" · {texts.day(article.published)}" if article.published else ""
    isolated = isolate(title, texts.language) + day
    return isolated if size(isolated) <= _LONGEST else isolate(fit(title, _LONGEST - 2, str), texts.language)
