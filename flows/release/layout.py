"""Names within a published store, and how its errors are worded."""

from __future__ import annotations

CURRENT = "current.json"
MANIFEST = "manifest.json"
RELEASES = "releases"
ASIDE = ".tmp-"
"""What begins so is being made or removed, and no reader looks at it."""


def describe(error: BaseException) -> str:
    """The operating system's words for an error, on one line."""
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split())
