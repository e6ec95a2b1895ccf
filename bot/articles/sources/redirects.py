"""Follows redirects one by one, so that each is judged and none is told what it must not know."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL

from bot.articles.sources.errors import SourceError
from bot.articles.sources.request import Request

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST = 5


@asynccontextmanager
async def open_response(session: aiohttp.ClientSession, request: Request) -> AsyncIterator[aiohttp.ClientResponse]:
    """Ask, go wherever the answer sends, and give the first answer that is none of that; raise SourceError."""
    url = first = URL(request.url)
    for _ in range(_MOST + 1):
        headers = dict(request.conditions)
        if request.token is not None and url.origin() == first.origin():
            headers["Authorization"] = f"Bearer {request.token}"
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status not in _REDIRECTS:
                yield response
                return
            url = _next(url, response.headers.get("Location", ""), request)
    raise SourceError("source.redirects", url=request.shown)


def _next(url: URL, location: str, request: Request) -> URL:
    try:
        following = url.join(URL(location))
    except ValueError:
        following = URL()
    schemes = {"https", "http"} if request.allow_private else {"https"}
    if following.scheme not in schemes or following.host is None or following.user is not None:
        raise SourceError("source.redirect", url=request.shown)
    return following
