"""Speed and memory of merging, on invented reports over a year.

    python -m benchmarks.merge --reports 30000 100000 300000 --night 2000

Prints CPU seconds and peak memory of a full merge at each size, the growth slope (log cost over log
size), and for the largest size what one more night costs beside the full merge. Events are drawn
with the skew of real ones: few countries and towns have most of them, most are told once or twice,
a few by hundreds of outlets.
"""

from __future__ import annotations

import argparse
import math
import resource
import time

import numpy as np
import pandas as pd

from transforms import schema
from transforms.identity import hash_id
from transforms.merge import merge_reports
from transforms.merging.packing import pack_state, unpack_state

COUNTRIES = 80
TOWNS = 300
CLAIMS = 3.35
NAMES = 60_000
START = np.datetime64("2026-01-01")


def invent(reports: int, seed: int = 1) -> dict[str, pd.DataFrame]:
    """Reports, claims and articles of an invented year.

    Args:
        reports: how many reports; claims are 3.35 times as many.
        seed: of the random numbers.
    """
    random = np.random.default_rng(seed)
    sizes = np.minimum(random.zipf(2.1, reports), 400)
    events = int(np.searchsorted(np.cumsum(sizes), reports)) + 1
    sizes = sizes[:events]
    sizes[-1] -= int(sizes.sum()) - reports
    of = np.repeat(np.arange(events), sizes)
    country = random.choice(COUNTRIES, events, p=_skew(COUNTRIES))
    town = random.choice(TOWNS, events, p=_skew(TOWNS))
    day = random.integers(0, 365, events)
    killed = np.minimum(random.zipf(1.8, events), 300)
    kinds = np.array(["bombing", "shooting", "clash", "air_strike", "other"])
    kind = random.choice(kinds, events)
    people = random.integers(0, NAMES, (events, 3))
    late = random.geometric(0.6, reports)
    toll = np.maximum(
        killed[of] + random.integers(-1, 2, reports) * (random.random(reports) < 0.3), 1
    )
    vague = random.random(reports) < 0.15
    shuffled = random.permutation(reports)
    frame = pd.DataFrame(
        {
            "of": of,
            "country": [f"C{c:02d}" for c in country[of]],
            "town": [f"Town{c}x{t}" for c, t in zip(country[of], town[of], strict=True)],
            "day": START + day[of],
            "night": START + day[of] + late,
            "killed": toll,
            "kind": kind[of],
            "vague": vague,
        }
    ).iloc[shuffled]
    frame = frame.sort_values("night", kind="stable", ignore_index=True)
    quotes = [
        f"Police said {k} people, among them Aden{a} Bashir{b} and Corin{c}, died in {t}."
        for k, t, (a, b, c) in zip(frame["killed"], frame["town"], people[frame["of"]], strict=True)
    ]
    return _tables(frame.assign(quote=quotes), random)


def _skew(size: int) -> np.ndarray:
    """The most troubled town of 24,000 has one event in a hundred."""
    weights = np.arange(1, size + 1) ** -0.8
    return weights / weights.sum()


def _tables(frame: pd.DataFrame, random: np.random.Generator) -> dict[str, pd.DataFrame]:
    articles = [hash_id("article", n) for n in range(len(frame))]
    ids = [hash_id(article, 1, 0) for article in articles]
    vague = frame["vague"].to_numpy()
    rows = {
        "report_id": ids,
        "article_id": articles,
        "version": 1,
        "scope": "incident",
        "event_type": frame["kind"],
        "date_start": frame["day"],
        "date_end": frame["day"],
        "date_precision": 1,
        "date_text": np.where(vague, None, "on the day"),
        "place_name": np.where(vague, None, frame["town"]),
        "place_precision": np.where(vague, 6, 1),
        "country": frame["country"],
        "quote": frame["quote"],
        "report_date": frame["night"],
        "observed_at": frame["night"],
    }
    rows |= {f"killed_{bound}": frame["killed"] for bound in schema.BOUNDS}
    reports = schema.cast_frame("reports", pd.DataFrame(rows))
    stories = pd.DataFrame({"article_id": articles, "version": 1, "title": frame["quote"]})
    many = random.poisson(CLAIMS - 1, len(frame)) + 1
    of = np.repeat(np.arange(len(frame)), many)
    claims = {
        "claim_id": [f"{n:016x}" for n in range(len(of))],
        "report_id": np.array(ids, dtype=object)[of],
        "quote": frame["quote"].to_numpy(dtype=object)[of],
    }
    return {
        "reports": reports,
        "claims": schema.cast_frame("claims", pd.DataFrame(claims)),
        "articles": schema.cast_frame("articles", stories),
    }


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, nargs="+", default=[30_000, 100_000, 300_000])
    parser.add_argument("--night", type=int, default=2_000)
    sizes = sorted(parser.parse_args().reports)
    night = parser.parse_args().night
    costs = []
    for size in sizes:
        tables = invent(size)
        clock = time.process_time()
        merged = merge_reports(tables["reports"], tables["claims"], tables["articles"])
        costs.append(time.process_time() - clock)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        active = int((merged.events["status"] == "active").sum())
        print(
            f"{size} reports, {len(tables['claims'])} claims: {active} events,"
            f" {len(merged.links)} links, {costs[-1]:.1f} CPU s, peak {peak:.2f} GiB"
        )
    if len(sizes) > 1:
        slope = np.polyfit([math.log(s) for s in sizes], [math.log(c) for c in costs], 1)[0]
        print(f"growth slope {slope:.2f}")
    _increment(tables, night, costs[-1])


def _increment(tables: dict[str, pd.DataFrame], night: int, full: float) -> None:
    """What the last `night` reports cost on top of the others."""
    reports = tables["reports"]
    before = merge_reports(reports.iloc[:-night], tables["claims"], tables["articles"])
    costs = []
    for _ in range(5):
        clock = time.process_time()
        after = merge_reports(reports, tables["claims"], tables["articles"], previous=before.state)
        costs.append(time.process_time() - clock)
    cost = sorted(costs)[2]
    print(
        f"a night of {night}: {cost:.2f} CPU s ({min(costs):.2f} to {max(costs):.2f}),"
        f" 1/{full / cost:.0f} of the full merge; {len(after.touched)} reports touched"
    )
    clock = time.process_time()
    packed = pack_state(after.state)
    size = sum(int(frame.memory_usage(index=False).sum()) for frame in packed.values())
    unpack_state(packed)
    print(
        f"to pack and unpack its state: {time.process_time() - clock:.2f} CPU s,"
        f" {size / 2**20:.0f} MiB"
    )


if __name__ == "__main__":
    main()
