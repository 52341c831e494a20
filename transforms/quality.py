"""The quality card of a release: how much there is, how exact it is, how far its sources agree.

Figures that a user needs before trusting the data; each can be computed from the tables again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

Tables = Mapping[str, pd.DataFrame]


def quality_card(
    tables: Tables, *, build: Mapping[str, Any], gold: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The quality card as plain values, for quality.json.

    Args:
        tables: every table as declared.
        build: versions to state: those of its values that are text or numbers are kept.
        gold: scores on the pinned gold set (`scorecard.card_values`), where they are at hand.
    """
    events = tables["events"]
    active = events[events["status"] == "active"]
    return {
        "versions": {k: v for k, v in sorted(build.items()) if isinstance(v, str | int | float)},
        "rows": {name: len(frame) for name, frame in tables.items()},
        "events": {
            "by_status": _counts(events["status"]),
            "by_domain": _counts(active["domain"]),
            "by_date_precision": _shares(active["date_precision"]),
            "by_place_precision": _shares(active["place_precision"]),
            "by_attribution": _shares(active["attribution"]),
            "toll_disputed": _share(active["toll_disputed"].fillna(False).astype(bool)),
            "killed_with_best": _share(active["killed_best"].notna()),
            "killed_with_lower_bound_only": _share(
                active["killed_best"].isna() & active["killed_low"].notna()
            ),
            "single_source": _share(active["n_independent"].fillna(0) <= 1),
            "confidence_median": _number(active["confidence"].median()),
        },
        "claims": {
            "by_kind": _counts(tables["claims"]["kind"]),
            "by_scope": _shares(tables["claims"]["scope"]),
            "by_convention": _shares(tables["claims"]["convention"]),
            "by_speaker_role": _shares(tables["claims"]["speaker_role"]),
            "disputed_or_denied": _share(tables["claims"]["stance"] != "asserted"),
        },
        "duplicates": _duplicates(tables["articles"]),
        "merging": _merging(active, tables["reports"], tables["links"]),
        "agreement": _agreement(tables),
        "gold": dict(gold) if gold is not None else None,
    }


def _counts(column: pd.Series) -> dict[str, int]:
    counts = column.value_counts(dropna=True)
    found = {str(value): int(count) for value, count in sorted(counts.items(), key=str)}
    missing = int(column.isna().sum())
    return {**found, "unknown": missing} if missing else found


def _shares(column: pd.Series) -> dict[str, float]:
    return {value: round(n / len(column), 4) for value, n in _counts(column).items()}


def _share(flags: pd.Series) -> float | None:
    return round(float(flags.mean()), 4) if len(flags) else None


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 4)


def _duplicates(articles: pd.DataFrame) -> dict[str, Any]:
    return {
        "share": _share(articles["duplicate_of"].notna()),
        "by_kind": _counts(articles["duplicate_kind"].dropna()),
        "versions_beyond_the_first": int((articles["version"] > 1).sum()),
    }


def _merging(active: pd.DataFrame, reports: pd.DataFrame, links: pd.DataFrame) -> dict[str, Any]:
    of_events = reports[reports["event_id"].isin(active["event_id"])]
    per_event = of_events.groupby("event_id").size()
    return {
        "reports_per_event": _number(per_event.mean()),
        "events_of_several_reports": _share(per_event > 1),
        "links_by_decision": _counts(links["decision"]),
        "decided_by_correction": int((links["decided_by"] == "correction").sum()),
    }


def _agreement(tables: Tables) -> dict[str, Any]:
    """How far independent publishers give the same number of killed for one event.

    Copies are left out, and of each publisher only the newest figure counts, since tolls move.
    """
    articles = tables["articles"]
    originals = articles.loc[
        articles["duplicate_of"].isna(), ["article_id", "version", "publisher"]
    ].dropna()
    reports = tables["reports"].dropna(subset=["event_id", "killed_best"])
    reports = reports.merge(originals, on=["article_id", "version"], validate="many_to_one")
    reports = reports.sort_values(["report_date", "observed_at", "report_id"])
    newest = reports.drop_duplicates(["event_id", "publisher"], keep="last")
    figures = newest.groupby("event_id")["killed_best"].agg(["count", "min", "max"])
    several = figures[figures["count"] > 1]
    spread = several["max"] / several["min"].where(several["min"] > 0)
    return {
        "events_of_several_publishers": len(several),
        "same_killed": _share(several["min"] == several["max"]),
        "within_a_quarter": _share(spread.fillna(float("inf")).astype(float) <= 1.25),
        "median_largest_to_smallest": _number(spread.dropna().astype(float).median()),
    }
