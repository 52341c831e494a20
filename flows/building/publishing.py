"""The end of a build: relate, check, tell, publish."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from flows import __version__
from flows.bucket import describe
from flows.building.gold import score_gold
from flows.building.merging import keep_merge, load_merge
from flows.building.shards import Bench, knowledge_of
from flows.building.tables import Gathered, feed_rows, run_rows
from flows.cache import fingerprint
from flows.documents import release_documents
from flows.lock import hold_lock, lock_path
from flows.rawstore import Shard
from flows.reference import load_corrections, load_country_names
from flows.release import Release, open_release, publish, read_table
from flows.report import render_artifact, render_report
from flows.settings import Settings
from flows.stages import Stages
from transforms.checks import check_tables
from transforms.coding.code import coder_version
from transforms.corrections import corrections_at
from transforms.errors import StoreError
from transforms.history import relate
from transforms.schema import SCHEMA_VERSION

logger = logging.getLogger(__name__)

BUILD_WAIT_SECONDS = 600.0
"""How long a build waits for another; a night's takes seconds to minutes."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave.

    Attributes:
        release: the release that is current now; `changed` tells whether it is new.
        night: its night.
        findings: what people should know, one line each.
        rows: rows per table.
        artifact: the night in a screen of Markdown.
        seconds: by the clock, of each stage.
    """

    release: Release
    night: date
    findings: tuple[str, ...]
    rows: dict[str, int]
    artifact: str
    seconds: dict[str, float]

    @property
    def outcome(self) -> str:
        """One line: which release is current, and whether it is new."""
        return (
            f"{'released' if self.release.changed else 'nothing changed since'} {self.release.name}"
        )


def open_bench(settings: Settings) -> Bench:
    """Where the work on shards finds its reference data and cache."""
    reference = settings.paths.reference
    cache = settings.paths.state / "cache"
    return Bench(reference, cache, fingerprint(reference), settings.build.look)


@contextmanager
def hold_build(settings: Settings, night: date | None) -> Iterator[None]:
    """One build at a time: one that began with fewer shards must not publish after a fuller one.

    Raises:
        LockedError: another build did not end within `BUILD_WAIT_SECONDS`.
        StoreError: the state's folder can't be made.
    """
    state = settings.paths.state
    try:
        if isinstance(state, Path):
            state.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"[paths] state: can't make {state}: {describe(error)}") from error
    purpose = f"build {night}" if night else "build"
    path = lock_path(state, "build.lock")
    with hold_lock(path, purpose=purpose, wait_seconds=BUILD_WAIT_SECONDS):
        yield


def publish_tables(
    settings: Settings,
    bench: Bench,
    shards: Sequence[Shard],
    gathered: Gathered,
    coded: Mapping[str, pd.DataFrame],
    *,
    night: date,
    stages: Stages,
) -> Built:
    """Relate what was coded, check it, and publish it with its report.

    Args:
        settings: rule, paths, how long releases are kept.
        bench: where the work was done.
        shards: all shards of the release.
        gathered: their articles.
        coded: articles, claims, attributions, reports and rejects.
        night: the night of the release.
        stages: what the stages so far took.

    Raises:
        CheckError: a blocking check failed; nothing is published.
        CorrectionError: a correction matches nothing.
        StoreError: the release can't be written.
    """
    corrections = corrections_at(load_corrections(settings.paths.corrections_file), night)
    with stages.stage("merge"):
        related, merged = relate(
            coded,
            rule=settings.build.rule,
            corrections=corrections,
            previous=load_merge(gathered.originals, bench),
        )
        keep_merge(merged.state, gathered.originals, bench)
    feeds = feed_rows(shards, coded["articles"])
    tables = {**related, "rejects": coded["rejects"], "feeds": feeds}
    with stages.stage("check"):
        found = [str(finding) for finding in check_tables(tables)]
    findings = [*gathered.findings, *found]
    previous = _previous(settings)
    gold = score_gold(bench)
    # the reference data is large: only where the scores don't say whose they are it is loaded here
    coder = str(gold["coder_version"]) if gold else coder_version(knowledge_of(bench))
    tables["runs"] = run_rows(
        shards,
        gathered,
        tables,
        findings=findings,
        before=None if previous is None else previous["runs"],
        coder_version=coder,
        seconds=stages.seconds,
    )
    about = {
        "night": night.isoformat(),
        "code_version": __version__,
        "coder_version": coder,
        "schema_version": SCHEMA_VERSION,
        "fingerprint": bench.version,
    }
    names = load_country_names(settings.paths.reference / "places")
    with stages.stage("report"):
        page = render_report(tables, previous=previous, build=about, country_names=names, gold=gold)
        documents = release_documents(tables, night=night, build=about, gold=gold)
    with stages.stage("publish"):
        release = publish(
            tables,
            root=settings.paths.published,
            night=night,
            documents={"report.html": page, **documents},
            build=about,
            keep_days=settings.release.keep_days,
        )
    artifact = render_artifact(tables, previous=previous, build=about)
    bench.open_cache().forget_others()
    rows = {name: len(frame) for name, frame in tables.items()}
    logger.info(
        "release %s (%s): %s",
        release.name,
        "new" if release.changed else "unchanged",
        rows,
        extra={"data": {"release": release.name, "new": release.changed, "rows": rows}},
    )
    return Built(release, night, tuple(findings), rows, artifact, dict(stages.seconds))


def _previous(settings: Settings) -> dict[str, pd.DataFrame] | None:
    """What is told of the release before: its events and runs; its archive need not be read."""
    try:
        release = open_release(settings.paths.published)
        return {table: read_table(release, table) for table in ("events", "runs")}
    except StoreError as error:
        logger.info("no release before this one: %s", error)
        return None
