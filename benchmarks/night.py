"""A night of 100,000 pages, from WARC to release, beside trafilatura alone on the same pages.

    python -m benchmarks.night PAGES.warc.gz SCRATCH [--sizes 10000 30000 100000] [--peer 1000]

The pages are those of one WARC file repeated with changed words, 15% of them telling of casualties
(`benchmarks.nightpages`); they are kept in SCRATCH for the next time. Each size is imported and
built from nothing with two worker processes and `look = "claims"`, the setting for large archives.
The peer reads a sample of the same archives, record by record, and runs trafilatura fast on every
page, in as many processes, in turns with the nights; its processes are up and warm before its time
begins, while a night's starts with its command. Bars: three times its pages a second; at most
2 GiB, all processes together; growth slope at most 1.15. The result keeps what was measured of
other sizes before, each size with its time and load.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.nightpages import ARCHIVE_PAGES, make_pages, write_archives
from benchmarks.record import about_run
from benchmarks.tree import Cost, run_measured

PROCESSES = 2
_STRETCH = 10
"""Pages that a process of the peer is given at a time."""
RESULTS = Path(__file__).parent / "results"


def archives_of(source: Path, scratch: Path, pages: int, reference: Path) -> list[Path]:
    """The archives of the largest night; made where they are missing."""
    folder = scratch / "archives"
    listed = sorted(folder.glob("night-*.warc.gz"))
    if len(listed) * ARCHIVE_PAGES < pages:
        listed = write_archives(folder, make_pages(source, pages, reference))
    return listed


def run_night(archives: list[Path], scratch: Path) -> tuple[Cost, Cost]:
    """Import and build from nothing."""
    stores = scratch / "stores"
    shutil.rmtree(stores, ignore_errors=True)
    environ = {k: v for k, v in os.environ.items() if not k.startswith("CASUALTY_LEDGER_")}
    for name in ("raw", "published", "state"):
        environ[f"CASUALTY_LEDGER_PATHS_{name.upper()}"] = str(stores / name)
    environ["CASUALTY_LEDGER_BUILD_RUNNER"] = "processes"
    environ["CASUALTY_LEDGER_BUILD_WORKERS"] = str(PROCESSES)
    environ["CASUALTY_LEDGER_BUILD_LOOK"] = "claims"
    environ["CASUALTY_LEDGER_LOG_LEVEL"] = "warning"
    command = [sys.executable, "-m", "flows"]
    named = [str(path) for path in archives]
    imported = run_measured([*command, "ingest", "--warc", *named], environ)
    built = run_measured([*command, "build"], environ)
    shutil.rmtree(stores, ignore_errors=True)
    return imported, built


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some pages of an archive, one after the other, from an offset."""

    archive: Path
    start: int
    pages: int


def run_peer(archives: list[Path], count: int) -> tuple[float, float]:
    """CPU and wall seconds a page of trafilatura fast in as many processes, from the archives."""
    each = math.ceil(count / len(archives) / _STRETCH)
    work = [stretch for path in archives for stretch in stretches_of(path, each)]
    pages = sum(stretch.pages for stretch in work)
    with ProcessPoolExecutor(PROCESSES) as pool:
        first = replace(work[0], pages=4)
        list(pool.map(extract, [first] * 2 * PROCESSES))  # the imports are not its work
        started = time.monotonic()
        spent = list(pool.map(extract, work))
        wall = time.monotonic() - started
    return sum(spent) / pages, wall / pages


def stretches_of(archive: Path, count: int) -> list[Stretch]:
    """The first pages of an archive as so many stretches: small ones, to keep processes busy."""
    with archive.open("rb") as file:
        records = ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False)
        starts = [record.stream_pos for record in islice(records, count * _STRETCH)]
    return [
        Stretch(archive, starts[at], len(starts[at : at + _STRETCH]))
        for at in range(0, len(starts), _STRETCH)
    ]


def extract(stretch: Stretch) -> float:
    """CPU seconds of reading the pages of a stretch and of trafilatura fast on each."""
    started = time.process_time()
    with stretch.archive.open("rb") as file:
        file.seek(stretch.start)
        records = ArchiveIterator(file, record_types=WarcRecordType.response)
        for record in islice(records, stretch.pages):
            trafilatura.extract(record.reader.read(), fast=True, include_comments=False)
    return time.process_time() - started


def compare(pages: int, costs: tuple[Cost, Cost], peer: Sequence[float]) -> dict[str, Any]:
    """What a night cost beside its peer.

    Args:
        pages: of the night.
        costs: of import and build.
        peer: CPU and wall seconds a page of the peer.
    """
    imported, built = costs
    cpu, wall = imported.cpu + built.cpu, imported.wall + built.wall
    late = built.memory[-max(1, len(built.memory) // 4) :]
    return {
        "import_cpu_s": round(imported.cpu, 2),
        "build_cpu_s": round(built.cpu, 2),
        "wall_s": round(wall, 1),
        "cpu_ms_per_page": round(1000 * cpu / pages, 3),
        "peer_cpu_ms_per_page": round(1000 * peer[0], 3),
        "ratio_cpu": round(peer[0] * pages / cpu, 3),
        "ratio_wall": round(peer[1] * pages / wall, 3),
        "peak_mib": round(max(imported.peak, built.peak)),
        "last_mib": round(statistics.median(late)),
        "processes": built.processes,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("scratch", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--peer", type=int, default=1000, help="pages that the peer reads")
    parser.add_argument("--reference", type=Path, default=Path("data/reference"))
    parser.add_argument("--json", type=Path, default=RESULTS / "night.json")
    given = parser.parse_args()
    sizes = sorted(given.sizes)
    archives = archives_of(given.source, given.scratch, sizes[-1], given.reference)
    used = archives[: math.ceil(sizes[-1] / ARCHIVE_PAGES)]
    peers, rows = [run_peer(used, given.peer)], []
    for size in sizes:
        about: dict[str, Any] = about_run()
        costs = run_night(archives[: math.ceil(size / ARCHIVE_PAGES)], given.scratch)
        peers.append(run_peer(used, given.peer))
        peer = [statistics.mean(both) for both in zip(*peers[-2:], strict=True)]
        rows.append({"pages": size, "at": about["at"], "load": about["machine"]["load"]})
        rows[-1] |= compare(size, costs, peer)
        print("  ".join(f"{name} {value}" for name, value in rows[-1].items()), flush=True)
    known = json.loads(given.json.read_text()) if given.json.exists() else {}
    slope = known.get("growth")
    if len(rows) > 1:
        spent = [rows[at]["import_cpu_s"] + rows[at]["build_cpu_s"] for at in (0, -1)]
        slope = round(math.log(spent[1] / spent[0]) / math.log(sizes[-1] / sizes[0]), 2)
        print(f"growth slope {slope} (bar 1.15)")
    rows += [row for row in known.get("nights", []) if row["pages"] not in sizes]
    rows.sort(key=lambda row: row["pages"])
    kept = {**about_run(), "nights": rows, "growth": slope}
    given.json.parent.mkdir(exist_ok=True)
    given.json.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
