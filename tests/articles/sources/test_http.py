import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.sources import Fetched, SourceError
from bot.articles.sources.archive_download import ArchiveRequest
from bot.articles.sources.http import is_public
from bot.articles.sources.snapshots import Snapshots
from bot.articles.sources.web_archive import WebArchiveSource
from tests.articles.sources.archives import ARTICLES, names, tar_gz
from tests.articles.sources.conftest import LIMITS, Fetching
from tests.articles.sources.web_server import HOST, WebServer, reply, web_server

ARCHIVE = tar_gz(ARTICLES)


@pytest.fixture
def other() -> Iterator[WebServer]:
    with web_server() as serving:
        serving.answers = [reply(200, ARCHIVE)]
        yield serving


@pytest.fixture
def guarded(server: WebServer, tmp_path: Path) -> Callable[..., Fetched]:
    """Fetch as from the Internet, of which the server's own address is taken to be a part."""

    def fetch(url: str = "", is_allowed: Callable[[str], bool] = lambda address: address == HOST) -> Fetched:
        request = ArchiveRequest(url or server.url, server.url, "corpus-secret", is_allowed=is_allowed)
        return WebArchiveSource(request, PurePosixPath(), Snapshots(tmp_path / "cache"), LIMITS).fetch()

    return fetch


def failure(fetch: Callable[[], Fetched]) -> str:
    with pytest.raises(SourceError) as caught:
        fetch()
    return caught.value.key


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(server: WebServer, fetching: Fetching, status: int) -> None:
    server.answers = [reply(status, Location="../other.tar.gz?x=1"), reply(200, ARCHIVE)]
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)
    assert [seen.target for seen in server.seen] == ["/news/corpus.tar.gz", "/other.tar.gz?x=1"]


def test_the_token_stays_with_the_host_that_it_is_for(server: WebServer, other: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(302, Location="/moved"), reply(302, Location=other.url)]
    fetching.source(token="corpus-secret").fetch()
    assert [seen.headers.get("Authorization") for seen in server.seen] == ["Bearer corpus-secret"] * 2
    assert "Authorization" not in other.seen[0].headers


def test_the_token_does_not_come_back_from_another_host(
    server: WebServer, other: WebServer, fetching: Fetching
) -> None:
    """The other host chose what is asked for: a token would open to it whatever there is."""
    chosen = server.url.replace("corpus.tar.gz", "chosen-by-the-other")
    server.answers = [reply(302, Location=other.url), reply(302, Location="/here"), reply(200, ARCHIVE)]
    other.answers = [reply(302, Location=chosen)]
    fetching.source(token="corpus-secret").fetch()
    assert [(seen.target, seen.headers.get("Authorization")) for seen in server.seen] == [
        ("/news/corpus.tar.gz", "Bearer corpus-secret"),
        ("/news/chosen-by-the-other", None),
        ("/here", None),
    ]


def test_a_redirect_in_a_circle_ends(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(302, Location="/news/corpus.tar.gz")]
    assert fetching.error().key == "source.redirects"
    assert len(server.seen) == 6


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://host.example/",
        "ws://host.example/",
        "https://user:word@host.example/",
        "https://",
        f"http://{'a' * 64}.example/",
        "http://a..b/",
        "//a..b/",
        "http://./",
        "http://xn--\x7f/",
        "http://[::1/",
        "http://host.example:99999/",
    ],
)
def test_only_the_web_is_redirected_to(server: WebServer, fetching: Fetching, location: str) -> None:
    server.answers = [reply(302, Location=location)]
    assert fetching.error().key == "source.redirect"


def test_a_redirect_without_a_place_is_followed_to_nowhere(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(302)]
    assert fetching.error().key in {"source.redirect", "source.redirects"}


def test_nothing_unencrypted_is_redirected_to(
    server: WebServer, other: WebServer, guarded: Callable[..., Fetched]
) -> None:
    server.answers = [reply(302, Location=other.url)]
    assert failure(guarded) == "source.redirect"
    assert other.seen == []


