"""Views of a release as files: in columns that others know, as of a night, under another rule."""

from pathlib import Path

import pandas as pd
import pytest

from flows.__main__ import main
from flows.reference import load_corrections
from flows.settings import FILE_NAME
from transforms.corrections import corrections_at
from transforms.history import resettle
from transforms.schema import TABLES, cast_frame
from transforms.views import from_csv_safe

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@pytest.fixture
def here(demo, tmp_path, monkeypatch):
    (tmp_path / FILE_NAME).write_text(
        f'[paths]\nraw = "{demo.settings.paths.raw}"\npublished = "{demo.published}"\n'
        f'reference = "{demo.settings.paths.reference}"\nstate = "{demo.settings.paths.state}"\n'
        f'corrections = "{SAMPLE / "corrections.toml"}"\n'
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


def test_a_view_as_of_the_night_of_the_release_is_the_view_of_the_release(here, demo, capsys):
    night = demo.releases()[-1][:10]
    assert main(["export", "--view", "hxl", "--out", "now.csv"]) == 0
    assert main(["export", "--view", "hxl", "--as-of", night, "--out", "then.csv"]) == 0
    assert (here / "now.csv").read_text("utf-8") == (here / "then.csv").read_text("utf-8")


def test_every_night_as_of_is_the_release_of_that_night(here, demo, capsys):
    """The past is a function of the claims: what was published then comes out again."""
    for name in demo.releases():
        assert main(["as-of", name[:10], "--out", name]) == 0
        published = demo.tables(name)
        for table in ("events", "tolls", "reports"):
            then = cast_frame(table, pd.read_parquet(here / name / f"{table}.parquet"))
            key = list(TABLES[table].key)
            pd.testing.assert_frame_equal(
                then.sort_values(key, ignore_index=True),
                published[table].sort_values(key, ignore_index=True),
            )


def test_without_the_names_in_the_articles_it_is_said(here, demo, capsys):
    settings = FILE_NAME
    text = (here / settings).read_text()
    (here / settings).write_text(text.replace(str(demo.settings.paths.state), str(here / "none")))
    assert main(["as-of", demo.releases()[-1][:10], "--out", "then"]) == 0
    assert "run `build` first" in capsys.readouterr().err


def test_the_rule_of_the_release_settles_as_the_release(here, demo, capsys):
    tables = demo.tables()
    corrections = corrections_at(
        load_corrections(SAMPLE / "corrections.toml"), tables["runs"]["night"].max().date()
    )
    again = resettle(tables, rule=demo.settings.build.rule, corrections=corrections)
    for table in ("events", "tolls"):
        key = list(TABLES[table].key)
        pd.testing.assert_frame_equal(
            again[table].sort_values(key, ignore_index=True),
            tables[table].sort_values(key, ignore_index=True),
        )


def test_a_view_under_another_rule_holds_other_figures(here, demo, capsys):
    assert main(["export", "--view", "ucdp", "--out", "now.csv"]) == 0
    assert main(["export", "--view", "ucdp", "--rule", "min_max", "--out", "range.csv"]) == 0
    now, widest = (pd.read_csv(here / name).set_index("id") for name in ("now.csv", "range.csv"))
    assert set(now.index) == set(widest.index)
    width = (widest["high"] - widest["low"]) - (now["high"] - now["low"])
    assert (width >= 0).all()
    assert (width > 0).any()


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
