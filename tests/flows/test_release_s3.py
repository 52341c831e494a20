"""The published store on S3, against a server on loopback."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from pyarrow import fs

from flows.release import check_target, open_release, publish, read_table, verify_release
from flows.release.bucket import _WRITERS, S3Store
from flows.release.lease import Lease, hold_lease, remove
from transforms import schema
from transforms.errors import LockedError, StoreError

CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
NIGHT = date(2026, 11, 22)


@pytest.fixture
def root(bucket: Callable[[str], str]) -> str:
    return bucket("news")


def tables() -> dict[str, pd.DataFrame]:
    return {name: schema.frame_of(name, rows) for name, rows in CASES.items()}


def put(root: str, frames: dict[str, pd.DataFrame], night: date = NIGHT) -> object:
    return publish(frames, root=root, night=night, documents={"codebook.md": "#"}, build={})


def test_release_is_the_same_as_on_a_disk(root: str, tmp_path: Path) -> None:
    check_target(root)
    there = publish(tables(), root=root, night=NIGHT, documents={"codebook.md": "#"}, build={})
    here = publish(
        tables(), root=tmp_path / "published", night=NIGHT, documents={"codebook.md": "#"}, build={}
    )
    assert there.name == here.name
    assert there.manifest["files"] == here.manifest["files"]
    assert verify_release(open_release(root)) == []
    for table in schema.TABLES:
        pd.testing.assert_frame_equal(
            read_table(open_release(root), table), read_table(here, table)
        )
    again = publish(tables(), root=root, night=NIGHT, documents={"codebook.md": "#"}, build={})
    assert not again.changed


@pytest.mark.slow
def test_unchanged_files_are_copied_inside_the_bucket(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = tables()
    put(root, frames)
    uploads: list[str] = []
    upload = S3Store._upload
    monkeypatch.setattr(
        S3Store, "_upload", lambda self, source, to: (uploads.append(to), upload(self, source, to))
    )
    frames["links"] = frames["links"].iloc[:1]
    put(root, frames)
    assert {u.split("/")[4] for u in uploads} == {
        "links",
        "manifest.json",
        "datapackage.json",
        "codebook.md",
    }
    assert verify_release(open_release(root)) == []


@pytest.mark.slow
def test_upload_that_did_not_end_is_no_release_and_is_swept(
    root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = tables()
    put(root, frames)
    before = open_release(root).name
    upload = S3Store._upload

    def cut(self: S3Store, source: Path, target: str) -> None:
        if target.endswith("manifest.json"):
            raise OSError("connection lost")
        upload(self, source, target)

    frames["links"] = frames["links"].iloc[:1]
    with monkeypatch.context() as patch:
        patch.setattr(S3Store, "_upload", cut)
        with pytest.raises(StoreError, match="connection lost; the current release stands"):
            put(root, frames)
    assert open_release(root).name == before
    store = S3Store(root)
    assert store.names() == [before]
    assert len(store.sweep()) == 1
    assert store.sweep() == []
    put(root, frames)
    assert open_release(root).name != before


@pytest.mark.slow
def test_file_of_several_parts_arrives_whole(root: str, tmp_path: Path) -> None:
    """A part holds at least 5 MiB, so anything above 10 MB is a multipart upload."""
    big = tmp_path / "big"
    big.write_bytes(bytes(range(256)) * 100_000)
    store = S3Store(root)
    store._upload(big, store._at("big"))
    assert store.read("big") == big.read_bytes()


@pytest.mark.slow
def test_damaged_object_is_named(root: str) -> None:
    put(root, tables())
    release = open_release(root)
    store = S3Store(root)
    with store._fs.open_output_stream(
        store._at("releases", release.name, "events/2026-11.parquet")
    ) as stream:
        stream.write(b"PAR1")
    with pytest.raises(StoreError, match=r"events/2026-11\.parquet: the file does not match"):
        read_table(release, "events")


# --- one writer, from whatever machine


def notices(root: str) -> list[str]:
    store = S3Store(root)
    selector = fs.FileSelector(store._at(_WRITERS), allow_not_found=True)
    return [info.path for info in store._fs.get_file_info(selector) if info.is_file]


def held_elsewhere(root: str, tmp_path: Path) -> AbstractContextManager[Lease]:
    """The lease of a writer on another machine: this machine's lock and note know nothing of it."""
    store = S3Store(root)
    return hold_lease(
        store._fs, store._at(_WRITERS), tmp_path / "note", purpose="publish far", wait_seconds=0
    )


