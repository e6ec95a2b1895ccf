"""Keeps connections out of the network that the bot itself stands in."""

import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Answers to every machine of a large cloud, from an address that looks public.
_METADATA = ipaddress.ip_address("168.63.129.16")

# IPv6 prefixes whose last four bytes are an IPv4 address that the packet ends at.
_TRANSLATED = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))


def is_public(text: str) -> bool:
    """Tell whether an address is one of the Internet: not loopback, private, link-local, reserved, or shared."""
    try:
        address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return False
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_unspecified)
        and address != _METADATA
    )


class PrivateAddressError(OSError):
    """A connection would have led to an address that is not public."""


class Gate:
    """Makes the sockets of a session, and none to a private address.

    It is asked for every connection, after names were resolved and for every redirect, and the socket is connected to
    the very address that it saw: a name that resolves differently the second time gains nothing.
    """

    def __init__(self, is_allowed: Callable[[str], bool] = is_public) -> None:
        self._is_allowed = is_allowed
        self.refused = False

    def __call__(self, info: "aiohttp.AddrInfoType") -> socket.socket:
        """Make the socket for an address, or raise PrivateAddressError."""
        family, kind, protocol, _, address = info
        if not self._is_allowed(str(address[0])):
            self.refused = True
            raise PrivateAddressError(f"{address[0]} is not public")
        return socket.socket(family, kind, protocol)


def _unwrapped(address: _Address) -> _Address:
    """Find the IPv4 address inside an IPv6 one that is translated or tunnelled to it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    for network in _TRANSLATED:
        if address in network:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None) or address
