"""Events under the hashtags of the Humanitarian Exchange Language.

Source: HXL 1.1 hashtag dictionary, hxlstandard.org. The column names are the hashtags, so that a
CSV file begins with the row that HXL asks for.
"""

from __future__ import annotations

import pandas as pd

from transforms.schema import KINDS
from transforms.views.columns import (
    Names,
    Tables,
    ViewColumn,
    current_events,
    in_order,
    list_sources,
    name_countries,
    text_days,
)

LEFT_OUT = "Every event that stands, of all domains."

_BOUNDS = {"low": "+min", "best": "", "high": "+max"}
_TOLLS = {f"#affected+{kind}{tag}": f"{kind}_{b}" for kind in KINDS for b, tag in _BOUNDS.items()}
_PLAIN = {
    "#event+id": "event_id",
    "#event+type": "event_type",
    "#event+category": "domain",
    "#event+name": "headline",
    "#country+code": "country",
    "#adm1+name": "admin1",
    "#loc+name": "place_name",
    "#geo+lat": "latitude",
    "#geo+lon": "longitude",
    "#loc+id+geonames": "geonames_id",
    "#meta+precision+loc": "place_precision",
    "#meta+precision+date": "date_precision",
    "#group+name+perpetrator": "actor",
    "#meta+attribution": "attribution",
    "#meta+disputed": "toll_disputed",
    "#meta+sources+num": "n_independent",
    "#meta+confidence": "confidence",
}
_DAYS = {
    "#date+start": "date_start",
    "#date+end": "date_end",
    "#date+reported+first": "first_reported_at",
    "#date+reported+last": "last_reported_at",
    "#date+observed": "observed_at",
}
_TYPES = {
    "latitude": "float64",
    "longitude": "float64",
    "confidence": "float64",
    "geonames_id": "Int64",
    "toll_disputed": "boolean",
    "place_precision": "Int32",
    "date_precision": "Int32",
    "n_independent": "Int32",
}

COLUMNS = (
    *(ViewColumn(tag, _TYPES.get(name, "str"), f"`{name}`") for tag, name in _PLAIN.items()),
    ViewColumn("#country+name", "str", "name of `country` where names are at hand, else its code"),
    *(ViewColumn(tag, "str", f"`{name}`") for tag, name in _DAYS.items()),
    *(ViewColumn(tag, "Int32", f"`{name}`") for tag, name in _TOLLS.items()),
    ViewColumn("#meta+source", "str", "publishers of the articles that are no copies"),
)


def view_hxl(tables: Tables, *, country_names: Names | None = None) -> pd.DataFrame:
    """Events under HXL hashtags.

    Args:
        tables: events, reports and articles as declared.
        country_names: names for ISO 3166-1 alpha-3 codes.

    Returns:
        One row per event that stands, by day and id. Columns as in `COLUMNS`.
    """
    events = current_events(tables["events"])
    return in_order(
        COLUMNS,
        {
            **{tag: events[name] for tag, name in {**_PLAIN, **_TOLLS}.items()},
            **{tag: text_days(events[name]) for tag, name in _DAYS.items()},
            "#country+name": name_countries(events["country"], country_names),
            "#meta+source": list_sources(tables, events)["publishers"],
        },
    )
