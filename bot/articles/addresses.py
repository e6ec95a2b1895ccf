"""Resolves names to addresses of the public internet alone."""

import socket
from ipaddress import ip_address

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.articles.sources.network import PrivateAddressError, is_public


def is_address(host: str) -> bool:
    """Tell an address from a name."""
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class PublicResolver(AbstractResolver):
    """Resolves names to public addresses only; the address that was looked at is the one that is connected to."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Resolve a name; raise PrivateAddressError where any of its addresses is not public."""
        found = await self._resolver.resolve(host, port, family)
        if not all(is_public(result["host"]) for result in found):
            raise PrivateAddressError(host)
        return found

    async def close(self) -> None:
        """Close the resolver."""
        await self._resolver.close()
