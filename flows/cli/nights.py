"""Commands that fetch and build: nightly, ingest, build, rebuild, serve, demo."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path

import click

from flows.cli.arguments import DAY, FILE, NIGHT
from flows.logs import configure_logging
from flows.settings import CHECKOUT, Settings, move_stores, prepare_prefect
from transforms.errors import LedgerError

DEMO = CHECKOUT / "data" / "demo"
FEEDS_FAILED = 3
"""Exit code of a night that was released although feeds failed."""


@contextmanager
def _prefect(settings: Settings, flow: str) -> Iterator[None]:
    """Prefect, to be imported within: its environment, and a server that all workers share.

    Args:
        settings: the runner, where Prefect's database lies.
        flow: module of the flow, which is imported while the server starts.
    """
    from flows.server import check_database, server_for_workers

    prepare_prefect(settings, os.environ)
    check_database(Path(os.environ["PREFECT_HOME"]))
    with server_for_workers(settings, partial(import_module, flow)):
        from flows.embedded import send_logs, start_embedded

        start_embedded()
        try:
            yield
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in ("httpx", "httpcore"):
                raise
            # only Prefect speaks httpx here: its server has gone, and with it the run
            raise LedgerError(
                f"Prefect's server went away ({error}); the current release stands, and what was"
                " fetched is kept: run the night again"
            ) from error
        finally:
            send_logs()


@click.command()
@click.option("--night", type=NIGHT, help="Logical date; today in UTC where it is left out.")
@click.option("--feeds", type=FILE, help="Another list of feeds.")
@click.pass_obj
def nightly(settings: Settings, night: date | None, feeds: Path | None) -> int:
    """One night: fetch the feeds, build the release, report."""
    with _prefect(settings, "flows.nightly"):
        from flows.nightly import run_night

        result = run_night(night, settings, feeds)
    click.echo(result.outcome)
    return FEEDS_FAILED if result.failed_feeds else 0


@click.command()
@click.option("--night", type=NIGHT, help="Logical date; today in UTC where it is left out.")
@click.option("--feeds", "listed", type=FILE, help="Another list of feeds.")
@click.option("--warc", is_flag=True, help="Read the archives named instead of the network.")
@click.argument("archives", type=FILE, nargs=-1)
@click.pass_obj
def ingest(
    settings: Settings,
    night: date | None,
    listed: Path | None,
    *,
    warc: bool,
    archives: tuple[Path, ...],
) -> int:
    """Fill the raw store, and build nothing: from the feeds, or from WARC archives.

    With --warc, news archives such as Common Crawl's are read as pages; without --night each counts
    for the day of its first record. An import that was interrupted goes on where it stood.
    """
    if warc != bool(archives):
        raise click.UsageError("--warc and the names of archives belong together")
    if warc:
        return _ingest_archives(settings, night, listed, archives)
    with _prefect(settings, "flows.nightly"):
        from flows.nightly import ingest_night

        result = ingest_night(night, settings, listed)
    click.echo(
        f"{result.run_id}: {result.requests['fetched']} of {result.requests['planned']} fetched"
    )
    return FEEDS_FAILED if result.failed_feeds else 0


def _ingest_archives(
    settings: Settings, night: date | None, listed: Path | None, archives: tuple[Path, ...]
) -> int:
    from flows.ingesting.archives import ArchiveOptions, ingest_archives
    from flows.reference import load_feeds

    path = listed or settings.paths.feeds
    feeds = load_feeds(path) if path.is_file() else ()
    options = ArchiveOptions(night=night, feeds=feeds, workers=settings.build.workers)
    done = ingest_archives(settings.paths.raw, archives, options)
    click.echo(f"{done.responses} responses: {done.fetched} pages, {done.rejected} rejected")
    return 0


@click.command()
@click.option("--from", "start", type=DAY, required=True, help="First night.")
@click.option("--to", "end", type=DAY, required=True, help="Last night.")
@click.option("--feeds", type=FILE, help="Another list of feeds.")
@click.pass_obj
def backfill(settings: Settings, start: date, end: date, feeds: Path | None) -> int:
    """Catch up nights: fetch those of a range that are not stored, build the release once.

    Each night takes only what was published up to its end. Interrupted, it goes on where it stood.
    """
    with _prefect(settings, "flows.backfill"):
        from flows.backfill import run_backfill

        result = run_backfill(start, end, settings, feeds)
    click.echo(result.outcome)
    return FEEDS_FAILED if result.failed_feeds else 0


@click.command()
@click.option(
    "--night", type=NIGHT, help="Build up to this night; the last one stored if left out."
)
@click.pass_obj
def build(settings: Settings, night: date | None) -> None:
    """Build the release from the raw store, with no network."""
    with _prefect(settings, "flows.build"):
        from flows.build import build as run_build

        built = run_build(settings, night)
    click.echo(built.outcome)


@click.command()
@click.option("--from", "start", type=DAY, help="First night to read again; all if left out.")
@click.option("--to", "end", type=DAY, help="Last night to read again; all if left out.")
@click.pass_obj
def rebuild(settings: Settings, start: date | None, end: date | None) -> None:
    """Read stored nights again, whatever is in the cache, and build the release.

    A build reads every night again by itself when code or reference data changed; this is for when
    the cache is not to be trusted.
    """
    with _prefect(settings, "flows.build"):
        from flows.build import rebuild as run_rebuild

        built = run_rebuild(settings, start, end)
    click.echo(built.outcome)


@click.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """The nightly schedule, in the foreground; ends with Ctrl-C.

    Starts a Prefect server on 127.0.0.1 unless PREFECT_API_URL names one.
    """
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "WARNING")
    prepare_prefect(settings, os.environ)
    from flows.serve import serve_nights

    serve_nights(settings)


@click.command()
@click.pass_obj
def demo(settings: Settings) -> None:
    """The main job on the sample press: three nights, no network, into data/demo."""
    configure_logging(settings.log.model_copy(update={"level": "warning"}))
    with _prefect(move_stores(settings, DEMO), "flows.demo"):
        from flows.demo import run_demo

        run_demo(settings, DEMO, click.echo)
