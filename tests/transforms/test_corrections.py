from datetime import date

import pandas as pd
import pytest

from transforms import schema
from transforms.corrections import (
    correct_events,
    correct_merge,
    corrections_at,
    parse_corrections,
)
from transforms.errors import CorrectionError
from transforms.identity import hash_id
from transforms.merge import merge_reports

TAIL = """
reason = "the ministry corrected itself"
evidence = "https://ministry.example/statement"
date = 2026-11-05
"""


def written(*bodies):
    return "\n".join(f"[[correction]]\n{body}{TAIL}" for body in bodies)


def corrections(*bodies):
    return parse_corrections(written(*bodies))


def fix(event, field, value):
    return f'action = "fix"\nevent = "{event}"\nfield = "{field}"\nvalue = {value}'


def withdraw(event):
    return f'action = "withdraw"\nevent = "{event}"'


def split(event, *reports):
    return f'action = "split"\nevent = "{event}"\nreports = {list(reports)}'


def join(event, into):
    return f'action = "merge"\nevent = "{event}"\ninto = "{into}"'


def test_an_empty_file_has_no_corrections():
    assert parse_corrections("# nothing yet\n") == []


def test_the_committed_file_can_be_read(request):
    path = request.config.rootpath / "data" / "reference" / "corrections.toml"
    assert parse_corrections(path.read_text(encoding="utf-8")) == []


def test_a_correction_knows_its_line_and_holds_from_its_date():
    first, second = corrections(fix("e", "killed_best", 12), withdraw("f"))
    assert (first.line, first.field, first.value, second.line) == (1, "killed_best", 12, 10)
    assert corrections_at([first], date(2026, 11, 4)) == []
    assert corrections_at([first], date(2026, 11, 5)) == [first]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[correction]", "no TOML"),
        ("[corrections]", "unknown key 'corrections'"),
        ("correction = [{}]", r"write \[\[correction\]\] tables"),
        ('[[correction]]\naction = "mend"', "line 1: action is 'mend'"),
        (
            '# why\n\n[[correction]]\naction = "withdraw"\nevent = "e"',
            "line 3: withdraw needs date, evidence, reason",
        ),
        (written('action = "withdraw"\nevent = "e"\nfield = "x"'), "has no field"),
        (
            written(withdraw("e")).replace("https://ministry.example/statement", "my own eyes"),
            "evidence",
        ),
        (
            written(withdraw("e")).replace("https://ministry.example/statement", ""),
            "evidence is empty",
        ),
        (written(withdraw("e")).replace("2026-11-05", '"soon"'), "date must be a day"),
        (written(fix("e", "event_id", '"f"')), "no field 'event_id'"),
        (written(fix("e", "event_type", '"war"')), "event_type is one of"),
        ('[[correction]]\naction = ["fix"]', r"line 1: action is \['fix'\]"),
        (written(fix("e", "killed_best", "true")), "true does not fit into killed_best"),
        (written(fix("e", "toll_disputed", 1)), "1 does not fit into toll_disputed: true or false"),
        (written(fix("e", "killed_best", -3)), "killed_best can't be below 0"),
        (written(fix("e", "country", '"Colombia"')), "alpha-3 code such as NGA, not 'Colombia'"),
        (written(fix("e", "latitude", 912.5)), "latitude lies between -90 and 90"),
        (written(fix("e", "place_name", '""')), "words are wanted"),
        (written(fix("e", "date_start", 3)), "a day is wanted"),
        (
            written(fix("e", "killed_best", 3)).replace('"killed_best"', "3"),
            "field is empty, or no",
        ),
        (written(split("e", "r")).replace("['r']", '"r"'), "reports is a list of report ids"),
        (written(join("e", "f")).replace('"f"', "5"), "into is empty, or no text"),
        (written(split("e")), "names no reports"),
        (written(join("e", "e")), "part of itself"),
        (
            written(fix("e", "killed_best", 1), fix("e", "killed_best", 2)),
            r"line 10.*repeats line 1",
        ),
        (written(join("e", "f"), join("f", "e")), "line 1"),
        (written(withdraw("e"), fix("e", "killed_best", 2)), r"line 8.*line 1, which ends"),
        (written(withdraw("f"), join("e", "f")), "withdraws f"),
        (written(split("e", "r"), split("e", "r")), "repeats"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text, message):
    with pytest.raises(CorrectionError, match=message):
        parse_corrections(text)


