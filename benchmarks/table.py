"""`make bench`: one table of all stages, each beside its named peer in the same run.

    python -m benchmarks.table [--pages PAGES.warc.gz] [--only STAGE ...] [--rounds 3]

A stage is measured in a process of its own at three sizes: CPU seconds, median of rounds in which
ours and the peer take turns, the first turn left out. `ratio` is the peer's cost over ours, so more
than 1 is faster than the peer; `growth` is the slope of log cost over log size (bar 1.15). Peak
memory is the process's, with its input. Rates on a shared machine are information, ratios count.
Publishing is measured by `benchmarks.publish`. With --pages, real pages repeated with changed words
stand in for invented ones. The result is kept in benchmarks/results with machine and versions.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.publish import run as run_publish
from benchmarks.record import about_run

RESULTS = Path(__file__).parent / "results"
PUBLISH, PUBLISH_SIZES, PUBLISH_BAR = "publish", (5_000, 15_000, 45_000), 1 / 3
GROWTH_BAR = 1.15
TOO_SMALL = 0.002
"""CPU seconds under which a clock of 10 ms ticks and a warm cache say more than the stage."""


def main() -> int:
    """Measure all stages, print the table, keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, help="a WARC file of real news pages")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", metavar="STAGE")
    parser.add_argument("--stage", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        print(json.dumps(measure(given.stage, given.pages, given.rounds)))
        return 0
    from benchmarks.stages import STAGES

    about = about_run()
    names = [name for name in (*STAGES, PUBLISH) if not given.only or name.strip() in given.only]
    print(HEADING)
    rows = []
    for name in names:
        rows.append(_measured_apart(name, given.pages, given.rounds))
        print(line(rows[-1]), flush=True)
    if not given.only:
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{str(about['at'])[:10]}.json"
        kept = {**about, "load_after": about_run()["machine"]["load"], "stages": rows}  # type: ignore[index]
        path.write_text(json.dumps(kept, indent=1) + "\n")
        print(f"kept in {path}")
    return int(any(row["below_bar"] for row in rows))


def _measured_apart(name: str, source: Path | None, rounds: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.table", "--stage", name, "--rounds", str(rounds)]
    command += ["--pages", str(source)] if source else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


def measure(name: str, source: Path | None, rounds: int) -> dict[str, Any]:
    """One stage at its three sizes, in this process."""
    if name == PUBLISH:
        return _measure_publish(rounds)
    from benchmarks.stages import STAGES

    make, sizes, peer, bar = STAGES[name]
    row: dict[str, Any] = {"stage": name.strip(), "sizes": list(sizes), "ours": [], "theirs": []}
    for size in sizes:
        work = make(size, source)
        ours, theirs = _seconds(rounds, work.ours, work.peer)
        row["ours"].append(ours)
        row["theirs"].append(None if theirs is None else theirs / work.share)
        row["mb"] = work.size / 1e6
    row["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _judged(row, peer, bar)


def _seconds(
    rounds: int, ours: Callable[[], Any], peer: Callable[[], Any] | None
) -> tuple[float, float | None]:
    spent: list[list[float]] = [[], []]
    for turn in range(rounds + 1):
        for job, times in zip((ours, peer), spent, strict=True):
            if job is not None:
                started = time.process_time()
                job()
                times += [time.process_time() - started] if turn else []
    return statistics.median(spent[0]), statistics.median(spent[1]) if spent[1] else None


def _measure_publish(rounds: int) -> dict[str, Any]:
    row: dict[str, Any] = {"stage": PUBLISH, "sizes": [], "ours": [], "theirs": []}
    for events in PUBLISH_SIZES:
        runs = [
            [run_publish(writer, events, 5 * events) for writer in ("ours", "pyarrow")]
            for _ in range(rounds)
        ]
        row["sizes"].append(6 * events)
        for at, side in enumerate(("ours", "theirs")):
            row[side].append(statistics.median(pair[at]["cpu_s"] for pair in runs))
        row["mb"] = runs[-1][0]["file_mb"]
        row["peak_mb"] = 1000 * runs[-1][0]["peak_gb"]
    return _judged(row, "pyarrow alone", PUBLISH_BAR)


def _judged(row: dict[str, Any], peer: str, bar: float | None) -> dict[str, Any]:
    """The row with its rates, its ratio and whether it is below its bar."""
    size, ours, theirs = row["sizes"][-1], max(row["ours"][-1], 1e-6), row["theirs"][-1]
    grown = max(row["ours"][0], TOO_SMALL)
    row["items_per_s"], row["mb_per_s"] = size / ours, row["mb"] / ours
    row["peer"], row["bar"] = peer, bar
    row["ratio"] = None if theirs is None else theirs / ours
    row["growth"] = math.log(max(ours, TOO_SMALL) / grown) / math.log(size / row["sizes"][0])
    row["below_bar"] = bool(bar and row["ratio"] is not None and row["ratio"] < bar)
    return row


HEADING = (
    f"{'stage':16} {'items/s':>10} {'MB/s':>8} {'peak MB':>8}  {'peer':18} {'ratio':>8} {'bar':>6}"
    f" {'growth':>7}"
)


def line(row: Mapping[str, Any]) -> str:
    """A row of the table."""
    ratio = "" if row["ratio"] is None else f"{row['ratio']:.3g}"
    bar = "" if row["bar"] is None else f"{row['bar']:.2g}"
    rate = f"{row['mb_per_s']:.2f}" if row["mb"] else ""
    marks = (" below its bar" if row["below_bar"] else "") + (
        " grows too fast" if row["growth"] > GROWTH_BAR else ""
    )
    return (
        f"{row['stage']:16} {row['items_per_s']:10,.0f} {rate:>8} {row['peak_mb']:8,.0f}"
        f"  {row['peer']:18} {ratio:>8} {bar:>6} {row['growth']:7.2f}{marks}"
    )


if __name__ == "__main__":
    sys.exit(main())
