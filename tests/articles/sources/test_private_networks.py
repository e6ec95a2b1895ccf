import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.sources.private_networks import PrivateAddressError, SsrfGuard, is_public


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "1.1.1.1",
        "2606:4700:4700::1111",
        "2a00:1450:4001::200e",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "64:ff9b::808:808",
        "2606:4700::5efe:808:808",
        "2a00:1450::200:5efe:808:808",
    ],
)
def test_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # what machines of most clouds ask about themselves
        "168.63.129.16",
        "100.100.100.200",
        "100.64.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:53aa:64c:0:0:80ff:fffe",  # Teredo around 127.0.0.1
        "2002:a00:1::1",
        "2002:a9fe:a9fe::1",
        "2002:808:808::1",
        "2001:20::1",
        "2001:0:53aa:64c:0:0:f7f7:f7f7",  # around 8.8.8.8
        "64:ff9b:1::10.0.0.1",
        "64:ff9b:1:7f00:0:100::",  # 127.0.0.1 in other bytes
        "64:ff9b:1:a9fe:a9:fe00::",
        "64:ff9b:1::808:808",
        "fec0::1",
        "feff::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "5f00::1",
        "100::1",
        "2606:4700::5efe:7f00:1",  # ISATAP
        "2606:4700::200:5efe:a00:1",
        "fe80::5efe:808:808",
        "::ffff:0:127.0.0.1",
        "::ffff:0:8.8.8.8",
        "localhost",
        "news.example",
        "",
        "0x7f.1",
        "127.1",
        "2130706433",
    ],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}"]))
def test_an_address_in_another_form_is_judged_alike(address: ipaddress.IPv4Address, form: str) -> None:
    assert is_public(form.format(address)) == is_public(str(address))


def test_a_guard_opens_no_socket_to_a_private_address() -> None:
    guard = SsrfGuard()
    with pytest.raises(PrivateAddressError):
        guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80)))
    assert guard.refused
    guard.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("93.184.215.14", 80))).close()
