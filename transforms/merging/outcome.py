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
        place = np.searchsorted(
            _joined(self.frame, key)[kept], _joined(new.frame, key).astype(object)
        )
        # where rows of the new table go among those that stay
        order = np.insert(kept, place, np.arange(len(new.frame)) + len(self.frame))
        frame = pd.concat([self.frame, new.frame], ignore_index=True)
        rows = np.concatenate((self.rows, new.rows))
        return type(self)(frame.iloc[order].reset_index(drop=True), rows[order])


def _joined(frame: pd.DataFrame, key: Sequence[str]) -> Array:
    """The key of each row as one text; ids are of one length."""
    first, *more = (frame[name] for name in key)
    for name in more:
        first = first + " " + name
    out: Array = first.to_numpy(dtype=object)
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
