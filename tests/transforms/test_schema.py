"""The declared tables: strict at the door, and the same in every reader."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import schema
from transforms.errors import SchemaError

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "flows" / "cases" / "release.json").read_text("utf-8"))
TABLES = sorted(schema.TABLES)


def frame(table: str) -> pd.DataFrame:
    return schema.frame_of(table, CASES[table])


# --- the declaration itself


@pytest.mark.parametrize("table", TABLES)
def test_table_is_well_declared(table: str) -> None:
    spec = schema.TABLES[table]
    assert len(set(spec.names)) == len(spec.names)
    assert set(spec.key) <= spec.required <= set(spec.names)
    for column in spec.columns:
        assert column.type in schema.ARROW_TYPES
        assert column.description
        assert schema.FIELDS[column.name] is column


def test_every_type_is_declared_for_every_reader() -> None:
    assert set(schema.ARROW_TYPES) == set(schema.PANDAS_TYPES) == set(schema.PACKAGE_TYPES)


def test_no_field_is_left_over() -> None:
    used = {name for spec in schema.TABLES.values() for name in spec.names}
    assert used == set(schema.FIELDS)


def test_empty_frames_are_not_shared() -> None:
    frame = schema.empty_frame("reports")
    frame.loc[0, "country"] = "KEN"
    assert schema.empty_frame("reports").empty
    pd.testing.assert_frame_equal(schema.frame_of("reports", []), schema.empty_frame("reports"))


@pytest.mark.parametrize("table", TABLES)
def test_empty_frame_passes_and_keeps_its_types(table: str) -> None:
    empty = schema.empty_frame(table)
    arrow = schema.to_arrow(table, empty)
    assert arrow.schema.equals(schema.arrow_schema(table))
    pd.testing.assert_frame_equal(schema.from_arrow(arrow), empty)


# --- strictness


@pytest.mark.parametrize("table", TABLES)
def test_sample_passes(table: str) -> None:
    arrow = schema.to_arrow(table, frame(table))
    assert arrow.num_rows == len(CASES[table])


def test_unknown_column_is_refused() -> None:
    with pytest.raises(SchemaError, match=r"unknown columns \['deaths'\]"):
        schema.to_arrow("events", frame("events").assign(deaths=1))
    with pytest.raises(SchemaError, match="table events has no column deaths"):
        schema.cast_frame("events", frame("events").assign(deaths=1))
    with pytest.raises(SchemaError, match="table events has no column deaths"):
        schema.frame_of("events", [{"deaths": 1}])


def test_missing_column_is_refused() -> None:
    with pytest.raises(SchemaError, match=r"missing columns \['quote'\]"):
        schema.to_arrow("claims", frame("claims").drop(columns="quote"))


@pytest.mark.parametrize("column", ["claim_id", "quote", "low_type"])
def test_null_in_a_required_column_is_refused(column: str) -> None:
    claims = frame("claims")
    if column == "low_type":
        claims["kind"] = claims["kind"].where(claims["kind"] != "injured")
        column = "kind"
    else:
        claims.loc[2, column] = None
    with pytest.raises(SchemaError, match=rf"claims, column {column}, row \d+: null"):
        schema.to_arrow("claims", claims)


def test_repeated_key_is_refused() -> None:
    twice = pd.concat([frame("articles"), frame("articles").iloc[[3]]])
    with pytest.raises(SchemaError, match=r"the key \['a04', .*1.*\] stands in more than one row"):
        schema.to_arrow("articles", twice)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("claims", "kind", "deaths"),
        ("claims", "stance", "alleged"),
        ("attributions", "stance", "asserted"),
        ("events", "status", "closed"),
        ("events", "event_type", "Bombing"),
        ("rejects", "stage", "settle"),
    ],
)
def test_value_that_is_not_allowed_is_refused(table: str, column: str, value: str) -> None:
    changed = frame(table)
    changed.loc[0, column] = value
    with pytest.raises(SchemaError, match=f"column {column}: '{value}' is none of"):
        schema.to_arrow(table, changed)


@pytest.mark.parametrize("value", [1.5, 2**31, -(2**31) - 1, "many"])
def test_count_that_is_no_32_bit_integer_is_refused(value: Any) -> None:
    claims = frame("claims").astype({"low": object})
    claims.loc[0, "low"] = value
    with pytest.raises(SchemaError, match="claims, column low"):
        schema.to_arrow("claims", claims)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("events", "date_start", "31 Feb"),
        ("articles", "published_at", "soon"),
        ("events", "latitude", "north"),
    ],
)
def test_value_of_another_type_is_refused(table: str, column: str, value: str) -> None:
    with pytest.raises(SchemaError, match=f"table {table}, column {column}"):
        schema.frame_of(table, [{**CASES[table][0], column: value}])


def test_argument_is_not_changed() -> None:
    claims = frame("claims")
    before = claims.copy(deep=True)
    schema.to_arrow("claims", claims)
    schema.cast_frame("claims", claims)
    pd.testing.assert_frame_equal(claims, before)


def test_column_order_is_the_declared_one() -> None:
    claims = frame("claims")
    arrow = schema.to_arrow("claims", claims[claims.columns[::-1]])
    assert arrow.column_names == list(schema.TABLES["claims"].names)


# --- round trips through Parquet, with nothing of ours on the reading side


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tables")
    paths = {}
    for table in TABLES:
        paths[table] = folder / f"{table}.parquet"
        pq.write_table(schema.to_arrow(table, frame(table)), paths[table])
    return paths


@pytest.mark.parametrize("table", TABLES)
def test_plain_pandas_gives_the_declared_types(files: dict[str, Path], table: str) -> None:
    read = pd.read_parquet(files[table])
    for column in schema.TABLES[table].columns:
        assert str(read[column.name].dtype) == schema.PANDAS_TYPES[column.type], column.name
    pd.testing.assert_frame_equal(schema.cast_frame(table, read), frame(table))


def plain_rows(table: str) -> list[dict[str, Any]]:
    """The rows of a table as plain values: what every reader must give."""
    rows = frame(table).astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    return [{k: plain(v) for k, v in row.items()} for row in records]


def plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return list(value) if isinstance(value, list) else value


def as_plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in row.items()} for row in rows
    ]


@pytest.mark.parametrize("table", TABLES)
def test_pyarrow_polars_and_duckdb_read_the_same(files: dict[str, Path], table: str) -> None:
    expected = plain_rows(table)
    arrow = pq.read_table(files[table])
    assert as_plain(arrow.to_pylist()) == expected
    assert as_plain(pl.read_parquet(files[table]).to_dicts()) == expected
    with duckdb.connect() as connection:
        query = connection.sql("SELECT * FROM read_parquet(?)", params=[str(files[table])])
        rows = query.to_arrow_table().cast(arrow.schema).to_pylist()
    assert as_plain(rows) == expected


@pytest.mark.parametrize("table", TABLES)
def test_file_says_what_its_columns_mean(files: dict[str, Path], table: str) -> None:
    read = pq.read_schema(files[table])
    assert read.metadata[b"table"].decode() == table
    assert read.metadata[b"schema_version"].decode() == schema.SCHEMA_VERSION
    for column in schema.TABLES[table].columns:
        metadata = read.field(column.name).metadata
        assert metadata[b"description"].decode() == column.description
        assert metadata.get(b"unit", b"").decode() == (column.unit or "")


def test_all_null_column_keeps_its_type() -> None:
    rows = [CASES["events"][6]]
    arrow = schema.to_arrow("events", schema.frame_of("events", rows))
    assert not [f.name for f in arrow.schema if pa.types.is_null(f.type)]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
COUNT = st.none() | st.integers(0, 2**31 - 1)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "report_id": TEXT,
                "killed_low": COUNT,
                "killed_best": COUNT,
                "place_name": st.none() | TEXT,
                "latitude": st.none() | st.floats(-90, 90),
                "geonames_id": st.none() | st.integers(0, 2**63 - 1),
                "date_start": st.none() | st.dates(),
            }
        ),
        max_size=8,
        unique_by=lambda row: row["report_id"],
    )
)
def test_any_report_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    filled = [
        {"article_id": "a", "version": 1, "scope": "incident", "quote": "", **r} for r in rows
    ]
    given_frame = schema.frame_of("reports", filled)
    path = tmp_path_factory.mktemp("any") / "reports.parquet"
    pq.write_table(schema.to_arrow("reports", given_frame), path)
    pd.testing.assert_frame_equal(schema.cast_frame("reports", pd.read_parquet(path)), given_frame)


# --- what derives from the declaration


def test_package_descriptor_has_the_form_of_data_package_2() -> None:
    files = {table: [f"{table}/2026-11.parquet"] for table in TABLES}
    package = json.loads(schema.describe_json(files))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [r["name"] for r in package["resources"]] == TABLES
    types = {"string", "integer", "number", "boolean", "datetime", "date", "array"}
    for resource in package["resources"]:
        assert set(resource) >= {"name", "path", "schema", "format", "mediatype"}
        for path in resource["path"]:
            assert not path.startswith(("/", "../"))
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert set(resource["schema"]["primaryKey"]) <= set(fields)
        for field in fields.values():
            assert field["type"] in types
            assert set(field.get("constraints", {})) <= {"required", "enum"}
            assert field["description"]
    stances = {
        r["name"]: f["constraints"]["enum"]
        for r in package["resources"]
        for f in r["schema"]["fields"]
        if f["name"] == "stance"
    }
    assert stances == {
        "claims": list(schema.CLAIM_STANCES),
        "attributions": list(schema.ATTRIBUTION_STANCES),
    }


def test_data_dictionary_names_every_column_of_every_table() -> None:
    text = schema.data_dictionary()
    for table, spec in schema.TABLES.items():
        section = text.split(f"\n## {table}\n")[1].split("\n## ")[0]
        assert [n for n in spec.names if f"| `{n}` |" in section] == list(spec.names)


def test_data_dictionary_in_docs_is_in_step() -> None:
    page = ROOT / "docs" / "data-dictionary.md"
    assert page.read_text("utf-8") == schema.data_dictionary(), "run `make docs`"
