"""The work on one shard: what is kept of it, and under which name."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from flows.building.publishing import open_bench
from flows.building.shards import keep_coded, keep_normalised, keep_originals
from flows.building.tables import gather_articles, gather_coded
from flows.rawstore import Outcome, iter_shards, write_shard
from flows.rawstore.index import PAGE
from transforms.errors import StoreError
from transforms.feeds import Feed
from transforms.schema import frame_of

NIGHT = date(2026, 11, 16)
FEED = Feed(id="h.example", url="https://h.example/", publisher="h.example")
AT = datetime(2026, 11, 16, 12, tzinfo=UTC)

TOLD = """<html><head><title>Lorry leaves road</title>{day}</head><body><article>
<p>A lorry left the road near the town of Lokweni and killed three farmers, police said.</p>
<p>The three were on their way to market with maize, their families told the local radio.</p>
</article></body></html>"""
QUIET = (
    "<html><body><p>Rains are late, and the picture of the day is of the harbour.</p></body></html>"
)
DATED = '<meta property="article:published_time" content="2026-11-15T08:00:00Z">'


@pytest.fixture
def shard(settings):
    pages = [TOLD.format(day=DATED), TOLD.format(day="").replace("three", "five"), QUIET]
    with write_shard(settings.paths.raw, night=NIGHT, run_id="r1", batch=0, feeds=[FEED]) as writer:
        for number, page in enumerate(pages):
            url = f"https://h.example/{number}"
            entry = f'{{"feed_id": "h.example", "url": "{url}", "flags": []}}'
            outcome = Outcome(
                kind=PAGE,
                outcome="fetched",
                feed_id=FEED.id,
                url=url,
                content_type="text/html",
                fetched_at=AT,
                entry=entry,
            )
            writer.add(outcome, page.encode())
    return iter_shards(settings.paths.raw)[0]


def test_pages_become_claims_whether_or_not_they_name_a_day(settings, shard):
    bench = open_bench(settings)
    key = keep_normalised(shard, bench)
    gathered = gather_articles([shard], [key], bench)
    keep_coded(shard, key, gathered.originals[0], bench)
    tables = gather_coded(gathered, bench)
    days = tables["articles"].set_index("url")["report_date"]
    assert days["https://h.example/0"] == pd.Timestamp("2026-11-15")
    assert pd.isna(days["https://h.example/1"])
    assert sorted(tables["claims"]["best"]) == [3, 5]
    assert gathered.entries["r1"] == {
        "seen": 3, "new_versions": 2, "known": 0, "rejected": 1, "deferred": 0
    }  # fmt: skip


def test_another_choice_of_originals_has_another_name(settings):
    bench = open_bench(settings)
    rows = {"article_id": "a", "version": 1, "night": pd.Timestamp(NIGHT), "language": "en"}
    dated = {**rows, "report_date": pd.Timestamp(NIGHT)}
    names = [
        keep_originals("shard", frame_of("articles", listed), pd.Series(range(len(listed))), bench)
        for listed in ([rows], [dated], [rows, {**rows, "article_id": "b"}], [])
    ]
    assert len(set(names)) == 4


def test_a_worker_with_other_code_or_reference_data_is_refused(settings, tmp_path):
    """Its results would lie in the cache under the name of the right ones."""
    with write_shard(
        settings.paths.raw, night=NIGHT, run_id="2026-11-16-01", batch=0, feeds=[FEED]
    ):
        pass
    [shard] = iter_shards(settings.paths.raw)
    bench = replace(open_bench(settings), version="0123456789abcdef")
    with pytest.raises(StoreError, match="every worker needs the same"):
        keep_normalised(shard, bench)
    assert not bench.open_cache().has("normalise", shard.name)
