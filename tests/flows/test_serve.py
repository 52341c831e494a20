"""The schedule fires: a server of its own, a night that it ran, and nothing left behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

from flows.embedded import start_embedded
from flows.rawstore import iter_shards
from flows.release import open_release, read_table, verify_release
from flows.samplepress import list_nights, serve
from flows.server import check_database, run_server
from flows.settings import FILE_NAME, Settings
from transforms.errors import LedgerError

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


def start(arguments, ledger, *, group=False, **extra):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environ |= {"CASUALTY_LEDGER_SETTINGS": str(ledger / FILE_NAME), "PYTHONPATH": str(ROOT)}
    with (ledger / "log.txt").open("a") as log:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ledger,
            env=environ | extra,
            stdout=log,
            stderr=log,
            preexec_fn=hear_ctrl_c,
            start_new_session=group,
        )


def hear_ctrl_c():
    """A shell lets what it runs in the background ignore Ctrl-C, and the tests may run there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def log_of(ledger):
    return (ledger / "log.txt").read_text()


def port_of(ledger):
    return int((ledger / FILE_NAME).read_text().rsplit("port = ", 1)[1])


def ask(api, path, content=None):
    data = None if content is None else json.dumps(content).encode()
    request = Request(f"{api}/{path}", data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=30) as answered:
        return json.load(answered)


def listening(process):
    """Addresses on which a process and all its children listen, and what telemetry is told."""
    family = [process, *process.children(recursive=True)]
    sockets = {
        c.laddr.ip for p in family for c in p.net_connections() if c.status == psutil.CONN_LISTEN
    }
    return sockets, family


def wait_until(done, seconds, ledger, process):
    deadline = time.monotonic() + seconds
    while not done():
        assert process.poll() is None, log_of(ledger)
        assert time.monotonic() < deadline, log_of(ledger)
        time.sleep(1)


def at(text):
    """A time as the server writes it; a whole second comes without its fraction."""
    return datetime.fromisoformat(text)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "systemd"])
def test_the_schedule_fires_and_ends_cleanly(ledger, how):
    process = start(["-m", "flows", "serve"], ledger)
    api = f"http://127.0.0.1:{port_of(ledger)}/api"
    try:
        current = ledger / "published" / "current.json"
        wait_until(current.exists, 400, ledger, process)
        assert iter_shards(ledger / "raw")
        sockets, family = listening(psutil.Process(process.pid))
        assert sockets == {"127.0.0.1"}
        for one in family[1:]:
            environ = one.environ()
            assert environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
            assert environ["DO_NOT_TRACK"] == "1"
        [deployment] = ask(api, "deployments/filter", {})
        assert deployment["name"] == "nightly"
        assert deployment["tags"] == ["casualty-ledger"]
        [schedule] = deployment["schedules"]
        assert schedule["schedule"] == {"cron": "* * * * *", "timezone": "UTC", "day_or": True}
        described = deployment["parameter_openapi_schema"]["properties"]
        assert "logical date" in described["night"]["description"]
        assert set(described) == {"night", "settings", "feeds"}
        runs = ask(api, "flow_runs/filter", {"flows": {"name": {"any_": ["nightly"]}}})
        fired = [run for run in runs if run["start_time"]]
        assert fired
        assert all(run["auto_scheduled"] for run in fired)
        # Prefect rounds the seconds that a run has to wait; the night is that of the schedule
        early = [at(run["expected_start_time"]) - at(run["start_time"]) for run in fired]
        assert max(early) < timedelta(seconds=1), early
    finally:
        process.send_signal(how)
        process.wait(90)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port_of(ledger))) != 0, "the server was left running"
    _, alive = psutil.wait_procs(family, timeout=10)
    assert not [one.cmdline() for one in alive if one.status() != psutil.STATUS_ZOMBIE]


SERVING = """
import time
from flows.server import check_database, run_server
with run_server() as api:
    print(api, flush=True)
    time.sleep(600)
"""


@pytest.mark.slow
def test_the_server_ends_with_its_parent_however_that_ends(tmp_path):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environ |= {"PREFECT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        [sys.executable, "-c", SERVING], env=environ, stdout=subprocess.PIPE, text=True
    )
    with parent.stdout as said:
        port = int(said.readline().split(":")[2].split("/")[0])
    children = psutil.Process(parent.pid).children(recursive=True)
    parent.kill()
    parent.wait()
    gone, alive = psutil.wait_procs(children, timeout=60)
    assert gone
    assert not alive
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_server_that_does_not_answer_is_one_clear_error_before_anything_is_done(ledger):
    started = time.monotonic()
    night = ["-m", "flows", "nightly", "--night", "2026-11-16"]
    process = start(night, ledger, PREFECT_API_URL="http://127.0.0.1:9/api")
    assert process.wait(120) == 1
    assert time.monotonic() - started < 120
    said = log_of(ledger).strip()
    assert re.search(r"PREFECT_API_URL: .*127.0.0.1:9.* does not answer .*unset", said), said
    assert "\n" not in said
    assert not (ledger / "raw").exists()


