"""Checks: what must hold of the tables before they are published. Last but release.

A blocking finding stops the release; the others are told in the report. The texts, where they are
given, are checked against the offsets of the claims; the counts of the run against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from transforms import schema
from transforms.coding.text.evened import even_out
from transforms.errors import CheckError
from transforms.settling.figures import prepare_claims, report_figures
from transforms.settling.roles import role_conflicts


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found: where, how often, and the first example."""

    check: str
    table: str
    rows: int
    example: str
    blocking: bool = True

    def __str__(self) -> str:
        return f"{self.check}: {self.table}, {self.rows} rows, first {self.example}"


REFERENCES = (
    ("claims", "report_id", "reports"),
    ("attributions", "report_id", "reports"),
    ("reports", "event_id", "events"),
    ("events", "merged_into", "events"),
    ("tolls", "event_id", "events"),
    ("links", "report_a", "reports"),
    ("links", "report_b", "reports"),
)


def check_tables(
    tables: Mapping[str, pd.DataFrame],
    *,
    texts: pd.DataFrame | None = None,
    requests: Mapping[str, int] | None = None,
    entries: Mapping[str, int] | None = None,
) -> list[Finding]:
    """What is wrong with the tables of a release.

    Args:
        tables: tables by name; those left out are not checked.
        texts: article_id, version, text: where given, offsets and quotes are checked against them.
        requests: planned, fetched, unchanged, rejected, deferred, of the run.
        entries: seen, new_versions, known, rejected, deferred, of the run.

    Returns:
        The findings that block nothing.

    Raises:
        CheckError: at least one finding blocks; all are named.
    """
    found = check_balances(requests, entries)
    for name, frame in tables.items():
        found += _keys(name, frame) + _order(name, frame) + _identity(name, frame)
    found += _references(tables) + _versions(tables) + _settled_by(tables) + _living(tables)
    if "claims" in tables:
        found += _offsets(tables, texts) + _roles(tables["claims"])
    blocking = [finding for finding in found if finding.blocking]
    if blocking:
        raise CheckError("; ".join(map(str, blocking)) + ". Nothing is published.")
    return found


def check_balances(
    requests: Mapping[str, int] | None, entries: Mapping[str, int] | None
) -> list[Finding]:
    """The two balances of a run: what went in has come out, or was put aside with a reason."""
    found = []
    for name, counts, whole in (("requests", requests, "planned"), ("entries", entries, "seen")):
        if counts is not None:
            rest = sum(number for key, number in counts.items() if key != whole)
            if rest != counts[whole]:
                said = ", ".join(f"{key} {number}" for key, number in counts.items())
                off = abs(counts[whole] - rest)
                found.append(Finding("the balance does not balance", name, off, said))
    return found


def _find(
    check: str, table: str, frame: pd.DataFrame, bad: pd.Series, *, blocking: bool = True
) -> list[Finding]:
    bad = bad.fillna(value=False).astype(bool)
    if not bad.any():
        return []
    key = [name for name in schema.TABLES[table].key if name in frame]
    example = " ".join(str(value) for value in frame.loc[bad, key].iloc[0])
    return [Finding(check, table, int(bad.sum()), example, blocking)]


def _keys(name: str, frame: pd.DataFrame) -> list[Finding]:
    key = list(schema.TABLES[name].key)
    found = _find("the key repeats", name, frame, frame.duplicated(key))
    for column in sorted(schema.TABLES[name].required):
        found += _find(f"{column} is null", name, frame, frame[column].isna())
    return found


def _order(name: str, frame: pd.DataFrame) -> list[Finding]:
    """Holds low <= best <= high, and nothing below zero."""
    found = []
    bounds = [tuple(f"{kind}_{b}" for b in schema.BOUNDS) for kind in schema.KINDS]
    for low, best, high in [*bounds, schema.BOUNDS]:
        if low in frame and high in frame:
            bad = (frame[low] > frame[best]) | (frame[best] > frame[high])
            bad = bad.fillna(value=False) | (frame[low] > frame[high]).fillna(value=False)
            bad |= (frame[[low, best, high]] < 0).any(axis=1)
            found += _find(f"{low} <= {best} <= {high} does not hold", name, frame, bad)
    return found


def _identity(name: str, frame: pd.DataFrame) -> list[Finding]:
    """The UCDP's identity: killed_best is the sum of the four roles, all null where it is."""
    roles = list(schema.KILLED_ROLES)
    if not set(roles) <= set(frame):
        return []
    best = frame["killed_best"]
    numbers = frame[roles].astype("Float64")
    off = best.notna() & (numbers.isna().any(axis=1) | (numbers.sum(axis=1) != best))
    off |= best.isna() & numbers.notna().any(axis=1)
    off |= (numbers < 0).any(axis=1).fillna(value=False)
    return _find("killed_best is not the sum of the roles", name, frame, off)


