"""What the published store promises wherever it lies: on a disk and in a bucket."""

import json
from datetime import date
from pathlib import Path

import pytest

from flows.release import open_release, publish
from flows.release.stores import open_store
from transforms import schema
from transforms.errors import StoreError

CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
PUBLISHING = ["disk", pytest.param("bucket", marks=pytest.mark.slow)]


@pytest.fixture
def root(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    if request.param == "disk":
        return tmp_path / "published"
    return request.getfixturevalue("bucket")("news")


def put(root: Path | str, links: int, **more: int) -> str:
    """Publish the literal tables with some of their links; gives the release's name."""
    frames = {name: schema.frame_of(name, rows) for name, rows in CASES.items()}
    frames["links"] = frames["links"].iloc[:links]
    night = date(2026, 11, 22)
    return publish(frames, root=root, night=night, documents={}, build={}, **more).name


@pytest.mark.parametrize("root", ["disk", "bucket"], indirect=True)
def test_nothing_published_is_one_clear_error(root: Path | str) -> None:
    with pytest.raises(StoreError, match="nothing is published here yet"):
        open_release(root)


@pytest.mark.parametrize("root", PUBLISHING, indirect=True)
def test_replaced_release_is_retired_and_missed_by_name(root: Path | str) -> None:
    first = put(root, 2)
    second = put(root, 1, keep_days=-1)
    assert open_store(root).names() == [second]
    with pytest.raises(StoreError, match="no such release"):
        open_release(root, first)


@pytest.mark.parametrize("root", PUBLISHING, indirect=True)
def test_pointer_that_changed_meanwhile_is_left_alone(
    root: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who keeps no lock at all: an older version, a copy made by hand."""
    first = put(root, 2)
    store = open_store(root)
    theirs = store.read("current.json").replace(b"}", b" }")
    commit = type(store).commit

    def meanwhile(self: object, stage: Path, name: str) -> None:
        commit(self, stage, name)
        open_store(root).set_current(theirs.decode(), first)

    monkeypatch.setattr(type(store), "commit", meanwhile)
    with pytest.raises(StoreError, match=r"current\.json: changed while .* was published"):
        put(root, 1)
    assert store.read("current.json") == theirs
