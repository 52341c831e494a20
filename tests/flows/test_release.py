"""The published store on a local disk: identity, sharing, pointers, retention, damage."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.lock import hold_lock
from flows.release import (
    Release,
    TableFile,
    check_target,
    open_release,
    publish,
    read_table,
    read_tables,
    tablefiles,
    verify_release,
)
from flows.release.digests import PlainRows, RowDigest
from flows.release.periods import PERIODS
from transforms import schema
from transforms.errors import LockedError, SchemaError, StoreError

ROOT = Path(__file__).parents[2]
CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
NIGHTS = (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22))
Tables = dict[str, pd.DataFrame]


def tables_until(night: date) -> Tables:
    """The literal tables, as they stood after a night."""
    tables = {name: schema.frame_of(name, rows) for name, rows in CASES.items()}
    kept = {}
    for name, frame in tables.items():
        column = "night" if "night" in frame else "observed_at"
        kept[name] = frame[frame[column] <= pd.Timestamp(night)].reset_index(drop=True)
    return kept


def put(
    root: Path, night: date = NIGHTS[2], tables: Tables | None = None, **more: object
) -> Release:
    return publish(
        tables_until(night) if tables is None else tables,
        root=root,
        night=night,
        documents={"report.html": f"<p>{night}</p>"},
        build={"code_version": "0.1.0"},
        **more,  # type: ignore[arg-type]
    )


def by_key(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(list(schema.TABLES[table].key), ignore_index=True)


def data_bytes(release: Release) -> dict[str, bytes]:
    folder = Path(release.path)
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.glob("*/*.parquet"))
        if p.parent.name != "runs"
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "published"


# --- what a release holds


def test_every_table_comes_back_as_it_went_in(root: Path) -> None:
    release = put(root)
    assert release.changed
    for table, expected in tables_until(NIGHTS[2]).items():
        pd.testing.assert_frame_equal(
            by_key(table, read_table(release, table)), by_key(table, expected)
        )


def test_files_are_nights_for_what_grows_nightly_and_months_for_the_rest(root: Path) -> None:
    folder = Path(put(root).path)
    nights = [f"{night}.parquet" for night in NIGHTS]
    for table in ("articles", "claims", "reports", "links", "feeds", "rejects", "runs"):
        assert sorted(p.name for p in (folder / table).iterdir()) == nights, table
    for table in ("events", "tolls", "attributions"):
        assert [p.name for p in (folder / table).iterdir()] == ["2026-11.parquet"], table


def test_manifest_lists_every_file_with_rows_bytes_and_checksum(root: Path) -> None:
    release = put(root)
    folder = Path(release.path)
    listed = {e["path"]: e for e in release.manifest["files"] + release.manifest["documents"]}
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert set(listed) == there - {"manifest.json"}
    for path, entry in listed.items():
        assert entry["bytes"] == (folder / path).stat().st_size
        if path.endswith(".parquet"):
            assert entry["rows"] == pq.read_metadata(folder / path).num_rows
    assert release.manifest["schema_version"] == schema.SCHEMA_VERSION
    assert release.name == f"2026-11-22-{release.manifest['data_sha256'][:8]}"
    assert verify_release(release) == []


def test_pointer_and_link_lead_to_the_release(root: Path) -> None:
    release = put(root)
    pointer = json.loads((root / "current.json").read_text())
    assert pointer["release"] == release.name
    assert (root / pointer["path"]).samefile(release.path)
    assert (root / "latest").is_symlink()
    assert (root / "latest").resolve() == Path(release.path).resolve()


def test_empty_tables_have_a_file_with_all_columns(root: Path) -> None:
    empty = {table: schema.empty_frame(table) for table in schema.TABLES}
    release = put(root, tables=empty)
    for table in schema.TABLES:
        pd.testing.assert_frame_equal(read_table(release, table), schema.empty_frame(table))
        assert len(pd.read_parquet(Path(release.path) / table)) == 0


def test_night_that_becomes_empty_loses_its_rows_but_not_its_file(root: Path) -> None:
    put(root)
    tables = tables_until(NIGHTS[2])
    tables["claims"] = tables["claims"][tables["claims"]["observed_at"] != pd.Timestamp(NIGHTS[1])]
    release = put(root, tables=tables)
    assert release.changed
    claims = read_table(release, "claims")
    assert pd.Timestamp(NIGHTS[1]) not in set(claims["observed_at"])
    assert pq.read_metadata(Path(release.path) / "claims/2026-11-21.parquet").num_rows == 0


def test_all_null_row_comes_back_null(root: Path) -> None:
    tables = {table: schema.empty_frame(table) for table in schema.TABLES}
    tables["events"] = schema.frame_of(
        "events",
        [{"event_id": "e", "rule": "latest", "status": "active", "toll_disputed": False,
          "observed_at": "2026-11-22"}],
    )  # fmt: skip
    release = put(root, tables=tables)
    row = read_table(release, "events").iloc[0]
    given = {"event_id", "rule", "status", "toll_disputed", "observed_at"}
    assert row[[n for n in row.index if n not in given]].isna().all()


# --- identity and sharing


def test_same_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    shuffled = {
        table: frame.sample(frac=1, random_state=7)
        for table, frame in tables_until(NIGHTS[2]).items()
    }
    first, second = put(tmp_path / "a"), put(tmp_path / "b", tables=shuffled)
    assert first.name == second.name
    assert data_bytes(first) == data_bytes(second)


def test_identical_rebuild_publishes_nothing(root: Path) -> None:
    first = put(root)
    before = {p: p.lstat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
    tables = tables_until(NIGHTS[2])
    tables["runs"] = tables["runs"].assign(outcome="unchanged")
    second = put(root, tables=tables)
    assert not second.changed
    assert second.name == first.name
    after = {p: p.lstat().st_mtime_ns for p in root.rglob("*") if p.is_file()}
    after[root / ".lock"] = before[root / ".lock"]
    assert after == before


def test_unchanged_files_are_shared_with_the_release_before(root: Path) -> None:
    old = Path(put(root, NIGHTS[1]).path)
    new = Path(put(root, NIGHTS[2]).path)
    assert new != old
    assert (new / "claims/2026-11-20.parquet").samefile(old / "claims/2026-11-20.parquet")
    assert not (new / "events/2026-11.parquet").samefile(old / "events/2026-11.parquet")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of the Parquet files as they are written."""
    paths: list[str] = []
    write_file = tablefiles._write_file

    def write(folder: Path, table: str, period: str, *more: object) -> object:
        paths.append(f"{table}/{period}.parquet")
        return write_file(folder, table, period, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(tablefiles, "_write_file", write)
    return paths


def test_night_writes_only_the_files_whose_rows_changed(root: Path, written: list[str]) -> None:
    put(root, NIGHTS[1])
    written.clear()
    put(root, NIGHTS[2])
    nightly = [t for t, (_, unit) in PERIODS.items() if unit == "D"]
    assert sorted(written) == sorted(
        [f"{table}/2026-11-22.parquet" for table in nightly]
        + [f"{table}/2026-11.parquet" for table in ("attributions", "events", "tolls")]
    )
    written.clear()
    put(root, NIGHTS[2])
    assert written == []


def change_value(tables: Tables) -> None:
    tables["claims"].loc[0, "high"] += 1


def forget_value(tables: Tables) -> None:
    tables["events"].loc[tables["events"]["killed_best"].notna().idxmax(), "killed_best"] = None


def unknown_to_zero(tables: Tables) -> None:
    tables["events"].loc[tables["events"]["missing_low"].isna().idxmax(), "missing_low"] = 0


def unknown_to_empty(tables: Tables) -> None:
    tables["claims"].loc[tables["claims"]["speaker"].isna().idxmax(), "speaker"] = ""


def change_list(tables: Tables) -> None:
    lists = tables["events"]["settled_by_killed"]
    tables["events"]["settled_by_killed"] = lists.map(
        lambda ids: [*ids[::-1], "c9"] if ids else ids
    )


def empty_list(tables: Tables) -> None:
    lists = tables["events"]["settled_by_missing"]
    assert lists.isna().any()
    tables["events"]["settled_by_missing"] = lists.map(lambda ids: ids or [])


def move_night(tables: Tables) -> None:
    tables["claims"].loc[0, "observed_at"] = pd.Timestamp(NIGHTS[2])


def drop_row(tables: Tables) -> None:
    tables["links"] = tables["links"].iloc[1:].reset_index(drop=True)


def swap_text(tables: Tables) -> None:
    """The same characters in the same column, cut elsewhere."""
    tables["claims"].loc[[0, 1], "quote"] = ["ab", "c"]


CHANGES = [
    change_value, forget_value, unknown_to_zero, unknown_to_empty, change_list, empty_list,
    move_night, drop_row, swap_text,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_changed_rows_are_published_as_if_nothing_had_been_there(
    tmp_path: Path, change: Callable[[Tables], None], written: list[str]
) -> None:
    before = tables_until(NIGHTS[2])
    if change is swap_text:
        before["claims"].loc[[0, 1], "quote"] = ["a", "bc"]
    put(tmp_path / "a", tables=before)
    after = {name: frame.copy() for name, frame in before.items()}
    change(after)
    written.clear()
    after_another, alone = put(tmp_path / "a", tables=after), put(tmp_path / "b", tables=after)
    assert 1 <= len(written) - len(alone.manifest["files"]) <= 2
    assert after_another.changed
    assert after_another.name == alone.name
    assert data_bytes(after_another) == data_bytes(alone)
    assert after_another.manifest["files"] == alone.manifest["files"]


def test_other_library_or_option_writes_every_file_anew(
    root: Path, written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, NIGHTS[1])
    files = len(put(root, NIGHTS[2]).manifest["files"])
    for target, name, value in (
        (pa, "__version__", "99.0"),
        (tablefiles, "WRITTEN_BY", {**tablefiles.WRITTEN_BY, "compression_level": 9}),
    ):
        written.clear()
        with monkeypatch.context() as patch:
            patch.setattr(target, name, value)
            put(root, NIGHTS[2])
        assert len(written) == files


def test_files_of_a_manifest_without_row_digests_are_written_anew_and_shared(
    root: Path, written: list[str]
) -> None:
    release = put(root, NIGHTS[1])
    manifest = json.loads((Path(release.path) / "manifest.json").read_text())
    for entry in manifest["files"]:
        del entry["rows_sha256"]
    rewrite_manifest(root, Path(release.path) / "manifest.json", manifest)
    written.clear()
    new = put(root, NIGHTS[2])
    assert len(written) == len(new.manifest["files"])
    old = Path(release.path) / "claims/2026-11-20.parquet"
    assert (Path(new.path) / "claims/2026-11-20.parquet").samefile(old)


def test_digest_of_rows_knows_nothing_of_where_they_came_from() -> None:
    """Neither the rows around them, nor the chunks, nor what lies under a null."""
    frame = tables_until(NIGHTS[2])["events"]
    whole = schema.to_arrow("events", frame)
    cut = whole.slice(2, 4)
    alone = schema.to_arrow("events", frame.iloc[2:6])
    chunks = pa.concat_tables([whole.slice(2, 1), whole.slice(3, 3)])
    hidden = alone
    for number, name in enumerate(alone.column_names):
        column = alone.column(number)
        if column.null_count and column.type == pa.int32():
            values = column.fill_null(7).combine_chunks()
            masked = pa.Array.from_buffers(
                pa.int32(), len(values), [column.combine_chunks().buffers()[0], values.buffers()[1]]
            )
            hidden = hidden.set_column(number, name, masked)
    digests = set()
    for rows in (cut, alone, chunks, hidden):
        digest = RowDigest("events", {})
        digest.update(PlainRows(rows), 0, len(rows))
        digests.add(digest.hexdigest())
    digest = RowDigest("events", {})
    digest.update(PlainRows(whole), 2, 6)
    digests.add(digest.hexdigest())
    assert len(digests) == 1


def test_damaged_file_is_not_shared(root: Path) -> None:
    old = Path(put(root, NIGHTS[1]).path)
    flip_byte(old / "claims/2026-11-20.parquet")
    new = put(root, NIGHTS[2])
    assert verify_release(new) == []


def test_releases_before_stay_readable(root: Path) -> None:
    first = put(root, NIGHTS[0])
    for night in NIGHTS[1:]:
        put(root, night)
    assert verify_release(first) == []
    again = open_release(root, first.name)
    assert len(read_table(again, "claims")) == len(tables_until(NIGHTS[0])["claims"])


def test_going_back_to_an_earlier_result_points_there_again(root: Path) -> None:
    first = put(root)
    fewer = tables_until(NIGHTS[2])
    fewer["links"] = fewer["links"].iloc[:0]
    second = put(root, tables=fewer)
    third = put(root)
    assert third.changed
    assert (third.name, open_release(root).name) == (first.name, first.name)
    assert second.name != first.name


def test_retired_after_keep_days_since_replaced(root: Path) -> None:
    names = [put(root, night).name for night in NIGHTS]
    backdate(root, names[0], days=90)  # current for 50 days, then replaced
    backdate(root, names[1], days=40)
    put(root, keep_days=30)
    assert sorted(p.name for p in (root / "releases").iterdir()) == names[1:]


def backdate(root: Path, name: str, days: int) -> None:
    path = root / "releases" / name / "manifest.json"
    manifest = json.loads(path.read_text())
    at = datetime.now(UTC) - timedelta(days=days)
    manifest["build"]["published_at"] = at.isoformat()
    path.write_text(json.dumps(manifest))


# --- refused input


def test_missing_and_unknown_tables_are_refused(root: Path) -> None:
    tables = tables_until(NIGHTS[2])
    tables["deaths"] = tables.pop("tolls")
    with pytest.raises(SchemaError, match=r"missing \['tolls'\], unknown \['deaths'\]"):
        put(root, tables=tables)


def test_row_without_night_is_refused(root: Path) -> None:
    tables = tables_until(NIGHTS[2])
    tables["claims"].loc[3, "observed_at"] = pd.NaT
    with pytest.raises(SchemaError, match=r"claims: the row with key \['c04'\] has no observed_at"):
        put(root, tables=tables)


@pytest.mark.parametrize("table", ["claims", "articles", "tolls"])
def test_key_that_repeats_in_another_file_is_refused(root: Path, table: str) -> None:
    tables = tables_until(NIGHTS[2])
    twice = tables[table].iloc[[0]].copy()
    if table == "articles":
        twice["night"] = pd.Timestamp(NIGHTS[1])
    elif table == "claims":
        twice["observed_at"] = pd.Timestamp(NIGHTS[1])
    tables[table] = pd.concat([tables[table], twice], ignore_index=True)
    with pytest.raises(SchemaError, match=f"table {table}: the key .* stands in more than one row"):
        put(root, tables=tables)


def test_failed_publish_leaves_the_release_before_and_no_rest(root: Path) -> None:
    before = put(root, NIGHTS[1])
    tables = tables_until(NIGHTS[2])
    tables["runs"] = tables["runs"].assign(outcome="splendid")
    with pytest.raises(SchemaError, match="splendid"):
        put(root, tables=tables)
    assert open_release(root).name == before.name
    assert [p.name for p in (root / "releases").iterdir()] == [before.name]


@pytest.mark.parametrize(
    "name", ["../evil", "a/b", "manifest.json", "datapackage.json", ".hidden", "events", ""]
)
def test_document_names_stay_inside_the_release(root: Path, name: str) -> None:
    with pytest.raises(StoreError, match="a document of a release can't be called"):
        publish(tables_until(NIGHTS[2]), root=root, night=NIGHTS[2], documents={name: ""}, build={})


def test_type_change_within_a_schema_version_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = put(root, NIGHTS[1])
    path = Path(release.path) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["columns"]["claims"]["low"] = "string"
    rewrite_manifest(root, path, manifest)
    with pytest.raises(SchemaError, match="claims, column low: published as string, now int32"):
        put(root, NIGHTS[2])
    manifest["schema_version"] = "0"
    rewrite_manifest(root, path, manifest)
    assert put(root, NIGHTS[2]).changed


def rewrite_manifest(root: Path, path: Path, manifest: dict[str, object]) -> None:
    path.write_text(json.dumps(manifest))
    pointer = json.loads((root / "current.json").read_text())
    pointer.pop("manifest_sha256", None)
    (root / "current.json").write_text(json.dumps(pointer))


def test_release_of_an_older_schema_loads_with_new_columns_null(root: Path) -> None:
    release = put(root)
    path = Path(release.path) / "events/2026-11.parquet"
    older = pq.read_table(path).drop_columns(["confidence", "settled_by_missing"])
    path.unlink()
    pq.write_table(older, path)
    release.manifest["files"] = [
        e | ({"sha256": sha256(path)} if e["path"] == "events/2026-11.parquet" else {})
        for e in release.manifest["files"]
    ]
    events = read_table(release, "events")
    assert list(events) == list(schema.TABLES["events"].names)
    assert events["confidence"].isna().all()
    assert events["killed_low"].sum() == tables_until(NIGHTS[2])["events"]["killed_low"].sum()


def sha256(path: Path) -> str:
    from flows.release.tablefiles import measure

    return measure(path)[1]


# --- damage


def flip_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "remove", "swap"])
def test_damaged_file_is_named_and_nothing_is_returned(root: Path, damage: str) -> None:
    release = put(root)
    path = Path(release.path) / "claims/2026-11-21.parquet"
    if damage == "flip":
        flip_byte(path)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-9])
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "remove":
        path.unlink()
    else:
        shutil.copy(path.with_name("2026-11-20.parquet"), path)
    with pytest.raises(StoreError, match=r"claims/2026-11-21\.parquet"):
        read_table(release, "claims")
    assert len(read_table(release, "events"))
    assert [line for line in verify_release(release) if "claims/2026-11-21.parquet" in line]


