"""All shards together: from their cached frames to every table of a release."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd

from flows import __version__
from flows.building.shards import (
    CODED,
    NORMALISED,
    Bench,
    keep_originals,
    unpack_sketches,
)
from flows.cache import Frames
from flows.rawstore import Shard, read_index, shard_feed_rows, shard_reject_rows
from transforms.checks import check_balances
from transforms.deduplicate import deduplicate_articles
from transforms.errors import CacheLostError, CheckError, StoreError
from transforms.mentions import join_mentions
from transforms.pipeline import Tables, join_frames
from transforms.schema import SCHEMA_VERSION, frame_of
from transforms.sketches import join_sketches
from transforms.versions import KNOWN_COLUMNS, assign_versions

logger = logging.getLogger(__name__)

_SMALL = ("articles", "texts", "sketches", "rejects", "findings", "counts", "look")
ENTRIES = ("seen", "new_versions", "known", "rejected", "deferred")
LOOKS = ("pages", "passed_over", "audited", "carrying", "missed")
REQUESTS = ("fetched", "unchanged", "rejected", "deferred")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The articles of all shards, and what they say of the shards.

    Attributes:
        articles: table articles, versions numbered, duplicates marked.
        originals: for each shard the key of the articles to be coded.
        rejects: what was rejected before coding.
        findings: what was odd on the last night, one line each.
        entries: per run the balance of entries.
        looks: per run how the look did: pages, passed_over, audited, carrying, missed.
    """

    articles: pd.DataFrame
    originals: list[str]
    rejects: pd.DataFrame
    findings: list[str]
    entries: dict[str, dict[str, int]]
    looks: dict[str, dict[str, int]]


def gather_articles(shards: Sequence[Shard], keys: Sequence[str], bench: Bench) -> Gathered:
    """Number the versions of all articles, mark duplicates, choose what is to be coded.

    Args:
        shards: all shards, in order.
        keys: where their normalised frames lie.
        bench: where the cache is.

    Raises:
        CheckError: the entries of a run are not all accounted for.
    """
    parts = [_load(bench, NORMALISED, key, _SMALL) for key in keys]
    articles, where, sketches = _number_versions(parts)
    articles = deduplicate_articles(articles, where, sketches=sketches)
    coded = articles["duplicate_of"].isna()
    originals = [
        keep_originals(key, articles[mine], where.loc[mine, "row"], bench)
        for number, key in enumerate(keys)
        for mine in [coded & (where["shard"] == number)]
    ]
    refused = [shard_reject_rows(shard) for shard in shards]
    return Gathered(
        articles=articles,
        originals=originals,
        rejects=join_frames([*({"rejects": frame} for frame in refused), *parts], ["rejects"])[
            "rejects"
        ],
        findings=_last_findings(shards, parts),
        entries=_balance_entries(shards, parts, articles),
        looks=_sum_looks(shards, parts),
    )


def gather_coded(gathered: Gathered, bench: Bench) -> Tables:
    """What was coded in all shards, beside the articles: what `transforms.history.relate` takes."""
    parts = [_load(bench, CODED, key) for key in gathered.originals]
    coded = join_frames(parts, ("claims", "attributions", "reports", "rejects"))
    rejects = join_frames([{"rejects": gathered.rejects}, coded], ["rejects"])["rejects"]
    return {
        **coded,
        "articles": gathered.articles,
        "rejects": rejects,
        "mentions": join_mentions(parts),
    }


def feed_rows(shards: Sequence[Shard], articles: pd.DataFrame) -> pd.DataFrame:
    """Table feeds, with how many entries became new article versions."""
    feeds = join_frames([{"feeds": shard_feed_rows(s)} for s in shards], ["feeds"])["feeds"]
    new = articles.groupby(["run_id", "feed_id"]).size().rename("count").reset_index()
    counted = feeds.merge(new, on=["run_id", "feed_id"], how="left", validate="one_to_one")
    return feeds.assign(new=counted["count"].fillna(0).astype("Int32"))


