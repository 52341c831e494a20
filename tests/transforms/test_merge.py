import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import schema
from transforms.identity import hash_id
from transforms.merge import merge_reports
from transforms.merging import candidates
from transforms.merging.packing import pack_state, unpack_state

TOWNS = {
    "Ramadi": (33.42, 43.31, "Anbar", "IRQ"),
    "Fallujah": (33.35, 43.78, "Anbar", "IRQ"),
    "Mosul": (36.34, 43.13, "Nineveh", "IRQ"),
    "Homs": (34.73, 36.72, "Homs", "SYR"),
    "Kandahar": (31.61, 65.71, "Kandahar", "AFG"),
}


ABROAD = {"latitude": 51.07, "longitude": -1.79, "admin1": "England", "country": "GBR"}
ADRIFT = {"event_type": "transport_accident", "killed": None}


def report(article, **rest):
    """A report from an invented article; `town`, `day`, `killed` and `says` stand for the rest."""
    town, day, killed = rest.pop("town", "Ramadi"), rest.pop("day", 2), rest.pop("killed", 5)
    version, ordinal = rest.pop("version", 1), rest.pop("ordinal", 0)
    row = {
        "report_id": hash_id(article, version, ordinal),
        "article_id": article,
        "version": version,
        "scope": "incident",
        "domain": "conflict",
        "event_type": "bombing",
        "quote": rest.pop("says", ""),
        "confidence": 0.8,
        "report_date": f"2026-11-{rest.pop('told', 3):02d}",
        "observed_at": f"2026-11-{rest.pop('night', 3):02d}",
    }
    if town:
        latitude, longitude, admin1, country = TOWNS.get(town, (None, None, None, "IRQ"))
        row |= {"place_name": town, "admin1": admin1, "country": country, "place_precision": 1}
        row |= {"latitude": latitude, "longitude": longitude}
    if day:
        date = f"2026-11-{day:02d}"
        row |= {
            "date_start": date,
            "date_end": date,
            "date_precision": 1,
            "date_text": "on the day",
        }
    if killed is not None:
        row |= {f"killed_{b}": killed for b in schema.BOUNDS}
    return row | rest


def merge(*rows, previous=None, **options):
    reports = schema.frame_of("reports", rows)
    articles = schema.frame_of(
        "articles",
        [
            {"article_id": a, "version": v}
            for a, v in dict.fromkeys((r["article_id"], r["version"]) for r in rows)
        ],
    )
    return merge_reports(
        reports, schema.empty_frame("claims"), articles, previous=previous, **options
    )


def together(merged):
    """The articles of each event, as a set of sets."""
    known = merged.reports[merged.reports["event_id"].notna()]
    groups = known.groupby("event_id")["report_id"].agg(frozenset)
    return set(groups)


def events_of(merged, *articles):
    by = merged.reports.drop_duplicates("article_id").set_index("article_id")["event_id"]
    return [by[a] for a in articles]


def one_event(*rows):
    return len(together(merge(*rows))) == 1


def test_no_reports():
    merged = merge()
    assert merged.reports.empty
    assert merged.links.empty
    assert merged.events.empty
    schema.to_arrow("links", merged.links)


