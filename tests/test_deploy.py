"""What runs the ledger elsewhere: the image's recipe and the units, by their form."""

import configparser
import json
import re
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from flows.settings import FILE_NAME, Schedule, load_settings

ROOT = Path(__file__).parents[1]
UNITS = sorted((ROOT / "deploy").glob("casualty-ledger.*"))
PYTHON = "/srv/casualty-ledger/.venv/bin/python"


def instructions():
    """The Dockerfile's instructions, comments dropped, continued lines joined."""
    text = "\n".join(
        line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#")
    )
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(None, 1)) for line in lines if line.strip()]


def named(name):
    return [rest for word, rest in instructions() if word == name]


def test_every_instruction_is_one_of_docker():
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "ENTRYPOINT", "CMD"}
    assert {word for word, _ in instructions()} <= known
    assert instructions()[0][0] == "FROM"


def test_the_image_starts_from_a_pinned_python_that_the_project_takes():
    [base] = named("FROM")
    name, _, tag = base.partition(":")
    assert name == "python"
    version = re.match(r"(\d+)\.(\d+)-slim", tag)
    assert version, "a tag that says which Python and which system"
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert (int(version[1]), int(version[2])) >= tuple(
        map(int, wanted.removeprefix(">=").split("."))
    )


def test_nobody_is_root_and_nothing_is_changed_afterwards():
    words = [word for word, _ in instructions()]
    [user] = named("USER")
    assert user.isdigit()
    assert int(user) > 0
    assert f"--uid {user} " in " ".join(named("RUN"))
    assert not {"RUN", "COPY"} & set(words[words.index("USER") :])


def test_what_is_copied_exists_and_is_let_through_and_nothing_else_is():
    copied = {source for line in named("COPY") for source in line.split()[:-1]}
    assert all((ROOT / source).exists() for source in copied)
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] != "#"]
    assert rules[0] == "*"
    assert {line[1:] for line in rules if line.startswith("!")} == copied
    assert not any(fnmatch(".git", rule.lstrip("!")) for rule in rules[1:])


def test_packages_are_the_tested_ones_and_leave_no_cache():
    [run] = named("RUN")
    assert (
        "pip install --no-cache-dir --require-hashes --no-deps --requirement requirements.lock"
        in run
    )
    assert "pip install --no-cache-dir --no-deps --no-build-isolation --editable ." in run
    assert not re.search(r"\b(sudo|curl|wget|apt-get)\b|https?://", run)


def test_the_lock_holds_hashes_of_the_tested_versions_of_all_that_is_needed():
    text = (ROOT / "deploy" / "requirements.lock").read_text()
    assert "://" not in text
    locked = dict(re.findall(r"^([a-z0-9-]+)==([\w.]+) \\$", text, re.M))
    hashed = re.findall(r"^\S+==\S+ (?:\\\n {4}--hash=sha256:[0-9a-f]{64} ?)+$", text, re.M)
    assert len(hashed) == len(locked) > 100
    tested = dict(re.findall(r"^(\S+)==(\S+)$", (ROOT / "constraints.txt").read_text(), re.M))
    assert set(locked) - set(tested) <= {"setuptools"}
    assert all(tested[name] == locked[name] for name in locked if name in tested)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    for requirement in map(Requirement, needed):
        assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)])


def test_commands_are_started_without_a_shell():
    for name in ("ENTRYPOINT", "CMD"):
        [line] = named(name)
        assert all(isinstance(word, str) for word in json.loads(line))


def test_its_variables_are_settings_and_its_stores_lie_in_the_volume(tmp_path):
    pairs = dict(word.split("=", 1) for line in named("ENV") for word in line.split())
    [volume] = named("VOLUME")
    ours = {name: value for name, value in pairs.items() if name.startswith("CASUALTY_LEDGER_")}
    paths = load_settings(ours, tmp_path).paths
    for place in (paths.raw, paths.published, paths.state):
        assert Path(place).parent == Path(volume)
    assert not re.search(r"(?i)secret|password|token|_key", " ".join(pairs))


