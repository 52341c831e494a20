"""Accuracy: a reports table against a gold set, figure by figure.

Stands after `code`. A gold article is a dict with "id" and "incidents"; an incident has a scope,
a figure or null for each of `FIGURES`, and where known country, event_type, place and dates.
Scopes of gold: `incident` must be found; `background` and `optional` may be found; `background`,
`aggregate` and `hypothetical` must not come out as incidents. An article with "partial": true lists
only some of its incidents, so that nothing found in it counts as too much.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pandas as pd

from transforms.schema import BOUNDS, KINDS

FIGURES = KINDS[:4]
"""Kinds that are scored: figures of dead and hurt together have no gold."""

_ALLOWED = ("background", "optional")
_BARRED = ("background", "aggregate", "hypothetical")
_FIELDS = ("country", "event_type", "date_start", "place")
_PLAIN_WORDS = frozenset(
    ("the", "of", "in", "near", "city", "town", "village", "province", "district", "area", "region")
)
_LONGEST_SPAN = pd.Timedelta(days=6)

Gold = Mapping[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """What one article got wrong in one kind: figures missed and figures too many, with counts."""

    kind: str
    article_id: str
    missed: dict[int, int]
    extra: dict[int, int]


@dataclass(frozen=True, slots=True)
class KindScore:
    """Exact figures of one kind, compared inside each article as multisets.

    Attributes:
        gold: figures to find.
        hits: figures found; `extra` those too many, `missed` those not found.
        exact: articles with figures to find in which all is right, of `articles`.
        triples: found figures whose low, best and high are all right, of `matched`.
        leaked: background, aggregate and hypothetical figures that came out as incidents,
            of `barred`.
    """

    hits: int = 0
    extra: int = 0
    missed: int = 0
    exact: int = 0
    articles: int = 0
    triples: int = 0
    matched: int = 0
    leaked: int = 0
    barred: int = 0

    def __add__(self, other: KindScore) -> KindScore:
        return KindScore(
            *(getattr(self, n) + getattr(other, n) for n in KindScore.__dataclass_fields__)
        )

    @property
    def gold(self) -> int:
        """Figures to find."""
        return self.hits + self.missed

    @property
    def precision(self) -> float:
        """Share of the figures given that are right; 0 where none is given."""
        return share(self.hits, self.hits + self.extra) or 0.0

    @property
    def recall(self) -> float:
        """Share of the figures to find that are found; 0 where there are none."""
        return share(self.hits, self.gold) or 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class FieldScore:
    """A field of the incidents whose figures are right: how many were asked and how many agree."""

    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """All scores of one run over one gold set.

    Attributes:
        kinds: a score for each of `FIGURES`.
        quiet: articles with no incident of any scope; `alarms` those for which one came out.
        fields: agreement of country, event_type, date_start, place, date_span, where asked.
        misses: one row per article and kind that is not right.
    """

    kinds: dict[str, KindScore]
    quiet: int
    alarms: int
    fields: dict[str, FieldScore]
    misses: list[Miss] = field(default_factory=list)


def score_reports(gold: Sequence[Gold], reports: pd.DataFrame) -> ScoreCard:
    """Score reports against gold.

    Args:
        gold: gold articles.
        reports: table reports; only scope `incident` is looked at.

    Returns:
        The scores; a figure's value is its best, else its low, and 0 is no figure.
    """
    found = rows_by_article(reports)
    kinds = dict.fromkeys(FIGURES, KindScore())
    misses: list[Miss] = []
    for kind in FIGURES:
        for article in gold:
            score, miss = _score_article(article, found.get(str(article["id"]), []), kind)
            kinds[kind] += score
            if miss:
                misses.append(miss)
    quiet = [article for article in gold if not article["incidents"]]
    return ScoreCard(
        kinds=kinds,
        quiet=len(quiet),
        alarms=sum(str(article["id"]) in found for article in quiet),
        fields=_score_fields(gold, found),
        misses=misses,
    )


def rows_by_article(reports: pd.DataFrame) -> dict[str, list[Row]]:
    """The incident rows of a reports table, by article_id."""
    incidents = reports[reports["scope"] == "incident"]
    found: dict[str, list[Row]] = {}
    for row in incidents.to_dict("records"):
        plain = {str(k): v for k, v in row.items()}
        found.setdefault(str(plain["article_id"]), []).append(plain)
    return found


def _score_article(article: Gold, rows: Iterable[Row], kind: str) -> tuple[KindScore, Miss | None]:
    incidents = article["incidents"]
    given = [(triple, v) for row in rows if (v := _value(triple := _triple(row, kind)))]
    must = [
        (triple, v)
        for i in incidents
        if i["scope"] == "incident" and (v := _value(triple := _triple_of_gold(i, kind)))
    ]
    want = Counter(v for _, v in must)
    got = Counter(v for _, v in given)
    hit = want & got
    spare = got - hit
    extra = Counter[int]() if article.get("partial") else spare - _scoped(incidents, kind, _ALLOWED)
    missed = want - hit
    barred = _scoped(incidents, kind, _BARRED)
    pairs = [
        pair
        for value in hit
        for pair in zip(
            (t for t, v in must if v == value), (t for t, v in given if v == value), strict=False
        )
    ]
    score = KindScore(
        hits=hit.total(),
        extra=extra.total(),
        missed=missed.total(),
        exact=int(bool(want) and not extra and not missed),
        articles=int(bool(want)),
        triples=sum(a == b for a, b in pairs),
        matched=len(pairs),
        leaked=(spare & barred).total(),
        barred=barred.total(),
    )
    wrong = Miss(kind, str(article["id"]), dict(missed), dict(extra)) if extra or missed else None
    return score, wrong


def _scoped(incidents: Iterable[Gold], kind: str, scopes: tuple[str, ...]) -> Counter[int]:
    return Counter(
        v for i in incidents if i["scope"] in scopes and (v := _value(_triple_of_gold(i, kind)))
    )


def _triple(row: Row, kind: str) -> tuple[int | None, ...]:
    return tuple(_whole(row.get(f"{kind}_{bound}")) for bound in BOUNDS)


def _triple_of_gold(incident: Gold, kind: str) -> tuple[int | None, ...]:
    figure = incident.get(kind) or {}
    return tuple(figure.get(bound) for bound in BOUNDS)


def _value(triple: tuple[int | None, ...]) -> int | None:
    low, best, _ = triple
    return low if best is None else best


def _whole(value: object) -> int | None:
    return None if _unknown(value) else int(cast("float", value))


def _score_fields(gold: Sequence[Gold], found: dict[str, list[Row]]) -> dict[str, FieldScore]:
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for article in gold:
        pool = list(found.get(str(article["id"]), []))
        for incident in article["incidents"]:
            values = [_value(_triple_of_gold(incident, kind)) or 0 for kind in FIGURES]
            if incident["scope"] != "incident" or not any(values):
                continue
            same = [r for r in pool if [_value(_triple(r, k)) or 0 for k in FIGURES] == values]
            if not same:
                continue
            names = [name for name in _FIELDS if incident.get(name)]
            names += ["date_span"] if incident.get("date_start") else []
            agreed = max(
                ([name for name in names if _agrees(incident, row, name)] for row in same), key=len
            )
            # The row that agrees best, the first of several, stands for this incident alone.
            best = next(
                r for r in same if sum(_agrees(incident, r, n) for n in names) == len(agreed)
            )
            pool = [row for row in pool if row is not best]
            asked.update(names)
            right.update(agreed)
    return {name: FieldScore(asked[name], right[name]) for name in asked}


def _agrees(incident: Gold, row: Row, name: str) -> bool:
    if name == "place":
        wanted = _place_words(incident["place"])
        return any(
            words and (wanted <= words or words <= wanted)
            for words in (_place_words(row.get("place_name")), _place_words(row.get("place_text")))
        )
    if name == "date_span":
        if _unknown(row.get("date_start")) or _unknown(row.get("date_end")):
            return False
        first, last = pd.Timestamp(row["date_start"]), pd.Timestamp(row["date_end"])
        day = pd.Timestamp(str(incident["date_start"])[:10])
        return first <= day <= last and last - first <= _LONGEST_SPAN
    return str(row.get(name))[:10].casefold() == str(incident[name])[:10].casefold()


def _unknown(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value


def _place_words(text: object) -> set[str]:
    if _unknown(text):
        return set()
    folded = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().casefold()
    return set(re.findall(r"[a-z0-9]+", folded)) - _PLAIN_WORDS


def share(part: int, whole: int) -> float | None:
    """The share, or None of nothing."""
    return part / whole if whole else None
