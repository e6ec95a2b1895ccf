import socket
from dataclasses import replace
from threading import Event

import pytest

from .archives import ARTICLES, names, tar_gz
from .conftest import LIMITS, Fetching
from .serving import failure
from .web_server import Answer, WebServer, chunked, cut, endless, head, raw, reply, silent

# Longer than a server of this machine needs for its next word when others have the processor.
SILENCE = 0.5

ARCHIVE = tar_gz(ARTICLES)


@pytest.mark.parametrize(
    ("status", "key", "asked"),
    [
        (401, "forbidden", 1),
        (403, "forbidden", 1),
        (404, "not_found", 1),
        (410, "not_found", 1),
        (418, "status", 1),
        (204, "status", 1),
        (206, "status", 1),
        (408, "status", LIMITS.tries),
        (429, "busy", LIMITS.tries),
        (500, "status", LIMITS.tries),
        (503, "status", LIMITS.tries),
    ],
)
def test_a_refusal_has_its_sentence_and_is_tried_again_if_it_may_pass(
    server: WebServer, fetching: Fetching, status: int, key: str, asked: int
) -> None:
    server.answers = [reply(status)]
    error = fetching.error()
    assert error.key == f"source.{key}"
    assert len(server.seen) == asked
    if key == "status":
        assert error.values["status"] == str(status)


@pytest.mark.parametrize(
    "fault",
    [
        reply(500),
        reply(429, Retry_After="0"),
        reply(429, Retry_After="Tue, 24 Nov 2020 00:00:00 GMT"),
        reply(503, Retry_After="soon"),
        cut,
        raw(head(200, Content_Length=len(ARCHIVE)), ARCHIVE[:100]),
        chunked(ARCHIVE[:50], end=b""),
    ],
)
def test_what_passes_is_waited_out(server: WebServer, fetching: Fetching, fault: Answer) -> None:
    server.answers = [fault, fault, reply(200, ARCHIVE)]
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)
    assert len(server.seen) == 3


@pytest.mark.parametrize(("status", "wait"), [(429, "3600"), (403, "3600"), (429, "9" * 400), (429, "9" * 5000)])
def test_a_wait_beyond_the_time_limit_is_not_waited(
    server: WebServer, fetching: Fetching, status: int, wait: str
) -> None:
    server.answers = [reply(status, Retry_After=wait)]
    assert fetching.error().key == "source.busy"
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [403, 429, 503])
@pytest.mark.parametrize(
    "wait",
    [
        "Mon, 01 Jan 99999999999 00:00:00 GMT",
        "Mon, 01 Jan 2020 00:00:00 +99999999999999",
        "Mon, 01 Jan 0001 00:00:00 +2300",
        "Mon, 32 Jan 2026 99:99:99 GMT",
        "٣",
        "-1",
    ],
)
def test_a_wait_that_makes_no_sense_is_none(server: WebServer, fetching: Fetching, status: int, wait: str) -> None:
    server.answers = [reply(status, Retry_After=wait)]
    keys = {403: "source.forbidden", 429: "source.busy", 503: "source.status"}
    assert fetching.error().key == keys[status]


@pytest.mark.parametrize("words", ['"a\x01b"', '"a\x7f"', '"خبر"', '"\x0b"', f'"{"a" * 7000}"'])
def test_what_cannot_be_sent_back_to_a_server_is_not(server: WebServer, fetching: Fetching, words: str) -> None:
    """A tag with a control character would else end each fetch from there on."""
    server.answers = [reply(200, ARCHIVE, ETag=words, Last_Modified=words)]
    first, second = fetching.source().fetch(), fetching.source().fetch()
    assert second.path == first.path
    assert not {"If-None-Match", "If-Modified-Since"} & server.seen[1].headers.keys()


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        (cut, "unreachable"),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "garbled"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), "garbled"),
        (raw(head(200, Content_Length=len(ARCHIVE)), ARCHIVE[:-1]), "truncated"),
        (reply(200, ARCHIVE, Content_Length=len(ARCHIVE) - 30), "garbled"),
        (raw(head(200), ARCHIVE[:-30]), "truncated"),
        (chunked(ARCHIVE[:100], end=b""), "truncated"),
        (reply(200, b""), "not_archive"),
        (reply(200, b"P"), "not_archive"),
    ],
)
def test_a_broken_answer_has_its_sentence(server: WebServer, fetching: Fetching, fault: Answer, key: str) -> None:
    server.answers = [fault]
    assert fetching.error().key == f"source.{key}"


