"""Corrections by people: applied last, every night, each with its reason and evidence.

They come from data/reference/corrections.toml, one table `[[correction]]` each:

    [[correction]]
    action = "fix"                      # set one field of an event
    event = "1f0c9a2b33d4e5f6"
    field = "killed_best"
    value = 12
    reason = "the ministry corrected its own figure"
    evidence = "https://ministry.example/statement"
    date = 2026-11-20                   # the night from which it holds

    action = "split"                    # these reports are another event
    event, reports = [...]

    action = "merge"                    # the event is part of another
    event, into

    action = "withdraw"                 # the event did not happen
    event

A correction follows an event into the one that it became part of. One that matches nothing,
contradicts another or has no evidence stops the build.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from transforms import schema
from transforms.errors import CorrectionError, SchemaError
from transforms.fixable import FIXABLE, misfit
from transforms.identity import hash_id
from transforms.merging.identity import event_name

if TYPE_CHECKING:
    from transforms.merge import Merged

ACTIONS: dict[str, tuple[str, ...]] = {
    "fix": ("field", "value"),
    "split": ("reports",),
    "merge": ("into",),
    "withdraw": (),
}
_HEADER = re.compile(r"\s*\[\[\s*correction\s*\]\]")
_ALWAYS = ("action", "event", "reason", "evidence", "date")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction; `line` is where it stands in the file."""

    line: int
    action: str
    event: str
    reason: str
    evidence: str
    date: date
    field: str | None = None
    value: Any = None
    reports: tuple[str, ...] = ()
    into: str | None = None

    def error(self, why: str) -> CorrectionError:
        """The error that names this correction."""
        return CorrectionError(
            f"corrections.toml, line {self.line}: {self.action} {self.event}: {why}"
        )


