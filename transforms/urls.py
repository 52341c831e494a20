"""Addresses: one canonical form per article, whatever the link that led to it looked like.

The canonical form is an identity, the address itself stays in `url`: it drops what does not choose
the article (tracking parameters, fragment, `www`, mobile and AMP forms, http against https).
"""

from __future__ import annotations

import re
from urllib.parse import (
    SplitResult,
    parse_qsl,
    quote,
    unquote_to_bytes,
    urlencode,
    urljoin,
    urlsplit,
)

MAX_URL_CHARACTERS = 4096

_TRACKING = re.compile(
    r"""(?ix) ^(?: utm_.* | at_.* | pk_.* | mtm_.* | ns_.* | _ga | _gl | fbclid | gclid | dclid
    | gbraid | wbraid | msclkid | yclid | twclid | igshid | igsh | mc_cid | mc_eid | mkt_tok | ocid
    | cmp | cmpid | icid | ncid | smid | smtyp | sr_share | taid | xtor | xtref | maca | ftag | ito
    | wprov | spm | traffic_source | partner | ref | ref_src | ref_url | referrer | src_rss | rss
    | from_rss | fromrss | amp | outputtype | output_type | jsessionid | phpsessid
    )$"""
)
"""Query parameters that say where a reader came from or which skin he sees, never which article.
Gathered in November 2026 from the links that large outlets put into their feeds."""

_HOST_LABELS = frozenset({"www", "m", "mobile", "amp", "wap", "touch"})
_AMP_PATH = re.compile(r"(?i)(?:/amp(?:\.html?)?/*|\.amp)$|\.amp(?=\.html?$)")
_AMP_LEAD = re.compile(r"(?i)^/amp(?=/.)")
_SESSION = re.compile(r"(?i);(?:jsessionid|phpsessid)=[^/?#]*")
_GOOGLE_AMP = re.compile(r"(?i)^/amp/(s/)?([^/]+\.[^/]+)(/.*)?$")
_AMP_CACHE = re.compile(r"(?i)^/[a-z]/(s/)?([^/]+\.[^/]+)(/.*)?$")
_PLAIN = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/[\w/.~%+-]*(?:\?[\w=&.~%+-]+)?", re.ASCII)
"""An address that is absolute and as it should be, as most are: nothing else needs to be tried."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def absolute_url(link: str | None, base: str | None = None) -> str | None:
    """The link as an absolute http(s) address, or None where it is none.

    Args:
        link: as written, perhaps relative, perhaps with stray white space.
        base: address against which a relative link is read.
    """
    if not link:
        return None
    if len(link) <= MAX_URL_CHARACTERS and _PLAIN.fullmatch(link):
        return link
    link = _CONTROLS.sub("", link.strip()).replace(" ", "%20")
    if not link or len(link) > MAX_URL_CHARACTERS:
        return None
    try:
        joined = urljoin(base, link) if base else link
        parts = urlsplit(joined)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "%20" in host:
        return None
    return joined


def canonical_url(link: str | None, base: str | None = None) -> str | None:
    """The canonical form of an article's address; applying it twice changes nothing more.

    Args:
        link: the address as the feed gave it.
        base: address against which a relative link is read.

    Returns:
        None where the link is no http(s) address.
    """
    address = absolute_url(link, base)
    # an AMP address can hold another one inside; three unwrappings are more than was ever seen
    for _ in range(3):
        if address is None:
            return None
        inner = _unwrapped(urlsplit(address))
        if inner is None:
            break
        address = absolute_url(inner)
    return None if address is None else _canonical(urlsplit(address))


def _unwrapped(parts: SplitResult) -> str | None:
    """The address that a Google AMP viewer or AMP cache address stands for."""
    host = (parts.hostname or "").lower()
    if re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", host):
        found = _GOOGLE_AMP.match(parts.path)
    elif host.endswith(".cdn.ampproject.org") or host == "cdn.ampproject.org":
        found = _AMP_CACHE.match(parts.path)
    else:
        return None
    if not found:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{found[2]}{found[3] or '/'}{query}"


def _canonical(parts: SplitResult) -> str | None:
    host = _host(parts.hostname or "")
    if not host:
        return None
    scheme, port = parts.scheme.lower(), parts.port
    if port in (None, 80, 443):
        netloc, scheme = host, "https"
    else:
        netloc = f"{host}:{port}"
    path = _requoted(_SESSION.sub("", parts.path))
    stripped = _AMP_LEAD.sub("", path)
    while True:
        shorter = _AMP_PATH.sub("", stripped.rstrip("/"))
        if shorter == stripped:
            break
        stripped = shorter
    query = _query(parts.query)
    return f"{scheme}://{netloc}{stripped or '/'}{'?' + query if query else ''}"


def _host(host: str) -> str:
    """Lower case, ASCII, without the labels that only choose a skin."""
    host = host.rstrip(".").lower()
    if ":" in host:
        return f"[{host}]"
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        host = quote(host, safe=".-_~%")
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _HOST_LABELS:
        labels = labels[1:]
    return ".".join(labels)


def _requoted(path: str) -> str:
    """Percent-encoded once, the same way for every spelling of the same bytes."""
    return quote(unquote_to_bytes(path), safe="/:@!$&'()*+,;=-._~")


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True, errors="surrogateescape", max_num_fields=None)
    kept = sorted((k, v) for k, v in pairs if not _TRACKING.match(k))
    return urlencode(kept, errors="surrogateescape")
