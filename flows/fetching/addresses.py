"""Which addresses may be asked: the form of a URL, and the network address behind its host.

The host's address is checked where the connection is made (`transport.py`), on the very address
that is connected to, so that no second look-up can slip another one in between.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from transforms.errors import FetchError

_BAD_PORTS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080}
    | set(range(6665, 6670))
)
"""Ports from 1024 on that belong to other protocols. Source: WHATWG Fetch, port blocking."""

_LOWEST_FREE_PORT = 1024
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_LONGEST_URL = 4096
_SECRET = re.compile(
    r"(?i)(?:^|[_-])(?:api_?key|key|token|secret|password|passwd|pwd|auth|sig|signature)$"
)
_NAT64 = ip_network("64:ff9b::/96")
_SPECIAL = tuple(
    ip_network(one)
    for one in (
        *("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4", "64:ff9b:1::/48"),
        *("100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10"),
    )
)
"""Addresses that are nobody's host on the public net, where Python's own judgement has changed from
one version to the next. Source: IANA special-purpose address registries."""


def check_url(url: str) -> str:
    """The URL in a form that can be asked, without its fragment.

    Raises:
        FetchError: `bad_url`: not http or https, no host, credentials, control characters or spaces
            in it, a port of another protocol, or too long.
    """
    if len(url) > _LONGEST_URL:
        raise FetchError("bad_url", f"longer than {_LONGEST_URL} characters")
    if _UNSAFE.search(url):
        raise FetchError("bad_url", f"space or control character in {plain(url)}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("bad_url", f"{plain(url)}: {plain(str(error))}") from None
    if parts.scheme not in ("http", "https"):
        raise FetchError("bad_url", f"only http and https are fetched, not {plain(parts.scheme)!r}")
    if parts.username is not None or parts.password is not None:
        raise FetchError("bad_url", "credentials in the address")
    if not parts.hostname or "\\" in parts.netloc or "%" in parts.netloc:
        raise FetchError("bad_url", f"no usable host in {plain(redact_url(url))}")
    if port not in (None, 80, 443) and (port < _LOWEST_FREE_PORT or port in _BAD_PORTS):
        raise FetchError("bad_url", f"port {port} is none of the web")
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._[]|") or "/"
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return urlunsplit((parts.scheme, _ascii_netloc(parts.hostname, port), path, query, ""))


def _ascii_netloc(host: str, port: int | None) -> str:
    if ":" in host:
        name = f"[{host}]"
    else:
        try:
            name = host if host.isascii() else host.encode("idna").decode("ascii")
        except UnicodeError:
            raise FetchError("bad_url", f"host {plain(host)} is no domain name") from None
    return name if port is None else f"{name}:{port}"


def host_of(url: str) -> str:
    """The host of a URL, lower case, without port and trailing dot."""
    return (urlsplit(url).hostname or "").rstrip(".")


def authority_of(url: str) -> str:
    """Host and port of a URL: what politeness is owed to."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{(parts.hostname or '').rstrip('.')}:{port}"


def join_url(base: str, location: str) -> str:
    """The address that a Location header names, seen from the address that sent it."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        raise FetchError("bad_url", f"Location {plain(location)}") from None


def forbidden_address(text: str, *, internal: bool) -> str | None:
    """Why a network address must not be connected to, or None where it may.

    Args:
        text: IPv4 or IPv6 address as the resolver gave it.
        internal: True lets private and loopback addresses pass; link-local (where cloud machines
            keep their credentials), multicast and reserved ones never do.
    """
    address = _unwrap(ip_address(text.partition("%")[0]))
    if address.is_unspecified or address.is_multicast or address.is_link_local:
        return f"{text} is no address of a single machine"
    if any(address in network for network in _SPECIAL):
        return f"{text} is reserved"
    if not internal and (address.is_loopback or address.is_private or not address.is_global):
        return f"{text} is private or local"
    return None


def _unwrap(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 one, for the forms that routers or kernels undo."""
    if not isinstance(address, IPv6Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour
    if inner is None and address.teredo is not None:
        inner = address.teredo[1]
    low = int(address) & 0xFFFFFFFF
    if inner is None and address in _NAT64:
        inner = IPv4Address(low)
    if inner is None and int(address) >> 32 == 0 and low > 1:
        inner = IPv4Address(low)
    return inner if inner is not None else address


def plain(text: str, limit: int = 300) -> str:
    """Text from outside, fit for one line of a log: control characters escaped, cut short."""
    short = text if len(text) <= limit else text[:limit] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in short)


def redact_url(url: str) -> str:
    """The URL with credentials and the values of secret-looking parameters replaced by ***."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "***"
    netloc = f"***@{host}" if "@" in parts.netloc else host
    query = parts.query
    if query and any(_SECRET.search(k) for k, _ in parse_qsl(query, keep_blank_values=True)):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(k, "***" if _SECRET.search(k) else v) for k, v in pairs], safe="*")
    return urlunsplit((parts.scheme, netloc, parts.path, query, parts.fragment))
