"""The `evaluate` command: code a gold set of one's own, print and keep what came out right."""

import importlib.util
import json
from pathlib import Path

import pytest

from flows.__main__ import main
from flows.code import code_lines
from flows.evaluate import evaluate_gold
from transforms.errors import SettingsError
from transforms.evaluate import score_reports
from transforms.scorecard import card_values

SHARED = Path(__file__).parents[3] / "shared" / "gold"

ARTICLES = [
    {
        "id": "market",
        "title": "Market blast kills five",
        "text": "A bomb killed five people and wounded nine at a market in Maiduguri on Monday.",
        "published_at": "2026-11-03",
        "incidents": [
            {
                "scope": "incident",
                "killed": {"low": 5, "best": 5, "high": 5},
                "injured": {"low": 9, "best": 9, "high": 9},
                "country": "NGA",
            }
        ],
    },
    {"id": "fair", "title": "Fair opens", "text": "The fair opened on Monday.", "incidents": []},
]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(a, ensure_ascii=False) for a in ARTICLES), "utf-8")
    return path


def test_a_gold_set_is_coded_and_scored(gold, settings, tmp_path):
    text = evaluate_gold(gold, settings, errors=tmp_path / "e.md", figures=tmp_path / "f.json")
    assert text.splitlines()[1].split() == [
        "killed", "1", "1.000", "1.000", "1.000", "1.000", "1.000", "-",
    ]  # fmt: skip
    figures = json.loads((tmp_path / "f.json").read_text())
    assert figures["injured"]["f1"] == 1
    assert figures["fields"]["country"] == {"n": 1, "accuracy": 1.0}
    assert (tmp_path / "e.md").read_text().strip() == ""


@pytest.mark.parametrize("line", ['{"id": "a"}', "[]", "{", '{"id": "a", "incidents": [{}]}'])
def test_a_file_that_is_no_gold_set_is_refused(tmp_path, settings, line):
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ARTICLES[0]) + "\n" + line + "\n")
    with pytest.raises(SettingsError, match=r"gold\.jsonl, line 2: no gold article"):
        evaluate_gold(path, settings)


def test_an_empty_gold_set_is_refused(tmp_path, settings):
    path = tmp_path / "empty.jsonl"
    path.write_text("\n")
    with pytest.raises(SettingsError, match=r"empty\.jsonl: holds no gold article"):
        evaluate_gold(path, settings)


def test_a_missing_gold_set_is_one_line(capsys):
    assert main(["evaluate", "nosuch.jsonl"]) == 2
    err = capsys.readouterr().err
    assert "nosuch.jsonl" in err
    assert len(err.splitlines()) == 1


@pytest.mark.skipif(not SHARED.exists(), reason="the scorer to agree with is not here")
@pytest.mark.parametrize("name", ["voa_dev", "gvc_dev"])
def test_the_figures_of_real_gold_are_those_of_the_independent_scorer(name, settings, tmp_path):
    gold = SHARED / f"{name}.jsonl"
    reports = code_lines(gold, settings, keep_duplicates=True)["reports"]
    reports.to_parquet(tmp_path / "reports.parquet")
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    out = tmp_path / "out.json"
    scorer.main([str(gold), str(tmp_path / "reports.parquet"), "--json", str(out)])
    articles = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    assert card_values(score_reports(articles, reports)) == json.loads(out.read_text())
