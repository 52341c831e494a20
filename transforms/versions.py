"""Versions: which of tonight's articles say something new, and which are known already.

Stands after `normalise` and before `deduplicate`. Changed text is a new version; the same text is
known, whoever brings it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

KNOWN_COLUMNS = {
    "article_id": "str",
    "version": "Int32",
    "text_sha256": "str",
    "text_source": "str",
}
"""Columns of the frame of known versions: one row per article version that is stored."""

NUMBERED_RUN = r"\d{4}-\d\d-\d\d-\d+"
"""What runs over feeds are called: night and number; imports of archives bear other names."""

_RANK = {"title": 0, "summary": 1, "content": 2, "page": 2}
"""How much of an article a text source gives. A lesser source never replaces a fuller one."""


@dataclass(frozen=True, slots=True)
class Versioned:
    """Articles that are new, each with its version.

    Attributes:
        articles: table articles, new versions only.
        texts: row for row their texts.
        already_known: rows that brought nothing new.
    """

    articles: pd.DataFrame
    texts: pd.DataFrame
    already_known: int


class _Row(NamedTuple):
    """What is looked at of an article; `at` is its position in the frame."""

    at: int
    article_id: str
    feed_id: str
    digest: str
    rank: int
    words: int


@dataclass(slots=True)
class _History:
    """The versions of one article."""

    newest: int = 0
    rank: int = -1
    digests: set[str] = field(default_factory=set)


def known_versions(articles: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """What `assign_versions` needs to know of the articles that are stored.

    Args:
        articles: table articles.
        texts: texts frame; articles without a row there count as full texts.

    Returns:
        One row per article version, with `KNOWN_COLUMNS`.
    """
    kinds = texts[["article_id", "version", "text_source"]]
    known = articles[["article_id", "version", "text_sha256"]].merge(
        kinds, on=["article_id", "version"], how="left", validate="one_to_one"
    )
    return known.astype(KNOWN_COLUMNS)


def assign_versions(articles: pd.DataFrame, texts: pd.DataFrame, known: pd.DataFrame) -> Versioned:
    """Number the versions of articles and leave out what is known already.

    Runs are gone through in the order of night and time. Within one run the fullest text of an
    article stands, so that a feed of summaries does not edit what another feed has in full.

    Args:
        articles: table articles as `normalise` gives it, of any number of nights.
        texts: row for row their texts, with `text_source`.
        known: `KNOWN_COLUMNS`, one row per version that is stored.

    Returns:
        One row per new version, in the order of night, run, feed and time.
    """
    histories = _histories(known)
    kept: dict[int, int] = {}
    for group in _groups(articles, texts).values():
        history = histories.setdefault(group[0].article_id, _History())
        for row in _fullest(group):
            if row.digest in history.digests or row.rank < history.rank:
                continue
            history.newest += 1
            history.rank = row.rank
            history.digests.add(row.digest)
            kept[row.at] = history.newest
    positions = list(kept)
    numbers = pd.array(list(kept.values()), dtype="Int32")
    return Versioned(
        articles.iloc[positions].assign(version=numbers).reset_index(drop=True),
        texts.iloc[positions].assign(version=numbers).reset_index(drop=True),
        len(articles) - len(positions),
    )


def _histories(known: pd.DataFrame) -> dict[str, _History]:
    histories: dict[str, _History] = {}
    ranks = known["text_source"].map(_RANK).fillna(max(_RANK.values())).astype(int)
    columns = (known["article_id"], known["version"], known["text_sha256"], ranks)
    for article_id, version, digest, rank in zip(*columns, strict=True):
        history = histories.setdefault(article_id, _History())
        history.newest = max(history.newest, int(version))
        history.rank = max(history.rank, rank)
        history.digests.add(digest)
    return histories


def _groups(articles: pd.DataFrame, texts: pd.DataFrame) -> dict[tuple[str, str], list[_Row]]:
    """The rows of each run and article, everything in the order in which it came to be."""
    starts = articles.groupby(["night", "run_id"], dropna=False)["fetched_at"].transform("min")
    # runs of our own are numbered in their order, which no clock that jumps can change
    starts = starts.mask(articles["run_id"].str.fullmatch(NUMBERED_RUN).fillna(False))
    changed = articles["updated_at"].fillna(articles["published_at"])
    frame = articles[["article_id", "feed_id", "run_id", "text_sha256", "word_count"]].assign(
        night=articles["night"], started=starts, changed=changed, at=range(len(articles))
    )
    # feeds name their newest entry first, so within one feed the later row is the older text
    frame = frame.assign(
        rank=texts["text_source"].map(_RANK).fillna(0).astype(int).to_numpy(),
        backwards=-frame["at"],
    ).sort_values(["night", "started", "run_id", "feed_id", "changed", "backwards"], kind="stable")
    groups: dict[tuple[str, str], list[_Row]] = {}
    names = ["at", "article_id", "feed_id", "text_sha256", "rank", "word_count"]
    columns = (frame[name].tolist() for name in names)
    for run, values in zip(frame["run_id"].tolist(), zip(*columns, strict=True), strict=True):
        row = _Row(*values)
        groups.setdefault((run, row.article_id), []).append(row)
    return groups


def _fullest(group: list[_Row]) -> list[_Row]:
    """Of the rows of one article in one run those of the feed that has most of it."""
    best = min(group, key=lambda row: (-row.rank, -row.words, row.feed_id))
    return [row for row in group if row.feed_id == best.feed_id]
