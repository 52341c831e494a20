"""Events as lines of text: what the main job prints. Reads finished tables, computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from transforms.corrections import Correction
from transforms.difference import Difference
from transforms.dossiers import Row, day_of, rows_of, tolls_of
from transforms.summary import Change, Summary, summarise_night

_HEADINGS = ("date", "place", "type", "killed", "injured", "attribution", "sources")


def list_events(events: pd.DataFrame) -> str:
    """The active events as a table in plain text, by date and place.

    Args:
        events: table events.

    Returns:
        One line per active event; killed as low-best-high, "?" where unknown.
    """
    active = events[events["status"] == "active"]
    rows = sorted(rows_of(active), key=lambda r: (str(_days(r)), str(_place(r)), r["event_id"]))
    lines = [
        (
            _days(row),
            _place(row),
            str(row["event_type"] or "?").replace("_", " "),
            "-".join(_figure(row[f"killed_{bound}"]) for bound in ("low", "best", "high")),
            _words(row, "injured"),
            _attribution(row),
            _figure(row["n_independent"]),
        )
        for row in rows
    ]
    return _align([_HEADINGS, *lines])


def list_changes(
    tables: Mapping[str, pd.DataFrame], previous: Mapping[str, pd.DataFrame] | None, night: date
) -> str:
    """What a night brought, one line each: new events, tolls that moved, events that are gone.

    Args:
        tables: every table of the night's release.
        previous: those of the release before, or None.
        night: logical date.
    """
    summary = summarise_night(tables, night=night, previous=previous)
    lines = [f"  + {_event_line(d.event)}: {_tolls(d.event)}" for d in summary.new]
    lines += [f"  ~ {_change_line(change)}" for change in summary.changes]
    lines += [f"  - {_gone_line(row)}" for row in summary.gone]
    return "\n".join([_headline(summary), *lines]) + "\n"


def list_corrections(corrections: Sequence[Correction]) -> str:
    """Corrections by people, two lines each: what is put right, and on what grounds.

    Args:
        corrections: those to tell.

    Returns:
        The lines; empty where there are none.
    """
    lines = []
    for c in corrections:
        details = {
            "fix": f": {c.field} = {c.value}",
            "split": f": {_many(len(c.reports), 'report')} of another event",
            "merge": f" into {c.into}",
        }
        lines.append(f"  ! {c.action} {c.event}{details.get(c.action, '')}")
        lines.append(f"      {c.reason} ({c.evidence})")
    return "\n".join(["corrected by people:", *lines]) + "\n" if lines else ""


def list_differences(difference: Difference, old: pd.DataFrame, new: pd.DataFrame) -> str:
    """What lies between two releases, one line each; empty where there is nothing.

    Args:
        difference: as `compare_releases` gives it.
        old: table events of the earlier release.
        new: table events of the later release.
    """
    before, after = (
        {row["event_id"]: f"{row['event_id']}  {_event_line(row)}" for row in rows_of(events)}
        for events in (old, new)
    )
    lines = [
        f"  {row['table']}: {row['added']} rows added, {row['removed']} removed,"
        f" {row['changed']} changed"
        for row in rows_of(difference.counts)
        if row["added"] or row["removed"] or row["changed"]
    ]
    for row in rows_of(difference.pairs):
        if row["change"] == "added":
            lines.append(f"  + {after[row['new_event_id']]}")
        elif row["change"] == "removed":
            lines.append(f"  - {before[row['old_event_id']]}")
        elif row["change"] == "renamed":
            lines.append(f"  = {row['old_event_id']} is {after[row['new_event_id']]} now")
    lines += [
        f"  ~ {row['new_event_id']} {row['column']}:"
        f" {_known(row['before'])} -> {_known(row['after'])}"
        for row in rows_of(difference.cells)
    ]
    return "\n".join(lines) + ("\n" if lines else "")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _known(value: str | None) -> str:
    return "unknown" if value is None else value


def _headline(summary: Summary) -> str:
    return (
        f"{summary.night}: {_many(len(summary.new), 'new event')},"
        f" {_many(len(summary.changes), 'toll')} moved,"
        f" {_many(len(summary.gone), 'event')} merged or withdrawn"
    )


def _event_line(row: Row) -> str:
    kind = str(row["event_type"] or "event").replace("_", " ")
    return f"{_days(row)} {_place(row)}, {kind}"


def _change_line(change: Change) -> str:
    event = _event_line(change.dossier.event)
    return f"{event}: {change.after.kind} {change.before.words} -> {change.after.words}"


def _gone_line(row: Row) -> str:
    end = f"merged into {row['merged_into']}" if row["merged_into"] else str(row["status"])
    return f"{row['event_id']} {end}"


def _tolls(row: Row) -> str:
    return ", ".join(f"{toll.kind} {toll.words}" for toll in tolls_of(row)) or "no figure"


def _words(row: Row, kind: str) -> str:
    return next((toll.words for toll in tolls_of(row) if toll.kind == kind), "?")


def _attribution(row: Row) -> str:
    if row["attribution"] is None:
        return "-"
    return f"{row['attribution']}: {row['actor']}" if row["actor"] else str(row["attribution"])


def _days(row: Row) -> str:
    start, end = day_of(row["date_start"]), day_of(row["date_end"])
    if start is None:
        return "?"
    return str(start) if end in (None, start) else f"{start}..{end:%m-%d}"


def _place(row: Row) -> str:
    name = row["place_name"] or row["admin1"]
    parts = [part for part in (name, row["country"]) if part]
    return " ".join(parts) or "?"


def _figure(value: int | None) -> str:
    return "?" if value is None else f"{value}"


def _align(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) for r in rows)
    return "\n".join(line.rstrip() for line in lines) + "\n"
