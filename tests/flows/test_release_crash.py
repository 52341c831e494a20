"""A publisher that dies or meets a failing disk at any system call: the store stays whole.

Run as a program, this file publishes once per system call that changes files, each time in a
fresh process on a fresh copy of a store with one release in it, and strace ends that process, or
fails the call, each time at another one. After that the store must hold the old release or the new
one, whole, and the next run must give the same bytes as a run that nobody disturbed.
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


def assert_harmless(results: list[dict[str, str]], outcome: str) -> None:
    bad = [r for r in results if r["store"] not in ("old", "new") or r["healed"] != "yes"]
    assert not bad, bad
    assert {r["outcome"] for r in results} <= {outcome, "done"}
    assert sum(r["outcome"] == outcome for r in results) >= 0.9 * len(results)
    seen = Counter(r["store"] for r in results)
    assert seen["old"]
    assert seen["new"]


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_killed_at_any_call_leaves_one_whole_release(tmp_path: Path) -> None:
    results = run_harness(tmp_path, "signal=KILL", *CALLS)
    assert {"write", "fsync", "rename", "link", "mkdir", "unlink"} <= {r["call"] for r in results}
    assert len(results) > 80  # as many as there are calls; files that are shared need few
    assert_harmless(results, "killed")


def test_killed_at_first_and_last_call_leaves_one_whole_release(tmp_path: Path) -> None:
    assert_harmless(run_harness(tmp_path, "signal=KILL", "pwrite64", "symlink"), "killed")


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize(
    ("error", "calls"),
    [("EIO", "fsync"), ("ENOSPC", "write"), ("EDQUOT", "mkdir"), ("EIO", "rename")],
)
def test_failing_call_is_one_clear_error(tmp_path: Path, error: str, calls: str) -> None:
    results = run_harness(tmp_path, f"error={error}", calls)
    bad = [r for r in results if r["store"] not in ("old", "new") or r["healed"] != "yes"]
    assert not bad, bad
    assert {r["outcome"] for r in results} <= {"StoreError", "done"}
    assert any(r["outcome"] == "StoreError" for r in results)


# --- the program


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


def attempt(root: Path, log: Path, *options: str) -> str:
    """Publish the second night in a forked process under strace; says how it ended."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(writing)
        os.read(reading, 1)
        os._exit(publish_in_child(root))
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
    return {0: "done", 3: "StoreError"}.get(os.WEXITSTATUS(status), "traceback")


def publish_in_child(root: Path) -> int:
    from transforms.errors import StoreError

    try:
        put(root, date(2026, 11, 22))
    except StoreError as error:
        return 3 if "\n" not in str(error) else 1
    except BaseException:  # noqa: BLE001  (whatever it is, it is a failure to report)
        traceback.print_exc()
        return 1
    return 0


def store_state(root: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    try:
        found = contents(root)
    except Exception as error:  # noqa: BLE001
        return f"unreadable: {error!r}"
    return "old" if found == old else "new" if found == new else "mixed"


def main(folder: Path, injection: str, calls: list[str]) -> None:
    logging.disable(logging.WARNING)
    before, undisturbed, log = folder / "before", folder / "undisturbed", folder / "log"
    put(before, date(2026, 11, 21))
    old = contents(before)
    shutil.copytree(before, undisturbed, symlinks=True)
    assert attempt(undisturbed, log) == "done"
    new = contents(undisturbed)
    counts = Counter(line.split(None, 1)[1].split("(")[0] for line in log.open() if "(" in line)
    for call in calls:
        for number in range(1, counts[call] + 1):
            root = folder / "root"
            shutil.copytree(before, root, symlinks=True)
            outcome = attempt(root, log, "-e", f"inject={call}:{injection}:when={number}")
            state = store_state(root, old, new)
            try:
                put(root, date(2026, 11, 22))
                left = [str(p) for p in root.rglob(".tmp-*")]
                healed = "yes" if contents(root) == new and not left else f"no: {left}"
            except Exception as error:  # noqa: BLE001
                healed = repr(error)
            result = {"call": call, "number": number, "outcome": outcome}
            print(json.dumps({**result, "store": state, "healed": healed}), flush=True)  # noqa: T201
            shutil.rmtree(root)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
