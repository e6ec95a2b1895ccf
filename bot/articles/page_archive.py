"""Takes the page out of a web archive (.mhtml), as browsers save one with all that belongs to it."""

from email import message_from_bytes
from email.message import Message

from bot.articles.article import RejectionReason
from bot.articles.errors import ArticleError


def page_of_archive(data: bytes) -> tuple[bytes, str, str]:
    """Return a page's bytes, its encoding and its address, the last two empty where unknown; or raise ArticleError."""
    archive = message_from_bytes(data)
    page = next((part for part in archive.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page else None
    if page is None or not isinstance(content, bytes) or not content:
        raise ArticleError(RejectionReason.NO_BODY)
    return content, page.get_content_charset(""), _address(archive, page)


def _address(archive: Message, page: Message) -> str:
    return str(archive.get("Snapshot-Content-Location") or page.get("Content-Location") or "").strip()
