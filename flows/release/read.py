"""Reading a release: the manifest says what belongs to it, and every file is checked against it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from flows.release.layout import CURRENT, MANIFEST, RELEASES, describe
from flows.release.stores import Store, open_store
from flows.release.tablefiles import parse_table
from transforms.errors import StoreError
from transforms.schema import TABLES, empty_frame


@dataclass(frozen=True, slots=True)
class Release:
    """One published release.

    Attributes:
        name: `<night>-<first 8 of the hash of its data files>`.
        path: its folder; a local path, or an `s3://` address.
        changed: whether the `publish` that returned it published something new.
        root: the store it belongs to.
        manifest: the content of its manifest.json.
    """

    name: str
    path: str
    changed: bool
    root: str | Path
    manifest: dict[str, Any] = field(repr=False)


def open_release(root: str | Path, name: str | None = None) -> Release:
    """The current release of a store, or a retained one by name.

    Args:
        root: folder or `s3://` address of the store.
        name: name of a release; None for the one that current.json names.

    Raises:
        StoreError: nothing is published there, or the pointer or manifest is damaged.
    """
    store = open_store(root)
    release = load_release(store, root, name)
    if release is None:
        raise StoreError(f"{store.root}: nothing is published here yet; run a night first")
    return release


def load_release(store: Store, root: str | Path, name: str | None = None) -> Release | None:
    """As `open_release`, but None where nothing is published yet."""
    digest = None
    if name is None:
        pointer = _read_json(store, CURRENT)
        if pointer is None:
            return None
        name, digest = pointer.get("release"), pointer.get("manifest_sha256")
        if not isinstance(name, str):
            raise StoreError(f"{store.root}/{CURRENT}: names no release; publish again")
    path = f"{RELEASES}/{name}"
    manifest = _read_json(store, f"{path}/{MANIFEST}", digest)
    if manifest is None:
        there = ", ".join(sorted(store.names())[-5:]) or "none"
        raise StoreError(
            f"{store.root}/{path}: no such release; it was removed or never published; there are"
            f" {there}"
        )
    return Release(name, f"{store.root}/{path}", False, root, manifest)


def read_table(release: Release, table: str) -> pd.DataFrame:
    """One table of a release, verified byte by byte.

    Args:
        release: from `open_release` or `publish`.
        table: name of the table.

    Returns:
        The rows of the table, by file and key, with the types of `schema.empty_frame`.

    Raises:
        StoreError: a file is missing or damaged; the message names it. Never partial results.
    """
    if table not in TABLES:
        raise StoreError(f"no table is called {table}; there are {', '.join(TABLES)}")
    store = open_store(release.root)
    frames = [
        parse_table(table, _read_verified(store, release, entry))
        for entry in release.manifest["files"]
        if entry["table"] == table
    ]
    filled = [frame for frame in frames if len(frame)]
    if len(filled) > 1:
        return pd.concat(filled, ignore_index=True)
    return filled[0] if filled else empty_frame(table)


def read_tables(release: Release) -> dict[str, pd.DataFrame]:
    """Every table of a release, by name; see `read_table`."""
    return {table: read_table(release, table) for table in TABLES}


def verify_release(release: Release) -> list[str]:
    """What is wrong with a release's files, one line each; empty where all is sound.

    A file that stands in no manifest is wrong too: readers of the whole folder would load it.
    """
    store = open_store(release.root)
    entries = [*release.manifest["files"], *release.manifest["documents"]]
    wrong = []
    for entry in entries:
        try:
            _read_verified(store, release, entry)
        except StoreError as error:
            wrong.append(str(error))
    listed = {entry["path"] for entry in entries}
    unlisted = [path for path in store.files(release.name) if path not in listed]
    return wrong + [f"{release.path}/{path}: stands in no manifest; remove it" for path in unlisted]


def _read_verified(store: Store, release: Release, entry: dict[str, Any]) -> bytes:
    path = f"{RELEASES}/{release.name}/{entry['path']}"
    try:
        data = store.read(path)
    except OSError as error:
        raise StoreError(
            f"{store.root}/{path}: {describe(error)}; restore or rebuild it"
        ) from error
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise StoreError(
            f"{store.root}/{path}: the file does not match its checksum in the manifest;"
            " restore or rebuild it"
        )
    return data


def _read_json(store: Store, path: str, sha256: str | None = None) -> dict[str, Any] | None:
    try:
        data = store.read(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{store.root}/{path}: {describe(error)}") from error
    if sha256 is not None and hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError(
            f"{store.root}/{path}: does not match its checksum in {CURRENT}; rebuild the night"
        )
    try:
        content = json.loads(data)
    except ValueError as error:
        raise StoreError(f"{store.root}/{path}: is no JSON: {error}; rebuild the night") from error
    if not isinstance(content, dict):
        raise StoreError(f"{store.root}/{path}: is not a JSON object; rebuild the night")
    return content
