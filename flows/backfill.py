"""The `backfill` flow: the nights of a range that are missing, and one release of them all.

Nights are fetched one after the other, since each starts from what those before it left and takes
only what was published up to its end; the work on all their shards then runs side by side. What was
fetched or coded stays so: a backfill that was killed goes on where it stood.
"""

# As in flows/nightly.py: no `from __future__ import annotations`.
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

from prefect import flow
from prefect.client.schemas import State

from flows.build import build
from flows.building.publishing import Built
from flows.ingest import IngestResult, ingest
from flows.ingesting.night import unasked_feeds
from flows.orchestrate import HOOKS, end_state, remember_webhook
from flows.reference import load_night_feeds
from flows.release import check_target
from flows.settings import Settings, load_settings
from transforms.errors import SettingsError


@dataclass(frozen=True, slots=True)
class BackfillResult:
    """What a backfill did.

    Attributes:
        nights: the ingest of every night that was not stored in full; the others are left out.
        built: what was built and published.
    """

    nights: tuple[IngestResult, ...]
    built: Built

    @property
    def failed_feeds(self) -> tuple[str, ...]:
        """The feeds that could not be had on some night."""
        return tuple(sorted({feed for night in self.nights for feed in night.failed_feeds}))

    @property
    def outcome(self) -> str:
        """One line: nights fetched, the release, and how many feeds failed."""
        failed = f"; {len(self.failed_feeds)} feeds failed" if self.failed_feeds else ""
        return f"{len(self.nights)} nights fetched; {self.built.outcome}{failed}"


@flow(name="backfill", flow_run_name="backfill {start} to {end}", **HOOKS)
def backfill(
    start: date, end: date, settings: Settings | None = None, feeds: Path | None = None
) -> State[BackfillResult]:
    """Fetch the nights of a range that are not stored, and build the release of all nights.

    Args:
        start: first night.
        end: last night; not after today in UTC.
        settings: all settings; read from file and environment where they are left out.
        feeds: the list of feeds; the one of the reference data where it is left out.

    Raises:
        SettingsError: the range is none.
        LedgerError: a night failed; the current release stands, and what was fetched is kept.
    """
    settings = settings or load_settings(os.environ, Path.cwd())
    remember_webhook(settings)
    if not start <= end <= datetime.now(UTC).date():
        raise SettingsError(f"--from {start} --to {end}: no range of nights up to today")
    check_target(settings.paths.published)
    listed = load_night_feeds(feeds or settings.paths.feeds)
    done = []
    for night in (start + timedelta(days=n) for n in range((end - start).days + 1)):
        missing = unasked_feeds(settings.paths.raw, night, listed)
        if missing:
            done.append(ingest(settings, night, missing))
    return end_state(BackfillResult(tuple(done), build(settings)))


def run_backfill(
    start: date, end: date, settings: Settings, feeds: Path | None = None
) -> BackfillResult:
    """Run `backfill` here and now; arguments and errors as there."""
    return cast("BackfillResult", backfill(start, end, settings=settings, feeds=feeds))
