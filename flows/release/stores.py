"""Where releases lie: a folder on a local disk, or a prefix in an S3 bucket.

Both offer the same few steps, in the order in which `publish` takes them. On a disk a release
becomes visible by one rename, on S3 by its manifest, put last; `current.json` is swapped after it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from flows.release.bucket import S3Store
from flows.release.disk import LocalStore
from flows.release.tablefiles import TableEntry


class Store(Protocol):
    """The steps that publishing and reading need from a place."""

    root: str

    def check(self) -> None:
        """Fail with StoreError where nothing could be published."""

    def hold(self, purpose: str, wait_seconds: float) -> AbstractContextManager[object]:
        """Be the only writer while the block runs, or fail with LockedError after waiting."""

    def read(self, path: str) -> bytes:
        """The bytes of a file, by its path below the root. Raises FileNotFoundError."""

    def stage(self) -> Path:
        """A new local folder in which to put a release together."""

    def share(self, stage: Path, source: str, entry: TableEntry) -> bool:
        """Take a file from an earlier release instead of from the stage; False if it is damaged."""

    def commit(self, stage: Path, name: str) -> None:
        """Make the staged folder the release of that name, whole or not at all."""

    def set_current(self, text: str, name: str) -> None:
        """Swap the pointer to a release. Raises StoreError where `hold` holds no longer."""

    def names(self) -> list[str]:
        """Names of the complete releases."""

    def files(self, name: str) -> list[str]:
        """Paths of all files of a release, the manifest left out."""

    def strays(self) -> list[tuple[str, datetime]]:
        """What lies among the releases and is none, with the time of its last change."""

    def discard(self, path: str) -> None:
        """Remove a stray."""

    def retire(self, name: str) -> None:
        """Remove a release."""

    def sweep(self) -> list[str]:
        """Remove what killed runs left behind; returns what was removed."""


def open_store(root: str | Path) -> Store:
    """The store at a folder or an `s3://bucket/prefix` address.

    An S3 address may carry pyarrow's options (`?region=eu-west-1&endpoint_override=...`); the keys
    come from the environment or the user's AWS files, never from settings.
    """
    text = str(root)
    if text.startswith("s3://"):
        return S3Store(text)
    return LocalStore(Path(text))
