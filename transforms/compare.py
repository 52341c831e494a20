"""Two releases compared, event by event: what `diff` prints.

A new coder may give events other ids; an event that is gone is then paired with the new one that
rests on the same articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from transforms.dossiers import Row, rows_of
from transforms.schema import SETTLED_BY

Tables = Mapping[str, pd.DataFrame]

_TOLD_ELSEWHERE = {"event_id", "confidence", "observed_at", *SETTLED_BY}
"""Columns whose change says nothing of the event itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one event that has another value now."""

    event_id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lies between two releases.

    Attributes:
        added: events that only the later one has, without those that are renamed.
        removed: events that only the earlier one has, without those that are renamed.
        renamed: earlier id to later id of events that rest on the same articles.
        changes: fields that changed, of events that both have.
        rows: per table the rows before and after, where they differ.
    """

    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    renamed: dict[str, str]
    changes: tuple[Change, ...]
    rows: dict[str, tuple[int, int]]


def compare_releases(before: Tables, after: Tables) -> Comparison:
    """Compare the events of two releases.

    Args:
        before: the tables of the earlier release.
        after: the tables of the later release.
    """
    old = {str(row["event_id"]): row for row in rows_of(before["events"])}
    new = {str(row["event_id"]): row for row in rows_of(after["events"])}
    renamed = _renamed(before, after, set(old) - set(new), set(new) - set(old))
    pairs = [(name, renamed.get(name, name)) for name in old if renamed.get(name, name) in new]
    return Comparison(
        added=tuple(new[n] for n in sorted(set(new) - set(old) - set(renamed.values()))),
        removed=tuple(old[n] for n in sorted(set(old) - set(new) - set(renamed))),
        renamed=renamed,
        changes=tuple(c for a, b in sorted(pairs) for c in _changes(old[a], new[b])),
        rows={
            name: (len(before[name]), len(after[name]))
            for name in sorted({*before, *after})
            if len(before[name]) != len(after[name])
        },
    )


def describe_comparison(found: Comparison) -> str:
    """The comparison as text, one line per difference; empty where there is none."""
    lines = [f"  {name}: {a} rows -> {b} rows" for name, (a, b) in found.rows.items()]
    lines += [f"  + {_event(row)}" for row in found.added]
    lines += [f"  - {_event(row)}" for row in found.removed]
    lines += [f"  = {a} is {b} now" for a, b in sorted(found.renamed.items())]
    lines += [
        f"  ~ {c.event_id} {c.field}: {_value(c.before)} -> {_value(c.after)}"
        for c in found.changes
    ]
    return "\n".join(lines) + ("\n" if lines else "")


def _renamed(before: Tables, after: Tables, gone: set[str], come: set[str]) -> dict[str, str]:
    """Pairs of a gone and a new event, the most shared articles first, each once."""
    old, new = _articles_of(before, gone), _articles_of(after, come)
    shared = old.merge(new, on="article_id", suffixes=("_before", "_after"))
    counts = shared.groupby(["event_id_before", "event_id_after"]).size().reset_index(name="n")
    counts = counts.sort_values(
        ["n", "event_id_before", "event_id_after"], ascending=[False, True, True]
    )
    renamed: dict[str, str] = {}
    for a, b in zip(counts["event_id_before"], counts["event_id_after"], strict=True):
        if a not in renamed and b not in renamed.values():
            renamed[str(a)] = str(b)
    return renamed


def _articles_of(tables: Tables, events: set[str]) -> pd.DataFrame:
    reports = tables["reports"]
    mine = reports[reports["event_id"].isin(events)]
    return mine[["event_id", "article_id"]].drop_duplicates()


def _changes(old: Row, new: Row) -> list[Change]:
    return [
        Change(str(new["event_id"]), name, old.get(name), value)
        for name, value in new.items()
        if name not in _TOLD_ELSEWHERE and old.get(name) != value
    ]


def _event(row: Row) -> str:
    day = row["date_start"].date().isoformat() if row["date_start"] else "?"
    place = row["place_name"] or row["country"] or "?"
    return (
        f"{row['event_id']} {day} {place}, {row['event_type']}, killed {_value(row['killed_best'])}"
    )


def _value(value: object) -> str:
    if value is None:
        return "unknown"
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
