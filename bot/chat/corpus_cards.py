"""What moderators read about the corpus: the outcome of a reload, the state of the edition."""

import math
from collections.abc import Sequence
from datetime import timedelta

import discord

from bot.articles import Article, Rejection
from bot.chat.cards import day, fit_lines, notice
from bot.chat.layout import FIELD_VALUE, name, size
from bot.edition import Changes, Edition
from bot.texts import Texts

# Four lists of this size and their headings stay under the 6000 characters of all embeds together.
_LIST = FIELD_VALUE
_TITLE, _PATH = 200, 200


def changes_card(changes: Changes, texts: Texts) -> discord.Embed:
    """Report what a reload added, changed, removed and could not read."""
    lists = {
        "reload.added": _titles(changes.added, texts),
        "reload.changed": _titles(changes.changed, texts),
        "reload.removed": _titles(changes.removed, texts),
        "reload.rejected": rejection_lines(changes.rejections, texts),
    }
    unchanged = not (changes.added or changes.changed or changes.removed)
    embed = notice(texts("reload.unchanged" if unchanged else "reload.done"))
    for key, lines in lists.items():
        if lines:
            embed.add_field(name=texts(key, count=len(lines)), value=listing(lines, texts), inline=False)
    return embed


def empty_card(rejections: Sequence[Rejection], texts: Texts) -> discord.Embed:
    """Report a reload that found nothing to read, so that the old edition stays."""
    embed = notice(texts("reload.empty"))
    if lines := rejection_lines(rejections, texts):
        embed.add_field(name=texts("reload.rejected", count=len(lines)), value=listing(lines, texts), inline=False)
    return embed


def status_card(edition: Edition, uptime: timedelta, latency: float, texts: Texts) -> discord.Embed:
    """Describe the edition that serves and the process that serves it."""
    hours, minutes = divmod(int(uptime.total_seconds()) // 60, 60)
    lines = [
        texts("status.articles", count=len(edition.articles)),
        texts("status.passages", count=len(edition.index)),
        texts("status.rejections", count=len(edition.rejections)),
        texts("status.built", date=day(edition.built.date(), texts), time=f"{edition.built:%H:%M}"),
        texts("status.fingerprint", fingerprint=name(edition.fingerprint[:16], 40, texts.language)),
        texts("status.uptime", hours=hours, minutes=f"{minutes:02}"),
    ]
    if math.isfinite(latency):
        lines.append(texts("status.latency", milliseconds=round(latency * 1000)))
    embed = notice("\n".join(lines), title=texts("status.title"))
    if rejected := rejection_lines(edition.rejections, texts):
        embed.add_field(
            name=texts("reload.rejected", count=len(rejected)), value=listing(rejected, texts), inline=False
        )
    return embed


def rejection_lines(rejections: Sequence[Rejection], texts: Texts) -> list[str]:
    """Say of each rejected file, by name, why it gave no article."""
    return [
        texts(
            f"rejection.{rejection.reason}",
            place=name(rejection.place, _PATH, texts.language),
            detail=name(rejection.detail, _PATH, texts.language),
        )
        for rejection in rejections
    ]


def listing(lines: list[str], texts: Texts, room: int = _LIST) -> str:
    """List as many lines as fit, and say how many more there are."""
    if size(whole := "\n".join(lines)) <= room:
        return whole
    kept = fit_lines(lines, room - size(texts("list.more", count=len(lines))) - 1)
    left = len(lines) - (kept.count("\n") + 1 if kept else 0)
    return f"{kept}\n{texts('list.more', count=left)}".strip()


def _titles(articles: Sequence[Article], texts: Texts) -> list[str]:
    return [name(article.title, _TITLE, texts.language) for article in articles]
