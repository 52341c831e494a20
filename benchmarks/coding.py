"""Speed and memory of the coder, beside spaCy's blank English tokenizer with sentencizer.

    python -m benchmarks.coding [FILE.jsonl]

Needs spaCy (the extra "bench") for the ratios; without it only absolute rates are printed, which
say little on a shared machine. Both run in this process, in turns; medians of CPU seconds.

Articles have 500 words: sentences of the project's own gold articles among plain ones of ordinary
words, as varied as news (spaCy remembers words; few of them would flatter it). Reports tell
casualties in a quarter of their sentences, mentions in one of twelve; a night's mix has 15%
reports. With a file, its articles stand in for the reports. Bars: 0.6 times spaCy's words a second
on articles with casualties, 4 times on the mix; days, places, actors and types leave 0.7 of the
speed of claims alone; growth slope at most 1.15; a megabyte of hostile
text in 2 seconds.
"""

from __future__ import annotations

import json
import math
import random
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from flows.reference import load_knowledge
from transforms.coding import article
from transforms.coding.code import code_articles
from transforms.coding.knowledge import Knowledge
from transforms.coding.signs import find_carrying
from transforms.corpus import Corpus, read_corpus

try:
    import spacy
except ImportError:
    spacy = None

ROOT = Path(__file__).resolve().parents[1]
WORDS, ARTICLES, ROUNDS = 500, 200, 5
CARRYING, DENSE, SPARSE = 0.15, 0.25, 0.08
"""Share of articles in a night that tell casualties; of sentences in a report of an attack (as
measured on two sets of news), and in an article that mentions one."""

SMALL = "the of to in a and on for that with at by from as it was is said has were".split()
PLACES = (
    "Nairobi Lahore Medellin Kharkiv Jakarta Lagos Chicago Manila Erbil Lima Odesa Pune".split()
)
HOSTILE = (
    "killed ",
    "500,",
    "Five people were killed and ",
    "a a ",
    "the U.S. ",
    "((((",
    "Al-",
    "late Monday ",
    "İ killed ",
    "\x00\x07 dead\n",
    "who said that ",
    "by the ",
)

Rows = list[dict[str, Any]]


def invent_articles(pick: random.Random, knowledge: Knowledge, telling: float, count: int) -> Rows:
    """Articles of some 500 words; a share of their sentences, and their first, tells casualties."""
    pool = _telling_sentences()
    ordinary = sorted(knowledge.gazetteer.ordinary)
    words = pick.sample(ordinary, 9000)
    loud = set(find_carrying(words, knowledge))
    words = [word for at, word in enumerate(words) if at not in loud]
    rows = []
    for number in range(count):
        sentences: list[str] = []
        while sum(len(s.split()) for s in sentences) < WORDS:
            tells = telling and (not sentences or pick.random() < telling)
            sentences.append(pick.choice(pool) if tells else _plain(pick, words))
        rows.append(
            {
                "id": f"{telling}-{number}",
                "title": sentences[0][:60],
                "text": "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, 99, 3)),
                "published_at": "2026-09-16",
            }
        )
    return rows


