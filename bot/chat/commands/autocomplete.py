"""Autocompletion of command options: outlets, article titles and earlier editions."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.articles import Article, typed_link
from bot.articles.importing import AddedArticle
from bot.chat.cards.article_card import article_key, find_article
from bot.chat.cards.card_text import fit, isolate, one_line, size
from bot.chat.moderation.reload_cards import edition_line
from bot.chat.permissions import Moderators
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.retrieval import AutocompleteIndex, SearchError, search_outlets
from bot.texts import Texts

logger = logging.getLogger(__name__)

T = TypeVar("T")

Choice = app_commands.Choice[str]
ListAdded = Callable[[], Sequence[AddedArticle]]
Autocomplete = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice]]]

_MOST, _LONGEST = 25, 100
# Discord waits three seconds, the way there and back included.
_PATIENCE = 2.0


def outlet_autocomplete(handler: RequestHandler) -> Autocomplete:
    def find(edition: Edition, typed: str) -> list[Choice]:
        outlets, language = search_outlets(edition.outlets, typed, _MOST), handler.texts.language
        named = ((isolate(fit(one_line(outlet), _LONGEST - 2, str), language), outlet) for outlet in outlets)
        return [Choice(name=name, value=fit(outlet, _LONGEST, str)) for name, outlet in named]

    return _autocomplete(handler, find)


def article_autocomplete(handler: RequestHandler) -> Autocomplete:
    """Make the autocompletion of titles; the value of a choice is the article's key, since titles have any length."""

    def find(edition: Edition, typed: str) -> list[Choice]:
        chosen = find_article(edition, typed)
        articles = [chosen] if chosen else edition.catalogue.search(typed, _MOST)
        return [Choice(name=_titled(article, handler.texts), value=article_key(article)) for article in articles]

    return _autocomplete(handler, find)


def removal_autocomplete(handler: RequestHandler, moderators: Moderators, list_added: ListAdded) -> Autocomplete:
    """Make the autocompletion of what can be removed: what serves, by title or link, and what was added but waits."""

    def find(edition: Edition, typed: str) -> list[Choice]:
        chosen = find_article(edition, typed)
        of_link = [chosen] if chosen else edition.articles.with_link(typed_link(typed)) if "." in typed else ()
        waiting = _added_choices(handler, [one for one in list_added() if one.corpus_id not in edition.articles], typed)
        articles = of_link or edition.catalogue.search(typed, max(1, _MOST - len(waiting)))
        serving = [Choice(name=_titled(article, handler.texts), value=article_key(article)) for article in articles]
        return [*waiting, *serving][:_MOST]

    return _autocomplete(handler, find, moderators.moderates)


def correction_autocomplete(handler: RequestHandler, moderators: Moderators, list_added: ListAdded) -> Autocomplete:
    """Make the autocompletion of what moderators added and can correct, by title; the value of a choice is its key."""
    return _autocomplete(handler, lambda _, typed: _added_choices(handler, list_added(), typed), moderators.moderates)


def restoral_autocomplete(handler: RequestHandler, moderators: Moderators) -> Autocomplete:
    """Make the autocompletion of what was removed, by title or link; the value of a choice is its key."""

    def find(_: Edition, typed: str) -> list[Choice]:
        removals = handler.editions.removals
        listed = removals.find(typed) or _chosen([*removals], [one.title for one in removals], typed)
        return [Choice(name=_titled(Article(one.id, one.title, ()), handler.texts), value=one.key) for one in listed]

    return _autocomplete(handler, find, moderators.moderates)


def edition_autocomplete(handler: RequestHandler, moderators: Moderators) -> Autocomplete:
    """Make the autocompletion of the editions that a rollback may choose; the value of a choice is its fingerprint."""

    def find(_: Edition, typed: str) -> list[Choice]:
        named = [(fit(edition_line(one, handler.texts), _LONGEST, str), one) for one in handler.editions.earlier]
        return [Choice(name=name, value=one.fingerprint) for name, one in named if typed.strip() in name][:_MOST]

    return _autocomplete(handler, find, moderators.moderates)


def _added_choices(handler: RequestHandler, added: Sequence[AddedArticle], typed: str) -> list[Choice]:
    """Return choices of what was added and not removed since, by title; their values are keys."""
    listed = [one for one in added if not handler.editions.removals.has_id(one.corpus_id)]
    found = _chosen(listed, [one.article.title for one in listed], typed)
    return [Choice(name=_titled(one.article, handler.texts), value=one.key) for one in found]


def _chosen(some: Sequence[T], titles: Sequence[str], typed: str) -> Sequence[T]:
    """Return those whose titles match most of a text, the best first; an empty text chooses all, in their order."""
    found = AutocompleteIndex.of(titles).find(typed, _MOST) if typed.strip() else range(len(some))
    return [some[number] for number in found][:_MOST]


def _autocomplete(
    handler: RequestHandler,
    find: Callable[[Edition, str], list[Choice]],
    is_allowed: Callable[[discord.Interaction[Any]], bool] = lambda _: True,
) -> Autocomplete:
    async def complete(interaction: discord.Interaction[Any], typed: str) -> list[Choice]:
        if handler.is_stopping or not is_allowed(interaction):
            return []
        try:
            async with asyncio.timeout(_PATIENCE):
                return await handler.browse_worker.run(find, handler.editions.current, typed)
        except TimeoutError:
            if handler.search.state is None:
                logger.warning("Autocompletion took too long and showed nothing")
                return []
        except SearchError as error:
            handler.search.failed(error)
        except Exception:
            logger.exception("Autocompletion failed and showed nothing")
            return []
        # Say in the place of choices that there may be some; who chooses it has chosen what was typed.
        name = fit(handler.texts("error.search_short"), _LONGEST, str)
        return [Choice(name=name, value=fit(typed, _LONGEST, str) or name)]

    return complete


def _titled(article: Article, texts: Texts) -> str:
    title = one_line(article.title)
    day = f" · {texts.day(article.published)}" if article.published else ""
    isolated = isolate(title, texts.language) + day
    return isolated if size(isolated) <= _LONGEST else isolate(fit(title, _LONGEST - 2, str), texts.language)
