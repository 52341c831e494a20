"""What is compared of each report, as arrays: one row per report.

Texts become 64-bit hashes (0: unknown), days become numbers, tolls become spans; so that millions
of pairs can be compared without touching a text again. Everything is read from the report itself:
another report never changes a row, so rows made on earlier nights can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from transforms.identity import hash_id
from transforms.merging.words import Words, place_hash, read_words, unpack_hashes
from transforms.schema import EVENT_TYPES

Array = npt.NDArray[Any]

NO_DAY_START = -(2**30)
NO_DAY_END = 2**30
"""An unknown day joins every neighbour: it is a span from the beginning to the end of time."""

KINDS = ("killed", "injured", "abducted", "missing")

TELLING_TOLL = 3
"""People killed and injured from which a toll alone brings two reports together."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of hashes, one per row: `hashes[starts[i]:starts[i + 1]]`, sorted in each row."""

    starts: Array
    hashes: Array

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.starts) - 1

    def sizes(self) -> Array:
        """How many hashes each row has."""
        return np.diff(self.starts)

    def take(self, rows: Array) -> Lists:
        """The lists of some rows, in that order."""
        sizes = self.sizes()[rows]
        return Lists(
            np.concatenate(([0], np.cumsum(sizes))), self.hashes[expand(self.starts[rows], sizes)]
        )


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of reports; all arrays have one row per report.

    Attributes:
        report_id, article_id: as in the reports table; `rank` is a number for the report_id that
            settles ties; `article` a hash of the article_id.
        night: day number of observed_at; `told` of report_date.
        day_start, day_end: day numbers; `dated` where the text says when, `exact` where that is one
            day.
        share: 1 for the main account of an article, less for the others: what an article names
            mostly belongs to its main event.
        place, admin1, country, actor: hashes; `place_name` as a mention in another text would be
            hashed; `level` 1 town, 3 district, 4 province, 6 coarser.
        event_type: its place in the schema's list, -1 for `other`.
        low, high: spans of the tolls, one column per kind; NaN where unknown.
        toll: a key for killed and injured together, 0 where they are few, unknown or a span.
    """

    report_id: Array
    article_id: Array
    rank: Array
    article: Array
    version: Array
    incident: Array
    share: Array
    night: Array
    told: Array
    day_start: Array
    day_end: Array
    dated: Array
    exact: Array
    place: Array
    place_name: Array
    admin1: Array
    country: Array
    actor: Array
    level: Array
    latitude: Array
    longitude: Array
    event_type: Array
    low: Array
    high: Array
    toll: Array
    names: Lists
    pairs: Lists
    words: Lists

    def __len__(self) -> int:
        """Number of reports."""
        return len(self.report_id)

    def take(self, rows: Array) -> Features:
        """The features of some reports, in that order."""
        parts: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            parts[item.name] = value.take(rows) if isinstance(value, Lists) else value[rows]
        return Features(**parts)


def join_features(first: Features, second: Features) -> Features:
    """The features of two sets of reports as one."""
    parts: dict[str, Any] = {}
    for item in fields(first):
        a, b = getattr(first, item.name), getattr(second, item.name)
        if isinstance(a, Lists):
            starts = np.concatenate((a.starts, b.starts[1:] + a.starts[-1]))
            parts[item.name] = Lists(starts, np.concatenate((a.hashes, b.hashes)))
        else:
            parts[item.name] = np.concatenate((a, b))
    return Features(**parts)


def expand(starts: Array, sizes: Array) -> Array:
    """The positions starts[i], starts[i] + 1, ... of all rows, one after the other."""
    offsets = np.cumsum(sizes) - sizes
    out: Array = np.arange(int(sizes.sum())) + np.repeat(starts - offsets, sizes)
    return out


def read_features(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    mentions: pd.DataFrame | None = None,
) -> Features:
    """The features of reports, one row each, in their order.

    Args:
        reports: rows of the reports table, of scope incident or background.
        claims: the claims table; its sentences and victims are read for the words.
        articles: the articles table; its headlines are read for the words.
        mentions: names in the articles, as `read_mentions` gives them, where they are known.
    """
    start, end = _days(reports["date_start"]), _days(reports["date_end"])
    known = ~(reports["date_start"].isna() | reports["date_end"].isna()).to_numpy()
    dated = known & reports["date_text"].notna().to_numpy()
    # a recalled event has no day but the one that the text gives
    incident = (reports["scope"] == "incident").to_numpy()
    known &= incident | dated
    words = list(_words(reports, claims, articles, mentions))
    spans = [_span(reports, kind) for kind in KINDS]
    low = np.stack([low for low, _ in spans], axis=1)
    high = np.stack([high for _, high in spans], axis=1)
    return Features(
        report_id=reports["report_id"].to_numpy(dtype=object),
        article_id=reports["article_id"].to_numpy(dtype=object),
        rank=np.array([int(hash_id(r), 16) for r in reports["report_id"].tolist()], np.uint64),
        article=_hashes(reports["article_id"]),
        version=reports["version"].to_numpy(dtype=np.int64),
        incident=incident,
        share=_shares(reports, incident),
        night=_days(reports["observed_at"]),
        told=_days(reports["report_date"]),
        day_start=np.where(known, start, NO_DAY_START),
        day_end=np.where(known, np.maximum(start, end), NO_DAY_END),
        dated=dated,
        exact=dated & (reports["date_precision"] == 1).fillna(value=False).to_numpy(dtype=bool),
        place=_hashes(_fold(reports["place_name"])),
        place_name=_name_hashes(reports["place_name"]),
        admin1=_hashes(_fold(reports["admin1"])),
        country=_hashes(reports["country"]),
        actor=_hashes(_fold(reports["actor"])),
        level=_levels(reports),
        latitude=reports["latitude"].to_numpy(dtype=np.float64),
        longitude=reports["longitude"].to_numpy(dtype=np.float64),
        event_type=_types(reports["event_type"]),
        low=low,
        high=high,
        toll=_toll_keys(low[:, :2], high[:, :2]),
        names=_lists(w.names for w in words),
        pairs=_lists(w.pairs for w in words),
        words=_lists(w.words for w in words),
    )


def _days(days: pd.Series) -> Array:
    """Days since 1970; unknown ones before all others."""
    numbers = days.to_numpy(dtype="datetime64[D]").astype(np.int64)
    return np.where(days.isna().to_numpy(), NO_DAY_START, numbers)


def _toll_keys(low: Array, high: Array) -> Array:
    """A key for killed and injured together, 0 where they are few, unknown or a span."""
    sharp = ((low == high) | np.isnan(low)).all(axis=1)
    low = np.nan_to_num(low).astype(np.int64)
    telling = sharp & (low.sum(axis=1) >= TELLING_TOLL)
    return np.where(telling, low[:, 0] * 2**31 + low[:, 1] + 1, 0)


def _fold(texts: pd.Series) -> pd.Series:
    """Names without case, accents, articles and punctuation."""
    unique = texts.dropna().unique()
    plain = pd.Series(unique, index=unique, dtype="str").str.normalize("NFKD")
    plain = plain.str.replace(r"[\u0300-\u036f]", "", regex=True).str.lower()
    plain = plain.str.replace(r"[^\w]+", " ", regex=True)
    plain = plain.str.replace(r"^(?:the|al|el|ad|as|ash|an|ar|at) ", "", regex=True).str.strip()
    return texts.map(plain).astype("str")


def _hashes(texts: pd.Series) -> Array:
    codes, unique = pd.factorize(texts)
    table = np.array([int(hash_id(text), 16) >> 1 for text in unique] + [0], np.int64)
    return table[codes]


def _shares(reports: pd.DataFrame, incident: Array) -> Array:
    toll = reports["killed_best"].fillna(reports["killed_low"]).astype("float64").fillna(0.0)
    hurt = reports["injured_best"].fillna(reports["injured_low"]).astype("float64").fillna(0.0)
    frame = reports[["article_id", "version", "report_id"]].assign(
        incident=incident, toll=toll * 1000.0 + hurt
    )
    order = ["incident", "toll", "report_id"]
    frame = frame.sort_values(order, ascending=[False, False, True])
    by = frame.groupby(["article_id", "version"])
    share = 1.0 / by["incident"].transform("sum").clip(lower=1)
    share = share.where(by.cumcount() > 0, 1.0)
    return share.reindex(reports.index).to_numpy(dtype=np.float64)


def _name_hashes(names: pd.Series) -> Array:
    """The hash under which a place stands among the names, or the pairs, of a text; 0 for none."""
    codes, unique = pd.factorize(names)
    return np.array([place_hash(str(name)) for name in unique] + [0], np.int64)[codes]


def _levels(reports: pd.DataFrame) -> Array:
    precision = reports["place_precision"].fillna(6).to_numpy(dtype=np.int64)
    unnamed = reports["place_name"].isna().to_numpy()
    level = np.select([precision <= 2, precision == 3, precision == 4], [1, 3, 4], 6)
    return np.where(unnamed, 6, level)


def _types(types: pd.Series) -> Array:
    codes = {name: code for code, name in enumerate(EVENT_TYPES)} | {"other": -1}
    return types.map(codes).fillna(-1).to_numpy(dtype=np.int64)


def _span(reports: pd.DataFrame, kind: str) -> tuple[Array, Array]:
    low, best, high = (reports[f"{kind}_{b}"].astype("float64") for b in ("low", "best", "high"))
    return (
        low.fillna(best).fillna(high).to_numpy(),
        # "dozens" may be any number above; "at least 9" hardly ever hides more than one more
        high.fillna(best).fillna(low * 5).to_numpy(),
    )


def _lists(rows: Iterable[list[int]]) -> Lists:
    listed = list(rows)
    starts = np.concatenate(([0], np.cumsum([len(row) for row in listed], dtype=np.int64)))
    values = np.fromiter((v for row in listed for v in row), np.int64, int(starts[-1]))
    return Lists(starts.astype(np.int64), values)


def _words(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    mentions: pd.DataFrame | None,
) -> Iterator[Words]:
    keys = ["article_id", "version"]
    told = reports[keys]
    named = None if mentions is None else mentions[[*keys, "names", "pairs"]]
    for known in (articles[[*keys, "title"]], named):
        if known is not None:
            mine = known[known["article_id"].isin(reports["article_id"])]
            told = told.merge(mine, on=keys, how="left", validate="m:1")
    mine = claims[claims["report_id"].isin(reports["report_id"])]
    said: dict[str, set[str]] = {}
    for report, quote in zip(mine["report_id"].tolist(), mine["quote"].tolist(), strict=True):
        said.setdefault(report, set()).add(quote)
    nothing = [None] * len(told)
    for report, quote, title, names, pairs in zip(
        reports["report_id"].tolist(),
        reports["quote"].tolist(),
        told["title"].tolist(),
        told.get("names", nothing),
        told.get("pairs", nothing),
        strict=True,
    ):
        text = title if isinstance(title, str) else ""
        words = read_words(text, sorted((said.get(report, set()) | {quote}) - {text}))
        if isinstance(names, bytes) and isinstance(pairs, bytes):
            words = words._replace(names=unpack_hashes(names), pairs=unpack_hashes(pairs))
        yield words
