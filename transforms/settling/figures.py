"""Report figures: what each report says of each kind, settled inside the article.

First step of settling. Most reports hold one claim of a kind, which is its figure; only the others
go through the rule of `transforms/coding/accounts/settle.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from transforms.coding.accounts.settle import RELIABILITY, settle_account, settle_kind

KEYS = ["event_id", "report_id", "kind"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the claims table, as `settle_kind` reads it; `group` is its report and kind."""

    kind: str
    low: int | None
    best: int | None
    high: int | None
    relation: str
    stance: str
    speaker_role: str
    sentence: int
    credible: bool = True
    group: int = 0
    row: int = 0


def settle_report(claims: pd.DataFrame) -> dict[str, int | None]:
    """The fifteen toll columns of one report, from its rows of the claims table."""
    return settle_account(_rows(claims))


def prepare_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that may settle something, with the columns that the rules read.

    Claims that are no incident or stand in no event are left out, and of every article and event
    only those of the newest version stay. Columns that only the pipeline knows are filled in:
    without `event_id` all claims are of one event, without `source` every article is a source of
    its own, without `credible` every claim is credible.
    """
    out = claims[claims["scope"] == "incident"].copy()
    if "event_id" not in out:
        out["event_id"] = "event"
    out = out[out["event_id"].notna()]
    if "source" not in out:
        out["source"] = out["article_id"]
    if "credible" not in out:
        out["credible"] = True
    newest = out.groupby(["event_id", "article_id"], observed=True)["version"].transform("max")
    out = out[out["version"] == newest].reset_index(drop=True)
    return out.assign(row=out.index)


def report_figures(claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures of reports and the claims that they rest on.

    Args:
        claims: as `prepare_claims` gives them.

    Returns:
        Figures: one row per event, report and kind that has a number (`low`, `best`, `high` and
        `value`, the best or else the low, as floats; `rank` of the least reliable speaker;
        `source`, `credible`, `report_date`), with `figure` as its ordinal. And members: `figure`,
        `row` (of the claims given) and `claim_id`, one row per claim that decided a figure.
    """
    standing = claims[claims["relation"].isin(["total", "part"])]
    standing = standing.sort_values([*KEYS, "claim_id"], ignore_index=True)
    for bound in ("low", "best", "high"):
        standing[bound] = standing[bound].astype("float64")
    standing["rank"] = standing["speaker_role"].map(RELIABILITY).astype("int64")
    standing["credible"] = standing["credible"].astype(bool) & (standing["stance"] != "denied")
    standing["group"] = standing.groupby(KEYS, observed=True, sort=False).ngroup()
    alone = ~standing["group"].duplicated(keep=False)
    many, members = _settle_many(standing[~alone])
    lone = standing.loc[alone, ["row"]].assign(lead=standing["row"])
    figures = pd.concat([standing[alone], many], ignore_index=True)
    figures["value"] = figures["best"].fillna(figures["low"]).fillna(figures["high"])
    figures = figures[figures["value"].notna()].sort_values(KEYS, ignore_index=True)
    figures["figure"] = figures.index
    leads = figures[["figure", "row"]].rename(columns={"row": "lead"})
    members = pd.concat([lone, members]).merge(leads, on="lead", validate="m:1")
    members = members.merge(claims[["row", "claim_id"]], on="row", validate="1:1")
    columns = [*KEYS, "low", "best", "high", "value", "rank", "source", "credible", "report_date"]
    return figures[["figure", *columns]], members[["figure", "row", "claim_id"]]


def _settle_many(claims: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures of the groups with several claims; each deciding claim with the first, its lead."""
    found: list[tuple[int, int | None, int | None, int | None, int, bool]] = []
    members: list[tuple[int, int]] = []
    for _, rows in groupby(_rows(claims), key=lambda row: row.group):
        settled = settle_kind(rows)
        if settled.claims:
            ids = [row.row for row in settled.claims]
            rank = max(RELIABILITY[row.speaker_role] for row in settled.claims)
            credible = any(row.credible for row in settled.claims)
            found.append((ids[0], settled.low, settled.best, settled.high, rank, credible))
            members += [(row, ids[0]) for row in ids]
    columns = ["row", "low", "best", "high", "rank", "credible"]
    figures = pd.DataFrame(found, columns=columns).astype(dict.fromkeys(columns[1:4], "float64"))
    figures = figures.astype({"row": "int64", "rank": "int64", "credible": bool})
    rest = claims.drop(columns=columns[1:])
    out = rest.merge(figures, on="row", validate="1:1")
    return out, pd.DataFrame(members, columns=["row", "lead"], dtype="int64")


def _rows(claims: pd.DataFrame) -> list[Row]:
    """Rows of the claims table as objects, in their order."""
    names = [name for name in Row.__slots__ if name in claims]
    columns = [claims[name].astype(object).where(claims[name].notna(), None) for name in names]
    return [
        Row(**dict(zip(names, values, strict=True)))
        for values in zip(*(column.tolist() for column in columns), strict=True)
    ]