@pytest.mark.parametrize("content", ["", "[]", '{"release": 3}', '{"release": "none"}'])
def test_damaged_pointer_is_one_clear_error_and_healed_by_the_next_night(
    root: Path, content: str
) -> None:
    put(root)
    (root / "current.json").write_text(content)
    with pytest.raises(StoreError, match=r"current\.json|no such release"):
        open_release(root)
    put(root)
    assert verify_release(open_release(root)) == []


def test_damaged_manifest_is_noticed_and_healed(root: Path) -> None:
    release = put(root)
    flip_byte(Path(release.path) / "manifest.json")
    with pytest.raises(StoreError, match=r"manifest\.json"):
        open_release(root)
    assert put(root).changed
    assert verify_release(open_release(root)) == []


def test_damaged_current_release_is_published_anew(root: Path) -> None:
    release = put(root)
    flip_byte(Path(release.path) / "events/2026-11.parquet")
    again = put(root)
    assert again.changed
    assert verify_release(again) == []


def test_leftovers_of_killed_runs_are_swept_and_never_read(root: Path) -> None:
    release = put(root, NIGHTS[1])
    stage = root / "releases" / ".tmp-dead"
    (stage / "claims").mkdir(parents=True)
    (stage / "claims" / "2026-11-20.parquet").write_bytes(b"")
    (root / ".tmp-current-1").write_text("{")
    (root / "releases" / "2026-11-22-00000000").mkdir()
    assert read_tables(release)["claims"].equals(read_table(open_release(root), "claims"))
    put(root, NIGHTS[2])
    assert not stage.exists()
    assert not (root / ".tmp-current-1").exists()