def test_reports_of_nothing_but_nulls_stand_alone():
    bare = {"town": None, "day": None, "killed": None}
    merged = merge(
        report("a", **bare, report_date=None, observed_at=None),
        report("b", **bare, report_date=None, observed_at=None),
    )
    assert len(together(merged)) == 2
    schema.to_arrow("links", merged.links)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {}),
        # tolls move
        ({"killed": 3}, {"killed": 12, "told": 4}),
        ({"killed": 12}, {"killed": 9, "told": 4}),
        # kinds of one family
        ({}, {"event_type": "other"}),
        ({"event_type": "shooting"}, {"event_type": "clash"}),
        # a coarser place, a guessed day
        ({}, {"place_name": "Anbar", "place_precision": 4}),
        ({}, {"date_text": None, "date_start": "2026-11-01", "date_precision": 2}),
        # who is missing may be found
        ({**ADRIFT, "missing_low": 40}, {**ADRIFT, "missing_low": 9, "told": 4}),
        # no place or no day, but the rest agrees strongly
        (
            {"says": "The driver Samir Hallaq and the baker Omar Zeidan died in the market."},
            {
                "says": "Relatives buried Samir Hallaq and Omar Zeidan, who died in the market.",
                "town": None,
                "country": "IRQ",
            },
        ),
        # a town taken for another one of its name, abroad
        (
            {"says": "The driver Samir Hallaq and the baker Omar Zeidan died in the market."},
            {
                "says": "Relatives buried Samir Hallaq and Omar Zeidan, who died in the market.",
                **ABROAD,
            },
        ),
    ],
)
def test_compatible_reports_are_one_event(one, other):
    assert one_event(report("a", **one), report("b", **other))
    assert one_event(report("b", **other), report("a", **one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the same toll in two towns on one day
        ({"killed": 22}, {"killed": 22, "town": "Mosul"}),
        ({"killed": 22}, {"killed": 22, "town": "Fallujah"}),
        ({"killed": 22}, {"killed": 22, "town": "Upper Mill", "admin1": "Anbar"}),
        # one town on two days
        ({"killed": 22}, {"killed": 7, "day": 3}),
        ({"killed": 22}, {"killed": 22, "day": 5, "told": 6}),
        # another nature
        ({"event_type": "transport_accident"}, {"event_type": "bombing", "killed": 9}),
        # the next day's attack on the rescuers
        (
            {
                "killed": 22,
                "says": "Bombs went off in the Salhiya market, Colonel Omar Zeidan said.",
            },
            {
                "killed": 4,
                "day": 3,
                "told": 4,
                "says": "A bomber struck medics at the Salhiya market, Colonel Omar Zeidan said.",
            },
        ),
        # nothing but the country, or not even that
        ({"town": None, "country": "IRQ"}, {"town": None, "country": "IRQ"}),
        ({"town": None, "day": None}, {"town": None, "day": None}),
        ({}, {"town": None, "day": None}),
        # never across countries, not for the name of a town alone
        (
            {"event_type": "shooting", "killed": 1, "says": "A man was shot at a bar in Ramadi."},
            {
                "event_type": "shooting",
                "killed": 1,
                "says": "A man was shot in his car in Ramadi.",
                **ABROAD,
            },
        ),
        ({"says": "Samir Hallaq and Omar Zeidan died."}, {"country": "SYR"}),
        ({"says": "Samir Hallaq died."}, {"says": "Samir Hallaq died.", "country": "SYR"}),
    ],
)
def test_contradicting_reports_are_two_events(one, other):
    assert not one_event(report("a", **one), report("b", **other))
    assert not one_event(report("b", **other), report("a", **one))


def test_as_many_missing_speak_for_one_event():
    line = {"killed": None, "event_type": "weather"}
    line["says"] = "Eight cocoa pickers are missing since the water swept the bridge off."
    vague = {**line, "town": None, "country": "IRQ", "date_text": None, "date_precision": 2}
    vague["says"] = "Cocoa pickers were walking along a swollen river when the water came."
    assert not one_event(report("a", **line), report("b", **vague))
    missing = {f"missing_{bound}": 8 for bound in schema.BOUNDS}
    assert one_event(report("a", **line, **missing), report("b", **vague, **missing))


def test_a_chain_does_not_lead_from_town_to_town():
    merged = merge(
        report("a", town="Ramadi", killed=22),
        report("b", place_name="Anbar", place_precision=4, killed=22),
        report("c", town="Fallujah", killed=22),
    )
    a, _, c = events_of(merged, "a", "b", "c")
    assert a != c
    held = merged.links[merged.links["decision"] == "separate"]
    assert "held apart: two towns" in held["reasons"].iloc[0]


def test_a_chain_does_not_lead_from_day_to_day():
    days = [
        {"day": 2},
        {"day": None, "date_start": "2026-11-02", "date_end": "2026-11-04"},
        {"day": 4},
    ]
    merged = merge(*(report(a, killed=22, **day) for a, day in zip("abc", days, strict=True)))
    a, _, c = events_of(merged, "a", "b", "c")
    assert a != c


def test_a_chain_does_not_lead_from_country_to_country():
    says = "The driver Samir Hallaq and the baker Omar Zeidan died in the market."
    nowhere = {"town": None, "says": says}
    iraq, syria = nowhere | {"country": "IRQ"}, nowhere | {"country": "SYR"}
    assert one_event(report("a", **iraq), report("b", **nowhere))
    assert one_event(report("b", **nowhere), report("c", **syria))
    merged = merge(report("a", **iraq), report("b", **nowhere), report("c", **syria))
    a, _, c = events_of(merged, "a", "b", "c")
    assert a != c


def test_two_accounts_of_one_article_are_two_events():
    merged = merge(report("a"), report("a", ordinal=1), report("b"))
    assert len(together(merged)) == 2


