"""Accounts to rows of the claims, attributions and reports tables."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from transforms.coding.accounts.settle import settle_account
from transforms.coding.model import Account, Attribution, Claim, Document, Sentence
from transforms.identity import hash_id

Rows = dict[str, list[dict[str, Any]]]


def write_account(
    rows: Rows, document: Document, account: Account, article: dict[str, Any], version: str
) -> None:
    """Append the rows of one account.

    Args:
        rows: table name -> rows; appended to.
        document: the article.
        account: one of its accounts.
        article: the article's row, for its report day and night.
        version: version of the coder.
    """
    report_id = hash_id(document.article_id, document.version, account.ordinal)
    sentences = document.by_ordinal
    common = {
        "report_id": report_id,
        "report_date": article["report_date"],
        "observed_at": article["night"],
    }
    for claim in account.claims:
        row = _claim_row(claim, report_id, sentences[claim.sentence], document, version)
        rows["claims"].append({**common, **row})
    for number, saying in enumerate(account.blame.attributions):
        row = _attribution_row(saying, report_id, number, sentences[saying.sentence], document)
        rows["attributions"].append({**common, **row})
    rows["reports"].append({**common, **_report_row(account, document, sentences)})


def _attribution_row(
    saying: Attribution, report_id: str, number: int, sentence: Sentence, document: Document
) -> dict[str, Any]:
    start, end = document.span(sentence, saying.start, saying.end)
    return {
        "attribution_id": hash_id(report_id, "attribution", number),
        "actor": saying.actor,
        "actor_text": saying.actor_text,
        "stance": saying.stance,
        "speaker": saying.speaker,
        "speaker_role": saying.speaker_role,
        "quote": sentence.text,
        "sentence": sentence.ordinal,
        "char_start": start,
        "char_end": end,
    }


def _claim_row(
    claim: Claim, report_id: str, sentence: Sentence, document: Document, version: str
) -> dict[str, Any]:
    start, end = document.span(sentence, claim.start, claim.end)
    return {
        "claim_id": hash_id(
            report_id, claim.kind, claim.sentence, claim.start, claim.trigger_start
        ),
        "article_id": document.article_id,
        "version": document.version,
        "kind": claim.kind,
        "low": claim.low,
        "best": claim.best,
        "high": claim.high,
        "figure": claim.figure,
        "convention": claim.convention,
        "relation": claim.relation,
        "victims": claim.victims,
        "victim_role": claim.victim_role,
        "speaker": claim.speaker,
        "speaker_role": claim.speaker_role,
        "stance": claim.stance,
        "scope": claim.scope,
        "quote": sentence.text,
        "sentence": sentence.ordinal,
        "char_start": start,
        "char_end": end,
        "coder_version": version,
    }


def _report_row(
    account: Account, document: Document, by_ordinal: dict[int, Sentence]
) -> dict[str, Any]:
    dating, placing, blame = account.dating, account.placing, account.blame
    lead = next((c for c in account.claims if c.relation in ("total", "part")), account.claims[0])
    return {
        "article_id": document.article_id,
        "version": document.version,
        "scope": account.scope,
        "domain": account.domain,
        "event_type": account.event_type,
        "date_start": _day(dating.date_start),
        "date_end": _day(dating.date_end),
        "date_precision": dating.date_precision,
        "date_text": dating.date_text,
        "place_name": placing.place_name,
        "place_text": placing.place_text,
        "admin1": placing.admin1,
        "country": placing.country,
        "latitude": placing.latitude,
        "longitude": placing.longitude,
        "place_precision": placing.place_precision,
        "geonames_id": placing.geonames_id,
        "actor": blame.actor,
        "actor_text": blame.actor_text,
        "target": blame.target,
        "responsibility": blame.responsibility,
        **settle_account(account.claims),
        "quote": by_ordinal[lead.sentence].text,
        "confidence": _confidence(account),
    }


@lru_cache(maxsize=4096)  # most reports of a night tell of the same days
def _day(day: date | None) -> pd.Timestamp | None:
    return None if day is None else pd.Timestamp(day)


def _confidence(account: Account) -> float:
    """How much it has of what makes a report certain: number, day, place, second sentence."""
    parts = (
        any(claim.best is not None for claim in account.claims),
        account.dating.date_text is not None,
        (account.placing.place_precision or 9) <= 4,
        len(account.sentences) > 1,
        account.event_type != "other",
    )
    return round(0.5 + 0.1 * sum(parts), 2)
