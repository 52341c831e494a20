"""Merging: reports of all articles become events. After code, before settle.

Reports are compared in pairs, and the pairs that agree are joined, the strongest first, unless a
contradiction holds them apart. Which reports stand together depends on the set of reports alone;
under which id depends on the nights on which they were first seen. Only `incident` reports make
events; a `background` report may support one that is known.

Source: codebook sections 8 and 10.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from transforms.corrections import Correction, correct_merge
from transforms.merging.state import MergeState, advance

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Merged:
    """The outcome of merging.

    Attributes:
        reports: the reports table with `event_id`.
        links: the links table: joined, held apart by a contradiction, or nearly joined.
        events: one row per event id ever minted: `event_id`, `founder` (report_id), `observed_at`
            (night on which it was minted), `status` (active, merged), `merged_into`.
        state: what the rules made of it, before corrections; for the next night's `previous`.
        touched: the report_ids whose components were looked at.
    """

    reports: pd.DataFrame
    links: pd.DataFrame
    events: pd.DataFrame
    state: MergeState
    touched: list[str]

    @property
    def tombstones(self) -> pd.DataFrame:
        """The ids that became part of other events, for `settle_events`."""
        return self.events[self.events["status"] == "merged"]


def merge_reports(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    corrections: Sequence[Correction] = (),
    previous: MergeState | None = None,
) -> Merged:
    """Brings the reports of each event together.

    Args:
        reports: the reports table; its `event_id` is not read.
        claims: the claims table, read for the words of the reports.
        articles: the articles table, read for the headlines.
        mentions: names in the articles, as `transforms.mentions.read_mentions` gives them. Without
            them only headlines and the sentences of claims are compared.
        corrections: splits and merges by people, applied last; others are passed over.
        previous: the state for a part of the same reports. Only what the new ones touch is looked
            at again; the outcome is as without it.

    Returns:
        Reports in the order given, links, and the ids of events.

    Raises:
        CorrectionError: a correction names an event or a report that is not there.
    """
    mine = reports["scope"].isin(["incident", "background"]).to_numpy()
    moved = advance(reports, mine, claims, articles, mentions, previous)
    state = moved.state
    group = state.group[moved.rows]
    named = np.full(len(reports), -1)
    named[mine] = group
    # gathered by Arrow: a hundred thousand Python strings, put together one by one, take longer
    # than a night's merge
    ids = pa.array(state.ids, pa.large_string()).take(pa.array(named, mask=named < 0))
    merged = Merged(
        reports.assign(event_id=pd.array(ids, dtype="str")),
        state.links.frame,
        state.events.frame,
        state,
        list(state.features.report_id[moved.touched]),
    )
    alive = int((merged.events["status"] == "active").sum())
    logger.info("%d reports stand in %d events", int((group >= 0).sum()), alive)
    return correct_merge(merged, corrections)
