"""Heavy copies: articles rewritten from another one. After merge, before settle.

The first look, in `deduplicate`, compares all articles and must be sure. Among the reports of one
event most is alike anyway, few are to be compared, and so a second look can go deeper: pairs of
words outlive a third of the words changed, sentences dropped and a new lead. What it finds is coded
already and keeps its claims, which may be newer than the original's; but it is no source of its
own.

Source: codebook section 8 (independence is counted over duplicate groups).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from transforms.deduplicate import MIN_WORDS, Objects, first_seen_order
from transforms.merging.features import expand
from transforms.sketches import BINS, Ints, Sketches, resemblance, sketch_texts

SHINGLE = 2
RESEMBLANCE = 0.2
"""Share of word pairs from which an article of the same event is a rewritten copy; tuned with
benchmarks/duplicates.py in November 2026. Of news about one event by different hands 95 in 100 have
less in common."""


def pack_texts(texts: pd.Series) -> pd.Series:
    """What the second look needs of each text, as bytes: its words, then its sketch."""
    sketches = sketch_texts(texts, shingle=SHINGLE)
    packed = [
        np.uint32(min(words, 2**31)).tobytes() + bins.tobytes()
        for words, bins in zip(sketches.words.tolist(), sketches.bins, strict=True)
    ]
    return pd.Series(packed, index=texts.index, dtype=object)


def mark_rewrites(
    articles: pd.DataFrame, reports: pd.DataFrame, packed: pd.DataFrame
) -> pd.DataFrame:
    """The articles with `duplicate_of` and `duplicate_kind` set for rewritten ones too.

    Args:
        articles: the articles table, light copies marked.
        reports: the reports table with `event_id`.
        packed: article_id, version and `sketch`, as `pack_texts` makes it.

    Returns:
        The articles in the order given. A rewritten article points to the first seen of those that
        it resembles, or to that one's own original.
    """
    told = _told(articles, reports, packed)
    if told.empty:
        return articles
    later, earlier = _pairs(told["event_id"].to_numpy(dtype=object))
    sketches = _unpack(told["sketch"])
    long = np.minimum(sketches.words[later], sketches.words[earlier]) >= MIN_WORDS
    ids = told["article_id"].to_numpy(dtype=object)
    worth = long & (ids[later] != ids[earlier])
    later, earlier = later[worth], earlier[worth]
    alike = resemblance(sketches, later, earlier) >= RESEMBLANCE
    later, earlier = later[alike], earlier[alike]
    # the earlier of two is settled before the later one asks for its original
    rank, at = told["rank"].to_numpy(), told["at"].to_numpy()
    order = np.lexsort((rank[earlier], rank[later]))
    of, kind = (_nullable(articles[name]) for name in ("duplicate_of", "duplicate_kind"))
    for row, before in zip(later[order].tolist(), earlier[order].tolist(), strict=True):
        first = of[at[before]] or ids[before]
        if of[at[row]] is None and first != ids[row]:
            of[at[row]], kind[at[row]] = first, "near"
    return articles.assign(
        duplicate_of=pd.array(of, dtype="str"), duplicate_kind=pd.array(kind, dtype="str")
    )


def _told(articles: pd.DataFrame, reports: pd.DataFrame, packed: pd.DataFrame) -> pd.DataFrame:
    """event_id, article_id, version, sketch and position `at` of articles that share an event.

    Sorted by event, and in each by the order in which the articles were seen.
    """
    keys = ["article_id", "version"]
    mine = reports[(reports["scope"] == "incident") & reports["event_id"].notna()]
    mine = mine[["event_id", *keys]].drop_duplicates()
    mine = mine[mine.groupby("event_id")["article_id"].transform("nunique") > 1]
    order = first_seen_order(articles)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    places = articles[keys].assign(at=np.arange(len(articles)), rank=rank)
    told = mine.merge(places, on=keys, validate="m:1")
    told = told.merge(packed[[*keys, "sketch"]], on=keys, validate="m:1")
    return told.sort_values(["event_id", "rank"], ignore_index=True)


def _pairs(events: Objects) -> tuple[Ints, Ints]:
    """Each row with each row before it of the same event; rows are sorted by event.

    Returns:
        The later row of each pair, and the earlier one.
    """
    rows = np.arange(len(events))
    new = np.concatenate(([True], events[1:] != events[:-1]))
    first = np.maximum.accumulate(np.where(new, rows, 0))
    return np.repeat(rows, rows - first), expand(first, rows - first)


def _nullable(texts: pd.Series) -> Objects:
    return np.array(texts.astype(object).where(texts.notna(), None), dtype=object)


def _unpack(packed: pd.Series) -> Sketches:
    raw = np.frombuffer(b"".join(packed), np.uint8).reshape(len(packed), 4 + 2 * BINS)
    words = np.ascontiguousarray(raw[:, :4]).view(np.uint32)[:, 0].astype(np.int64)
    bins = np.ascontiguousarray(raw[:, 4:]).view(np.uint16)
    nothing = np.zeros(len(packed), np.uint64)
    return Sketches(nothing, words, nothing, nothing, bins)
