import gzip
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from bot.articles.importing.page_download import DownloadedPage, FetchError, FetchReason, check_link, fetch_page
from bot.articles.sources import Version
from tests.articles.page_server import HTML, PageServer, page_server

PAGE = "<html><p>بدأت البلدية إصلاح الجسر.</p></html>".encode()


@pytest.fixture
def server() -> Iterator[PageServer]:
    with page_server() as running:
        yield running


async def fetch(link: str, **options: Any) -> DownloadedPage:
    return await fetch_page(link, **{"allow_private": True, "most_seconds": 20.0} | options)


async def refused(link: str, **options: Any) -> FetchReason:
    with pytest.raises(FetchError) as caught:
        await fetch(link, **options)
    return caught.value.reason


async def test_a_page_comes_with_its_link_and_encoding(server: PageServer) -> None:
    link = server.serve("/page?id=2", PAGE, "text/html; charset=Windows-1256")
    assert await fetch(link + "#part") == DownloadedPage(PAGE, link, "Windows-1256", Version())


async def test_a_page_that_is_known_is_asked_for_by_its_version(server: PageServer) -> None:
    known = Version('"1"', "Mon, 04 May 2026 10:00:00 GMT")
    link = server.serve("/page", PAGE, ETag=known.etag or "", Last_Modified=known.modified or "")
    assert (await fetch(link)).version == known
    server.serve("/page", b"", status=304)
    with pytest.raises(FetchError) as caught:
        await fetch(link, known=known)
    assert (caught.value.reason, caught.value.detail) == (FetchReason.STATUS, "304")
    sent = server.asked[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (known.etag, known.modified)


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML;charset=utf-8", "application/xhtml+xml"])
async def test_pages_are_of_these_kinds(server: PageServer, kind: str) -> None:
    assert (await fetch(server.serve("/", PAGE, kind))).data == PAGE


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/plain", "application/json", ""])
async def test_others_are_not_fetched(server: PageServer, kind: str) -> None:
    assert await refused(server.serve("/", PAGE, kind)) is FetchReason.KIND


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(PAGE), "gzip"),
        (b"".join(gzip.compress(PAGE[at : at + 7]) for at in range(0, len(PAGE), 7)), "gzip"),
        (gzip.compress(PAGE) + gzip.compress(b""), "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (PAGE, "identity"),
    ],
    ids=["gzip", "members", "empty member", "deflate", "identity"],
)
async def test_packed_pages_are_unpacked(server: PageServer, packed: bytes, encoding: str) -> None:
    assert (await fetch(server.serve("/", packed, Content_Encoding=encoding))).data == PAGE


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (b"x" * 10_001, "identity", FetchReason.TOO_LARGE),
        (gzip.compress(bytes(10_000_000)), "gzip", FetchReason.TOO_LARGE),
        (gzip.compress(bytes(6_000)) + gzip.compress(bytes(6_000)), "gzip", FetchReason.TOO_LARGE),
        (gzip.compress(PAGE)[:-9], "gzip", FetchReason.BROKEN),
        (gzip.compress(PAGE) + gzip.compress(PAGE)[:-9], "gzip", FetchReason.BROKEN),
        (gzip.compress(PAGE) + b"<p>no gzip</p>", "gzip", FetchReason.BROKEN),
        (b"no gzip", "gzip", FetchReason.BROKEN),
        (PAGE, "br", FetchReason.BROKEN),
    ],
    ids=["long", "bomb", "bomb of members", "cut", "cut member", "rubbish behind", "lie", "unknown"],
)
async def test_neither_long_pages_nor_bombs_are_held(
    server: PageServer, body: bytes, encoding: str, reason: FetchReason
) -> None:
    assert await refused(server.serve("/", body, Content_Encoding=encoding), most_bytes=10_000) is reason


async def test_a_page_without_end_is_cut_off(server: PageServer) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", HTML)
        handler.end_headers()
        while not server.stopping.is_set():
            handler.wfile.write(b"x" * 65_536)

    server.answers["/"] = endless
    assert await refused(server.link()) is FetchReason.TOO_LARGE


async def test_a_server_that_says_nothing_is_left(server: PageServer) -> None:
    server.answers["/"] = lambda _: server.stopping.wait(30)
    assert await refused(server.link(), most_seconds=0.2) is FetchReason.TIMEOUT


