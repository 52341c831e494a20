"""Where shards lie, which are committed, and what a killed run left behind."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

from flows.bucket import PART_END, StorePath, describe, listed
from transforms.errors import StoreError

logger = logging.getLogger(__name__)

WARC_END, INDEX_END, TMP_END = ".warc.gz", ".index.parquet", PART_END
_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._]{0,40}(?:-[A-Za-z0-9._]{1,40}){0,5}")
_STEM = re.compile(r"(?P<run>.+)-b(?P<batch>\d{3,})")


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One committed shard.

    Attributes:
        night: logical date of its run.
        run_id: its run.
        batch: its batch within the run.
        root: folder or bucket of the raw store.
    """

    night: date
    run_id: str
    batch: int
    root: StorePath

    @property
    def name(self) -> str:
        """The shard's name within the store, as it stands in `raw_ref`."""
        return f"{self.night.isoformat()}/{self.run_id}-b{self.batch:03d}"

    @property
    def warc_path(self) -> StorePath:
        """The file with the bytes."""
        return self.root / f"{self.name}{WARC_END}"

    @property
    def index_path(self) -> StorePath:
        """The file with the index."""
        return self.root / f"{self.name}{INDEX_END}"


def shard_at(root: StorePath, night: date, run_id: str, batch: int) -> Shard:
    """The shard of a run and batch, committed or not.

    Raises:
        StoreError: the run_id could not be part of a file name.
    """
    if not _RUN_ID.fullmatch(run_id) or run_id.endswith("."):
        raise StoreError(f"run_id {run_id!r} can't name a file; use letters, digits, dot and dash")
    return Shard(night, run_id, batch, root)


def iter_shards(root: StorePath, start: date | None = None, end: date | None = None) -> list[Shard]:
    """The committed shards of a range of nights, by night, run and batch.

    Args:
        root: folder or bucket of the raw store; need not exist.
        start: first night, or None for all before.
        end: last night, or None for all after.
    """
    found = []
    for night, name in _night_files(root, start, end):
        match = _STEM.fullmatch(name.removesuffix(INDEX_END))
        if name.endswith(INDEX_END) and match and not name.startswith("."):
            found.append(Shard(night, match["run"], int(match["batch"]), root))
    return sorted(found)


def _night_files(
    root: StorePath, start: date | None = None, end: date | None = None
) -> Iterator[tuple[date, str]]:
    """Night and name of every file of a range of nights."""
    try:
        for folder, names in _folders(root):
            with suppress(ValueError):
                night = date.fromisoformat(folder)
                if (start is None or night >= start) and (end is None or night <= end):
                    yield from ((night, name) for name in names())
    except OSError as error:
        raise StoreError(f"{root}: the raw store can't be read: {describe(error)}") from error


def _folders(root: StorePath) -> Iterator[tuple[str, Callable[[], list[str]]]]:
    """Names of the folders, each with a look at the names in it."""
    if isinstance(root, Path):
        if root.is_dir():
            for entry in os.scandir(root):
                if entry.is_dir():
                    yield entry.name, partial(os.listdir, entry.path)
        return
    # one listing of all: in a bucket it is the requests that cost
    by_folder: dict[str, list[str]] = {}
    for path in listed(root, "*/*"):
        by_folder.setdefault(path.parent.name, []).append(path.name)
    for folder, names in by_folder.items():
        yield folder, names.copy


def next_run_id(root: StorePath, night: date) -> str:
    """The name of the night's next run: the night and a number, from 1, that no shard bears yet."""
    used = {shard.run_id for shard in iter_shards(root, night, night)}
    number = 1
    while f"{night.isoformat()}-{number:02d}" in used:
        number += 1
    return f"{night.isoformat()}-{number:02d}"


def collect_leftovers(root: StorePath) -> list[StorePath]:
    """Remove what killed runs left: temporary files, and WARC files without an index.

    To be called by the holder of the store's lock, since an unfinished shard looks the same.

    Returns:
        The files that were removed.
    """
    there = {(str(night), name) for night, name in _night_files(root)}
    left = sorted(
        (night, name)
        for night, name in there
        if name.endswith(TMP_END)
        or (name.endswith(WARC_END) and (night, _index_of(name)) not in there)
    )
    removed = [root / night / name for night, name in left]
    for path in removed:
        path.unlink()
    for path in removed:
        logger.warning("raw store: removed %s, left by a run that did not end", path.name)
    return removed


def _index_of(warc: str) -> str:
    return warc.removesuffix(WARC_END) + INDEX_END


@contextmanager
def temporary_file(final: StorePath) -> Iterator[tuple[Path, IO[bytes]]]:
    """A file beside the final one, open for writing; gone afterwards unless it was published.

    For a bucket it lies in the system's folder for temporary files.
    """
    with ExitStack() as stack:
        if isinstance(final, Path):
            tmp = final.with_name(f"{final.name}{TMP_END}")
        else:
            aside = stack.enter_context(tempfile.TemporaryDirectory(prefix="casualty-ledger-"))
            tmp = Path(aside) / final.name
        file = stack.enter_context(tmp.open("wb"))
        stack.callback(tmp.unlink, missing_ok=True)
        yield tmp, file


def publish_file(tmp: Path, final: StorePath) -> None:
    """Give a finished, synced file its name, so that a crash shows it whole or not at all."""
    if isinstance(final, Path):
        tmp.replace(final)
        sync_folder(final.parent)
    else:
        final.upload(tmp)


def make_root(root: StorePath) -> None:
    """Make the folder of a raw store where it is missing.

    Raises:
        StoreError: it can't be made.
    """
    if isinstance(root, Path):
        try:
            root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{root}: can't make the raw store: {describe(error)}") from error


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