def run_rows(
    shards: Sequence[Shard],
    gathered: Gathered,
    tables: Mapping[str, pd.DataFrame],
    *,
    findings: Sequence[str],
    before: pd.DataFrame | None,
    coder_version: str,
    seconds: Mapping[str, float],
) -> pd.DataFrame:
    """Table runs: earlier runs as they were told, the last one and those not told yet told now.

    Args:
        shards: all shards.
        gathered: their articles.
        tables: the tables of the release.
        findings: what checks and stages found.
        before: table runs of the release before.
        coder_version: version of the coder.
        seconds: what the stages of this build took.
    """
    rows = []
    known = set() if before is None else set(before["run_id"])
    last = max(((shard.night, shard.run_id) for shard in shards), default=(None, None))[1]
    added = _rows_by_run(tables)
    for run_id in sorted({shard.run_id for shard in shards}):
        if run_id in known and run_id != last:
            continue
        mine = [shard for shard in shards if shard.run_id == run_id]
        counts = {name: by_run.get(run_id, 0) for name, by_run in added.items()}
        # the build's own time and what it found are of its last run
        found, took = (findings, seconds) if run_id == last else ((), {})
        rows.append(_run_row(mine, gathered, counts, found, coder_version, took))
    parts = [{"runs": frame_of("runs", rows)}]
    if before is not None:
        told = [row["run_id"] for row in rows]
        parts.insert(0, {"runs": before[~before["run_id"].isin(told)]})
    return join_frames(parts, ["runs"])["runs"]


def _load(bench: Bench, stage: str, key: str, only: Sequence[str] | None = None) -> Frames:
    frames = bench.open_cache().load(stage, key, only=only)
    if frames is None:
        raise CacheLostError(f"{bench.cache}: the cache of {key} is gone; run the build again")
    return frames


def _number_versions(parts: Sequence[Frames]) -> tuple[pd.DataFrame, pd.DataFrame, Any]:
    articles = join_frames(parts, ["articles"])["articles"]
    where = [
        part["texts"].assign(shard=number, row=range(len(part["texts"])))
        for number, part in enumerate(parts)
    ]
    columns = {"article_id": "str", "version": "Int32", "text_source": "str"}
    joined = (
        pd.concat(where, ignore_index=True)
        if where
        else pd.DataFrame(columns=[*columns, "shard", "row"])
    )
    joined = joined.astype({**columns, "shard": "int64", "row": "int64"}).assign(
        at=range(len(joined))
    )
    known = pd.DataFrame({n: pd.Series(dtype=t) for n, t in KNOWN_COLUMNS.items()})
    versioned = assign_versions(articles, joined, known)
    sketches = join_sketches([unpack_sketches(part["sketches"]) for part in parts])
    at = versioned.texts["at"].to_numpy(dtype=np.int64)
    return versioned.articles, versioned.texts, sketches.take(at)


def _last_findings(shards: Sequence[Shard], parts: Sequence[Frames]) -> list[str]:
    last = max((shard.night for shard in shards), default=None)
    mine = [p for s, p in zip(shards, parts, strict=True) if s.night == last]
    missed = [url for part in mine for urls in part["look"]["missed"] for url in urls]
    said = [str(line) for part in mine for line in part["findings"]["finding"]]
    if missed:
        audited = sum(int(part["look"]["audited"].iloc[0]) for part in mine)
        said.append(
            f"look_audit: {len(missed)} of {audited} pages passed over and read all the same tell"
            f" of casualties; first {missed[0]}"
        )
    return said


