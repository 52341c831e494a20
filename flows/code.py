"""The `code` command: a file of articles, as JSON lines, becomes tables.

The file is read twice, a batch of lines at a time: once for the articles and the sketches that show
which of them repeat another, once for the texts that are coded. So memory holds one batch of texts,
the articles without their texts, and what was coded.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import click
import pandas as pd

from flows.reference import load_knowledge
from flows.settings import Settings
from transforms.coding.code import code_articles
from transforms.corpus import MAX_LINE_BYTES, Corpus, read_corpus
from transforms.deduplicate import deduplicate_articles
from transforms.errors import StoreError
from transforms.history import relate
from transforms.mentions import join_mentions, read_mentions
from transforms.pipeline import Tables, join_frames
from transforms.sketches import Sketches, join_sketches, sketch_texts

logger = logging.getLogger(__name__)

LINES_PER_BATCH = 2000
RUN_ID = "code"
CODED_TABLES = ("claims", "attributions", "reports", "rejects")
TABLES_WRITTEN = ("articles", "claims", "attributions", "reports", "events", "links", "rejects")


@dataclass(frozen=True, slots=True)
class CodedFile:
    """The tables of one file, by name."""

    tables: Tables

    def summary(self, folder: Path) -> str:
        """What was coded, one line."""
        counts = {name: len(frame) for name, frame in self.tables.items()}
        copies = int(self.tables["articles"]["duplicate_of"].notna().sum())
        reasons = self.tables["rejects"]["reason"].value_counts().sort_index()
        why = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
        lines = f"{counts['rejects']} lines rejected{f': {why}' if why else ''}"
        return (
            f"{counts['articles']} articles ({copies} copies, {lines}): {counts['claims']} claims,"
            f" {counts['events']} events; tables in {folder}"
        )


def code_file(source: Path, settings: Settings, *, keep_duplicates: bool = False) -> CodedFile:
    """Code a file of articles, and relate what they report.

    Args:
        source: JSON lines, as transforms/corpus.py reads them.
        settings: for the reference data and the rule of settlement.
        keep_duplicates: code every copy, not only the originals.

    Returns:
        The tables of `TABLES_WRITTEN`.

    Raises:
        StoreError: the file can't be read.
        ReferenceDataError: the reference data can't be used.
    """
    tables = code_lines(source, settings, keep_duplicates=keep_duplicates)
    tables.update(relate(tables, rule=settings.build.rule)[0])
    return CodedFile({name: tables[name] for name in TABLES_WRITTEN})


def code_lines(source: Path, settings: Settings, *, keep_duplicates: bool = False) -> Tables:
    """Code a file of articles; as `code_file`, without events.

    Returns:
        Tables articles, claims, attributions, reports and rejects, and the names in the articles.
    """
    knowledge = load_knowledge(settings.paths.reference)
    articles, rejects = _read_articles(source)
    coded: list[Tables] = []
    done = 0
    with _progress(len(articles)) as bar:
        for corpus in _read_batches(source):
            batch = articles.iloc[done : done + len(corpus.articles)]
            found = code_articles(batch, corpus.texts, knowledge, keep_duplicates=keep_duplicates)
            told = batch[batch["article_id"].isin(found.reports["article_id"])]
            mentions = read_mentions(told, corpus.texts)
            coded.append({**found.tables(), "mentions": mentions})
            done += len(batch)
            bar.update(len(batch))
    tables = join_frames([{"rejects": rejects}, *coded], CODED_TABLES)
    logger.info("coded %s: %d articles, %d claims", source, len(articles), len(tables["claims"]))
    return {"articles": articles, **tables, "mentions": join_mentions(coded)}


def _read_articles(source: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The articles with their duplicates marked, and the lines that could not be read."""
    parts: list[Tables] = []
    sketches: list[Sketches] = []
    undated: list[str] = []
    for corpus in _read_batches(source):
        undated += corpus.undated
        parts.append({"articles": corpus.articles, "rejects": corpus.rejects})
        sketches.append(sketch_texts(corpus.texts["text"]))
    if undated:
        logger.warning(
            "%s: the published_at of %d articles is no date that can be read, and their days stay"
            " unknown; first %s; write it as 2026-11-22 or 2026-11-22T08:30:00Z",
            *(source, len(undated), undated[0]),
        )
    read = join_frames(parts, ("articles", "rejects"))
    joined = join_sketches(sketches) if sketches else None
    articles = deduplicate_articles(read["articles"], pd.DataFrame(), sketches=joined)
    return articles, read["rejects"]


def _read_batches(source: Path) -> Iterator[Corpus]:
    known: set[str] = set()
    try:
        with source.open("rb") as file:
            lines = enumerate(_lines(file), start=1)
            while batch := list(islice(lines, LINES_PER_BATCH)):
                corpus = read_corpus(batch, run_id=RUN_ID, known=known)
                known.update(corpus.articles["article_id"])
                yield corpus
    except OSError as error:
        raise StoreError(f"{source}: can't be read: {error.strerror}") from error


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one longer than any article only the beginning, enough to reject."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)


def _progress(length: int) -> click._termui_impl.ProgressBar[int]:
    return click.progressbar(
        length=length, label="coding", file=sys.stderr, hidden=not sys.stderr.isatty()
    )
