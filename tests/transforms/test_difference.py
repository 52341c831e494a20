"""What changed from one release to another."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from transforms import schema
from transforms.difference import compare_releases

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "flows" / "cases" / "release.json").read_text("utf-8"))


TABLES = {t: schema.frame_of(t, rows) for t, rows in CASES.items()}


def load(**changes: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    return {**TABLES, **{t: schema.frame_of(t, rows) for t, rows in changes.items()}}


def renamed(rows: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    return [{**r, "event_id": names.get(r.get("event_id"), r.get("event_id"))} for r in rows]


def pairs(old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]) -> set[tuple[Any, ...]]:
    found = compare_releases(old, new).pairs.astype(object)
    return set(found.where(found.notna(), None).itertuples(index=False, name=None))


def test_same_release_has_no_difference() -> None:
    difference = compare_releases(load(), load())
    assert difference.is_empty
    assert difference.cells.empty
    assert set(difference.pairs["change"]) == {"same"}
    assert difference.counts["old"].tolist() == [len(CASES[t]) for t in schema.TABLES]


def test_order_of_rows_makes_no_difference() -> None:
    shuffled = {t: frame.sample(frac=1, random_state=3) for t, frame in load().items()}
    assert compare_releases(load(), shuffled).is_empty


def test_changed_cells_are_listed_with_before_and_after() -> None:
    events = [dict(row) for row in CASES["events"]]
    events[0] |= {"killed_best": 15, "settled_by_killed": ["c01", "c03"], "date_end": "2026-11-21"}
    del events[0]["place_name"]
    difference = compare_releases(load(), load(events=events))
    cells = difference.cells.astype(object).where(difference.cells.notna(), None)
    assert set(cells.itertuples(index=False, name=None)) == {
        ("e1", "e1", "date_end", "2026-11-20", "2026-11-21"),
        ("e1", "e1", "killed_best", "14", "15"),
        ("e1", "e1", "place_name", "Maiduguri", None),
        ("e1", "e1", "settled_by_killed", "c04", "c01, c03"),
    }
    assert ("changed", "e1", "e1", 4) in pairs(load(), load(events=events))
    counted = difference.counts.set_index("table")["changed"]
    assert counted["events"] == 1
    assert counted.sum() == 1


def test_added_and_removed_events() -> None:
    fewer = load(
        events=[r for r in CASES["events"] if r["event_id"] != "e5"],
        reports=[r for r in CASES["reports"] if r.get("event_id") != "e5"],
    )
    assert ("removed", "e5", None, 0) in pairs(load(), fewer)
    assert ("added", None, "e5", 0) in pairs(fewer, load())
    counts = compare_releases(fewer, load()).counts.set_index("table")
    assert counts.loc["events", ["added", "removed"]].tolist() == [1, 0]
    assert counts.loc["reports", ["added", "removed"]].tolist() == [1, 0]


def test_new_ids_meet_by_shared_articles() -> None:
    names = {"e1": "x1", "e3": "x3"}
    new = load(events=renamed(CASES["events"], names), reports=renamed(CASES["reports"], names))
    found = pairs(load(), new)
    assert ("renamed", "e1", "x1", 4) in found
    assert ("renamed", "e3", "x3", 2) in found
    assert len(found) == len(CASES["events"])


def test_split_event_goes_to_the_part_that_shares_most() -> None:
    reports = renamed(CASES["reports"], {"e1": "x1"})
    reports[3]["event_id"] = "x2"
    events = renamed(CASES["events"], {"e1": "x1"})
    events.append({**events[0], "event_id": "x2"})
    found = pairs(load(), load(events=events, reports=reports))
    assert ("renamed", "e1", "x1", 3) in found
    assert ("added", None, "x2", 0) in found


def test_older_release_with_a_column_less_compares_the_others() -> None:
    older = load()
    older["events"] = older["events"].drop(columns=["confidence"])
    assert compare_releases(older, load()).is_empty


@pytest.mark.parametrize("side", ["old", "new", "both"])
def test_empty_releases(side: str) -> None:
    empty = {t: schema.empty_frame(t) for t in schema.TABLES}
    difference = compare_releases(
        load() if side == "new" else empty, load() if side == "old" else empty
    )
    assert difference.is_empty == (side == "both")
    assert list(difference.cells) == ["old_event_id", "new_event_id", "column", "before", "after"]
