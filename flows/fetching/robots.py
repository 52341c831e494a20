"""robots.txt: what a site asks of us, after RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

ROBOTS_BYTES = 500 * 1024
"""What RFC 9309 asks a reader to read at least; more is not read."""

_MOST_RULES = 5000


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site for us.

    Attributes:
        rules: pattern and whether it allows, as written.
        crawl_delay: seconds between requests that the site asks for, or None.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    crawl_delay: float | None = None

    def allows(self, url: str) -> bool:
        """Whether the URL may be asked: the longest rule that fits decides, allow wins a tie."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if path == "/robots.txt":
            return True
        plain_path = unquote(path)
        best, verdict = -1, True
        for pattern, allow in self.rules:
            length = len(pattern)
            if (length > best or (length == best and allow)) and _fits(pattern, plain_path):
                best, verdict = length, allow
        return verdict


def parse_robots(text: str, agent: str) -> Robots:
    """The rules for one agent: those of its own groups, else those of `*`.

    Args:
        text: the document; anything that is no rule is passed over.
        agent: our name, without a version.
    """
    groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
    names: list[str] = []
    open_names = False
    for line in text.lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            names = [*(names if open_names else []), value.lower()]
            open_names = True
            groups.setdefault(value.lower(), ([], []))
            continue
        if key in ("allow", "disallow", "crawl-delay"):
            open_names = False
            for name in names:
                _add_rule(groups[name], key, value)
    rules, delays = groups.get(agent.lower()) or groups.get("*") or ([], [])
    return Robots(tuple(rules[:_MOST_RULES]), max(delays) if delays else None)


def _add_rule(group: tuple[list[tuple[str, bool]], list[float]], key: str, value: str) -> None:
    rules, delays = group
    if key == "crawl-delay":
        try:
            delay = float(value)
        except ValueError:
            return
        if 0 <= delay < float("inf"):
            delays.append(delay)
    elif value:
        rules.append((unquote(value), key == "allow"))


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a closing `$` fits the start of a path; no backtracking."""
    anchored = pattern.endswith("$")
    head, *pieces = (pattern[:-1] if anchored else pattern).split("*")
    if not path.startswith(head):
        return False
    if not pieces:
        return not anchored or path == head
    at = len(head)
    last = pieces.pop() if anchored else None
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return last is None or (path.endswith(last) and len(path) - len(last) >= at)
