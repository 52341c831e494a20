"""What a night costs to publish, as the archive behind it grows.

    python -m benchmarks.publish_night [--events 300] [--claims 1500] [--repeats 5]

Archives of 90, 180 and 360 nights, every night of the same size. Measured are the CPU seconds of
publishing all of it into an empty store, and of publishing it with one more night into a store that
has the rest. The night's cost may grow with the archive, because its rows are sorted and hashed to
know that they did not change, but far slower than writing them anew. Bar: at 360 nights at most
0.4 of the whole.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from benchmarks.publish import NIGHTS, make_claims, make_events, run_in_turns
from flows.release import publish
from transforms import schema

ARCHIVES = (90, 180, 360)


def main() -> int:
    """Print the seconds at each size; 1 where the bar is not held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=300, help="a night")
    parser.add_argument("--claims", type=int, default=1500, help="a night")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--nights", type=int, help="one run of one size, as JSON")
    chosen = parser.parse_args()
    if chosen.nights:
        print(json.dumps(run(chosen.nights, chosen.events, chosen.claims)))
        return 0
    size = ["--events", str(chosen.events), "--claims", str(chosen.claims)]
    archives = {nights: ["--nights", str(nights), *size] for nights in ARCHIVES}
    middle = run_in_turns("benchmarks.publish_night", archives, chosen.repeats)
    print(f"{'nights':>6} {'rows':>9} {'whole':>8} {'one night':>10} {'ratio':>6} {'written':>8}")
    for nights, row in middle.items():
        print(
            f"{nights:6d} {row['rows']:9,.0f} {row['whole']:6.2f} s {row['night']:8.2f} s"
            f" {row['night'] / row['whole']:6.2f} {row['written']:8.0f}"
        )
    first, last = (middle[nights] for nights in (ARCHIVES[0], ARCHIVES[-1]))
    for name in ("whole", "night"):
        slope = math.log(last[name] / first[name]) / math.log(ARCHIVES[-1] / ARCHIVES[0])
        print(f"growth of the {name}: slope {slope:.2f} (bar 1.15)")
    ratio = last["night"] / last["whole"]
    print(f"a night costs {ratio:.2f} of the whole at {ARCHIVES[-1]} nights (bar 0.4)")
    return int(ratio > 0.4)


def run(nights: int, events: int, claims: int) -> dict[str, float]:
    """CPU seconds of publishing some nights at once, and one night more."""
    tables = {
        **{table: schema.empty_frame(table) for table in schema.TABLES},
        "events": make_events(events * len(NIGHTS)),
        "claims": make_claims(claims * len(NIGHTS), events * len(NIGHTS)),
    }
    first = NIGHTS[-nights - 1]
    before, after = (up_to(tables, first, last) for last in (NIGHTS[-2], NIGHTS[-1]))
    folder = Path(tempfile.mkdtemp())
    whole = seconds(after, folder / "whole")
    seconds(before, folder / "nightly")
    night = seconds(after, folder / "nightly")
    old, new = sorted((folder / "nightly" / "releases").iterdir())
    there = {path.stat().st_ino for path in old.rglob("*.parquet")}
    written = sum(path.stat().st_ino not in there for path in new.rglob("*.parquet"))
    shutil.rmtree(folder)
    rows = sum(len(frame) for frame in after.values())
    return {"rows": rows, "whole": whole, "night": night, "written": written}


def up_to(
    tables: Mapping[str, pd.DataFrame], first: pd.Timestamp, last: pd.Timestamp
) -> dict[str, pd.DataFrame]:
    """The rows of some nights."""
    kept = {}
    for name, frame in tables.items():
        night = frame["night" if "night" in frame else "observed_at"]
        kept[name] = frame[night.between(first, last)].reset_index(drop=True)
    return kept


def seconds(tables: Mapping[str, pd.DataFrame], root: Path) -> float:
    """CPU seconds of publishing them."""
    night = max(tables["claims"]["observed_at"]).date()
    start = time.process_time()
    publish(tables, root=root, night=night, documents={}, build={})
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
