"""Identifiers: hashed from the fewest stable raw fields, never from text or a whole row."""

from __future__ import annotations

from hashlib import blake2b


def hash_id(*parts: str | int) -> str:
    """Sixteen hexadecimal digits for the parts, in order; the same on every machine.

    Args:
        parts: raw fields; their order matters and they can't run into one another.
    """
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(str(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return digest.hexdigest()
