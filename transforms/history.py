"""History: what was known on which night. After settle.

The past is a function of the claims: each carries the night on which it was first seen, so a toll's
history is the rule over the claims up to each night, and the data set as of a night is the chain
over what had been seen by then.

Source: codebook section 10.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from transforms import schema
from transforms.corrections import Correction, correct_events, corrections_at, fit_tolls
from transforms.merge import Merged, merge_reports
from transforms.merging.state import MergeState
from transforms.rewrites import mark_rewrites
from transforms.settle import DEFAULT_RULE, settle, settle_events
from transforms.settling.sources import claims_of_events

SEEN = {"articles": "night", "claims": "observed_at", "attributions": "observed_at"}
SEEN |= {"reports": "observed_at"}

_NUMBERS = [*schema.TOLLS, *schema.KILLED_ROLES]


def toll_history(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    rule: str = DEFAULT_RULE,
    events: pd.DataFrame | None = None,
    corrections: Sequence[Correction] = (),
) -> pd.DataFrame:
    """The tolls table.

    Args:
        reports: the reports table with `event_id` set.
        claims: the claims table.
        attributions: the attributions table.
        articles: the articles table with `duplicate_of`.
        rule: name of a rule of settlement.
        events: the events table, to follow a fixed event into the one that it became part of.
        corrections: those that hold; a fixed toll counts from the night of its correction.

    Returns:
        One row per event and night on which its toll changed, sorted; the last of an event is its
        current toll.

    Raises:
        SettingsError: no such rule.
    """
    told = claims_of_events(reports, claims, attributions, articles)
    told = told[(told["scope"] == "incident") & told["observed_at"].notna()]
    nights = told[["event_id", "observed_at"]].drop_duplicates()
    nights = nights.rename(columns={"observed_at": "until"})
    known = told.merge(nights, on="event_id", validate="m:m")
    known = known[known["observed_at"] <= known["until"]]
    # each event on each of its nights is settled as if it were an event of its own
    moment = known["event_id"] + "@" + known["until"].dt.strftime("%Y-%m-%d")
    tolls = settle(known.assign(event_id=moment), rule)
    parts = tolls["event_id"].str.rsplit("@", n=1)
    tolls["event_id"] = parts.str[0].astype("str")
    tolls["observed_at"] = pd.to_datetime(parts.str[1]).astype("datetime64[us]")
    tolls = _changes(schema.cast_frame("tolls", tolls))
    for correction in corrections:
        if correction.action == "fix" and correction.field in _NUMBERS:
            tolls = _fix(tolls, correction, events)
    return tolls


def as_of(
    tables: Mapping[str, pd.DataFrame],
    night: date,
    *,
    rule: str = DEFAULT_RULE,
    corrections: Sequence[Correction] = (),
) -> dict[str, pd.DataFrame]:
    """The data set from what was known on a night, under today's coder.

    Args:
        tables: articles, claims, attributions and reports, by name; other tables are passed over.
        night: the night, included.
        rule: name of a rule of settlement.
        corrections: all corrections; those dated later are passed over.

    Returns:
        articles, claims, attributions, reports, links, events and tolls.

    Raises:
        SettingsError: no such rule.
        CorrectionError: a correction matches nothing.
    """
    last = pd.Timestamp(night)
    seen = {name: tables[name][~(tables[name][by] > last)] for name, by in SEEN.items()}
    seen |= {name: tables[name] for name in ("mentions",) if name in tables}
    return relate(seen, rule=rule, corrections=corrections_at(corrections, night))[0]


def resettle(
    tables: Mapping[str, pd.DataFrame],
    *,
    rule: str,
    corrections: Sequence[Correction] = (),
) -> dict[str, pd.DataFrame]:
    """The same events with their tolls settled by another rule: nothing is merged anew.

    Args:
        tables: articles, claims, attributions, reports (with `event_id`) and events, by name.
        rule: name of a rule of settlement.
        corrections: those that hold.

    Returns:
        events and tolls.

    Raises:
        SettingsError: no such rule.
    """
    events = tables["events"]
    coded = (tables["reports"], tables["claims"], tables["attributions"], tables["articles"])
    merged = events[events["status"] == "merged"]
    settled = correct_events(settle_events(*coded, rule=rule, tombstones=merged), corrections)
    tolls = toll_history(*coded, rule=rule, events=settled, corrections=corrections)
    return {"events": settled, "tolls": tolls}


def relate(
    tables: Mapping[str, pd.DataFrame],
    *,
    rule: str = DEFAULT_RULE,
    corrections: Sequence[Correction] = (),
    previous: MergeState | None = None,
) -> tuple[dict[str, pd.DataFrame], Merged]:
    """From coded articles to events: merge, settle, remember.

    Args:
        tables: articles (with `duplicate_of`), claims, attributions and reports, by name; and
            `mentions` (names in the articles and what tells rewritten ones), where they are known.
        rule: name of a rule of settlement.
        corrections: those that hold.
        previous: the state of the merge of a part of the same reports.

    Returns:
        The four tables given (reports with `event_id`, rewritten articles with their original),
        links, events and tolls; and the merge.

    Raises:
        SettingsError: no such rule.
        CorrectionError: a correction matches nothing.
    """
    articles, claims = tables["articles"], tables["claims"]
    merged = merge_reports(
        tables["reports"],
        claims,
        articles,
        mentions=tables.get("mentions"),
        corrections=corrections,
        previous=previous,
    )
    if "mentions" in tables:
        articles = mark_rewrites(articles, merged.reports, tables["mentions"])
    coded = (merged.reports, claims, tables["attributions"], articles)
    events = settle_events(*coded, rule=rule, tombstones=merged.tombstones)
    events = correct_events(events, corrections)
    tolls = toll_history(*coded, rule=rule, events=events, corrections=corrections)
    out = {name: tables[name].reset_index(drop=True) for name in SEEN}
    out |= {"articles": articles.reset_index(drop=True)}
    out |= {"reports": merged.reports.reset_index(drop=True), "links": merged.links}
    return out | {"events": events, "tolls": tolls}, merged


def _changes(tolls: pd.DataFrame) -> pd.DataFrame:
    """The rows that say something else than the night before."""
    tolls = tolls.sort_values(["event_id", "observed_at"], ignore_index=True)
    numbers = tolls[_NUMBERS].astype("float64").fillna(-1.0)
    same = (numbers == numbers.shift()).all(axis=1)
    same &= tolls["event_id"] == tolls["event_id"].shift()
    return tolls[~same].reset_index(drop=True)


def _fix(tolls: pd.DataFrame, c: Correction, events: pd.DataFrame | None) -> pd.DataFrame:
    """The history with one figure fixed from the night of its correction on."""
    event, field = c.event, str(c.field)
    if events is not None:
        into = events.set_index("event_id")["merged_into"].dropna()
        event = into.get(event, event)
    mine = tolls[tolls["event_id"] == event]
    before = mine[mine["observed_at"] < pd.Timestamp(c.date)].tail(1)
    start = before.assign(observed_at=pd.Timestamp(c.date))
    if (mine["observed_at"] == pd.Timestamp(c.date)).any():
        start = start.iloc[:0]
    tolls = pd.concat([tolls, start], ignore_index=True)
    rows = tolls.index[
        (tolls["event_id"] == event) & (tolls["observed_at"] >= pd.Timestamp(c.date))
    ]
    tolls.loc[rows, field] = c.value
    return _changes(schema.cast_frame("tolls", fit_tolls(tolls, rows, field)))
