"""Articles to claims, attributions and reports: the whole cascade, article by article.

    text -> sentences -> tokens -> noun groups -> mentions -> accounts -> claims and reports

Every stage can be run by itself; `read_batch` is the chain for a batch.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd

from transforms.coding.article import read_batch
from transforms.coding.item_reader import MAX_FIGURES
from transforms.coding.knowledge import Knowledge
from transforms.coding.model import Document
from transforms.coding.rows import Rows, write_account
from transforms.coding.signs import find_carrying, mark_signs
from transforms.coding.text.evened import even_out
from transforms.coding.text.sentences import read_document
from transforms.identity import hash_id
from transforms.schema import frame_of

CODER_VERSION = "8"
"""Rises with the release of changed rules; the word lists add their own fingerprint. What is kept
from an earlier build goes by a fingerprint of the code and needs no version."""

_LONGEST_TEXT = 1_000_000  # characters; longer texts are no articles
_AT_ONCE = 64
"""Articles that are held at the same time; with more, what a stage reads of them fits no cache."""

_READ = (
    *("article_id", "version", "title", "text", "report_date", "publisher", "feed_id"),
    *("run_id", "url", "night"),
)
"""Columns that the coder reads of an article that passes the gate."""


@dataclass(frozen=True, slots=True)
class Coded:
    """What a batch of articles gave; frames of the tables of the same names."""

    claims: pd.DataFrame
    attributions: pd.DataFrame
    reports: pd.DataFrame
    rejects: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """The frames by table name."""
        return {
            "claims": self.claims,
            "attributions": self.attributions,
            "reports": self.reports,
            "rejects": self.rejects,
        }


def coder_version(knowledge: Knowledge) -> str:
    """Version of the rules and of the word lists."""
    return f"{CODER_VERSION}-{knowledge.fingerprint}"


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Python's search for cycles put off: what is read of an article holds none, and is much."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_collector_at_rest()
def code_articles(
    articles: pd.DataFrame,
    texts: pd.DataFrame,
    knowledge: Knowledge,
    *,
    keep_duplicates: bool = False,
    countries: dict[str, str] | None = None,
) -> Coded:
    """Read the casualty claims out of a batch of articles.

    Args:
        articles: table articles.
        texts: article_id, version, text; one row per article version.
        knowledge: the compiled reference data.
        keep_duplicates: code copies too, not only originals.
        countries: feed_id -> ISO 3166-1 alpha-3 code of the outlet's country.

    Returns:
        Claims, attributions and reports of the articles that carry any, and rejects for texts that
        can't be coded (text_limits, not_english, empty).
    """
    batch = articles.merge(texts, on=["article_id", "version"], how="inner", validate="one_to_one")
    if not keep_duplicates:
        batch = batch[batch["duplicate_of"].isna()]
    rows: Rows = {"claims": [], "attributions": [], "reports": [], "rejects": []}
    version = coder_version(knowledge)
    fit = _fit(batch)
    for row in _rows(batch, [at for at, reason in enumerate(fit) if reason]):
        rows["rejects"].append(_reject(row, fit[row["at"]] or ""))
    carry = [at for at in _carrying(batch, knowledge) if not fit[at]]
    for first in range(0, len(carry), _AT_ONCE):
        found = _rows(batch, carry[first : first + _AT_ONCE])
        _write(rows, found, knowledge, countries or {}, version)
    return Coded(
        frame_of("claims", rows["claims"]),
        frame_of("attributions", rows["attributions"]),
        frame_of("reports", rows["reports"]),
        frame_of("rejects", rows["rejects"]),
    )


def _write(
    rows: Rows,
    found: list[dict[str, Any]],
    knowledge: Knowledge,
    countries: dict[str, str],
    version: str,
) -> None:
    """Write what some articles tell; all else that was read of them is gone at the end."""
    documents = mark_signs([_document(row, countries) for row in found], knowledge)
    read = read_batch(documents, knowledge)
    for row, document, accounts in zip(found, documents, read, strict=True):
        if sum(len(account.claims) for account in accounts) >= MAX_FIGURES:
            rows["rejects"].append(_reject(row, "too_many_figures"))
        for account in accounts:
            write_account(rows, document, account, row, version)


def _rows(batch: pd.DataFrame, places: list[int]) -> list[dict[str, Any]]:
    """The rows at these places as dicts, and the place of each as `at`."""
    found = batch.iloc[places][list(_READ)].to_dict("records")
    return [
        {"at": at, **{str(name): value for name, value in row.items()}}
        for at, row in zip(places, found, strict=True)
    ]


def _carrying(batch: pd.DataFrame, knowledge: Knowledge) -> list[int]:
    """Places of the rows that hold a word of the casualty vocabulary, in headline or text."""
    read = [even_out(text)[0] for name in ("title", "text") for text in batch[name].fillna("")]
    return sorted({at % len(batch) for at in find_carrying(read, knowledge)})


def _fit(batch: pd.DataFrame) -> list[str | None]:
    """Why each row can't be coded; None where it can."""
    columns = (batch["title"], batch["text"], batch["language"])
    return [_unfit(title, text, spoken) for title, text, spoken in zip(*columns, strict=True)]


def _unfit(title: Any, text: Any, language: Any) -> str | None:
    if not isinstance(text, str) or not text or text.isspace():
        return None if isinstance(title, str) and title.strip() else "empty"
    if len(text) > _LONGEST_TEXT:
        return "text_limits"
    return "not_english" if isinstance(language, str) and language != "en" else None


def _reject(row: dict[str, Any], reason: str) -> dict[str, Any]:
    run_id = row["run_id"] if isinstance(row["run_id"], str) else "code"
    url = row["url"] if isinstance(row["url"], str) else None
    return {
        "run_id": run_id,
        "reject_id": hash_id(run_id, "code", row["article_id"], row["version"]),
        "night": row["night"],
        "stage": "code",
        "reason": reason,
        "feed_id": row["feed_id"],
        "url": url,
        "detail": f"article {row['article_id']} version {row['version']}",
    }


def _document(row: dict[str, Any], countries: dict[str, str]) -> Document:
    day = row["report_date"]
    title = row["title"] if isinstance(row["title"], str) else None
    publisher = row["publisher"] if isinstance(row["publisher"], str) else None
    return read_document(
        row["article_id"],
        int(row["version"]),
        title,
        row["text"] if isinstance(row["text"], str) else "",
        report_date=None if pd.isna(day) else day.date(),
        publisher=publisher,
        publisher_country=countries.get(row["feed_id"])
        if isinstance(row["feed_id"], str)
        else None,
    )
