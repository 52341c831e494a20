"""Views of a release as files: in columns that others know, as of a night, under another rule."""

import pandas as pd
import pytest

from flows.__main__ import main
from flows.settings import FILE_NAME
from transforms.views import from_csv_safe


@pytest.fixture
def here(demo, tmp_path, monkeypatch):
    (tmp_path / FILE_NAME).write_text(
        f'[paths]\nraw = "{demo.settings.paths.raw}"\npublished = "{demo.published}"\n'
        f'reference = "{demo.settings.paths.reference}"\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("view", ["acled", "ucdp", "hxl"])
def test_a_view_is_the_same_as_csv_and_parquet(here, capsys, view):
    assert main(["export", "--view", view, "--out", "v.csv"]) == 0
    assert main(["export", "--view", view, "--format", "parquet", "--out", "v.parquet"]) == 0
    rows = from_csv_safe((here / "v.csv").read_text("utf-8"))
    frame = pd.read_parquet("v.parquet")
    assert list(rows.columns) == list(frame.columns)
    assert len(rows) == len(frame) > 0


def test_a_view_as_of_a_night_holds_less(here, capsys):
    assert main(["export", "--view", "acled", "--out", "now.csv"]) == 0
    assert main(["export", "--view", "acled", "--as-of", "2026-11-16", "--out", "then.csv"]) == 0
    now, then = (pd.read_csv(here / name) for name in ("now.csv", "then.csv"))
    assert 0 < len(then) < len(now)


def test_parquet_needs_a_file_and_a_rule_a_name(here, capsys):
    assert main(["export", "--view", "acled", "--format", "parquet"]) == 2
    assert main(["export", "--view", "acled", "--rule", "newest"]) == 2
    err = capsys.readouterr().err
    assert "--format parquet needs --out" in err
    assert "newest" in err


def test_an_event_is_shown_and_releases_are_compared(here, demo, capsys):
    events = demo.tables()["events"]
    assert main(["show", events["event_id"].iloc[0]]) == 0
    assert main(["diff", demo.releases()[0]]) == 0
    assert main(["as-of", "2026-11-17", "--out", "then"]) == 0
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert "events: " in out
    assert "3 shards of 3 nights" in out
    assert len(pd.read_parquet("then/events.parquet")) < len(events)
