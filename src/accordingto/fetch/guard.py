"""Which addresses are on the public internet: everything else is somebody's own network and is never fetched.

Of IPv6 only global unicast passes (RFC 4291, 2000::/3), without the blocks in which an IPv4 address may be hidden.
"""

from __future__ import annotations

from ipaddress import IPv4Address, ip_address, ip_network

UNICAST = ip_network("2000::/3")
SPECIAL = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments, Teredo among them (RFC 2928)
            "2001:db8::/32",  # examples (RFC 3849)
            "2002::/16",  # 6to4 (RFC 3056)
            "3fff::/20",  # examples (RFC 9637)
            "192.0.0.0/24",  # protocol assignments, the metadata of some clouds among them (RFC 6890)
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "168.63.129.16/32",  # a public address by which a cloud's machines reach its own services
        ),
    )
)
"""Refused whatever the library says of them, which differs between versions of Python."""


def public(address: str) -> bool:
    """Whether a numeric address belongs to the public internet; a word that is none does not."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if any(found.version == block.version and found in block for block in SPECIAL):
        return False
    open_to_all = found.is_global and not (found.is_multicast or found.is_reserved)
    return open_to_all and (isinstance(found, IPv4Address) or found in UNICAST)
