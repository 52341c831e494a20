"""Events in the columns of ACLED.

Source: ACLED Codebook (2024), acleddata.com. The columns are ACLED's, the events and judgements are
ours: nothing here is ACLED data.
"""

from __future__ import annotations

import pandas as pd

from transforms.views.columns import (
    Names,
    Tables,
    ViewColumn,
    current_events,
    first_quotes,
    in_order,
    known_killed,
    list_sources,
    name_countries,
    text_days,
)

LEFT_OUT = (
    "Conflict events and riots or protests only, as ACLED has no crime, accidents or disasters; of"
    " those, events whose day is known to a month or better."
)

COLUMNS = (
    ViewColumn("event_id_cnty", "str", "`country` code (`XXX` where unknown) and `event_id`"),
    ViewColumn("event_date", "str", "`date_start`"),
    ViewColumn("year", "Int32", "year of `date_start`"),
    ViewColumn("time_precision", "Int32", "`date_precision`: 1 → 1; 2 and 3 → 2; 4 → 3"),
    ViewColumn("disorder_type", "str", "from `event_type`"),
    ViewColumn("event_type", "str", "from `event_type`, see below"),
    ViewColumn("sub_event_type", "str", "from `event_type`, see below"),
    ViewColumn(
        "actor1", "str", "`actor`, else `actor_text`; null where ACLED writes an unidentified group"
    ),
    ViewColumn("assoc_actor_1", "str", "always null"),
    ViewColumn("inter1", "str", "always null: the kind of the actor is not in the tables"),
    ViewColumn(
        "actor2", "str", "`Civilians` where civilians are the only known victims, else `target`"
    ),
    ViewColumn("assoc_actor_2", "str", "always null"),
    ViewColumn("inter2", "str", "`Civilians` where actor2 is"),
    ViewColumn("interaction", "str", "always null"),
    ViewColumn(
        "civilian_targeting",
        "str",
        "`Civilian targeting` where civilians are the only known victims",
    ),
    ViewColumn("iso", "Int32", "always null: ACLED's is the numeric code; join by `country`"),
    ViewColumn("region", "str", "always null"),
    ViewColumn("country", "str", "name of `country` where names are at hand, else its code"),
    ViewColumn("admin1", "str", "`admin1`"),
    ViewColumn("admin2", "str", "always null"),
    ViewColumn("admin3", "str", "always null"),
    ViewColumn("location", "str", "`place_name`, else `place_text`"),
    ViewColumn("latitude", "float64", "`latitude`"),
    ViewColumn("longitude", "float64", "`longitude`"),
    ViewColumn("geo_precision", "Int32", "`place_precision`: 1 → 1; 2 and 3 → 2; 4 to 7 → 3"),
    ViewColumn("source", "str", "publishers of the articles that are no copies, joined by `; `"),
    ViewColumn("source_scale", "str", "always null"),
    ViewColumn("notes", "str", "the sentence of the earliest report"),
    ViewColumn(
        "fatalities",
        "Int32",
        "`killed_best`, else `killed_low`; null where unknown, while ACLED writes 0. Settle by the"
        " rule `acled` for ACLED's numbers for vague words",
    ),
    ViewColumn("tags", "str", "`toll disputed` where it is"),
    ViewColumn("timestamp", "Int64", "`observed_at` in seconds since 1970"),
)

VIOLENCE, REMOTE = "Violence against civilians", "Explosions/Remote violence"
TYPES: dict[str, tuple[str, str]] = {
    "clash": ("Battles", "Armed clash"),
    "air_strike": (REMOTE, "Air/drone strike"),
    "shelling": (REMOTE, "Shelling/artillery/missile attack"),
    "bombing": (REMOTE, "Remote explosive/landmine/IED"),
    "shooting": (VIOLENCE, "Attack"),
    "assassination": (VIOLENCE, "Attack"),
    "abduction": (VIOLENCE, "Abduction/forced disappearance"),
    "execution_or_massacre": (VIOLENCE, "Attack"),
    "riot_or_protest": ("Riots", "Mob violence"),
    "police_action": (VIOLENCE, "Attack"),
    "other": ("Strategic developments", "Other"),
}
"""Type and sub-event type by ours, as the codebook maps them; accidents and disasters have none."""

