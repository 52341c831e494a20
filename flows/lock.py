"""One writer per store: a lock file that says who holds it and since when.

The kernel's own file lock decides, so a process that dies, however it dies, gives the lock back at
once; what it wrote into the file only serves the message and the log.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flows.bucket import StorePath
from transforms.errors import LockedError, StoreError

logger = logging.getLogger(__name__)

_POLL_SECONDS = 0.1


@contextmanager
def hold_lock(path: Path, *, purpose: str, wait_seconds: float = 0.0) -> Iterator[int]:
    """Hold the lock file while the block runs.

    Args:
        path: the lock file, in a folder that exists; it stays behind, empty, afterwards.
        purpose: what the holder does, for the message that others get ("publish 2026-11-22").
        wait_seconds: how long to wait for another holder, in seconds; 0 gives up at once.

    Yields:
        The file's descriptor. A child process that inherits it holds the lock as well.

    Raises:
        LockedError: another process holds it; the message names the process and the lock's age.
        StoreError: the lock file can't be made.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise StoreError(f"{path}: can't make the lock file: {error.strerror}") from error
    try:
        _acquire(handle, path, time.monotonic() + wait_seconds)
        left = _read_owner(handle)
        if left:
            logger.warning("lock %s was left by %s; taken over", path, _describe(left))
        _write_owner(handle, path, purpose)
        try:
            yield handle
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def lock_path(store: StorePath, name: str = ".lock") -> Path:
    """Where the lock of a store lies; that of a bucket on the machine that writes to it."""
    if isinstance(store, Path):
        return store / name
    address = hashlib.sha256(f"{store}{name}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"casualty-ledger-{os.getuid()}-{address}.lock"


def _acquire(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise LockedError(
                    f"{path}: held by {_describe(_read_owner(handle))}; one writer per store:"
                    " wait until it ends, then run again"
                ) from error
            time.sleep(_POLL_SECONDS)
        else:
            return


def _write_owner(handle: int, path: Path, purpose: str) -> None:
    owner = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "purpose": purpose,
    }
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(owner).encode(), 0)
    except OSError as error:
        raise StoreError(f"{path}: can't write the lock file: {error.strerror}") from error


def _read_owner(handle: int) -> dict[str, str]:
    try:
        owner = json.loads(os.pread(handle, 4096, 0) or b"{}")
    except ValueError:
        return {"purpose": "an unreadable note"}
    return {str(k): str(v) for k, v in owner.items()} if isinstance(owner, dict) else {}


def _describe(owner: dict[str, str]) -> str:
    try:
        passed = datetime.now(UTC) - datetime.fromisoformat(owner.get("since", ""))
    except (TypeError, ValueError):
        return owner.get("purpose", "another process")
    age = max(passed.total_seconds(), 0.0)  # a clock that was put back makes it negative
    return (
        f"process {owner.get('pid', '?')} on {owner.get('host', '?')}"
        f" ({owner.get('purpose', '?')}), since {owner['since']}, {age:.0f} s ago"
    )
