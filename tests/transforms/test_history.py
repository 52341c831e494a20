from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import schema
from transforms.checks import check_tables
from transforms.corrections import parse_corrections
from transforms.history import as_of, relate, toll_history
from transforms.identity import hash_id

NAMES = ("articles", "claims", "attributions", "reports")


def coded(*tellings):
    """Tables of tellings (article, killed, night[, town[, options]]), a report of a claim each."""
    rows = {name: [] for name in NAMES}
    for article, killed, night, *rest in tellings:
        town = rest[0] if rest else "Ramadi"
        options = rest[1] if len(rest) > 1 else {}
        version = options.get("version", 1)
        day = f"2026-11-{night:02d}"
        told = options.get("told", day)
        report = hash_id(article, version, 0)
        base = {"article_id": article, "version": version, "report_date": told}
        rows["articles"].append(
            {"article_id": article, "version": version, "publisher": article, "night": day}
        )
        rows["reports"].append(
            base
            | {
                "report_id": report,
                "scope": "incident",
                "event_type": "bombing",
                "place_name": town,
                "place_precision": 1,
                "country": "IRQ",
                "date_start": "2026-11-02",
                "date_end": "2026-11-02",
                "date_precision": 1,
                "date_text": "on Monday",
                "quote": "",
                "confidence": 0.8,
                "observed_at": day,
            }
            | {f"killed_{b}": killed for b in schema.BOUNDS}
        )
        rows["claims"].append(
            base
            | dict.fromkeys(schema.BOUNDS, killed)
            | {
                "claim_id": f"claim-{report}",
                "report_id": report,
                "kind": "killed",
                "figure": str(killed),
                "convention": "exact",
                "relation": "total",
                "victim_role": "unknown",
                "speaker_role": "narrator",
                "stance": "asserted",
                "scope": "incident",
                "quote": f"{killed} were killed",
                "sentence": 1,
                "char_start": 0,
                "char_end": len(str(killed)),
                "observed_at": day,
                "coder_version": "test",
            }
        )
    return {name: schema.frame_of(name, rows[name]) for name in NAMES}


def written(tables):
    out, _ = relate(tables)
    return {
        night.day: int(best)
        for night, best in zip(
            out["tolls"]["observed_at"], out["tolls"]["killed_best"], strict=True
        )
    }


RISING = coded(("a", 4, 3), ("b", 4, 4), ("c", 9, 5), ("d", 7, 7))


def test_nothing_is_known_before_the_first_claim():
    empty = {name: schema.empty_frame(name) for name in NAMES}
    out, _ = relate(empty)
    assert all(table.empty for table in out.values())
    assert as_of(RISING, date(2026, 11, 2))["events"].empty
    for name, table in out.items():
        schema.to_arrow(name, table)


def test_a_toll_has_a_row_for_each_night_on_which_it_changed():
    assert written(RISING) == {3: 4, 5: 9, 7: 7}


def test_the_last_row_is_the_current_toll():
    out, _ = relate(RISING)
    check_tables(out)
    assert out["tolls"]["killed_best"].tolist()[-1] == out["events"]["killed_best"].tolist()[0]
    assert out["tolls"]["settled_by_killed"].tolist()[0] == [f"claim-{hash_id('a', 1, 0)}"]


def test_a_new_version_replaces_what_its_article_said():
    tables = coded(("a", 3, 3), ("a", 7, 4, "Ramadi", {"version": 2, "told": "2026-11-03"}))
    assert written(tables) == {3: 3, 4: 7}


def test_a_late_article_with_an_older_date_changes_no_newer_toll():
    assert written(coded(("a", 9, 5), ("b", 4, 7, "Ramadi", {"told": "2026-11-03"}))) == {5: 9}


def test_as_of_gives_what_was_known_by_a_night():
    out = as_of(RISING, date(2026, 11, 5))
    assert out["events"]["killed_best"].tolist() == [9]
    assert len(out["articles"]) == len(out["claims"]) == 3
    assert out["tolls"]["observed_at"].max() == pd.Timestamp("2026-11-05")


