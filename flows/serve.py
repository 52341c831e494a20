"""The `serve` command: the nightly schedule, in the foreground.

Prefect's embedded server has no scheduler, so a real one is started as a child on the loopback
interface, unless PREFECT_API_URL names one; it ends with this process.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from flows.settings import CHECKOUT, Settings
from transforms.errors import LedgerError, SettingsError

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
STARTUP_SECONDS = 120.0
SHUTDOWN_SECONDS = 20.0


def serve_nights(settings: Settings) -> None:
    """Run a night whenever the schedule says so, until interrupted.

    Args:
        settings: schedule, and all that a night needs.

    Raises:
        SettingsError: the schedule can't be read.
        LedgerError: Prefect's server does not start.
    """
    with run_server(settings) as api_url:
        os.environ["PREFECT_API_URL"] = api_url
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
        nightly.serve(
            name="nightly", schedule=when, tags=["casualty-ledger"], pause_on_shutdown=False
        )


@contextmanager
def run_server(settings: Settings) -> Iterator[str]:
    """A Prefect server while the block runs; gives the address of its API.

    Args:
        settings: port of the server.

    Raises:
        LedgerError: it does not answer in time.
    """
    given = os.environ.get("PREFECT_API_URL")
    if given:
        yield given
        return
    port = settings.schedule.port or _free_port()
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        HOST,
        "--port",
        str(port),
    ]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - words of our own  # noqa: S603 - words of our own
    try:
        api_url = f"http://{HOST}:{port}/api"
        _wait_for(api_url, child)
        yield api_url
    finally:
        child.terminate()
        try:
            child.wait(SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_for(api_url: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise LedgerError(f"Prefect's server at {api_url} ended at once; is the port taken?")
        try:
            with urlopen(f"{api_url}/health", timeout=5):  # noqa: S310 - http, and our own  # noqa: S310 - an http address of our own
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.5)
    raise LedgerError(f"Prefect's server at {api_url} did not answer in {STARTUP_SECONDS:.0f} s")


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
