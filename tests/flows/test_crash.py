"""A step that dies, or meets a failing disk, at any system call: nothing half done.

Run as a program, this file stores a shard of the raw store, keeps frames in the cache, publishes a
release, or builds a whole night out of the raw store, once per system call that changes files, each
time in a fresh process on a fresh copy, and strace ends that process, or fails the call, each time
at another one. After that the stores hold what they held before or what they should hold then,
whole, and doing it again gives the bytes of an undisturbed run.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CALLS = (
    *("write", "pwrite64", "ftruncate", "fsync", "fdatasync"),
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat"),
    *("unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"),
)
STRACE = shutil.which("strace")
pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not installed")
LEFTOVERS = ("*.tmp", ".tmp-*", ".part-*")
NIGHTS = date(2026, 11, 20), date(2026, 11, 21)


def run_harness(folder: Path, *arguments: str) -> list[dict[str, str]]:
    ran = subprocess.run(
        [sys.executable, __file__, str(folder), *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def assert_harmless(results: list[dict[str, str]]) -> None:
    bad = [r for r in results if r["store"] not in ("old", "new") or r["healed"] != "yes"]
    assert not bad, bad


def assert_mostly_killed(results: list[dict[str, str]]) -> None:
    assert_harmless(results)
    assert {r["outcome"] for r in results} <= {"killed", "done"}
    assert sum(r["outcome"] == "killed" for r in results) >= 0.9 * len(results)
    assert {r["store"] for r in results} == {"old", "new"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("what", "calls"),
    [("shard", {"write", "fsync", "rename", "mkdir"}), ("cache", {"write", "rename", "mkdir"})],
)
def test_killed_at_any_call_leaves_all_or_nothing(
    tmp_path: Path, what: str, calls: set[str]
) -> None:
    results = run_harness(tmp_path, what, "signal=KILL", *CALLS)
    assert_harmless(results)
    assert {r["outcome"] for r in results} <= {"killed", "done"}
    assert calls <= {r["call"] for r in results if r["outcome"] == "killed"}
    # frames appear by the last call of all, so whoever dies at it leaves what was there before
    assert {r["store"] for r in results} == ({"old"} if what == "cache" else {"old", "new"})


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("what", "error", "call"),
    [
        *((what, "ENOSPC", "write") for what in ("shard", "cache", "release")),
        *((what, "EDQUOT", "mkdir") for what in ("shard", "cache", "release")),
        *((what, "EIO", "rename") for what in ("shard", "cache", "release")),
        ("release", "EIO", "fsync"),
    ],
)
def test_failing_call_is_one_error_and_nothing_half_done(
    tmp_path: Path, what: str, error: str, call: str
) -> None:
    results = run_harness(tmp_path, what, f"error={error}", call)
    assert_harmless(results)
    assert {r["outcome"] for r in results} <= {"refused", "done"}
    assert any(r["outcome"] == "refused" for r in results)


def test_killed_at_the_first_and_last_rename_leaves_all_or_nothing(tmp_path: Path) -> None:
    results = run_harness(tmp_path, "shard", "signal=KILL", "rename")
    assert_harmless(results)
    assert results


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_killed_at_any_call_leaves_one_whole_release(tmp_path: Path) -> None:
    results = run_harness(tmp_path, "release", "signal=KILL", *CALLS)
    assert {"write", "fsync", "rename", "link", "mkdir", "unlink"} <= {r["call"] for r in results}
    assert len(results) > 80  # as many as there are calls; files that are shared need few
    assert_mostly_killed(results)


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_a_build_killed_at_any_call_is_made_good_by_the_next(tmp_path: Path) -> None:
    results = run_harness(tmp_path, "build", "signal=KILL", *CALLS)
    assert {"write", "rename", "link", "mkdir", "unlink"} <= {r["call"] for r in results}
    assert len(results) > 150
    assert_mostly_killed(results)


def test_killed_at_first_and_last_call_leaves_one_whole_release(tmp_path: Path) -> None:
    assert_mostly_killed(run_harness(tmp_path, "release", "signal=KILL", "pwrite64", "symlink"))


# --- the program


def store_shard(root: Path) -> None:
    """What `ingest` does to the raw store, in the same order; again where it was not done."""
    from flows.lock import hold_lock, lock_path
    from flows.rawstore import collect_leftovers, iter_shards, make_root

    make_root(root)
    with hold_lock(lock_path(root), purpose="ingest"):
        collect_leftovers(root)
        if not iter_shards(root, NIGHTS[1]):
            write_night(root, NIGHTS[1])


def write_night(root: Path, night: date) -> None:
    from flows.rawstore import Outcome, write_shard
    from transforms.feeds import Feed

    feed = Feed(id="courier", url="https://courier.example/rss", publisher="The Courier")
    with write_shard(root, night=night, run_id=f"{night}-01", batch=0, feeds=[feed]) as writer:
        for n in range(3):
            row = Outcome(kind="feed", outcome="fetched", feed_id=feed.id, url=f"{feed.url}/{n}")
            writer.add(row, b"<rss/>" * 20_000, [("Content-Type", "application/rss+xml")])


def shards_of(root: Path) -> object:
    """What a build would read, all bytes checked."""
    from flows.rawstore import iter_shards, read_shard

    for shard in iter_shards(root):
        assert len(list(read_shard(shard))) == 3
    return {
        str(path): Path(path).read_bytes()
        for shard in iter_shards(root)
        for path in (shard.warc_path, shard.index_path)
    }


def tables(night: date) -> dict[str, object]:
    """Two nights of the literal tables: few files, but every kind of them."""
    import pandas as pd

    from transforms import schema

    cases = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
    kept = {}
    for table, rows in cases.items():
        frame = schema.frame_of(table, rows)
        column = frame["night" if "night" in frame else "observed_at"]
        kept[table] = frame[column.between("2026-11-21", pd.Timestamp(night))]
    return kept


def put(root: Path, night: date) -> None:
    from flows.release import publish

    documents = {"report.html": f"<p>{night}</p>"}
    publish(tables(night), root=root, night=night, documents=documents, build={})


def contents(root: Path) -> dict[str, bytes]:
    """The data of the current release, each file checked; what a reader would get."""
    import pandas as pd

    from flows.release import open_release, verify_release

    release = open_release(root)
    wrong = verify_release(release)
    if wrong:
        raise AssertionError(wrong)
    pd.read_parquet(root / "latest" / "events")
    folder = Path(release.path)
    return {
        entry["path"]: (folder / entry["path"]).read_bytes()
        for entry in release.manifest["files"]
        if entry["table"] != "runs"
    }


def build_second(root: Path) -> None:
    """What a night does after it has fetched: the flow's own steps, with no server of Prefect."""
    build_night(root, NIGHTS[1])


