"""Settling: from claims to the tolls of events, by a rule of the user's choice. After merge.

    from transforms.settle import settle
    settle(claims, "ucdp")

The claims stay as they are; a rule only chooses among them, so that every rule can be tried on the
same data. The rules stand in `transforms/settling/rules.py`.
"""

from __future__ import annotations

import pandas as pd

from transforms import schema
from transforms.settling.events import describe_events
from transforms.settling.figures import prepare_claims, report_figures, settle_report
from transforms.settling.roles import split_by_role
from transforms.settling.rules import DEFAULT_RULE, RULES, TRIPLE, Rule, find_rule, pool_figures
from transforms.settling.sources import claims_of_events

__all__ = ["DEFAULT_RULE", "RULES", "settle", "settle_events", "settle_report"]


def settle(claims: pd.DataFrame, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """The tolls of events from their claims.

    Args:
        claims: rows of the claims table. Beside its columns it may have `event_id` (else all are
            taken for one event), `source` (the independent source; else the article) and `credible`
            (else true). Only incident claims settle.
        rule: name of a rule, with or without its version: latest, ucdp, acled, acled_10, min_max,
            majority.

    Returns:
        One row per event that has a figure, sorted: `event_id`, the fifteen tolls, the four
        `killed_<role>`, `rule`, and lists of the claim ids that decided (`settled_by_<kind>`).

    Raises:
        SettingsError: no such rule.
    """
    chooser = find_rule(rule)
    prepared = _with_words(prepare_claims(claims), chooser)
    figures, members = report_figures(prepared)
    chosen, winners = chooser.choose(pool_figures(figures))
    tolls = _tolls(chosen)
    roles = split_by_role(prepared, figures, members, tolls["killed_best"])
    settled_by = _settled_by(winners, members, tolls.index)
    out = pd.concat([tolls, roles], axis=1).astype("Int32").join(settled_by)
    out.insert(0, "event_id", out.index.astype("str"))
    out["rule"] = pd.Series(str(chooser), index=out.index, dtype="str")
    columns = ["event_id", *schema.TOLLS, *schema.KILLED_ROLES, "rule", *schema.SETTLED_BY]
    return out[columns].reset_index(drop=True)


def settle_events(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    rule: str = DEFAULT_RULE,
    tombstones: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The events table.

    Args:
        reports: the reports table with `event_id` set, as merge gives it.
        claims: the claims table.
        attributions: the attributions table.
        articles: the articles table with `duplicate_of`.
        rule: name of a rule of settlement.
        tombstones: event_id, merged_into, observed_at of the events that became part of others.

    Returns:
        One row per event, the merged ones too, sorted by event_id.

    Raises:
        SettingsError: no such rule.
    """
    name = str(find_rule(rule))
    tolls = settle(claims_of_events(reports, claims, attributions, articles), rule)
    events = describe_events(reports, claims, attributions, articles)
    events = events.merge(tolls.drop(columns="rule"), on="event_id", how="left", validate="1:1")
    events["status"] = "active"
    if tombstones is not None and len(tombstones):
        dead = tombstones[["event_id", "merged_into", "observed_at"]]
        dead = dead.assign(status="merged", toll_disputed=False)
        events = pd.concat([schema.cast_frame("events", events), schema.cast_frame("events", dead)])
    events = schema.cast_frame("events", events.assign(rule=name))
    return events.sort_values("event_id", ignore_index=True)


def _with_words(claims: pd.DataFrame, rule: Rule) -> pd.DataFrame:
    """The claims with the rule's own numbers for vague words."""
    if not rule.words:
        return claims
    number = claims["convention"].map(rule.words).astype("Int32")
    vague = claims["best"].isna() & number.notna()
    low = claims["low"].mask(claims["low"] > number, number)
    return claims.assign(
        best=claims["best"].mask(vague, number), low=claims["low"].mask(vague, low)
    )


def _tolls(chosen: pd.DataFrame) -> pd.DataFrame:
    """The fifteen toll columns as floats, one row per event."""
    wide = pd.DataFrame(index=pd.Index(sorted(chosen["event_id"].unique()), name="event_id"))
    for kind in schema.KINDS:
        of_kind = chosen[chosen["kind"] == kind].set_index("event_id")[TRIPLE]
        wide = wide.join(of_kind.astype("float64").add_prefix(f"{kind}_"))
    return wide


def _settled_by(winners: pd.DataFrame, members: pd.DataFrame, events: pd.Index) -> pd.DataFrame:
    """Per event and kind the sorted ids of the claims that won."""
    won = winners[["event_id", "kind", "figure"]].merge(members, on="figure", validate="m:m")
    won = won.sort_values(["event_id", "kind", "claim_id"])
    out = pd.DataFrame(index=events)
    for kind in schema.KINDS[:4]:
        ids: dict[str, list[str]] = {}
        of_kind = won[won["kind"] == kind]
        for event, claim in zip(of_kind["event_id"], of_kind["claim_id"], strict=True):
            ids.setdefault(event, []).append(claim)
        out[f"settled_by_{kind}"] = pd.Series([ids.get(e) for e in events], events, dtype=object)
    return out
