"""Guard against server-side request forgery (SSRF): no connection into the bot's own network."""

import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import aiohttp

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


def is_public(text: str) -> bool:
    """Tell whether an address is one of the Internet: not loopback, private, link-local, reserved, or shared.

    One that has an IPv4 address in it, where a packet would end, is public only where that is.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return _is_public_v4(address) if isinstance(address, ipaddress.IPv4Address) else _is_public_v6(address)


def _is_public_v4(address: ipaddress.IPv4Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved) and address != _METADATA


def _is_public_v6(address: ipaddress.IPv6Address) -> bool:
    last = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if any(address in network for network in _WRAPPINGS):
        return _is_public_v4(last)
    if address not in _UNICAST or not address.is_global or any(address in network for network in _NOT_GLOBAL):
        return False
    return int(address) >> 32 & 0xFFFF_FFFF not in _ISATAP or _is_public_v4(last)


class PrivateAddressError(OSError):
    """A connection would have led to an address that is not public."""


class SsrfGuard:
    """Opens the sockets of an HTTP client, and none to a private address.

    It is asked for every connection, after names were resolved and for every redirect, and the socket is connected to
    the very address that it saw: a name that resolves differently the second time gains nothing.
    """

    def __init__(self, is_allowed: Callable[[str], bool] = is_public) -> None:
        self._is_allowed = is_allowed
        self.refused = False

    def open_socket(self, info: "aiohttp.AddrInfoType") -> socket.socket:
        """Open a socket for an address, or raise PrivateAddressError."""
        family, kind, protocol, _, address = info
        if not self._is_allowed(str(address[0])):
            self.refused = True
            raise PrivateAddressError(f"{address[0]} is not public")
        return socket.socket(family, kind, protocol)
