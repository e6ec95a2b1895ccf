"""Handlers of what shows more: context of quotes, further passages, pages of lists and articles, menus of articles."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.answering import Answer, Quote
from bot.chat.cards.answer_card import QUESTION, outcome_buttons, outcome_card, read_question
from bot.chat.cards.article_card import article_card, find_article
from bot.chat.cards.button_ids import WHOLE_LIST, ButtonKind, decode_references, decode_scope, find_quotes, parse_number
from bot.chat.cards.card import Card, button_payloads, card_texts, layout_texts
from bot.chat.cards.reading_cards import further_card
from bot.chat.cards.source_list import SourceList, sources_card
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.reply_context import require_question
from bot.chat.news.new_articles import NewArticles
from bot.chat.permissions import find_public_guild
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.texts import Texts


async def show_quotes(
    handler: RequestHandler,
    lay_out: Callable[[Sequence[Quote | None], Texts], Card],
    interaction: discord.Interaction,
    payload: str,
) -> None:
    """Show the quotes of an answer as the current edition has them: in their context, or ready to be copied."""
    texts = card_texts(interaction.message, handler.texts)
    await handler.browse(interaction, lambda edition: lay_out(find_quotes(decode_references(payload), edition), texts))


async def show_further(
    handler: RequestHandler, interaction: discord.Interaction, payload: str, *, in_place: bool
) -> None:
    """Show further passages in the scope of the answer: the first page beside it, another `in_place` of the last."""

    async def page(edition: Edition) -> Card:
        digits, _, code = payload.partition(":") if in_place else ("0", "", payload)
        number, scope = parse_number(digits), decode_scope(code, edition.outlets)
        question, earlier = await require_question(interaction.message, handler.texts, "further.forgotten")
        texts = card_texts(interaction.message, handler.texts)
        quotes = await handler.answer_worker.run(handler.answerer.further_quotes, question, edition, earlier, scope)
        return await handler.browse_worker.run(further_card, question, earlier, quotes, number, texts, scope=scope)

    await handler.show(interaction, page, in_place=in_place)


async def turn_timeline(
    handler: RequestHandler,
    note_card: Callable[[discord.Message, int | None, Card], Awaitable[None]],
    interaction: discord.Interaction,
    payload: str,
) -> None:
    """Turn to a page of a timeline: in the place of the one before for whoever asked, beside it for anybody else.

    `note_card` notes what stands in the place of that now.
    """
    message = interaction.message
    asker = next(button_payloads(message.components, ButtonKind.DELETE), "") if message else ""
    is_own = message is not None and (message.flags.ephemeral or asker == str(interaction.user.id))
    # In the reply to one person there is nothing to vote on or to delete.
    voter = parse_number(asker) if asker and is_own else None

    async def page(edition: Edition) -> Card:
        """Find the timeline anew and lay out a page."""
        digits, _, code = payload.partition(":")
        number, scope = parse_number(digits), decode_scope(code, edition.outlets)
        question, earlier = await require_question(interaction.message, handler.texts, "further.forgotten")
        found = await handler.answer_worker.run(handler.answerer.answer, question, edition, earlier, scope)
        if not isinstance(found, Answer) or not found.is_timeline:
            raise ReplyError("context.gone", private=True)
        texts, shown = card_texts(message, handler.texts), layout_texts(message.components) if message else []
        is_shown = voter is None or read_question(shown, QUESTION, texts) is not None

        def laid_out() -> Card:
            card = outcome_card(found, texts, edition.as_of, with_question=is_shown, page=number)
            return replace(card, rows=outcome_buttons(found, voter, texts, has_more=False, page=number))

        card = await handler.browse_worker.run(laid_out)
        if message and voter:
            await note_card(message, None if find_public_guild(message.channel) else voter, card)
        return card

    await handler.show(interaction, page, in_place=is_own)


async def turn_list(
    handler: RequestHandler, new_articles: NewArticles, interaction: discord.Interaction, payload: str
) -> None:
    """Show another page of a list of articles, of all or of the new ones."""

    async def page(edition: Edition) -> Card:
        asked = SourceList.from_button(payload, edition)
        if asked.arrived_since is not None:
            return await new_articles.card(asked, edition)
        return await handler.browse_worker.run(sources_card, edition, asked, handler.texts)

    await handler.show(interaction, page, in_place=True)


async def turn_article(handler: RequestHandler, interaction: discord.Interaction, payload: str) -> None:
    """Show another page of an article, with the way back that the one before had."""
    message = interaction.message
    back = next(button_payloads(message.components, ButtonKind.LIST), WHOLE_LIST) if message else WHOLE_LIST

    def page(edition: Edition) -> Card:
        digits, _, key = payload.partition(":")
        return _article(handler, key, parse_number(digits), back, edition)

    await handler.browse(interaction, page, in_place=True)


async def open_article(handler: RequestHandler, interaction: discord.Interaction, payload: str) -> None:
    """Show the article that was chosen in a menu, in the place of its list, or beside an answer to one person alone."""
    data: Any = interaction.data or {}
    chosen = str(next(iter(data.get("values") or ()), ""))

    def opened(edition: Edition) -> Card:
        return _article(handler, chosen, 0, payload or WHOLE_LIST, edition)

    await handler.browse(interaction, opened, in_place=bool(payload))


def _article(handler: RequestHandler, key: str, page: int, back: str, edition: Edition) -> Card:
    if (article := find_article(edition, key)) is None:
        raise ReplyError("article.gone", private=True)
    return article_card(article, page, handler.texts, back)