def test_a_broken_database_of_prefect_is_one_clear_error(ledger):
    home = ledger / "state" / "prefect"
    home.mkdir(parents=True)
    (home / "prefect.db").write_bytes(b"no database" * 1000)
    process = start(["-m", "flows", "nightly", "--night", "2026-11-16"], ledger)
    assert process.wait(120) == 1
    last = log_of(ledger).strip().splitlines()[-1]
    assert last.startswith("casualty-ledger: "), log_of(ledger)
    assert str(home) in last
    assert not (ledger / "raw").exists()


def test_a_state_folder_without_room_or_leave_to_write_is_told_at_once(
    mounted,
):
    with pytest.raises(LedgerError, match=r"MiB are free.*\[paths\] state"):
        check_database(mounted)
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    with pytest.raises(LedgerError, match=r"mount: can't be written.*\[paths\] state"):
        check_database(mounted)


def test_a_server_that_does_not_start_is_told_with_its_folder(monkeypatch):
    def refuse(**_):
        raise RuntimeError("Timed out")

    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr("flows.embedded.get_client", refuse)
    with pytest.raises(LedgerError, match=r"does not start \(Timed out\): look whether"):
        start_embedded()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("runner", ["threads", "processes"])
def test_ctrl_c_in_a_terminal_ends_a_night_at_once(ledger, runner):
    """A terminal sends it to all processes of the night: its server must outlive the night."""
    night = ["-m", "flows", "nightly", "--night", "2026-11-16"]
    extra = {"CASUALTY_LEDGER_INGEST_HOST_DELAY_SECONDS": "20"}
    extra["CASUALTY_LEDGER_BUILD_RUNNER"] = runner
    process = start(night, ledger, group=True, **extra)
    wait_until(lambda: list((ledger / "raw").glob("*/*")), 100, ledger, process)
    children = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(15) == 130, log_of(ledger)
    last = log_of(ledger).strip().splitlines()[-1]
    assert last == "casualty-ledger: interrupted; the current release stands"
    assert "Error logging" not in log_of(ledger)
    assert not psutil.wait_procs(children, timeout=30)[1]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_night_whose_server_dies_is_made_good_by_the_next(ledger):
    night = ["-m", "flows", "nightly", "--night", "2026-11-16"]
    process = start(night, ledger)
    wait_until(lambda: iter_shards(ledger / "raw"), 200, ledger, process)
    for child in psutil.Process(process.pid).children(recursive=True):
        if "uvicorn" in " ".join(child.cmdline()):
            child.kill()
    assert process.wait(400) in (0, 1), log_of(ledger)
    assert "Traceback" not in log_of(ledger)
    assert start(night, ledger).wait(300) == 0, log_of(ledger)
    assert verify_release(open_release(ledger / "published")) == []
    articles = read_table(open_release(ledger / "published"), "articles")
    assert not articles.duplicated(["article_id", "version"]).any()
    assert len(articles) == articles["article_id"].nunique()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_deployment_of_prefect_yaml_is_taken_by_a_process_work_pool(tmp_path, monkeypatch):
    """As docs/operations.md says, with Prefect's own commands against a server of its own."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    environ |= {"PREFECT_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for name in [n for n in os.environ if n.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))

    def prefect(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
            cwd=ROOT,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    known_early = []
    with run_server(meanwhile=lambda: known_early.append(os.environ["PREFECT_API_URL"])) as api:
        assert known_early == [api]
        environ["PREFECT_API_URL"] = api
        prefect("work-pool", "create", "casualty-ledger", "--type", "process")
        prefect("deploy", "--name", "nightly")
        [deployment] = ask(api, "deployments/filter", {})
    defaults = Settings().schedule
    assert deployment["work_pool_name"] == "casualty-ledger"
    assert deployment["entrypoint"] == "flows/nightly.py:nightly"
    [schedule] = deployment["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["cron"] == defaults.cron
    assert schedule["schedule"]["timezone"] == defaults.time_zone
    assert "logical date" in str(deployment["parameter_openapi_schema"]["properties"]["night"])
