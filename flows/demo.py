"""The main job, shown: three nights of the sample press, from its feeds to a release, offline.

`make run` runs this. It takes the same way as a real night: a server on the loopback interface
stands in the place of the world, and `nightly` does the rest, into data/demo.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from flows.nightly import NightResult, run_night
from flows.reference import load_corrections
from flows.release import open_release, read_tables
from flows.samplepress import list_nights, serve
from flows.settings import CHECKOUT, Settings, move_stores
from transforms.errors import ReferenceDataError
from transforms.listing import list_changes, list_corrections, list_events
from transforms.pipeline import Tables

logger = logging.getLogger(__name__)

SAMPLE = CHECKOUT / "data" / "sample"


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
    nights = list_nights(SAMPLE)
    results: list[NightResult] = []
    tables: Tables | None = None
    with serve(SAMPLE, nights[0]) as press:
        here = demo_settings(settings, folder, proxy=press.proxy)
        corrections = load_corrections(here.paths.corrections_file)
        for night in nights:
            press.show_night(night)
            results.append(run_night(night, here, SAMPLE / "feeds.toml"))
            previous, tables = tables, read_tables(open_release(here.paths.published))
            say(list_changes(tables, previous, night))
            say(list_corrections([c for c in corrections if c.date == night]))
    say(list_events(read_tables(open_release(here.paths.published))["events"]))
    folder_of = results[-1].built.release.path
    say(f"release  {folder_of}\nreport   {folder_of}/report.html")
    return results[-1]


def demo_settings(settings: Settings, folder: Path, *, proxy: str = "") -> Settings:
    """The settings under which the sample press is run.

    Args:
        settings: as for a real night.
        folder: where the stores go.
        proxy: the way to the sample press, where it is to be fetched.
    """
    hasty = {"host_delay_seconds": 0.0, "host_connections": 8, "proxy": proxy}
    moved = move_stores(settings, folder)
    own = {"corrections": str(SAMPLE / "corrections.toml")}
    return moved.model_copy(
        update={
            "ingest": settings.ingest.model_copy(update=hasty),
            "paths": moved.paths.model_copy(update=own),
        }
    )