async def test_redirects_are_followed_and_counted(server: PageServer) -> None:
    page = server.serve("/page", PAGE)
    assert (await fetch(server.redirect("/a", "/page"))).url == page
    assert (await fetch(server.redirect("/b", "a", status=308))).url == page
    assert await refused(server.redirect("/circle", "/circle")) is FetchReason.REDIRECTS


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://news.example/", "javascript:alert(1)", "http://[x/"])
async def test_redirects_lead_to_the_web_only(server: PageServer, target: str) -> None:
    assert await refused(server.redirect("/", target)) is FetchReason.BAD_LINK


@pytest.mark.parametrize("link", ["", "news", "file:///etc/passwd", "http://", "http://[x/", "http://a:99999/"])
async def test_what_is_no_link_is_not_fetched(link: str) -> None:
    assert await refused(link, allow_private=False) is FetchReason.BAD_LINK


async def test_places_that_are_not_public_are_not_fetched_from(server: PageServer) -> None:
    server.serve("/", PAGE)
    for host in ("127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"):
        reason = await refused(f"http://{host}:{server.server_port}/", allow_private=False)
        assert reason in {FetchReason.PRIVATE, FetchReason.UNREACHABLE, FetchReason.BAD_LINK}, host
    assert server.asked == []


@pytest.mark.parametrize("status", [204, 304, 403, 404, 500])
async def test_only_a_page_is_a_page(server: PageServer, status: int) -> None:
    assert await refused(server.serve("/", b"", status=status)) is FetchReason.STATUS


async def test_a_server_that_is_not_there_is_said_to_be_so() -> None:
    assert await refused("http://127.0.0.1:9/") is FetchReason.UNREACHABLE


async def test_a_connection_that_breaks_off_gives_no_page(server: PageServer) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n"
    server.answers["/"] = lambda handler: handler.wfile.write(head + PAGE[:9])
    assert await refused(server.link()) is FetchReason.BROKEN


async def test_names_and_passwords_of_a_link_are_neither_sent_nor_kept(server: PageServer) -> None:
    link = server.serve("/", PAGE)
    page = await fetch(link.replace("http://", "http://name:secret@"))
    assert page.url == link
    assert "Authorization" not in server.asked[0][1]


@pytest.mark.parametrize(("written", "seconds"), [("120", 120.0), ("soon", 0.0), ("", 0.0)])
async def test_who_is_busy_says_for_how_long(server: PageServer, written: str, seconds: float) -> None:
    link = server.serve("/", b"", status=429, Retry_After=written)
    with pytest.raises(FetchError) as caught:
        await fetch(link)
    assert (caught.value.reason, caught.value.detail, caught.value.wait) == (FetchReason.STATUS, "429", seconds)


async def test_what_is_no_page_is_fetched_for_who_wants_it(server: PageServer) -> None:
    assert (await fetch(server.serve("/robots.txt", b"x", "text/plain"), any_kind=True)).data == b"x"


async def test_the_addresses_that_may_be_reached_can_be_named(server: PageServer) -> None:
    link = server.serve("/", PAGE)
    assert (await fetch(link, allow_private=False, is_allowed="127.0.0.1".__eq__)).data == PAGE
    assert await refused(link, allow_private=False, is_allowed="127.0.0.2".__eq__) is FetchReason.PRIVATE


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://10.1.2.3:8080/",
        "http://169.254.169.254/latest",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://db.internal/",
        "http://printer.local/",
        "http://intranet/",
    ],
)
def test_a_link_that_is_only_shown_leads_into_no_network(link: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_link(link)
    assert caught.value.reason is FetchReason.PRIVATE
    assert check_link(link, allow_private=True)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://news.example/x", "//news.example", "", "http://", "خبر"]
)
def test_a_link_that_is_none_is_refused(link: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_link(link, allow_private=True)
    assert caught.value.reason is FetchReason.BAD_LINK


def test_a_link_is_shown_without_what_opens_it() -> None:
    assert check_link("https://user:secret@news.example/a?b=1#c") == "https://news.example/a?b=1"
    assert check_link("https://8.8.8.8/a") == "https://8.8.8.8/a"
