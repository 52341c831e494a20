"""`make bench`: the benchmarks that need nothing but a checkout, one after the other."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = (
    ("The chain, stage by stage", "benchmarks.chain"),
    ("Publishing, beside pyarrow alone", "benchmarks.publish --events 100000 --claims 500000"),
    ("Publishing a night, as the archive grows", "benchmarks.publish_night --repeats 3"),
    ("Places", "benchmarks.places"),
)


def main() -> int:
    """Run them; the worst exit code is ours."""
    worst = 0
    for title, arguments in BENCHMARKS:
        print(f"\n== {title}\n", flush=True)
        done = subprocess.run([sys.executable, "-m", *arguments.split()], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
