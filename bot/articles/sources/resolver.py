"""Looks up the addresses of hosts, for no longer than anybody waits."""

import asyncio
import socket
from functools import partial

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.threads import start_in_daemon

_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
# No addresses of a family that this machine has none of; not every system has it.
_ADDRESS_CONFIG = getattr(socket, "AI_ADDRCONFIG", 0)


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
    return [
        ResolveResult(
            hostname=host, host=_numeric(address), port=int(address[1]), family=of, proto=protocol, flags=_NUMERIC
        )
        for of, _, protocol, _, address in found
    ]


def _numeric(address: tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]) -> str:
    """Write an address, one that counts on a single link with the name of that."""
    has_link = len(address) == 4 and address[3]  # noqa: PLR2004 (as the system gives those of IPv6)
    return socket.getnameinfo(address, _NUMERIC)[0] if has_link else str(address[0])