_DISORDER = {
    "Riots": "Political violence",
    "Protests": "Political violence; Demonstrations",
    "Strategic developments": "Strategic developments",
}
_BOMBINGS = (("suicide", "Suicide bomb"), ("grenade", "Grenade"))
_FORCES = r"\b(?:police|soldiers?|troops|army|security forces|officers?|gendarmes?)\b"


def view_acled(tables: Tables, *, country_names: Names | None = None) -> pd.DataFrame:
    """Conflict events in ACLED's columns.

    Args:
        tables: events, reports and articles as declared.
        country_names: names for ISO 3166-1 alpha-3 codes.

    Returns:
        One row per event that stands, is conflict, and has a day known to a month or better; by day
        and id. Columns as in `COLUMNS`.
    """
    events = current_events(tables["events"])
    wanted = (events["domain"] == "conflict") | (events["event_type"] == "riot_or_protest")
    dated = events["date_start"].notna() & (events["date_precision"].fillna(5) <= 4)
    events = events[wanted & dated].reset_index(drop=True)
    kinds = _kinds(events)
    on_civilians = _on_civilians(events)
    civilians = pd.Series("Civilians", index=events.index).where(on_civilians)
    days = text_days(events["date_start"])
    return in_order(
        COLUMNS,
        {
            "event_id_cnty": events["country"].fillna("XXX") + events["event_id"],
            "event_date": days,
            "year": events["date_start"].dt.year,
            "time_precision": events["date_precision"].map({1: 1, 2: 2, 3: 2, 4: 3}),
            "disorder_type": kinds["type"].map(lambda t: _DISORDER.get(t, "Political violence")),
            "event_type": kinds["type"],
            "sub_event_type": kinds["sub"],
            "actor1": events["actor"].fillna(events["actor_text"]),
            "actor2": civilians.fillna(events["target"]),
            "inter2": civilians,
            "civilian_targeting": pd.Series("Civilian targeting", index=events.index).where(
                on_civilians
            ),
            "country": name_countries(events["country"], country_names),
            "admin1": events["admin1"],
            "location": events["place_name"].fillna(events["place_text"]),
            "latitude": events["latitude"],
            "longitude": events["longitude"],
            "geo_precision": events["place_precision"].map(
                {1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 3}
            ),
            "source": list_sources(tables, events)["publishers"],
            "notes": first_quotes(tables, events),
            "fatalities": known_killed(events),
            "tags": pd.Series("toll disputed", index=events.index).where(
                events["toll_disputed"].fillna(False).astype(bool)
            ),
            "timestamp": (events["observed_at"] - pd.Timestamp(0)) // pd.Timedelta(seconds=1),
        },
    )


def _kinds(events: pd.DataFrame) -> pd.DataFrame:
    """ACLED's type and sub-event type, `type` and `sub`, per event."""
    types = events["event_type"].fillna("other")
    kinds = pd.DataFrame(
        {
            "type": types.map(lambda t: TYPES.get(t, TYPES["other"])[0]).astype("str"),
            "sub": types.map(lambda t: TYPES.get(t, TYPES["other"])[1]).astype("str"),
        }
    )
    words = events["headline"].fillna("") + " " + events["actor_text"].fillna("")
    for word, sub in reversed(_BOMBINGS):
        kinds.loc[(types == "bombing") & words.str.contains(word, case=False), "sub"] = sub
    by_forces = events["actor_text"].fillna("").str.contains(_FORCES, case=False)
    on_protesters = (types == "riot_or_protest") & by_forces
    kinds.loc[on_protesters, ["type", "sub"]] = [
        "Protests",
        "Excessive force against protesters",
    ]
    return kinds


def _on_civilians(events: pd.DataFrame) -> pd.Series:
    others = events["killed_state_force"].fillna(0) + events["killed_armed_group"].fillna(0)
    return (events["killed_civilian"].fillna(0) > 0) & (others == 0)
