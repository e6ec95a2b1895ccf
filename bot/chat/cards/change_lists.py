"""The changes of a reload: lists as long as a card has room, and a text file of all."""

from collections.abc import Iterator, Sequence
from functools import partial

from bot.articles import Article, Rejection
from bot.chat.cards.card import Attachment
from bot.chat.cards.card_text import fit_list, inline_value, size
from bot.chat.cards.markdown_escape import one_line
from bot.chat.cards.source_lines import article_line
from bot.edition import Changes
from bot.texts import Texts, rejection_text

# Four lists of this size, their headings and what stands above them stay within a card.
_LIST = 650
# More lines than that has room for, of the shortest words.
_MOST = 100

# Discord takes ten megabytes.
_BYTES = 8 << 20
_LINE = 1000
_NAME = "changes.txt"


def change_blocks(changes: Changes, texts: Texts) -> list[str]:
    """List added, changed, removed and rejected articles in a block each, as many as fit."""
    kinds = articles_by_heading(changes)
    blocks = [
        _block(key, [article_line(article, texts) for article in articles[:_MOST]], len(articles), texts)
        for key, articles in kinds.items()
        if articles
    ]
    return [*blocks, *rejection_blocks(changes.rejections, texts)]


def rejection_blocks(rejections: Sequence[Rejection], texts: Texts) -> list[str]:
    """List rejections in one block; none without rejections."""
    if not rejections:
        return []
    return [_block("reload.rejected", rejection_lines(rejections[:_MOST], texts), len(rejections), texts)]


def rejection_lines(rejections: Sequence[Rejection], texts: Texts) -> list[str]:
    """Name each rejected file, and why it gave no article."""
    return [
        rejection_text(rejection, texts, partial(inline_value, language=texts.language)) for rejection in rejections
    ]


def fits_on_card(changes: Changes, texts: Texts) -> bool:
    """Tell whether a card has room for all changes."""
    return all(len(lines) <= _MOST and size("\n".join(lines)) <= _LIST for lines in _lists(changes, texts))


def articles_by_heading(changes: Changes) -> dict[str, Sequence[Article]]:
    """Return the changed articles by the keys of their headings."""
    return {"reload.added": changes.added, "reload.changed": changes.changed, "reload.removed": changes.removed}


def _lists(changes: Changes, texts: Texts) -> Iterator[list[str]]:
    """Yield the lines of each list, at most one more than a card shows."""
    for articles in articles_by_heading(changes).values():
        yield [article_line(article, texts) for article in articles[: _MOST + 1]]
    yield rejection_lines(changes.rejections[: _MOST + 1], texts)


def _block(key: str, lines: Sequence[str], count: int, texts: Texts) -> str:
    """Lay out lines below a heading with their number."""
    return f"**{texts(key, count=count)}**\n{fit_list(lines, texts, _LIST, count)}"


def change_file(changes: Changes, texts: Texts, room: int = _BYTES) -> Attachment | None:
    """Write all changes into a text file, cut at `room` bytes; None where a card has room for them."""
    if fits_on_card(changes, texts):
        return None
    lines: list[str] = []
    for line in _lines(changes, texts):
        written = line.encode("utf-8", "replace").decode()  # articles may hold halves of letters
        room -= len(written.encode()) + 1
        if room < 0:
            break
        lines.append(written)
    return Attachment(_NAME, "".join(f"{line}\n" for line in lines))


def _lines(changes: Changes, texts: Texts) -> Iterator[str]:
    for key, articles in articles_by_heading(changes).items():
        if articles:
            yield texts(key, count=len(articles))
            yield from map(_line, articles)
            yield ""
    if changes.rejections:
        yield texts("reload.rejected", count=len(changes.rejections))
        for rejection in changes.rejections:
            yield one_line(rejection_text(rejection, texts, lambda value, _: str(value)))[:_LINE]


def _line(article: Article) -> str:
    parts = (article.published and article.published.isoformat(), article.title, article.outlet, article.url)
    return " · ".join(one_line(part) for part in parts if part)[:_LINE]
