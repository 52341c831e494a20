"""The merge of the last build, kept so that a night looks only at what its reports touch.

It is kept in the cache, under the fingerprint of code and reference data, with the names of the
batches that it covers; each name stands for exactly one content. Where all of them are among the
batches of a build, the build goes on from there; else, or where it was thrown away, it merges in
full, and the outcome is the same. Corrections are applied after it and are no part of it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pandas as pd

from flows.building.shards import MERGED, Bench
from transforms.merging.packing import pack_state, unpack_state
from transforms.merging.state import MergeState

logger = logging.getLogger(__name__)

KEY = "state"


def load_merge(originals: Sequence[str], bench: Bench) -> MergeState | None:
    """The kept merge, where it fits a build; what does not fit is said in the log.

    Args:
        originals: names of the coded batches of the build, as `keep_originals` gave them.
        bench: where the cache is.
    """
    frames = bench.open_cache().load(MERGED, KEY)
    if frames is None:
        logger.info("no merge is kept under this code and reference data: merging in full")
        return None
    try:
        strange = set(frames["covers"]["originals"]) - set(originals)
        if strange:
            logger.info(
                "the kept merge knows %d batches that are not, or not so, in this build: "
                "merging in full",
                len(strange),
            )
            return None
        return unpack_state(frames)
    except KeyError as error:
        logger.warning("the kept merge lacks %s: merging in full", error)
        return None


def keep_merge(state: MergeState, originals: Sequence[str], bench: Bench) -> None:
    """Keep the merge of a build for the next one.

    Args:
        state: as `merge_reports` gave it.
        originals: names of the coded batches that it covers.
        bench: where the cache is.
    """
    covers = pd.DataFrame({"originals": pd.Series(sorted(originals), dtype="str")})
    cache = bench.open_cache()
    cache.forget_stage(MERGED)
    cache.save(MERGED, KEY, {**pack_state(state), "covers": covers})
