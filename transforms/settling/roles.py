"""Who the dead were: the split of an event's killed_best by role.

The identity of the UCDP holds for every event: killed_best is the sum of the four roles, where
unknown is the rest. Roles that don't fit into the best all go to unknown.

Source: UCDP GED codebook 23.1, deaths_a, deaths_b, deaths_civilians, deaths_unknown.
"""

from __future__ import annotations

import pandas as pd

from transforms.schema import KILLED_ROLES, ROLES

KNOWN = list(ROLES[:3])


def split_by_role(
    claims: pd.DataFrame, figures: pd.DataFrame, members: pd.DataFrame, best: pd.Series
) -> pd.DataFrame:
    """The killed of each event by role.

    Args:
        claims: as `prepare_claims` gives them.
        figures: as `report_figures` gives them, and `members` beside them.
        members: the claims that decided each figure.
        best: killed_best by event_id, null where unknown.

    Returns:
        The columns `killed_<role>` as floats, one row per event in the index of `best`; all four
        null where the best is.
    """
    killed = figures[(figures["kind"] == "killed") & figures["best"].notna()]
    killed = killed[killed["best"] == killed["event_id"].map(best)]
    known = _known(claims, killed, members)
    known["sum"] = known[KNOWN].sum(axis=1)
    # of the reports that give this very figure, the one that says most about the roles
    known = known.sort_values(["event_id", "sum", "report_id"], ascending=[True, False, True])
    chosen = known.drop_duplicates("event_id").set_index("event_id")[KNOWN]
    out = chosen.reindex(best.index).fillna(0.0).add_prefix("killed_")
    out["killed_unknown"] = best - out.sum(axis=1)
    return out.where(best.notna())[list(KILLED_ROLES)]


def role_conflicts(claims: pd.DataFrame, figures: pd.DataFrame, members: pd.DataFrame) -> pd.Series:
    """The report_ids whose roles add up to more people than their killed figure."""
    killed = figures[(figures["kind"] == "killed") & figures["best"].notna()]
    known = _known(claims, killed, members)
    return known["report_id"][known["conflict"]]


def _known(claims: pd.DataFrame, killed: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """The known roles inside each killed figure; none where they don't fit into it."""
    keys = ["event_id", "report_id", "best"]
    out = killed[["figure", *keys]].set_index("figure")
    columns = ["row", *keys, "victim_role", "low", "relation", "stance"]
    told = claims.loc[claims["kind"] == "killed", columns].set_index("row")
    base = members[members["figure"].isin(out.index)].join(told, on="row")
    base = _by_role(base, base["figure"], base["best"]).reindex(out.index).fillna(0.0)
    subset = told[(told["relation"] == "subset") & (told["stance"] != "denied")]
    value = subset["best"].fillna(subset["low"])
    figure = pd.Series(out.index, pd.MultiIndex.from_frame(out[keys[:2]]), dtype="float64")
    holder = figure.reindex(pd.MultiIndex.from_frame(subset[keys[:2]])).set_axis(subset.index)
    inside = _by_role(subset, holder, value).reindex(out.index).fillna(0.0)
    extra = (inside - base).clip(lower=0.0)
    excess = (base.add(extra).sum(axis=1) - out["best"]).clip(lower=0.0)
    # "12 villagers, including two policemen": the two come out of the largest role
    largest = base.eq(base.max(axis=1), axis=0) & extra.eq(0.0)
    first = largest & (largest.cumsum(axis=1) == 1)
    taken = first.mul(excess, axis=0)
    known = base + extra - taken
    conflict = (known < 0).any(axis=1) | (known.sum(axis=1) > out["best"])
    return out.join(known.mask(conflict, 0.0)).assign(conflict=conflict)


def _by_role(claims: pd.DataFrame, by: pd.Series, value: pd.Series) -> pd.DataFrame:
    known = claims["victim_role"].isin(KNOWN)
    amounts = value.astype("float64").fillna(0.0)[known]
    role = claims.loc[known, "victim_role"]
    columns = {name: amounts[role == name].groupby(by[known]).sum() for name in KNOWN}
    return pd.DataFrame(columns, columns=KNOWN, dtype="float64").fillna(0.0)
