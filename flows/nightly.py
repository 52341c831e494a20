"""The `nightly` flow: ingest, build, report, for one night."""

# No `from __future__ import annotations` here: a schedule loads this file by its path, and Prefect
# then validates the parameters of a flow only where their annotations are types and not names.
import logging
import os
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from prefect import flow
from prefect.client.schemas import State
from prefect.runtime import flow_run

from flows.build import build
from flows.building.publishing import Built
from flows.ingest import IngestResult, ingest
from flows.orchestrate import HOOKS, end_state, remember_webhook
from flows.reference import load_night_feeds
from flows.release import check_target
from flows.settings import Settings, load_settings
from flows.watch import tell_night, watch_night
from transforms.errors import TooManyFailedError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NightResult:
    """What a night did.

    Attributes:
        ingested: what was fetched.
        built: what was built and published.
    """

    ingested: IngestResult
    built: Built

    @property
    def failed_feeds(self) -> tuple[str, ...]:
        """The feeds that could not be had."""
        return self.ingested.failed_feeds

    @property
    def outcome(self) -> str:
        """One line: the release, and how many feeds failed."""
        failed = f"; {len(self.failed_feeds)} of {self.ingested.feeds} feeds failed"
        return f"{self.built.outcome}{failed if self.failed_feeds else ''}"


@flow(name="nightly", flow_run_name=lambda: f"night {_night_of_run()}", **HOOKS)
def nightly(
    night: date | None = None, settings: Settings | None = None, feeds: Path | None = None
) -> State[NightResult]:
    """Fetch a night's feeds, build the release of all nights, tell what it brought.

    Args:
        night: logical date; where it is left out, the day in UTC for which the run was scheduled.
        settings: all settings; read from file and environment where they are left out.
        feeds: the list of feeds; the one of the reference data where it is left out.

    Raises:
        LedgerError: the night failed; the current release stands.
    """
    settings = settings or load_settings(os.environ, Path.cwd())
    remember_webhook(settings)
    night = night or _night_of_run()
    with watch_night(settings, night) as told:
        result = _run(night, settings, feeds)
        tell_night(told, result.ingested, result.built)
    return end_state(result)


def _run(night: date, settings: Settings, feeds: Path | None) -> NightResult:
    check_target(settings.paths.published)
    ingested = ingest_night(night, settings, feeds)
    if ingested.failed_share > settings.ingest.failed_share:
        raise TooManyFailedError(
            f"{len(ingested.failed_feeds)} of {ingested.feeds} feeds failed, more than the share of"
            f" {settings.ingest.failed_share} that [ingest] failed_share allows: nothing is"
            f" published; failed: {', '.join(ingested.failed_feeds[:10])}"
        )
    # the nights after one that is caught up stay in the release
    return NightResult(ingested, build(settings))


def _night_of_run() -> date:
    """The night of the flow run: its parameter, else the day for which it was scheduled.

    A run that starts late, or on a machine whose clock is wrong, still has the night it was for.
    """
    given = flow_run.parameters.get("night")
    if given:
        return given if isinstance(given, date) else date.fromisoformat(str(given))
    scheduled: datetime = flow_run.scheduled_start_time
    return scheduled.astimezone(UTC).date()


def ingest_night(night: date | None, settings: Settings, feeds: Path | None = None) -> IngestResult:
    """Only the first half of a night; arguments and errors as of `nightly`."""
    listed = load_night_feeds(feeds or settings.paths.feeds)
    return ingest(settings, night or datetime.now(UTC).date(), listed)


def run_night(night: date | None, settings: Settings, feeds: Path | None = None) -> NightResult:
    """Run `nightly` here and now; arguments and errors as there."""
    return cast("NightResult", nightly(night=night, settings=settings, feeds=feeds))
