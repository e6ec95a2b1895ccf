"""What a reload changed, all of it, as a file of plain text."""

from collections.abc import Iterator

from bot.articles import Article
from bot.chat.card import Attachment
from bot.chat.change_lists import all_fits, kinds_of_change
from bot.chat.neutralise import one_line
from bot.edition import Changes
from bot.texts import Texts

# Discord takes ten megabytes.
_BYTES = 8 << 20
_LINE = 1000
_NAME = "changes.txt"


def change_file(changes: Changes, texts: Texts, room: int = _BYTES) -> Attachment | None:
    """Write down all that changed, as far as a file may be long; None where a card has room for it."""
    if all_fits(changes, texts):
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
    for key, articles in kinds_of_change(changes).items():
        if articles:
            yield texts(key, count=len(articles))
            yield from map(_line, articles)
            yield ""
    if changes.rejections:
        yield texts("reload.rejected", count=len(changes.rejections))
        for rejection in changes.rejections:
            words = texts(f"rejection.{rejection.reason}", place=rejection.place, detail=rejection.detail)
            yield one_line(words)[:_LINE]


def _line(article: Article) -> str:
    parts = (article.published and article.published.isoformat(), article.title, article.outlet, article.url)
    return " · ".join(one_line(part) for part in parts if part)[:_LINE]
