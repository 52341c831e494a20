"""Names that an article mentions, as hashes: what merging reads of a text beside its claims.

Two articles that name the same victim, street and sheriff tell of one event, whatever they say of
the day. Made while the text is at hand, shard by shard, and kept in its stead: about 100 bytes an
article.
"""

from __future__ import annotations

import pandas as pd

from transforms.merging.words import pack_hashes, read_words

COLUMNS = ("article_id", "version", "names", "pairs")


def read_mentions(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """The names that articles mention.

    Args:
        articles: the articles table.
        texts: article_id, version, text.

    Returns:
        article_id, version, and `names` and `pairs` (of names that stand together) as 32-bit
        hashes in bytes; one row per article version that has a text.
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
    )
