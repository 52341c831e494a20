"""What a person may set in an event, and to what. For `transforms/corrections.py`."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from transforms import schema

FIXABLE = tuple(
    name
    for name in schema.TABLES["events"].names
    if name not in ("event_id", "rule", "status", "merged_into", "observed_at", *schema.SETTLED_BY)
)

_COUNTRY = re.compile(r"[A-Z]{3}")
_RANGES = {"latitude": (-90, 90), "longitude": (-180, 180), "confidence": (0, 1)}


def misfit(field: str, value: Any) -> str | None:
    """Why a value can't stand in a field of the events table, or None.

    Args:
        field: one of `FIXABLE`.
        value: as TOML gives it.
    """
    allowed, kind = schema.allowed("events", field), schema.FIELDS[field].type
    if allowed and value not in allowed:
        return f"{field} is one of {', '.join(map(str, allowed))}"
    if (kind == "bool") != isinstance(value, bool):
        wanted = "true or false" if kind == "bool" else "something else"
        return f"{str(value).lower()} does not fit into {field}: {wanted} is wanted"
    if kind in ("int", "long") and isinstance(value, int) and value < 0:
        return f"{field} can't be below 0"
    if kind == "string" and not (isinstance(value, str) and value.strip()):
        return f"{value!r} does not fit into {field}: words are wanted"
    if kind == "day" and not isinstance(value, date | str):
        return f"{value!r} does not fit into {field}: a day is wanted, such as 2026-11-20"
    if field == "country" and not _COUNTRY.fullmatch(value):
        return f"country is an ISO 3166-1 alpha-3 code such as NGA, not {value!r}"
    if field in _RANGES and isinstance(value, int | float):
        low, high = _RANGES[field]
        return None if low <= value <= high else f"{field} lies between {low} and {high}"
    return None
