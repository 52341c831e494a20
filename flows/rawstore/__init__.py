"""The raw store: what was fetched, once and for ever, as WARC shards with an index each.

Written by `ingest` and read by `build`; everything after it can be rebuilt from here. A shard is a
pair of files under `<raw>/<night>/`: `<run_id>-b<batch>.warc.gz` with the bytes, and
`<run_id>-b<batch>.index.parquet` with one row per planned request. The index is written last: a
shard without one was never committed and is ignored.
"""

from flows.rawstore.index import Outcome
from flows.rawstore.read import (
    RawRecord,
    read_feeds,
    read_index,
    read_shard,
    shard_feed_rows,
    shard_reject_rows,
)
from flows.rawstore.shards import (
    Shard,
    collect_leftovers,
    iter_shards,
    make_root,
    next_run_id,
)
from flows.rawstore.write import ShardWriter, write_shard

__all__ = [
    "Outcome",
    "RawRecord",
    "Shard",
    "ShardWriter",
    "collect_leftovers",
    "iter_shards",
    "make_root",
    "next_run_id",
    "read_feeds",
    "read_index",
    "read_shard",
    "shard_feed_rows",
    "shard_reject_rows",
    "write_shard",
]
