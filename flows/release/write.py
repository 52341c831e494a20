"""Publish: tables and documents become one complete, immutable release folder.

Everything is put together aside, and only then made visible: first the folder, then the pointer.
So readers, and runs killed at any moment, find the release before or the one after, never a mix.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from flows.release.layout import CURRENT, MANIFEST, RELEASES, describe
from flows.release.read import Release, load_release, open_release, verify_release
from flows.release.sharing import FilesBefore
from flows.release.stores import Store, open_store
from flows.release.tablefiles import TableEntry, measure, write_files
from transforms.errors import SchemaError, StoreError
from transforms.schema import ARROW_TYPES, SCHEMA_VERSION, TABLES, describe_json

logger = logging.getLogger(__name__)

KEEP_DAYS = 30
LOCK_SECONDS = 60.0
UNHASHED = frozenset({"runs"})
"""Tables that tell of the run and not of the world: outside the release's name."""


def check_target(root: str | Path) -> None:
    """Fail early where nothing could be published.

    Args:
        root: folder or `s3://` address of the store. A missing folder is made, its parent is not.

    Raises:
        StoreError: the target is read-only, full, no folder, or has no parent.
    """
    open_store(root).check()


def publish(
    tables: Mapping[str, pd.DataFrame],
    *,
    root: str | Path,
    night: date,
    documents: Mapping[str, str],
    build: Mapping[str, Any],
    keep_days: int = KEEP_DAYS,
) -> Release:
    """Publish the tables as the release of a night, and make it the current one.

    Args:
        tables: every table of transforms/schema.py, rows in any order. Tables are taken one at a
            time, so a mapping that makes them when asked keeps only one in memory.
        root: folder or `s3://` address of the store.
        night: logical date of the run.
        documents: text files to lie beside the tables, by name ("report.html").
        build: what the manifest says of the build (versions, run, times); outside the hash.
        keep_days: how long a release is kept after another took its place, in days.

    Returns:
        The release that is now current; `changed` is False where it had been published before.

    Raises:
        SchemaError: a table is missing or is not what transforms/schema.py declares, or a column
            changes its type without a new schema version.
        LockedError: another process is publishing.
        StoreError: the store can't be written; the release before stays current.
    """
    store = open_store(root)
    _check_input(tables, documents)
    store.check()
    try:
        with store.hold(f"publish {night}", LOCK_SECONDS):
            for path in store.sweep():
                logger.warning("removed %s, left behind by a run that did not end", path)
            return _publish(store, tables, root, night, documents, build, keep_days)
    except OSError as error:
        raise StoreError(
            f"{store.root}: can't publish {night}: {describe(error)}; the current release stands"
        ) from error


def _publish(
    store: Store,
    tables: Mapping[str, pd.DataFrame],
    root: str | Path,
    night: date,
    documents: Mapping[str, str],
    build: Mapping[str, Any],
    keep_days: int,
) -> Release:
    pointer = _read_pointer(store)
    before = _load_before(store, root)
    if before is not None:
        _check_types(before.manifest)
    stage = store.stage()
    try:
        files = _write_tables(store, stage, tables, night, before)
        digest = hash_data(files)
        name = f"{night:%Y-%m-%d}-{digest[:8]}"
        changed = not _is_sound(root, name)
        if changed:
            manifest = {
                "name": name,
                "night": f"{night:%Y-%m-%d}",
                "schema_version": SCHEMA_VERSION,
                "data_sha256": digest,
                "files": [entry.to_json() for entry in files],
                "documents": _write_documents(stage, files, documents),
                "columns": _column_types(),
                "build": {**build, "published_at": datetime.now(UTC).isoformat()},
            }
            (stage / MANIFEST).write_text(_to_json(manifest), encoding="utf-8")
            store.commit(stage, name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    _point_to(store, name, pointer)
    _retire(store, root, name, timedelta(days=keep_days))
    _collect_strays(store, timedelta(days=keep_days))
    after = load_release(store, root)
    if after is None:
        raise StoreError(f"{store.root}/{CURRENT}: vanished while {night} was published")
    swapped = before is None or before.name != after.name
    return Release(after.name, after.path, changed or swapped, root, after.manifest)


def _load_before(store: Store, root: str | Path) -> Release | None:
    """The current release; None too where it is damaged, for tonight's release then heals that."""
    try:
        return load_release(store, root)
    except StoreError as error:
        logger.warning("%s; published anew", error)
        return None


def hash_data(files: list[TableEntry]) -> str:
    """SHA-256 over paths and checksums of the data files, tables of the run itself left out."""
    digest = hashlib.sha256()
    for entry in sorted(files, key=lambda entry: entry.path):
        if entry.table not in UNHASHED:
            digest.update(f"{entry.path}\0{entry.sha256}\n".encode())
    return digest.hexdigest()


def _write_tables(
    store: Store,
    stage: Path,
    tables: Mapping[str, pd.DataFrame],
    night: date,
    before: Release | None,
) -> list[TableEntry]:
    """Put all tables into the stage: what changed is written, the rest the release before has."""
    kept = FilesBefore(store, stage, before.name, before.manifest) if before else None
    nights = sorted({night, *(day.date() for day in tables["feeds"]["night"].dropna().unique())})
    entries = [
        entry
        for table in TABLES
        for entry in write_files(stage, table, tables[table], nights, kept)
    ]
    if kept is not None:
        kept.share_equal(entries)
    logger.info(
        "release of %s: %d rows in %d files, %d of them those of the release before",
        night,
        sum(entry.rows for entry in entries),
        len(entries),
        len(kept.shared) if kept else 0,
    )
    return entries


def _write_documents(
    stage: Path, files: list[TableEntry], documents: Mapping[str, str]
) -> list[dict[str, Any]]:
    by_table = {t: [e.path for e in files if e.table == t] for t in TABLES}
    texts = {**documents, "datapackage.json": describe_json(by_table)}
    entries = []
    for name, text in sorted(texts.items()):
        path = stage / name
        path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="\n")
        size, digest = measure(path)
        entries.append({"path": name, "bytes": size, "sha256": digest})
    return entries


