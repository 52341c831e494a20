"""Articles to claims, attributions and reports: the whole cascade, article by article.

    text -> sentences -> tokens -> noun groups -> mentions -> accounts -> claims and reports

Every stage can be run by itself; `read_accounts` is the chain for one article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from transforms.coding.accounts import MAX_FIGURES, read_accounts
from transforms.coding.knowledge import Knowledge
from transforms.coding.model import Document
from transforms.coding.rows import Rows, write_account
from transforms.coding.sentences import read_document
from transforms.identity import hash_id
from transforms.schema import cast_frame, frame_of

CODER_VERSION = "1"
"""Rises with every change of the rules; the word lists add their own fingerprint."""

_LONGEST_TEXT = 1_000_000  # characters; longer texts are no articles


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
        can't be coded (too_long, not_english, empty).
    """
    batch = articles.merge(texts, on=["article_id", "version"], how="inner", validate="one_to_one")
    if not keep_duplicates:
        batch = batch[batch["duplicate_of"].isna()]
    passed = _gate(batch, knowledge)
    rows: Rows = {"claims": [], "attributions": [], "reports": [], "rejects": []}
    version = coder_version(knowledge)
    for record, carries in zip(batch.to_dict("records"), passed, strict=True):
        row = {str(name): value for name, value in record.items()}
        reason = _unfit(row)
        if reason:
            rows["rejects"].append(_reject(row, reason))
        elif carries:
            document = _document(row, countries or {})
            accounts = read_accounts(document, knowledge)
            if sum(len(account.claims) for account in accounts) >= MAX_FIGURES:
                rows["rejects"].append(_reject(row, "too_many_figures"))
            for account in accounts:
                write_account(rows, document, account, row, version)
    return Coded(
        _frame("claims", rows["claims"]),
        _frame("attributions", rows["attributions"]),
        _frame("reports", rows["reports"]),
        frame_of("rejects", rows["rejects"]),
    )


def _frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = frame_of(table, rows)
    return cast_frame(table, frame)


def _gate(batch: pd.DataFrame, knowledge: Knowledge) -> list[bool]:
    """Which texts hold a word of the casualty vocabulary, headline included."""
    if batch.empty:
        return []
    both = batch["title"].fillna("").astype(str) + "\n" + batch["text"].fillna("").astype(str)
    column = pa.array(both.to_list(), pa.large_string())
    return list(pc.match_substring_regex(column, pattern=knowledge.gate.pattern).to_pylist())


def _unfit(row: dict[str, Any]) -> str | None:
    text = row["text"]
    if not isinstance(text, str) or not text.strip():
        return None if isinstance(row["title"], str) and row["title"].strip() else "empty"
    if len(text) > _LONGEST_TEXT:
        return "too_long"
    language = row["language"]
    if isinstance(language, str) and language != "en":
        return "not_english"
    return None


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
