"""Turning the pages of sources and of articles, in place and from the current edition."""

import discord

from bot.chat.article_keys import find_article
from bot.chat.article_pages import article_card
from bot.chat.buttons.custom_id import number
from bot.chat.buttons.turning import turn
from bot.chat.card import Card
from bot.chat.desk import Desk
from bot.chat.errors import ReplyError
from bot.chat.source_cards import sources_card
from bot.chat.source_list import SourceList


async def turn_list(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Put another page of a list of articles in the place of the one that is shown."""

    def page() -> Card:
        edition = desk.editions.current
        return sources_card(edition, SourceList.read(load, edition), desk.texts)

    await turn(desk, interaction, lambda: desk.browsing.run(page))


async def turn_article(desk: Desk, interaction: discord.Interaction, load: str) -> None:
    """Put another page of an article in the place of the one that is shown, while the article is there."""

    def page() -> Card:
        edition = desk.editions.current
        digits, _, key = load.partition(":")
        if (article := find_article(edition, key)) is None:
            raise ReplyError("article.gone", private=True)
        return article_card(edition, article, number(digits), desk.texts)

    await turn(desk, interaction, lambda: desk.browsing.run(page))
