"""What a release shares with the one before: a night writes what changed, not the archive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.release.stores import Store
from flows.release.tablefiles import TableEntry


class FilesBefore:
    """The files of the release before, to be taken over where nothing changed in them.

    Args:
        store: where it lies.
        stage: folder of the release that is being put together.
        name: of the release before.
        manifest: its manifest.

    Attributes:
        shared: paths of the files that were taken over.
    """

    def __init__(self, store: Store, stage: Path, name: str, manifest: Mapping[str, Any]) -> None:
        self._store, self._stage, self._name = store, stage, name
        self._entries: dict[str, dict[str, Any]] = {e["path"]: e for e in manifest["files"]}
        self.shared: set[str] = set()

    def has(self, path: str) -> bool:
        """Whether there was a file of that path, and its rows are known."""
        return "rows_sha256" in self._entries.get(path, {})

    def take(self, path: str, rows_sha256: str) -> TableEntry | None:
        """Share the file if it holds just these rows and is sound."""
        entry = self._entries[path]
        if entry["rows_sha256"] != rows_sha256:
            return None
        return self._share(TableEntry.from_json(entry))

    def share_equal(self, written: list[TableEntry]) -> None:
        """Share what was written too where the same bytes came out, if only to spare the disk."""
        for entry in written:
            same = self._entries.get(entry.path, {}).get("sha256") == entry.sha256
            if same and entry.path not in self.shared:
                self._share(entry)

    def _share(self, entry: TableEntry) -> TableEntry | None:
        if not self._store.share(self._stage, self._name, entry):
            return None
        self.shared.add(entry.path)
        return entry
