"""A merge's state as frames, so that it can be kept from one night to the next.

What is kept may be thrown away at any time: it follows from the reports.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from transforms.merging.features import KINDS, Array, Features, Lists
from transforms.merging.outcome import Outcome
from transforms.merging.pairs import Kept, Scored
from transforms.merging.state import MergeState

_LISTS = ("names", "pairs", "words")
_SPANS = ("low", "high")
_TEXTS = ("report_id", "article_id")


def pack_state(state: MergeState) -> dict[str, pd.DataFrame]:
    """A state as frames: reports, names, pairs, words, scored, links, link_rows and minted."""
    columns: dict[str, Any] = {}
    for item in fields(Features):
        value = getattr(state.features, item.name)
        if item.name in _LISTS:
            columns[f"n_{item.name}"] = value.sizes()
        elif item.name in _SPANS:
            columns |= {f"{item.name}_{kind}": value[:, n] for n, kind in enumerate(KINDS)}
        else:
            columns[item.name] = value
    columns |= {"label": state.label, "group": state.group, "event_id": state.ids}
    reports = pd.DataFrame(columns).astype(dict.fromkeys((*_TEXTS, "event_id"), "str"))
    frames = {name: pd.DataFrame({"hash": getattr(state.features, name).hashes}) for name in _LISTS}
    pairs = state.pairs.whole()
    return {
        "known": reports,
        **frames,
        "scored": pd.DataFrame({"left": pairs.left, "right": pairs.right, "score": pairs.score}),
        "links": state.links.frame,
        "link_rows": pd.DataFrame(state.links.rows, columns=["left", "right"]),
        "minted": state.events.frame.assign(row=state.events.rows[:, 0]),
    }


def unpack_state(frames: Mapping[str, pd.DataFrame]) -> MergeState:
    """The state from the frames that `pack_state` made.

    Raises:
        KeyError: a frame or a column is missing.
    """
    known = frames["known"]
    parts: dict[str, Any] = {}
    for item in fields(Features):
        if item.name in _LISTS:
            starts = np.concatenate(([0], np.cumsum(known[f"n_{item.name}"].to_numpy())))
            hashes = frames[item.name]["hash"].to_numpy(dtype=np.int64)
            parts[item.name] = Lists(starts.astype(np.int64), hashes)
        elif item.name in _SPANS:
            spans = [known[f"{item.name}_{kind}"].to_numpy(np.float64) for kind in KINDS]
            parts[item.name] = np.stack(spans, axis=1)
        elif item.name in _TEXTS:
            parts[item.name] = known[item.name].to_numpy(dtype=object)
        else:
            parts[item.name] = known[item.name].to_numpy()
    scored, links, minted = frames["scored"], frames["links"], frames["minted"]
    reasons = [list(said) for said in links["reasons"]]
    return MergeState(
        features=Features(**parts),
        told=pa.chunked_array(known["report_id"], pa.large_string()),
        pairs=Kept((Scored(*(scored[name].to_numpy() for name in ("left", "right", "score"))),)),
        label=known["label"].to_numpy(),
        group=known["group"].to_numpy(),
        ids=_nullable(known["event_id"]),
        links=Outcome(
            links.assign(reasons=pd.Series(reasons, index=links.index, dtype=object)),
            frames["link_rows"].to_numpy(dtype=np.int32),
        ),
        events=Outcome(minted.drop(columns="row"), minted[["row"]].to_numpy(dtype=np.int32)),
    )


def _nullable(texts: pd.Series) -> Array:
    return texts.astype(object).where(texts.notna(), None).to_numpy(dtype=object)
