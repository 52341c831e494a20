"""The `ingest` flow: the feeds of a night, from the network into the raw store.

The only step of the chain that needs a network; `build` goes on from what it stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from flows.ingesting.gather import BatchResult, Run, gather_batch
from flows.ingesting.night import (
    PARALLEL_BATCHES,
    IngestResult,
    batches_of,
    fetch_policy,
    open_run,
    sum_up,
    workers_for,
)
from flows.orchestrate import await_all
from flows.settings import Settings
from flows.stages import Stages
from transforms.feeds import Feed

__all__ = ["IngestResult", "ingest"]


@task(cache_policy=NO_CACHE, task_run_name="feeds batch {number}", tags=["network"])
def gather(run: Run, feeds: Sequence[Feed], number: int, workers: int) -> BatchResult:
    """Fetch and store one batch of feeds with their pages."""
    return gather_batch(run, feeds, number, workers=workers)


@flow(
    name="ingest",
    validate_parameters=False,
    task_runner=ThreadPoolTaskRunner(max_workers=PARALLEL_BATCHES),  # type: ignore[arg-type]
)
def ingest(settings: Settings, night: date, feeds: Sequence[Feed]) -> IngestResult:
    """Fetch a night's feeds and pages into the raw store.

    Args:
        settings: paths and rules of fetching.
        night: logical date of the run.
        feeds: the feeds to ask.

    Raises:
        LockedError: another run has the raw store.
        StoreError: the raw store can't be written.
        NothingReachedError: there were feeds, and not one of them answered.
    """
    batches, stages = batches_of(feeds), Stages()
    workers = workers_for(len(batches), settings.ingest.connections)
    with open_run(settings.paths.raw, night, feeds, fetch_policy(settings.ingest)) as run:
        with stages.stage("ingest", len(batches)) as advance:
            asked = [gather.submit(run, batch, n, workers) for n, batch in enumerate(batches)]
            try:
                results = await_all(asked, advance)
            except KeyboardInterrupt:
                run.stopped.set()
                raise
        return replace(sum_up(run, feeds, results), seconds=stages.seconds["ingest"])
