"""Two releases compared: what came, went, was renamed and changed."""

import pandas as pd

from transforms.compare import compare_releases, describe_comparison
from transforms.schema import TABLES, empty_frame, frame_of

NIGHT = pd.Timestamp("2026-11-16")


def tables(events, reports=()):
    frames = {name: empty_frame(name) for name in TABLES}
    rows = [
        {"rule": "latest/1", "status": "active", "toll_disputed": False, "observed_at": NIGHT, **e}
        for e in events
    ]
    told = [
        {
            "report_id": f"r{n}",
            "article_id": a,
            "version": 1,
            "event_id": e,
            "scope": "incident",
            "quote": "q",
        }
        for n, (a, e) in enumerate(reports)
    ]
    return frames | {"events": frame_of("events", rows), "reports": frame_of("reports", told)}


BEFORE = tables(
    [
        {"event_id": "e1", "killed_best": 3, "place_name": "Kano"},
        {"event_id": "e2", "killed_best": 5, "place_name": "Goma"},
        {"event_id": "e3", "killed_best": 1},
    ],
    [("a1", "e1"), ("a2", "e2"), ("a3", "e2")],
)
AFTER = tables(
    [
        {"event_id": "e1", "killed_best": 4, "place_name": "Kano", "date_start": NIGHT},
        {"event_id": "n2", "killed_best": 5, "place_name": "Goma"},
        {"event_id": "n4", "killed_best": 9},
    ],
    [("a1", "e1"), ("a2", "n2"), ("a3", "n2"), ("a9", "n4")],
)


def test_what_came_went_and_was_renamed():
    found = compare_releases(BEFORE, AFTER)
    assert [row["event_id"] for row in found.added] == ["n4"]
    assert [row["event_id"] for row in found.removed] == ["e3"]
    assert found.renamed == {"e2": "n2"}
    assert found.rows == {"reports": (3, 4)}


def test_fields_that_changed_are_named_with_both_values():
    found = compare_releases(BEFORE, AFTER)
    assert [(c.event_id, c.field, c.before, c.after) for c in found.changes] == [
        ("e1", "date_start", None, NIGHT),
        ("e1", "killed_best", 3, 4),
    ]
    text = describe_comparison(found)
    assert "~ e1 date_start: unknown -> 2026-11-16" in text
    assert "= e2 is n2 now" in text


def test_a_release_does_not_differ_from_itself():
    assert describe_comparison(compare_releases(AFTER, AFTER)) == ""


def test_empty_releases_are_equal():
    assert describe_comparison(compare_releases(tables([]), tables([]))) == ""
