"""How the coder of a release scores on the pinned gold set, for its quality card.

Kept in the cache like the work on shards, under the fingerprint of code and reference data: a night
pays for it only where one of them has changed, and then seconds, beside the coding of shards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from flows.building.shards import Bench, knowledge_of
from flows.evaluate import read_gold
from flows.settings import CHECKOUT
from transforms.coding.code import code_articles, coder_version
from transforms.corpus import read_corpus
from transforms.evaluate import score_reports
from transforms.scorecard import card_values

GOLD = CHECKOUT / "data" / "gold"
"""Part of the code and no setting: a set that could be exchanged would be pinned to nothing."""

_STAGE = "gold"
_NOTE = (
    "Articles written for this project, one rule of the codebook or more each; real news is read"
    " less well: see data/gold/README.md"
)


def score_gold(bench: Bench, folder: Path = GOLD) -> Mapping[str, Any] | None:
    """The score card of the coder on the gold set, as `card_values` gives it, and what was scored.

    Args:
        bench: where reference data and cache are.
        folder: the gold set, `*.jsonl`.

    Returns:
        None where the set is not there, as in an installation without the checkout.
    """
    paths = tuple(sorted(folder.glob("*.jsonl")))
    return _scored(bench, paths, _digest(paths)) if paths else None


def is_scored(bench: Bench, folder: Path = GOLD) -> bool:
    """Whether `score_gold` has nothing left to do: the scores are kept, or there is no set."""
    paths = tuple(sorted(folder.glob("*.jsonl")))
    return not paths or bench.open_cache().has(_STAGE, _digest(paths))


@lru_cache(maxsize=2)
def _scored(bench: Bench, paths: tuple[Path, ...], digest: str) -> Mapping[str, Any]:
    cache = bench.open_cache()
    kept = cache.load(_STAGE, digest)
    if kept is None:
        card = json.dumps(_score(bench, paths, digest))
        kept = {"card": pd.DataFrame({"json": pd.Series([card], dtype="str")})}
        cache.save(_STAGE, digest, kept)
    scores: Mapping[str, Any] = json.loads(kept["card"]["json"].iloc[0])
    return scores


def _score(bench: Bench, paths: tuple[Path, ...], digest: str) -> dict[str, Any]:
    knowledge = knowledge_of(bench)
    articles = [article for path in paths for article in read_gold(path)]
    lines = (line for path in paths for line in path.read_bytes().splitlines())
    corpus = read_corpus(enumerate(lines, 1), run_id=_STAGE, known=())
    coded = code_articles(corpus.articles, corpus.texts, knowledge, keep_duplicates=True)
    return {
        "set": "data/gold",
        "sha256": digest,
        "articles": len(articles),
        "coder_version": coder_version(knowledge),
        "note": _NOTE,
        **card_values(score_reports(articles, coded.reports)),
    }


def _digest(paths: tuple[Path, ...]) -> str:
    """SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
