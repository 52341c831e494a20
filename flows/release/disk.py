"""A published store in a folder on a local disk."""

from __future__ import annotations

import logging
import os
import shutil
import uuid
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from flows.lock import hold_lock
from flows.release.layout import ASIDE, CURRENT, MANIFEST, RELEASES, describe
from flows.release.tablefiles import TableEntry, measure
from transforms.errors import StoreError

logger = logging.getLogger(__name__)

PROBE_BYTES = 1 << 20


class LocalStore:
    """Releases in a folder on a local disk."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._root = root
        self._releases = root / RELEASES

    def check(self) -> None:
        """Make the folder if only its last level is missing, and try a write of 1 MiB."""
        probe = self._root / f"{ASIDE}probe-{os.getpid()}"
        try:
            self._root.mkdir(exist_ok=True)
            self._releases.mkdir(exist_ok=True)
            try:
                with probe.open("wb") as file:
                    file.write(b"\0" * PROBE_BYTES)
                    file.flush()
                    os.fsync(file.fileno())
            finally:
                probe.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"{self.root}: can't publish here: {describe(error)}; name a writable folder"
                " with free space, whose parent exists"
            ) from error

    def hold(self, purpose: str, wait_seconds: float) -> AbstractContextManager[object]:
        """Hold the lock file of the folder."""
        return hold_lock(self._root / ".lock", purpose=purpose, wait_seconds=wait_seconds)

    def read(self, path: str) -> bytes:
        """The bytes of a file below the root."""
        return (self._root / path).read_bytes()

    def stage(self) -> Path:
        """A folder beside the releases, on the same file system, so that a rename publishes it."""
        folder = self._releases / f"{ASIDE}{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        return folder

    def share(self, stage: Path, source: str, entry: TableEntry) -> bool:
        """Put a hard link to the same file of an earlier release into the stage."""
        old = self._releases / source / entry.path
        link = stage / f"{entry.path}.link"
        try:
            # a flipped bit in the old file must not be handed on under a good checksum
            if measure(old)[1] != entry.sha256:
                logger.warning("%s does not match its checksum; written anew", old)
                return False
            os.link(old, link)
        except OSError as error:
            logger.debug("%s can't be shared: %s", old, error)
            return False
        link.replace(stage / entry.path)
        return True

    def commit(self, stage: Path, name: str) -> None:
        """Flush every file and folder of the stage to the disk, then rename it."""
        for folder, _, files in os.walk(stage):
            for file in files:
                path = Path(folder) / file
                # what is shared with a release before was flushed with that one
                if path.stat().st_nlink == 1:
                    _sync(path)
            _sync(Path(folder))
        final = self._releases / name
        if final.exists():
            final.rename(self._releases / f"{ASIDE}damaged-{uuid.uuid4().hex[:12]}")
        stage.rename(final)
        _sync(self._releases)

    def set_current(self, text: str, name: str) -> None:
        """Swap current.json in one step, then the convenience link `latest`."""
        current = self._root / CURRENT
        if not current.is_file() or current.read_text(encoding="utf-8") != text:
            part = self._root / f"{ASIDE}current-{os.getpid()}"
            part.write_text(text, encoding="utf-8")
            _sync(part)
            part.replace(current)
        self._link_latest(name)
        _sync(self._root)

    def _link_latest(self, name: str) -> None:
        latest = self._root / "latest"
        target = f"{RELEASES}/{name}"
        if latest.is_symlink() and str(latest.readlink()) == target:
            return
        part = self._root / f"{ASIDE}latest-{os.getpid()}"
        part.unlink(missing_ok=True)
        part.symlink_to(target, target_is_directory=True)
        part.replace(latest)

    def names(self) -> list[str]:
        """Names of the release folders that have a manifest."""
        if not self._releases.is_dir():
            return []
        return sorted(
            folder.name
            for folder in self._releases.iterdir()
            if not folder.name.startswith(".") and (folder / MANIFEST).is_file()
        )

    def files(self, name: str) -> list[str]:
        """Paths of all files of a release, relative to its folder, the manifest left out."""
        folder = self._releases / name
        paths = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())
        return sorted(path for path in paths if path != MANIFEST)

    def strays(self) -> list[tuple[str, datetime]]:
        """Entries of the folder of releases that are neither releases nor being made."""
        known = set(self.names())
        return [
            (path.name, datetime.fromtimestamp(path.lstat().st_mtime, UTC))
            for path in sorted(self._releases.iterdir())
            if path.name not in known and not path.name.startswith(ASIDE)
        ]

    def discard(self, path: str) -> None:
        """Remove a stray, file or folder."""
        _remove(self._releases / path)

    def retire(self, name: str) -> None:
        """Rename the release away first, so that a reader meets all of it or none."""
        aside = self._releases / f"{ASIDE}retired-{uuid.uuid4().hex[:12]}"
        (self._releases / name).rename(aside)
        shutil.rmtree(aside)

    def sweep(self) -> list[str]:
        """Remove stages, probes and retired folders that a killed run left."""
        swept = []
        for folder in (self._root, self._releases):
            for path in sorted(folder.glob(f"{ASIDE}*")) if folder.is_dir() else ():
                _remove(path)
                swept.append(str(path))
        return swept


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