def test_strays_are_reported_and_removed_when_old(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(root, NIGHTS[1])
    orphan, cut = root / "releases" / "2026-11-20-deadbeef", root / "releases" / "events.parquet"
    (orphan / "claims").mkdir(parents=True)
    cut.write_bytes(b"PAR1")
    put(root, NIGHTS[2])
    assert orphan.exists()
    assert "events.parquet is no release; left" in caplog.text
    os.utime(orphan, (0, 0))
    os.utime(cut, (0, 0))
    put(root, NIGHTS[2])
    assert not orphan.exists()
    assert not cut.exists()
    assert len(list((root / "releases").iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"PAR1", b"{"])
def test_file_of_no_manifest_is_not_read_but_named_and_healed(root: Path, content: bytes) -> None:
    release = put(root)
    stray = Path(release.path) / "events" / "2026-10.parquet"
    stray.write_bytes(content)
    assert len(read_table(release, "events")) == len(CASES["events"])
    assert [line for line in verify_release(release) if "2026-10.parquet: stands in no" in line]
    again = put(root)
    assert again.changed
    assert verify_release(again) == []


def test_release_of_a_hundred_thousand_files_opens_in_a_second(root: Path) -> None:
    release = put(root)
    path = Path(release.path) / "manifest.json"
    manifest = json.loads(path.read_text())
    one = manifest["files"][0]
    manifest["files"] += [{**one, "path": f"articles/{n:06d}.parquet"} for n in range(100_000)]
    rewrite_manifest(root, path, manifest)
    start = perf_counter()
    assert len(open_release(root).manifest["files"]) > 100_000
    assert perf_counter() - start < 2  # a second on an idle machine


def test_unknown_table_is_one_clear_error(root: Path) -> None:
    with pytest.raises(StoreError, match="no table is called deaths"):
        read_table(put(root), "deaths")


# --- targets


def test_target_is_made_but_not_its_parent(tmp_path: Path) -> None:
    check_target(tmp_path / "published")
    assert (tmp_path / "published").is_dir()
    with pytest.raises(StoreError, match="No such file or directory"):
        check_target(tmp_path / "no" / "published")


def test_target_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "published").write_text("")
    with pytest.raises(StoreError, match="can't publish here"):
        check_target(tmp_path / "published")


