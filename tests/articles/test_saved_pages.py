from email.message import EmailMessage

import pytest

from bot.articles import ArticleError, RejectionReason
from bot.articles.files import MOST_BYTES
from bot.articles.saved_pages import SavedPage, read_saved
from tests.articles.conftest import Write

PAGE = "<html><body><p>بدأت البلدية إصلاح الجسر القديم صباح الأحد.</p></body></html>"
LINK = "https://news.example/bridge"


def archive(charset: str = "utf-8", page: str = PAGE, link: str = LINK) -> bytes:
    """Make what a browser saves as one file: the page and its picture."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = link
    message.add_related(page, subtype="html", charset=charset, cte="quoted-printable")
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


@pytest.mark.parametrize("suffix", [".mhtml", ".mht", ".MHTML"])
@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_an_archive_gives_its_page_and_the_link(write: Write, suffix: str, charset: str) -> None:
    saved = read_saved(write(f"page{suffix}", archive(charset)))
    assert saved == SavedPage(saved.html, LINK)
    assert saved.html.strip() == PAGE


def test_a_page_alone_does_not_know_where_it_is_from(write: Write) -> None:
    assert read_saved(write("page.html", PAGE)) == SavedPage(PAGE)


@pytest.mark.parametrize("link", ["", "cid:frame", "file:///C:/page.html", "javascript:alert(1)"])
def test_only_links_of_the_web_are_kept(write: Write, link: str) -> None:
    assert read_saved(write("page.mhtml", archive(link=link))).url is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", RejectionReason.NO_BODY),
        (b"no archive", RejectionReason.NO_BODY),
        (b"MIME-Version: 1.0\nContent-Type: text/html\n\n", RejectionReason.NO_BODY),
        (b"Content-Type: multipart/related; boundary=x\n\n" + b"--x\n" * 1000, RejectionReason.NO_BODY),
        (archive(page=PAGE + "x" * MOST_BYTES), RejectionReason.TOO_LARGE),
    ],
    ids=["empty", "text", "no page", "parts", "large"],
)
def test_an_archive_without_a_page_is_rejected(write: Write, content: bytes, reason: RejectionReason) -> None:
    with pytest.raises(ArticleError) as caught:
        read_saved(write("page.mhtml", content))
    assert caught.value.reason is reason
