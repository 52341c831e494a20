"""Readers at work while releases come and go: none of them may ever see a torn one."""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from flows.release import open_release, publish, read_table
from transforms import schema

ROOT = Path(__file__).parents[2]
CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))

READER = """
import sys
from pathlib import Path
import pandas as pd
from flows.release import open_release, read_table

root, kind = Path(sys.argv[1]), sys.argv[2]
stop = root.parent / "stop"
reads = 0
while not stop.exists() or reads < 5:
    if kind == "ours":
        release = open_release(root)
        events, claims = read_table(release, "events"), read_table(release, "claims")
    else:
        folder = (root / "latest").resolve()
        events, claims = pd.read_parquet(folder / "events"), pd.read_parquet(folder / "claims")
    # every release carries one generation number in two tables; a torn read would mix them
    generations = set(events["headline"]) | set(claims["victims"])
    assert len(generations) == 1, generations
    assert len(events) == 8 and len(claims) == 15
    reads += 1
print(reads)
"""


def tables(generation: int) -> dict[str, pd.DataFrame]:
    """The literal tables with a generation number in every row of two of them."""
    frames = {table: schema.frame_of(table, rows) for table, rows in CASES.items()}
    frames["events"] = frames["events"].assign(headline=f"g{generation}")
    frames["claims"] = frames["claims"].assign(victims=f"g{generation}")
    return frames


@pytest.mark.slow
def test_no_reader_meets_a_torn_release(tmp_path: Path) -> None:
    root = tmp_path / "published"
    publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(root), kind],
            env={"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind in ("ours", "plain", "plain")
    ]
    for generation in range(1, 26):
        publish(tables(generation), root=root, night=date(2026, 11, 22), documents={}, build={})
        time.sleep(0.02)
    (tmp_path / "stop").touch()
    reads = 0
    for reader in readers:
        out, err = reader.communicate(timeout=120)
        assert reader.returncode == 0, err[-2000:]
        reads += int(out)
    assert reads >= 15


def plain(value: object) -> object:
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in value]
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value


def in_key_order(rows: list[dict[str, object]], table: str) -> list[dict[str, object]]:
    rows = [{name: plain(value) for name, value in row.items()} for row in rows]
    return sorted(rows, key=lambda row: [str(row[name]) for name in schema.TABLES[table].key])


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("readers") / "published"
    publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    return (root / "latest").resolve()


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_reader_gives_the_same_rows_of_a_release(released: Path, table: str) -> None:
    """Whole folders of several files, lists and nulls included, with nothing of ours in between."""
    files = sorted(map(str, (released / table).glob("*.parquet")))
    with duckdb.connect() as connection:
        connection.sql("SET TimeZone = 'UTC'")
        in_duckdb = connection.read_parquet(files).to_arrow_table().to_pylist()
    read = {
        "pandas": pd.read_parquet(released / table).astype(object).to_dict("records"),
        "polars": pl.read_parquet(files).to_dicts(),
        "duckdb": in_duckdb,
        "pyarrow": ds.dataset(str(released / table)).to_table().to_pylist(),
    }
    expected = in_key_order(tables(0)[table].astype(object).to_dict("records"), table)
    assert expected
    for reader, rows in read.items():
        assert in_key_order(rows, table) == expected, reader


def test_older_and_newer_release_load_together_in_every_reader(tmp_path: Path) -> None:
    """As docs/loading.md says it: rows of the older release have null in the columns it had not."""
    root = tmp_path / "published"
    for night in (21, 22):
        publish(tables(night), root=root, night=date(2026, 11, night), documents={}, build={})
    older, newer = (sorted((root / "releases").iterdir())[n] / "events" for n in (0, 1))
    added = ["confidence", "settled_by_killed", "first_reported_at", "killed_low"]
    for path in older.glob("*.parquet"):
        cut = pq.read_table(path).drop_columns(added)
        path.unlink()
        pq.write_table(cut, path)
    files = sorted(map(str, [*older.glob("*.parquet"), *newer.glob("*.parquet")]))
    parts = [ds.dataset(str(folder)) for folder in (older, newer)]
    unified = pa.unify_schemas([part.schema for part in parts])
    arrow = pa.concat_tables([p.to_table() for p in parts], promote_options="default")
    frames = [pd.read_parquet(folder) for folder in (older, newer)]
    read = {
        "pandas": pd.concat(frames).astype(object).to_dict("records"),
        "polars": pl.concat([pl.read_parquet(f) for f in files], how="diagonal").to_dicts(),
        "duckdb": duckdb.read_parquet(files, union_by_name=True).to_arrow_table().to_pylist(),
        "pyarrow": arrow.cast(unified).to_pylist(),
    }
    columns = schema.TABLES["events"].names
    for reader, found in read.items():
        rows = in_key_order(found, "events")
        assert len(rows) == 2 * len(CASES["events"]), reader
        for row in rows:
            assert set(row) == set(columns), reader
            if row["headline"] == "g21":
                assert [row[name] for name in added] == [None] * 4, reader
        known = {name for row in rows for name in added if row[name] is not None}
        assert known == set(added), reader


def test_long_reader_keeps_its_release_for_three_nights(tmp_path: Path) -> None:
    root = tmp_path / "published"
    publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    opened = open_release(root)
    folder = (root / "latest").resolve()
    for generation, day in enumerate((23, 24, 25), start=1):
        publish(tables(generation), root=root, night=date(2026, 11, day), documents={}, build={})
    assert set(read_table(opened, "events")["headline"]) == {"g0"}
    assert set(pd.read_parquet(folder / "claims")["victims"]) == {"g0"}
    assert set(read_table(open_release(root), "events")["headline"]) == {"g3"}


def test_store_restored_from_a_copy_is_the_same(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "published"
    first = publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    shutil.copytree(root, tmp_path / "restored", symlinks=True)
    again = publish(
        tables(0), root=tmp_path / "restored", night=date(2026, 11, 22), documents={}, build={}
    )
    assert not again.changed
    assert again.manifest == first.manifest