def test_read_only_target_is_refused_before_any_work(mounted: Path) -> None:
    check_target(mounted / "published")
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    with pytest.raises(StoreError, match=r"can't publish here: Read-only file system"):
        check_target(mounted / "published")


def test_full_target_is_refused_before_any_work(mounted: Path) -> None:
    root = mounted / "published"
    before = put(root, NIGHTS[1])
    fill(mounted / "ballast")
    with pytest.raises(StoreError, match="can't publish here: No space left on device"):
        check_target(root)
    assert verify_release(open_release(root, before.name)) == []


def test_disk_that_fills_while_publishing_leaves_the_release_before(mounted: Path) -> None:
    root = mounted / "published"
    before = put(root, NIGHTS[1])
    tables = tables_until(NIGHTS[2])
    rng = np.random.default_rng(3)
    rows = [
        {**CASES["links"][0], "report_a": f"{i:08d}", "report_b": rng.bytes(400).hex()}
        for i in range(9000)
    ]
    tables["links"] = schema.frame_of("links", rows)
    with pytest.raises(StoreError, match=r"No space left on device.*the current release stands"):
        put(root, tables=tables)
    assert open_release(root).name == before.name
    assert verify_release(open_release(root)) == []
    assert [p.name for p in (root / "releases").iterdir()] == [before.name]
    assert put(root).changed


