"""A release asked anew: as known on an earlier night, or settled by another rule."""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

import pandas as pd

from flows.building.shards import CODED
from flows.cache import Cache
from flows.reference import load_corrections
from flows.release import open_release, read_tables
from flows.settings import Settings
from transforms.corrections import corrections_at
from transforms.history import as_of, resettle
from transforms.mentions import join_mentions
from transforms.pipeline import Tables

logger = logging.getLogger(__name__)

COMPUTED = ("articles", "claims", "attributions", "reports", "links", "events", "tolls")
"""What is known of a night; the other tables tell of runs."""


def past_tables(
    settings: Settings, *, night: date | None = None, rule: str | None = None
) -> Tables:
    """The tables of the current release, asked anew.

    Args:
        settings: where the release, the corrections and the cache are.
        night: as known on that night; as released where it is left out.
        rule: how tolls are settled; as released where it is left out.

    Returns:
        Every table of the release; claims and what is made of them as asked for.

    Raises:
        StoreError: nothing is published yet, or a file of the release is damaged.
        SettingsError: no such rule.
        CorrectionError: a correction matches nothing.
    """
    release = open_release(settings.paths.published)
    tables = read_tables(release)
    if night is None and rule is None:
        return tables
    corrections = load_corrections(settings.paths.corrections_file)
    settled_by = rule or settings.build.rule
    if night is None:
        hold = corrections_at(corrections, date.fromisoformat(release.manifest["night"]))
        return tables | resettle(tables, rule=settled_by, corrections=hold)
    known = {**tables, "mentions": _mentions(settings, release.manifest["build"])}
    return tables | as_of(known, night, rule=settled_by, corrections=corrections)


def _mentions(settings: Settings, build: dict[str, Any]) -> pd.DataFrame:
    """The names in the articles, by which reports were merged; the build keeps them in its cache.

    They are no table of a release, so from a copy of one alone some reports may stand apart.
    """
    cache = Cache(settings.paths.state / "cache", str(build.get("fingerprint")))
    found = cache.load_all(CODED, "mentions")
    if not found:
        logger.warning(
            "the names in the articles of this release are not kept here (%s): some reports of one"
            " event may stand apart; run `build` first",
            settings.paths.state,
        )
    mentions = join_mentions({"mentions": frame} for frame in found)
    return mentions.drop_duplicates(["article_id", "version"], ignore_index=True)
