"""How much faster pages are read behind the look, and whether that loses anything.

Compared in the same run, in CPU seconds of one process, median of interleaved rounds:

- trafilatura fast on every page, the peer;
- the look for words, then the extraction of what passes, as `build` does it by default;
- the looks for words and for claims before it, as `[build] look = "claims"` has it.

Beside the speed stand the F1 of the body text (4-gram shingles, as article-extraction-benchmark
scores it), and the pages that each way passes over although their text, as the peer reads it or as
we do, carries the casualty vocabulary, or although it gives the coder a claim.

    python -m benchmarks.pages PAGES.warc.gz GOLD.jsonl [--copies N] [--rounds N]
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura
from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.reading import Look
from flows.reference import load_knowledge
from transforms.coding.item_reader import holds_items
from transforms.coding.knowledge import Knowledge
from transforms.coding.text.sentences import read_document
from transforms.errors import PageError
from transforms.glimpse import tell_casualties
from transforms.look import hold_words, look_pattern, look_words, visible_markup
from transforms.pages import Page, PageItem, read_page

BATCH = 64
"""Pages looked at together, as `flows/normalise.py` does."""

Texts = dict[str, str]


def read_warc(path: Path) -> dict[str, bytes]:
    """The pages of a WARC file by address."""
    with path.open("rb") as file:
        return {
            record.headers["WARC-Target-URI"]: record.reader.read()
            for record in ArchiveIterator(file, record_types=WarcRecordType.response)
        }


def read_gold(path: Path) -> Texts:
    """The article bodies by address."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {row["url"]: row["body"] for row in rows}


def extract_all(pages: dict[str, bytes]) -> Texts:
    """The peer: trafilatura fast on every page."""
    found = {u: trafilatura.extract(p, fast=True, include_comments=False) for u, p in pages.items()}
    return {url: text or "" for url, text in found.items()}


def read_all(pages: dict[str, bytes], pattern: str | None) -> dict[str, Page | None]:
    """Our reading of pages; None for those passed over and those without an article."""
    return {url: _read(PageItem(page, url, pattern=pattern)) for url, page in pages.items()}


def _read(item: PageItem) -> Page | None:
    try:
        return read_page(item)
    except PageError:
        return None


def look_and_read(pages: dict[str, bytes], knowledge: Knowledge, look: Look) -> Texts:
    """Our way: look at all pages, extract what tells of casualties."""
    words = look_words(knowledge.lexicon)
    urls, pattern = list(pages), look_pattern(words)
    chosen = {}
    for at in range(0, len(urls), BATCH):
        batch = urls[at : at + BATCH]
        markup = visible_markup([pages[url] for url in batch])
        if look == "claims":
            seen = tell_casualties(markup, words, knowledge)
        else:
            seen = hold_words(markup, words)
        chosen |= {url: pages[url] for url, yes in zip(batch, seen, strict=True) if yes}
    return {url: page.text for url, page in read_all(chosen, pattern).items() if page}


def carries(page: Page, knowledge: Knowledge) -> bool:
    """Whether the coder reads a claim in the whole article."""
    return holds_items(read_document("", 1, page.title, page.text), knowledge)


def body_f1(texts: Texts, gold: Texts) -> float:
    """F1 of the 4-gram shingles of the bodies, pages weighing the same."""
    shares = [_shares(texts.get(url, ""), body) for url, body in gold.items()]
    hits, extra, lost = (sum(s[n] for s in shares) for n in range(3))
    return 2 * hits / (2 * hits + extra + lost)


def _shares(text: str, body: str) -> tuple[float, float, float]:
    got, wanted = _shingles(text), _shingles(body)
    hits = (got & wanted).total()
    extra, lost = got.total() - hits, wanted.total() - hits
    total = hits + extra + lost
    return (hits / total, extra / total, lost / total) if total else (1.0, 0.0, 0.0)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[max(0, n) : n + 4]) for n in range(-3, len(words)))


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--copies", type=int, default=1, help="how often the pages are repeated")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reference", type=Path, default=Path("data/reference"))
    given = parser.parse_args()
    once, gold = read_warc(given.pages), read_gold(given.gold)
    pages = {f"{url}#{n}": page for n in range(given.copies) for url, page in once.items()}
    knowledge = load_knowledge(given.reference)

    looks: tuple[Look, ...] = ("words", "claims")
    peer: list[float] = []
    ours: dict[Look, list[float]] = {look: [] for look in looks}
    for _ in range(given.rounds):
        peer.append(cpu_seconds(lambda: extract_all(pages)))
        for look in looks:
            ours[look].append(cpu_seconds(lambda look=look: look_and_read(pages, knowledge, look)))
    theirs = extract_all(once)
    whole = {url: page for url, page in read_all(once, None).items() if page}
    every = {url: page.text for url, page in whole.items()}
    words = look_words(knowledge.lexicon)
    holding = _holding(theirs, words) | _holding(every, words)
    telling = {url for url, page in whole.items() if carries(page, knowledge)}

    print(f"{len(pages)} pages, {given.rounds} rounds, CPU seconds of one process (median)")
    middle = statistics.median(peer)
    print(f"{'trafilatura fast':18} {middle:8.2f} s {len(pages) / middle:7.0f} pages/s")
    for look, taken in ours.items():
        ratios = sorted(p / o for p, o in zip(peer, taken, strict=True))
        middle = statistics.median(taken)
        print(
            f"{f'look for {look}':18} {middle:8.2f} s {len(pages) / middle:7.0f} pages/s, "
            f"ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
        read = look_and_read(once, knowledge, look)
        for name, carrying in (("with the words", holding), ("with claims", telling)):
            lost = sorted(carrying - read.keys())
            print(f"{'':18} {len(carrying):8d} pages {name}, lost: {len(lost)}")
            if look == "words":
                print("".join(f"  lost: {url}\n" for url in lost), end="")
    print(f"{'body F1':18} {body_f1(theirs, gold):8.3f} trafilatura fast")
    print(f"{'':18} {body_f1(every, gold):8.3f} ours, every page read")


def _holding(texts: Texts, words: Sequence[str]) -> set[str]:
    seen = hold_words([*texts.values()], words)
    return {url for url, yes in zip(texts, seen, strict=True) if yes}


if __name__ == "__main__":
    main()