def _references(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    found = []
    for name, column, other in REFERENCES:
        if name in tables and other in tables:
            frame = tables[name]
            key = schema.TABLES[other].key[0]
            lost = frame[column].notna() & ~frame[column].isin(tables[other][key])
            found += _find(f"{column} is not in {other}", name, frame, lost)
    return found


def _versions(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Claims and reports stand in an article version that there is."""
    if "articles" not in tables:
        return []
    there = pd.MultiIndex.from_frame(tables["articles"][["article_id", "version"]])
    found = []
    for name in ("claims", "reports"):
        if name in tables:
            mine = pd.MultiIndex.from_frame(tables[name][["article_id", "version"]])
            lost = pd.Series(~mine.isin(there), index=tables[name].index)
            found += _find("the article version is not in articles", name, tables[name], lost)
    copies = tables["articles"]
    lost = copies["duplicate_of"].notna() & ~copies["duplicate_of"].isin(copies["article_id"])
    return found + _find("duplicate_of is not in articles", "articles", copies, lost)


def _settled_by(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """The claims that decided a toll exist and are of that kind."""
    if "claims" not in tables:
        return []
    kinds = dict(zip(tables["claims"]["claim_id"], tables["claims"]["kind"], strict=True))
    found = []
    for name in ("events", "tolls"):
        for kind in schema.KINDS[:4] if name in tables else ():
            frame = tables[name]
            bad = [
                isinstance(ids, (list, tuple)) and any(kinds.get(one) != kind for one in ids)
                for ids in frame[f"settled_by_{kind}"]
            ]
            found += _find(
                f"settled_by_{kind} names what is no claim of it",
                name,
                frame,
                pd.Series(bad, index=frame.index, dtype=bool),
            )
    return found


def _living(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """A merged event leads to one that is not merged itself, and holds no reports."""
    if "events" not in tables:
        return []
    events = tables["events"]
    merged = events["status"] == "merged"
    found = _find(
        "status and merged_into disagree", "events", events, merged != events["merged_into"].notna()
    )
    dead = events.loc[merged, "event_id"]
    found += _find(
        "merged_into leads to a merged event", "events", events, events["merged_into"].isin(dead)
    )
    if "reports" in tables:
        reports = tables["reports"]
        found += _find("the event was merged", "reports", reports, reports["event_id"].isin(dead))
        told = reports.loc[reports["scope"] == "incident", "event_id"]
        empty = (events["status"] == "active") & ~events["event_id"].isin(told)
        found += _find("no report stands in the event", "events", events, empty)
    return found


def _offsets(tables: Mapping[str, pd.DataFrame], texts: pd.DataFrame | None) -> list[Finding]:
    """Offsets lie in the headline or the text, and the figure's words stand there."""
    claims = tables["claims"]
    bad = (claims["char_start"] < 0) | (claims["char_end"] <= claims["char_start"])
    found = _find("char_start and char_end are no span", "claims", claims, bad)
    if texts is None or "articles" not in tables:
        return found
    keys = ["article_id", "version"]
    titles = tables["articles"][[*keys, "title"]]
    told = claims.merge(texts[[*keys, "text"]], on=keys, how="left", validate="m:1")
    told = told.merge(titles, on=keys, how="left", validate="m:1")
    body = told["text"].mask(told["sentence"] == 0, told["title"]).fillna("")
    body = body.set_axis(claims.index)
    outside = claims["char_end"] > body.str.len()
    found += _find("char_end lies outside the text", "claims", claims, outside)
    spans = zip(body, claims["char_start"], claims["char_end"], claims["quote"], strict=True)
    elsewhere = [
        even_out(text[start:end])[0].replace("\n", " ") not in quote
        for text, start, end, quote in spans
    ]
    wrong = pd.Series(elsewhere, index=claims.index, dtype=bool) & ~outside
    return found + _find("the words at the offsets are not in the quote", "claims", claims, wrong)


def _roles(claims: pd.DataFrame) -> list[Finding]:
    """Reports whose roles add up to more than their killed figure; their roles are unknown."""
    prepared = prepare_claims(claims)
    figures, members = report_figures(prepared)
    odd = role_conflicts(prepared, figures, members)
    if odd.empty:
        return []
    return [
        Finding("roles exceed killed_best", "reports", len(odd), str(odd.iloc[0]), blocking=False)
    ]
