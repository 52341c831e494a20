"""What a night leaves for a monitor, whether it ended well or not."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flows import __version__
from flows.bucket import SCHEME, BucketPath
from flows.building.publishing import Built
from flows.ingesting.night import IngestResult
from flows.metrics import NightMetrics, write_metrics
from flows.release import open_release, read_table
from flows.settings import Settings
from transforms.errors import LedgerError

logger = logging.getLogger(__name__)


@contextmanager
def watch_night(settings: Settings, night: date) -> Iterator[NightMetrics]:
    """Write the file that `[metrics] file` names when the block ends, well or not.

    A file that can't be written costs a warning, not the night.

    Args:
        settings: where the file and the stores are.
        night: logical date.

    Yields:
        What the file will say; to be filled in by `tell_night` when the night has its release.
    """
    paths = settings.paths
    where = paths.published
    published = BucketPath.parse(where) if where.startswith(SCHEME) else Path(where)
    stores = {"raw": paths.raw, "published": published, "state": paths.state}
    told = NightMetrics(night, version=__version__, stores=stores)
    try:
        yield told
    finally:
        if settings.metrics.file:
            _leave(settings, told)


def tell_night(told: NightMetrics, ingested: IngestResult, built: Built) -> None:
    """Fill in what a night with a release brought."""
    told.ended_at = told.succeeded_at = time.time()
    told.seconds = {"ingest": ingested.seconds, **built.seconds}
    told.requests = {k: v for k, v in ingested.requests.items() if k != "planned"}
    told.feeds, told.failed_feeds = ingested.feeds, len(ingested.failed_feeds)
    told.rows, told.findings = built.rows, len(built.findings)
    told.release = built.release.name


def _leave(settings: Settings, told: NightMetrics) -> None:
    try:
        if told.succeeded_at is None:
            told.ended_at = time.time()
            _recall(settings, told)
        write_metrics(Path(settings.metrics.file), told)
    except OSError as error:
        logger.warning("metrics %s can't be written: %s", settings.metrics.file, error)


def _recall(settings: Settings, told: NightMetrics) -> None:
    """When the current release was made, for a night that made none."""
    try:
        release = open_release(settings.paths.published)
        ended = read_table(release, "runs")["ended_at"].max()
    except LedgerError as error:
        logger.info("no release to tell of: %s", error)
        return
    told.release, told.succeeded_at = release.name, ended.timestamp()
