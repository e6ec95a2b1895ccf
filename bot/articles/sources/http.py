"""The one HTTP client of the room: no connection into the bot's own network, bounded redirects, bodies in chunks."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.workers.threads import start_in_daemon

# Answers to every machine of a large cloud, from an address that looks public.
_METADATA = ipaddress.IPv4Address("168.63.129.16")

# IPv6 prefixes whose last four bytes are the IPv4 address that a packet ends at: translated, mapped, compatible.
_WRAPPINGS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "::ffff:0:0/96", "::/96")))
# All that IANA has given out for the Internet; what is local, reserved or a network's own translation is elsewhere.
_UNICAST = ipaddress.IPv6Network("2000::/3")
# Of that, the IETF's protocols with Teredo, 6to4, and documentation: they lead nowhere, or by a tunnel to whatever end
# their author chose. Pythons differ in which of them they know.
_NOT_GLOBAL = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2002::/16", "3fff::/20")))
# The second half of an ISATAP address, which ends at the IPv4 address in its last four bytes.
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})
MAX_REDIRECTS = 5
_CHUNK = 64 * 1024
_AUTHORIZATION = "Authorization"
_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
# No addresses of a family that this machine has none of; not every system has it.
_ADDRESS_CONFIG = getattr(socket, "AI_ADDRCONFIG", 0)


def is_public(text: str) -> bool:
    """Whether an address is one of the Internet: not loopback, private, link-local, reserved, or shared.

    One that has an IPv4 address in it, where a packet would end, is public only where that is.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return _is_public_v4(address)
    last = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if any(address in network for network in _WRAPPINGS):
        return _is_public_v4(last)
    if address not in _UNICAST or not address.is_global or any(address in network for network in _NOT_GLOBAL):
        return False
    return int(address) >> 32 & 0xFFFF_FFFF not in _ISATAP or _is_public_v4(last)


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved) and address != _METADATA


class SsrfGuard:
    """Opens the sockets of an HTTP client, and none to a private address.

    It judges every connection, after names were resolved and for every redirect, and the socket is connected to the
    very address that it saw: a name that resolves differently the second time gains nothing.
    """

    def __init__(self, is_allowed: Callable[[str], bool] = is_public) -> None:
        self._is_allowed = is_allowed
        self.refused = False

    def open_socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """Open a socket for an address, or raise OSError where it may not be connected to."""
        family, kind, protocol, _, address = info
        if not self._is_allowed(str(address[0])):
            self.refused = True
            raise OSError(f"{address[0]} is not public")
        return socket.socket(family, kind, protocol)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A GET request, and where its redirects may lead: to URLs of these schemes.

    A redirect to a URL with a user is refused, or followed without the user where `drop_user` says so. `silence` is the
    most seconds that a server may say nothing.
    """

    url: URL
    headers: Mapping[str, str] = field(repr=False)
    schemes: frozenset[str]
    drop_user: bool = False
    silence: float | None = None


@asynccontextmanager
async def open_response(request: HttpRequest, guard: SsrfGuard) -> AsyncIterator[aiohttp.ClientResponse]:
    """Send a request and follow its redirects; give the last response, its body as the server packed it.

    The `Authorization` header goes to the origin of the request only, and is not sent again once a redirect has led to
    another one (see aiohttp). No proxy of the environment is used: it would look up names where the guard sees nothing.

    Raises:
        aiohttp.TooManyRedirects: after `MAX_REDIRECTS`.
        aiohttp.RedirectClientError: where a redirect leads to a URL that may not be requested.
        aiohttp.ClientError: where there is no response; `guard.refused` where that is for a private address.
    """

    async def check(sent: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
        if sent.url != request.url and not can_be_requested(sent.url, request.schemes):
            raise aiohttp.InvalidUrlRedirectClientError(sent.url)
        if sent.headers.get(_AUTHORIZATION) not in {None, request.headers.get(_AUTHORIZATION)}:
            if not request.drop_user:
                raise aiohttp.InvalidUrlRedirectClientError(sent.url)
            del sent.headers[_AUTHORIZATION]
        return await send(sent)

    async with (
        aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(socket_factory=guard.open_socket, resolver=Resolver(), force_close=True),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=request.silence, sock_read=request.silence),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            middlewares=(check,),
        ) as session,
        session.get(request.url, headers=request.headers, max_redirects=MAX_REDIRECTS + 1) as response,
    ):
        yield response


def can_be_requested(url: URL, schemes: frozenset[str]) -> bool:
    """Whether a URL has one of these schemes, a host that DNS can be asked for, and a port."""
    try:
        has_host = bool(url.host) and bool((url.raw_host or "").encode("idna"))
    except ValueError:  # a host with an empty label, one that is too long, or no Punycode
        return False
    return has_host and url.scheme in schemes and url.explicit_port != 0


async def read_chunks(response: aiohttp.ClientResponse, silence: float | None = None) -> AsyncIterator[bytes]:
    """Yield the body as it comes in; raise TimeoutError after so many seconds without a chunk.

    aiohttp's own limit on silence ends with the first chunk that is malformed, and it waits for ever.
    """
    while True:
        async with asyncio.timeout(silence):
            chunk = await response.content.read(_CHUNK)
        if not chunk:
            return
        yield chunk


def seconds_to_wait(retry_after: str) -> float:
    """Read how many seconds a server wants to be left alone; 0 where it does not say so, or not clearly."""
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):  # no date, or one of a year or zone that there is not
        return 0.0


class Resolver(AbstractResolver):
    """Asks the system, whose look-up cannot be broken off; one that hangs is left behind.

    aiohttp's own resolver leaves it to the pool of the loop, which the end of the loop waits for.
    """

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host; raise OSError where it has none, or cannot have any."""
        return await asyncio.wrap_future(start_in_daemon(partial(_look_up, host, port, family)))

    async def close(self) -> None:
        """Do nothing: it holds nothing."""


def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    try:
        found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=_ADDRESS_CONFIG)
    except UnicodeError as error:  # an empty label, one that is too long, or no Punycode
        raise socket.gaierror(socket.EAI_NONAME, "no name of a host") from error
    results = list[ResolveResult]()
    for of, _, protocol, _, address in found:
        # An address of IPv6 that counts on a single link is written with the name of that.
        has_link = len(address) == 4 and address[3]  # noqa: PLR2004 (as the system gives those of IPv6)
        written = socket.getnameinfo(address, _NUMERIC)[0] if has_link else str(address[0])
        port = int(address[1])
        results.append(ResolveResult(hostname=host, host=written, port=port, family=of, proto=protocol, flags=_NUMERIC))
    return results
