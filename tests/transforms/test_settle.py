import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import schema
from transforms.errors import SettingsError
from transforms.settle import RULES, settle, settle_events, settle_report

NIGHT = "2026-11-03"


def claim(report, number, **rest):
    article = report.split("#")[0]
    row = {
        "report_id": report,
        "article_id": article,
        "version": 1,
        "kind": "killed",
        "low": number,
        "best": number,
        "high": number,
        "figure": str(number),
        "convention": "exact",
        "relation": "total",
        "victim_role": "unknown",
        "speaker_role": "narrator",
        "stance": "asserted",
        "scope": "incident",
        "quote": "",
        "sentence": 1,
        "char_start": 0,
        "char_end": 1,
        "report_date": "2026-11-02",
        "observed_at": NIGHT,
        "coder_version": "test",
    }
    return row | rest


def claims_of(*rows, **extra):
    rows = [{"claim_id": f"c{i}"} | row for i, row in enumerate(rows)]
    known = set(schema.TABLES["claims"].names)
    frame = schema.frame_of("claims", [{k: v for k, v in r.items() if k in known} for r in rows])
    for name in {key for row in rows for key in row} - known:
        frame[name] = [row.get(name) for row in rows]
    return frame.assign(**extra)


def toll(claims, rule="latest", kind="killed"):
    row = settle(claims, rule).iloc[0]
    return tuple(
        None if pd.isna(row[f"{kind}_{b}"]) else int(row[f"{kind}_{b}"]) for b in schema.BOUNDS
    )


DAYS = ["2026-11-01", "2026-11-02", "2026-11-03"]
RISING = claims_of(
    claim("a", 4, report_date=DAYS[0]),
    claim("b", 9, report_date=DAYS[1]),
    claim("c", 7, report_date=DAYS[2]),
    claim("d", 8, report_date=DAYS[2]),
    claim("e", 8, report_date=DAYS[2]),
    claim("f", 12, report_date=DAYS[2], speaker_role="police"),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("latest", (8, 8, 8)),
        ("latest/1", (8, 8, 8)),
        ("ucdp", (4, 8, 12)),
        ("acled", (4, 4, 4)),
        ("min_max", (4, None, 12)),
        ("majority", (8, 8, 8)),
    ],
)
def test_each_rule_chooses_its_way(rule, expected):
    assert toll(RISING, rule) == expected


@pytest.mark.parametrize(
    ("convention", "low", "acled", "acled_10"),
    [
        ("several", 2, (2, 3, None), (2, 10, None)),
        ("plural", 2, (2, 3, None), (2, 10, None)),
        ("tens", 20, (10, 10, None), (10, 10, None)),
        ("dozens", 24, (12, 12, None), (12, 12, None)),
        ("hundreds", 200, (100, 100, None), (100, 100, None)),
    ],
)
def test_vague_words_are_low_bounds_except_for_those_who_want_numbers(
    convention, low, acled, acled_10
):
    claims = claims_of(claim("a", low, best=None, high=None, convention=convention))
    for rule in ("latest", "ucdp", "majority", "min_max"):
        assert toll(claims, rule) == (low, None, None)
    assert toll(claims, "acled") == acled
    assert toll(claims, "acled_10") == acled_10


def test_vague_words_do_not_replace_a_number():
    claims = claims_of(
        claim("a", 31, report_date=DAYS[0]),
        claim("b", 24, best=None, high=None, convention="dozens", report_date=DAYS[2]),
    )
    assert toll(claims) == (31, 31, 31)


def test_the_newest_is_by_report_date_and_never_by_when_it_was_seen():
    claims = claims_of(
        claim("a", 5, report_date=DAYS[2], observed_at=DAYS[0]),
        claim("b", 3, report_date=DAYS[0], observed_at=DAYS[2]),
        claim("c", 9, report_date=None),
    )
    assert toll(claims) == (5, 5, 5)


def test_copies_are_one_source():
    claims = claims_of(
        claim("a", 5, source="wire"),
        claim("b", 5, source="wire"),
        claim("c", 6, source="herald"),
        claim("d", 6, source="post"),
    )
    assert toll(claims) == (6, 6, 6)
    assert toll(claims.assign(source="wire")) == (5, 5, 5)


def test_the_perpetrators_figure_is_used_only_where_nothing_else_is_known():
    claims = claims_of(
        claim("a", 40, report_date=DAYS[2], credible=False),
        claim("b", 6, report_date=DAYS[0], credible=True),
    )
    assert toll(claims) == (6, 6, 6)
    assert toll(claims[claims["report_id"] == "a"]) == (40, 40, 40)


