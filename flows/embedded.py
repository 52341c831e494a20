"""Prefect's embedded server, started where neither Ctrl-C nor a full disk makes a riddle of it.

Threads of a night share it; `flows/server.py` starts one for workers of other processes.
"""

from __future__ import annotations

import os
import signal
from threading import Thread

from prefect.client.orchestration import get_client
from prefect.logging.handlers import APILogHandler

from flows.server import API_URL
from transforms.errors import LedgerError


def start_embedded() -> None:
    """Start the server that the flows of this process will use, unless an address is given.

    A terminal sends Ctrl-C to all that it started: a server that hears it is gone before the night
    can tell it of its end, and asks for it in vain for most of a minute. So it is started from a
    thread that has the signal blocked, which children inherit, while this one goes on hearing it.

    Raises:
        LedgerError: the server does not start.
    """
    if os.environ.get(API_URL):
        return
    failed: list[Exception] = []

    def start() -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with get_client(sync_client=True):
                pass
        except Exception as error:  # noqa: BLE001 - told in the thread that waits
            failed.append(error)

    thread = Thread(target=start, name="prefect-server", daemon=True)
    thread.start()
    thread.join()
    if failed:
        home = os.environ.get("PREFECT_HOME", "its folder")
        raise LedgerError(
            f"Prefect's server does not start ({failed[0]}): look whether {home} can be written and"
            " has room; nothing was fetched or built"
        ) from failed[0]


def send_logs() -> None:
    """Send what Prefect's pages are still to be told, while its server is there to hear it."""
    APILogHandler().flush()
