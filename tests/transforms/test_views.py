"""The same events in other data sets' columns; and as CSV that no spreadsheet runs."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import schema
from transforms.views import (
    VIEWS,
    acled,
    describe_views,
    from_csv_safe,
    hxl,
    to_csv_safe,
    ucdp,
    view_acled,
    view_hxl,
    view_ucdp,
)

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "flows" / "cases" / "release.json").read_text("utf-8"))
MODULES = {"acled": acled, "ucdp": ucdp, "hxl": hxl}


TABLES = {t: schema.frame_of(t, rows) for t, rows in CASES.items()}


def load(**changes: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    return {**TABLES, **{t: schema.frame_of(t, rows) for t, rows in changes.items()}}


def with_event(**facts: Any) -> dict[str, pd.DataFrame]:
    """The tables with one event, the bombing, of which some facts are others."""
    return load(events=[{**CASES["events"][0], **facts}])


# --- all views


@pytest.mark.parametrize("name", VIEWS)
def test_columns_and_types_are_the_declared_ones(name: str) -> None:
    for tables in (load(), {t: schema.empty_frame(t) for t in schema.TABLES}):
        view = VIEWS[name](tables)
        assert [(c, str(t)) for c, t in view.dtypes.items()] == [
            (column.name, column.type) for column in MODULES[name].COLUMNS
        ]


@pytest.mark.parametrize("name", VIEWS)
def test_all_null_event_does_no_harm(name: str) -> None:
    bare = {"event_id": "e", "rule": "latest", "status": "active", "toll_disputed": False}
    assert len(VIEWS[name](load(events=[bare]))) == (name == "hxl")


@pytest.mark.parametrize("name", VIEWS)
def test_events_that_do_not_stand_are_left_out(name: str) -> None:
    merged = {"status": "merged", "merged_into": "e2"}
    assert VIEWS[name](with_event(**merged)).empty
    assert len(VIEWS[name](with_event())) == 1


@pytest.mark.parametrize("name", VIEWS)
def test_arguments_are_not_changed(name: str) -> None:
    tables = load()
    before = {table: frame.copy(deep=True) for table, frame in tables.items()}
    VIEWS[name](tables)
    for table, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[table])


def test_page_names_every_column_and_is_in_step() -> None:
    page = describe_views()
    for name, module in MODULES.items():
        section = page.split(f"`--view {name}`")[1].split("\n## ")[0]
        for column in module.COLUMNS:
            assert f"| `{column.name}` | {column.type} | {column.source} |" in section
    assert (ROOT / "docs" / "views.md").read_text("utf-8") == page, "run `make docs`"


# --- ACLED

REMOTE, ATTACK = "Explosions/Remote violence", "Violence against civilians"


def test_acled_row() -> None:
    row = view_acled(with_event(), country_names={"NGA": "Nigeria"}).iloc[0]
    expected = {
        "event_id_cnty": "NGAe1",
        "event_date": "2026-11-20",
        "year": 2026,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Remote explosive/landmine/IED",
        "actor1": "Ember Front",
        "actor2": "Civilians",
        "inter2": "Civilians",
        "civilian_targeting": "Civilian targeting",
        "country": "Nigeria",
        "admin1": "Borno",
        "location": "Maiduguri",
        "latitude": 11.84644,
        "longitude": 13.16027,
        "geo_precision": 1,
        "source": "Harbour Wire; Delta Courier; State Herald",
        "notes": CASES["claims"][0]["quote"],
        "fatalities": 14,
        "tags": "toll disputed",
        "timestamp": 1795132800,
    }
    assert {k: v for k, v in row.items() if pd.notna(v)} == expected


@pytest.mark.parametrize(
    ("facts", "kind", "sub"),
    [
        ({"event_type": "clash"}, "Battles", "Armed clash"),
        ({"event_type": "air_strike"}, REMOTE, "Air/drone strike"),
        ({"event_type": "abduction"}, ATTACK, "Abduction/forced disappearance"),
        ({"headline": "Suicide attack"}, REMOTE, "Suicide bomb"),
        ({"headline": "Grenade thrown"}, REMOTE, "Grenade"),
        ({"headline": None, "actor_text": "a suicide bomber"}, REMOTE, "Suicide bomb"),
        ({"event_type": "riot_or_protest", "domain": "crime"}, "Riots", "Mob violence"),
        (
            {"event_type": "riot_or_protest", "actor_text": "riot police"},
            "Protests",
            "Excessive force against protesters",
        ),
        ({"event_type": None}, "Strategic developments", "Other"),
    ],
)
def test_acled_types(facts: dict[str, Any], kind: str, sub: str) -> None:
    row = view_acled(with_event(**facts)).iloc[0]
    assert (row["event_type"], row["sub_event_type"]) == (kind, sub)


def test_every_type_of_violence_has_an_acled_type() -> None:
    accidents = schema.EVENT_TYPES[schema.EVENT_TYPES.index("transport_accident") :]
    assert set(acled.TYPES) == {*schema.EVENT_TYPES} - {*accidents} | {"other"}


@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (2, 2), (3, 2), (4, 3)])
def test_acled_time_precision(ours: int, theirs: int) -> None:
    assert view_acled(with_event(date_precision=ours))["time_precision"].item() == theirs


@pytest.mark.parametrize(
    "facts", [{"date_precision": 5}, {"date_start": None}, {"domain": "crime"}, {"domain": None}]
)
def test_acled_leaves_out_what_it_has_not(facts: dict[str, Any]) -> None:
    assert view_acled(with_event(**facts)).empty


def test_acled_unknown_deaths_are_null_and_vague_ones_the_lower_bound() -> None:
    nobody = dict.fromkeys(("killed_low", "killed_best", "killed_high"))
    assert view_acled(with_event(**nobody))["fatalities"].isna().all()
    vague = {**nobody, "killed_low": 2}
    assert view_acled(with_event(**vague))["fatalities"].item() == 2


# --- UCDP


def test_ucdp_row() -> None:
    row = view_ucdp(with_event()).iloc[0]
    expected = {
        "id": "e1",
        "relid": "NGA-2026-e1",
        "type_of_violence": 3,
        "side_a": "Ember Front",
        "side_b": "Civilians",
        "number_of_sources": 3,
        "source_office": "Harbour Wire; Delta Courier; State Herald",
        "source_date": "2026-11-20; 2026-11-21; 2026-11-22; 2026-11-22",
        "where_prec": 1,
        "geom_wkt": "POINT (13.16027 11.84644)",
        "event_clarity": 1,
        "date_start": "2026-11-20",
        "date_end": "2026-11-20",
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": 14,
        "deaths_unknown": 0,
        "best": 14,
        "high": 14,
        "low": 14,
    }
    assert {k: row[k] for k in expected} == expected


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (-89.9, -179.9, 1),
        (-89.9, 179.9, 720),
        (0.1, 0.1, 129961),
        (89.9, 179.9, 259200),
        (90, 180, 259200),
    ],
)
def test_ucdp_grid_cell(latitude: float, longitude: float, cell: int) -> None:
    row = view_ucdp(with_event(latitude=latitude, longitude=longitude)).iloc[0]
    assert row["priogrid_gid"] == cell


COUNT = st.none() | st.integers(0, 50)


@settings(max_examples=25, deadline=None)
@given(low=COUNT, best=COUNT, high=COUNT, roles=st.tuples(*[st.integers(0, 9)] * 3))
def test_ucdp_identity_and_order_hold(
    low: int | None, best: int | None, high: int | None, roles: tuple[int, int, int]
) -> None:
    known = sorted(v for v in (low, best, high) if v is not None)
    bounds = iter(known)
    low, best, high = (None if v is None else next(bounds) for v in (low, best, high))
    facts: dict[str, Any] = {"killed_low": low, "killed_best": best, "killed_high": high}
    split = best is not None and sum(roles) <= best
    counts = (*roles, (best or 0) - sum(roles)) if split else (None,) * 4
    names = ("killed_civilian", "killed_state_force", "killed_armed_group", "killed_unknown")
    view = view_ucdp(with_event(**facts, **dict(zip(names, counts, strict=True))))
    assert len(view) == ((best or low or 0) > 0 if best is not None else (low or 0) > 0)
    for row in view.to_dict("records"):
        parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
        assert row["best"] == sum(row[part] for part in parts)
        assert row["low"] <= row["best"] <= row["high"]
        assert row["deaths_unknown"] >= 0


# --- HXL


def test_hxl_row() -> None:
    view = view_hxl(load(), country_names={"COD": "DR Congo"})
    row = view[view["#event+id"] == "e2"].iloc[0]
    assert row["#country+name"] == "DR Congo"
    assert row["#affected+killed+min"] == 2
    assert pd.isna(row["#affected+killed"])
    assert row["#date+start"] == "2026-11-20"
    assert all(name.startswith("#") for name in view.columns)


def test_hxl_has_every_domain() -> None:
    view = view_hxl(load())
    assert {"accident", "crime", "conflict"} <= set(view["#event+category"])


# --- CSV

FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1+1", "'=1", "''=1"),
    *('=HYPERLINK("http://x.example","y")', "-2+3+cmd|' /C calc'!A0"),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_neutralised_and_comes_back(text: str) -> None:
    frame = pd.DataFrame({"a": pd.array([text, "plain"], dtype="str")})
    out = to_csv_safe(frame)
    cell = next(csv.reader(io.StringIO(out.split("\r\n", 1)[1], newline="")))[0]
    assert cell.startswith("'")
    assert cell[0] not in "=+-@\t\r\n"
    assert from_csv_safe(out)["a"].tolist() == [text, "plain"]


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), max_size=6))
def test_any_text_comes_back(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["=a", "b"]).astype("str")
    out = to_csv_safe(frame)
    for row in csv.reader(io.StringIO(out, newline="")):
        assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r\n＝＋－＠")]
    pd.testing.assert_frame_equal(from_csv_safe(out), frame)


def test_numbers_stay_numbers_and_null_is_an_empty_cell() -> None:
    frame = pd.DataFrame(
        {
            "lat": [-1.5, None],
            "n": pd.array([-3, None], dtype="Int32"),
            "yes": pd.array([True, None], dtype="boolean"),
            "day": pd.to_datetime(["2026-11-22", None]),
            "ids": pd.Series([["=a", "b"], None], dtype=object),
        }
    )
    assert to_csv_safe(frame) == (
        "lat,n,yes,day,ids\r\n-1.5,-3,True,2026-11-22T00:00:00,'=a; b\r\n,,,,\r\n"
    )


def test_hostile_release_exports_no_formula_and_leaves_parquet_alone() -> None:
    hostile = [{**row, "headline": "=1+1", "place_name": "@x"} for row in CASES["events"]]
    for name, view in VIEWS.items():
        frame = view(load(events=hostile))
        before = frame.copy(deep=True)
        rows = list(csv.reader(io.StringIO(to_csv_safe(frame), newline="")))
        texts = {c.name for c in MODULES[name].COLUMNS if c.type == "str"}
        for row in rows[1:]:
            for column, cell in zip(rows[0], row, strict=True):
                if column in texts:
                    assert cell[:1] not in tuple("=+-@"), (name, column, cell)
        pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize("table", sorted(schema.TABLES))
def test_every_table_exports(table: str) -> None:
    text = to_csv_safe(load()[table])
    assert text.split("\r\n")[0].split(",") == list(schema.TABLES[table].names)
