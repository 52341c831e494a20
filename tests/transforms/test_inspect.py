"""An event as text: facts, claims, speakers, sources, links, history."""

import pandas as pd
import pytest

from transforms.inspect import describe_event, find_events
from transforms.schema import TABLES, empty_frame, frame_of

NIGHT = pd.Timestamp("2026-11-16")


@pytest.fixture
def tables():
    event = {
        "event_id": "abc123",
        "rule": "latest/1",
        "status": "active",
        "toll_disputed": True,
        "observed_at": NIGHT,
        "domain": "conflict",
        "event_type": "bombing",
        "date_start": NIGHT,
        "date_end": NIGHT,
        "place_name": "Kano",
        "country": "NGA",
        "killed_low": 3,
        "killed_best": 3,
        "killed_high": 3,
        "settled_by_killed": ["c1"],
        "headline": "Blast in Kano",
    }
    bare = {"event_id": "abd999", "rule": "latest/1", "status": "active", "toll_disputed": False}
    report = {
        "report_id": "r1",
        "article_id": "a1",
        "version": 1,
        "event_id": "abc123",
        "scope": "incident",
        "quote": "Three people were killed.",
        "observed_at": NIGHT,
    }
    claim = {
        "claim_id": "c1",
        "report_id": "r1",
        "article_id": "a1",
        "version": 1,
        "kind": "killed",
        "low": 3,
        "best": 3,
        "high": 3,
        "figure": "Three people",
        "convention": "exact",
        "relation": "total",
        "victim_role": "unknown",
        "speaker": "the governor",
        "speaker_role": "official",
        "stance": "asserted",
        "scope": "incident",
        "quote": "Three people were killed.",
        "sentence": 1,
        "char_start": 0,
        "char_end": 12,
        "observed_at": NIGHT,
        "coder_version": "1",
    }
    article = {
        "article_id": "a1",
        "version": 1,
        "publisher": "The Savanna Courier",
        "title": "Blast in Kano",
        "url": "https://savanna-courier.example/a1",
    }
    link = {"report_a": "r1", "report_b": "r2", "decision": "near_miss", "decided_by": "rule",
            "score": 0.4, "reasons": ["same day +1.6"], "observed_at": NIGHT}  # fmt: skip
    toll = {"event_id": "abc123", "observed_at": NIGHT, "rule": "latest/1", "killed_best": 3}
    rows = {
        "events": [event, bare],
        "reports": [report],
        "claims": [claim],
        "articles": [article],
        "links": [link],
        "tolls": [toll],
    }
    return {name: frame_of(name, rows.get(name, [])) for name in TABLES}


def test_an_event_is_told_with_all_that_stands_behind_it(tables):
    text = describe_event(tables, "abc")
    for piece in (
        "abc123  Blast in Kano",
        "conflict, bombing",
        "2026-11-16 (precision -)",
        "Kano, NGA",
        "toll disputed: yes",
        "killed 3 <- 'Three people' (total, asserted, decided the toll)",
        "said by the governor",
        "The Savanna Courier, 2026-11-16: https://savanna-courier.example/a1",
        "r1 r2  near_miss by rule (0.40): same day +1.6",
        "2026-11-16  killed about 3",
    ):
        assert piece in text


def test_an_event_of_which_nothing_is_known_is_told_too(tables):
    text = describe_event(tables, "abd999")
    assert "when        - (precision -)" in text
    assert "Claims" not in text


@pytest.mark.parametrize("event_id", ["ab", "", "zz"])
def test_an_id_of_none_or_several_is_refused(tables, event_id):
    assert describe_event(tables, event_id) is None


def test_no_events():
    assert describe_event({name: empty_frame(name) for name in TABLES}, "a") is None


def test_events_are_found_by_how_their_ids_begin(tables):
    assert find_events(tables, "abc") == ["abc123"]
    assert len(find_events(tables, "ab")) > 1
    assert find_events(tables, "") == find_events(tables, "zz") == []
