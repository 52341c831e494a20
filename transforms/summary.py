"""What a night brought, for people: the content of the report page and of the Prefect artifact.

Reads the finished tables of a release; nothing is computed here that a table already holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from transforms.dossiers import Dossier, Row, Toll, collect_dossiers, list_of, rows_of
from transforms.schema import KINDS

DAYS_SHOWN = 30
COUNTRIES_SHOWN = 12
EVENTS_SHOWN = 1000
"""Above this the page passes 3 MB and a browser gets slow; the tables hold the rest."""

DATE_PRECISIONS: dict[object, str] = {
    1: "exact day",
    2: "two to six days",
    3: "a week",
    4: "up to a month",
    5: "longer",
    None: "not known",
}
PLACE_PRECISIONS: dict[object, str] = {
    1: "exact place",
    2: "within about 25 km",
    3: "second-order division",
    4: "province",
    5: "line or fuzzy area",
    6: "country only",
    7: "sea or air",
    None: "not known",
}
GRADE_WORDS: dict[object, str] = {
    "contested": "contested: rivals are named, or it is denied",
    "confirmed": "confirmed: the actor accepts it",
    "fair": "fair: several publishers name the same",
    "weak": "weak: one publisher names an actor",
    None: "nobody named",
}
"""Grades of attribution with what they stand for: "confirmed" alone would say too much."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: `sure` with a figure, `vague` with a lower bound only, both in people.

    `more` tells that one of the figures has no upper bound.
    """

    label: str
    sure: int
    vague: int = 0
    more: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole."""

    label: str
    count: int
    of: int

    @property
    def percent(self) -> float:
        """The part in percent; 0 of nothing is 0."""
        return 100 * self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """A toll that moved tonight, from the night before to now."""

    dossier: Dossier
    before: Toll
    after: Toll

    @property
    def size(self) -> int:
        """By how many people it moved."""
        return abs((self.after.value or 0) - (self.before.value or 0))


@dataclass(frozen=True, slots=True)
class Summary:
    """What a night brought.

    Attributes:
        night: its logical date.
        new: events first seen tonight, the deadliest first.
        changes: tolls that moved tonight, the largest moves first.
        earlier: events of the nights before, the newest first, as far as the page has room.
        left_out: events of the release that the page has no room for.
        gone: events that were current in the release before and are merged or withdrawn now.
        killed: killed of the new events, their figures and lower bounds apart.
        by_day: killed by first possible day, for the last `DAYS_SHOWN` days.
        undated: killed in the same events whose day is not known.
        by_country: killed in events of the same days by country code; "" is the rest.
        dates, places, grades: active events by precision and by grade of attribution.
        checks: shares of events or claims that a reader should know of.
        feeds: tonight's rows of `feeds`, failures first.
        rejects: tonight's rejects by stage and reason.
        findings: what the checks found tonight.
        counts: rows per table.
    """

    night: date
    new: tuple[Dossier, ...]
    changes: tuple[Change, ...]
    earlier: tuple[Dossier, ...]
    left_out: int
    gone: tuple[Row, ...]
    killed: Bar
    by_day: tuple[Bar, ...]
    undated: int
    by_country: tuple[Bar, ...]
    dates: tuple[Share, ...]
    places: tuple[Share, ...]
    grades: tuple[Share, ...]
    checks: tuple[Share, ...]
    feeds: tuple[Row, ...]
    rejects: tuple[tuple[str, str, int], ...]
    findings: tuple[str, ...]
    counts: Mapping[str, int]


