"""The `serve` command: the nightly schedule, in the foreground.

Prefect's embedded server has no scheduler, so a real one is started as a child on the loopback
interface, unless PREFECT_API_URL names one; it ends with this process.
"""

from __future__ import annotations

import logging
import os

from flows.server import end_children, run_server
from flows.settings import CHECKOUT, Settings
from transforms.errors import SettingsError

logger = logging.getLogger(__name__)

TAGS = ["casualty-ledger"]


def serve_nights(settings: Settings) -> None:
    """Run a night whenever the schedule says so, until interrupted.

    Args:
        settings: schedule, and all that a night needs.

    Raises:
        SettingsError: the schedule can't be read.
        LedgerError: Prefect's server does not start.
    """
    with run_server(settings.schedule.port) as api_url:
        # Prefect reads its environment when it is imported, so not before.
        from prefect.schedules import Cron

        from flows.nightly import nightly

        schedule = settings.schedule
        try:
            when = Cron(schedule.cron, timezone=schedule.time_zone)
        except ValueError as error:
            raise SettingsError(f"[schedule]: {error}") from error
        logger.info("nights at %r in %s; Prefect at %s", schedule.cron, schedule.time_zone, api_url)
        os.chdir(CHECKOUT)  # the runs' own processes find the flow by its path
        with end_children():  # a night that runs when it is stopped; its server ends next
            nightly.serve(name="nightly", schedule=when, tags=TAGS, pause_on_shutdown=False)
