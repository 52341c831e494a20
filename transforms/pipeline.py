"""The whole chain on one screen, from what was fetched to the tables of a release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from transforms.corrections import Correction, correct_events
from transforms.merge import merge_reports
from transforms.schema import cast_frame, empty_frame
from transforms.settle import settle_events

Tables = dict[str, pd.DataFrame]


def join_frames(parts: Iterable[Mapping[str, pd.DataFrame]], names: Iterable[str]) -> Tables:
    """The tables of several batches as one, in the order of the batches.

    Args:
        parts: tables by name, one mapping per batch; a batch may lack a table.
        names: the tables wanted.

    Returns:
        Each table once; empty, with its columns, where no batch had rows.
    """
    listed = list(parts)
    joined: Tables = {}
    for name in names:
        frames = [part[name] for part in listed if name in part and len(part[name])]
        joined[name] = (
            cast_frame(name, pd.concat(frames, ignore_index=True)) if frames else empty_frame(name)
        )
    return joined


def relate_reports(
    tables: Mapping[str, pd.DataFrame],
    *,
    rule: str,
    corrections: Sequence[Correction] = (),
) -> Tables:
    """Reports -> events -> tolls, over everything that was coded.

    Args:
        tables: articles, claims, attributions and reports.
        rule: name of the rule of settlement.
        corrections: what people have put right.

    Returns:
        Reports with their events, links and events.

    Raises:
        CorrectionError: a correction matches nothing.
    """
    claims, attributions, articles = (tables[n] for n in ("claims", "attributions", "articles"))
    merged = merge_reports(tables["reports"], claims, articles, corrections=corrections)
    events = settle_events(
        merged.reports, claims, attributions, articles, rule=rule, tombstones=merged.tombstones
    )
    events = correct_events(events, corrections)
    return {"reports": merged.reports, "links": merged.links, "events": events}
