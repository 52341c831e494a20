"""Near duplicates: speed beside datasketch, precision and recall, on invented copies.

    python -m benchmarks.duplicates --articles 20000

Needs datasketch beside the project's own dependencies. A third of the articles are copies of
another: light ones (an agency line added, up to 2% of the words changed, the end cut, a sentence
dropped) and heavy ones (half of it cut away, or a third of the sentences dropped). Prints articles
per CPU second of both, as a ratio, and the quality of ours.
"""

from __future__ import annotations

import argparse
import random
import resource
import time

import pandas as pd

from transforms import schema
from transforms.deduplicate import deduplicate_articles
from transforms.sketches import sketch_texts

SYLLABLES = (
    "ba be bi bo ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se ta te".split()
)
CHARACTERS = 3_800
"""Length of a news article, as measured on web archives."""


def vocabulary(pick: random.Random, size: int = 8_000) -> list[str]:
    """Invented words, the common ones short."""
    return [
        "".join(pick.choices(SYLLABLES, k=1 + min(n // 400, 3))) + str(n % 7) for n in range(size)
    ]


def story(pick: random.Random, words: list[str]) -> list[str]:
    """Sentences of an invented article; every fifth one stands in many articles."""
    sentences = []
    length = 0
    target = int(pick.lognormvariate(0, 0.5) * CHARACTERS)
    while length < max(target, 400):
        source = random.Random(pick.randrange(200)) if pick.random() < 0.05 else pick
        line = [words[int(len(words) * source.random() ** 3)] for _ in range(source.randint(8, 25))]
        sentences.append(" ".join(line).capitalize() + ".")
        length += len(sentences[-1]) + 1
    return sentences


def lightly(pick: random.Random, sentences: list[str], words: list[str]) -> str:
    """A light copy."""
    way = pick.randrange(4)
    if way == 0:
        return f"TEL RAHMA, {pick.randrange(1, 28)} March (Meridian Wire) - " + " ".join(sentences)
    if way == 1:
        changed = " ".join(sentences).split()
        for _ in range(int(len(changed) * pick.uniform(0.002, 0.02))):
            changed[pick.randrange(len(changed))] = pick.choice(words)
        return " ".join(changed)
    if way == 2:
        return " ".join(sentences[: max(int(len(sentences) * pick.uniform(0.8, 0.95)), 3)])
    out = pick.randrange(len(sentences))
    return " ".join(sentences[:out] + sentences[out + 1 :]) + " This report was edited for length."


def heavily(pick: random.Random, sentences: list[str]) -> str:
    """A heavy copy."""
    if pick.random() < 0.5:
        return " ".join(sentences[: max(len(sentences) // 2, 3)])
    return " ".join(s for s in sentences if pick.random() > 0.33)


def invent(articles: int, seed: int = 3) -> tuple[list[str], list[int], list[str]]:
    """Texts, for each the number of its original (its own where it is one), and how it was made."""
    pick = random.Random(seed)
    words = vocabulary(pick)
    texts: list[str] = []
    origin: list[int] = []
    made: list[str] = []
    stories: dict[int, list[str]] = {}
    while len(texts) < articles:
        if texts and pick.random() < 0.33:
            of = pick.choice(list(stories)[-2000:])
            light = pick.random() < 0.7
            made.append("light" if light else "heavy")
            source = stories[of]
            texts.append(lightly(pick, source, words) if light else heavily(pick, source))
            origin.append(of)
        else:
            stories[len(texts)] = story(pick, words)
            origin.append(len(texts))
            made.append("original")
            texts.append(" ".join(stories[origin[-1]]))
    return texts, origin, made


def frames(texts: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles and texts as the chain passes them."""
    ids = [f"{n:08d}" for n in range(len(texts))]
    articles = schema.cast_frame("articles", pd.DataFrame({"article_id": ids, "version": 1}))
    return articles, articles[["article_id", "version"]].assign(text=texts)


def peer(texts: list[str]) -> None:
    """What one would write with datasketch: 5-word shingles, 128 permutations, LSH at 0.5."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    for number, text in enumerate(texts):
        words = text.lower().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 5]).encode() for i in range(len(words) - 4)])
        index.query(sketch)
        index.insert(str(number), sketch)


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--peer", type=int, default=4_000, help="articles for datasketch")
    options = parser.parse_args()
    texts, origin, made = invent(options.articles)
    articles, bodies = frames(texts)
    ours, theirs = [], []
    for _ in range(3):
        clock = time.process_time()
        sketches = sketch_texts(bodies["text"])
        found = deduplicate_articles(articles, bodies, sketches=sketches)
        ours.append(len(texts) / (time.process_time() - clock))
        clock = time.process_time()
        peer(texts[: options.peer])
        theirs.append(min(options.peer, len(texts)) / (time.process_time() - clock))
    mine, other = sorted(ours)[1], sorted(theirs)[1]
    print(f"{sum(map(len, texts)) / len(texts):.0f} characters an article")
    print(f"ours {mine:.0f}/s, datasketch {other:.0f}/s, ratio {mine / other:.1f}")
    told = [None if pd.isna(of) else int(of) for of in found["duplicate_of"]]
    said = [row for row, of in enumerate(told) if of is not None]
    right = [row for row in said if origin[told[row]] == origin[row]]
    print(f"precision {len(right) / len(said):.4f}")
    for kind in ("light", "heavy"):
        rows = [row for row, how in enumerate(made) if how == kind]
        hits = sum(told[row] is not None for row in rows)
        print(f"recall of {kind} copies {hits / len(rows):.4f} of {len(rows)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"peak {peak:.2f} GiB; a sketch has {sketches.bins.nbytes / len(sketches) + 24:.0f} bytes"
    )


if __name__ == "__main__":
    main()
