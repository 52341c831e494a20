"""The main job on the sample press: one run of three nights, looked at from all sides."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from flows.building.publishing import open_bench
from flows.building.shards import knowledge_of
from flows.normalise import normalise_shard
from flows.rawstore import iter_shards, read_feeds
from flows.reading import page_reader
from flows.reference import load_corrections
from flows.release import open_release, verify_release
from flows.samplepress import list_nights
from transforms.feeds import parse_feed
from transforms.normalise import join_normalised
from transforms.pipeline import run_chain
from transforms.schema import TABLES

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"


def digests(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(folder).rglob("*.parquet"))
        if path.parent.name != "runs"
    }


def test_three_nights_are_told_with_what_changed(demo):
    for night in list_nights(SAMPLE):
        assert re.search(rf"^{night}: \d+ new events", demo.said, re.M)
    assert re.search(r"^  ~ .*Maiduguri.*killed 17 -> 19$", demo.said, re.M)


def test_the_events_are_printed_with_figures_and_sources(demo):
    heading = next(line for line in demo.said.splitlines() if line.startswith("date "))
    assert heading.split() == [
        "date", "place", "type", "killed", "injured", "attribution", "sources"
    ]  # fmt: skip
    line = next(x for x in demo.said.splitlines() if re.match(r"2026-11-16 +Maiduguri NGA ", x))
    assert "19-19-19" in line


def test_release_and_report_lie_where_it_says(demo):
    release = Path(re.search(r"^release +(.*)$", demo.said, re.M).group(1))
    assert (release / "events").is_dir()
    assert Path(re.search(r"^report +(.*)$", demo.said, re.M).group(1)).is_file()
    assert verify_release(open_release(demo.published)) == []
    assert [name[:10] for name in demo.releases()] == [str(n) for n in list_nights(SAMPLE)]


def test_every_release_has_the_score_card_of_its_coder(demo):
    for name in demo.releases():
        folder = Path(open_release(demo.published, name).path)
        card = json.loads((folder / "quality.json").read_text("utf-8"))
        assert card["gold"]["coder_version"] == card["versions"]["coder_version"]
        assert card["gold"]["killed"]["f1"] > 0.9
        assert "How well articles are read" in (folder / "report.html").read_text("utf-8")


def test_every_night_leaves_its_summary_as_an_artifact(demo):
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        told = [a.data for a in client.read_artifacts() if a.key == "night"]
    for night in list_nights(SAMPLE):
        heading = f"# The night of {night.day} {night:%b %Y}"
        assert any(str(text).startswith(heading) for text in told), night
    assert demo.result.built.artifact in told


def test_every_night_balances(demo):
    runs = demo.tables()["runs"]
    assert len(runs) == 3
    for balances in runs["balances"]:
        requests, entries = (json.loads(balances)[n] for n in ("requests", "entries"))
        assert requests.pop("planned") == sum(requests.values()) > 0
        assert entries.pop("seen") == sum(entries.values()) > 0
    assert runs["outcome"].tolist() == ["released"] * 3


def test_feeds_tell_what_was_new(demo):
    tables = demo.tables()
    assert tables["feeds"]["new"].sum() == len(tables["articles"])


def test_the_same_raw_store_gives_the_same_bytes(demo, tmp_path):
    from flows.build import build

    paths = demo.settings.paths.model_copy(
        update={"published": str(tmp_path / "again"), "state": tmp_path / "state"}
    )
    again = build(demo.settings.model_copy(update={"paths": paths}))
    first = open_release(demo.published)
    assert again.release.name == first.name
    assert digests(again.release.path) == digests(first.path)


def test_an_earlier_night_is_built_again_as_it_was(demo, tmp_path):
    from flows.build import build

    night = list_nights(SAMPLE)[1]
    paths = demo.settings.paths.model_copy(update={"published": str(tmp_path / "again")})
    again = build(demo.settings.model_copy(update={"paths": paths}), night)
    assert again.release.name in demo.releases()
    assert again.night == night


def test_a_build_without_news_publishes_nothing(demo):
    from flows.build import build

    before = demo.releases()
    built = build(demo.settings)
    assert not built.release.changed
    assert demo.releases() == before


def test_the_flow_gives_what_the_chain_in_memory_gives(demo):
    shards = iter_shards(demo.settings.paths.raw)
    knowledge = knowledge_of(open_bench(demo.settings))
    countries = {f.id: f.country for s in shards for f in read_feeds(s).values() if f.country}
    with page_reader(knowledge) as read_pages:
        parts = [normalise_shard(shard, parse_feed, read_pages) for shard in shards]
    normalised = join_normalised(parts)
    corrections = load_corrections(demo.settings.paths.corrections_file)
    chain = run_chain(
        normalised, knowledge, rule="latest", countries=countries, corrections=corrections
    )
    released = demo.tables()
    for name in ("articles", "claims", "reports", "events", "tolls", "links", "rejects"):
        key = list(TABLES[name].key)
        found, expected = (
            frame.sort_values(key, ignore_index=True) for frame in (released[name], chain[name])
        )
        pd.testing.assert_frame_equal(found, expected)


EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)


@pytest.mark.parametrize("example", EXAMPLES, ids=["pandas", "polars", "duckdb"])
def test_the_examples_of_the_readme_run_as_written(demo, example):
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", example],
        cwd=demo.folder.parents[1],
        env={"PATH": "", "HOME": str(demo.folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
