import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.bucket import BucketPath
from flows.lock import hold_lock, lock_path
from transforms.errors import LockedError, StoreError

HOLDER = """
import sys, time
from pathlib import Path
from flows.lock import hold_lock
with hold_lock(Path(sys.argv[1]), purpose="publish 2026-11-22"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def holder(path: Path, seconds: float = 30) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a lock; it is gone after the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_second_holder_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with (
        holder(tmp_path / "lock") as process,
        pytest.raises(LockedError, match=rf"process {process.pid} .*publish 2026-11-22.* s ago"),
        hold_lock(tmp_path / "lock", purpose="publish 2026-11-23"),
    ):
        pass


def test_second_holder_can_wait(tmp_path: Path) -> None:
    with holder(tmp_path / "lock", 0.5):
        started = time.monotonic()
        with hold_lock(tmp_path / "lock", purpose="second", wait_seconds=20):
            assert time.monotonic() - started < 15


def test_lock_of_a_killed_process_is_taken_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with holder(tmp_path / "lock") as process:
        pass
    with hold_lock(tmp_path / "lock", purpose="second"):
        pass
    assert f"was left by process {process.pid}" in caplog.text


def test_a_note_that_names_a_living_process_holds_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The number of a process that died may be another's by now; the note does not decide."""
    note = {"pid": os.getpid(), "host": "here", "since": "2026-11-20T02:00:00+00:00"}
    (tmp_path / "lock").write_text(json.dumps(note))
    with hold_lock(tmp_path / "lock", purpose="second"):
        assert json.loads((tmp_path / "lock").read_text())["purpose"] == "second"
    assert f"was left by process {os.getpid()}" in caplog.text


def test_a_lock_from_a_clock_that_was_put_back_has_an_age(tmp_path: Path) -> None:
    with holder(tmp_path / "lock"):
        note = json.loads((tmp_path / "lock").read_text())
        (tmp_path / "lock").write_text(json.dumps({**note, "since": "2099-01-01T00:00:00+00:00"}))
        with (
            pytest.raises(LockedError, match=r"since 2099.*, 0 s ago"),
            hold_lock(tmp_path / "lock", purpose="second"),
        ):
            pass


def test_the_lock_of_a_bucket_lies_on_this_machine(tmp_path: Path) -> None:
    bucket = BucketPath("news/raw")
    assert lock_path(bucket) == lock_path(bucket)
    assert lock_path(bucket) != lock_path(BucketPath("news/state"))
    assert lock_path(bucket, "build.lock") != lock_path(bucket)
    assert lock_path(tmp_path) == tmp_path / ".lock"
    with hold_lock(lock_path(bucket), purpose="first"):
        pass


def test_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold_lock(tmp_path / "lock", purpose="first"):
        _ = 1 / 0
    with hold_lock(tmp_path / "lock", purpose="second"):
        pass
    assert (tmp_path / "lock").read_bytes() == b""


def test_missing_folder_is_one_clear_error(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="can't make the lock file"),
        hold_lock(tmp_path / "none" / "lock", purpose="first"),
    ):
        pass


def test_unreadable_note_does_not_stop_anybody(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"\xff\x00 no note")
    with hold_lock(tmp_path / "lock", purpose="first"):
        pass
