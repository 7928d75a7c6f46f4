"""Which addresses of the web may be asked for: http and https, and only machines that are public."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from claims.errors import ArticleError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# The one block that IANA gives IPv6 addresses of the Internet from; site-local and the like lie outside.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Special blocks (IANA's registries, RFC 6890) that Python 3.11 takes for public ones.
_SPECIAL = (
    ipaddress.IPv4Network("192.0.0.0/24"),
    ipaddress.IPv4Network("192.88.99.0/24"),
    ipaddress.IPv6Network("3fff::/20"),
)


def is_address(source: str) -> bool:
    """Whether ``source`` is meant as an address rather than as a file.

    >>> is_address("https://example.org/a"), is_address("article.html")
    (True, False)
    """
    return bool(_SCHEME.match(source))


def check_address(url: str) -> str:
    """``url`` without its fragment; ``ArticleError`` (``article_url_unusable``) where it cannot be asked for.

    That is anything but http and https with a host, and an address with a name and password in it.
    """
    try:
        parts = urlsplit(url.strip())
        usable = (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        raise ArticleError("article_url_unusable", url=url) from None
    if not usable or parts.username is not None or parts.password is not None:
        raise ArticleError("article_url_unusable", url=parts._replace(netloc=parts.hostname or "").geturl())
    return parts._replace(fragment="").geturl()


def is_public(address: IpAddress) -> bool:
    """Whether an address is a public machine's: not private, loopback, link-local, reserved or multicast.

    An IPv4 address inside an IPv6 one counts as well.

    >>> is_public(ipaddress.ip_address("93.184.216.34")), is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    (True, False)
    """
    return all(
        part.is_global
        and not part.is_multicast
        and not part.is_reserved
        and (part.version == 4 or part in _GLOBAL_UNICAST)
        and not any(part in block for block in _SPECIAL)
        for part in _unfold(address)
    )


def _unfold(address: IpAddress) -> Iterator[IpAddress]:
    """The address, or the IPv4 addresses that it carries."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
    elif address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address.sixtofour is not None:
        yield address.sixtofour
    elif address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    else:
        yield address
        yield from address.teredo or ()
