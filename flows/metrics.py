"""The state of the ledger as an OpenMetrics text file, for node_exporter's textfile collector.

Gauges only and no times of their own: so the file is OpenMetrics and the older Prometheus format
alike, and the collector, which reads the older one, takes it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.openmetrics.exposition import generate_latest

from flows.bucket import BucketPath, StorePath

_PREFIX = "casualty_ledger"


@dataclass(slots=True)
class NightMetrics:
    """What a night leaves for the monitor.

    Attributes:
        night: its logical date.
        ended_at: when it ended, Unix seconds.
        succeeded_at: when a night last ended with a release, Unix seconds; None if never.
        seconds: by the clock, of each stage that ended.
        requests: planned requests by what became of them.
        feeds: feeds asked.
        failed_feeds: those of them that could not be had.
        rows: rows of the release by table.
        findings: what people should know.
        release: the current release, or "".
        version: of the code.
        stores: the stores by name.
    """

    night: date
    ended_at: float = field(default_factory=time.time)
    succeeded_at: float | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    requests: Mapping[str, int] = field(default_factory=dict)
    feeds: int = 0
    failed_feeds: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    findings: int = 0
    release: str = ""
    version: str = ""
    stores: Mapping[str, StorePath] = field(default_factory=dict)


def render_metrics(told: NightMetrics) -> str:
    """The metrics as OpenMetrics text, `# EOF` at its end."""
    registry = CollectorRegistry()

    def gauge(name: str, about: str, value: float | None) -> None:
        if value is not None:
            Gauge(f"{_PREFIX}_{name}", about, registry=registry).set(value)

    def gauges(name: str, about: str, label: str, values: Mapping[str, float]) -> None:
        family = Gauge(f"{_PREFIX}_{name}", about, [label], registry=registry)
        for key, value in values.items():
            family.labels(key).set(value)

    succeeded = told.succeeded_at == told.ended_at
    night = datetime.combine(told.night, datetime.min.time(), UTC).timestamp()
    gauge("last_run_timestamp_seconds", "When the last night ended.", told.ended_at)
    gauge("last_run_success", "1 if it ended with a release, else 0.", float(succeeded))
    gauge("last_success_timestamp_seconds", "When one last did.", told.succeeded_at)
    gauge("night_timestamp_seconds", "Midnight, UTC, of the last night.", night)
    gauges("stage_seconds", "What each stage took.", "stage", told.seconds)
    gauges("requests", "Requests of the night.", "outcome", told.requests)
    ok = told.feeds - told.failed_feeds
    gauges("feeds", "Feeds of the night.", "state", {"ok": ok, "failed": told.failed_feeds})
    gauges("rows", "Rows of the current release.", "table", told.rows)
    gauge("findings", "What people should know of the night.", told.findings)
    about = Gauge(f"{_PREFIX}_release", "Always 1.", ["release", "version"], registry=registry)
    about.labels(told.release, told.version).set(1)
    local = {name: path for name, path in told.stores.items() if isinstance(path, Path)}
    sizes = {name: float(store_bytes(path)) for name, path in told.stores.items()}
    gauges("store_bytes", "What the store takes.", "store", sizes)
    free = {name: float(free_bytes(path)) for name, path in local.items()}
    gauges("store_free_bytes", "What is free on the store's disk.", "store", free)
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return text.decode()


def write_metrics(path: Path, told: NightMetrics) -> None:
    """Put the file in place, whole.

    Args:
        path: where the collector looks; the name ends in `.prom`.
        told: what it says.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    aside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(render_metrics(told))
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)  # the collector runs as another user
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def store_bytes(store: StorePath) -> int:
    """What a store takes, in bytes; files that releases share count once."""
    if isinstance(store, BucketPath):
        return store.tree_size()
    seen: dict[tuple[int, int], int] = {}
    for path in _files(store):
        try:
            status = path.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # a run of this moment has just renamed it
        seen[status.st_dev, status.st_ino] = status.st_size
    return sum(seen.values())


def free_bytes(folder: Path) -> int:
    """What is free on the disk of a folder that may not be there yet."""
    return shutil.disk_usage(next(p for p in (folder, *folder.parents) if p.exists())).free


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
