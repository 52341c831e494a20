"""A Prefect server on the loopback interface, as a child of this process, for as long as needed.

Prefect's embedded server has no scheduler, and none but the process that started it knows it: the
workers of a process pool or a Dask cluster would each start one of their own.
"""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from flows.settings import Settings
from transforms.errors import LedgerError

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
STARTUP_SECONDS = 120.0
SHUTDOWN_SECONDS = 20.0
GIVEN_SECONDS = 20.0
STATE_BYTES = 16 * 2**20
"""Free space below which no server is started: a new database takes 5 MiB, its journal as much."""
_SQLITE = b"SQLite format 3\0"
API_URL = "PREFECT_API_URL"


@contextmanager
def run_server(port: int = 0, meanwhile: Callable[[], object] = lambda: None) -> Iterator[str]:
    """A Prefect server while the block runs, unless the environment names one.

    To be entered before Prefect is imported, which then finds the address in the environment.

    Args:
        port: port of the server on 127.0.0.1; 0 takes any free one.
        meanwhile: done once while the server starts, which takes ten seconds where its database is
            new; the address is in the environment by then, so it may import Prefect.

    Yields:
        The address of its API.

    Raises:
        LedgerError: it does not answer in time.
    """
    given = os.environ.get(API_URL)
    if given:
        yield given
        return
    port = port or _free_port()
    child = subprocess.Popen(  # noqa: S603 - words of our own
        [
            *(sys.executable, "-c", _LIFE, sys.executable),
            *("-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in a terminal is for this process, which ends the server
    )
    try:
        os.environ[API_URL] = f"http://{HOST}:{port}/api"
        meanwhile()
        _wait_for(os.environ[API_URL], child)
        yield os.environ[API_URL]
    finally:
        os.environ.pop(API_URL, None)
        _end(child)


@contextmanager
def server_for_workers(
    settings: Settings, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """A server that the workers of the runner share, where they need one and can reach it.

    Threads share the embedded one. Workers on other machines don't see the loopback interface: each
    starts its own, unless PREFECT_API_URL names one that all of them reach.

    Args:
        settings: the runner.
        meanwhile: as for `run_server`.

    Raises:
        LedgerError: the server that PREFECT_API_URL names can't be reached.
    """
    if os.environ.get(API_URL):
        _check_given(os.environ[API_URL])
    build = settings.build
    if build.runner == "threads" or (build.runner == "dask" and not _is_here(build.dask_address)):
        yield
        return
    with run_server(meanwhile=meanwhile):
        yield


@contextmanager
def end_children() -> Iterator[None]:
    """End what the block started and left running, Linux only; what ran before goes on."""
    before = _children()
    try:
        yield
    finally:
        left = _children() - before
        for number in (signal.SIGTERM, signal.SIGKILL):
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
            deadline = time.monotonic() + SHUTDOWN_SECONDS
            while left and time.monotonic() < deadline:
                time.sleep(0.1)
                left = {pid for pid in left if not _has_ended(pid)}


def _children() -> set[int]:
    lists = Path("/proc/self/task").glob("*/children")
    return {int(pid) for path in lists for pid in path.read_text("ascii").split()}


def _has_ended(pid: int) -> bool:
    try:
        return os.waitpid(pid, os.WNOHANG)[0] != 0
    except ChildProcessError:
        return True  # somebody else has waited for it


def check_database(home: Path) -> None:
    """Fail at once where Prefect would wait two minutes for a server that can't start.

    Args:
        home: Prefect's folder.

    Raises:
        LedgerError: its database is no database, or can't be written.
    """
    path = home / "prefect.db"
    for needed in (home, path):
        if needed.exists() and not os.access(needed, os.W_OK):
            raise LedgerError(
                f"{needed}: can't be written, and Prefect keeps its account of runs there: give it"
                " to the user who runs nights, or name another folder in [paths] state"
            )
    free = shutil.disk_usage(home).free
    if free < STATE_BYTES:
        raise LedgerError(
            f"{home}: {free / 2**20:.1f} MiB are free, and Prefect's database and the caches need"
            f" {STATE_BYTES // 2**20}: make room, or name another folder in [paths] state"
        )
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE))
    except FileNotFoundError:
        return
    except OSError as error:
        raise LedgerError(f"{path}: can't be read: {error.strerror}") from error
    if head and head != _SQLITE:
        raise LedgerError(
            f"{path}: Prefect's database is damaged; delete it: it holds nothing but the account of"
            " earlier runs"
        )


def end_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies, however that dies (Linux)."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG; it outlives exec


_LIFE = (
    "import os, sys; from flows.server import end_with_parent; end_with_parent();"
    " os.execv(sys.argv[1], sys.argv[1:])"
)


def _is_here(address: str) -> bool:
    """Whether a Dask scheduler's address is on this machine; an empty one means a cluster here."""
    host = urlsplit(address).hostname if address else HOST
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _check_given(api_url: str) -> None:
    """Any answer will do, a refusal too: what a server of the user's own asks for is its affair."""
    try:
        with urlopen(f"{api_url}/health", timeout=GIVEN_SECONDS):  # noqa: S310 - the user's own
            return
    except HTTPError:
        return
    except (URLError, OSError, ValueError) as error:
        raise LedgerError(
            f"{API_URL}: Prefect's server at {api_url} does not answer"
            f" ({getattr(error, 'reason', error)}); start it, or unset the variable"
        ) from error


def _wait_for(api_url: str, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise LedgerError(f"Prefect's server at {api_url} ended at once; is the port taken?")
        try:
            with urlopen(f"{api_url}/health", timeout=5):  # noqa: S310 - http, and our own
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.5)
    raise LedgerError(f"Prefect's server at {api_url} did not answer in {STARTUP_SECONDS:.0f} s")


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])