def build_night(root: Path, night: date) -> None:
    from flows import build
    from flows.building.gold import score_gold
    from flows.building.publishing import hold_build
    from flows.building.shards import keep_coded, keep_normalised
    from flows.rawstore import iter_shards
    from flows.settings import load_settings, move_stores

    settings = move_stores(load_settings({}, root), root)
    if not iter_shards(root / "raw", night, night):
        write_told(root / "raw", night)
    build.normalise, build.code = AtOnce(keep_normalised), AtOnce(keep_coded)
    build.score = AtOnce(score_gold)
    with hold_build(settings, None):
        build.build_release.fn(settings)


class AtOnce:
    """A task whose batches are done when they are submitted."""

    def __init__(self, do: Callable[..., str]) -> None:
        self.do = do

    def submit(self, *batch: object) -> AtOnce:
        self.done = self.do(*batch)
        return self

    def result(self) -> str:
        return self.done


def write_told(root: Path, night: date) -> None:
    """A shard with a feed of two articles that tell of one attack."""
    from flows.rawstore import Outcome, write_shard
    from transforms.feeds import Feed

    feed = Feed(id="courier", url="https://courier.example/rss", publisher="The Courier")
    feed = replace(feed, full_text=True)
    row = Outcome(kind="feed", outcome="fetched", feed_id=feed.id, url=feed.url)
    items = "".join(
        f"<item><guid>{night}-{n}</guid><title>{toll} killed in Gao</title><description>"
        f"Gunmen killed {toll} people in Gao, Mali, on {night:%A}, police said."
        f"</description><pubDate>{night:%a, %d %b %Y} 1{n}:00:00 GMT</pubDate></item>"
        for n, toll in enumerate(("four", "five"))
    )
    body = f'<rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'
    with write_shard(root, night=night, run_id=f"{night}-01", batch=0, feeds=[feed]) as writer:
        writer.add(row, body.encode(), [("Content-Type", "application/rss+xml")])


def published_of(root: Path) -> dict[str, bytes]:
    """What readers get of the release that is current."""
    return contents(root / "published")


