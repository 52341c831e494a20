"""What an event is, beside its toll: when, where, who, and who reports it.

Each fact comes whole from one report: the finest that is given, and of equally fine ones that which
most independent sources give. Ties go to the report seen first.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from transforms.schema import ATTRIBUTION_STANCES, EVENT_TYPES
from transforms.settling.sources import sources_of

WHEN = ["date_start", "date_end", "date_precision", "date_text"]
WHERE = [
    "place_name",
    "place_text",
    "admin1",
    "country",
    "latitude",
    "longitude",
    "place_precision",
    "geonames_id",
]
RESPONSIBILITY = ("denied", "claimed", "alleged", "disowned")


def describe_events(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    attributions: pd.DataFrame,
    articles: pd.DataFrame,
) -> pd.DataFrame:
    """The columns of the events table except tolls, rule and status; one row per event."""
    mine = _reports_of_events(reports, articles)
    events = pd.DataFrame(index=pd.Index(sorted(mine["event_id"].unique()), name="event_id"))
    events = events.join(_when(mine)).join(_where(mine)).join(_kind(mine)).join(_who(mine))
    events["attribution"] = _grades(mine, attributions)
    disputed = claims.loc[claims["stance"] == "disputed", "report_id"]
    told = mine.loc[mine["report_id"].isin(disputed), "event_id"]
    events["toll_disputed"] = events.index.isin(told)
    events = events.join(_counts(mine, articles)).join(_founding(mine, articles))
    events["confidence"] = _confidence(mine)
    return events.reset_index()


def _reports_of_events(reports: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """The incident reports of events, newest version of each article, in the order first seen."""
    mine = reports[(reports["scope"] == "incident") & reports["event_id"].notna()]
    mine = mine.merge(
        sources_of(articles), on=["article_id", "version"], how="left", validate="m:1"
    )
    mine["source"] = mine["source"].fillna("article:" + mine["article_id"])
    mine = mine.sort_values(["observed_at", "report_date", "report_id"], ignore_index=True)
    mine["first_night"] = mine.groupby("event_id")["observed_at"].transform("min")
    mine["founder"] = ~mine["event_id"].duplicated()
    newest = mine.groupby(["event_id", "article_id"])["version"].transform("max")
    mine["current"] = mine["version"] == newest
    return mine


def _supported(
    reports: pd.DataFrame, fact: str, finest: list[pd.Series] | None = None
) -> pd.DataFrame:
    """Per event the row with the finest, then best supported value of `fact`."""
    told = reports[reports["current"] & reports[fact].notna()]
    support = told.groupby(["event_id", fact], observed=True)["source"].transform("nunique")
    keys = [series.reindex(told.index) for series in finest or []]
    ranks = pd.concat([told["event_id"], *keys, -support], axis=1)
    ranks.columns = pd.RangeIndex(ranks.shape[1])
    order = ranks.sort_values(list(ranks.columns), kind="stable").index
    return told.loc[order].drop_duplicates("event_id").set_index("event_id")


def _when(reports: pd.DataFrame) -> pd.DataFrame:
    guessed = reports["date_text"].isna()
    precision = reports["date_precision"].fillna(9)
    return _supported(reports, "date_start", [guessed, precision])[WHEN]


def _where(reports: pd.DataFrame) -> pd.DataFrame:
    precision = reports["place_precision"].fillna(9)
    place = reports["place_name"].fillna(reports["admin1"]).fillna(reports["country"])
    return _supported(reports.assign(place=place), "place", [precision])[WHERE]


def _kind(reports: pd.DataFrame) -> pd.DataFrame:
    """Domain and type; in a tie the type that stands first in the schema, so `other` last."""
    order = reports["event_type"].map({name: rank for rank, name in enumerate(EVENT_TYPES)})
    other = reports["event_type"] == "other"
    # who was abducted and then killed was killed (codebook section 4, type-mixed)
    abduction = reports["event_type"] == "abduction"
    killings = reports.loc[reports["killed_low"].gt(0).fillna(value=False) & ~abduction & ~other]
    outdone = abduction & reports["event_id"].isin(killings["event_id"])
    ranked = reports.assign(order=order)
    event_type = _supported(ranked, "event_type", [other, outdone])["event_type"]
    domain = _supported(reports, "domain", [reports["domain"] == "other"])["domain"]
    return pd.concat([domain, event_type], axis=1)


def _who(reports: pd.DataFrame) -> pd.DataFrame:
    actor = _supported(reports, "actor")[["actor", "actor_text"]]
    words = _supported(reports, "actor_text")["actor_text"]
    actor = actor.reindex(actor.index.union(words.index))
    actor["actor_text"] = actor["actor_text"].fillna(words)
    target = _supported(reports, "target")["target"]
    rank = reports["responsibility"].map({name: r for r, name in enumerate(RESPONSIBILITY)})
    said = rank[reports["current"]].groupby(reports["event_id"]).min()
    responsibility = (
        said.map(dict(enumerate(RESPONSIBILITY))).astype("str").rename("responsibility")
    )
    return pd.concat([actor, target, responsibility], axis=1)


def _grades(reports: pd.DataFrame, attributions: pd.DataFrame) -> pd.Series:
    """The grade of each event's attribution, the first that holds (codebook section 5)."""
    current = reports.loc[reports["current"], ["report_id", "event_id", "source"]]
    said = attributions.merge(current, on="report_id", validate="m:1")
    said = said[said["actor"].notna() & said["stance"].isin(ATTRIBUTION_STANCES[:3])]
    named = reports.loc[reports["current"] & reports["actor"].notna()]
    rows = pd.concat(
        [
            said[["event_id", "actor", "stance", "source"]],
            # a report that names an actor alleges, also where no saying was taken down
            named[["event_id", "actor", "source"]].assign(stance="alleged"),
        ]
    )
    asserted = rows[rows["stance"] != "denied"].drop_duplicates(["event_id", "actor"])
    sources = rows.groupby(["event_id", "actor"])["source"].nunique()
    grades = pd.DataFrame(index=pd.Index(sorted(rows["event_id"].unique())))
    grades["denied"] = grades.index.isin(rows.loc[rows["stance"] == "denied", "event_id"])
    grades["claimed"] = grades.index.isin(rows.loc[rows["stance"] == "claimed", "event_id"])
    rivals = asserted.loc[asserted["event_id"].duplicated(), "event_id"]
    grades["rivals"] = grades.index.isin(rivals)
    grades["two"] = grades.index.isin(sources[sources >= 2].index.get_level_values(0))
    grade = np.select(
        [grades["denied"] | grades["rivals"], grades["claimed"], grades["two"]],
        ["contested", "confirmed", "fair"],
        "weak",
    )
    return pd.Series(grade, index=grades.index, dtype="str")


