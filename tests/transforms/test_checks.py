import pytest

from transforms import schema
from transforms.checks import check_balances, check_tables
from transforms.errors import CheckError

CLAIM = {
    "claim_id": "c",
    "report_id": "r",
    "article_id": "a",
    "version": 1,
    "kind": "killed",
    "low": 5,
    "best": 5,
    "high": 5,
    "figure": "five",
    "convention": "exact",
    "relation": "total",
    "victim_role": "civilian",
    "speaker_role": "narrator",
    "stance": "asserted",
    "scope": "incident",
    "quote": "A blast killed five villagers.",
    "sentence": 1,
    "char_start": 15,
    "char_end": 19,
    "coder_version": "test",
}
EVENT = {
    "event_id": "e",
    "rule": "latest/1",
    "status": "active",
    "toll_disputed": False,
    "killed_low": 5,
    "killed_best": 5,
    "killed_high": 5,
    "killed_civilian": 5,
    "killed_state_force": 0,
    "killed_armed_group": 0,
    "killed_unknown": 0,
    "settled_by_killed": ["c"],
}
TOLL = {k: v for k, v in EVENT.items() if k not in ("status", "toll_disputed")}
ROWS = {
    "articles": {"article_id": "a", "version": 1, "title": "Blast in the hills"},
    "claims": CLAIM,
    "attributions": {
        "attribution_id": "s",
        "report_id": "r",
        "stance": "alleged",
        "speaker_role": "official",
        "quote": "",
        "sentence": 1,
        "char_start": 0,
        "char_end": 1,
    },
    "reports": {
        "report_id": "r",
        "article_id": "a",
        "version": 1,
        "event_id": "e",
        "scope": "incident",
        "quote": "",
    },
    "events": EVENT,
    "tolls": TOLL | {"observed_at": "2026-11-03"},
    "links": {"report_a": "r", "report_b": "r", "decision": "joined", "decided_by": "rule"},
}
TEXT = "A blast killed five villagers. More is not known."


def tables(**changes):
    rows = {name: [row] for name, row in ROWS.items()}
    for name, change in changes.items():
        rows[name] = change if isinstance(change, list) else [ROWS[name] | change]
    return {name: schema.frame_of(name, listed) for name, listed in rows.items()}


def texts(text=TEXT):
    return schema.frame_of("articles", [ROWS["articles"]])[["article_id", "version"]].assign(
        text=text
    )


def test_sound_tables_pass():
    assert check_tables(tables(), texts=texts()) == []
    assert check_tables({}) == []
    assert check_tables({name: schema.empty_frame(name) for name in schema.TABLES}) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"claims": [CLAIM, CLAIM]}, "the key repeats: claims, 1 rows, first c"),
        ({"reports": {"quote": None}}, "quote is null"),
        ({"events": {"killed_low": 6}}, "killed_low <= killed_best"),
        ({"events": {"injured_low": 6, "injured_high": 5}}, "injured_low <= injured_best"),
        ({"reports": {"missing_best": -1}}, "missing_low <= missing_best"),
        ({"claims": {"high": 4}}, "low <= best <= high"),
        ({"events": {"killed_unknown": 1}}, "not the sum of the roles: events"),
        ({"tolls": {"killed_civilian": None}}, "not the sum of the roles: tolls"),
        ({"events": {"killed_best": None}}, "not the sum of the roles"),
        ({"claims": {"report_id": "x"}}, "report_id is not in reports: claims, 1 rows, first c"),
        ({"attributions": {"report_id": "x"}}, "report_id is not in reports: attributions"),
        ({"reports": {"event_id": "x"}}, "event_id is not in events: reports"),
        ({"events": {"status": "merged", "merged_into": "x"}}, "merged_into is not in events"),
        ({"tolls": {"event_id": "x"}}, "event_id is not in events: tolls"),
        ({"links": {"report_b": "x"}}, "report_b is not in reports"),
        ({"claims": {"version": 2}}, "the article version is not in articles: claims"),
        ({"articles": {"duplicate_of": "x"}}, "duplicate_of is not in articles"),
        ({"events": {"settled_by_killed": ["x"]}}, "settled_by_killed names"),
        ({"tolls": {"settled_by_injured": ["c"]}}, "settled_by_injured names"),
        ({"events": {"merged_into": "e"}}, "status and merged_into disagree"),
        ({"events": {"status": "merged", "merged_into": "e"}}, "leads to a merged event"),
        ({"reports": {"event_id": None}}, "no report stands in the event"),
        ({"claims": {"char_start": 19}}, "are no span"),
        ({"claims": {"char_end": 400}}, "char_end lies outside the text"),
        ({"claims": {"char_start": 31, "char_end": 40}}, "the words at the offsets"),
        ({"claims": {"sentence": 0, "char_end": 19}}, "char_end lies outside the text"),
    ],
)
def test_what_does_not_hold_blocks(changes, message):
    with pytest.raises(CheckError, match=message):
        check_tables(tables(**changes), texts=texts())


def test_all_findings_are_named_at_once():
    with pytest.raises(CheckError, match=r"killed_low.*injured_low.*Nothing is published"):
        check_tables(tables(events={"killed_low": 6, "injured_low": 2, "injured_high": 1}))


def test_roles_beyond_the_best_are_told_and_block_nothing():
    more = CLAIM | {"claim_id": "d", "relation": "subset", "victim_role": "state_force"}
    more |= {"low": 9, "best": 9, "high": 9}
    findings = check_tables(tables(claims=[CLAIM, more]), texts=texts())
    assert [str(f) for f in findings] == ["roles exceed killed_best: reports, 1 rows, first r"]


def test_the_two_balances():
    requests = {"planned": 5, "fetched": 2, "unchanged": 1, "rejected": 1, "deferred": 1}
    entries = {"seen": 9, "new_versions": 5, "known": 3, "rejected": 1, "deferred": 0}
    assert check_balances(requests, entries) == []
    assert check_balances(None, None) == []
    found = check_balances(requests | {"fetched": 3}, entries)
    assert (found[0].table, found[0].rows) == ("requests", 1)
    with pytest.raises(CheckError, match="does not balance: entries"):
        check_tables({}, requests=requests, entries=entries | {"known": 1})