def test_another_rule_has_another_history():
    tables = relate(RISING, rule="ucdp")[0]
    assert tables["tolls"]["rule"].unique().tolist() == ["ucdp/1"]
    assert tables["tolls"]["killed_high"].tolist() == [4, 9, 9]


FIX = """
[[correction]]
action = "fix"
event = "{event}"
field = "killed_best"
value = 8
reason = "a recount"
evidence = "https://ministry.example/recount"
date = 2026-11-06
"""


def test_a_fixed_toll_counts_from_the_night_of_its_correction():
    event = relate(RISING)[0]["events"]["event_id"].iloc[0]
    corrections = parse_corrections(FIX.format(event=event))
    out, _ = relate(RISING, corrections=corrections)
    assert out["events"]["killed_best"].tolist() == [8]
    history = dict(
        zip(out["tolls"]["observed_at"].dt.day, out["tolls"]["killed_best"], strict=True)
    )
    assert history == {3: 4, 5: 9, 6: 8, 7: 8}
    check_tables(out)
    before = as_of(RISING, date(2026, 11, 5), corrections=corrections)
    assert before["events"]["killed_best"].tolist() == [9]


def test_claims_without_a_night_have_no_history():
    tables = {name: frame.copy() for name, frame in RISING.items()}
    for name in ("claims", "reports"):
        tables[name]["observed_at"] = pd.NaT
    out, _ = relate(tables)
    assert out["tolls"].empty
    assert len(out["events"]) == 1


TOWNS = ["Ramadi", "Mosul", "Homs"]
tellings = st.lists(
    st.tuples(st.sampled_from([3, 5, 9]), st.sampled_from(TOWNS), st.integers(3, 9)), max_size=9
)


@settings(deadline=None, max_examples=10)
@given(tellings, st.data())
def test_the_current_toll_depends_on_neither_order_nor_nights(told, data):
    """Articles a<n> with their own report dates, seen on some night or other."""
    fixed = [{"told": f"2026-11-{day:02d}"} for _, _, day in told]
    seen = [data.draw(st.integers(3, 9)) for _ in told]
    rows = [
        (f"a{n}", killed, night, town, option)
        for n, ((killed, town, _), night, option) in enumerate(zip(told, seen, fixed, strict=True))
    ]
    at_once = [(a, killed, 3, town, option) for a, killed, _, town, option in rows]
    one = relate(coded(*at_once))[0]
    other = relate(coded(*data.draw(st.permutations(rows))))[0]
    check_tables(other)

    def settled(tables):
        reports = tables["reports"].merge(tables["events"], on="event_id", suffixes=("", "_event"))
        groups = reports.groupby("event_id")
        return {
            (frozenset(rows["report_id"]), int(rows["killed_best_event"].iloc[0]))
            for _, rows in groups
        }

    assert settled(one) == settled(other)


@settings(deadline=None, max_examples=8)
@given(tellings, st.integers(3, 9))
def test_the_history_of_a_night_is_what_was_known_on_it(told, night):
    rows = [(f"a{n}", killed, day, town) for n, (killed, town, day) in enumerate(told)]
    whole = relate(coded(*rows))[0]
    then = as_of(coded(*rows), date(2026, 11, night))
    known = whole["tolls"][whole["tolls"]["observed_at"] <= pd.Timestamp(2026, 11, night)]
    pd.testing.assert_frame_equal(known.reset_index(drop=True), then["tolls"])


def test_toll_history_of_reports_alone():
    tables, merged = relate(RISING)
    out = toll_history(merged.reports, tables["claims"], tables["attributions"], tables["articles"])
    pd.testing.assert_frame_equal(out, tables["tolls"])


def test_an_unknown_rule_stops_it():
    with pytest.raises(Exception, match="no settlement rule"):
        relate(RISING, rule="newest")
