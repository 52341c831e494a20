"""Wherever the batches of a build run, its release is the same, byte for byte.

The cluster is a real one: a `dask scheduler` and two `dask worker` processes on the loopback
interface, started as a user would start them; one is killed while it works.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from prefect.context import FlowRunContext
from prefect.task_runners import ProcessPoolTaskRunner, ThreadPoolTaskRunner

from flows.bucket import BucketPath, StorePath, listed
from flows.demo import SAMPLE
from flows.orchestrate import end_workers, task_runner
from flows.rawstore import iter_shards
from flows.release import open_release, verify_release
from flows.settings import FILE_NAME, load_settings
from transforms.errors import SettingsError

ROOT = Path(__file__).parents[2]


def build_elsewhere(folder, **build) -> subprocess.Popen:
    """`python -m flows build` by a process of its own, in another folder than the stores'."""
    settings = folder / FILE_NAME
    lines = [
        "[paths]",
        *(f'{name} = "{build.pop(name)}"' for name in ("raw", "published", "state")),
        f'reference = "{ROOT / "data" / "reference"}"',
        f'corrections = "{SAMPLE / "corrections.toml"}"',
        "[build]",
        *(f"{name} = {value!r}" for name, value in build.items()),
    ]
    settings.write_text("\n".join(lines).replace("'", '"'))
    away = folder / "elsewhere"
    away.mkdir()
    return start(["-m", "flows", "build"], folder / "build.log", settings=settings, cwd=away)


def start(arguments, log, *, settings=None, cwd=None) -> subprocess.Popen:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "PYTEST_"))}
    environ["PYTHONPATH"] = str(ROOT)
    if settings:
        environ["CASUALTY_LEDGER_SETTINGS"] = str(settings)
    with log.open("w") as out:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=cwd or log.parent,
            env=environ,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def end(process: subprocess.Popen, how=signal.SIGTERM) -> None:
    """End a process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, how)
        process.wait(30)


def data_of(published) -> dict[str, str]:
    """The data files of the current release with their checksums, all of them read again."""
    release = open_release(published)
    assert verify_release(release) == []
    return {e["path"]: e["sha256"] for e in release.manifest["files"] if e["table"] != "runs"}


@pytest.fixture(scope="module")
def expected(three_nights, tmp_path_factory):
    """The data files of the build on one machine, on threads."""
    folder = tmp_path_factory.mktemp("threads")
    published = folder / "published"
    building = build_elsewhere(
        folder, raw=three_nights, published=published, state=folder / "state", runner="threads"
    )
    assert building.wait(240) == 0, (folder / "build.log").read_text()
    return data_of(published)


@pytest.fixture
def cluster(tmp_path):
    """The address of a scheduler, and its two workers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    dask = ["-m", "dask"]
    port = address.rpartition(":")[2]
    place = ["--host", "127.0.0.1", "--port", port, "--dashboard-address", "127.0.0.1:0"]
    started = [start([*dask, "scheduler", *place], tmp_path / "scheduler.log")]
    for number in (1, 2):
        worker = [*dask, "worker", address, "--nthreads", "1", "--host", "127.0.0.1"]
        worker += ["--dashboard-address", "127.0.0.1:0", "--local-directory", str(tmp_path)]
        started.append(start(worker, tmp_path / f"worker{number}.log"))
    yield address, started[1:]
    for process in started:
        end(process)


def normalised(state: StorePath) -> int:
    """Shards whose first half of the work is done."""
    return len({path.parent.name for path in listed(state, "cache/*/normalise/*/counts.arrow")})


def wait_for(log: Path, words: str) -> None:
    deadline = time.monotonic() + 60
    while words not in log.read_text():
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def kill_midway(workers, building, state, total) -> None:
    """Kill one worker between two shards, while the other is held so that all cannot be done."""
    killed, held = workers
    os.killpg(held.pid, signal.SIGSTOP)
    try:
        deadline = time.monotonic() + 300
        while not normalised(state):
            assert building.poll() is None, "the build ended before a worker could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.05)
        end(killed, signal.SIGKILL)
        assert 0 < normalised(state) < total
    finally:
        os.killpg(held.pid, signal.SIGCONT)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("place", ["disk", "bucket"])
def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(
    place, three_nights, expected, cluster, tmp_path, bucket
):
    address, workers = cluster
    shards = iter_shards(three_nights)
    stores = {"raw": three_nights, "published": tmp_path / "pub", "state": tmp_path / "state"}
    if place == "bucket":
        stores = {name: bucket(name) for name in stores}
        for shard in shards:
            for path in (shard.warc_path, shard.index_path):
                (BucketPath.parse(stores["raw"]) / f"{shard.night}" / path.name).upload(path)
    for number in (1, 2):
        wait_for(tmp_path / f"worker{number}.log", "Registered to")
    building = build_elsewhere(tmp_path, **stores, runner="dask", dask_address=address)
    try:
        state = stores["state"] if place == "disk" else BucketPath.parse(stores["state"])
        kill_midway(workers, building, state, len(shards))
        assert building.wait(500) == 0, (tmp_path / "build.log").read_text()
    finally:
        end(building)
    assert data_of(stores["published"]) == expected
    assert "normalise" in (tmp_path / "worker2.log").read_text()


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("runner", ["processes", "dask"])
def test_every_runner_of_one_machine_gives_the_same_bytes(runner, three_nights, expected, tmp_path):
    stores = {"raw": three_nights, "published": tmp_path / "pub", "state": tmp_path / "state"}
    building = build_elsewhere(tmp_path, **stores, runner=runner, workers=2)
    try:
        assert building.wait(500) == 0, (tmp_path / "build.log").read_text()
    finally:
        end(building)
    assert data_of(stores["published"]) == expected


def test_without_its_package_the_runner_is_one_clear_error(settings, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    build = settings.build.model_copy(update={"runner": "dask"})
    with pytest.raises(SettingsError, match=r"pip install .*\[dask\]"):
        task_runner(settings.model_copy(update={"build": build}))


def test_settings_name_the_runner(tmp_path):
    environ = {"CASUALTY_LEDGER_BUILD_RUNNER": "dask"}
    environ |= {"CASUALTY_LEDGER_BUILD_DASK_ADDRESS": "tcp://10.0.0.7:8786"}
    runner = task_runner(load_settings(environ, tmp_path))
    assert runner.address == "tcp://10.0.0.7:8786"


def test_processes_that_have_no_more_batches_are_ended(monkeypatch):
    with ProcessPoolTaskRunner(max_workers=1) as runner:
        monkeypatch.setattr(FlowRunContext, "get", lambda: SimpleNamespace(task_runner=runner))
        worker = runner._executor.submit(os.getpid).result(60)
        os.kill(worker, 0)
        end_workers()
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_threads_and_flows_without_a_runner_are_left_alone(monkeypatch):
    with ThreadPoolTaskRunner(max_workers=1) as runner:
        monkeypatch.setattr(FlowRunContext, "get", lambda: SimpleNamespace(task_runner=runner))
        end_workers()
        assert runner._executor.submit(os.getpid).result(60) == os.getpid()
    monkeypatch.setattr(FlowRunContext, "get", lambda: None)
    end_workers()