def merged(*articles):
    day = {
        "date_start": "2026-11-02",
        "date_end": "2026-11-02",
        "date_precision": 1,
        "date_text": "x",
    }
    reports = schema.frame_of(
        "reports",
        [
            {
                "report_id": hash_id(name, 1, 0),
                "article_id": name,
                "version": 1,
                "scope": "incident",
                "quote": "",
                "event_type": "bombing",
                "place_name": town,
                "place_precision": 1,
                "country": "IRQ",
                "killed_best": 5,
                "killed_low": 5,
                "killed_high": 5,
                "observed_at": "2026-11-03",
                "report_date": "2026-11-03",
            }
            | day
            for name, town in articles
        ],
    )
    stories = schema.frame_of("articles", [{"article_id": a, "version": 1} for a, _ in articles])
    return merge_reports(reports, schema.empty_frame("claims"), stories)


def ids(state, *articles):
    by = state.reports.set_index("article_id")["event_id"]
    return [by[a] for a in articles]


def test_a_split_makes_an_event_of_the_reports_that_leave():
    before = merged(("a", "Ramadi"), ("b", "Ramadi"), ("c", "Ramadi"))
    event = ids(before, "a")[0]
    leaving = next(a for a in "abc" if hash_id(a, 0) != event)
    after = correct_merge(before, corrections(split(event, hash_id(leaving, 1, 0))))
    groups = after.reports.groupby("event_id")["article_id"].agg(set)
    assert sorted(map(len, groups)) == [1, 2]
    assert ids(after, leaving) == [hash_id(leaving, 0)]
    assert set(after.events["event_id"]) == {event, hash_id(leaving, 0)}
    said = after.links[after.links["decided_by"] == "correction"].iloc[0]
    assert said["decision"] == "separate"
    assert "https://ministry.example/statement" in said["reasons"][0]
    schema.to_arrow("links", after.links)


def test_the_founder_may_leave_and_its_id_stays():
    before = merged(("a", "Ramadi"), ("b", "Ramadi"))
    event = ids(before, "a")[0]
    founder = before.events["founder"].iloc[0]
    after = correct_merge(before, corrections(split(event, founder)))
    assert len(set(ids(after, "a", "b"))) == 2
    rest = after.reports[after.reports["report_id"] != founder]
    assert rest["event_id"].tolist() == [event]


def test_a_merge_leaves_a_tombstone():
    before = merged(("a", "Ramadi"), ("b", "Mosul"))
    a, b = ids(before, "a", "b")
    assert a != b
    after = correct_merge(before, corrections(join(a, b)))
    assert ids(after, "a", "b") == [b, b]
    assert after.tombstones[["event_id", "merged_into"]].to_numpy().tolist() == [[a, b]]
    assert after.links.loc[after.links["decided_by"] == "correction", "decision"].tolist() == [
        "joined"
    ]


@pytest.mark.parametrize(
    "body",
    [
        join("nowhere", "nothing"),
        split("nowhere", "r"),
    ],
)
def test_a_correction_that_matches_nothing_fails(body):
    with pytest.raises(CorrectionError, match=r"line 1: .* nowhere"):
        correct_merge(merged(("a", "Ramadi")), corrections(body))


