"""What anyone may ask about the bot itself: what it has read, and how to ask it."""

from datetime import date

import discord

from bot.chat.cards import notice, reading_line
from bot.chat.corpus_cards import listing
from bot.chat.layout import DESCRIPTION
from bot.edition import Edition
from bot.texts import Texts


def sources_card(edition: Edition, texts: Texts) -> discord.Embed:
    """List the articles, the newest first, as many as fit."""
    articles = sorted(edition.articles.values(), key=lambda article: article.title)
    articles.sort(key=lambda article: article.published or date.min, reverse=True)
    lines = [reading_line(article, texts) for article in articles]
    intro = texts("sources.intro", count=len(lines))
    room = DESCRIPTION - len(intro) - 2
    return notice(f"{intro}\n\n{listing(lines, texts, room)}", title=texts("sources.title"))


def help_card(texts: Texts) -> discord.Embed:
    """Say what the bot does and how to ask it."""
    return notice(texts("help.body"), title=texts("help.title"))
