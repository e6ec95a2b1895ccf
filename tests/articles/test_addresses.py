import socket

import pytest
from aiohttp.abc import ResolveResult

from bot.articles.addresses import PublicResolver
from bot.articles.sources.network import PrivateAddressError, is_public


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",  # noqa: S104
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::10.0.0.1", "2002:7f00:1::", "2002:a00:1::1"),
        *("localhost", "news.example", "", "0x7f.1", "127.1", "2130706433"),
    ],
)
def test_neighbours_are_not_public_and_names_are_no_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_others_are_public(address: str) -> None:
    assert is_public(address)


class _Names:
    def __init__(self, *hosts: str) -> None:
        self._hosts = hosts

    async def resolve(self, host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=one, port=port, family=family, proto=0, flags=0) for one in self._hosts
        ]


@pytest.mark.parametrize("hosts", [("127.0.0.1",), ("8.8.8.8", "10.0.0.1"), ("8.8.8.8", "::1")])
async def test_a_name_with_any_address_that_is_not_public_is_refused(
    hosts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    resolver = PublicResolver()
    monkeypatch.setattr(resolver, "_resolver", _Names(*hosts))
    with pytest.raises(PrivateAddressError):
        await resolver.resolve("news.example", 80)


async def test_a_name_with_public_addresses_only_is_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    resolver = PublicResolver()
    monkeypatch.setattr(resolver, "_resolver", _Names("8.8.8.8", "2606:4700::1111"))
    assert [result["host"] for result in await resolver.resolve("news.example", 80)] == ["8.8.8.8", "2606:4700::1111"]