def test_malformed_chunks_are_not_waited_for(server: WebServer, fetching: Fetching) -> None:
    """They are told where they come together with the headers, else aiohttp waits for ever."""
    server.answers = [chunked(ARCHIVE[:100], end=b"zz\r\n"), silent(head(200, Transfer_Encoding="chunked"), b"zz\r\n")]
    error = fetching.error(replace(LIMITS, silence=SILENCE))
    assert error.key in {"source.garbled", "source.silent"}
    assert len(server.seen) == LIMITS.tries


@pytest.mark.parametrize("answer", [chunked(ARCHIVE[:100], ARCHIVE[100:]), raw(head(200), ARCHIVE)])
def test_an_answer_needs_no_length(server: WebServer, fetching: Fetching, answer: Answer) -> None:
    server.answers = [answer]
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)


@pytest.mark.parametrize(
    "answer",
    [
        reply(200, b"x", Content_Length=10**12),
        reply(200, b"x" * 3_000_000),
        endless(b"x" * 65_536),
        endless(b"10000\r\n" + b"x" * 65_536 + b"\r\n", Transfer_Encoding="chunked"),
    ],
    ids=["as it says", "as it is", "without end", "without end, in chunks"],
)
def test_what_is_too_large_is_not_taken(server: WebServer, fetching: Fetching, answer: Answer) -> None:
    server.answers = [answer]
    error = fetching.error()
    assert (error.key, error.values) == ("source.too_large", {"limit": 1})
    assert len(server.seen) == 1


@pytest.mark.parametrize("answer", [silent(), silent(head(200, Content_Length=100)), endless(b"x", pause=0.01)])
def test_a_fetch_ends_in_time(server: WebServer, fetching: Fetching, answer: Answer) -> None:
    server.answers = [answer]
    error = fetching.error(replace(LIMITS, seconds=0.2))
    assert error.key == "source.timeout"


def test_a_server_that_stays_silent_is_said_to_be_so(server: WebServer, fetching: Fetching) -> None:
    server.answers = [silent()]
    error = fetching.error(replace(LIMITS, silence=SILENCE))
    assert error.key == "source.silent"
    assert len(server.seen) == LIMITS.tries


def test_a_silent_server_is_asked_again(server: WebServer, fetching: Fetching) -> None:
    server.answers = [silent(), silent(head(200, Content_Length=100)), reply(200, ARCHIVE)]
    fetched = fetching.source(limits=replace(LIMITS, silence=SILENCE, tries=20)).fetch()
    assert names(fetched.path) == sorted(ARTICLES)


def test_a_server_that_is_not_there_is_unreachable(fetching: Fetching, server: WebServer) -> None:
    server.port = 1  # nothing listens there
    assert fetching.error().key == "source.unreachable"


@pytest.mark.parametrize("host", ["a..b", f"{'a' * 64}.example", "xn--\x7f.example"])
def test_a_host_that_cannot_be_is_unreachable(fetching: Fetching, host: str) -> None:
    error = failure(fetching.source(url=f"http://{host}/corpus.zip"))
    assert error.key in {"source.unreachable", "source.bad_address", "source.garbled"}


def test_a_name_whose_look_up_hangs_is_not_waited_for(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's look-up cannot be broken off, and the pool that it would run in is waited for."""
    answered = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answered.wait())
    try:
        source = fetching.source(url="http://news.example/", limits=replace(LIMITS, seconds=0.2))
        assert failure(source).key == "source.timeout"
    finally:
        answered.set()


def test_a_server_without_encryption_gives_no_secure_connection(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, ARCHIVE)]
    assert failure(fetching.source(url=server.url.replace("http:", "https:"))).key == "source.certificate"
    assert server.seen == []


def test_what_is_compressed_on_the_way_is_not_unpacked_on_the_way(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, ARCHIVE, Content_Encoding="gzip")]
    assert names(fetching.source().fetch().path) == sorted(ARTICLES)
    assert server.seen[0].headers["Accept-Encoding"] == "identity"
