"""A published store below a prefix of an S3 bucket, through pyarrow's own client."""

from __future__ import annotations

import hashlib
import os
import tempfile
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pyarrow.fs as pafs

from flows.lock import hold_lock
from flows.release.layout import ASIDE, CURRENT, MANIFEST, RELEASES, describe
from flows.release.lease import Lease, hold_lease
from flows.release.tablefiles import TableEntry
from transforms.errors import StoreError

_CHUNK = 8 << 20
_COPY = ".copy"
_WRITERS = f"{ASIDE}writers"
_AT_ONCE = 8
"""Objects put or copied at a time: a copy is a request without a body, so it waits and waits."""


class S3Store:
    """Releases below a prefix of an S3 bucket, through pyarrow's own client."""

    def __init__(self, uri: str) -> None:
        self.root = uri.partition("?")[0]
        try:
            self._fs, self._prefix = pafs.FileSystem.from_uri(uri)
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.root}: can't open the bucket: {describe(error)}") from error
        self._lease: Lease | None = None
        # one listing for all files that a night shares: asking for each would take minutes
        self._sizes = lru_cache(maxsize=1)(self._list_sizes)

    def _at(self, *parts: str) -> str:
        return "/".join((self._prefix.rstrip("/"), *parts))

    def check(self) -> None:
        """Try a put and a delete."""
        probe = self._at(f"{ASIDE}probe-{uuid.uuid4().hex[:12]}")
        try:
            with self._fs.open_output_stream(probe) as stream:
                stream.write(b"probe")
            self._fs.delete_file(probe)
        except OSError as error:
            raise StoreError(f"{self.root}: can't publish here: {describe(error)}") from error

    @contextmanager
    def hold(self, purpose: str, wait_seconds: float) -> Iterator[None]:
        """Hold a lock file of this machine, and then a notice in the bucket."""
        address = hashlib.sha256(self.root.encode()).hexdigest()[:16]
        lock = Path(tempfile.gettempdir()) / f"casualty-ledger-{os.getuid()}-{address}.lock"
        note = lock.with_suffix(".note")
        with (
            hold_lock(lock, purpose=purpose, wait_seconds=wait_seconds),
            hold_lease(
                self._fs, self._at(_WRITERS), note, purpose=purpose, wait_seconds=wait_seconds
            ) as self._lease,
        ):
            yield

    def _check_alone(self) -> None:
        if self._lease and self._lease.others():
            raise StoreError(f"{self.root}: another writer is at work here; run again when it ends")

    def read(self, path: str) -> bytes:
        """The bytes of an object."""
        with self._fs.open_input_stream(self._at(path)) as stream:
            return bytes(stream.read())

    def stage(self) -> Path:
        """A local temporary folder; `commit` uploads it."""
        return Path(tempfile.mkdtemp(prefix="casualty-ledger-"))

    def share(self, stage: Path, source: str, entry: TableEntry) -> bool:
        """Note that the object can be copied inside the bucket instead of being uploaded."""
        if self._sizes(source).get(entry.path) != entry.bytes:
            return False
        (stage / f"{entry.path}{_COPY}").write_text(source, encoding="utf-8")
        return True

    def commit(self, stage: Path, name: str) -> None:
        """Upload or copy every file; the manifest last, because it is what makes a release."""
        staged = {p.relative_to(stage).as_posix() for p in stage.rglob("*") if p.is_file()}
        paths = sorted({path.removesuffix(_COPY) for path in staged} - {MANIFEST})
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            # a list, because only what is taken from a map raises
            list(pool.map(partial(self._put, stage, name), paths))
        self._check_alone()
        self._put(stage, name, MANIFEST)

    def _put(self, stage: Path, name: str, path: str) -> None:
        note = stage / f"{path}{_COPY}"
        target = self._at(RELEASES, name, path)
        if note.exists():
            source = note.read_text(encoding="utf-8")
            self._fs.copy_file(self._at(RELEASES, source, path), target)
        else:
            self._upload(stage / path, target)

    def _upload(self, source: Path, target: str) -> None:
        with source.open("rb") as file, self._fs.open_output_stream(target) as stream:
            while chunk := file.read(_CHUNK):
                stream.write(chunk)

    def set_current(self, text: str, name: str) -> None:
        """Put current.json; S3 has no links, so readers take the folder from it."""
        self._check_alone()
        with self._fs.open_output_stream(self._at(CURRENT)) as stream:
            stream.write(text.encode())

    def _folders(self) -> Iterable[Any]:
        selector = pafs.FileSelector(self._at(RELEASES), allow_not_found=True)
        return (i for i in self._fs.get_file_info(selector) if i.type == pafs.FileType.Directory)

    def names(self) -> list[str]:
        """Names of the releases that have a manifest."""
        folders = list(self._folders())
        manifests = self._fs.get_file_info([f"{i.path}/{MANIFEST}" for i in folders])
        return sorted(
            folder.base_name
            for folder, manifest in zip(folders, manifests, strict=True)
            if manifest.type == pafs.FileType.File
        )

    def files(self, name: str) -> list[str]:
        """Paths of all objects of a release, relative to its prefix, the manifest left out."""
        return sorted(path for path in self._list_sizes(name) if path != MANIFEST)

    def _list_sizes(self, name: str) -> dict[str, int]:
        prefix = self._at(RELEASES, name)
        selector = pafs.FileSelector(prefix, recursive=True, allow_not_found=True)
        found = (info for info in self._fs.get_file_info(selector) if info.is_file)
        return {info.path.removeprefix(f"{prefix}/"): info.size for info in found}

    def strays(self) -> list[tuple[str, datetime]]:
        """None: a prefix without a manifest is an upload that did not end, which `sweep` takes."""
        return []

    def discard(self, path: str) -> None:
        """Remove a stray."""
        self._fs.delete_dir(self._at(RELEASES, path))

    def retire(self, name: str) -> None:
        """Take the manifest away first: without it the rest is no release."""
        self._fs.delete_file(self._at(RELEASES, name, MANIFEST))
        self._fs.delete_dir(self._at(RELEASES, name))

    def sweep(self) -> list[str]:
        """Remove folders without a manifest: uploads that did not end."""
        complete = set(self.names())
        swept = [info.path for info in self._folders() if info.base_name not in complete]
        for path in swept:
            self._fs.delete_dir(path)
        return swept
