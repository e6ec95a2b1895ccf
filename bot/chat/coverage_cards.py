"""What anyone may ask about the bot itself: what it has read, and how to ask it."""

from datetime import date

from bot.chat.card import ROOM, Card
from bot.chat.layout import listing, size
from bot.chat.sources import reading_line
from bot.edition import Edition
from bot.texts import Texts


def sources_card(edition: Edition, texts: Texts) -> Card:
    """List the articles, the newest first, as many as fit."""
    articles = sorted(edition.articles.values(), key=lambda article: article.title)
    articles.sort(key=lambda article: article.published or date.min, reverse=True)
    lines = [reading_line(article, texts) for article in articles]
    intro = texts("sources.intro", count=len(lines))
    title = texts("sources.title")
    room = ROOM - size(f"### {title}{intro}")
    return Card((intro, listing(lines, texts, room)), title=title)


def help_card(texts: Texts) -> Card:
    """Say what the bot does and how to ask it."""
    return Card((texts("help.body"), texts("conversation.help")), title=texts("help.title"))
