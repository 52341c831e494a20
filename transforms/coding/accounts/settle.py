"""Settling inside one article: the claims of one account become its tolls.

Called by the coder for every account, so it is plain Python over a handful of claims. The same rule
serves the claims table: `settle_kind` takes anything with the attributes of `Figure`.

What it expects of `relation`: figures that add up are all `part` (also the first of them: "five
soldiers were killed ... three more died later" are two parts); a `total` stands for itself; where
both are there, the total speaks and the parts are its breakdown. `subset` and `superseded` never
count.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from transforms.schema import KINDS

RELIABILITY = {
    "narrator": 0,
    "official": 1,
    "medical": 1,
    "police": 1,
    "military": 1,
    "un_or_aid": 2,
    "media": 3,
    "witness": 3,
    "unknown": 4,
    "party": 5,
    "armed_group": 5,
}
"""Rank of a speaker, the most reliable first; the article's own word goes before all. Police and
military are officials unless the coder knows them as a party to the fight; other media know no more
than a witness; a speaker of unknown role stands before one who has a side."""


class Bounds(Protocol):
    """A number of people, between two others."""

    @property
    def low(self) -> int | None: ...  # noqa: D102 (the claims table says it)
    @property
    def best(self) -> int | None: ...  # noqa: D102 (the claims table says it)
    @property
    def high(self) -> int | None: ...  # noqa: D102 (the claims table says it)


class Figure(Bounds, Protocol):
    """What settling reads of a claim: a coder's claim or a row of the claims table."""

    @property
    def kind(self) -> str: ...  # noqa: D102 (the claims table says it)
    @property
    def relation(self) -> str: ...  # noqa: D102 (the claims table says it)
    @property
    def stance(self) -> str: ...  # noqa: D102 (the claims table says it)
    @property
    def speaker_role(self) -> str: ...  # noqa: D102 (the claims table says it)
    @property
    def sentence(self) -> int: ...  # noqa: D102 (the claims table says it)


F = TypeVar("F", bound=Figure)


class Settled(NamedTuple, Generic[F]):
    """A toll of one kind and the claims that decided it (none: nothing is known)."""

    low: int | None
    best: int | None
    high: int | None
    claims: tuple[F, ...] = ()


_UNKNOWN: Settled[Figure] = Settled(None, None, None)


def settle_account(claims: Sequence[Figure]) -> dict[str, int | None]:
    """The tolls of one account.

    Args:
        claims: the claims of one account, of all kinds, with `relation` set as the module says.

    Returns:
        The fifteen toll columns of the reports table (`killed_low` to `casualties_high`), people.
    """
    tolls: dict[str, int | None] = {}
    counted = {claim.kind for claim in claims}
    for kind in KINDS:
        own = [claim for claim in claims if claim.kind == kind] if kind in counted else []
        settled = settle_kind(own) if own else _UNKNOWN
        tolls[f"{kind}_low"] = settled.low
        tolls[f"{kind}_best"] = settled.best
        tolls[f"{kind}_high"] = settled.high
    return tolls


def settle_kind(claims: Iterable[F]) -> Settled[F]:
    """The toll that the claims of one account and one kind give together.

    The bounds span what the sources say; the best is the article's own figure, else that of the
    most reliable speaker, else the smallest.
    """
    standing = [claim for claim in claims if claim.relation in ("total", "part")]
    standing = [claim for claim in standing if claim.stance != "denied"] or standing
    figures = _fuller(_figures(standing))
    if not figures:
        return Settled(None, None, None)
    winner = min(figures, key=_preference)
    low, high = _span(figures)
    return _ordered(low, winner.best, high, winner.claims)


def _figures(claims: list[F]) -> list[Settled[F]]:
    """Every total by itself; the parts, added, only where no total speaks."""
    totals = [claim for claim in claims if claim.relation == "total"]
    if totals:
        return [Settled(claim.low, claim.best, claim.high, (claim,)) for claim in totals]
    return [add_parts(claims)] if claims else []


def add_parts(parts: Sequence[F]) -> Settled[F]:
    """The sum of some figures, with the claims that it is made of."""
    return Settled(*add_bounds(parts), tuple(parts))


def add_bounds(parts: Sequence[Bounds]) -> tuple[int | None, int | None, int | None]:
    """The sum: lows add (0 where a part has none); best and high are null if any part's is."""
    if len(parts) == 1:
        return parts[0].low, parts[0].best, parts[0].high
    lows = [part.low for part in parts]
    bests = [part.best for part in parts]
    highs = [part.high for part in parts]
    return (
        None if all(low is None for low in lows) else sum(low or 0 for low in lows),
        None if None in bests else sum(best or 0 for best in bests),
        None if None in highs else sum(high or 0 for high in highs),
    )


def _fuller(figures: list[Settled[F]]) -> list[Settled[F]]:
    """Without what a fuller figure replaces: the headline's, and vague words that it bears out."""
    if all(_value(figure) is None for figure in figures):
        return figures
    text = [figure for figure in figures if any(c.sentence > 0 for c in figure.claims)]
    if any(figure.best is not None for figure in text):
        figures = text
    bests = [figure.best for figure in figures if figure.best is not None]
    if not bests:
        return figures
    top = max(bests)
    return [f for f in figures if f.best is not None or (f.low is not None and f.low > top)]


def _preference(figure: Settled[F]) -> tuple[bool, int, int]:
    """Sort key of figures: with a number, most reliable speaker, smaller.

    That somebody disputes a figure does not make it less reliable; it widens the span.
    """
    value = _value(figure)
    return (
        figure.best is None,
        max(RELIABILITY[claim.speaker_role] for claim in figure.claims),
        0 if value is None else value,
    )


def _span(figures: list[Settled[F]]) -> tuple[int | None, int | None]:
    """Smallest low and largest high; null where a figure beyond them is open on that side."""
    lows = [figure.low for figure in figures if figure.low is not None]
    highs = [figure.high for figure in figures if figure.high is not None]
    low = min(lows, default=None)
    high = max(highs, default=None)
    for figure in figures:
        value = _value(figure)
        if value is None:
            continue
        if figure.low is None and (low is None or value <= low):
            low = None
        if figure.high is None and (high is None or value >= high):
            high = None
    return low, high


def _value(figure: Settled[F]) -> int | None:
    return figure.low if figure.best is None else figure.best


def _ordered(
    low: int | None, best: int | None, high: int | None, claims: tuple[F, ...]
) -> Settled[F]:
    """The toll with low <= best <= high, the best being what the sources were asked for."""
    if best is not None:
        low = low if low is None else min(low, best)
        high = high if high is None else max(high, best)
    elif low is not None and high is not None and low > high:
        high = None
    return Settled(low, best, high, claims)
