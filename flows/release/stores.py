"""Where releases lie: a folder on a local disk, or a prefix in an S3 bucket.

Both offer the same few steps, in the order in which `publish` takes them. On a disk a release
becomes visible by one rename, on S3 by its manifest, put last; `current.json` is swapped after it.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import pyarrow.fs as pafs

from flows.release.tablefiles import measure
from transforms.errors import StoreError

logger = logging.getLogger(__name__)

CURRENT = "current.json"
MANIFEST = "manifest.json"
RELEASES = "releases"
PROBE_BYTES = 1 << 20
_ASIDE = ".tmp-"
_CHUNK = 8 << 20


class Store(Protocol):
    """The steps that publishing and reading need from a place."""

    root: str

    def check(self) -> None:
        """Fail with StoreError where nothing could be published."""

    def read(self, path: str) -> bytes:
        """The bytes of a file, by its path below the root. Raises FileNotFoundError."""

    def stage(self) -> Path:
        """A new local folder in which to put a release together."""

    def share(self, stage: Path, path: str, source: str, sha256: str) -> bool:
        """Take a file of the stage from an earlier release; False where that file is not sound."""

    def commit(self, stage: Path, name: str) -> None:
        """Make the staged folder the release of that name, whole or not at all."""

    def set_current(self, text: str, name: str) -> None:
        """Swap the pointer to a release."""

    def names(self) -> list[str]:
        """Names of the complete releases."""

    def retire(self, name: str) -> None:
        """Remove a release."""

    def sweep(self) -> list[str]:
        """Remove what killed runs left behind; returns what was removed."""


class LocalStore:
    """Releases in a folder on a local disk."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self._root = root
        self._releases = root / RELEASES

    def check(self) -> None:
        """Make the folder if only its last level is missing, and try a write of 1 MiB."""
        probe = self._root / f"{_ASIDE}probe-{os.getpid()}"
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

    def read(self, path: str) -> bytes:
        """The bytes of a file below the root."""
        return (self._root / path).read_bytes()

    def stage(self) -> Path:
        """A folder beside the releases, on the same file system, so that a rename publishes it."""
        folder = self._releases / f"{_ASIDE}{uuid.uuid4().hex[:12]}"
        folder.mkdir(parents=True)
        return folder

    def share(self, stage: Path, path: str, source: str, sha256: str) -> bool:
        """Replace the staged file by a hard link to the same file of an earlier release."""
        old = self._releases / source / path
        link = stage / f"{path}.link"
        try:
            # a flipped bit in the old file must not be handed on under a good checksum
            if measure(old)[1] != sha256:
                logger.warning("%s does not match its checksum; written anew", old)
                return False
            os.link(old, link)
        except OSError as error:
            logger.debug("%s can't be shared: %s", old, error)
            return False
        link.replace(stage / path)
        return True

    def commit(self, stage: Path, name: str) -> None:
        """Flush every file and folder of the stage to the disk, then rename it."""
        for folder, _, files in os.walk(stage):
            for file in files:
                _sync(Path(folder) / file)
            _sync(Path(folder))
        final = self._releases / name
        if final.exists():
            final.rename(self._releases / f"{_ASIDE}damaged-{uuid.uuid4().hex[:12]}")
        stage.rename(final)
        _sync(self._releases)

    def set_current(self, text: str, name: str) -> None:
        """Swap current.json in one step, then the convenience link `latest`."""
        current = self._root / CURRENT
        if not current.is_file() or current.read_text(encoding="utf-8") != text:
            part = self._root / f"{_ASIDE}current-{os.getpid()}"
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
        part = self._root / f"{_ASIDE}latest-{os.getpid()}"
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

    def retire(self, name: str) -> None:
        """Rename the release away first, so that a reader meets all of it or none."""
        aside = self._releases / f"{_ASIDE}retired-{uuid.uuid4().hex[:12]}"
        (self._releases / name).rename(aside)
        shutil.rmtree(aside)

    def sweep(self) -> list[str]:
        """Remove stages, probes and retired folders that a killed run left."""
        swept = []
        for folder in (self._root, self._releases):
            for path in sorted(folder.glob(f"{_ASIDE}*")) if folder.is_dir() else ():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
                swept.append(str(path))
        return swept


class S3Store:
    """Releases below a prefix of an S3 bucket, through pyarrow's own client."""

    def __init__(self, uri: str) -> None:
        self.root = uri.partition("?")[0]
        try:
            self._fs, self._prefix = pafs.FileSystem.from_uri(uri)
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.root}: can't open the bucket: {describe(error)}") from error

    def _at(self, *parts: str) -> str:
        return "/".join((self._prefix.rstrip("/"), *parts))

    def check(self) -> None:
        """Try a put and a delete."""
        probe = self._at(f"{_ASIDE}probe-{uuid.uuid4().hex[:12]}")
        try:
            with self._fs.open_output_stream(probe) as stream:
                stream.write(b"probe")
            self._fs.delete_file(probe)
        except OSError as error:
            raise StoreError(f"{self.root}: can't publish here: {describe(error)}") from error

    def read(self, path: str) -> bytes:
        """The bytes of an object."""
        with self._fs.open_input_stream(self._at(path)) as stream:
            return bytes(stream.read())

    def stage(self) -> Path:
        """A local temporary folder; `commit` uploads it."""
        return Path(tempfile.mkdtemp(prefix="casualty-ledger-"))

    def share(self, stage: Path, path: str, source: str, sha256: str) -> bool:
        """Note that the object can be copied inside the bucket instead of being uploaded."""
        info = self._fs.get_file_info(self._at(RELEASES, source, path))
        if info.size != (stage / path).stat().st_size:
            return False
        (stage / f"{path}.copy").write_text(source, encoding="utf-8")
        return True

    def commit(self, stage: Path, name: str) -> None:
        """Upload or copy every file; the manifest last, because it is what makes a release."""
        paths = sorted(
            p.relative_to(stage).as_posix()
            for p in stage.rglob("*")
            if p.is_file() and p.suffix != ".copy"
        )
        for path in sorted(paths, key=lambda p: p == MANIFEST):
            note = stage / f"{path}.copy"
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


def open_store(root: str | Path) -> Store:
    """The store at a folder or an `s3://bucket/prefix` address.

    An S3 address may carry pyarrow's options (`?region=eu-west-1&endpoint_override=...`); the keys
    come from the environment or the user's AWS files, never from settings.
    """
    text = str(root)
    if text.startswith("s3://"):
        return S3Store(text)
    return LocalStore(Path(text))


def describe(error: BaseException) -> str:
    """The operating system's words for an error, on one line."""
    text = getattr(error, "strerror", None) or str(error)
    return " ".join(str(text).split())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