def parse_corrections(text: str) -> list[Correction]:
    """The corrections of a file.

    Raises:
        CorrectionError: the text is no TOML, a key is unknown or missing, the evidence is no
            address, a value does not fit, or two corrections contradict each other.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectionError(f"corrections.toml is no TOML: {error}") from error
    unknown = set(data) - {"correction"}
    if unknown:
        raise CorrectionError(
            f"corrections.toml: unknown key {sorted(unknown)[0]!r}; write [[correction]] tables"
        )
    entries = data.get("correction", [])
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    if not isinstance(entries, list) or len(lines) != len(entries):
        raise CorrectionError("corrections.toml: write [[correction]] tables, one each")
    found = [_read(entry, line) for entry, line in zip(entries, lines, strict=True)]
    _check_together(found)
    return found


def corrections_at(corrections: Sequence[Correction], night: date) -> list[Correction]:
    """The corrections that hold on a night."""
    return [c for c in corrections if c.date <= night]


def _read(entry: dict[str, Any], line: int) -> Correction:
    action = entry.get("action")
    where = f"corrections.toml, line {line}"
    if not isinstance(action, str) or action not in ACTIONS:
        raise CorrectionError(f"{where}: action is {action!r}; it is one of {', '.join(ACTIONS)}")
    needed = {*_ALWAYS, *ACTIONS[action]}
    if needed - set(entry):
        missing = ", ".join(sorted(needed - set(entry)))
        raise CorrectionError(f"{where}: {action} needs {missing}")
    if set(entry) - needed:
        extra = ", ".join(sorted(set(entry) - needed))
        raise CorrectionError(f"{where}: {action} has no {extra}")
    for name in ("event", "reason", "evidence", "field", "into"):
        if name in entry and not (isinstance(entry[name], str) and entry[name].strip()):
            raise CorrectionError(f"{where}: {name} is empty, or no text between quotes")
    reports = entry.get("reports", [])
    if not isinstance(reports, list) or not all(isinstance(report, str) for report in reports):
        raise CorrectionError(
            f'{where}: reports is a list of report ids, such as ["0a1b2c3d4e5f6071"]'
        )
    if not re.match(r"https?://[^\s/]+\.\S", entry["evidence"]):
        raise CorrectionError(f"{where}: evidence must be an address that people can read")
    if type(entry["date"]) is not date:
        raise CorrectionError(f"{where}: date must be a day, such as 2026-11-20")
    found = Correction(
        line=line,
        **{name: entry[name] for name in _ALWAYS},
        field=entry.get("field"),
        value=entry.get("value"),
        reports=tuple(reports),
        into=entry.get("into"),
    )
    _check_alone(found)
    return found


def _check_alone(c: Correction) -> None:
    if c.action == "split" and not c.reports:
        raise c.error("names no reports")
    if c.action == "merge" and c.into == c.event:
        raise c.error("an event can't become part of itself")
    if c.action == "fix":
        if c.field not in FIXABLE:
            raise c.error(f"events have no field {c.field!r} that can be fixed")
        wrong = misfit(c.field, c.value)
        if wrong:
            raise c.error(wrong)


def _check_together(corrections: Sequence[Correction]) -> None:
    """No two corrections may want different things of one event."""
    seen: dict[tuple[str, ...], Correction] = {}
    ends = {c.event: c for c in corrections if c.action in ("merge", "withdraw")}
    for c in corrections:
        keys: list[tuple[str, ...]] = [(c.action, c.event, c.field or "")]
        if c.action == "split":
            keys = [("split", report) for report in c.reports]
        if c.action == "merge":
            keys.append(("merge", *sorted((c.event, str(c.into)))))
        for key in keys:
            if key in seen:
                raise c.error(f"contradicts or repeats line {seen[key].line}")
            seen[key] = c
        other = ends.get(c.event)
        if other is not None and other is not c and c.action in ("fix", "merge", "withdraw"):
            raise c.error(f"contradicts line {other.line}, which ends the event")
        end = ends.get(str(c.into))
        if end is not None and end.action == "withdraw":
            raise c.error(f"contradicts line {end.line}, which withdraws {c.into}")


def correct_merge(merged: Merged, corrections: Sequence[Correction]) -> Merged:
    """The merge with people's splits and merges; other corrections are passed over.

    Raises:
        CorrectionError: an event or a report is not there, or nothing would be left of an event.
    """
    for correction in corrections:
        if correction.action == "split":
            merged = _split(merged, correction)
        elif correction.action == "merge":
            merged = _merge(merged, correction)
    return merged


def correct_events(events: pd.DataFrame, corrections: Sequence[Correction]) -> pd.DataFrame:
    """The events table with people's fixes and withdrawals; other corrections are passed over.

    Bounds that a fixed best would contradict move with it, and so does killed_unknown.

    Raises:
        CorrectionError: an event is not there, the value does not fit, or two corrections want
            different things of what has become one event.
    """
    said: dict[str, list[Correction]] = {}
    for c in corrections:
        if c.action not in ("fix", "withdraw"):
            continue
        event = _living(events, c.event, c)
        for other in said.setdefault(event, []):
            if c.action != other.action or (c.field == other.field and c.value != other.value):
                raise c.error(f"contradicts line {other.line}: both are of event {event} now")
        said[event].append(c)
        row = events.index[events["event_id"] == event]
        events = events.copy()
        if c.action == "withdraw":
            events.loc[row, "status"] = "withdrawn"
            continue
        try:
            fixed = schema.cast_frame("events", pd.DataFrame({str(c.field): [c.value]}))
        except SchemaError as error:
            raise c.error(f"{c.value!r} does not fit into {c.field}: {error}") from error
        events.loc[row, str(c.field)] = fixed[str(c.field)].iloc[0]
        events = fit_tolls(events, row, str(c.field))
    for event, mine in said.items():
        row = events.index[events["event_id"] == event]
        if (events.loc[row, "date_start"] > events.loc[row, "date_end"]).any():
            raise mine[-1].error("date_start lies after date_end; fix both")
    return events


def fit_tolls(frame: pd.DataFrame, rows: pd.Index, field: str) -> pd.DataFrame:
    """Rows of tolls brought in order again after one field was set."""
    kind, _, bound = field.rpartition("_")
    if field in schema.TOLLS:
        low, best, high = (f"{kind}_{b}" for b in schema.BOUNDS)
        value = frame.loc[rows, field]
        for other, wrong in ((low, frame[low] > frame[field]), (high, frame[high] < frame[field])):
            off = rows[wrong.loc[rows].fillna(value=False).to_numpy(dtype=bool)]
            frame.loc[off, other] = value.loc[off]
        if bound != "best":
            off = rows[_outside(frame.loc[rows], low, best, high).to_numpy()]
            frame.loc[off, best] = value.loc[off]
    if kind == "killed":
        roles = [name for name in schema.KILLED_ROLES if name != "killed_unknown"]
        rest = frame.loc[rows, "killed_best"] - frame.loc[rows, roles].fillna(0).sum(axis=1)
        over = rows[(rest < 0).fillna(value=False).to_numpy(dtype=bool)]
        frame.loc[over, roles] = 0
        rest.loc[over] = frame.loc[over, "killed_best"]
        frame.loc[rows, "killed_unknown"] = rest
        known = rows[frame.loc[rows, "killed_best"].notna().to_numpy()]
        frame.loc[known, roles] = frame.loc[known, roles].fillna(0)
        frame.loc[rows.difference(known), roles] = pd.NA
    return frame


def _outside(frame: pd.DataFrame, low: str, best: str, high: str) -> pd.Series:
    out = (frame[best] < frame[low]) | (frame[best] > frame[high])
    return out.fillna(value=False).astype(bool)


def _living(events: pd.DataFrame, name: str, correction: Correction) -> str:
    """The id under which an event lives now."""
    into = dict(zip(events["event_id"], events["merged_into"], strict=True))
    if name not in into:
        raise correction.error(f"there is no event {name}")
    for _ in range(len(into)):
        following = into[name]
        if not isinstance(following, str):
            return name
        name = following
    raise correction.error("its merges go in a circle")


def _split(merged: Merged, c: Correction) -> Merged:
    event = _living(merged.events, c.event, c)
    reports = merged.reports
    leaving = reports["report_id"].isin(c.reports) & (reports["event_id"] == event)
    strangers = set(c.reports) - set(reports.loc[leaving, "report_id"])
    if strangers:
        raise c.error(f"report {min(strangers)} is not in event {event}")
    incident = reports["scope"] == "incident"
    rest = (reports["event_id"] == event) & ~leaving & incident
    if not rest.any() or not (leaving & incident).any():
        raise c.error("a split needs incident reports on both sides")
    founder = _first(reports[leaving & incident])
    name = event_name(founder["article_id"], int(founder["version"]), founder["report_id"])
    events = merged.events
    if name == event or (events.loc[events["event_id"] == name, "status"] == "active").any():
        name = hash_id(founder["article_id"], founder["report_id"], "split")
    row = {"event_id": name, "founder": founder["report_id"], "status": "active"}
    row |= {"observed_at": pd.Timestamp(c.date), "merged_into": None}
    events = pd.concat([events[events["event_id"] != name], pd.DataFrame([row])])
    return replace(
        merged,
        reports=reports.assign(event_id=reports["event_id"].mask(leaving, name)),
        events=_sorted_events(events, merged.events),
        links=_decide(merged.links, set(c.reports), founder, _first(reports[rest]), "separate", c),
    )


def _merge(merged: Merged, c: Correction) -> Merged:
    event, into = _living(merged.events, c.event, c), _living(merged.events, str(c.into), c)
    if event == into:
        return merged
    reports, events = merged.reports, merged.events.copy()
    mine, theirs = reports["event_id"] == event, reports["event_id"] == into
    incident = reports["scope"] == "incident"
    gone = (events["event_id"] == event) | (events["merged_into"] == event)
    events["status"] = events["status"].mask(gone, "merged")
    events["merged_into"] = events["merged_into"].mask(gone, into)
    one, other = _first(reports[mine & incident]), _first(reports[theirs & incident])
    return replace(
        merged,
        reports=reports.assign(event_id=reports["event_id"].mask(mine, into)),
        events=events,
        links=_decide(merged.links, set(reports.loc[mine, "report_id"]), one, other, "joined", c),
    )


def _first(reports: pd.DataFrame) -> pd.Series:
    return reports.sort_values(["observed_at", "report_date", "report_id"]).iloc[0]


def _sorted_events(events: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    return events.astype(like.dtypes.to_dict()).sort_values("event_id", ignore_index=True)


def _decide(
    links: pd.DataFrame,
    moved: set[str],
    one: pd.Series,
    other: pd.Series,
    decision: str,
    c: Correction,
) -> pd.DataFrame:
    """The links with the correction's word on a pair, and no rule's word against it."""
    ends = sorted((str(one["report_id"]), str(other["report_id"])))
    across = links["report_a"].isin(moved) != links["report_b"].isin(moved)
    against = across & (links["decision"] == "joined") if decision == "separate" else across & False
    same = (links["report_a"] == ends[0]) & (links["report_b"] == ends[1])
    row = {
        "report_a": ends[0],
        "report_b": ends[1],
        "score": None,
        "reasons": [f"{c.reason} ({c.evidence})"],
        "decision": decision,
        "decided_by": "correction",
        "observed_at": pd.Timestamp(c.date),
    }
    out = pd.concat([links[~(same | against)], schema.frame_of("links", [row])])
    return out.sort_values(["report_a", "report_b"], ignore_index=True)
