"""The work on one shard, with its result in the cache: the tasks of `build` are these functions.

They take and give names, not frames, so that a task can run in any thread, process or machine that
sees the stores.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from flows.bucket import StorePath, describe
from flows.cache import Cache, fingerprint
from flows.normalise import normalise_shard
from flows.rawstore import Shard, read_feeds
from flows.reading import Look, feed_reader, page_reader
from flows.reference import load_knowledge
from transforms.coding.code import code_articles
from transforms.coding.knowledge import Knowledge
from transforms.errors import CacheLostError, StoreError
from transforms.mentions import read_mentions
from transforms.sketches import Sketches, sketch_texts

logger = logging.getLogger(__name__)

NORMALISED, ORIGINALS, CODED, MERGED = "normalise", "originals", "code", "merge"


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the work on shards finds what it needs.

    Attributes:
        reference: folder of the reference data.
        cache: folder or bucket of the caches.
        version: fingerprint of code and reference data.
        look: what a page must have to be extracted.
    """

    reference: Path
    cache: StorePath
    version: str
    look: Look = "words"

    def open_cache(self) -> Cache:
        """The cache of this code."""
        return Cache(self.cache, self.version)


def shard_key(shard: Shard, look: Look) -> str:
    """What a shard's results are kept under: its name, the content of its index, how it is read.

    Raises:
        StoreError: the index can't be read.
    """
    try:
        digest = hashlib.sha256(shard.index_path.read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise StoreError(f"{shard.index_path}: can't be read: {describe(error)}") from error
    return f"{shard.name} {digest} {look}"


def missing_from(bench: Bench, stage: str, keys: Iterable[str]) -> list[bool]:
    """For each key whether the stage's frames are still to be made."""
    kept = bench.open_cache().keys(stage)
    return [not kept(key) for key in keys]


def keep_normalised(shard: Shard, bench: Bench) -> str:
    """Normalise a shard, unless that has been done under this code.

    Returns:
        The key under which articles, texts, bodies, sketches, rejects and counts lie.
    """
    cache, key = bench.open_cache(), shard_key(shard, bench.look)
    if cache.has(NORMALISED, key):
        return key
    knowledge = knowledge_of(bench)
    with feed_reader() as read_feed, page_reader(knowledge, bench.look) as read_pages:
        done = normalise_shard(shard, read_feed, read_pages)
        look = read_pages.audit
    sketches = sketch_texts(done.texts["text"])
    cache.save(
        NORMALISED,
        key,
        {
            "articles": done.articles,
            "texts": done.texts.drop(columns="text"),
            "bodies": done.texts[["text"]],
            "sketches": pack_sketches(sketches),
            "rejects": done.rejects,
            "findings": pd.DataFrame({"finding": pd.Series(done.findings, dtype="str")}),
            "counts": pd.DataFrame(
                {"seen": [done.seen], "rejected": [done.rejected], "deferred": [done.deferred]}
            ),
            "look": pd.DataFrame([asdict(look)]),
        },
    )
    return key


def keep_coded(shard: Shard, key: str, originals: str, bench: Bench) -> str:
    """Code the originals of a shard, unless that has been done under this code.

    Args:
        shard: the shard.
        key: where its normalised frames lie.
        originals: where the rows of articles to be coded lie, as `keep_originals` put them.
        bench: where to work.

    Returns:
        `originals`, under which claims, attributions, reports, rejects and the names in the
        articles lie too.
    """
    cache = bench.open_cache()
    if cache.has(CODED, originals):
        return originals
    bodies = cache.load(NORMALISED, key, only=["bodies"])
    kept = cache.load(ORIGINALS, originals)
    if bodies is None or kept is None:
        cache.forget(ORIGINALS, originals)
        raise CacheLostError(
            f"{bench.cache}: the cache of {shard.name} is gone; run the build again"
        )
    articles = kept["articles"]
    rows = kept["rows"]["row"].to_numpy()
    texts = articles[["article_id", "version"]].assign(
        text=bodies["bodies"]["text"].iloc[rows].to_numpy()
    )
    countries = {f.id: f.country for f in read_feeds(shard).values() if f.country}
    knowledge = knowledge_of(bench)
    coded = code_articles(articles, texts, knowledge, countries=countries)
    told = articles[articles["article_id"].isin(coded.reports["article_id"])]
    mentions = read_mentions(told, texts)
    cache.save(CODED, originals, {**coded.tables(), "mentions": mentions})
    logger.info("shard %s: %d articles, %d claims", shard.name, len(articles), len(coded.claims))
    return originals


def keep_originals(key: str, articles: pd.DataFrame, rows: pd.Series, bench: Bench) -> str:
    """Put down which articles of a shard are to be coded.

    Args:
        key: the shard's key.
        articles: their rows of table articles.
        rows: where each stands among the shard's normalised articles.
        bench: where to work.

    Returns:
        A key that names exactly this choice.
    """
    names = ["article_id", "version", "report_date", "night", "language"]
    # null where a page says nothing of its day
    said = articles[names].astype("str").fillna("")
    chosen = "\n".join(map("|".join, said.itertuples(index=False)))
    name = f"{key}/-/{hashlib.sha256(chosen.encode()).hexdigest()[:16]}"
    cache = bench.open_cache()
    if not cache.has(ORIGINALS, name):
        frame = pd.DataFrame({"row": rows.to_numpy(dtype="int64")})
        cache.save(ORIGINALS, name, {"articles": articles, "rows": frame})
    return name


def forget_shards(shards: Iterable[Shard], bench: Bench) -> None:
    """Forget what is kept of some shards, so that they are read again, and all that was merged."""
    cache = bench.open_cache()
    cache.forget_stage(MERGED)
    for shard in shards:
        key = shard_key(shard, bench.look)
        for stage in (NORMALISED, ORIGINALS, CODED):
            cache.forget(stage, key)


def pack_sketches(sketches: Sketches) -> pd.DataFrame:
    """Sketches as a frame, one row per article."""
    return pd.DataFrame(
        {
            "body": sketches.body,
            "words": sketches.words,
            "figures": sketches.figures,
            "places": sketches.places,
            "bins": pd.Series([row.tobytes() for row in sketches.bins], dtype=object),
        }
    )


def unpack_sketches(frame: pd.DataFrame) -> Sketches:
    """Sketches from the frame that `pack_sketches` made."""
    empty = sketch_texts(pd.Series(dtype="str"))
    if frame.empty:
        return empty
    bins = np.frombuffer(b"".join(frame["bins"]), dtype=np.uint16)
    return Sketches(
        frame["body"].to_numpy(dtype=np.uint64),
        frame["words"].to_numpy(dtype=np.int64),
        frame["figures"].to_numpy(dtype=np.uint64),
        frame["places"].to_numpy(dtype=np.uint64),
        bins.reshape(len(frame), empty.bins.shape[1]),
    )


def knowledge_of(bench: Bench) -> Knowledge:
    """What the coder knows, loaded once a process."""
    return _load(bench.reference, bench.version)


@lru_cache(maxsize=2)
def _load(reference: Path, version: str) -> Knowledge:
    logger.debug("loading reference data %s", version)
    if fingerprint(reference) != version:
        raise StoreError(
            f"{reference}: code or reference data here are not those with which the build began;"
            " every worker needs the same, and they may not change while it runs"
        )
    return load_knowledge(reference)