def fill(path: Path) -> None:
    free = shutil.disk_usage(path.parent).free
    path.write_bytes(b"\0" * free)


PUBLISHER = """
import json, resource, sys
from datetime import date
from pathlib import Path
from time import perf_counter
from flows.release import publish
from transforms import schema
from transforms.errors import StoreError

cases = json.loads(Path(sys.argv[2]).read_text("utf-8"))
tables = {table: schema.frame_of(table, rows) for table, rows in cases.items()}
if len(sys.argv) > 4:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), int(sys.argv[4])))
try:
    night = date.fromisoformat(sys.argv[3])
    publish(tables, root=sys.argv[1], night=night, documents={}, build={})
except StoreError as error:
    sys.exit(str(error))
"""


def start_publisher(root: Path, night: date, *more: str) -> subprocess.Popen[str]:
    cases = Path(__file__).parent / "cases" / "release.json"
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(root), str(cases), night.isoformat(), *more],
        env={"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_publishers_at_once_wait_for_each_other_and_all_survive(root: Path) -> None:
    running = [start_publisher(root, night) for night in NIGHTS]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    names = sorted(p.name for p in (root / "releases").iterdir())
    assert [name[:10] for name in names] == [str(night) for night in NIGHTS]
    for name in names:
        assert verify_release(open_release(root, name)) == []
    assert open_release(root).name in names


def test_limit_on_file_size_is_one_clear_error(root: Path) -> None:
    before = put(root, NIGHTS[1])
    process = start_publisher(root, NIGHTS[2], "20000")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert err.strip().splitlines() == [
        f"{root}: can't publish here: File too large; name a writable folder with free space,"
        " whose parent exists"
    ]
    assert open_release(root).name == before.name


def test_second_publisher_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.release.write.LOCK_SECONDS", 0.2)
    put(root, NIGHTS[1])
    with (
        hold_lock(root / ".lock", purpose="publish 2026-11-22"),
        pytest.raises(LockedError, match="publish 2026-11-22"),
    ):
        put(root)


# --- single files, for `code`


def test_table_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    claims = tables_until(NIGHTS[2])["claims"]
    path = tmp_path / "claims.parquet"
    with TableFile(path, "claims") as file:
        for start in range(0, len(claims), 4):
            file.append(claims.iloc[start : start + 4])
        assert not path.exists()
    pd.testing.assert_frame_equal(
        schema.cast_frame("claims", pd.read_parquet(path)), claims.reset_index(drop=True)
    )
    with pytest.raises(RuntimeError), TableFile(tmp_path / "events.parquet", "events"):
        raise RuntimeError
    assert sorted(p.name for p in tmp_path.iterdir()) == ["claims.parquet"]


def test_table_file_without_rows_has_the_columns(tmp_path: Path) -> None:
    with TableFile(tmp_path / "links.parquet", "links"):
        pass
    assert list(pd.read_parquet(tmp_path / "links.parquet")) == list(schema.TABLES["links"].names)


# --- nothing that runs


MODULES = [p for top in ("flows", "transforms") for p in (ROOT / top).rglob("*.py")]
RUNNING = {"pickle", "cPickle", "cloudpickle", "shelve", "marshal", "joblib", "dill"}


def test_no_module_unpickles_or_evaluates() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not RUNNING & {name.split(".")[0] for name in names}, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = node.func.attr
                assert called not in ("read_pickle", "to_pickle", "eval", "query"), path


def test_pyarrow_is_one_that_does_not_unpickle_files() -> None:
    """Before 14.0.1 reading a file could run code (CVE-2023-47248)."""
    major = int(pa.__version__.split(".")[0])
    assert major >= 15


def test_extension_type_from_a_file_is_not_loaded(root: Path) -> None:
    """A Parquet file may name an extension type whose metadata is a pickle."""
    release = put(root)
    path = Path(release.path) / "events" / "2026-11.parquet"
    table = pq.read_table(path)
    name = table.schema.get_field_index("headline")
    metadata = {
        b"ARROW:extension:name": b"arrow.py_extension_type",
        b"ARROW:extension:metadata": b"cos\nsystem\n(S'touch pwned'\ntR.",
    }
    schema_ = table.schema.set(name, table.schema.field(name).with_metadata(metadata))
    path.unlink()
    pq.write_table(table.cast(schema_), path)
    for entry in release.manifest["files"]:
        if entry["path"] == "events/2026-11.parquet":
            entry["sha256"] = sha256(path)
    events = read_table(release, "events")
    assert events["headline"].dtype == "str"
    assert not Path("pwned").exists()