def _is_sound(root: str | Path, name: str) -> bool:
    """Whether that release is already there, whole and undamaged."""
    try:
        release = open_release(root, name)
    except StoreError:
        return False
    wrong = verify_release(release)
    for line in wrong:
        logger.warning("%s; published anew", line)
    return not wrong


def _read_pointer(store: Store) -> bytes | None:
    try:
        return store.read(CURRENT)
    except FileNotFoundError:
        return None


def _point_to(store: Store, name: str, found: bytes | None) -> None:
    """Swap current.json, unless it is no longer as it was found: then somebody else swapped it."""
    if _read_pointer(store) != found:
        raise StoreError(
            f"{store.root}/{CURRENT}: changed while {name} was published: something else writes"
            " here; it was left as it is, run the night again"
        )
    manifest = store.read(f"{RELEASES}/{name}/{MANIFEST}")
    pointer = {
        "release": name,
        "path": f"{RELEASES}/{name}",
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
    }
    store.set_current(_to_json(pointer), name)


def _retire(store: Store, root: str | Path, current: str, keep: timedelta) -> None:
    """Remove releases that another replaced longer ago than `keep`."""
    published: list[tuple[datetime, str]] = []
    for name in store.names():
        try:
            build = open_release(root, name).manifest["build"]
        except StoreError as error:
            logger.warning("not retired: %s", error)
            continue
        published.append((datetime.fromisoformat(build["published_at"]), name))
    published.sort()
    now = datetime.now(UTC)
    for (_, name), (replaced, _) in pairwise(published):
        if name != current and now - replaced > keep:
            store.retire(name)
            logger.info("release %s retired: replaced %s", name, replaced.date())


def _collect_strays(store: Store, keep: timedelta) -> None:
    """Report what lies among the releases and is none; remove what has lain there for long."""
    for path, changed in store.strays():
        old = datetime.now(UTC) - changed > keep
        logger.warning(
            "%s/%s/%s is no release; %s", store.root, RELEASES, path, "removed" if old else "left"
        )
        if old:
            store.discard(path)


def _check_input(tables: Mapping[str, pd.DataFrame], documents: Mapping[str, str]) -> None:
    missing = [table for table in TABLES if table not in tables]
    extra = [table for table in tables if table not in TABLES]
    if missing or extra:
        raise SchemaError(
            f"a release needs every table: missing {missing or 'none'}, unknown {extra or 'none'}"
        )
    reserved = {MANIFEST, "datapackage.json", *TABLES}
    for name in documents:
        if not name or name != Path(name).name or name.startswith(".") or name in reserved:
            raise StoreError(f"a document of a release can't be called {name!r}")


def _column_types() -> dict[str, dict[str, str]]:
    return {
        table: {column.name: str(ARROW_TYPES[column.type]) for column in spec.columns}
        for table, spec in TABLES.items()
    }


def _check_types(manifest: dict[str, Any]) -> None:
    """A column keeps its type within a schema version: readers load old and new files together."""
    if manifest["schema_version"] != SCHEMA_VERSION:
        return
    for table, columns in _column_types().items():
        for name, kind in columns.items():
            known = manifest["columns"].get(table, {}).get(name, kind)
            if known != kind:
                raise SchemaError(
                    f"table {table}, column {name}: published as {known}, now {kind};"
                    " raise SCHEMA_VERSION in transforms/schema.py"
                )


def _to_json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
