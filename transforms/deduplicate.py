"""Duplicates: articles that repeat another one. After normalise, before code.

A duplicate is kept and points to its original, the article that was seen first; the coder passes
it over, and it adds no independent source. Text that brings a figure of its own is no copy, however
like it is: "12 dead" sent again as "14 dead" is news, and both are coded. Nor is one that tells the
same of another town, as briefs written after one pattern do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.sketches import (
    Ints,
    Sketches,
    candidate_pairs,
    resemblance,
    sketch_texts,
)

Objects = npt.NDArray[Any]

RESEMBLANCE = 0.5
"""Share of shingles from which texts are near duplicates; tuned with benchmarks/duplicates.py."""

CONTAINMENT = 0.8
"""Share of the shorter text's shingles from which it is a cut copy of the longer one."""

MIN_WORDS = 30
"""Shorter texts are duplicates only where they are equal: briefs share their phrases."""


def deduplicate_articles(
    articles: pd.DataFrame,
    texts: pd.DataFrame,
    *,
    sketches: Sketches | None = None,
    key: int = 0,
) -> pd.DataFrame:
    """Articles with `duplicate_of` and `duplicate_kind` set.

    What an article is a duplicate of depends only on articles seen before it (by night, then
    published_at, then article_id and version), so a later night never changes an earlier answer.
    Versions of one article are never duplicates of each other.

    Args:
        articles: the articles table, all nights that are to be compared.
        texts: article_id, version, text.
        sketches: sketches of the texts in the order of `articles`, where they have been made
            already; `texts` is not read then.
        key: salt of the sketches, one per data set.

    Returns:
        The articles table in the order given; one row per article version.
    """
    if articles.empty:
        return articles.copy()
    if sketches is None:
        sketches = sketch_texts(_texts_of(articles, texts), key=key)
    order = first_seen_order(articles)
    ordered = articles.iloc[order]
    originals, kinds = _originals(ordered, sketches.take(order))
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    ids = ordered["article_id"].to_numpy(dtype=object)
    of = ids[originals]
    of[originals < 0] = None
    return articles.assign(
        duplicate_of=pd.array(of[back], dtype="str"),
        duplicate_kind=pd.array(kinds[back], dtype="str"),
    )


def independent_groups(articles: pd.DataFrame) -> pd.Series:
    """The independent source behind each article: the publisher of the original that it repeats.

    Copies are their original's, and what one publisher writes is one source; an original without a
    publisher is a source of its own.

    Args:
        articles: the articles table with `duplicate_of`.

    Returns:
        The name of the source, in the index of `articles`.
    """
    first = articles.drop_duplicates("article_id").set_index("article_id")["publisher"]
    root = articles["duplicate_of"].fillna(articles["article_id"])
    publisher = root.map(first)
    return publisher.fillna("article:" + root).rename("source")


def _texts_of(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.Series:
    keys = ["article_id", "version"]
    merged = articles[keys].merge(texts[[*keys, "text"]], on=keys, how="left", validate="1:1")
    return merged["text"]


def first_seen_order(articles: pd.DataFrame) -> Ints:
    """Positions of the articles in the order in which they were seen."""
    by = articles[["night", "published_at", "article_id", "version"]].reset_index(drop=True)
    return by.sort_values(["night", "published_at", "article_id", "version"]).index.to_numpy()


def _originals(articles: pd.DataFrame, sketches: Sketches) -> tuple[Ints, Objects]:
    """For each row the row of its original, or -1, and the kind; rows are in first-seen order."""
    pairs = {
        "url": _equal_pairs(articles["canonical_url"].to_numpy(dtype=object, na_value="")),
        "text": _equal_pairs(np.where(sketches.body == 0, "", sketches.body.astype(str))),
        "near": _near_pairs(sketches),
    }
    # the stronger reason speaks first
    earlier = np.concatenate([left for left, _ in pairs.values()])
    later = np.concatenate([right for _, right in pairs.values()])
    kind = np.repeat(np.arange(3), [len(left) for left, _ in pairs.values()])
    order = np.lexsort((earlier, kind, later))
    return _lead(
        articles["article_id"].to_numpy(dtype=object), earlier[order], later[order], kind[order]
    )


def _lead(ids: Objects, earlier: Ints, later: Ints, kinds: Ints) -> tuple[Ints, Objects]:
    """Follows each row to the original of the earlier row that it repeats."""
    original = np.full(len(ids), -1, np.int64)
    names = np.array(["url", "text", "near"], dtype=object)
    named = np.full(len(ids), None, dtype=object)
    for left, right, kind in zip(earlier.tolist(), later.tolist(), kinds.tolist(), strict=True):
        root = left if original[left] < 0 else original[left]
        if original[right] < 0 and ids[root] != ids[right]:
            original[right] = root
            named[right] = names[kind]
    return original, named


def _equal_pairs(values: Objects) -> tuple[Ints, Ints]:
    """Each row that repeats a non-empty value, with its first row and with the one before."""
    codes, _ = pd.factorize(values)
    blank = values == ""
    rows = np.flatnonzero(~blank)
    codes = codes[rows]
    order = np.argsort(codes, kind="stable")
    same = np.flatnonzero(codes[order][1:] == codes[order][:-1]) + 1
    firsts = pd.Series(rows).groupby(codes).transform("first").to_numpy() if len(rows) else rows
    at = order[same]
    earlier = np.concatenate((firsts[at], rows[order[same - 1]]))
    return earlier, np.concatenate((rows[at], rows[at]))


def _near_pairs(sketches: Sketches) -> tuple[Ints, Ints]:
    earlier, later = candidate_pairs(sketches)
    long = np.minimum(sketches.words[earlier], sketches.words[later]) >= MIN_WORDS
    adds = (sketches.figures[later] & ~sketches.figures[earlier]) != 0
    here, there = sketches.places[earlier], sketches.places[later]
    moved = ((here & ~there) != 0) & ((there & ~here) != 0)
    kept = long & ~adds & ~moved
    earlier, later = earlier[kept], later[kept]
    alike = resemblance(sketches, earlier, later)
    sizes = sketches.words[earlier] + sketches.words[later]
    shorter = np.minimum(sketches.words[earlier], sketches.words[later])
    contained = alike * sizes / ((1 + alike) * np.maximum(shorter, 1))
    near = (alike >= RESEMBLANCE) | ((contained >= CONTAINMENT) & (alike >= RESEMBLANCE / 2))
    return earlier[near], later[near]
