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
    url = URL(request.url)
    token = request.token
    for _ in range(_MOST + 1):
        headers = dict(request.conditions)
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        async with session.get(url, headers=headers, allow_redirects=False) as response:
            if response.status not in _REDIRECTS:
                yield response
                return
            following = _next(url, response.headers.get("Location", ""), request)
            if following.origin() != url.origin():
                # For good: another host, which sends back to the first one, chooses what is asked for there.
                token = None
            url = following
    raise SourceError("source.redirects", url=request.shown)


def _next(url: URL, location: str, request: Request) -> URL:
    try:
        following = url.join(URL(location))
        (following.host or "").encode("idna")
    except ValueError:  # also a host with an empty label, one that is too long, or no Punycode
        following = URL()
    schemes = {"https", "http"} if request.allow_private else {"https"}
    if following.scheme not in schemes or following.host is None or following.user is not None:
        raise SourceError("source.redirect", url=request.shown)
    return following