def test_writer_on_another_machine_is_waited_for_and_named(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.release.write.LOCK_SECONDS", 0.2)
    with held_elsewhere(root, tmp_path), pytest.raises(LockedError, match=r"process \d+ on .*far"):
        put(root, tables())
    assert notices(root) == []
    put(root, tables())
    assert notices(root) == []


@pytest.mark.slow
def test_writers_at_once_never_hold_it_together(root: str, tmp_path: Path) -> None:
    inside, most, turns = [0], [0], []

    def write(number: int) -> None:
        store = S3Store(root)
        note = tmp_path / f"note-{number}"
        with hold_lease(store._fs, store._at(_WRITERS), note, purpose="x", wait_seconds=120):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.1)
            inside[0] -= 1
            turns.append(number)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(write, range(5)))
    assert most[0] == 1
    assert sorted(turns) == [0, 1, 2, 3, 4]


def test_notice_of_this_machines_dead_run_is_removed_at_once(
    root: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store, note = S3Store(root), tmp_path / "note"
    dead = Lease(store._fs, store._at(_WRITERS), "publish")
    dead.put()
    note.write_text(dead.name)
    with hold_lease(store._fs, store._at(_WRITERS), note, purpose="x", wait_seconds=0):
        assert len(notices(root)) == 1
    assert "left by a run that did not end" in caplog.text
    assert not note.exists()


def test_note_that_names_anything_else_removes_nothing(root: str, tmp_path: Path) -> None:
    put(root, tables())
    store, note = S3Store(root), tmp_path / "note"
    note.write_text("../current.json")
    with hold_lease(store._fs, store._at(_WRITERS), note, purpose="x", wait_seconds=0):
        pass
    assert open_release(root)


def test_notice_that_nobody_renewed_is_removed(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = S3Store(root)
    Lease(store._fs, store._at(_WRITERS), "publish").put()
    time.sleep(1.1)  # the bucket's clock counts seconds
    monkeypatch.setattr("flows.release.lease.STALE", timedelta(seconds=0.5))
    with held_elsewhere(root, tmp_path) as mine:
        assert [path.rpartition("/")[2] for path in notices(root)] == [mine.name]


def test_notice_is_renewed_while_its_writer_works(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.release.lease.RENEW_SECONDS", 0.05)
    puts = []
    put_notice = Lease.put
    monkeypatch.setattr(Lease, "put", lambda self: (puts.append(1), put_notice(self)))
    with held_elsewhere(root, tmp_path):
        time.sleep(0.6)
    assert len(puts) >= 3


@pytest.mark.slow
def test_writer_taken_for_dead_swaps_nothing(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = tables()
    put(root, frames)
    before = open_release(root).name
    commit = S3Store.commit

    def lose(self: S3Store, stage: Path, name: str) -> None:
        assert self._lease is not None
        remove(self._fs, f"{self._at(_WRITERS)}/{self._lease.name}")
        commit(self, stage, name)

    monkeypatch.setattr(S3Store, "commit", lose)
    frames["links"] = frames["links"].iloc[:1]
    with pytest.raises(StoreError, match="another writer took this one for dead"):
        put(root, frames)
    assert open_release(root).name == before
    assert S3Store(root).names() == [before]


def test_missing_bucket_is_one_clear_error(s3_server: str) -> None:
    options = f"endpoint_override={s3_server}&scheme=http&region=us-east-1"
    with pytest.raises(StoreError, match="s3://nowhere-at-all/news: can't publish here"):
        check_target(f"s3://nowhere-at-all/news?{options}")
