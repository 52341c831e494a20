"""What the runs table says of each run."""

import json
from datetime import UTC, date, datetime

import pytest

from flows.building.publishing import open_bench
from flows.building.shards import keep_coded, keep_normalised
from flows.building.tables import gather_articles, gather_coded, run_rows
from flows.rawstore import Outcome, iter_shards, write_shard
from flows.rawstore.index import PAGE
from transforms.feeds import Feed
from transforms.history import relate

FEED = Feed(id="h.example", url="https://h.example/", publisher="h.example")
PAGE_OF = """<html><head><title>{title}</title></head><body><article><p>{told}</p>
<p>The families were told by the local radio, which reads out the names of the day.</p>
</article></body></html>"""
RUNS = {
    "2026-11-16-01": [
        ("a", "Lorry kills three", "A lorry killed three farmers in Kano on Sunday, police said."),
        ("b", "Ferry sinks", "A ferry sank off Zanzibar on Sunday and nine people drowned."),
    ],
    "2026-11-16-02": [
        ("c", "Hut burns", "Four people were killed on Sunday when a hut burnt in Bergen."),
    ],
    "2026-11-16-03": [],
}


@pytest.fixture
def shards(settings):
    for run_id, pages in RUNS.items():
        night = date(2026, 11, 16)
        root = settings.paths.raw
        with write_shard(root, night=night, run_id=run_id, batch=0, feeds=[FEED]) as writer:
            for name, title, told in pages:
                url = f"https://h.example/{name}"
                outcome = Outcome(
                    kind=PAGE,
                    outcome="fetched",
                    feed_id=FEED.id,
                    url=url,
                    content_type="text/html",
                    fetched_at=datetime(2026, 11, 16, 12, tzinfo=UTC),
                    entry=f'{{"feed_id": "h.example", "url": "{url}", "flags": []}}',
                )
                writer.add(outcome, PAGE_OF.format(title=title, told=told).encode())
    return iter_shards(settings.paths.raw)


def told(settings, shards, before=None):
    bench = open_bench(settings)
    keys = [keep_normalised(shard, bench) for shard in shards]
    gathered = gather_articles(shards, keys, bench)
    for shard, key, name in zip(shards, keys, gathered.originals, strict=True):
        keep_coded(shard, key, name, bench)
    coded = gather_coded(gathered, bench)
    tables = {**coded, **relate(coded)[0]}
    seconds, found = {"code": 2.0}, ["odd: a feed"]
    return tables, run_rows(
        shards, gathered, tables, findings=found, before=before, coder_version="1", seconds=seconds
    )


def test_each_run_counts_what_it_added_and_no_row_is_counted_twice(settings, shards):
    tables, runs = told(settings, shards)
    counts = [json.loads(said) for said in runs["counts"]]
    assert [c["articles"] for c in counts] == [2, 1, 0]
    assert [c["events"] for c in counts] == [2, 1, 0]
    for name in ("articles", "claims", "reports", "events"):
        assert sum(c[name] for c in counts) == len(tables[name]) > 0


def test_what_a_build_found_and_took_stands_with_its_last_run(settings, shards):
    _, first = told(settings, shards[:1])
    assert [list(found) for found in first["findings"]] == [["odd: a feed"]]
    _, runs = told(settings, shards, before=first)
    assert runs["run_id"].tolist() == list(RUNS)
    assert [list(found) for found in runs["findings"]] == [["odd: a feed"], [], ["odd: a feed"]]
    assert ["code" in json.loads(said)["seconds"] for said in runs["counts"]] == [True, False, True]
    assert runs["ended_at"].iloc[0] == first["ended_at"].iloc[0]
