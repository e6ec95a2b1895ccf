"""Reads pages that a browser saved, as text with the address where they are from."""

from dataclasses import dataclass
from pathlib import Path

from bot.articles.article import RejectionReason
from bot.articles.errors import ArticleError
from bot.articles.fields import web_address
from bot.articles.files import MOST_BYTES, read_whole
from bot.articles.page_archive import page_of_archive
from bot.articles.page_encoding import decode_page

_ARCHIVES = frozenset({".mhtml", ".mht"})
_MOST_ARCHIVE_BYTES = 16 * MOST_BYTES  # an archive has the pictures of its page, too


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page as text, and the link that it came from where that is known."""

    html: str
    url: str | None = None


def read_saved(path: Path) -> SavedPage:
    """Read a page or a web archive, or raise ArticleError."""
    if path.suffix.lower() not in _ARCHIVES:
        return page_from(read_whole(path))
    data, charset, url = page_of_archive(read_whole(path, _MOST_ARCHIVE_BYTES))
    if len(data) > MOST_BYTES:
        raise ArticleError(RejectionReason.TOO_LARGE)
    return page_from(data, charset, url)


def page_from(data: bytes, charset: str = "", url: str = "") -> SavedPage:
    """Make a page of its bytes, or raise ArticleError; `charset` is what came with them."""
    return SavedPage(decode_page(data, charset), web_address(url))
