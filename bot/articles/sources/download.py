"""Downloads one file over HTTP, within bounds, from the Internet and nowhere else."""

import asyncio
import hashlib
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from bot.articles.sources.budget import Budget
from bot.articles.sources.errors import SourceError
from bot.articles.sources.network import Gate
from bot.articles.sources.patience import PassingError, with_patience
from bot.articles.sources.redirects import open_response
from bot.articles.sources.request import Request
from bot.articles.sources.resolver import Resolver
from bot.articles.sources.responses import has_file
from bot.articles.sources.source import Version

T = TypeVar("T")

_CHUNK = 64 * 1024
_LOOK_EVERY = 0.5  # seconds
# A file that is compressed once more on the way would come out at a size that nobody has bounded.
_HEADERS = {"User-Agent": "isnad-bot", "Accept-Encoding": "identity"}


async def download(request: Request, target: Path, budget: Budget) -> Version | None:
    """Write the file to `target` and return its version, or None where the known version still holds."""
    try:
        async with asyncio.timeout(max(budget.seconds_left, 0)):
            return await _unless_ended(with_patience(partial(_attempt, request, target, budget), budget), budget)
    except TimeoutError as error:
        raise SourceError("source.timeout", seconds=round(budget.limits.seconds)) from error


async def _unless_ended(work: Coroutine[Any, Any, T], budget: Budget) -> T:
    """Do work that may wait for a silent server, unless whoever is told of its progress ends it."""
    task = asyncio.create_task(work)
    try:
        while not (await asyncio.wait([task], timeout=_LOOK_EVERY))[0]:
            budget.tell_again()
        return task.result()
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _attempt(request: Request, target: Path, budget: Budget) -> Version | None:
    """Ask once; sort what can go wrong on the way into what may pass and what stays."""
    gate = Gate(request.may_reach)
    silence = budget.limits.silence
    try:
        async with (
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(socket_factory=gate, resolver=Resolver(), force_close=True),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=silence, sock_read=silence),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers=_HEADERS,
            ) as session,
            open_response(session, request) as response,
        ):
            return await _save(response, target, budget) if has_file(response, request) else None
    except aiohttp.InvalidURL as error:
        raise SourceError("source.bad_address") from error
    except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch) as error:
        raise SourceError("source.certificate", url=request.shown) from error
    except aiohttp.ServerTimeoutError as error:
        raise PassingError(SourceError("source.silent", seconds=round(silence))) from error
    except aiohttp.ClientPayloadError as error:
        raise PassingError(SourceError("source.truncated")) from error
    except aiohttp.ClientResponseError as error:
        raise PassingError(SourceError("source.garbled", url=request.shown)) from error
    except (ValueError, OverflowError) as error:  # words that no library foresees
        raise SourceError("source.garbled", url=request.shown) from error
    except aiohttp.ClientError as error:
        if gate.refused:
            raise SourceError("source.private", url=request.shown) from error
        raise PassingError(SourceError("source.unreachable", url=request.shown)) from error


async def _save(response: aiohttp.ClientResponse, target: Path, budget: Budget) -> Version:
    budget.check_download(response.content_length or 0)
    size, digest = 0, hashlib.sha256()
    with target.open("wb") as file:
        while chunk := await _next_chunk(response, budget):
            size += len(chunk)
            budget.check_download(size)
            budget.tell(size, response.content_length or 0)
            digest.update(chunk)
            file.write(chunk)
    headers = response.headers
    return Version(headers.get("ETag"), headers.get("Last-Modified"), digest=digest.hexdigest())


async def _next_chunk(response: aiohttp.ClientResponse, budget: Budget) -> bytes:
    """Read on; aiohttp's own limit on silence ends with the first chunk that is malformed, and it waits for ever."""
    silence = budget.limits.silence
    try:
        async with asyncio.timeout(silence):
            return await response.content.read(_CHUNK)
    except TimeoutError as error:
        raise PassingError(SourceError("source.silent", seconds=round(silence))) from error
