"""What a reload changed, listed as far as a card has room."""

from collections.abc import Iterator, Sequence

from bot.articles import Article, Rejection
from bot.chat.layout import listing, name, size
from bot.chat.sources import reading_line
from bot.edition import Changes
from bot.texts import Texts

# Four lists of this size, their headings and what stands above them stay within a card.
_LIST = 650
# More lines than that has room for, of the shortest words.
_MOST = 100
_PATH = 200


def change_blocks(changes: Changes, texts: Texts) -> list[str]:
    """List what was added, changed, removed and rejected, as far as there is room, a block each."""
    kinds = kinds_of_change(changes)
    blocks = [
        _block(key, [reading_line(article, texts) for article in articles[:_MOST]], len(articles), texts)
        for key, articles in kinds.items()
        if articles
    ]
    return [*blocks, *rejected_blocks(changes.rejections, texts)]


def rejected_blocks(rejections: Sequence[Rejection], texts: Texts) -> list[str]:
    """List what was rejected in a block, where there is anything."""
    if not rejections:
        return []
    return [_block("reload.rejected", rejection_lines(rejections[:_MOST], texts), len(rejections), texts)]


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


def all_fits(changes: Changes, texts: Texts) -> bool:
    """Tell whether the lists of a card leave nothing out."""
    return all(len(lines) <= _MOST and size("\n".join(lines)) <= _LIST for lines in _lists(changes, texts))


def kinds_of_change(changes: Changes) -> dict[str, Sequence[Article]]:
    """Name the lists of articles by the keys of their headings."""
    return {"reload.added": changes.added, "reload.changed": changes.changed, "reload.removed": changes.removed}


def _lists(changes: Changes, texts: Texts) -> Iterator[list[str]]:
    """Yield the lines of each list, one more than a card may have where there are as many."""
    for articles in kinds_of_change(changes).values():
        yield [reading_line(article, texts) for article in articles[: _MOST + 1]]
    yield rejection_lines(changes.rejections[: _MOST + 1], texts)


def _block(key: str, lines: Sequence[str], count: int, texts: Texts) -> str:
    """Set lines below how many there are."""
    return f"**{texts(key, count=count)}**\n{listing(lines, texts, _LIST, count)}"
