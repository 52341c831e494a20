"""What a merge gives out, event ids and links, kept in order from night to night.

A night replaces the rows of what it looked at and leaves all others as they are; a table is sorted
by its key, so new rows are put where they belong instead of sorting all again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from transforms.merging.features import NO_DAY_START, Array, Features
from transforms.merging.identity import Component
from transforms.merging.links import make_links
from transforms.merging.pairs import Scored

_EVENT_TEXTS = ("event_id", "founder", "status", "merged_into")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A table and, for each of its rows, the rows of the reports that it is about.

    Attributes:
        frame: the table, sorted by its key.
        rows: one column per report.
    """

    frame: pd.DataFrame
    rows: Array

    @classmethod
    def empty(cls, width: int) -> Self:
        """Nothing yet; `width` reports a row."""
        return cls(pd.DataFrame(), np.zeros((0, width), np.int32))

    def replaced(self, touched: Array, new: Self, key: Sequence[str]) -> Self:
        """The table with new rows in place of those about reports that were looked at.

        Args:
            touched: mask of the reports looked at.
            new: what is to be said of them, sorted by `key`.
            key: columns of text that sort the table.
        """
        kept = np.flatnonzero(~touched[self.rows].any(axis=1))
        known, fresh = _sort_keys(self.frame, new.frame, key)
        place = np.searchsorted(known[kept], fresh)
        # where rows of the new table go among those that stay
        order = np.insert(kept, place, np.arange(len(new.frame)) + len(self.frame))
        frame = pd.concat([self.frame, new.frame], ignore_index=True)
        rows = np.concatenate((self.rows, new.rows))
        return type(self)(frame.iloc[order].reset_index(drop=True), rows[order])


def _sort_keys(one: pd.DataFrame, other: pd.DataFrame, key: Sequence[str]) -> tuple[Array, Array]:
    """The key of each row of two tables as bytes that sort as it does.

    Taken from Arrow's memory: to make Python's strings of them is a tenth of a night's merge.
    """
    both = [_padded(one[name], other[name]) for name in key]
    wide = both[0] if len(both) == 1 else np.concatenate(both, axis=1)
    keys = wide.view(f"S{wide.shape[1]}")[:, 0]
    return keys[: len(one)], keys[len(one) :]


def _padded(one: pd.Series, other: pd.Series) -> Array:
    """Texts of two columns as rows of bytes, filled up with spaces to the width of the longest."""
    texts = pa.chunked_array(pd.concat([one, other]), pa.large_string()).combine_chunks()
    sizes = pc.min_max(pc.binary_length(texts))
    width = max(sizes["max"].as_py() or 0, 1)
    if texts.offset or sizes["min"].as_py() != width:  # as a rule ids are of one length
        texts = pc.ascii_rpad(texts, width=width)
    out: Array = np.frombuffer(texts.buffers()[2], np.uint8, len(texts) * width).reshape(-1, width)
    return out


def list_events(
    f: Features, done: Sequence[Component], touched: Array, before: Outcome | None
) -> Outcome:
    """The ids of events.

    Args:
        f: the reports.
        done: the components that were looked at.
        touched: mask of their rows.
        before: what was known before.
    """
    named = sorted(
        (name for component in done for name in component.names), key=lambda name: name.event_id
    )
    nights = np.array([name.night for name in named], np.int64)
    days = nights.astype("datetime64[D]").astype("datetime64[us]")
    days[nights == NO_DAY_START] = np.datetime64("NaT")
    alive = [name.lives == name.event_id for name in named]
    founders = np.array([name.founder for name in named], np.int32)
    frame = pd.DataFrame(
        {
            "event_id": [name.event_id for name in named],
            "founder": f.report_id[founders],
            "observed_at": days,
            "status": ["active" if yes else "merged" for yes in alive],
            "merged_into": [
                None if yes else name.lives for yes, name in zip(alive, named, strict=True)
            ],
        }
    ).astype(dict.fromkeys(_EVENT_TEXTS, "str"))
    found = Outcome(frame, founders.reshape(-1, 1))
    return found if before is None else before.replaced(touched, found, ["event_id"])


def list_links(
    f: Features,
    pairs: Scored,
    group: Array,
    done: Sequence[Component],
    touched: Array,
    before: Outcome | None,
) -> Outcome:
    """The links.

    Args:
        f: the reports.
        pairs: those with a row that was looked at.
        group: number of the event of each row, -1 for a recalled event unknown here.
        done: the components that were looked at.
        touched: mask of their rows.
        before: what was known before.
    """
    frame, rows = make_links(
        f,
        pairs.left,
        pairs.right,
        pairs.score,
        np.where(group >= 0, group, np.arange(len(group))),
        [edge for component in done for edge in component.joined],
        {pair: why for component in done for pair, why in component.held.items()},
    )
    found = Outcome(frame, rows)
    return found if before is None else before.replaced(touched, found, ["report_a", "report_b"])