def test_versions_of_one_article_are_one_event():
    merged = merge(
        report("a", killed=3),
        report("a", version=2, killed=7),
        report("a", version=2, ordinal=1, town="Mosul"),
    )
    assert len(together(merged)) == 2
    assert merged.events["event_id"].isin([hash_id("a", 0), hash_id("a", 1)]).all()


def test_only_incidents_make_events_and_recalled_ones_support_them():
    merged = merge(
        report("a", killed=31),
        report("b", killed=31, scope="background", told=9),
        report("c", killed=200, scope="background", town="Mosul", told=9),
        report("d", scope="aggregate"),
        report("e", scope="hypothetical"),
    )
    assert merged.reports["event_id"].notna().tolist() == [True, True, False, False, False]
    assert len(merged.events) == 1


def test_links_give_reasons_and_near_misses():
    merged = merge(
        report("a", killed=22),
        report("b", killed=22),
        report("c", killed=22, day=3),
    )
    schema.to_arrow("links", merged.links)
    joined = merged.links[merged.links["decision"] == "joined"].iloc[0]
    assert {reason.rsplit(" ", 1)[0] for reason in joined["reasons"]} >= {
        "same town",
        "same day",
        "same type",
        "same killed",
    }
    assert len(merged.links) == 2
    assert set(merged.links["decision"]) == {"joined", "near_miss"} or "separate" in set(
        merged.links["decision"]
    )


def test_an_event_bears_the_id_of_its_first_report():
    merged = merge(report("a", night=4), report("b", night=3), report("b", ordinal=1, town="Homs"))
    assert merged.events["event_id"].tolist() == sorted([hash_id("b", 0), hash_id("b", 1)])


def test_on_a_merge_the_first_published_id_lives_on():
    says = "The teacher Nadia Farouk was among the dead in the bus station."
    first = report("a", night=3, town=None, country="IRQ", killed=9, says=says)
    second = report("c", night=4, killed=None, day=2)
    bridge = report("b", night=5, killed=9, says=says)
    merged = merge(first, second)
    assert merged.events["status"].tolist() == ["active", "active"]
    merged = merge(first, second, bridge)
    events = merged.events.set_index("event_id")
    assert events.loc[hash_id("a", 0), "status"] == "active"
    assert events.loc[hash_id("c", 0), "merged_into"] == hash_id("a", 0)
    assert set(merged.reports["event_id"]) == {hash_id("a", 0)}


TEXTS = [
    "",
    "The teacher Nadia Farouk was killed in the bus station.",
    "Witnesses saw Nadia Farouk and Karim Saleh fall near the bus station.",
    "A shell hit the bakery where Karim Saleh worked.",
]
some_reports = st.lists(
    st.builds(
        dict,
        town=st.sampled_from(["Ramadi", "Fallujah", "Mosul", "Homs", None]),
        day=st.sampled_from([2, 2, 3, 5, None]),
        killed=st.sampled_from([None, 1, 5, 5, 22]),
        event_type=st.sampled_from(["bombing", "shooting", "transport_accident", "other"]),
        told=st.integers(3, 6),
        scope=st.sampled_from(["incident", "incident", "incident", "background"]),
        says=st.sampled_from(TEXTS),
        article=st.sampled_from([None, None, "shared", "twice"]),
    ),
    max_size=14,
)


def build(specs, nights):
    rows, counts, first = [], {}, {}
    for number, (spec, night) in enumerate(zip(specs, nights, strict=True)):
        spec = dict(spec)
        name = spec.pop("article")
        name = f"n{number}" if name is None else name
        counts[name] = counts.get(name, -1) + 1
        version = 1 + counts[name] // 2
        # the accounts of one article version are seen at once
        night = first.setdefault((name, version), night)
        rows.append(report(name, version=version, ordinal=counts[name] % 2, night=night, **spec))
    return rows


@settings(deadline=None, max_examples=25)
@given(some_reports, st.data())
def test_neither_order_nor_nights_change_what_stands_together(specs, data):
    nights = [data.draw(st.integers(3, 8)) for _ in specs]
    rows = build(specs, nights)
    whole = merge(*build(specs, [3] * len(specs)))
    shuffled = data.draw(st.permutations(rows))
    other = merge(*shuffled)
    assert together(other) == together(whole)


