"""Where shards lie, which are committed, and what a killed run left behind."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from transforms.errors import StoreError

logger = logging.getLogger(__name__)

WARC_END, INDEX_END, TMP_END = ".warc.gz", ".index.parquet", ".tmp"
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._]{0,40}(?:-[A-Za-z0-9._]{1,40}){0,5}")
_STEM = re.compile(r"(?P<run>.+)-b(?P<batch>\d{3,})")


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One committed shard.

    Attributes:
        night: logical date of its run.
        run_id: its run.
        batch: its batch within the run.
        root: folder of the raw store.
    """

    night: date
    run_id: str
    batch: int
    root: Path

    @property
    def name(self) -> str:
        """The shard's name within the store, as it stands in `raw_ref`."""
        return f"{self.night.isoformat()}/{self.run_id}-b{self.batch:03d}"

    @property
    def warc_path(self) -> Path:
        """The file with the bytes."""
        return self.root / f"{self.name}{WARC_END}"

    @property
    def index_path(self) -> Path:
        """The file with the index."""
        return self.root / f"{self.name}{INDEX_END}"


def shard_at(root: Path, night: date, run_id: str, batch: int) -> Shard:
    """The shard of a run and batch, committed or not.

    Raises:
        StoreError: the run_id could not be part of a file name.
    """
    if not _RUN_ID.fullmatch(run_id) or run_id.endswith("."):
        raise StoreError(f"run_id {run_id!r} can't name a file; use letters, digits, dot and dash")
    return Shard(night, run_id, batch, root)


def iter_shards(root: Path, start: date | None = None, end: date | None = None) -> list[Shard]:
    """The committed shards of a range of nights, by night, run and batch.

    Args:
        root: folder of the raw store; need not exist.
        start: first night, or None for all before.
        end: last night, or None for all after.
    """
    found = []
    for folder in _night_folders(root, start, end):
        for path in folder.glob(f"*{INDEX_END}"):
            match = _STEM.fullmatch(path.name.removesuffix(INDEX_END))
            if match and not path.name.startswith("."):
                night = date.fromisoformat(folder.name)
                found.append(Shard(night, match["run"], int(match["batch"]), root))
    return sorted(found)


def _night_folders(root: Path, start: date | None, end: date | None) -> list[Path]:
    if not root.is_dir():
        return []
    folders = []
    for folder in root.iterdir():
        try:
            night = date.fromisoformat(folder.name)
        except ValueError:
            continue
        if (start is None or night >= start) and (end is None or night <= end):
            folders.append(folder)
    return sorted(folders)


def next_run_id(root: Path, night: date) -> str:
    """The name of the night's next run: the night and a number, from 1, that no shard bears yet."""
    used = {shard.run_id for shard in iter_shards(root, night, night)}
    number = 1
    while f"{night.isoformat()}-{number:02d}" in used:
        number += 1
    return f"{night.isoformat()}-{number:02d}"


def collect_leftovers(root: Path) -> list[Path]:
    """Remove what killed runs left: temporary files, and WARC files without an index.

    To be called by the holder of the store's lock, since an unfinished shard looks the same.

    Returns:
        The files that were removed.
    """
    removed = []
    for folder in _night_folders(root, None, None):
        for path in sorted(folder.iterdir()):
            orphan = path.name.endswith(WARC_END) and not _index_of(path).exists()
            if orphan or path.name.endswith(TMP_END):
                path.unlink()
                removed.append(path)
    for path in removed:
        logger.warning("raw store: removed %s, left by a run that did not end", path.name)
    return removed


def _index_of(warc: Path) -> Path:
    return warc.with_name(warc.name.removesuffix(WARC_END) + INDEX_END)


@contextmanager
def temporary_file(final: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file beside the final one, open for writing; gone afterwards unless it was published."""
    tmp = final.with_name(f"{final.name}{TMP_END}")
    with tmp.open("wb") as file:
        try:
            yield tmp, file
        finally:
            tmp.unlink(missing_ok=True)


def publish_file(tmp: Path, final: Path) -> None:
    """Give a finished, synced file its name, so that a crash shows it whole or not at all."""
    tmp.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
