"""One writer per bucket: every writer puts a notice, and who sees only his own may write.

S3 has no locks, and pyarrow no conditional put; but a listing shows every object whose put has
ended. So of two writers who both put a notice and then list, at least one sees the other, and both
step back rather than both go on. A writer renews its notice while it works; one that has not been
renewed for `STALE`, by the bucket's own clock, is a dead writer's. What a machine's last run left
behind is known at once, since a local file names it.
"""

from __future__ import annotations

import json
import logging
import os
import random
import re
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.fs as pafs

from flows.release.layout import describe
from transforms.errors import LockedError, StoreError

logger = logging.getLogger(__name__)

RENEW_SECONDS = 60.0
STALE = timedelta(minutes=15)
_POLL_SECONDS = 0.5
_NAME = re.compile(r"[0-9a-f]{32}")


class Lease:
    """A notice in the bucket that this process writes there."""

    def __init__(self, fs: pafs.FileSystem, folder: str, purpose: str) -> None:
        self._fs, self._folder, self._purpose = fs, folder, purpose
        self.name = uuid.uuid4().hex
        self._stop = threading.Event()

    @property
    def _path(self) -> str:
        return f"{self._folder}/{self.name}"

    def put(self) -> None:
        """Put the notice, or renew it."""
        owner = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": datetime.now(UTC).isoformat(timespec="seconds"),
            "purpose": self._purpose,
        }
        with self._fs.open_output_stream(self._path) as stream:
            stream.write(json.dumps(owner).encode())

    def others(self) -> list[Any]:
        """Notices of living writers beside this one; those of dead ones are removed.

        Raises:
            StoreError: this one is gone.
        """
        found = {info.base_name: info for info in self._list()}
        mine = found.pop(self.name, None)
        if mine is None:
            raise StoreError(f"{self._path}: another writer took this one for dead; run again")
        dead = [info for info in found.values() if mine.mtime - info.mtime > STALE]
        for info in dead:
            logger.warning("notice %s was left by %s; removed", info.path, self._owner(info.path))
            remove(self._fs, info.path)
        return [info for info in found.values() if info not in dead]

    def describe(self, info: Any) -> str:
        """Who put a notice, and what it is called."""
        return f"{self._owner(info.path)}, by its notice {info.path}"

    def renew_until_stopped(self) -> None:
        """Renew the notice every `RENEW_SECONDS`; a notice that is gone is not put again."""
        while not self._stop.wait(RENEW_SECONDS):
            try:
                self.others()
                self.put()
            except OSError as error:
                logger.warning("notice %s can't be renewed: %s", self._path, describe(error))
            except StoreError as error:
                logger.error("%s", error)
                return

    def end(self) -> None:
        """Stop renewing, and take the notice away."""
        self._stop.set()
        remove(self._fs, self._path)

    def _list(self) -> list[Any]:
        selector = pafs.FileSelector(self._folder, allow_not_found=True)
        return [info for info in self._fs.get_file_info(selector) if info.is_file]

    def _owner(self, path: str) -> str:
        try:
            with self._fs.open_input_stream(path) as stream:
                owner = json.loads(stream.read(4096))
            return (
                f"process {owner['pid']} on {owner['host']} ({owner['purpose']}),"
                f" since {owner['since']}"
            )
        except (OSError, ValueError, KeyError, TypeError):
            return "another writer"


@contextmanager
def hold_lease(
    fs: pafs.FileSystem, folder: str, note: Path, *, purpose: str, wait_seconds: float
) -> Iterator[Lease]:
    """Be the only writer of a bucket while the block runs.

    Args:
        fs: the bucket's file system; a listing must show every put that has ended, as S3's does.
        folder: where the notices lie.
        note: local file that says which notice this machine has put; the caller must be the only
            process of this machine that comes here.
        purpose: what the holder does, for the message that others get.
        wait_seconds: how long to wait for another writer.

    Raises:
        LockedError: another writer is at work; the message says who and since when.
    """
    _remove_left(fs, folder, note)
    deadline = time.monotonic() + wait_seconds
    while True:
        lease = Lease(fs, folder, purpose)
        _write_note(note, lease.name)
        try:
            lease.put()
            others = lease.others()
            if not others:
                threading.Thread(target=lease.renew_until_stopped, daemon=True).start()
                yield lease
                return
        finally:
            lease.end()
            note.unlink(missing_ok=True)
        if time.monotonic() >= deadline:
            raise LockedError(
                f"{folder}: held by {lease.describe(others[0])}; one writer per store: wait until"
                f" it ends; a dead one's notice counts for {STALE.total_seconds() / 60:.0f} minutes"
            )
        time.sleep(_POLL_SECONDS * (1 + random.random()))  # noqa: S311 (so that two don't meet again)


def remove(fs: pafs.FileSystem, path: str) -> None:
    """Delete an object that may be gone already."""
    with suppress(FileNotFoundError):
        fs.delete_file(path)


def _remove_left(fs: pafs.FileSystem, folder: str, note: Path) -> None:
    try:
        name = note.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return
    if _NAME.fullmatch(name):
        logger.warning("notice %s/%s was left by a run that did not end; removed", folder, name)
        remove(fs, f"{folder}/{name}")


def _write_note(note: Path, name: str) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        handle = os.open(note, flags, 0o600)
    except OSError as error:
        raise StoreError(f"{note}: can't be written: {describe(error)}") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(name)
