"""An archive downloaded from a web server: conditional request, status, retries of transient errors."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from yarl import URL

from bot.articles.sources.http import HttpRequest, SsrfGuard, is_public, open_response, read_chunks, seconds_to_wait
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.source import NO_VERSION, SourceError, Version

_REDIRECTS = frozenset({301, 302, 303, 307, 308})  # those that lead nowhere
_OK, _UNCHANGED, _TIMEOUT, _BUSY, _SERVER = 200, 304, 408, 429, 500
_FORBIDDEN = frozenset({401, 403})

T = TypeVar("T")

_LOOK_EVERY = 0.5  # seconds
# A file that is compressed once more on the way would come out at a size that nobody has bounded.
_HEADERS = {"User-Agent": "isnad-bot", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class ArchiveRequest:
    """An address, the token for its host, and the version that is here already.

    `shown` is the address without secrets. `allow_private` allows http:// and hosts inside the network; without it,
    `is_allowed` judges the address of every host that would be connected to.
    """

    url: str = field(repr=False)
    shown: str
    token: str | None = field(default=None, repr=False)
    known: Version = NO_VERSION
    allow_private: bool = False
    is_allowed: Callable[[str], bool] = is_public

    def http_request(self, silence: float) -> HttpRequest:
        headers = _HEADERS | self.known.conditions
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        schemes = frozenset({"https", "http"} if self.allow_private else {"https"})
        return HttpRequest(URL(self.url), headers, schemes, silence=silence)


@dataclass(eq=False)
class TransientError(Exception):
    """A failure that may be over soon; `wait` is the seconds that the server asks for."""

    error: SourceError
    wait: float = 0.0


async def with_retries(attempt: Callable[[], Awaitable[T]], budget: FetchBudget) -> T:
    """Retry after transient errors, with doubling pauses; raise the last SourceError when tries or time run out."""
    limits = budget.limits
    for number in count(1):
        try:
            return await attempt()
        except TransientError as transient:
            wait = max(limits.pause * 2 ** (number - 1), transient.wait)
            if number >= limits.tries or wait >= budget.seconds_left:
                raise transient.error from transient
        await asyncio.sleep(wait)
    raise AssertionError("numbers do not end")


def is_new_file(response: aiohttp.ClientResponse, request: ArchiveRequest) -> bool:
    """Whether a file follows (True) or the known version still holds (False); raise for everything else."""
    status = response.status
    if status == _OK:
        return True
    if status == _UNCHANGED and request.known.conditions:
        return False
    wait = seconds_to_wait(response.headers.get("Retry-After", ""))
    if status == _BUSY or (status in _FORBIDDEN and wait):  # some hosts forbid what comes too often
        raise TransientError(SourceError("source.busy", url=request.shown), wait)
    if status == _TIMEOUT or status >= _SERVER:
        raise TransientError(SourceError("source.status", url=request.shown, status=str(status)), wait)
    if status in _FORBIDDEN:
        raise SourceError("source.forbidden", url=request.shown)
    if status in _REDIRECTS:
        raise SourceError("source.redirect", url=request.shown)
    if status in {404, 410}:
        raise SourceError("source.not_found", url=request.shown)
    raise SourceError("source.status", url=request.shown, status=str(status))


async def download(request: ArchiveRequest, target: Path, budget: FetchBudget) -> Version | None:
    """Write the file to `target` and return its version, or None where the known version still holds."""

    async def save(response: aiohttp.ClientResponse) -> Version:
        budget.check_download(response.content_length or 0)
        size, digest, headers = 0, hashlib.sha256(), response.headers
        with target.open("wb") as file:
            async for chunk in _chunks(response, budget.limits.silence):
                size += len(chunk)
                budget.check_download(size)
                budget.report_progress(size, response.content_length or 0)
                digest.update(chunk)
                file.write(chunk)
        return Version(headers.get("ETag"), headers.get("Last-Modified"), digest=digest.hexdigest())

    return await _in_time(request, budget, save)


async def first_bytes(request: ArchiveRequest, most: int, budget: FetchBudget) -> bytes:
    """Return the beginning of what is behind an address, and read no more of it."""

    async def read_start(response: aiohttp.ClientResponse) -> bytes:
        start = bytearray()
        async for chunk in _chunks(response, budget.limits.silence):
            start += chunk
            if len(start) >= most:
                break
        return bytes(start[:most])

    return await _in_time(request, budget, read_start) or b""


async def _in_time(
    request: ArchiveRequest, budget: FetchBudget, read: Callable[[aiohttp.ClientResponse], Awaitable[T]]
) -> T | None:
    """Request and read within the time of a fetch; None where the known version still holds."""
    sent = request.http_request(budget.limits.silence)
    try:
        async with asyncio.timeout(max(budget.seconds_left, 0)):
            return await unless_ended(with_retries(partial(ask_once, request, sent, read), budget), budget)
    except TimeoutError as error:
        raise SourceError("source.timeout", seconds=round(budget.limits.seconds)) from error


async def ask_once(
    request: ArchiveRequest, sent: HttpRequest, read: Callable[[aiohttp.ClientResponse], Awaitable[T]]
) -> T | None:
    """Send a request as the HTTP client takes it, and read what is new; None where the known version still holds."""
    guard = SsrfGuard((lambda _: True) if request.allow_private else request.is_allowed)
    with _client_errors_converted(request, guard, sent.silence or 0.0):
        async with open_response(sent, guard) as response:
            return await read(response) if is_new_file(response, request) else None


async def unless_ended(work: Coroutine[Any, Any, T], budget: FetchBudget) -> T:
    """Await work that may hang, reporting progress meanwhile so that the callback can end it by raising."""
    task = asyncio.create_task(work)
    try:
        while not (await asyncio.wait([task], timeout=_LOOK_EVERY))[0]:
            budget.repeat_progress()
        return task.result()
    finally:
        task.cancel()
        await asyncio.wait([task])


@contextmanager
def _client_errors_converted(request: ArchiveRequest, guard: SsrfGuard, silence: float) -> Iterator[None]:
    """Raise SourceError, or TransientError where another attempt may succeed, for what the HTTP client raises."""
    shown = request.shown
    try:
        yield
    except (aiohttp.TooManyRedirects, aiohttp.RedirectClientError) as error:
        many, bad = SourceError("source.redirects", url=shown), SourceError("source.redirect", url=shown)
        raise many if isinstance(error, aiohttp.TooManyRedirects) else bad from error
    except aiohttp.InvalidURL as error:
        raise SourceError("source.bad_address") from error
    except (ValueError, OverflowError) as error:  # words that no library foresees
        raise SourceError("source.garbled", url=shown) from error
    except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch) as error:
        raise SourceError("source.certificate", url=shown) from error
    except aiohttp.ServerTimeoutError as error:
        raise TransientError(SourceError("source.silent", seconds=round(silence))) from error
    except aiohttp.ClientPayloadError as error:
        raise TransientError(SourceError("source.truncated")) from error
    except aiohttp.ClientResponseError as error:
        raise TransientError(SourceError("source.garbled", url=shown)) from error
    except aiohttp.ClientError as error:
        if guard.refused:
            raise SourceError("source.private", url=shown) from error
        raise TransientError(SourceError("source.unreachable", url=shown)) from error


async def _chunks(response: aiohttp.ClientResponse, silence: float) -> AsyncIterator[bytes]:
    """Yield the body as it comes in; raise TransientError after so many seconds without a chunk."""
    try:
        async for chunk in read_chunks(response, silence):
            yield chunk
    except TimeoutError as error:
        raise TransientError(SourceError("source.silent", seconds=round(silence))) from error
