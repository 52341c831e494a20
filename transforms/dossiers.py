"""Everything the tables know about chosen events, gathered for a reader: the report, `explain`.

A dossier holds an event's facts, its claims by sentence with their speakers and sources, who is
said to have done it, and how its toll moved; plain values, from which a page can be drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from transforms.schema import BOUNDS, KINDS, ROLES, SETTLED_BY

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Toll:
    """Low, best and high of one kind; None is unknown."""

    kind: str
    low: int | None
    best: int | None
    high: int | None

    @property
    def value(self) -> int | None:
        """Best, else low: the number to compare and draw."""
        return self.low if self.best is None else self.best

    @property
    def words(self) -> str:
        """The toll in a reader's words: "14", "3 (3 to 5)", "at least 2", "about 30", "unknown"."""
        low, best, high = self.low, self.best, self.high
        if best is None:
            if low is None:
                return "unknown" if high is None else f"at most {high:,}"
            return f"at least {low:,}" if high is None else f"{low:,} to {high:,}"
        if low == best == high:
            return f"{best:,}"
        if low is None and high is None:
            return f"about {best:,}"
        if high is None:
            return f"at least {best:,}" if low == best else f"{best:,} (at least {low:,})"
        if low is None:
            return f"up to {best:,}" if high == best else f"{best:,} (at most {high:,})"
        return f"{best:,} ({low:,} to {high:,})"


@dataclass(frozen=True, slots=True)
class Source:
    """The article behind a sentence. `url` is as published and not to be trusted."""

    publisher: str | None
    title: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim: its toll, the words that give it, and whether it decided the event's toll."""

    toll: Toll
    words: str
    relation: str
    stance: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of one article with the figures in it, all by one speaker."""

    quote: str
    speaker: str | None
    speaker_role: str
    night: date | None
    source: Source
    figures: tuple[Figure, ...]

    @property
    def settled(self) -> bool:
        """Whether one of its figures decided the event's toll."""
        return any(figure.settled for figure in self.figures)


@dataclass(frozen=True, slots=True)
class Blame:
    """One saying of who did it."""

    actor: str | None
    stance: str
    speaker: str | None
    speaker_role: str
    quote: str
    source: Source


@dataclass(frozen=True, slots=True)
class Dossier:
    """One event with all that stands behind it.

    Attributes:
        event: the row of `events`, nulls as None.
        tolls: the kinds of which something is known.
        roles: of the killed, how many by role; empty where unknown.
        sayings: sentences with figures; those that decided the toll first, then the newest.
        blames: who is said to have done it.
        history: per night on which the toll changed the night and its tolls, in order.
    """

    event: Row
    tolls: tuple[Toll, ...]
    roles: tuple[tuple[str, int], ...]
    sayings: tuple[Saying, ...]
    blames: tuple[Blame, ...]
    history: tuple[tuple[date, tuple[Toll, ...]], ...]

    @property
    def event_id(self) -> str:
        """The event's id."""
        return str(self.event["event_id"])

    def toll(self, kind: str) -> Toll:
        """The toll of one kind; unknown where nothing is known of it."""
        return next((t for t in self.tolls if t.kind == kind), Toll(kind, None, None, None))


