"""The score card of the pinned gold set: of this coder, and paid for once per coder."""

import json
from dataclasses import replace

import pytest

from flows.building import gold
from flows.building.publishing import open_bench
from flows.building.shards import knowledge_of
from transforms.coding.code import coder_version


@pytest.fixture
def bench(settings):
    return open_bench(settings)


@pytest.fixture
def small(tmp_path):
    """A gold set of two articles."""
    folder = tmp_path / "gold"
    folder.mkdir()
    told = {
        "id": "market",
        "title": "Market blast kills five",
        "text": "A bomb killed five people at a market in Maiduguri on Monday.",
        "published_at": "2026-11-03",
        "incidents": [{"scope": "incident", "killed": {"low": 5, "best": 5, "high": 5}}],
    }
    quiet = {"id": "fair", "title": "Fair opens", "text": "The fair opened.", "incidents": []}
    (folder / "a.jsonl").write_text(json.dumps(told) + "\n")
    (folder / "b.jsonl").write_text(json.dumps(quiet) + "\n")
    return folder


def test_the_committed_set_is_scored_with_this_coder(bench):
    scores = gold.score_gold(bench)
    assert scores["articles"] >= 335
    assert scores["coder_version"] == coder_version(knowledge_of(bench))
    assert 0.9 < scores["killed"]["f1"] <= 1
    assert json.loads(json.dumps(scores, allow_nan=False)) == scores


def test_a_second_night_finds_it_in_the_cache(bench, small, monkeypatch):
    assert not gold.is_scored(bench, small)
    first = gold.score_gold(bench, small)
    assert first["killed"]["gold"] == 1
    assert gold.is_scored(bench, small)
    gold._scored.cache_clear()
    monkeypatch.setattr(gold, "_score", lambda *_: pytest.fail("scored again"))
    assert gold.score_gold(bench, small) == first


def test_another_coder_or_another_set_is_scored_anew(bench, small, monkeypatch):
    first = gold.score_gold(bench, small)
    scored = []
    monkeypatch.setattr(gold, "_score", lambda *given: scored.append(given) or {"articles": 0})
    gold.score_gold(replace(bench, version="another"), small)
    (small / "b.jsonl").write_text("")
    gold.score_gold(bench, small)
    assert len(scored) == 2
    assert scored[1][2] != first["sha256"]


def test_an_installation_without_the_set_has_no_score(bench, tmp_path):
    assert gold.score_gold(bench, tmp_path / "nowhere") is None
    assert gold.is_scored(bench, tmp_path / "nowhere")