def _balance_entries(
    shards: Sequence[Shard], parts: Sequence[Frames], articles: pd.DataFrame
) -> dict[str, dict[str, int]]:
    """Per run: seen = new versions + known + rejected + deferred, exactly."""
    balance: dict[str, dict[str, int]] = {}
    for shard, part in zip(shards, parts, strict=True):
        run = balance.setdefault(shard.run_id, dict.fromkeys(ENTRIES, 0))
        for name in ("seen", "rejected", "deferred"):
            run[name] += int(part["counts"][name].iloc[0])
        run["known"] += len(part["articles"])
    new = articles["run_id"].value_counts().to_dict()
    for run_id, run in balance.items():
        run["new_versions"] = int(new.get(run_id, 0))
        run["known"] -= run["new_versions"]
        found = check_balances(None, run)
        if found:
            raise CheckError(f"run {run_id}: {found[0]}")
    return balance


def _sum_looks(shards: Sequence[Shard], parts: Sequence[Frames]) -> dict[str, dict[str, int]]:
    looks: dict[str, dict[str, int]] = {}
    for shard, part in zip(shards, parts, strict=True):
        run = looks.setdefault(shard.run_id, dict.fromkeys(LOOKS, 0))
        row = part["look"].iloc[0]
        for name in LOOKS:
            run[name] += len(row[name]) if name == "missed" else int(row[name])
    return looks


def _rows_by_run(tables: Mapping[str, pd.DataFrame]) -> dict[str, dict[str, int]]:
    """How many rows of each table each run added; an event is of the run that first told of it."""
    keys = ["article_id", "version"]
    runs = tables["articles"].set_index(keys)["run_id"]
    reports = tables["reports"][[*keys, "event_id", "observed_at"]].join(
        runs, on=keys, validate="many_to_one"
    )
    events = tables["events"][["event_id", "observed_at"]]
    told = reports.merge(events, on=["event_id", "observed_at"], validate="many_to_one")
    run_ids = {
        "articles": tables["articles"]["run_id"],
        "claims": tables["claims"][keys].join(runs, on=keys, validate="many_to_one")["run_id"],
        "reports": reports["run_id"],
        "events": told.groupby("event_id")["run_id"].min(),
        "rejects": tables["rejects"]["run_id"],
    }
    return {
        name: {str(run_id): int(n) for run_id, n in of.value_counts().items()}
        for name, of in run_ids.items()
    }


def _run_row(
    shards: Sequence[Shard],
    gathered: Gathered,
    counts: Mapping[str, int],
    findings: Sequence[str],
    coder_version: str,
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    night, run_id = shards[0].night, shards[0].run_id
    index = pd.concat(
        [read_index(s, ["kind", "outcome", "fetched_at"]).to_pandas() for s in shards]
    )
    outcomes = index["outcome"].value_counts().to_dict()
    requests = {name: int(outcomes.get(name, 0)) for name in REQUESTS}
    failed = index["kind"].eq("feed") & index["outcome"].isin(["rejected", "deferred"])
    fetched = index["fetched_at"].dropna()
    took = dict(seconds)
    if len(fetched):
        took = {"ingest": (fetched.max() - fetched.min()).total_seconds(), **took}
    return {
        "run_id": run_id,
        "night": pd.Timestamp(night),
        "started_at": index["fetched_at"].min(),
        "ended_at": datetime.now(UTC),
        "code_version": __version__,
        "coder_version": coder_version,
        "schema_version": SCHEMA_VERSION,
        "counts": json.dumps(
            {
                **counts,
                "look": gathered.looks[run_id],
                "seconds": {name: round(spent, 3) for name, spent in took.items()},
            }
        ),
        "balances": json.dumps(
            {
                "requests": {"planned": sum(requests.values()), **requests},
                "entries": gathered.entries[run_id],
            }
        ),
        "findings": list(findings),
        "outcome": "partial" if failed.any() else "released",
    }


def night_of(shards: Sequence[Shard]) -> date:
    """The last night that the shards know.

    Raises:
        StoreError: there are none.
    """
    if not shards:
        raise StoreError("the raw store holds no night yet; run `make nightly` first")
    return max(shard.night for shard in shards)