def test_a_split_must_leave_something_on_both_sides():
    before = merged(("a", "Ramadi"))
    with pytest.raises(CorrectionError, match="both sides"):
        correct_merge(before, corrections(split(ids(before, "a")[0], hash_id("a", 1, 0))))
    with pytest.raises(CorrectionError, match="report r is not in event"):
        correct_merge(before, corrections(split(ids(before, "a")[0], "r")))


def an_event(**row):
    base = {"event_id": "e", "rule": "latest/1", "status": "active", "toll_disputed": False}
    return schema.frame_of("events", [base | row])


def test_a_withdrawn_event_stays_in_the_table():
    events = correct_events(an_event(), corrections(withdraw("e")))
    assert events["status"].tolist() == ["withdrawn"]
    with pytest.raises(CorrectionError, match="there is no event f"):
        correct_events(an_event(), corrections(withdraw("f")))


@pytest.mark.parametrize(
    ("bodies", "clashes"),
    [
        ((fix("d", "killed_best", 4), fix("e", "killed_best", 5)), True),
        ((fix("d", "killed_best", 4), withdraw("e")), True),
        ((withdraw("d"), fix("e", "place_name", '"Hit"')), True),
        ((fix("d", "killed_best", 4), fix("e", "killed_best", 4)), False),
        ((fix("d", "killed_best", 4), fix("e", "injured_best", 5)), False),
        ((withdraw("d"), withdraw("e")), False),
    ],
)
def test_events_that_became_one_can_not_be_corrected_two_ways(bodies, clashes):
    dead = an_event(event_id="d", status="merged", merged_into="e")
    events = pd.concat([dead, an_event()], ignore_index=True)
    if clashes:
        with pytest.raises(
            CorrectionError, match=r"line \d+: .* contradicts line 1: .* event e now"
        ):
            correct_events(events, corrections(*bodies))
    else:
        correct_events(events, corrections(*bodies))


def test_a_fix_follows_an_event_into_the_one_that_it_became_part_of():
    dead = an_event(event_id="d", status="merged", merged_into="e")
    events = pd.concat([dead, an_event()], ignore_index=True)
    fixed = correct_events(events, corrections(fix("d", "place_name", '"Hit"')))
    assert fixed["place_name"].tolist()[1] == "Hit"
    assert pd.isna(fixed["place_name"][0])


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        # low, best, high, civilian, state_force, armed_group, unknown
        ("killed_best", 12, (9, 12, 12, 4, 0, 0, 8)),
        ("killed_best", 3, (3, 3, 11, 0, 0, 0, 3)),
        ("killed_low", 11, (11, 11, 11, 4, 0, 0, 7)),
        ("killed_civilian", 6, (9, 10, 11, 6, 0, 0, 4)),
    ],
)
def test_a_fixed_toll_stays_in_order(field, value, expected):
    event = an_event(
        killed_low=9,
        killed_best=10,
        killed_high=11,
        killed_civilian=4,
        killed_state_force=0,
        killed_armed_group=0,
        killed_unknown=6,
    )
    fixed = correct_events(event, corrections(fix("e", field, value))).iloc[0]
    columns = [f"killed_{b}" for b in schema.BOUNDS] + list(schema.KILLED_ROLES)
    assert tuple(fixed[columns]) == expected


def test_a_value_that_does_not_fit_is_named():
    with pytest.raises(CorrectionError, match="does not fit into killed_best"):
        correct_events(an_event(), corrections(fix("e", "killed_best", '"many"')))


def test_days_that_a_fix_puts_out_of_order_are_named():
    event = an_event(date_start="2026-11-03", date_end="2026-11-04")
    late = corrections(fix("e", "date_start", "2026-12-25"))
    with pytest.raises(CorrectionError, match="line 1: fix e: date_start lies after date_end"):
        correct_events(event, late)
    both = corrections(fix("e", "date_start", "2026-12-25"), fix("e", "date_end", "2026-12-26"))
    assert correct_events(event, both)["date_start"].iloc[0] == pd.Timestamp("2026-12-25")