def test_only_incident_claims_settle_and_each_kind_by_itself():
    claims = claims_of(
        claim("a", 5),
        claim("b", 200, scope="background", report_date=DAYS[2]),
        claim("a", 12, kind="injured"),
    )
    assert toll(claims) == (5, 5, 5)
    assert toll(claims, kind="injured") == (12, 12, 12)
    assert toll(claims, kind="missing") == (None, None, None)


def test_reports_are_settled_first():
    claims = claims_of(
        claim("a", 2, relation="part", victim_role="state_force"),
        claim("a", 3, relation="part", victim_role="civilian"),
        claim("b", 5),
        claim("c", 4),
    )
    out = settle(claims).iloc[0]
    assert (out["killed_best"], out["settled_by_killed"]) == (5, ["c0", "c1", "c2"])
    assert out["settled_by_injured"] is None
    assert (out["killed_civilian"], out["killed_state_force"], out["killed_unknown"]) == (3, 2, 0)


def test_the_newest_version_of_an_article_speaks():
    claims = claims_of(
        claim("a", 3, version=1),
        claim("a2", 7, article_id="a", version=2),
        claim("b", 3, report_date=DAYS[0]),
    )
    assert toll(claims) == (7, 7, 7)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"victim_role": "civilian"}], (10, 0, 0, 0)),
        ([{}, {"n": 4, "relation": "subset", "victim_role": "armed_group"}], (0, 0, 4, 6)),
        (
            [
                {"victim_role": "civilian"},
                {"n": 2, "relation": "subset", "victim_role": "state_force"},
            ],
            (8, 2, 0, 0),
        ),
        (
            [
                {"victim_role": "civilian"},
                {"n": 3, "relation": "subset", "victim_role": "civilian"},
            ],
            (10, 0, 0, 0),
        ),
        ([{}, {"n": 14, "relation": "subset", "victim_role": "civilian"}], (0, 0, 0, 10)),
    ],
)
def test_the_dead_by_role_add_up_to_the_best(rows, expected):
    claims = claims_of(*(claim("a", row.pop("n", 10), **row) for row in map(dict, rows)))
    out = settle(claims).iloc[0]
    assert tuple(out[f"killed_{role}"] for role in schema.ROLES) == expected


def test_roles_are_null_where_the_best_is():
    out = settle(claims_of(claim("a", 2, best=None, high=None, victim_role="civilian"))).iloc[0]
    assert out[list(schema.KILLED_ROLES)].isna().all()


def test_those_who_died_of_their_wounds_are_killed_and_no_longer_injured():
    hurt = claim("a", 2, kind="injured", report_date=DAYS[0])
    claims = claims_of(hurt, claim("b", 2, report_date=DAYS[1]))
    assert toll(claims) == (2, 2, 2)
    assert toll(claims, kind="injured") == (None, None, None)
    # some died: how many are left is not for a rule to reckon
    claims = claims_of(hurt, claim("b", 1, report_date=DAYS[1]))
    assert toll(claims, kind="injured") == (2, 2, 2)
    # what is said later or by the same report stands
    for other in (claim("a", 2, report_date=DAYS[0]), claim("b", 3, report_date=DAYS[1])):
        claims = claims_of(hurt, other)
        assert toll(claims, kind="injured") == (2, 2, 2)
    claims = claims_of(hurt | {"report_date": DAYS[2]}, claim("b", 2, report_date=DAYS[1]))
    assert toll(claims, kind="injured") == (2, 2, 2)


def test_the_only_victim_is_not_hurt_as_well_whatever_the_day():
    dead = claim("a", 1, report_date=DAYS[0])
    hurt = claim("b", 1, kind="injured", report_date=DAYS[2])
    assert toll(claims_of(dead, hurt), kind="injured") == (None, None, None)
    assert toll(claims_of(dead, hurt)) == (1, 1, 1)
    # where a report tells of both, the two are two people
    both = (claim("c", 1, report_date=DAYS[0]), claim("c", 1, kind="injured"))
    assert toll(claims_of(dead, hurt, *both), kind="injured") == (1, 1, 1)
    # and a report of one hurt and nobody dead stands
    none = claim("b", 0, report_date=DAYS[2])
    assert toll(claims_of(dead, hurt, none), kind="injured") == (1, 1, 1)


