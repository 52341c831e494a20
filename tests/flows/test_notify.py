"""A webhook is told how a night ended, by a real request; what fails there fails no night."""

import json
import logging
from datetime import UTC, date, datetime

import pytest
from pydantic import SecretStr

from flows.notify import post_outcome
from flows.settings import Settings
from transforms.errors import LedgerError

NIGHT = date(2026, 11, 20)


@pytest.fixture
def told(server, http):
    """The bodies that were posted to /hook/CANARY."""
    bodies = []

    def route(connection, request):
        length = int(request.headers["content-length"])
        body = request.rest
        while len(body) < length:
            body += connection.recv(length - len(body))
        bodies.append(json.loads(body))
        connection.sendall(http.answer(b"ok"))

    server.routes["/hook/CANARY"] = route
    return bodies


@pytest.fixture
def ledger(settings, server, http, tmp_path, prefect_server):
    """Settings with the webhook, and a list of two feeds."""
    item = (
        "<item><title>Market reopens</title><link>http://press.example/1</link>"
        "<description>Gunmen killed two farmers near Maiduguri in Nigeria, police said."
        "</description><pubDate>Thu, 19 Nov 2026 08:00:00 GMT</pubDate></item>"
    )
    rss = f"<rss version='2.0'><channel><title>t</title>{item}</channel></rss>"
    server.routes["/a"] = http.answer(rss.encode())
    server.routes["/b"] = http.answer(rss.replace("press", "other").encode())
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(
        "".join(
            f'[[feed]]\nid = "{n}"\nurl = "{server.url(f"/{n}")}"\npublisher = "{n}"\n'
            "full_text = true\ninternal = true\n"
            for n in "ab"
        )
    )
    (tmp_path / "none.toml").write_text("")
    webhook = SecretStr(server.url("/hook/CANARY"))
    return settings.model_copy(
        update={
            "ingest": settings.ingest.model_copy(
                update={"host_delay_seconds": 0.0, "retries": 0, "failed_share": 0.5}
            ),
            "notify": settings.notify.model_copy(update={"webhook": webhook}),
            "paths": settings.paths.model_copy(update={"corrections": str(tmp_path / "none.toml")}),
        }
    ), feeds


def run_of(client, name):
    return next(run for run in client.read_flow_runs() if run.name == name)


@pytest.mark.slow
def test_each_end_of_a_night_is_told_and_is_its_state(ledger, server, http, told, tmp_path, caplog):
    from prefect.client.orchestration import get_client

    from flows.nightly import run_night

    settings, feeds = ledger
    started = datetime.now(UTC)  # other tests use the same server
    run_night(NIGHT, settings, feeds)
    server.routes["/b"] = http.answer(b"", status="500 Oh")
    run_night(date(2026, 11, 21), settings, feeds)
    server.routes["/a"] = http.answer(b"", status="500 Oh")
    with pytest.raises(LedgerError):
        run_night(date(2026, 11, 22), settings, feeds)
    assert [t["state"] for t in told] == ["Completed", "Completed with failed feeds", "Failed"]
    assert told[0]["text"].startswith("night 2026-11-20: Completed. released 2026-11-20-")
    assert "1 of 2 feeds failed" in told[1]["message"]
    assert "not one of 2 feeds" in told[2]["message"]
    with get_client(sync_client=True) as client:
        runs = [run for run in client.read_flow_runs() if run.created >= started]
        names = {run.name: run.state.name for run in runs}
        assert names["night 2026-11-20"] == "Completed"
        assert names["night 2026-11-21"] == "Completed with failed feeds"
        assert names["night 2026-11-22"] == "Failed"
        assert "CANARY" not in "".join(run.model_dump_json() for run in runs)
        tasks = [task for task in client.read_task_runs() if task.created >= started]
        assert {"feeds batch 0"} <= {task.name for task in tasks}
        assert any(task.name.startswith("normalise 2026-11-20/") for task in tasks)
        assert {tag for task in tasks for tag in task.tags} == {"network", "shard"}
        artifacts = [a for a in client.read_artifacts() if a.created >= started]
    assert {"night", "tables", "failed-feeds"} <= {a.key for a in artifacts}
    assert {a.type for a in artifacts} >= {"markdown", "table"}
    failed = [json.loads(a.data) for a in artifacts if a.key == "failed-feeds"]
    assert sorted(failed, key=len) == [[], [{"feed": "b"}]]
    assert "CANARY" not in caplog.text


@pytest.mark.parametrize(
    "webhook", ["http://127.0.0.1:9/hook/CANARY", "file:///CANARY", "http://", "CANARY", "http://["]
)
def test_a_webhook_that_can_not_be_told_is_one_line_without_its_secret(webhook, caplog):
    with caplog.at_level(logging.WARNING):
        assert post_outcome(webhook, {"text": "x"}) is False
    assert caplog.records
    assert "CANARY" not in caplog.text


def test_a_webhook_that_refuses_is_asked_twice(server, http):
    server.routes["/hook"] = http.answer(b"", status="503 Busy")
    assert post_outcome(server.url("/hook"), {"text": "x"}) is False
    assert server.hits("/hook") == 2


def test_proxies_of_the_environment_are_not_used(server, told, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert post_outcome(server.url("/hook/CANARY"), {"text": "x", "night": NIGHT})
    assert told == [{"text": "x", "night": "2026-11-20"}]


def test_the_webhook_never_stands_in_what_settings_print():
    settings = Settings.model_validate({"notify": {"webhook": "https://chat.example/CANARY"}})
    assert "CANARY" not in repr(settings) + settings.model_dump_json()
