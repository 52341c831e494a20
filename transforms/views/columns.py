"""What the views share: declared columns, sources of an event, sums and choices of figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from transforms.errors import SchemaError

Tables = Mapping[str, pd.DataFrame]
Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column of a view: its name, pandas type and, in words, where its values come from."""

    name: str
    type: str
    source: str


def in_order(columns: tuple[ViewColumn, ...], values: Mapping[str, object]) -> pd.DataFrame:
    """A frame of exactly the declared columns, in their order and types.

    Args:
        columns: the declaration.
        values: one column each; a column left out is null.

    Raises:
        SchemaError: a value belongs to no declared column.
    """
    unknown = set(values) - {column.name for column in columns}
    if unknown:
        raise SchemaError(f"a view has no column {', '.join(sorted(unknown))}")
    frame = pd.DataFrame({c.name: values.get(c.name) for c in columns})
    return frame.astype({c.name: c.type for c in columns}).reset_index(drop=True)


def current_events(events: pd.DataFrame) -> pd.DataFrame:
    """The events that stand, without tombstones, by first day and id."""
    active = events[events["status"] == "active"]
    return active.sort_values(["date_start", "event_id"], ignore_index=True)


def known_killed(events: pd.DataFrame) -> pd.Series:
    """Killed: best, else low; null where neither is known."""
    return events["killed_best"].fillna(events["killed_low"])


def text_days(days: pd.Series) -> pd.Series:
    """Days as text, 2026-11-22."""
    text: pd.Series = days.dt.strftime("%Y-%m-%d").astype("str")
    return text


def name_countries(codes: pd.Series, names: Names | None) -> pd.Series:
    """Names of countries where they are given, else the codes."""
    return codes.map(lambda code: (names or {}).get(code, code), na_action="ignore").astype("str")


def list_sources(tables: Tables, events: pd.DataFrame) -> pd.DataFrame:
    """The articles behind events, copies left out.

    Returns:
        One row per event, indexed like `events`: publishers, days, headlines and articles
        ("publisher, day, headline"), each as one text joined by "; ", in the order of their days.
    """
    reports = tables["reports"][["event_id", "article_id", "version"]].dropna(subset="event_id")
    articles = tables["articles"]
    originals = articles[articles["duplicate_of"].isna()]
    rows = reports.merge(originals, on=["article_id", "version"], validate="many_to_one")
    rows = rows.sort_values(["event_id", "report_date", "article_id", "version"])
    # versions of one article are one source
    rows = rows.drop_duplicates(["event_id", "article_id"], keep="last")
    rows["day"] = text_days(rows["report_date"]).fillna("")
    for column in ("publisher", "title"):
        rows[column] = rows[column].fillna("").str.replace(";", ",")
    rows["article"] = rows["publisher"] + ", " + rows["day"] + ", " + rows["title"]
    grouped = rows.groupby("event_id").agg(
        publishers=("publisher", _join_once),
        days=("day", "; ".join),
        headlines=("title", "; ".join),
        articles=("article", "; ".join),
    )
    return grouped.reindex(events["event_id"]).set_index(events.index)


def _join_once(values: pd.Series) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def first_quotes(tables: Tables, events: pd.DataFrame) -> pd.Series:
    """The sentence of each event's earliest report."""
    reports = tables["reports"].dropna(subset="event_id")
    reports = reports.sort_values(["event_id", "observed_at", "report_date", "report_id"])
    quotes = reports.drop_duplicates("event_id").set_index("event_id")["quote"]
    return events["event_id"].map(quotes)