def read_unit(path):
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",))
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser


def test_the_units_are_there():
    assert [path.name for path in UNITS] == ["casualty-ledger.service", "casualty-ledger.timer"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.suffix)
def test_systemd_takes_the_units(path, tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here; the form is tested below")
    for unit in UNITS:  # a timer is verified with its service
        text = unit.read_text().replace(PYTHON, sys.executable)
        (tmp_path / unit.name).write_text(text)
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Failed to" in ran.stderr and "manager" in ran.stderr:
        pytest.skip("systemd-analyze can't work here")
    assert [line for line in ran.stderr.splitlines() if "casualty-ledger" in line] == []
    assert ran.returncode == 0, ran.stderr


def test_the_service_runs_one_night_as_nobody_special():
    service = read_unit(UNITS[0])["Service"]
    assert service["ExecStart"] == f"{PYTHON} -m flows nightly"
    assert service["Type"] == "oneshot"
    assert service["User"] not in ("root", "0")
    assert service["SuccessExitStatus"] == "3"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"


def test_the_timer_keeps_the_schedule_of_the_settings():
    timer = read_unit(UNITS[1])
    minute, hour, *days = Schedule().cron.split()
    assert days == ["*", "*", "*"]
    assert (
        timer["Timer"]["OnCalendar"]
        == f"*-*-* {int(hour):02}:{int(minute):02}:00 {Schedule().time_zone}"
    )
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.parametrize(("code", "says"), [(0, ""), (3, ""), (1, "night failed with 1")])
def test_the_line_of_cron_tells_of_failures_alone(tmp_path, code, says):
    lines = (ROOT / "deploy" / "crontab").read_text().splitlines()
    assert "CRON_TZ=UTC" in lines
    minute, hour, *_, command = lines[-1].split(None, 5)
    assert Schedule().cron.split()[:2] == [minute, hour]
    assert "%" not in command, "cron reads a percent sign as a line's end"
    (tmp_path / "data").mkdir()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\necho ran $@\nexit {code}\n")
    python.chmod(0o755)
    command = command.replace("/srv/casualty-ledger", str(tmp_path))
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert (tmp_path / "data" / "nightly.log").read_text() == "ran -m flows nightly\n"
    assert ran.stdout.startswith(says)
    assert bool(ran.stdout) == bool(says)


PAGE = (ROOT / "docs" / "operations.md").read_text()


def test_operations_tells_of_every_exit_code_and_section():
    for title in ("Install", "Schedule", "Upgrade", "Restore", "Rotate", "Alarms", "exit code"):
        assert re.search(rf"^## .*{title}", PAGE, re.M), title
    told = re.findall(r"^\| (\d+) \|", PAGE, re.M)
    assert told == ["0", "1", "2", "3", "130"]


def test_operations_names_only_what_exists():
    commands = set(re.findall(r"python -m flows ([a-z-]+)", PAGE))
    from flows.__main__ import cli

    assert commands <= set(cli.commands)
    for path in re.findall(r"`((?:deploy|data|docs)/[\w./-]+)`", PAGE):
        assert (ROOT / path).exists() or path.startswith(
            ("data/raw", "data/published", "data/state")
        )
    settings = tomllib.loads((ROOT / FILE_NAME).read_text())
    for section, key in re.findall(r"`\[(\w+)\] (\w+)", PAGE):
        assert key in settings[section]


def test_every_metric_of_the_alarms_is_written(tmp_path):
    from datetime import date

    from flows.metrics import NightMetrics, render_metrics

    text = render_metrics(NightMetrics(date(2026, 11, 22), succeeded_at=1.0))
    for name in re.findall(r"casualty_ledger_\w+", PAGE):
        assert f"# TYPE {name} gauge" in text
