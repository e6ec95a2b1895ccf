from email.message import EmailMessage
from itertools import product

import pytest

from bot.articles import ArticleError, RejectionReason
from bot.articles.corpus_files import MOST_BYTES
from bot.articles.html import SavedPage, decode_page, read_saved_page
from tests.articles.conftest import Write

PAGE = "<html><body><p>بدأت البلدية إصلاح الجسر القديم صباح الأحد.</p></body></html>"
LINK = "https://news.example/bridge"

WORDS = "قالت البلدية إن العمل في الجسر القديم يدوم ثلاثة أشهر، وإن السيارات تسلك الطريق الساحلي في هذه المدة كلها"
TAGS = '<div class="story-body-block-wide-column">' * 40


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
    saved = read_saved_page(write(f"page{suffix}", archive(charset)))
    assert saved == SavedPage(saved.html, LINK)
    assert saved.html.strip() == PAGE


def test_a_page_alone_does_not_know_where_it_is_from(write: Write) -> None:
    assert read_saved_page(write("page.html", PAGE)) == SavedPage(PAGE)


@pytest.mark.parametrize("link", ["", "cid:frame", "file:///C:/page.html", "javascript:alert(1)"])
def test_only_links_of_the_web_are_kept(write: Write, link: str) -> None:
    assert read_saved_page(write("page.mhtml", archive(link=link))).url is None


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
        read_saved_page(write("page.mhtml", content))
    assert caught.value.reason is reason


def page(charset: str = "") -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return f"<html><head>{meta}</head><body>{TAGS}<p>{WORDS}</p></body></html>"


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859-6"]
DECLARED = ["", "windows-1256", "iso-8859-6", "utf-8", "iso-8859-1", "no-such", "idna", "hex"]
# Each of the two one-byte encodings reads the other's bytes, so a page that names the wrong one is believed.
MISNAMED = {("cp1256", "iso-8859-6"), ("iso8859-6", "windows-1256")}


@pytest.mark.parametrize(("encoding", "declared"), sorted(set(product(ENCODINGS, DECLARED)) - MISNAMED))
def test_a_page_is_decoded_whatever_is_said_of_it(encoding: str, declared: str) -> None:
    assert WORDS in decode_page(page(declared).encode(encoding))


def test_the_server_is_believed_before_the_page() -> None:
    data = page("iso-8859-6").encode("cp1256", "replace")
    assert WORDS in decode_page(data, "windows-1256")


@pytest.mark.parametrize("data", [b"%PDF-1.7 \xff\xfe", b"\x89PNG\r\n\x1a\n" + bytes(range(256))])
def test_other_documents_are_no_pages(data: bytes) -> None:
    with pytest.raises(ArticleError) as caught:
        decode_page(data)
    assert caught.value.reason is RejectionReason.BINARY


def test_what_is_text_in_no_encoding_is_said_to_be_so() -> None:
    with pytest.raises(ArticleError) as caught:
        decode_page(b"<html>" + bytes(range(128, 256)) * 20)
    assert caught.value.reason is RejectionReason.ENCODING
