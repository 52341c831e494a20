"""A night of 100,000 pages, from WARC to release, beside trafilatura alone on the same pages.

    python -m benchmarks.night PAGES.warc.gz SCRATCH [--sizes 10000 30000 100000] [--peer 1000]

The pages are those of one WARC file repeated with changed words, 15% of them telling of casualties
(`benchmarks.nightpages`); they are kept in SCRATCH for the next time. Each size is imported and
built from nothing with two worker processes and `look = "claims"`, the setting for large archives.
The peer is trafilatura fast in two processes on a sample of the same pages, in turns with the
nights. Bars: three times its pages a second; at most 2 GiB, all processes together; growth slope at
most 1.15.
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
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType

from benchmarks.nightpages import ARCHIVE_PAGES, make_pages, write_archives
from benchmarks.record import about_run
from benchmarks.tree import Cost, run_measured

PROCESSES = 2
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


def run_peer(archives: list[Path], count: int) -> tuple[float, float]:
    """CPU and wall seconds a page of trafilatura fast in as many processes, reading left out."""
    each = math.ceil(count / len(archives))
    pages: list[bytes] = []
    for path in archives:
        with path.open("rb") as file:
            records = ArchiveIterator(file, record_types=WarcRecordType.response)
            pages += [record.reader.read() for record in islice(records, each)]
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(extract, pages[: 4 * PROCESSES]))  # the imports are not its work
        started = time.monotonic()
        spent = list(pool.map(extract, pages, chunksize=8))
        wall = time.monotonic() - started
    return sum(spent) / len(pages), wall / len(pages)


def extract(page: bytes) -> float:
    """CPU seconds of trafilatura fast on one page."""
    started = time.process_time()
    trafilatura.extract(page, fast=True, include_comments=False)
    return time.process_time() - started


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
        imported, built = run_night(archives[: math.ceil(size / ARCHIVE_PAGES)], given.scratch)
        peers.append(run_peer(used, given.peer))
        cpu, wall = (statistics.mean(peer[n] for peer in peers[-2:]) for n in range(2))
        whole = imported.cpu + built.cpu
        rows.append(
            {
                "pages": size,
                "import_cpu_s": imported.cpu,
                "build_cpu_s": built.cpu,
                "wall_s": imported.wall + built.wall,
                "cpu_ms_per_page": 1000 * whole / size,
                "peer_cpu_ms_per_page": 1000 * cpu,
                "ratio_cpu": cpu * size / whole,
                "ratio_wall": wall * size / (imported.wall + built.wall),
                "peak_mib": max(imported.peak, built.peak),
                "last_mib": statistics.median(built.memory[-max(1, len(built.memory) // 4) :]),
                "processes": built.processes,
            }
        )
        print("  ".join(f"{name} {value:,.2f}" for name, value in rows[-1].items()), flush=True)
    slope = math.nan
    if len(rows) > 1:
        costs = [row["import_cpu_s"] + row["build_cpu_s"] for row in rows]
        slope = math.log(costs[-1] / costs[0]) / math.log(sizes[-1] / sizes[0])
        print(f"growth slope {slope:.2f} (bar 1.15)")
    kept = {**about_run(), "nights": rows, "growth": None if math.isnan(slope) else slope}
    given.json.parent.mkdir(exist_ok=True)
    given.json.write_text(json.dumps(kept, indent=1) + "\n")


if __name__ == "__main__":
    main()
