"""The release of the sample press against data/sample/expected.toml, night by night."""

import re
import tomllib
import unicodedata
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from flows.samplepress import list_nights
from transforms.corrections import ACTIONS, parse_corrections
from transforms.schema import BOUNDS, KINDS

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
EXPECTED = tomllib.loads((SAMPLE / "expected.toml").read_text(encoding="utf-8"))
CORRECTIONS = parse_corrections((SAMPLE / "corrections.toml").read_text(encoding="utf-8"))
PLAIN = {"domain", "event_type", "date_precision", "country", "place_precision", "responsibility",
         "attribution", "toll_disputed", "n_independent"}  # fmt: skip
NULL_UNLESS_SAID = ("actor", "attribution", "responsibility")
KIND_OF_DIVISION = re.compile(
    r"\b(state|province|region|department|governorate|regency|district)\b"
)


class Outcome:
    """What the three nights gave, by the names that expected.toml uses."""

    def __init__(self, demo):
        self.nights = list_nights(SAMPLE)
        self.by_night = {
            pd.Timestamp(night).date(): demo.tables(name)
            for night, name in zip(self.nights, demo.releases(), strict=True)
        }
        self.last = self.by_night[self.nights[-1]]
        articles = self.last["articles"]
        keys = articles["url"].str.extract(r"//[^/]+/(.+)\.html$")[0]
        self.key_of = dict(zip(articles["article_id"], keys, strict=True))

    def reports_of(self, keys, tables=None, scopes=("incident",)):
        reports = (tables or self.last)["reports"]
        mine = reports["article_id"].map(self.key_of).isin(keys) & reports["scope"].isin(scopes)
        return reports[mine]

    def event(self, keys, tables=None, place=None):
        """The living event in which most of the articles' reports stand, or None.

        Of two events of one article it is the one at the place.
        """
        tables = tables or self.last
        reports = self.reports_of(keys, tables)
        alive = tables["events"].loc[tables["events"]["status"] == "active", "event_id"]
        counts = reports.loc[reports["event_id"].isin(alive), "event_id"].value_counts()
        if counts.empty:
            return None
        events = tables["events"].set_index("event_id", drop=False)
        most = [key for key in counts.index if counts[key] == counts.iloc[0]]
        there = [
            key for key in most if place and folded(events.loc[key, "place_name"]) == folded(place)
        ]
        return events.loc[(there or most)[0]]


@pytest.fixture(scope="module")
def outcome(demo):
    return Outcome(demo)


def folded(text):
    if text is None or pd.isna(text):
        return None
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(KIND_OF_DIVISION.sub(" ", flat.removeprefix("the ")).split())


def plain(value):
    return None if pd.isna(value) else value.item() if hasattr(value, "item") else value


def toll(row):
    """The known tolls of a row, as expected.toml writes them."""
    found = {}
    for kind in KINDS:
        parts = [plain(row[f"{kind}_{bound}"]) for bound in BOUNDS]
        if any(part is not None for part in parts):
            found[kind] = "/".join("-" if part is None else str(part) for part in parts)
    return found


def differences(expected, event):
    """Fields of an event that are not as expected."""
    unchecked = set(expected.get("unchecked", ()))
    wrong = {}
    for name in sorted(
        {*PLAIN, *NULL_UNLESS_SAID, "date_start", "date_end", "place_name", "admin1"}
    ):
        if name in unchecked or (name not in expected and name not in NULL_UNLESS_SAID):
            continue
        want, got = expected.get(name), plain(event[name])
        if name in ("place_name", "admin1"):
            want, got = folded(want), folded(got)
        elif name.startswith("date_") and name != "date_precision":
            got = None if got is None else pd.Timestamp(event[name]).date()
        elif name == "actor" and "actor_among" in expected:
            want = got if got in expected["actor_among"] else expected["actor_among"]
        if want != got:
            wrong[name] = (got, want)
    for role, count in expected.get("roles", {}).items():
        if plain(event[f"killed_{role}"]) != count:
            wrong[f"killed_{role}"] = (plain(event[f"killed_{role}"]), count)
    return wrong


@pytest.mark.parametrize("expected", EXPECTED["event"], ids=lambda e: e["key"])
def test_event_is_found_with_when_where_and_who(outcome, expected):
    event = outcome.event(expected["articles"], place=expected.get("place_name"))
    assert event is not None, "no event"
    assert differences(expected, event) == {}


@pytest.mark.parametrize("expected", EXPECTED["event"], ids=lambda e: e["key"])
def test_its_reports_stand_together(outcome, expected):
    reports = outcome.reports_of(expected["articles"])
    others = outcome.reports_of(
        {k for e in EXPECTED["event"] if e is not expected for k in e["articles"]}
    )
    event = outcome.event(expected["articles"], place=expected.get("place_name"))
    assert event is not None, "no event"
    shared = set(others["article_id"])
    for key in expected["articles"]:
        mine = reports[reports["article_id"].map(outcome.key_of) == key]
        assert event["event_id"] in set(mine["event_id"]), f"{key} stands elsewhere"
        if not set(mine["article_id"]) & shared:
            assert set(mine["event_id"]) == {event["event_id"]}, f"{key} tells of more"


