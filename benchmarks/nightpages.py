"""Makes a night of news pages: the pages of one WARC file repeated with changed words.

    python -m benchmarks.nightpages PAGES.warc.gz OUT_FOLDER --pages 100000

Every page has an address of its own and other words: in running text one word in four gets another
ending, but for the coder's vocabulary, so that a page stays loud or quiet as it was. Its days are
moved within the year, all by the same, so that copies of one story are not all reports of one
event: a hundred thousand pages do not tell of a few dozen. Loud is a page whose text, as
trafilatura reads it, holds one of a few plain casualty words; 15% are loud. Many others hold
one of the coder's words that mean nothing there ("shot", "body"), as in any night.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import re2
import trafilatura

from benchmarks.pages import read_warc
from flows.reference import load_knowledge
from transforms.look import look_pattern, look_words

LOUD = 0.15
ARCHIVE_PAGES = 5000
"""Pages of one archive: about a gigabyte of HTML, as Common Crawl's news archives have."""
CHANGED = 4
"""One word in so many is changed."""

_PLAIN = re.compile(
    r"(?i)\b(?:killed|dead|died|deaths?|injured|wounded|casualties|abducted|kidnapped|missing)\b"
)
_STRETCH = re.compile(rb">[^<>{}]{60,}<")
_WORD = re.compile(rb"\b[a-z]{4,}\b")
_DAY = re.compile(rb"(?<=\b20\d\d-)\d\d-\d\d")
_ENDINGS = [ending.encode() for ending in ("ar", "el", "in", "om", "un", "ith", "ock", "ard")]


def sort_pages(path: Path) -> tuple[list[bytes], list[bytes], list[str]]:
    """The loud and the quiet pages of a WARC file, and the hosts they came from."""
    pages = read_warc(path)
    loud, quiet = [], []
    for page in pages.values():
        text = trafilatura.extract(page, fast=True, include_comments=False) or ""
        (loud if _PLAIN.search(text) else quiet).append(page)
    return loud, quiet, sorted({url.split("/")[2] for url in pages})


def change_words(page: bytes, rng: random.Random, keep: Callable[[bytes], bool]) -> bytes:
    """The page with other words in its running text, and other days."""

    def reword(stretch: re.Match[bytes]) -> bytes:
        text = stretch[0]
        pieces, at = [], 0
        for word in list(_WORD.finditer(text))[rng.randrange(CHANGED) :: CHANGED]:
            if not keep(word[0]):
                pieces += [text[at : word.end()], rng.choice(_ENDINGS)]
                at = word.end()
        return b"".join([*pieces, text[at:]])

    day = b"%02d-%02d" % (rng.randrange(1, 13), rng.randrange(1, 29))
    return _STRETCH.sub(reword, _DAY.sub(day, page))


def make_pages(
    source: Path, count: int, reference: Path, *, seed: int = 1
) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages of a night."""
    loud, quiet, hosts = sort_pages(source)
    pattern = re2.compile(look_pattern(look_words(load_knowledge(reference).lexicon)).encode())
    keep = lru_cache(maxsize=None)(lambda word: pattern.search(word) is not None)
    rng = random.Random(seed)
    for number in range(count):
        page = rng.choice(loud if rng.random() < LOUD else quiet)
        yield f"https://{rng.choice(hosts)}/night/{number}", change_words(page, rng, keep)


def write_archives(
    folder: Path, pages: Iterator[tuple[str, bytes]], *, archive_pages: int = ARCHIVE_PAGES
) -> list[Path]:
    """The pages as WARC files of so many each."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    file = None
    for number, (url, page) in enumerate(pages):
        if number % archive_pages == 0:
            if file:
                file.close()
            paths.append(folder / f"night-{number // archive_pages:03d}.warc.gz")
            file = paths[-1].open("wb")
        assert file
        file.write(gzip.compress(_record(url, page), 4, mtime=0))
    if file:
        file.close()
    return paths


def _record(url: str, page: bytes) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:night:{url}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2026-11-16T12:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + len(page)}\r\n\r\n"
    )
    return head.encode() + http + page + b"\r\n\r\n"


def main() -> None:
    """Make a night."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--reference", type=Path, default=Path("data/reference"))
    given = parser.parse_args()
    pages = make_pages(given.source, given.pages, given.reference)
    for path in write_archives(given.folder, pages):
        print(path)


if __name__ == "__main__":
    main()
