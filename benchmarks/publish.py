"""Speed and memory of publishing, beside pyarrow alone writing the same tables.

    python -m benchmarks.publish [--events 1000000] [--claims 5000000] [--repeats 3]

Each run is a process of its own: it makes the frames, one table after the other, writes them, and
reports the CPU and wall seconds of the writing and its peak memory, frames included. The peer
converts the same frames and writes each table into one file with the same compression, and does
nothing else: no checks, no order, no checksums. Claims come in the order of their nights, as the
pipeline reads them from its shards; events in any order. Bars: at most 3 times the peer's seconds,
at most 3 GB.
"""

from __future__ import annotations

import argparse
import gc
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from flows.release import open_release, publish
from flows.release.tablefiles import WRITER_OPTIONS
from transforms import schema

Variant = TypeVar("Variant")

NIGHTS = pd.date_range("2025-11-23", "2026-11-22", unit="us")
COUNTRIES = ("NGA", "UKR", "SDN", "MMR", "MEX", "COD", "SYR", "YEM", "AFG", "HTI", "MLI", "ISR")
PLACES = [f"Town {n}" for n in range(4000)]
WORDS = (
    *("people", "soldiers", "killed", "wounded", "bomb", "near", "market"),
    *("road", "village", "attack", "police", "said", "on", "hospital"),
)


def main() -> None:
    """Run the comparison and print one line per writer and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--claims", type=int, default=5_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--writer", choices=["ours", "pyarrow"])
    chosen = parser.parse_args()
    if chosen.writer:
        print(json.dumps(run(chosen.writer, chosen.events, chosen.claims)))
        return
    size = ["--events", str(chosen.events), "--claims", str(chosen.claims)]
    writers = {writer: ["--writer", writer, *size] for writer in ("ours", "pyarrow")}
    middle = run_in_turns("benchmarks.publish", writers, chosen.repeats)
    for writer, figures in middle.items():
        print(f"{writer:8}", "  ".join(f"{key} {value:,.2f}" for key, value in figures.items()))
    ratio = middle["ours"]["cpu_s"] / middle["pyarrow"]["cpu_s"]
    print(f"publish takes {ratio:.2f} times the CPU seconds of pyarrow alone (bar 3)")
    print(f"and {middle['ours']['peak_gb']:.2f} GB at its peak (bar 3)")
    print(f"one country and year of the events: {middle['ours']['filter_s']:.2f} CPU s (bar 1)")


def run_in_turns(
    module: str, variants: Mapping[Variant, Sequence[str]], repeats: int
) -> dict[Variant, dict[str, float]]:
    """Medians of what a module prints as JSON, each run a process of its own.

    Args:
        module: the benchmark.
        variants: name -> options with which the module does one run.
        repeats: runs of each; the variants take turns.
    """
    runs: dict[Variant, list[dict[str, float]]] = {variant: [] for variant in variants}
    for _ in range(repeats):
        for variant, options in variants.items():
            command = [sys.executable, "-m", module, *options]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
            runs[variant].append(json.loads(ran.stdout))
    return {
        variant: {name: statistics.median(run[name] for run in found) for name in found[0]}
        for variant, found in runs.items()
    }


def run(writer: str, events: int, claims: int) -> dict[str, float]:
    """Make the frames and write them once."""
    tables = Made(events, claims)
    folder = Path(tempfile.mkdtemp())
    cpu, wall = time.process_time(), time.perf_counter()
    if writer == "ours":
        publish(tables, root=folder / "out", night=date(2026, 11, 22), documents={}, build={})
    else:
        for name in ("events", "claims"):
            frame = tables[name]
            arrow = pa.Table.from_pandas(frame, schema.arrow_schema(name), False)
            pq.write_table(arrow, folder / f"{name}.parquet", **WRITER_OPTIONS)
            del frame, arrow
    figures = {
        "cpu_s": time.process_time() - cpu - tables.cpu,
        "wall_s": time.perf_counter() - wall - tables.wall,
        "peak_gb": tables.peak_gb,
        "frame_gb": tables.frame_gb,
        "file_mb": sum(p.stat().st_size for p in folder.rglob("*.parquet")) / 1e6,
    }
    if writer == "ours":
        figures["filter_s"] = min(filter_seconds(folder / "out") for _ in range(3))
    shutil.rmtree(folder)
    return figures


def filter_seconds(root: Path) -> float:
    """CPU seconds of opening the events and keeping one country and year."""
    release = Path(open_release(root).path)
    start = time.process_time()
    found = pd.read_parquet(
        release / "events",
        filters=[
            ("country", "==", "NGA"),
            ("date_start", ">=", pd.Timestamp("2026-01-01")),
            ("date_start", "<", pd.Timestamp("2027-01-01")),
        ],
    )
    assert len(found)
    return time.process_time() - start


class Made(Mapping[str, pd.DataFrame]):
    """Tables made when they are asked for; making them counts in no measure but the peak after it.

    Attributes:
        cpu, wall: seconds spent on making.
        frame_gb: resident memory with the largest table just made.
        peak_gb: peak resident memory between one making and the next.
    """

    def __init__(self, events: int, claims: int) -> None:
        self._make = {
            "events": lambda: make_events(events),
            "claims": lambda: make_claims(claims, events),
        }
        self.cpu = self.wall = self.frame_gb = self._peak = 0.0

    def __getitem__(self, table: str) -> pd.DataFrame:
        self._peak = self.peak_gb
        cpu, wall = time.process_time(), time.perf_counter()
        made = self._make.get(table, lambda: schema.empty_frame(table))()
        gc.collect()
        pa.default_memory_pool().release_unused()
        self.cpu += time.process_time() - cpu
        self.wall += time.perf_counter() - wall
        self.frame_gb = max(self.frame_gb, memory_gb("VmRSS"))
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
        return made

    @property
    def peak_gb(self) -> float:
        """Peak so far, makings left out."""
        return max(self._peak, memory_gb("VmHWM")) if self.frame_gb else 0.0

    def __iter__(self) -> Iterator[str]:
        return iter(schema.TABLES)

    def __len__(self) -> int:
        return len(schema.TABLES)


def memory_gb(name: str) -> float:
    """Resident memory of this process: VmRSS now, VmHWM at its peak since the last reset."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1e6
    raise LookupError(name)


