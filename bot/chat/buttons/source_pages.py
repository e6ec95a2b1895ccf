"""The buttons that turn the pages of sources and of articles, in place and from the current edition."""

import asyncio
import re
from collections.abc import Callable
from typing import Any, Self

import discord
from discord import ui

from bot.chat.article_keys import find_article
from bot.chat.article_pages import ARTICLE_PAGE, article_card
from bot.chat.card import Card
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError
from bot.chat.in_place_exchange import InPlaceExchange
from bot.chat.source_cards import sources_card
from bot.chat.source_list import SOURCE_PAGE, SourceList

PageButton = ui.DynamicItem[ui.Button[Any]]


def source_pages(desk: Desk) -> tuple[type[PageButton], ...]:
    """Make what discord.py takes the presses of these buttons up with, in whatever process they were sent."""

    def of_sources(match: re.Match[str]) -> Card:
        edition = desk.editions.current
        return sources_card(edition, SourceList.from_id(match, edition), desk.texts)

    def of_article(match: re.Match[str]) -> Card:
        edition = desk.editions.current
        if (article := find_article(edition, match["key"])) is None:
            raise ReplyError("article.gone")
        return article_card(edition, article, int(match["page"]), desk.texts)

    return _turning(SOURCE_PAGE, of_sources, desk), _turning(ARTICLE_PAGE, of_article, desk)


def _turning(form: re.Pattern[str], page: Callable[[re.Match[str]], Card], desk: Desk) -> type[PageButton]:
    class TurningButton(ui.DynamicItem[ui.Button[Any]], template=form):
        def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
            super().__init__(item)
            self._match = match

        @classmethod
        async def from_custom_id(
            cls,
            interaction: discord.Interaction[Any],  # noqa: ARG003 (discord.py's signature)
            item: ui.Item[Any],
            match: re.Match[str],
            /,
        ) -> Self:
            return cls(item, match)  # type: ignore[arg-type]  # only buttons have such ids

        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            exchange = InPlaceExchange(interaction, private=True)

            async def work() -> None:
                await exchange.change(await asyncio.to_thread(page, self._match))

            await desk.serve(exchange, work)

    return TurningButton
