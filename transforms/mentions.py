"""Names that an article mentions, as hashes: what merging reads of a text beside its claims.

Two articles that name the same victim, street and sheriff tell of one event, whatever they say of
the day; two that share many pairs of words are one rewritten. Made while the text is at hand, shard
by shard, and kept in its stead: about 600 bytes an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from transforms.merging.words import pack_hashes, read_words
from transforms.rewrites import pack_texts


def read_mentions(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The names that articles mention.

    Args:
        articles: those wanted, rows of the articles table.
        texts: article_id, version, text.

    Returns:
        article_id, version, `names` and `pairs` (of names that stand together) as 32-bit hashes in
        bytes, and `sketch` as `pack_texts` makes it; one row per article version that has a text.
    """
    keys = ["article_id", "version"]
    told = articles[[*keys, "title"]].merge(texts[[*keys, "text"]], on=keys, validate="1:1")
    read = [
        read_words(title if isinstance(title, str) else "", text.split("\n"))
        for title, text in zip(told["title"], told["text"].fillna(""), strict=True)
    ]
    return told[keys].assign(
        names=pd.Series([pack_hashes(words.names) for words in read], dtype=object),
        pairs=pd.Series([pack_hashes(words.pairs) for words in read], dtype=object),
        sketch=pack_texts(told["text"]),
    )


def join_mentions(parts: Iterable[Mapping[str, pd.DataFrame]]) -> pd.DataFrame:
    """The `mentions` of several batches as one; a batch may lack them.

    Args:
        parts: frames by name, one mapping per batch.

    Returns:
        One row per article version.
    """
    frames = [part["mentions"] for part in parts if len(part.get("mentions", ()))]
    if frames:
        return pd.concat(frames, ignore_index=True)
    types = {"article_id": "str", "version": "Int32", "names": "object", "pairs": "object"}
    types |= {"sketch": "object"}
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})