def collect_dossiers(tables: Mapping[str, pd.DataFrame], event_ids: Iterable[str]) -> list[Dossier]:
    """Gather the dossiers of events.

    Args:
        tables: events, reports, claims, attributions, articles and tolls as declared.
        event_ids: the events wanted; ids that `events` has not are left out.

    Returns:
        One dossier per event, in the order asked for.
    """
    wanted = list(dict.fromkeys(event_ids))
    events = {r["event_id"]: r for r in rows_of(_having(tables["events"], "event_id", wanted))}
    reports = _having(tables["reports"], "event_id", wanted)
    event_of = dict(zip(reports["report_id"], reports["event_id"], strict=True))
    claims = _having(tables["claims"], "report_id", event_of)
    attributions = _having(tables["attributions"], "report_id", event_of)
    articles = _having(
        tables["articles"], "article_id", {*reports["article_id"], *claims["article_id"]}
    )
    sources = {(r["article_id"], r["version"]): _source(r) for r in rows_of(articles)}
    article_of = {
        r["report_id"]: (r["article_id"], r["version"])
        for r in rows_of(reports[["report_id", "article_id", "version"]])
    }
    by_claims = _group(rows_of(claims), event_of)
    by_blames = _group(rows_of(attributions), event_of)
    by_tolls: dict[str, list[Row]] = {}
    for row in rows_of(_having(tables["tolls"], "event_id", wanted)):
        by_tolls.setdefault(row["event_id"], []).append(row)
    return [
        Dossier(
            event=events[i],
            tolls=tolls_of(events[i]),
            roles=_roles(events[i]),
            sayings=_sayings(by_claims.get(i, []), sources, _deciders(events[i])),
            blames=tuple(_blame(r, sources, article_of) for r in by_blames.get(i, [])),
            history=_history(by_tolls.get(i, [])),
        )
        for i in wanted
        if i in events
    ]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dicts, every kind of null as None."""
    plain = frame.astype(object)
    return plain.where(plain.notna(), None).to_dict("records")  # type: ignore[return-value]


def tolls_of(row: Row) -> tuple[Toll, ...]:
    """The tolls of a row of events, reports or tolls, those of which nothing is known left out."""
    tolls = (Toll(kind, *(_int(row[f"{kind}_{bound}"]) for bound in BOUNDS)) for kind in KINDS)
    return tuple(t for t in tolls if (t.low, t.best, t.high) != (None, None, None))


def list_of(value: Iterable[str] | None) -> list[str]:
    """The items of a list column's value: a list, an array or null."""
    return [] if value is None else list(value)


def day_of(value: datetime | None) -> date | None:
    """The day of a timestamp, None for null."""
    return None if value is None else value.date()


def _having(frame: pd.DataFrame, column: str, values: Iterable[str]) -> pd.DataFrame:
    return frame[frame[column].isin(list(values))]


def _int(value: int | None) -> int | None:
    return None if value is None else int(value)


def _group(rows: list[Row], event_of: Mapping[str, str]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(event_of[row["report_id"]], []).append(row)
    return grouped


def _source(row: Row) -> Source:
    return Source(row["publisher"], row["title"], row["url"], row["language"])


_NO_SOURCE = Source(None, None, None, None)


def _roles(event: Row) -> tuple[tuple[str, int], ...]:
    counts = ((role, _int(event[f"killed_{role}"])) for role in ROLES)
    return tuple((role, count) for role, count in counts if count)


def _deciders(event: Row) -> frozenset[str]:
    return frozenset(claim for column in SETTLED_BY for claim in list_of(event[column]))


def _sayings(
    claims: list[Row], sources: Mapping[tuple[str, int], Source], deciders: frozenset[str]
) -> tuple[Saying, ...]:
    sentences: dict[tuple[Any, ...], list[Row]] = {}
    for row in claims:
        where = (row["article_id"], row["version"], row["sentence"], row["speaker"])
        sentences.setdefault(where, []).append(row)
    sayings = []
    for (article, version, *_), rows in sentences.items():
        first = rows[0]
        figures = tuple(
            Figure(
                Toll(r["kind"], _int(r["low"]), _int(r["best"]), _int(r["high"])),
                r["figure"],
                r["relation"],
                r["stance"],
                r["claim_id"] in deciders,
            )
            for r in sorted(rows, key=lambda r: (r["char_start"], r["claim_id"]))
        )
        sayings.append(
            Saying(
                first["quote"],
                first["speaker"],
                first["speaker_role"],
                day_of(first["observed_at"]),
                sources.get((article, version), _NO_SOURCE),
                figures,
            )
        )
    sayings.sort(key=lambda s: s.night or date.min, reverse=True)
    return tuple(sorted(sayings, key=lambda s: not s.settled))


def _blame(
    row: Row,
    sources: Mapping[tuple[str, int], Source],
    article_of: Mapping[str, tuple[str, int]],
) -> Blame:
    return Blame(
        row["actor"] or row["actor_text"],
        row["stance"],
        row["speaker"],
        row["speaker_role"],
        row["quote"],
        sources.get(article_of[row["report_id"]], _NO_SOURCE),
    )


def _history(rows: list[Row]) -> tuple[tuple[date, tuple[Toll, ...]], ...]:
    nights = sorted(rows, key=lambda r: r["observed_at"])
    return tuple((r["observed_at"].date(), tolls_of(r)) for r in nights)
