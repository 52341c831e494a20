"""The main job, shown: three nights of the sample press, from its feeds to a release, offline.

`make run` runs this. It takes the same way as a real night: a server on the loopback interface
stands in the place of the world, and `nightly` does the rest, into data/demo.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from flows.nightly import NightResult, run_night
from flows.release import open_release, read_tables
from flows.samplepress import Press, feeds_text, list_nights, serve
from flows.settings import CHECKOUT, Settings, move_stores
from transforms.errors import ReferenceDataError
from transforms.listing import list_changes, list_events
from transforms.pipeline import Tables

logger = logging.getLogger(__name__)

SAMPLE = CHECKOUT / "data" / "sample"
PORT = 8642
"""Ids of articles depend on their address, so the demo asks for the same port every time."""


def run_demo(settings: Settings, folder: Path, say: Callable[[str], None]) -> NightResult:
    """Run the sample press's nights into a fresh folder.

    Args:
        settings: as for a real night; stores are moved under `folder`, and politeness towards the
            loopback server is left out.
        folder: raw and published are made afresh there.
        say: takes the lines to show.

    Returns:
        The result of the last night.

    Raises:
        ReferenceDataError: the sample press is not there.
    """
    if not (SAMPLE / "feeds.toml").is_file():
        raise ReferenceDataError(f"{SAMPLE}: the sample press is not there; run in a checkout")
    for name in ("raw", "published", "state/cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    here = _settings(settings, folder)
    nights = list_nights(SAMPLE)
    results: list[NightResult] = []
    tables: Tables | None = None
    with _press(nights[0]) as press:
        feeds = folder / "feeds.toml"
        feeds.write_text(feeds_text(SAMPLE, press.host), encoding="utf-8")
        for night in nights:
            press.show_night(night)
            results.append(run_night(night, here, feeds))
            previous, tables = tables, read_tables(open_release(here.paths.published))
            say(list_changes(tables, previous, night))
    say(list_events(read_tables(open_release(here.paths.published))["events"]))
    folder_of = results[-1].built.release.path
    say(f"release  {folder_of}\nreport   {folder_of}/report.html")
    return results[-1]


def _settings(settings: Settings, folder: Path) -> Settings:
    ingest = settings.ingest.model_copy(update={"host_delay_seconds": 0.0, "host_connections": 8})
    return move_stores(settings, folder).model_copy(update={"ingest": ingest})


@contextmanager
def _press(night: date) -> Iterator[Press]:
    with ExitStack() as stack:
        try:
            press = stack.enter_context(serve(SAMPLE, night, port=PORT))
        except OSError as error:
            logger.warning("port %d is taken (%s): the ids of articles will differ", PORT, error)
            press = stack.enter_context(serve(SAMPLE, night))
        yield press