@pytest.mark.parametrize("host", ["127.0.0.2", "[::1]", "169.254.169.254", "10.0.0.1", "[::]", "[::ffff:127.0.0.2]"])
def test_a_redirect_into_the_network_is_refused(server: WebServer, guarded: Callable[..., Fetched], host: str) -> None:
    server.answers = [reply(302, Location=f"https://{host}:{server.port}/")]
    assert failure(guarded) == "source.private"
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("host", "is_address"),
    [
        *((host, True) for host in (HOST, "localhost", "[::1]", "[::ffff:127.0.0.1]")),
        *((host, False) for host in ("2130706433", "127.1", "0x7f000001")),  # on some systems alone
    ],
)
def test_a_host_of_the_network_is_not_even_connected_to(
    server: WebServer, guarded: Callable[..., Fetched], host: str, is_address: bool
) -> None:
    server.answers = [reply(200, ARCHIVE)]
    key = failure(lambda: guarded(f"http://{host}:{server.port}/", is_public))
    assert key == "source.private" or (not is_address and key in {"source.bad_address", "source.unreachable"})
    assert server.seen == []


def test_a_name_that_resolves_otherwise_the_second_time_gains_nothing(
    server: WebServer, guarded: Callable[..., Fetched], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address that was judged is the one connected to: there is no second resolving to be lied to."""
    server.answers = [reply(200, ARCHIVE)]
    resolved: list[str] = []

    async def resolve(_self: object, host: str, port: int = 0, **_: object) -> list[dict[str, object]]:
        resolved.append(host)
        address = "93.184.215.14" if len(resolved) % 2 else HOST
        return [{"hostname": host, "host": address, "port": port, "family": 2, "proto": 0, "flags": 4}]

    judged: list[str] = []

    def is_allowed(address: str) -> bool:
        judged.append(address)
        return False

    monkeypatch.setattr("bot.articles.sources.http.Resolver.resolve", resolve)
    url = f"http://rebinding.example:{server.port}/"
    for address in ("93.184.215.14", HOST):
        assert failure(lambda: guarded(url, is_allowed)) == "source.private"
        assert judged[-1] == address
    assert server.seen == []


def test_a_redirect_is_followed_anew_after_a_failure(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(302, Location="/x"), reply(500), reply(302, Location="/x"), reply(200, ARCHIVE)]
    assert names(fetching.source(limits=replace(LIMITS, tries=2)).fetch().path) == sorted(ARTICLES)


PUBLIC = """
93.184.215.14 1.1.1.1 2606:4700:4700::1111 2a00:1450:4001::200e ::ffff:8.8.8.8 ::8.8.8.8 64:ff9b::808:808
2606:4700::5efe:808:808 2a00:1450::200:5efe:808:808
"""
NOT_PUBLIC = {
    "this machine": "127.0.0.1 127.255.255.254 0.0.0.0 :: ::1",
    "its networks": "10.1.2.3 172.16.0.1 192.168.1.1 100.64.0.1 fe80::1 fe80::1%eth0 fc00::1 fec0::1 feff::1",
    "what machines of most clouds ask about themselves": "169.254.169.254 168.63.129.16 100.100.100.200 fd00:ec2::254",
    "reserved": "192.0.0.192 192.0.2.1 198.18.0.1 240.0.0.1 255.255.255.255 2001:db8::1 2001:20::1 3fff::1"
    " 3fff:fff:ffff::1 5f00::1 100::1",
    "many at once": "224.0.0.1 239.255.255.250 ff02::1",
    "around an IPv4 address": "::ffff:127.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe"
    " ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8",
    "in other bytes": "64:ff9b:1::10.0.0.1 64:ff9b:1:7f00:0:100:: 64:ff9b:1:a9fe:a9:fe00:: 64:ff9b:1::808:808",
    "6to4": "2002:7f00:1:: 2002:a00:1::1 2002:a9fe:a9fe::1 2002:808:808::1",
    "Teredo": "2001:0:53aa:64c:0:0:80ff:fffe 2001:0:53aa:64c:0:0:f7f7:f7f7",
    "ISATAP": "2606:4700::5efe:7f00:1 2606:4700::200:5efe:a00:1 fe80::5efe:808:808",
    "no address": "localhost news.example 0x7f.1 127.1 2130706433",
}


@pytest.mark.parametrize("address", PUBLIC.split())
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("addresses", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_everything_else_is_not(addresses: str) -> None:
    assert not [address for address in ("", *addresses.split()) if is_public(address)]


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}"]))
def test_an_address_in_another_form_is_judged_alike(address: ipaddress.IPv4Address, form: str) -> None:
    assert is_public(form.format(address)) == is_public(str(address))
