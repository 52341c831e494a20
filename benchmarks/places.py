"""Speed and memory of the places: python benchmarks/places.py [TEXT.jsonl].

Prints the seconds and megabytes that loading takes (in a fresh process), words a second of finding
places in sentences, and how the cost grows with the text. Without a file the text is made up.
"""

from __future__ import annotations

import json
import math
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows.reference import load_gazetteer
from transforms.coding.where.gazetteer import Gazetteer
from transforms.coding.where.mentions import find_places

ROOT = Path(__file__).resolve().parents[1]
PLACES = ROOT / "data" / "reference" / "places"
ROUNDS = 5
LOADING = """
import resource, sys, time
sys.path.insert(0, {root!r})
import flows.reference
from pathlib import Path
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
gazetteer = flows.reference.load_gazetteer(Path({places!r}))
spent = time.perf_counter() - began
print(spent, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
MADE_UP = (
    "Police in the northern city of Kano say gunmen killed four traders near Wudil on Tuesday.",
    "A roadside bomb wounded two soldiers 12 km south of Lashkar Gah in Helmand province.",
    "The Guatemalan army said nobody was hurt when a bus fell into a ravine outside Coban.",
    "Officials said they would look into it and that no further details were known.",
    "Elsewhere, in the village of Tarvanesh, a mine killed three shepherds, Iraqi police said.",
)


def measure_loading() -> tuple[float, float]:
    """Median seconds and megabytes of loading, each in a fresh process."""
    code = LOADING.format(root=str(ROOT), places=str(PLACES))
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
        for _ in range(ROUNDS)
    ]
    figures = [tuple(map(float, run.stdout.split())) for run in runs]
    return statistics.median(f[0] for f in figures), statistics.median(f[1] for f in figures)


def read_sentences(path: Path | None) -> list[str]:
    """The sentences of a file of articles, or made-up ones."""
    if path is None:
        return list(MADE_UP) * 2000
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    return [s for text in texts for s in re.split(r"(?<=[.!?])\s+|\n", text) if s]


def seconds(sentences: list[str], gazetteer: Gazetteer) -> float:
    """CPU seconds of finding the places of the sentences, the median of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for sentence in sentences:
            find_places(sentence, gazetteer)
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def main() -> int:
    """Prints the figures."""
    load, memory = measure_loading()
    print(f"loading  {load:.3f} s, {memory:.0f} MB")
    files = sum(path.stat().st_size for path in PLACES.iterdir())
    print(f"files    {files / 1e6:.1f} MB")
    sentences = read_sentences(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    gazetteer = load_gazetteer(PLACES)
    sizes = [len(sentences) // 4, len(sentences) // 2, len(sentences)]
    costs = [seconds(sentences[:size], gazetteer) for size in sizes]
    words = sum(len(s.split()) for s in sentences)
    slope = math.log(costs[2] / costs[0]) / math.log(sizes[2] / sizes[0])
    print(f"finding  {words / costs[2]:,.0f} words/s; growth slope {slope:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
