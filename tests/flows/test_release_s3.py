"""The published store on S3, against a server on loopback."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from flows.release import check_target, open_release, publish, read_table, verify_release
from flows.release.bucket import S3Store
from transforms import schema
from transforms.errors import StoreError

CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
NIGHT = date(2026, 11, 22)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        running.start()
        host, port = running.get_host_and_port()
        yield f"{host}:{port}"
        running.stop()


@pytest.fixture
def root(server: str, request: pytest.FixtureRequest) -> str:
    from pyarrow import fs

    options = f"endpoint_override={server}&scheme=http&region=us-east-1&allow_bucket_creation=true"
    bucket = f"ledger-{abs(hash(request.node.name)) % 10**8}"
    client, _ = fs.FileSystem.from_uri(f"s3://{bucket}?{options}")
    client.create_dir(bucket)
    return f"s3://{bucket}/news?{options}"


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


@pytest.mark.slow
def test_old_release_is_retired(root: str) -> None:
    frames = tables()
    put(root, frames)
    first = open_release(root).name
    frames["links"] = frames["links"].iloc[:1]
    second = publish(frames, root=root, night=NIGHT, documents={}, build={}, keep_days=-1)
    assert S3Store(root).names() == [second.name]
    with pytest.raises(StoreError, match="no such release"):
        open_release(root, first)


def test_missing_bucket_is_one_clear_error(server: str) -> None:
    options = f"endpoint_override={server}&scheme=http&region=us-east-1"
    with pytest.raises(StoreError, match="s3://nowhere-at-all/news: can't publish here"):
        check_target(f"s3://nowhere-at-all/news?{options}")


def test_nothing_published_is_one_clear_error(root: str) -> None:
    with pytest.raises(StoreError, match="nothing is published here yet"):
        open_release(root)
