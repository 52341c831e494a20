"""The schedule fires: a server of its own, a night that it ran, and nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.rawstore import iter_shards
from flows.samplepress import list_nights, serve
from flows.settings import FILE_NAME

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def ledger(tmp_path):
    """A folder with settings whose schedule fires every minute, over the sample press."""
    (tmp_path / "reference").mkdir()
    for path in (ROOT / "data" / "reference").iterdir():
        source = SAMPLE / path.name if path.name == "feeds.toml" else path
        (tmp_path / "reference" / path.name).symlink_to(source)
    with serve(SAMPLE, list_nights(SAMPLE)[0]) as press:
        (tmp_path / FILE_NAME).write_text(
            '[paths]\nraw = "raw"\npublished = "published"\nstate = "state"\n'
            'reference = "reference"\n'
            f'[ingest]\nhost_delay_seconds = 0\nproxy = "{press.proxy}"\n'
            f'[schedule]\ncron = "* * * * *"\nport = {free_port()}\n'
        )
        yield tmp_path


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_the_schedule_fires_and_ends_cleanly(ledger):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environ |= {"CASUALTY_LEDGER_SETTINGS": str(ledger / FILE_NAME), "PYTHONPATH": str(ROOT)}
    log = (ledger / "log.txt").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "flows", "serve"], cwd=ledger, env=environ, stdout=log, stderr=log
    )
    try:
        current = ledger / "published" / "current.json"
        deadline = time.monotonic() + 360
        while not current.exists() and time.monotonic() < deadline:
            assert process.poll() is None, (ledger / "log.txt").read_text()
            time.sleep(1)
        assert current.exists(), (ledger / "log.txt").read_text()
        assert iter_shards(ledger / "raw")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        log.close()
    port = int((ledger / FILE_NAME).read_text().rsplit("port = ", 1)[1])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server was left running"