def _counts(reports: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How many articles, publishers and independent sources report each event, copies included."""
    root = articles["duplicate_of"].fillna(articles["article_id"])
    copies = articles.assign(root=root)[["root", "article_id", "publisher"]].drop_duplicates()
    told = reports[["event_id", "article_id"]].drop_duplicates()
    copied = told.merge(copies, left_on="article_id", right_on="root", suffixes=("", "_copy"))
    own = told.merge(copies, on="article_id").assign(article_id_copy=lambda f: f["article_id"])
    spread = pd.concat([copied, own]).groupby("event_id")
    by = reports.groupby("event_id")
    return pd.DataFrame(
        {
            "n_articles": spread["article_id_copy"].nunique(),
            "n_publishers": spread["publisher"].nunique(),
            "n_independent": by["source"].nunique(),
            "first_reported_at": by["report_date"].min(),
            "last_reported_at": by["report_date"].max(),
        }
    )


def _founding(reports: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Headline of the founding article, and the night on which the event was first seen."""
    founder = reports[reports["founder"]][["event_id", "article_id", "version", "first_night"]]
    titles = articles[["article_id", "version", "title"]]
    out = founder.merge(titles, on=["article_id", "version"], how="left", validate="m:1")
    out = out.rename(columns={"title": "headline", "first_night": "observed_at"})
    return out.set_index("event_id")[["headline", "observed_at"]]


def _confidence(reports: pd.DataFrame) -> pd.Series:
    """The surest report's confidence; every further independent source halves the doubt."""
    by = reports.groupby("event_id")
    doubt = 1.0 - by["confidence"].max()
    return 1.0 - doubt * 0.5 ** (by["source"].nunique() - 1)
