"""Events in the columns of the UCDP Georeferenced Event Dataset.

Source: UCDP GED Codebook 23.1, Department of Peace and Conflict Research, Uppsala University. The
columns are UCDP's, the events and judgements are ours: nothing here is UCDP data.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from transforms.views.columns import (
    Names,
    Tables,
    ViewColumn,
    current_events,
    in_order,
    known_killed,
    list_sources,
    name_countries,
    text_days,
)

LEFT_OUT = (
    "Conflict events with at least one known death only, as UCDP has no others; of those, events"
    " whose day and country are known."
)

COLUMNS = (
    ViewColumn("id", "str", "`event_id`; UCDP's is a number"),
    ViewColumn("relid", "str", "`country` code, year and `event_id`"),
    ViewColumn("year", "Int32", "year of `date_start`"),
    ViewColumn("active_year", "boolean", "always null: needs a year's 25 deaths of a dyad"),
    ViewColumn("code_status", "str", "always `Clear`"),
    ViewColumn(
        "type_of_violence",
        "Int32",
        "1 (state-based) where members of a state force are among the killed; 3 (one-sided) where"
        " all known victims are civilians; else null",
    ),
    ViewColumn("conflict_name", "str", "always null"),
    ViewColumn("dyad_name", "str", "always null"),
    ViewColumn("side_a", "str", "`actor`; null is normal"),
    ViewColumn("side_b", "str", "`Civilians` for one-sided violence, else null"),
    ViewColumn("number_of_sources", "Int32", "`n_independent`; UCDP counts articles"),
    ViewColumn(
        "source_article", "str", "publisher, day and headline of the articles that are no copies"
    ),
    ViewColumn("source_office", "str", "their publishers"),
    ViewColumn("source_date", "str", "their days"),
    ViewColumn("source_headline", "str", "their headlines"),
    ViewColumn("source_original", "str", "always null: speakers are in the claims table"),
    ViewColumn("where_prec", "Int32", "`place_precision`, which is UCDP's scale"),
    ViewColumn("where_coordinates", "str", "`place_name`"),
    ViewColumn("where_description", "str", "`place_text`"),
    ViewColumn("adm_1", "str", "`admin1`"),
    ViewColumn("adm_2", "str", "always null"),
    ViewColumn("latitude", "float64", "`latitude`"),
    ViewColumn("longitude", "float64", "`longitude`"),
    ViewColumn("geom_wkt", "str", "the point of the two"),
    ViewColumn("priogrid_gid", "Int32", "cell of the half-degree PRIO-GRID that holds the point"),
    ViewColumn("country", "str", "name of `country` where names are at hand, else its code"),
    ViewColumn("country_id", "Int32", "always null: a Gleditsch and Ward number"),
    ViewColumn("region", "str", "always null"),
    ViewColumn("event_clarity", "Int32", "always 1: totals over many events are no events here"),
    ViewColumn("date_prec", "Int32", "`date_precision`, which is UCDP's scale"),
    ViewColumn("date_start", "str", "`date_start`"),
    ViewColumn("date_end", "str", "`date_end`"),
    ViewColumn("deaths_a", "Int32", "`killed_state_force`; UCDP's is by side"),
    ViewColumn("deaths_b", "Int32", "`killed_armed_group`; UCDP's is by side"),
    ViewColumn("deaths_civilians", "Int32", "`killed_civilian`"),
    ViewColumn("deaths_unknown", "Int32", "`killed_unknown`; all of best where no role is known"),
    ViewColumn("best", "Int32", "`killed_best`, else `killed_low`: UCDP knows no null"),
    ViewColumn("high", "Int32", "`killed_high`, else best"),
    ViewColumn("low", "Int32", "`killed_low`, else best"),
    ViewColumn("gwnoa", "Int32", "always null"),
    ViewColumn("gwnob", "Int32", "always null"),
)

_SIDES = {
    "deaths_a": "killed_state_force",
    "deaths_b": "killed_armed_group",
    "deaths_civilians": "killed_civilian",
}


def view_ucdp(tables: Tables, *, country_names: Names | None = None) -> pd.DataFrame:
    """Deadly conflict events in UCDP GED's columns; its identity of deaths and best holds.

    Args:
        tables: events, reports and articles as declared.
        country_names: names for ISO 3166-1 alpha-3 codes.

    Returns:
        One row per event that stands, is conflict, has a death, a day and a country; by day and id.
        Columns as in `COLUMNS`.
    """
    events = current_events(tables["events"])
    wanted = (events["domain"] == "conflict") & (known_killed(events).fillna(0) > 0)
    known = events["date_start"].notna() & events["country"].notna()
    events = events[wanted & known].reset_index(drop=True)
    best = known_killed(events)
    sources = list_sources(tables, events)
    violence = _type_of_violence(events)
    days = text_days(events["date_start"])
    year = events["date_start"].dt.year
    return in_order(
        COLUMNS,
        {
            "id": events["event_id"],
            "relid": events["country"] + "-" + year.astype("str") + "-" + events["event_id"],
            "year": year,
            "code_status": "Clear",
            "type_of_violence": violence,
            "side_a": events["actor"],
            "side_b": pd.Series("Civilians", index=events.index).where(violence == 3),
            "number_of_sources": events["n_independent"],
            "source_article": sources["articles"],
            "source_office": sources["publishers"],
            "source_date": sources["days"],
            "source_headline": sources["headlines"],
            "where_prec": events["place_precision"],
            "where_coordinates": events["place_name"],
            "where_description": events["place_text"],
            "adm_1": events["admin1"],
            "latitude": events["latitude"],
            "longitude": events["longitude"],
            **_points(events),
            "country": name_countries(events["country"], country_names),
            "event_clarity": 1,
            "date_prec": events["date_precision"],
            "date_start": days,
            "date_end": text_days(events["date_end"].fillna(events["date_start"])),
            **_deaths(events, best),
            "best": best,
            "high": events["killed_high"].fillna(best).where(lambda high: high >= best, best),
            "low": events["killed_low"].fillna(best),
        },
    )


def _type_of_violence(events: pd.DataFrame) -> pd.Series:
    known = {side: events[column].fillna(0) for side, column in _SIDES.items()}
    one_sided = (known["deaths_civilians"] > 0) & (known["deaths_b"] == 0)
    kind = pd.Series(3, index=events.index, dtype="Int32").where(one_sided)
    return kind.mask(known["deaths_a"] > 0, 1)


def _deaths(events: pd.DataFrame, best: pd.Series) -> dict[str, pd.Series]:
    deaths = {side: events[column].fillna(0) for side, column in _SIDES.items()}
    rest = best - sum(deaths.values())
    return {**deaths, "deaths_unknown": rest}


def _points(events: pd.DataFrame) -> dict[str, pd.Series]:
    latitude, longitude = events["latitude"], events["longitude"]
    known = latitude.notna() & longitude.notna()
    x, y = (axis.map("{:.9g}".format).astype("str") for axis in (longitude, latitude))
    text = "POINT (" + x + " " + y + ")"
    # cells are numbered from 1 at the south-west corner, row by row of 720
    row = np.floor((latitude + 90) * 2).clip(upper=359)
    column = np.floor((longitude + 180) * 2).clip(upper=719)
    cell = (row * 720 + column + 1).astype("Int64")
    return {"geom_wkt": text.where(known), "priogrid_gid": cell.where(known)}
