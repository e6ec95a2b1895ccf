"""The heartbeat: a monitor's address that is asked while the bot is well, so that its silence means something.

Workers of many platforms have no port. A monitor that expects a request every minute alerts somebody when none comes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import aiohttp
from pydantic import SecretStr

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds; monitors call two or three missed beats a failure
_PATIENCE = 10.0


async def beat(
    url: SecretStr | None,
    is_well: Callable[[], Awaitable[bool]],
    *,
    every: float = EVERY,
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep,
) -> None:
    """Ask the address every so many seconds in which the bot is well; without one, do nothing.

    That it cannot be reached is logged once, until it can. The address may hold a secret, and is never logged.
    """
    if url is None:
        return
    has_failed = False
    timeout = aiohttp.ClientTimeout(total=_PATIENCE)
    async with aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session:
        while True:
            if await is_well():
                reason = await _ask(session, url.get_secret_value())
                if reason and not has_failed:
                    logger.warning("The address of HEARTBEAT_URL does not take the heartbeat: %s", reason)
                has_failed = bool(reason)
            await pause(every)


async def _ask(session: aiohttp.ClientSession, url: str) -> str:
    """Ask an address once; return why that failed, "" where it did not."""
    try:
        async with session.get(url, allow_redirects=False) as response:
            return "" if response.ok else f"status {response.status}"
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return type(error).__name__