def test_nothing_and_nulls():
    empty = settle(schema.empty_frame("claims"))
    assert empty.empty
    assert list(empty)[:2] == ["event_id", "killed_low"]
    nothing = claims_of(claim("a", None))
    for rule in RULES:
        assert settle(nothing, rule).empty


def test_an_unknown_rule_names_those_that_there_are():
    with pytest.raises(SettingsError, match=r"no settlement rule 'newest'.*latest/1, ucdp/1"):
        settle(RISING, "newest")
    with pytest.raises(SettingsError):
        settle(RISING, "latest/9")


def test_a_report_is_settled_from_its_rows():
    claims = claims_of(claim("a", 5, stance="disputed"), claim("a", 3, kind="injured", best=None))
    out = settle_report(claims)
    assert (out["killed_best"], out["injured_low"], out["injured_best"]) == (5, 3, None)
    assert all(value is None for value in settle_report(claims.iloc[:0]).values())


bounds = st.integers(0, 30).flatmap(
    lambda n: st.sampled_from(
        [(n, n, n), (n, n, None), (None, n, None), (None, n, n), (n, None, None), (n, n, n + 4)]
    )
)
some_claims = st.lists(
    st.builds(
        lambda report, number, kind, day, role, relation, convention, who, credible, event: claim(
            report,
            None,
            low=number[0],
            best=number[1],
            high=number[2],
            kind=kind,
            report_date=day,
            victim_role=role,
            relation=relation,
            convention=convention if number[1] is None else "exact",
            speaker_role=who,
            credible=credible,
            event_id=event,
        ),
        st.sampled_from("abcdef"),
        bounds,
        st.sampled_from(schema.KINDS),
        st.sampled_from([*DAYS, None]),
        st.sampled_from(schema.ROLES),
        st.sampled_from(schema.RELATIONS),
        st.sampled_from(["several", "dozens", "scores"]),
        st.sampled_from(schema.SPEAKER_ROLES),
        st.booleans(),
        st.sampled_from(["e1", "e2"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=15)
@given(some_claims, st.sampled_from(sorted(RULES)), st.randoms())
def test_bounds_and_roles_hold_for_every_rule(rows, rule, random):
    claims = claims_of(*rows)
    out = settle(claims, rule)
    for row in out.itertuples():
        for kind in schema.KINDS:
            known = [v for b in schema.BOUNDS if not pd.isna(v := getattr(row, f"{kind}_{b}"))]
            assert known == sorted(known)
        roles = [getattr(row, name) for name in schema.KILLED_ROLES]
        if pd.isna(row.killed_best):
            assert all(pd.isna(v) for v in roles)
        else:
            assert sum(roles) == row.killed_best
            assert min(roles) >= 0
    order = list(range(len(claims)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(settle(claims.iloc[order], rule), out)


def tables(reports, claims, attributions=(), articles=()):
    base = {"version": 1, "scope": "incident", "quote": "", "event_id": "e", "observed_at": NIGHT}
    sayings = {
        "speaker_role": "official",
        "quote": "",
        "sentence": 1,
        "char_start": 0,
        "char_end": 1,
    }
    return (
        schema.frame_of(
            "reports",
            [base | {"article_id": r["report_id"], "confidence": 0.5} | r for r in reports],
        ),
        claims,
        schema.frame_of(
            "attributions",
            [sayings | {"attribution_id": f"s{i}"} | a for i, a in enumerate(attributions)],
        ),
        schema.frame_of("articles", [{"version": 1} | a for a in articles]),
    )


def test_no_reports_no_events():
    assert settle_events(*tables([], schema.empty_frame("claims"))).empty


def test_an_event_of_nothing_but_nulls():
    events = settle_events(*tables([{"report_id": "a"}], schema.empty_frame("claims")))
    schema.to_arrow("events", events)
    assert events.loc[0, "status"] == "active"
    assert events[list(schema.TOLLS)].isna().all(axis=None)


def test_an_event_takes_the_finest_and_best_supported_facts():
    reports = [
        {"report_id": "a", "place_name": "Anbar", "place_precision": 4, "event_type": "other"},
        {"report_id": "b", "place_name": "Ramadi", "place_precision": 1, "event_type": "bombing"},
        {"report_id": "c", "place_name": "Anbar", "place_precision": 4, "event_type": "other"},
    ]
    dates = [
        {"date_start": "2026-11-01", "date_end": "2026-11-03", "date_precision": 2},
        {"date_start": "2026-11-02", "date_end": "2026-11-02", "date_precision": 1},
        {"date_start": "2026-11-01", "date_end": "2026-11-01", "date_precision": 1},
    ]
    reports = [r | d for r, d in zip(reports, dates, strict=True)]
    reports[2]["date_text"] = "on Sunday"
    claims = claims_of(claim("a", 3), claim("b", 4), claim("c", 4, stance="disputed"))
    event = settle_events(*tables(reports, claims)).iloc[0]
    assert (event["place_name"], event["event_type"]) == ("Ramadi", "bombing")
    assert (event["date_start"], event["date_text"]) == (pd.Timestamp("2026-11-01"), "on Sunday")
    assert bool(event["toll_disputed"])
    assert event["confidence"] == 0.875


def test_who_was_abducted_and_then_killed_was_killed():
    known = {"killed_low": 3, "killed_best": 3, "killed_high": 3}
    found = {"report_id": "b", "event_type": "execution_or_massacre", **known}
    taken = [{"report_id": name, "event_type": "abduction"} for name in "ac"]
    claims = claims_of(claim("b", 3))
    events = settle_events(*tables([*taken, found], claims))
    assert events.loc[0, "event_type"] == "execution_or_massacre"
    events = settle_events(*tables(taken, schema.empty_frame("claims")))
    assert events.loc[0, "event_type"] == "abduction"


def test_articles_publishers_and_independent_sources_are_counted_with_copies():
    articles = [
        {"article_id": "a", "publisher": "Meridian Wire", "title": "Blast"},
        {"article_id": "b", "publisher": "Valley Post", "duplicate_of": "a", "title": "Copy"},
        {"article_id": "c", "publisher": "Herald"},
        {"article_id": "d", "publisher": "Herald"},
    ]
    reports = [
        {"report_id": name, "report_date": day}
        for name, day in (("a", DAYS[0]), ("c", DAYS[1]), ("d", DAYS[2]))
    ]
    event = settle_events(*tables(reports, schema.empty_frame("claims"), [], articles)).iloc[0]
    assert (event["n_articles"], event["n_publishers"], event["n_independent"]) == (4, 3, 2)
    assert event["headline"] == "Blast"
    assert event["first_reported_at"] == pd.Timestamp(DAYS[0])
    assert event["last_reported_at"] == pd.Timestamp(DAYS[2])


@pytest.mark.parametrize(
    ("sayings", "grade"),
    [
        ([], None),
        ([("a", "North Front", "alleged")], "weak"),
        ([("a", "North Front", "alleged"), ("b", "North Front", "alleged")], "fair"),
        ([("a", "North Front", "alleged"), ("a", "North Front", "claimed")], "confirmed"),
        ([("a", "North Front", "claimed"), ("b", "South Front", "alleged")], "contested"),
        ([("a", "North Front", "alleged"), ("b", "North Front", "denied")], "contested"),
        ([("a", None, "disowned")], None),
    ],
)
def test_the_grade_of_an_attribution(sayings, grade):
    rows = [dict(zip(("report_id", "actor", "stance"), s, strict=True)) for s in sayings]
    articles = [{"article_id": "a", "publisher": "P"}, {"article_id": "b", "publisher": "Q"}]
    reports = [{"report_id": "a"}, {"report_id": "b"}]
    events = settle_events(*tables(reports, schema.empty_frame("claims"), rows, articles))
    assert [g if isinstance(g, str) else None for g in events["attribution"]] == [grade]


def test_a_speaker_on_the_perpetrators_side_is_not_believed_alone():
    reports = [
        {"report_id": "a", "actor": "North Front", "actor_text": "the Front"},
        {"report_id": "b", "actor": "North Front"},
    ]
    claims = claims_of(
        claim("a", 40, speaker="the North Front", speaker_role="armed_group"),
        claim("b", 6, speaker="a doctor", speaker_role="medical"),
    )
    events = settle_events(*tables(reports, claims))
    assert events.loc[0, "killed_best"] == 6


def test_merged_events_stay_as_tombstones():
    stones = pd.DataFrame(
        {"event_id": ["d"], "merged_into": ["e"], "observed_at": [pd.Timestamp(NIGHT)]}
    )
    events = settle_events(
        *tables([{"report_id": "a"}], claims_of(claim("a", 2))), tombstones=stones
    )
    schema.to_arrow("events", events)
    assert events["status"].tolist() == ["merged", "active"]
    assert events["merged_into"].tolist()[0] == "e"
    assert pd.isna(events["killed_best"][0])
