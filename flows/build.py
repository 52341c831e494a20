"""The `build` flow: from the raw store to a release, with no network.

Work on shards is kept in the cache under the fingerprint of code and reference data, so a night
pays for what is new; the same shards and code give the same bytes.
"""

from __future__ import annotations

import logging
from datetime import date
from itertools import compress

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.building.gold import is_scored, score_gold
from flows.building.publishing import Built, hold_build, open_bench, publish_tables
from flows.building.shards import (
    CODED,
    NORMALISED,
    ORIGINALS,
    Bench,
    forget_shards,
    keep_coded,
    keep_normalised,
    missing_from,
    shard_key,
)
from flows.building.tables import gather_articles, gather_coded
from flows.orchestrate import RETRY, await_all, end_workers, task_runner
from flows.rawstore import Shard, iter_shards
from flows.reference import load_corrections
from flows.release import check_target
from flows.settings import Settings
from flows.stages import Stages
from transforms.errors import CacheLostError, SettingsError, StoreError

logger = logging.getLogger(__name__)

TAGS = ["shard"]


@task(cache_policy=NO_CACHE, task_run_name="normalise {shard.name}", tags=TAGS, **RETRY)
def normalise(shard: Shard, bench: Bench) -> str:
    """Articles and texts of one shard."""
    return keep_normalised(shard, bench)


@task(cache_policy=NO_CACHE, task_run_name="code {shard.name}", tags=TAGS, **RETRY)
def code(shard: Shard, key: str, originals: str, bench: Bench) -> str:
    """Claims, attributions and reports of one shard."""
    return keep_coded(shard, key, originals, bench)


@task(cache_policy=NO_CACHE, task_run_name="score the coder", tags=TAGS, **RETRY)
def score(bench: Bench) -> None:
    """The coder's scores on the gold set, for the release."""
    score_gold(bench)


@flow(name="build", validate_parameters=False)
def build_release(settings: Settings, night: date | None = None) -> Built:
    """Build the release of a night from all shards up to it.

    Args:
        settings: paths, rule of settlement.
        night: logical date; the last night in the raw store where it is left out.

    Raises:
        StoreError: the raw store is empty or damaged, or nothing can be published.
        CheckError: a blocking check failed; the current release stands.
        CorrectionError: a correction matches nothing, contradicts another or lacks evidence.
    """
    check_target(settings.paths.published)
    # a slip in the corrections ends the build before any work
    load_corrections(settings.paths.corrections_file)
    shards = iter_shards(settings.paths.raw, end=night)
    if not shards:
        raise StoreError(_nothing_stored(settings, night))
    bench, stages = open_bench(settings), Stages()
    keys = [shard_key(shard, bench.look) for shard in shards]
    fresh = list(compress(shards, missing_from(bench, NORMALISED, keys)))
    with stages.stage("normalise", len(fresh)) as advance:
        await_all([normalise.submit(shard, bench) for shard in fresh], advance)
    with stages.stage("deduplicate"):
        gathered = gather_articles(shards, keys, bench)
    work = zip(shards, keys, gathered.originals, strict=True)
    fresh_work = list(compress(work, missing_from(bench, CODED, gathered.originals)))
    with stages.stage("code", len(fresh_work)) as advance:
        scores = [] if is_scored(bench) else [score.submit(bench)]
        coded = [code.submit(shard, key, mine, bench) for shard, key, mine in fresh_work]
        await_all(coded, advance)
        await_all(scores)
        end_workers()
        tables = gather_coded(gathered, bench)
    last = night or shards[-1].night
    return publish_tables(settings, bench, shards, gathered, tables, night=last, stages=stages)


def build(settings: Settings, night: date | None = None) -> Built:
    """`build_release` on the runner that the settings name; what a damaged cache lost is redone."""
    run = build_release.with_options(task_runner=task_runner(settings))
    with hold_build(settings, night):
        for _ in (NORMALISED, ORIGINALS, CODED):  # each may have lost something
            try:
                return run(settings, night)
            except CacheLostError as error:
                logger.warning("%s; it is made again now", error)
        return run(settings, night)


def rebuild(settings: Settings, start: date | None = None, end: date | None = None) -> Built:
    """Build after forgetting what is kept of the shards of some nights.

    Args:
        settings: as for `build`.
        start: first night to read again; all before where it is left out.
        end: last night to read again; all after where it is left out.

    Raises:
        SettingsError: there are nights, but none in the range.
    """
    shards = iter_shards(settings.paths.raw, start, end)
    if not shards and iter_shards(settings.paths.raw):
        said = f"--from {start or 'the first'} --to {end or 'the last'}"
        raise SettingsError(f"{said}: no night of that range is stored; `status` shows which are")
    forget_shards(shards, open_bench(settings))
    return build(settings)


def _nothing_stored(settings: Settings, night: date | None) -> str:
    stored = iter_shards(settings.paths.raw)
    if stored:
        return (
            f"{settings.paths.raw}: the first night stored here is {stored[0].night}, after {night}"
        )
    return f"{settings.paths.raw}: no night is stored here yet; run `make nightly`"