def make_ids(count: int, seed: int) -> pd.Series:
    """Random ids of 16 hexadecimal digits."""
    raw = np.random.default_rng(seed).bytes(8 * count).hex()
    offsets = pa.array(np.arange(0, 16 * count + 1, 16, dtype=np.int64)).buffers()[1]
    data = pa.LargeStringArray.from_buffers(count, offsets, pa.py_buffer(raw.encode()))
    return text_series(data)


def text_series(values: pa.Array) -> pd.Series:
    """Arrow text as a pandas column of type str, without a copy."""
    return pa.chunked_array([values]).to_pandas()


def choose(values: list[str], count: int, seed: int) -> pd.Series:
    """Values at random."""
    picks = np.random.default_rng(seed).integers(0, len(values), count)
    return text_series(pa.array(values, pa.large_string()).take(pa.array(picks)))


def sentences(count: int, seed: int) -> pd.Series:
    """A thousand invented sentences with a number of their own each."""
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, 14)) + f" {n}." for n in range(50_000)]
    return choose(texts, count, seed)


def counts(count: int, seed: int, known: float = 0.8) -> pd.Series:
    """Counts, some of them unknown."""
    rng = np.random.default_rng(seed)
    values = rng.geometric(0.2, count).astype(np.int32)
    return pd.Series(pd.arrays.IntegerArray(values, rng.random(count) > known))


def days(count: int, seed: int) -> pd.Series:
    """Nights of a year at random."""
    return pd.Series(NIGHTS.to_numpy()[np.random.default_rng(seed).integers(0, len(NIGHTS), count)])


def make_events(count: int) -> pd.DataFrame:
    """Events of a year, filled as a typical conflict feed list fills them."""
    columns: dict[str, object] = {
        "event_id": make_ids(count, 1),
        "domain": choose(list(schema.DOMAINS), count, 2),
        "event_type": choose(list(schema.EVENT_TYPES), count, 3),
        "date_precision": counts(count, 4).clip(upper=5),
        "place_name": choose(PLACES, count, 5),
        "country": choose(list(COUNTRIES), count, 6),
        "latitude": np.random.default_rng(7).uniform(-60, 80, count),
        "longitude": np.random.default_rng(8).uniform(-180, 180, count),
        "rule": choose(["latest"], count, 9),
        "status": choose(["active"], count, 10),
        "toll_disputed": pd.array(np.zeros(count, bool), dtype="boolean"),
        "headline": sentences(count, 11),
        "observed_at": days(count, 12),
        "settled_by_killed": make_ids(count, 13).map(lambda claim: [claim]).astype(object),
    }
    columns["date_start"] = columns["date_end"] = columns["observed_at"]
    for seed, column in enumerate(schema.TOLLS[:6], start=20):
        columns[column] = counts(count, seed)
    return schema.cast_frame("events", pd.DataFrame(columns))


def make_claims(count: int, events: int) -> pd.DataFrame:
    """Claims of the same year."""
    columns: dict[str, object] = {
        "claim_id": make_ids(count, 50),
        "report_id": make_ids(count, 51),
        "article_id": make_ids(max(events, 1), 52).take(
            np.random.default_rng(53).integers(0, max(events, 1), count)
        ).reset_index(drop=True),
        "version": pd.array(np.ones(count, np.int32), dtype="Int32"),
        "kind": choose(list(schema.KINDS), count, 54),
        "figure": choose(["four", "12", "at least 22", "dozens"], count, 55),
        "convention": choose(["exact", "at_least", "dozens"], count, 56),
        "relation": choose(list(schema.RELATIONS), count, 57),
        "victim_role": choose(list(schema.ROLES), count, 58),
        "speaker_role": choose(list(schema.SPEAKER_ROLES), count, 59),
        "stance": choose(list(schema.CLAIM_STANCES), count, 60),
        "scope": choose(list(schema.SCOPES), count, 61),
        "quote": sentences(count, 62),
        "sentence": counts(count, 63, 1.0),
        "char_start": counts(count, 64, 1.0),
        "char_end": counts(count, 65, 1.0),
        "observed_at": days(count, 66).sort_values(ignore_index=True),
        "coder_version": choose(["0.1"], count, 67),
    }  # fmt: skip
    columns["report_date"] = columns["observed_at"]
    for seed, column in enumerate(("low", "best", "high"), start=70):
        columns[column] = counts(count, seed)
    return schema.cast_frame("claims", pd.DataFrame(columns))


if __name__ == "__main__":
    main()
