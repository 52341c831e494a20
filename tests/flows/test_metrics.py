"""The file for a monitor: its format, what it says, and that it is never seen half written."""

import stat
from datetime import date
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open
from prometheus_client.parser import text_string_to_metric_families as read_classic

from flows.building.publishing import Built
from flows.ingesting.night import IngestResult
from flows.metrics import NightMetrics, free_bytes, render_metrics, store_bytes, write_metrics
from flows.release import Release
from flows.settings import load_settings
from flows.watch import tell_night, watch_night
from transforms.errors import NothingReachedError, SettingsError

NIGHT = date(2026, 11, 22)


def samples(text, read=read_open):
    return {
        (sample.name.removeprefix("casualty_ledger_"), *sample.labels.values()): sample.value
        for family in read(text)
        for sample in family.samples
    }


@pytest.fixture
def told(tmp_path):
    return NightMetrics(
        NIGHT,
        ended_at=1763780000.0,
        succeeded_at=1763780000.0,
        seconds={"code": 12.5},
        requests={"fetched": 90, "deferred": 2},
        feeds=10,
        failed_feeds=1,
        rows={"events": 7},
        findings=3,
        release='2026-11-22-"odd\\\n',
        version="0.1.0",
        stores={"raw": tmp_path},
    )


def test_it_is_openmetrics_and_the_older_format_too(told):
    text = render_metrics(told)
    assert text.endswith("# EOF\n")
    assert samples(text) == samples(text, read_classic)


def test_it_says_what_the_night_did(told):
    found = samples(render_metrics(told))
    assert found["last_run_success",] == 1
    assert found["last_run_timestamp_seconds",] == 1763780000
    assert found["night_timestamp_seconds",] == 1795305600
    assert found["stage_seconds", "code"] == 12.5
    assert (found["requests", "fetched"], found["requests", "deferred"]) == (90, 2)
    assert (found["feeds", "ok"], found["feeds", "failed"]) == (9, 1)
    assert (found["rows", "events"], found["findings",]) == (7, 3)
    assert found["release", told.release, "0.1.0"] == 1
    assert found["store_free_bytes", "raw"] > 0


def test_files_that_releases_share_count_once(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1000)
    (tmp_path / "b").hardlink_to(tmp_path / "a")
    (tmp_path / "latest").symlink_to("a")
    assert store_bytes(tmp_path) == 1000
    assert store_bytes(tmp_path / "gone") == 0
    assert free_bytes(tmp_path / "gone" / "deeper") > 0


def test_the_file_appears_whole_and_can_be_read_by_others(tmp_path, told, monkeypatch):
    path = tmp_path / "collector" / "ledger.prom"
    write_metrics(path, told)
    before = path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("flows.metrics.os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        write_metrics(path, told)
    assert path.read_text() == before
    assert [p.name for p in path.parent.iterdir()] == ["ledger.prom"]


def test_a_name_that_no_collector_reads_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"\[metrics\] file"):
        load_settings({"CASUALTY_LEDGER_METRICS_FILE": "ledger.txt"}, tmp_path)


@pytest.fixture
def watched(settings, tmp_path):
    metrics = settings.metrics.model_copy(update={"file": str(tmp_path / "ledger.prom")})
    return settings.model_copy(update={"metrics": metrics})


def test_a_night_that_fails_is_told_too(watched):
    with pytest.raises(NothingReachedError), watch_night(watched, NIGHT):
        raise NothingReachedError("not one")
    found = samples(Path(watched.metrics.file).read_text())
    assert found["last_run_success",] == 0
    assert ("last_success_timestamp_seconds",) not in found


def test_a_night_with_a_release_is_told(watched, tmp_path):
    release = Release("2026-11-22-0011aabb", str(tmp_path), True, tmp_path, {})
    built = Built(release, NIGHT, ("odd",), {"events": 2}, "", {"code": 1.0})
    requests = {"planned": 4, "fetched": 3, "unchanged": 0, "rejected": 1, "deferred": 0}
    ingested = IngestResult("r", NIGHT, 3, requests, {}, 5, 1, ("a",))
    with watch_night(watched, NIGHT) as told:
        tell_night(told, ingested, built)
    found = samples(Path(watched.metrics.file).read_text())
    assert found["last_run_success",] == 1
    assert ("requests", "planned") not in found
    assert (found["requests", "fetched"], found["feeds", "failed"]) == (3, 1)


def test_a_file_that_cant_be_written_does_not_cost_the_night(watched, tmp_path, caplog):
    (tmp_path / "ledger.prom").mkdir()
    with watch_night(watched, NIGHT):
        pass
    assert "metrics" in caplog.text