def _telling_sentences() -> list[str]:
    texts = [
        row["text"]
        for path in sorted((ROOT / "data" / "gold").glob("*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if row["incidents"]
    ]
    return [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) > 6]


def _plain(pick: random.Random, words: Sequence[str]) -> str:
    """A sentence with the mixture of news: small words, a long tail of others, names, numbers."""
    line = []
    for _ in range(pick.randint(10, 30)):
        kind = pick.random()
        word = pick.choice(SMALL) if kind < 0.42 else words[int(len(words) * pick.random() ** 3)]
        if kind > 0.9:
            word = pick.choice(PLACES) if kind > 0.98 else word.capitalize()
        elif kind > 0.88:
            word = str(pick.randrange(3, 3000))
        line.append(word + ("," if pick.random() < 0.06 else ""))
    return " ".join(line).capitalize()[:1] + " ".join(line)[1:] + "."


def read_rows(rows: Rows) -> Corpus:
    """The rows as the coder gets them."""
    lines = ((number, json.dumps(row).encode()) for number, row in enumerate(rows, 1))
    return read_corpus(lines, run_id="bench", known=())


def coder(rows: Rows, knowledge: Knowledge) -> Callable[[], object]:
    """What codes the rows."""
    corpus = read_rows(rows)
    return lambda: code_articles(corpus.articles, corpus.texts, knowledge, keep_duplicates=True)


def claims_alone(rows: Rows, knowledge: Knowledge) -> Callable[[], object]:
    """What codes the rows without days, places, actors and types: figures, scopes, incidents."""
    code = coder(rows, knowledge)

    def job() -> object:
        with (
            mock.patch.object(article, "placing_sentences", return_value=()),
            mock.patch.object(article, "_DESCRIBING", ()),
        ):
            return code()

    return job


def peer(rows: Rows) -> Callable[[], object] | None:
    """What lets spaCy find the words and sentences of the rows, if it is installed."""
    if spacy is None:
        return None
    reader = spacy.blank("en")
    reader.add_pipe("sentencizer")
    texts = [row["text"] for row in rows]
    return lambda: sum(len(document) for document in reader.pipe(texts))


def seconds(*jobs: Callable[[], object] | None) -> list[float]:
    """Median CPU seconds of each job, run in turns; the first turn warms up and is not counted."""
    spent: list[list[float]] = [[] for _ in jobs]
    for turn in range(ROUNDS + 1):
        for job, times in zip(jobs, spent, strict=True):
            if job is not None:
                began = time.process_time()
                job()
                times += [time.process_time() - began] if turn else []
    return [statistics.median(times) if times else math.nan for times in spent]


def compare(name: str, rows: Rows, knowledge: Knowledge, bar: float) -> None:
    """Print words a second of both, and the ratio."""
    words = sum(len(row["text"].split()) for row in rows)
    ours, theirs = seconds(coder(rows, knowledge), peer(rows))
    line = f"{name:12s} {words / ours:9,.0f} words/s, {1e6 * ours / words:5.2f} us a word"
    if spacy is not None:
        line += f"; spaCy {words / theirs:9,.0f} words/s: ratio {theirs / ours:.2f} (bar {bar})"
    print(line)


def compare_parts(name: str, rows: Rows, knowledge: Knowledge, bar: float) -> None:
    """Print what share of the speed of claims alone the whole coder has."""
    whole, alone = seconds(coder(rows, knowledge), claims_alone(rows, knowledge))
    print(f"{name:12s} {alone / whole:.2f} times the speed of claims alone (bar {bar})")


def measure_growth(rows: Rows, knowledge: Knowledge) -> None:
    """Print the slope of log cost over log size, and what memory the largest size added."""
    sizes = [len(rows) // 4, len(rows) // 2, len(rows)]
    costs = seconds(*(coder(rows[:size], knowledge) for size in sizes))
    slope = math.log(costs[2] / costs[0]) / math.log(sizes[2] / sizes[0])
    shares = ", ".join(f"{1e3 * c / s:.2f}" for c, s in zip(costs, sizes, strict=True))
    print(f"growth       slope {slope:.2f} (bar 1.15); ms an article at {sizes}: {shares}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(4):
        coder(rows, knowledge)()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory       {before / 1024:.0f} MB; after four more rounds {after / 1024:.0f} MB")


def measure_hostile(pieces: Sequence[str], knowledge: Knowledge) -> None:
    """Print the longest that a megabyte of one repeated piece takes."""
    spent = []
    corpus = read_rows([{"id": "hostile", "text": "Five people were killed."}])
    for piece in pieces:
        text = (piece * (1_000_000 // len(piece)))[:999_999]
        # the corpus reader refuses so long a text: the coder is given it past the reader
        texts = corpus.texts.assign(text=text)
        began = time.process_time()
        code_articles(corpus.articles, texts, knowledge, keep_duplicates=True)
        spent.append((time.process_time() - began, piece))
    longest, piece = max(spent)
    print(f"hostile      {longest:.2f} s at most for 1 MB (bar 2): {piece!r}")


def main() -> int:
    """Print the figures."""
    pick = random.Random(4)
    knowledge = load_knowledge(ROOT / "data" / "reference")
    if spacy is None:
        print('spaCy is not installed (pip install -e ".[bench]"): no ratios')
    if len(sys.argv) > 1:
        lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
        full = [row for row in map(json.loads, lines) if row.get("incidents", True)]
    else:
        full = invent_articles(pick, knowledge, DENSE, ARTICLES)
        compare("mentions", invent_articles(pick, knowledge, SPARSE, ARTICLES), knowledge, 0.6)
    carrying = round(ARTICLES * CARRYING)
    plain = invent_articles(pick, knowledge, 0.0, ARTICLES - carrying)
    compare("reports", full, knowledge, 0.6)
    compare_parts("reports", full, knowledge, 0.7)
    compare("plain", plain, knowledge, 4.0)
    compare("night's mix", full[:carrying] + plain, knowledge, 4.0)
    measure_growth(full, knowledge)
    measure_hostile(HOSTILE, knowledge)
    return 0


if __name__ == "__main__":
    sys.exit(main())