def same_merge(merged, whole):
    pd.testing.assert_frame_equal(merged.links, whole.links)
    pd.testing.assert_frame_equal(merged.events, whole.events)
    ours = merged.reports.set_index("report_id")["event_id"].sort_index()
    theirs = whole.reports.set_index("report_id")["event_id"].sort_index()
    pd.testing.assert_series_equal(ours, theirs)


@settings(deadline=None, max_examples=25)
@given(some_reports, st.data())
def test_night_after_night_gives_what_a_rebuild_gives(specs, data):
    nights = [data.draw(st.integers(3, 6)) for _ in specs]
    rows = build(specs, nights)
    merged = None
    for night in sorted({row["observed_at"] for row in rows}):
        seen = [row for row in rows if row["observed_at"] <= night]
        merged = merge(*seen, previous=merged and merged.state)
    whole = merge(*rows)
    if merged is None:
        return
    same_merge(merged, whole)
    # every id ever minted is still there, alive or as a tombstone that leads to a living event
    alive = set(whole.events.loc[whole.events["status"] == "active", "event_id"])
    assert set(whole.events["merged_into"].dropna()) <= alive
    assert set(whole.reports["event_id"].dropna()) <= alive


def test_a_recalled_event_that_finds_a_better_match_gives_up_its_old_link():
    says = "Witnesses saw Nadia Farouk and Karim Saleh fall near the bus station."
    known = report("a", town="Homs", night=3, says="The teacher Nadia Farouk was killed there.")
    recalled = report("b", town=None, night=3, told=5, scope="background", says=says)
    better = report("c", night=6, says=says)
    first = merge(known, recalled)
    assert first.links["decision"].tolist() == ["joined"]
    second = merge(known, recalled, better, previous=first.state)
    assert sorted(second.links["decision"]) != ["joined"]
    pd.testing.assert_frame_equal(second.links, merge(known, recalled, better).links)


@settings(deadline=None, max_examples=40)
@given(some_reports, st.integers(1, 4), st.data())
def test_whatever_part_was_kept_the_rest_gives_what_a_full_merge_gives(specs, limit, data):
    """Any reports may come first, whenever they were seen; names become common on the way."""
    rows = build(specs, [data.draw(st.integers(3, 6)) for _ in specs])
    batch = {row["article_id"]: data.draw(st.integers(0, 3)) for row in rows}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "COMMON_NAME", limit)
        patch.setattr(candidates, "RARE_PAIR", min(limit, 2))
        kept = None
        for last in range(4):
            seen = [row for row in rows if batch[row["article_id"]] <= last]
            merged = merge(*data.draw(st.permutations(seen)), previous=kept)
            kept = unpack_state(pack_state(merged.state))
        same_merge(merged, merge(*rows))


def test_what_met_over_a_name_parts_when_the_name_becomes_common(monkeypatch):
    """Two reports without a place meet over a name only, until too many reports hold it."""
    monkeypatch.setattr(candidates, "COMMON_NAME", 2)
    monkeypatch.setattr(candidates, "RARE_PAIR", 2)
    says = "The baker Samir Hallaq and the driver Omar Zeidan died near Nasser Bridge."
    bare = {"town": None, "country": "IRQ", "killed": 2, "says": says, "event_type": "other"}
    first = merge(report("a", **bare), report("b", **bare))
    assert len(together(first)) == 1
    rows = [report("a", **bare), report("b", **bare)]
    rows += [report(name, **(bare | {"country": "SYR"}), night=4) for name in ("c", "d")]
    moved = merge(*rows, previous=first.state)
    same_merge(moved, merge(*rows))
    assert len(together(moved)) == 4


def test_reports_that_are_gone_make_the_merge_a_full_one(caplog):
    caplog.set_level("INFO")
    whole = merge(report("a"), report("b"), report("c", town="Homs"))
    fewer = merge(report("b"), report("c", town="Homs"), previous=whole.state)
    assert "merging in full" in caplog.text
    same_merge(fewer, merge(report("b"), report("c", town="Homs")))


def test_a_night_without_reports_touches_nothing():
    rows = [report("a"), report("b"), report("c", town="Homs")]
    first = merge(*rows)
    again = merge(*rows, previous=first.state)
    assert again.touched == []
    same_merge(again, first)


def test_a_night_looks_only_at_what_its_reports_touch():
    old = [report(f"x{n}", town=town) for n, town in enumerate(["Ramadi", "Mosul", "Homs"])]
    before = merge(*old)
    after = merge(*old, report("y", night=4), previous=before.state)
    assert set(after.touched) == {old[0]["report_id"], hash_id("y", 1, 0)}
