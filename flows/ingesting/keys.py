"""What an entry is known by from night to night, and how it travels beside its page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from transforms.identity import hash_id
from transforms.urls import canonical_url

_TIMES = ("published_at", "updated_at")


def page_key(url: str | None, feed_id: str, guid: str | None) -> int:
    """The article that an entry stands for: by canonical address, else by feed and guid."""
    canonical = canonical_url(url)
    digest = hash_id(canonical) if canonical else hash_id(feed_id, guid or "")
    return _signed(digest)


def entry_key(entry: Mapping[str, Any]) -> int:
    """What an entry says of itself: another key means that the article was edited.

    Summaries stay out: many feeds put counters and adverts into them.
    """
    return _signed(hash_id(*(str(entry.get(n) or "") for n in ("title", *_TIMES))))


def _signed(digest: str) -> int:
    return int.from_bytes(bytes.fromhex(digest), "big", signed=True)


def entry_records(entries: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of an entries frame as values that JSON can hold: times as text, null as None."""
    plain = entries.copy()
    for name in _TIMES:
        plain[name] = plain[name].dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for name in plain.columns:
        if name != "flags":
            plain[name] = plain[name].astype(object).where(plain[name].notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]


def entry_json(entry: Mapping[str, Any]) -> str:
    """An entry record as one line of JSON."""
    return json.dumps(dict(entry), ensure_ascii=False, default=list)