def summarise_night(
    tables: Mapping[str, pd.DataFrame],
    *,
    night: date,
    previous: Mapping[str, pd.DataFrame] | None = None,
) -> Summary:
    """Sum up a night from the tables of its release.

    Args:
        tables: every table as declared.
        night: logical date of the run.
        previous: the tables of the release before (only `events` is read), or None.
    """
    at = pd.Timestamp(night)
    events = tables["events"]
    active = events[events["status"] == "active"]
    known = None if previous is None else set(previous["events"]["event_id"])
    is_new = active["observed_at"] == at
    if known is not None:
        is_new |= ~active["event_id"].isin(known)
    moved = _moved_tonight(tables["tolls"], at)
    new, rest = active[is_new], active[~is_new].sort_values(["observed_at", "event_id"])
    touched = rest["event_id"].isin(moved)
    ordered = [*_deadliest(new), *rest["event_id"][touched], *rest["event_id"][~touched][::-1]]
    dossiers = {d.event_id: d for d in collect_dossiers(tables, ordered[:EVENTS_SHOWN])}
    fresh = set(new["event_id"])
    recent = active[_within(active, at) | active["date_start"].isna() & is_new]
    return Summary(
        night=night,
        new=tuple(dossiers[i] for i in ordered if i in fresh and i in dossiers),
        changes=_changes(dossiers, moved - fresh, night),
        earlier=tuple(dossiers[i] for i in ordered if i not in fresh and i in dossiers),
        left_out=len(ordered) - len(dossiers),
        gone=_gone(events, previous),
        killed=_sum("killed", new),
        by_day=_by_day(recent, night),
        undated=_sum("", recent[recent["date_start"].isna()]).sure,
        by_country=_by_country(recent),
        dates=_shares(active["date_precision"], DATE_PRECISIONS),
        places=_shares(active["place_precision"], PLACE_PRECISIONS),
        grades=_shares(active["attribution"], GRADE_WORDS),
        checks=(*_checks(active, tables["claims"]), _look(tables["runs"], at)),
        feeds=_feeds(tables["feeds"], at),
        rejects=_rejects(tables["rejects"], at),
        findings=_findings(tables["runs"], at),
        counts={name: len(frame) for name, frame in tables.items()},
    )


def _deadliest(events: pd.DataFrame) -> list[str]:
    killed = events["killed_best"].fillna(events["killed_low"]).fillna(-1)
    hurt = events[[f"{kind}_best" for kind in KINDS[1:]]].max(axis=1).fillna(-1)
    order = pd.DataFrame({"killed": killed, "hurt": hurt, "id": events["event_id"]})
    order = order.sort_values(["killed", "hurt", "id"], ascending=[False, False, True])
    return order["id"].tolist()


def _moved_tonight(tolls: pd.DataFrame, at: pd.Timestamp) -> set[str]:
    tonight = tolls["event_id"][tolls["observed_at"] == at]
    before = tolls["event_id"][tolls["observed_at"] < at]
    return set(tonight) & set(before)


def _changes(dossiers: Mapping[str, Dossier], moved: set[str], night: date) -> tuple[Change, ...]:
    changes = []
    for dossier in dossiers.values():
        if dossier.event_id not in moved:
            continue
        nights = [(day, tolls) for day, tolls in dossier.history if day <= night]
        before, after = ({t.kind: t for t in tolls} for _, tolls in nights[-2:])
        for kind in KINDS:
            none = Toll(kind, None, None, None)
            pair = before.get(kind, none), after.get(kind, none)
            if pair[0] != pair[1]:
                changes.append(Change(dossier, *pair))
    return tuple(sorted(changes, key=lambda c: (-c.size, c.dossier.event_id, c.after.kind)))


def _gone(events: pd.DataFrame, previous: Mapping[str, pd.DataFrame] | None) -> tuple[Row, ...]:
    if previous is None:
        return ()
    before = previous["events"]
    current = before["event_id"][before["status"] == "active"]
    left = events[(events["status"] != "active") & events["event_id"].isin(current)]
    # a tombstone has no headline of its own
    headlines = left["event_id"].map(before.set_index("event_id")["headline"])
    left = left.assign(headline=left["headline"].fillna(headlines))
    return tuple(rows_of(left.sort_values("event_id")))


def _within(events: pd.DataFrame, at: pd.Timestamp) -> pd.Series:
    return events["date_start"].between(at - timedelta(days=DAYS_SHOWN - 1), at)