def keep_frames(root: Path) -> None:
    """What `build` does to the cache for one shard; again where it was not done."""
    import pandas as pd

    from flows.cache import Cache

    cache = Cache(root, "v1")
    if not cache.has("code", "two"):
        cache.save("code", "two", {n: pd.DataFrame({n: range(1000)}) for n in ("a", "b")})
    cache.forget_others()


def frames_of(root: Path) -> object:
    """What a later step would load."""
    from flows.cache import Cache

    cache = Cache(root, "v1")
    found = cache.load("code", "two") if cache.has("code", "two") else {}
    assert found is not None
    return {name: frame.to_dict("list") for name, frame in found.items()}


def publish_second(root: Path) -> None:
    """What `build` does to the published store."""
    put(root, date(2026, 11, 22))


ACTIONS = {
    "shard": (store_shard, shards_of),
    "cache": (keep_frames, frames_of),
    "release": (publish_second, contents),
    "build": (build_second, published_of),
}


def prepare(what: str, root: Path) -> None:
    if what == "release":
        put(root, date(2026, 11, 21))
        return
    root.mkdir()
    if what == "build":
        build_night(root, NIGHTS[0])
        write_told(root / "raw", NIGHTS[1])
    if what == "shard":
        write_night(root, NIGHTS[0])


def attempt(what: str, root: Path, log: Path, *options: str) -> str:
    """Do it in a forked process under strace; says how that ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(writing)
        os.read(reading, 1)
        os._exit(do_in_child(what, root))
    os.close(reading)
    tracer = subprocess.Popen(
        [
            *(str(STRACE), "-f", "-o", str(log), "-e", f"trace={','.join(CALLS)}"),
            *(*options, "-p", str(pid)),
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr is not None
    attached = tracer.stderr.readline()
    assert "attached" in attached, attached
    os.write(writing, b"x")
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    tracer.communicate()
    if os.WIFSIGNALED(status):
        return "killed"
    return {0: "done", 3: "refused"}.get(os.WEXITSTATUS(status), "traceback")


def do_in_child(what: str, root: Path) -> int:
    from transforms.errors import StoreError

    try:
        ACTIONS[what][0](root)
    except StoreError as error:
        return 1 if "\n" in str(error) else 3  # a refusal says it in one line
    except OSError:
        return 1 if what == "release" else 3  # publishing has its own words for every failure
    except BaseException:  # noqa: BLE001  (whatever it is, it is a failure to report)
        traceback.print_exc()
        return 1
    return 0


def state_of(what: str, root: Path, old: object, new: object) -> str:
    try:
        found = ACTIONS[what][1](root)
    except Exception as error:  # noqa: BLE001
        return f"unreadable: {error!r}"
    return "old" if found == old else "new" if found == new else "mixed"


def moved(found: object, root: Path, to: Path) -> object:
    """The same contents as they would be of a store that lies elsewhere."""
    if not isinstance(found, dict):
        return found
    return {name.replace(str(root), str(to)): value for name, value in found.items()}


def main(folder: Path, what: str, injection: str, calls: list[str]) -> None:
    logging.disable(logging.WARNING)
    before, undisturbed, root = folder / "before", folder / "undisturbed", folder / "root"
    log = folder / "log"
    prepare(what, before)
    old = moved(ACTIONS[what][1](before), before, root)
    shutil.copytree(before, undisturbed, symlinks=True)
    assert attempt(what, undisturbed, log) == "done"
    new = moved(ACTIONS[what][1](undisturbed), undisturbed, root)
    counts = Counter(line.split(None, 1)[1].split("(")[0] for line in log.open() if "(" in line)
    for call in calls:
        for number in range(1, counts[call] + 1):
            shutil.copytree(before, root, symlinks=True)
            outcome = attempt(what, root, log, "-e", f"inject={call}:{injection}:when={number}")
            state = state_of(what, root, old, new)
            try:
                ACTIONS[what][0](root)
                left = [str(p) for name in LEFTOVERS for p in root.rglob(name)]
                healed = "yes" if ACTIONS[what][1](root) == new and not left else f"no: {left}"
            except Exception as error:  # noqa: BLE001
                healed = repr(error)
            result = {"call": call, "number": number, "outcome": outcome}
            print(json.dumps({**result, "store": state, "healed": healed}), flush=True)  # noqa: T201
            shutil.rmtree(root)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:])
