"""Which network addresses belong to the public internet, and which to somebody's own machines."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Resolver = Callable[[str, int], list[str]]
"""From a host's name and a port to its IP addresses, best first; `OSError` if there are none."""

_GLOBAL_UNICAST = IPv6Network("2000::/3")  # RFC 4291: all that is assigned for the public internet
_TRANSLATED = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
# What older Pythons still count as global: protocol assignments with Teredo's tunnels, 6to4 tunnels, documentation.
_RESERVED_6 = (IPv6Network("2001::/23"), IPv6Network("2002::/16"), IPv6Network("3fff::/20"))
_RESERVED_4 = IPv4Network("192.0.0.0/24")


def resolve(host: str, port: int) -> list[str]:
    """The host's addresses as this machine's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(text: str) -> bool:
    """Whether an IP address is of the public internet.

    Not private (RFC 1918, RFC 4193), loopback, link-local, shared by a carrier's customers (RFC 6598), multicast,
    reserved or for documentation; an IPv4 address inside an IPv6 one is judged as itself.
    """
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is None:
            return address in _GLOBAL_UNICAST and address.is_global and not any(address in net for net in _RESERVED_6)
        address = inner
    return address.is_global and not (address.is_multicast or address.is_reserved or address in _RESERVED_4)