def _sum(label: str, events: pd.DataFrame) -> Bar:
    best, low = events["killed_best"], events["killed_low"]
    more = bool((best.notna() & events["killed_high"].isna()).any())
    return Bar(label, int(best.sum()), int(low[best.isna()].sum()), more)


def _by_day(events: pd.DataFrame, night: date) -> tuple[Bar, ...]:
    groups = dict(iter(events.groupby("date_start")))
    days = [night - timedelta(days=back) for back in range(DAYS_SHOWN - 1, -1, -1)]
    none = events.iloc[:0]
    return tuple(_sum(day.isoformat(), groups.get(pd.Timestamp(day), none)) for day in days)


def _by_country(events: pd.DataFrame) -> tuple[Bar, ...]:
    bars = [_sum(str(code), group) for code, group in events.groupby("country")]
    bars = [bar for bar in bars if bar.sure or bar.vague]
    bars.sort(key=lambda bar: (-bar.sure - bar.vague, bar.label))
    shown, rest = bars[:COUNTRIES_SHOWN], bars[COUNTRIES_SHOWN:]
    nowhere = _sum("", events[events["country"].isna()])
    other = Bar("", sum(b.sure for b in (*rest, nowhere)), sum(b.vague for b in (*rest, nowhere)))
    return (*shown, other) if other.sure or other.vague else tuple(shown)


def _shares(column: pd.Series, labels: Mapping[object, str]) -> tuple[Share, ...]:
    counts = column.value_counts(dropna=True).to_dict()
    counts[None] = int(column.isna().sum())
    return tuple(Share(word, int(counts.get(key, 0)), len(column)) for key, word in labels.items())


def _checks(active: pd.DataFrame, claims: pd.DataFrame) -> tuple[Share, ...]:
    counted = active[active["killed_low"].notna() | active["killed_best"].notna()]
    incident = claims[claims["scope"] == "incident"]
    return (
        Share(
            "events whose toll somebody disputes", int(active["toll_disputed"].sum()), len(active)
        ),
        Share(
            "death tolls with a lower bound only",
            int(counted["killed_best"].isna().sum()),
            len(counted),
        ),
        Share(
            "events with one independent source",
            int((active["n_independent"] <= 1).sum()),
            len(active),
        ),
        Share(
            "figures disputed or denied",
            int(incident["stance"].isin(["disputed", "denied"]).sum()),
            len(incident),
        ),
    )


def _look(runs: pd.DataFrame, at: pd.Timestamp) -> Share:
    """The standing audit: pages passed over, read all the same, that do speak of casualties."""
    tonight = runs.loc[runs["night"] == at, "counts"].dropna()
    looks = [json.loads(said).get("look", {}) for said in tonight]
    missed, audited = (sum(look.get(name, 0) for look in looks) for name in ("missed", "audited"))
    return Share("audited pages that the look passed over wrongly", missed, audited)


def _feeds(feeds: pd.DataFrame, at: pd.Timestamp) -> tuple[Row, ...]:
    rows = rows_of(feeds[feeds["night"] == at])
    return tuple(
        sorted(
            rows,
            key=lambda r: (
                r["error_class"] is None,
                -(r["consecutive_failures"] or 0),
                r["feed_id"],
            ),
        )
    )


def _rejects(rejects: pd.DataFrame, at: pd.Timestamp) -> tuple[tuple[str, str, int], ...]:
    tonight = rejects[rejects["night"] == at]
    counts = tonight[["stage", "reason"]].value_counts().reset_index(name="rows")
    rows = [(r["stage"], r["reason"], int(r["rows"])) for r in rows_of(counts)]
    return tuple(sorted(rows, key=lambda r: (-r[2], r[0], r[1])))


def _findings(runs: pd.DataFrame, at: pd.Timestamp) -> tuple[str, ...]:
    tonight = rows_of(runs[runs["night"] == at])
    return tuple(dict.fromkeys(str(f) for row in tonight for f in list_of(row["findings"])))
