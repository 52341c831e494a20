"""The quality card says what the tables say."""

import json
from pathlib import Path

import pandas as pd
import pytest

from transforms import schema
from transforms.quality import quality_card

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests" / "flows" / "cases" / "release.json").read_text("utf-8"))


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return {t: schema.frame_of(t, rows) for t, rows in CASES.items()}


def test_counts_and_shares(tables: dict[str, pd.DataFrame]) -> None:
    card = quality_card(tables, build={"code_version": "0.1.0", "night": None})
    assert card["versions"] == {"code_version": "0.1.0"}
    assert card["rows"]["claims"] == 15
    assert card["events"]["by_status"] == {"active": 7, "merged": 1}
    assert card["events"]["by_date_precision"] == {
        "1": 0.4286, "2": 0.2857, "3": 0.1429, "unknown": 0.1429
    }  # fmt: skip
    assert card["events"]["toll_disputed"] == 0.1429
    assert card["events"]["killed_with_best"] == 0.5714
    assert card["events"]["killed_with_lower_bound_only"] == 0.1429
    assert card["claims"]["disputed_or_denied"] == 0.0667
    assert card["duplicates"] == {
        "share": 0.0667, "by_kind": {"near": 1}, "versions_beyond_the_first": 1
    }  # fmt: skip
    assert card["merging"]["reports_per_event"] == round(12 / 7, 4)
    assert card["merging"]["links_by_decision"] == {"joined": 5, "near_miss": 1}
    assert card["merging"]["decided_by_correction"] == 1
    assert card["gold"] is None


def test_agreement_takes_each_publishers_newest_figure(tables: dict[str, pd.DataFrame]) -> None:
    """Harbour says 12 after 9, Delta 14, Herald 3."""
    agreement = quality_card(tables, build={})["agreement"]
    assert agreement == {
        "events_of_several_publishers": 1,
        "same_killed": 0.0,
        "within_a_quarter": 0.0,
        "median_largest_to_smallest": round(14 / 3, 4),
    }
    reports = tables["reports"]
    reports.loc[reports["report_id"].isin(["r03", "r04"]), "killed_best"] = 12
    agreement = quality_card(tables, build={})["agreement"]
    assert agreement["same_killed"] == agreement["within_a_quarter"] == 1.0


def test_copies_are_no_second_source(tables: dict[str, pd.DataFrame]) -> None:
    articles = tables["articles"]
    articles.loc[articles["article_id"].isin(["a03", "a04"]), "duplicate_of"] = "a02"
    assert quality_card(tables, build={})["agreement"]["events_of_several_publishers"] == 0


def test_empty_release_has_a_card_of_plain_values() -> None:
    empty = {t: schema.empty_frame(t) for t in schema.TABLES}
    card = quality_card(empty, build={}, gold={"killed": {"f1": 0.9}})
    assert json.loads(json.dumps(card, allow_nan=False)) == card
    assert card["events"]["toll_disputed"] is None
    assert card["gold"] == {"killed": {"f1": 0.9}}


def test_card_is_json(tables: dict[str, pd.DataFrame]) -> None:
    card = quality_card(tables, build={"seconds": 1.5})
    assert json.loads(json.dumps(card, allow_nan=False)) == card
