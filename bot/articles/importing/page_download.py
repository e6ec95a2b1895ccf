"""Download of a single web page, bounded in time, size, content type and network."""

import asyncio
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from ipaddress import ip_address

import aiohttp
from yarl import URL

from bot.articles.corpus_files import MOST_BYTES, format_megabytes
from bot.articles.sources.http import (
    MAX_REDIRECTS,
    HttpRequest,
    SsrfGuard,
    can_be_requested,
    is_public,
    open_response,
    read_chunks,
    seconds_to_wait,
)
from bot.articles.sources.source import NO_VERSION, Version
from bot.errors import TextError

_BLOCK = 1 << 12  # bytes that are unpacked at a time
_SCHEMES = frozenset({"http", "https"})
# Of networks' own names (RFC 6761, 6762, 8375, ICANN's .internal), in which nobody outside finds a host.
_LOCAL_NAMES = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa"})
_HEADERS = {"Accept": "text/html,application/xhtml+xml;q=0.9", "Accept-Encoding": "gzip", "User-Agent": "Isnad"}


class FetchReason(StrEnum):
    """Why a link gave no page; each has a sentence in the reply texts."""

    BAD_LINK = "bad_link"
    PRIVATE = "private"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STATUS = "status"
    REDIRECTS = "redirects"
    KIND = "kind"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


class FetchError(TextError):
    """A link gave no page.

    `detail` is what only this one has, fit to be shown; `wait` the seconds for which its host asks to be left alone.
    """

    def __init__(self, reason: FetchReason, detail: str = "", wait: float = 0.0) -> None:
        super().__init__(f"fetch.{reason.value}", detail=detail)
        self.reason = reason
        self.detail = detail
        self.wait = wait


@dataclass(frozen=True, slots=True)
class DownloadedPage:
    """A downloaded page: its bytes, link after redirects, encoding as the server named it, or "", and version."""

    data: bytes
    url: str
    charset: str
    version: Version = NO_VERSION


async def fetch_page(  # noqa: PLR0913 (what, from where, and how much of it)
    url: str,
    *,
    allow_private: bool = False,
    most_seconds: float = 30.0,
    most_bytes: int = MOST_BYTES,
    is_allowed: Callable[[str], bool] = is_public,
    any_kind: bool = False,
    known: Version = NO_VERSION,
) -> DownloadedPage:
    """Fetch a page, or raise FetchError; only from public addresses, at every redirect, unless others are allowed.

    `any_kind` fetches what is no web page, too. Of a page that still has the `known` version, the error has status 304.
    """
    guard = SsrfGuard((lambda _: True) if allow_private else is_allowed)
    try:
        request = HttpRequest(_link(url), _HEADERS | known.conditions, _SCHEMES, drop_user=True)
        async with asyncio.timeout(most_seconds), open_response(request, guard) as response:
            return await _page(response, most_bytes, any_kind=any_kind)
    except TimeoutError as error:
        raise FetchError(FetchReason.TIMEOUT) from error
    except aiohttp.TooManyRedirects as error:
        raise FetchError(FetchReason.REDIRECTS, str(MAX_REDIRECTS)) from error
    except (aiohttp.InvalidURL, aiohttp.RedirectClientError) as error:
        raise FetchError(FetchReason.BAD_LINK) from error
    except aiohttp.ClientConnectorError as error:
        raise FetchError(FetchReason.PRIVATE if guard.refused else FetchReason.UNREACHABLE) from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise FetchError(FetchReason.BROKEN) from error


def check_link(text: str, *, allow_private: bool = False) -> str:
    """Return a link that is shown and not fetched, without what opens it by name; raise FetchError as for a page.

    A host that is an address must be public; one that is named must not be of a network's own names. Nothing is asked.
    """
    link = _link(text)
    host = (link.host or "").lower().rstrip(".")
    *rest, last = host.split(".")
    # Of figures alone, or in hexadecimal, it is an address too, as old systems write them.
    may_be_shown = bool(rest) and last not in _LOCAL_NAMES and not last[0].isdecimal()
    with suppress(ValueError):
        may_be_shown = is_public(str(ip_address(host)))
    if not allow_private and not may_be_shown:
        raise FetchError(FetchReason.PRIVATE)
    return str(link)


def _link(text: str) -> URL:
    """Read a link, without its fragment and without what opens a place by name and password."""
    with suppress(ValueError):
        link = URL(text).with_fragment(None)
        if can_be_requested(link, _SCHEMES):
            return link.with_user(None)
    raise FetchError(FetchReason.BAD_LINK)


async def _page(response: aiohttp.ClientResponse, most_bytes: int, *, any_kind: bool) -> DownloadedPage:
    if response.status != HTTPStatus.OK:
        wait = seconds_to_wait(response.headers.get("Retry-After", ""))
        raise FetchError(FetchReason.STATUS, str(response.status), wait)
    if response.content_type not in {"text/html", "application/xhtml+xml"} and not any_kind:
        raise FetchError(FetchReason.KIND, response.content_type[:80])
    data = bytearray()
    async for chunk in read_chunks(response):
        data += chunk
        if len(data) > most_bytes:
            raise FetchError(FetchReason.TOO_LARGE, format_megabytes(most_bytes))
    unpacked = unpack_body(bytes(data), response.headers.get("Content-Encoding", "identity"), most_bytes)
    version = Version(response.headers.get("ETag"), response.headers.get("Last-Modified"))
    return DownloadedPage(unpacked, str(response.url), response.charset or "", version)


def unpack_body(data: bytes, encoding: str, most_bytes: int) -> bytes:
    """Decompress a body, at most `most_bytes` of it, or raise FetchError: a megabyte of zeros packs into a kilobyte."""
    if encoding.strip().lower() == "identity":
        return data
    unpacked, place = bytearray(), 0
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib, by its first bytes
    try:
        # Block by block: each of very many small members would copy all that is left behind it.
        while place < len(data):
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # a further member, which only gzip has
            block = data[place : place + _BLOCK]
            unpacked += unpacker.decompress(block, most_bytes + 1 - len(unpacked))
            if len(unpacked) > most_bytes:
                raise FetchError(FetchReason.TOO_LARGE, format_megabytes(most_bytes))
            place += len(block) - len(unpacker.unused_data)
    except zlib.error as error:
        raise FetchError(FetchReason.BROKEN) from error
    if not unpacker.eof:
        raise FetchError(FetchReason.BROKEN)
    return bytes(unpacked)
