"""The evaluator: hand-counted figures, and agreement with an independent scorer where given."""

import importlib.util
import json
import random
from pathlib import Path

import pandas as pd
import pytest

from transforms.evaluate import FIGURES, score_reports
from transforms.schema import BOUNDS, empty_frame, frame_of
from transforms.scorecard import card_values, render_card, render_errors

SHARED = Path(__file__).parents[3] / "shared" / "gold" / "score.py"


def _report(ordinal, article_id, **columns):
    return {
        "report_id": f"r{ordinal}",
        "article_id": article_id,
        "version": 1,
        "scope": "incident",
        "quote": f"quote {ordinal}",
        **columns,
    }


def _incident(scope="incident", killed=None, **rest):
    figure = None if killed is None else {"low": killed, "best": killed, "high": killed}
    return {"scope": scope, "killed": figure, **rest}


GOLD = [
    {
        "id": "market",
        "incidents": [
            _incident(
                killed=5,
                country="NGA",
                place="Town of Lafia",
                date_start="2026-11-02",
                event_type="bombing",
            ),
            _incident(killed=3),
            _incident("background", killed=40),
        ],
    },
    {"id": "bus", "incidents": [_incident("aggregate", killed=9), _incident("optional", killed=2)]},
    {"id": "fair", "incidents": []},
    {"id": "derby", "incidents": []},
    {"id": "old", "partial": True, "incidents": [_incident(killed=1)]},
]

REPORTS = frame_of(
    "reports",
    [
        _report(
            1,
            "market",
            killed_low=5,
            killed_best=5,
            country="NGA",
            place_name="Lafia",
            date_start=pd.Timestamp("2026-11-01"),
            date_end=pd.Timestamp("2026-11-03"),
            event_type="bombing",
        ),
        _report(2, "market", killed_low=40, killed_best=40, killed_high=40),
        _report(3, "bus", killed_low=9, killed_best=9),
        _report(4, "bus", killed_low=2),
        _report(5, "fair", injured_low=2, injured_best=2),
        _report(6, "old", killed_best=1, killed_low=1, killed_high=1),
        _report(7, "old", killed_best=8, killed_low=8),
        _report(8, "derby", scope="background", killed_best=6),
    ],
)


def test_figures_are_counted_as_multisets_inside_an_article():
    card = score_reports(GOLD, REPORTS)
    killed = card.kinds["killed"]
    assert (killed.hits, killed.extra, killed.missed) == (2, 1, 1)
    assert killed.precision == pytest.approx(2 / 3)
    assert (killed.exact, killed.articles) == (1, 2)
    assert (killed.triples, killed.matched) == (1, 2)
    assert (killed.leaked, killed.barred) == (2, 2)


def test_an_incident_in_a_quiet_article_is_an_alarm():
    card = score_reports(GOLD, REPORTS)
    assert (card.quiet, card.alarms) == (2, 1)


def test_fields_are_asked_only_where_the_figures_are_right():
    fields = score_reports(GOLD, REPORTS).fields
    assert {n: (s.asked, s.right) for n, s in fields.items()} == {
        "country": (1, 1),
        "event_type": (1, 1),
        "date_start": (1, 0),
        "place": (1, 1),
        "date_span": (1, 1),
    }


@pytest.mark.parametrize("reports", [empty_frame("reports")])
def test_no_reports_find_nothing(reports):
    card = score_reports(GOLD, reports)
    assert card.kinds["killed"].f1 == 0
    assert card.kinds["killed"].missed == 3
    assert card.alarms == 0


def test_reports_without_figures_find_nothing():
    reports = frame_of("reports", [_report(1, "market")])
    card = score_reports(GOLD, reports)
    assert card.kinds["killed"].hits == 0
    assert card.fields == {}


def test_no_gold_scores_nothing():
    card = score_reports([], REPORTS)
    assert card.kinds["killed"].gold == 0
    assert "false alarms     - of 0" in render_card(card)


def test_errors_are_grouped_with_the_sentences_behind_them():
    text = render_errors(score_reports(GOLD, REPORTS), REPORTS)
    assert "## killed: missed (1 articles)" in text
    assert "- market: missed 3, extra none" in text
    assert "quote 2" in text
    assert "## injured: extra (1 articles)" in text


@pytest.mark.skipif(not SHARED.exists(), reason="the scorer to agree with is not here")
@pytest.mark.parametrize("seed", range(20))
def test_figures_agree_with_the_independent_scorer(seed, tmp_path):
    gold, reports = _chance(random.Random(seed))
    spec = importlib.util.spec_from_file_location("score", SHARED)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, gold)))
    reports.to_parquet(tmp_path / "reports.parquet")
    scorer.main(
        [
            str(tmp_path / "gold.jsonl"),
            str(tmp_path / "reports.parquet"),
            "--json",
            str(tmp_path / "out.json"),
        ]
    )
    assert card_values(score_reports(gold, reports)) == json.loads(
        (tmp_path / "out.json").read_text()
    )


def _chance(rng):
    """Gold and reports drawn so that figures, places and days often, but not always, agree."""
    places = ["Kano", "the city of Kano", "Goma", "Côte Verte", None]
    days = ["2026-11-01", "2026-11-02", "2026-11-09", None]

    def triple():
        best = rng.choice([None, 0, 1, 2, 2, 3])
        return {"low": rng.choice([best, 1]), "best": best, "high": rng.choice([best, None])}

    gold, rows = [], []
    for n in range(30):
        incidents = [
            {
                "scope": rng.choice(
                    ["incident"] * 4 + ["background", "optional", "aggregate", "hypothetical"]
                ),
                **{kind: rng.choice([None, triple()]) for kind in FIGURES},
                "country": rng.choice(["NGA", "COD", None]),
                "event_type": rng.choice(["bombing", "execution_or_massacre", None]),
                "place": rng.choice(places),
                "date_start": rng.choice(days),
            }
            for _ in range(rng.randrange(4))
        ]
        gold.append({"id": f"a{n}", "incidents": incidents, "partial": rng.random() < 0.2})
        for _ in range(rng.randrange(4)):
            figures = {
                f"{kind}_{bound}": value
                for kind in FIGURES
                for bound, value in zip(BOUNDS, triple().values(), strict=True)
            }
            start = rng.choice(days)
            rows.append(
                _report(
                    len(rows),
                    f"a{n}",
                    **figures | {"scope": rng.choice(["incident"] * 3 + ["background"])},
                    country=rng.choice(["NGA", "COD", None]),
                    event_type=rng.choice(["bombing", "execution_or_massacre", None]),
                    place_name=rng.choice(places),
                    place_text=rng.choice(places),
                    date_start=start,
                    date_end=start and rng.choice([start, "2026-11-12"]),
                )
            )
    return gold, frame_of("reports", rows)
