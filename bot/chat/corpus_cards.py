"""What moderators read about the corpus: the outcome of a reload, the state of the edition."""

import math
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.articles import Article, Rejection
from bot.chat.card import Card
from bot.chat.layout import listing, name
from bot.chat.sources import reading_line
from bot.edition import Changes, Edition
from bot.texts import Texts

# Four lists of this size, their headings and what stands above them stay within a card.
_LIST = 850
# More lines than that has room for, of the shortest words.
_MOST = 100
_PATH = 200

Item = TypeVar("Item")


def changes_card(changes: Changes, texts: Texts) -> Card:
    """Report what a reload added, changed, removed and could not read."""
    lists = {"added": changes.added, "changed": changes.changed, "removed": changes.removed}
    shown = [_list(f"reload.{key}", _reading, articles, texts) for key, articles in lists.items() if articles]
    unchanged = not (changes.added or changes.changed or changes.removed)
    outcome = texts("reload.unchanged" if unchanged else "reload.done")
    return Card((outcome, *shown, *_rejected(changes.rejections, texts)))


def empty_card(rejections: Sequence[Rejection], texts: Texts) -> Card:
    """Report a reload that found nothing to read, so that the old edition stays."""
    return Card((texts("reload.empty"), *_rejected(rejections, texts)))


def status_card(edition: Edition, uptime: timedelta, latency: float, texts: Texts) -> Card:
    """Describe the edition that serves and the process that serves it."""
    lines = [
        texts("status.articles", count=len(edition.articles)),
        texts("status.passages", count=len(edition.index)),
        texts("status.rejections", count=len(edition.rejections)),
        texts("status.built", date=texts.day(edition.built.date()), time=f"{edition.built:%H:%M}"),
        texts("status.fingerprint", fingerprint=name(edition.fingerprint[:16], 40, texts.language)),
        texts("status.uptime", duration=texts.duration(uptime)),
    ]
    if math.isfinite(latency):
        lines.append(texts("status.latency", milliseconds=round(latency * 1000)))
    return Card(("\n".join(lines), *_rejected(edition.rejections, texts)), title=texts("status.title"))


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


def _rejected(rejections: Sequence[Rejection], texts: Texts) -> list[str]:
    return [_list("reload.rejected", rejection_lines, rejections, texts)] if rejections else []


def _list(key: str, write: Callable[[Sequence[Item], Texts], list[str]], items: Sequence[Item], texts: Texts) -> str:
    """List items, each of which `write` gives a line, below how many there are."""
    lines = listing(write(items[:_MOST], texts), texts, _LIST, len(items))
    return f"**{texts(key, count=len(items))}**\n{lines}"


def _reading(articles: Sequence[Article], texts: Texts) -> list[str]:
    return [reading_line(article, texts) for article in articles]
