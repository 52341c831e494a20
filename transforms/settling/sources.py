"""What a claim is worth for settling: its event, the independent source behind it, its credibility.

First step of settling in the pipeline, where reports, attributions and articles are known beside
the claims.
"""

from __future__ import annotations

import pandas as pd

from transforms.deduplicate import independent_groups


def claims_of_events(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
) -> pd.DataFrame:
    """The claims of incident reports that stand in an event, with what the rules need.

    Returns:
        The claims table and `event_id`, `source` (independent source) and `credible` (not resting
        on the perpetrator's side alone); one row per claim.
    """
    mine = reports[(reports["scope"] == "incident") & reports["event_id"].notna()]
    mine = mine[["report_id", "event_id", "actor", "actor_text"]]
    out = claims.merge(mine, on="report_id", validate="m:1")
    out = out.merge(sources_of(articles), on=["article_id", "version"], how="left", validate="m:1")
    out["source"] = out["source"].fillna("article:" + out["article_id"])
    out["credible"] = ~_of_perpetrator(out, attributions)
    return out.drop(columns=["actor", "actor_text"])


def sources_of(articles: pd.DataFrame) -> pd.DataFrame:
    """article_id, version and the independent source behind each article version."""
    keys = articles[["article_id", "version"]]
    return keys.assign(source=independent_groups(articles)).astype({"source": "str"})


def _of_perpetrator(claims: pd.DataFrame, attributions: pd.DataFrame) -> pd.Series:
    """Whether the speaker of a claim is who the report says did it."""
    own = attributions[attributions["stance"].isin(["claimed", "denied"])]
    pairs = set(zip(own["report_id"], own["speaker"].str.casefold(), strict=True))
    speaker = claims["speaker"].str.casefold()
    listed = zip(
        claims["report_id"],
        speaker.where(speaker.notna(), None),
        claims["actor"].str.casefold(),
        claims["actor_text"].str.casefold(),
        strict=True,
    )
    return pd.Series(
        [
            isinstance(who, str)
            and ((report, who) in pairs or _names(who, actor) or _names(who, words))
            for report, who, actor, words in listed
        ],
        index=claims.index,
        dtype=bool,
    )


def _names(speaker: str, actor: object) -> bool:
    """Whether the words for the actor are part of the words for the speaker, or the reverse."""
    if not isinstance(actor, str) or not actor:
        return False
    said, did = f" {speaker} ", f" {actor} "
    return did in said or said in did
