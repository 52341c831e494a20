"""Near duplicates: speed beside datasketch, precision and recall, on invented copies.

    python -m benchmarks.duplicates --articles 20000

The second look is tried on events of an original, two rewritten copies (up to 30% of the words
changed, up to 40% of the sentences dropped, two swapped, another lead) and two reports of other
hands that quote up to three of its sentences.

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
from transforms.rewrites import mark_rewrites, pack_texts
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


def rewrite(pick: random.Random, sentences: list[str], words: list[str]) -> str:
    """A rewritten copy."""
    drop, share = pick.uniform(0.1, 0.4), pick.uniform(0.08, 0.3)
    kept = [s for s in sentences if pick.random() > drop] or sentences[:3]
    out = [
        " ".join(pick.choice(words) if pick.random() < share else word for word in line.split())
        for line in kept
    ]
    if len(out) > 3 and pick.random() < 0.5:
        at = pick.randrange(len(out) - 1)
        out[at], out[at + 1] = out[at + 1], out[at]
    return " ".join([" ".join(pick.choices(words, k=20)).capitalize() + ".", *out])


def quote(pick: random.Random, sentences: list[str], words: list[str]) -> str:
    """A report of the same event by another hand, which quotes what the original quotes."""
    own = story(pick, words)
    for line in pick.sample(sentences, min(len(sentences), pick.randint(0, 3))):
        own.insert(pick.randrange(len(own)), line)
    return " ".join(own[: max(4, int(len(own) * pick.uniform(0.3, 1)))])


def second_look(events: int, seed: int = 7) -> None:
    """Prints precision and recall of the second look."""
    pick = random.Random(seed)
    words = vocabulary(pick)
    texts: list[str] = []
    for _ in range(events):
        first = story(pick, words)
        if pick.random() < 0.3:
            first = first[: pick.randint(3, 8)]
        texts += [" ".join(first), *(rewrite(pick, first, words) for _ in range(2))]
        texts += [quote(pick, first, words) for _ in range(2)]
    articles, bodies = frames(texts)
    reports = articles[["article_id", "version"]].assign(
        scope="incident", event_id=[str(n // 5) for n in range(len(texts))]
    )
    clock = time.process_time()
    packed = articles[["article_id", "version"]].assign(sketch=pack_texts(bodies["text"]))
    found = mark_rewrites(articles, reports, packed)["duplicate_of"].notna().to_numpy()
    cost = time.process_time() - clock
    copies = [n % 5 in (1, 2) for n in range(len(texts))]
    right = sum(said and copy for said, copy in zip(found, copies, strict=True))
    print(
        f"second look at {events} events: precision {right / max(int(found.sum()), 1):.4f},"
        f" recall of rewritten copies {right / sum(copies):.4f} of {sum(copies)},"
        f" {len(texts) / cost:.0f} articles/s"
    )


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
    second_look(1_000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"peak {peak:.2f} GiB; a sketch has {sketches.bins.nbytes / len(sketches) + 24:.0f} bytes"
    )


if __name__ == "__main__":
    main()