@pytest.mark.parametrize("expected", EXPECTED["event"], ids=lambda e: e["key"])
def test_its_toll_moves_as_expected(outcome, expected):
    for night, tables in outcome.by_night.items():
        known = [n for n in expected["tolls"] if n <= str(night)]
        event = outcome.event(expected["articles"], tables, place=expected.get("place_name"))
        if not known:
            assert event is None, f"{night}: known too early"
            continue
        assert event is not None, f"{night}: no event"
        assert toll(event) == expected["tolls"][max(known)], str(night)


@pytest.mark.parametrize("expected", EXPECTED["merged_event"], ids=lambda e: e["key"])
def test_an_event_that_became_part_of_another_leaves_a_tombstone(outcome, expected):
    ((night, before),) = expected["tolls"].items()
    apart = outcome.event(expected["articles"], outcome.by_night[date.fromisoformat(night)])
    assert apart is not None
    assert toll(apart) == before
    whole = next(e for e in EXPECTED["event"] if e["key"] == expected["merges_into"])
    joined = outcome.event(whole["articles"])
    assert set(outcome.reports_of(expected["articles"])["event_id"]) == {joined["event_id"]}
    tombs = outcome.last["events"][outcome.last["events"]["merged_into"] == joined["event_id"]]
    assert len(tombs) == 1
    assert {apart["event_id"], joined["event_id"]} >= set(tombs["event_id"])
    merged_on = [
        n for n, t in outcome.by_night.items() if tombs["event_id"].iloc[0] in _dead(t["events"])
    ]
    assert min(merged_on) == expected["merges_on"]


def _dead(events):
    return set(events.loc[events["status"] == "merged", "event_id"])


@pytest.mark.parametrize("expected", EXPECTED["withdrawn"], ids=lambda e: e["key"])
def test_a_withdrawn_event_is_kept_with_what_was_said(outcome, expected):
    ((night, before),) = expected["tolls"].items()
    then = outcome.event(expected["articles"], outcome.by_night[date.fromisoformat(night)])
    assert toll(then) == before
    assert outcome.event(expected["articles"]) is None
    events = outcome.last["events"].set_index("event_id")
    now = events.loc[then["event_id"]]
    assert now["status"] == "withdrawn"
    assert toll(now) == before
    assert folded(now["place_name"]) == folded(expected["place_name"])


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda c: c.action)
def test_each_kind_of_correction_is_there_and_is_told(outcome, demo, correction):
    assert {c.action for c in CORRECTIONS} == set(ACTIONS)
    assert correction.event in set(outcome.last["events"]["event_id"])
    assert f"! {correction.action} {correction.event}" in demo.said
    links = outcome.last["links"]
    mine = links[links["decided_by"] == "correction"]["reasons"].explode()
    decides = correction.action in ("split", "merge")
    assert mine.str.contains(correction.evidence, regex=False).any() == decides


def test_nothing_else_is_an_event(outcome):
    living = outcome.last["events"][outcome.last["events"]["status"] == "active"]
    wanted = {
        outcome.event(e["articles"], place=e.get("place_name"))["event_id"]
        for e in EXPECTED["event"]
        if outcome.event(e["articles"], place=e.get("place_name")) is not None
    }
    spare = living[~living["event_id"].isin(wanted)]
    reports = outcome.last["reports"]
    told = reports[reports["event_id"].isin(spare["event_id"])]
    assert sorted(told["article_id"].map(outcome.key_of) + ": " + told["quote"]) == []


@pytest.mark.parametrize(
    "expected", EXPECTED["figure"], ids=lambda f: f"{f['article']} {f['scope']}"
)
def test_a_figure_that_is_no_event_is_kept_with_its_scope(outcome, expected):
    claims = outcome.last["claims"]
    mine = claims[claims["article_id"].map(outcome.key_of) == expected["article"]]
    found = [
        (
            row["scope"],
            row["kind"],
            "/".join("-" if pd.isna(row[b]) else str(row[b]) for b in BOUNDS),
        )
        for _, row in mine.iterrows()
    ]
    assert (expected["scope"], expected["kind"], expected["value"]) in found


@pytest.mark.parametrize("expected", EXPECTED["copy"], ids=lambda c: c["article"])
def test_a_copy_points_to_its_original(outcome, expected):
    articles = outcome.last["articles"]
    copies = articles[articles["article_id"].map(outcome.key_of) == expected["article"]]
    assert set(copies["duplicate_of"].map(outcome.key_of)) == {expected["of"]}


@pytest.mark.parametrize("expected", EXPECTED["edited"], ids=lambda c: c["article"])
def test_an_edit_is_a_new_version(outcome, expected):
    articles = outcome.last["articles"]
    mine = articles[articles["article_id"].map(outcome.key_of) == expected["article"]]
    assert mine["version"].tolist() == [1, 2]
    assert mine["night"].max().date() == expected["night"]


@pytest.mark.parametrize("key", EXPECTED["quiet"]["articles"])
def test_a_quiet_article_says_nothing(outcome, key):
    claims = outcome.last["claims"]
    mine = claims[claims["article_id"].map(outcome.key_of) == key]
    assert mine["quote"].tolist() == []
