"""Events and what changed, as lines for a terminal."""

from datetime import date

import pandas as pd

from transforms.corrections import parse_corrections
from transforms.difference import compare_releases
from transforms.listing import list_changes, list_corrections, list_differences, list_events
from transforms.schema import TABLES, empty_frame, frame_of

NIGHT = date(2026, 11, 17)
BEFORE = pd.Timestamp("2026-11-16")
AT = pd.Timestamp(NIGHT)


def event(event_id, **columns):
    return {
        "event_id": event_id,
        "rule": "latest@1",
        "status": "active",
        "toll_disputed": False,
        "observed_at": BEFORE,
        **columns,
    }


def tables(events, tolls=()):
    frames = {name: empty_frame(name) for name in TABLES}
    return frames | {"events": frame_of("events", events), "tolls": frame_of("tolls", tolls)}


BLAST = event(
    "e1",
    date_start=pd.Timestamp("2026-11-16"),
    date_end=pd.Timestamp("2026-11-16"),
    place_name="Maiduguri",
    country="NGA",
    event_type="bombing",
    killed_low=11,
    killed_best=14,
    injured_low=30,
    injured_best=30,
    attribution="weak",
    actor="Red Plateau Front",
    n_independent=3,
)


def test_events_are_listed_with_all_that_is_known():
    text = list_events(frame_of("events", [BLAST, event("e2"), event("e3", status="merged")]))
    heading, *lines = text.splitlines()
    assert heading.split() == [
        "date", "place", "type", "killed", "injured", "attribution", "sources"
    ]  # fmt: skip
    assert len(lines) == 2
    assert lines[0].split() == [
        "2026-11-16", "Maiduguri", "NGA", "bombing", "11-14-?", "at", "least", "30",
        "weak:", "Red", "Plateau", "Front", "3",
    ]  # fmt: skip
    assert lines[1].split() == ["?", "?", "?", "?-?-?", "?", "-", "?"]


def test_no_events_leave_the_headings():
    assert len(list_events(empty_frame("events")).splitlines()) == 1


def test_a_night_tells_what_is_new_what_moved_and_what_is_gone():
    before = tables([{**BLAST, "killed_best": 11}, event("e9")])
    after = tables(
        [BLAST, event("e5", observed_at=AT), event("e9", status="merged", merged_into="e1")],
        [
            {"event_id": "e1", "rule": "latest@1", "observed_at": BEFORE, "killed_best": 11},
            {"event_id": "e1", "rule": "latest@1", "observed_at": AT, "killed_best": 14},
        ],
    )
    lines = list_changes(after, before, NIGHT).splitlines()
    assert lines[0] == ("2026-11-17: 1 new event, 1 toll moved, 1 event merged or withdrawn")
    assert lines[1] == "  + ? ?, event: no figure"
    assert lines[2] == "  ~ 2026-11-16 Maiduguri NGA, bombing: killed about 11 -> about 14"
    assert lines[3] == "  - e9 merged into e1"


def test_a_quiet_night_is_one_line():
    assert len(list_changes(tables([]), None, NIGHT).splitlines()) == 1


def test_corrections_are_listed_with_their_grounds():
    text = """
[[correction]]
action = "fix"
event = "aa"
field = "killed_best"
value = 4
reason = "a recount"
evidence = "https://ministry.example/recount"
date = 2026-11-17
"""
    assert list_corrections(parse_corrections(text)).splitlines() == [
        "corrected by people:",
        "  ! fix aa: killed_best = 4",
        "      a recount (https://ministry.example/recount)",
    ]
    assert list_corrections([]) == ""


def differences(before, after):
    return list_differences(compare_releases(before, after), before["events"], after["events"])


def test_differences_between_releases_are_listed():
    before = tables([event("e1", killed_best=3), event("e2"), event("e3")])
    after = tables([event("e1", killed_best=4, date_start=AT), event("e4")])
    lines = differences(before, after).splitlines()
    assert lines[0] == "  events: 1 rows added, 2 removed, 1 changed"
    assert sorted(lines[1:4]) == ["  + e4  ? ?, event", "  - e2  ? ?, event", "  - e3  ? ?, event"]
    assert "  ~ e1 killed_best: 3 -> 4" in lines
    assert any(line.startswith("  ~ e1 date_start: unknown -> 2026-11-17") for line in lines)
    assert differences(after, after) == ""
