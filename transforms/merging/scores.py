"""How well two reports agree: log odds that they tell of one event, added up feature by feature.

The weights are set by hand from the codebook's rule (place, days, kind and victims compatible,
nothing contradicting) and were adjusted on invented reports and on gvc_dev in November 2026; they
are not learned, so that every decision can be read off its reasons.

Source: codebook section 8; the additive form is that of I. Fellegi and A. Sunter, "A Theory for
Record Linkage", JASA 1969.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from transforms.merging.features import Array, Features, Lists, expand
from transforms.schema import EVENT_TYPES

BASE = -3.6
JOIN = 0.5
"""Score from which two reports stand together, if no contradiction holds their events apart."""

NEAR = 0.2
"""Score from which a pair that was not joined is kept as a near miss."""

CLEAR = 0.65
"""Score from which two reports stand together although the places or days read from them differ:
texts are read wrongly now and then, and the score has paid for the difference already."""

MANY_NAMES = 4
"""Names in both texts from which it speaks against them that they share none."""

NEAR_KM = 30.0
FAR_KM = 60.0
_CHUNK = 500_000

_VIOLENT: tuple[str, ...] = (
    "clash",
    "air_strike",
    "shelling",
    "bombing",
    "shooting",
    "assassination",
    "abduction",
)
_VIOLENT += ("execution_or_massacre", "riot_or_protest", "police_action")
_BLASTS = ("air_strike", "shelling", "bombing")
_BURNING = ("industrial_accident", "fire", "bombing")


@dataclass(frozen=True, slots=True)
class Part:
    """One feature's say: log odds, and the reason's name where it speaks at all."""

    odds: Array
    reason: Array
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of pairs, 0 to 1, and for each feature which of its reasons spoke (0: none)."""

    score: Array
    parts: tuple[Part, ...]

    def reasons(self, pair: int) -> list[str]:
        """The reasons for and against a pair, in words."""
        said = []
        for part in self.parts:
            code = int(part.reason[pair])
            if code:
                said.append(f"{part.names[code - 1]} {part.odds[pair]:+.1f}")
        return said


def score_pairs(features: Features, left: Array, right: Array) -> Array:
    """Scores of pairs of rows, 0 to 1."""
    if 4 * len(left) < len(features):
        # a night's few pairs need only the rows that stand in them
        rows = np.unique(np.concatenate((left, right)))
        left, right = np.searchsorted(rows, left), np.searchsorted(rows, right)
        features = features.take(rows)
    scores = [
        explain_pairs(features, left[at : at + _CHUNK], right[at : at + _CHUNK]).score
        for at in range(0, len(left), _CHUNK)
    ]
    return np.concatenate([np.zeros(0), *scores])


def explain_pairs(features: Features, left: Array, right: Array) -> Scores:
    """Scores of pairs of rows, with what each feature said."""
    f = features
    parts = (
        _place(f, left, right),
        _days(f, left, right),
        _type(f, left, right),
        _toll(f, left, right, 0, "killed"),
        _toll(f, left, right, 1, "injured"),
        _toll(f, left, right, 2, "abducted"),
        _missing(f, left, right),
        _actor(f, left, right),
        _names(f, left, right),
        _words(f, left, right),
        _article(f, left, right),
    )
    odds = np.full(len(left), BASE)
    for part in parts:
        odds = odds + part.odds
    # rounded, so that the last bit of a sum decides nothing
    return Scores(np.round(1.0 / (1.0 + np.exp(-odds)), 4), parts)


def _part(choices: list[tuple[Array, float | Array, str]], size: int) -> Part:
    """The first choice whose condition holds."""
    if not size:
        return Part(np.zeros(0, np.float32), np.zeros(0, np.int8), tuple(n for _, _, n in choices))
    code = np.select([c for c, _, _ in choices], range(1, len(choices) + 1), 0).astype(np.int8)
    odds = np.select([c for c, _, _ in choices], [o for _, o, _ in choices], 0.0)
    return Part(odds.astype(np.float32), code, tuple(name for _, _, name in choices))


def distance_km(f: Features, left: Array, right: Array) -> Array:
    """Great-circle distance of the places of two rows; NaN where one has no coordinates."""
    one, other = np.radians(f.latitude[left]), np.radians(f.latitude[right])
    turn = np.radians(f.longitude[right] - f.longitude[left])
    half = np.sin((other - one) / 2) ** 2 + np.cos(one) * np.cos(other) * np.sin(turn / 2) ** 2
    out: Array = 12742.0 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return out


def towns_apart(f: Features, left: Array, right: Array) -> Array:
    """Whether both rows name a town, and not the same."""
    towns = (f.level[left] == 1) & (f.level[right] == 1)
    same = f.place[left] == f.place[right]
    away = distance_km(f, left, right)
    out: Array = towns & np.where(same, away > FAR_KM, ~(away <= NEAR_KM))
    return out


def provinces_apart(f: Features, left: Array, right: Array) -> Array:
    """Whether both rows name a province, and not the same."""
    one, other = f.admin1[left], f.admin1[right]
    close = distance_km(f, left, right) <= NEAR_KM
    out: Array = (one != 0) & (other != 0) & (one != other) & ~close
    return out


def days_apart(f: Features, left: Array, right: Array) -> Array:
    """Days between the spans of two rows, 0 where they touch or one is unknown."""
    gap = np.maximum(f.day_start[left], f.day_start[right]) - np.minimum(
        f.day_end[left], f.day_end[right]
    )
    out: Array = np.maximum(gap, 0)
    return out


def _place(f: Features, left: Array, right: Array) -> Part:
    same = (f.place[left] == f.place[right]) & (f.place[left] != 0)
    town = f.level[left] + f.level[right] == 2
    one_town = (f.level[left] == 1) | (f.level[right] == 1)
    same_admin1 = (f.admin1[left] == f.admin1[right]) & (f.admin1[left] != 0)
    mentioned = _mentions(f, left, right) | _mentions(f, right, left)
    nowhere = (f.country[left] == 0) | (f.country[right] == 0)
    abroad = ~nowhere & (f.country[left] != f.country[right])
    choices: list[tuple[Array, float | Array, str]] = [
        (abroad, -1.6, "a place of that name in another country"),
        (towns_apart(f, left, right) & mentioned, -0.6, "another town, which is mentioned"),
        (provinces_apart(f, left, right) & mentioned, -0.6, "another province, place mentioned"),
        (towns_apart(f, left, right), -4.0, "two towns"),
        (provinces_apart(f, left, right), -4.0, "two provinces"),
        (same & town, 2.6, "same town"),
        (same, 1.6, "same place"),
        (town, 1.2, "neighbouring towns"),
        (same_admin1 & one_town, 1.0, "same province"),
        (same_admin1, 1.4, "same province, no town"),
        (nowhere, -1.2, "a country is unknown"),
        ((f.level[left] == 6) | (f.level[right] == 6), -0.8, "a place is unknown"),
    ]
    return _part(choices, len(left))


def _days(f: Features, left: Array, right: Array) -> Part:
    gap = days_apart(f, left, right)
    dated = f.dated[left] & f.dated[right]
    exact = f.exact[left] & f.exact[right]
    unknown = (f.day_end[left] - f.day_start[left] > 400) | (
        f.day_end[right] - f.day_start[right] > 400
    )
    choices: list[tuple[Array, float | Array, str]] = [
        (unknown, -0.6, "a day is unknown"),
        (dated & (gap > 1), -4.0, "other days"),
        (exact & (gap == 1), -2.4, "adjacent days"),
        (exact, 1.8, "same day"),
        (dated & (gap == 0), 1.0, "days overlap"),
        (gap == 0, 0.8, "days may overlap"),
        (dated, -1.5, "adjacent days"),
        (gap <= 3, -0.4, "days near"),
        (np.ones(len(left), bool), -1.5, "days far"),
    ]
    return _part(choices, len(left))


def _type(f: Features, left: Array, right: Array) -> Part:
    family = np.array([name in _VIOLENT for name in EVENT_TYPES] + [False])
    blast = np.array([name in _BLASTS for name in EVENT_TYPES] + [False])
    burns = np.array([name in _BURNING for name in EVENT_TYPES] + [False])
    one, other = f.event_type[left], f.event_type[right]
    open_type = (one < 0) | (other < 0)
    violent = family[one] & family[other]
    choices: list[tuple[Array, float | Array, str]] = [
        (open_type, 0.0, "type open"),
        (one == other, 0.7, "same type"),
        (burns[one] & burns[other], -0.2, "like types"),
        (violent & (blast[one] == blast[other]), 0.1, "like types"),
        (violent, -0.5, "other type"),
        (np.ones(len(left), bool), -2.5, "nature of the event differs"),
    ]
    return _part(choices, len(left))


def _toll(f: Features, left: Array, right: Array, kind: int, name: str) -> Part:
    one, other = f.low[left, kind], f.low[right, kind]
    top_one, top_other = f.high[left, kind], f.high[right, kind]
    known = ~(np.isnan(one) | np.isnan(other))
    same = known & (one == other)
    overlap = known & (one <= top_other) & (other <= top_one)
    more = np.nan_to_num(np.maximum(one, other))
    less = np.nan_to_num(np.minimum(one, other))
    weight = np.where(kind == 0, 1.0, 0.8) * np.clip(
        0.35 + 0.75 * np.log(np.maximum(more, 1)), 0, 2.2
    )
    ratio = np.log((more + 1) / (less + 1))
    # tolls grow: a later report with more is what one expects
    later_has_more = (f.told[right] > f.told[left]) == (other > one)
    grown = later_has_more & (f.told[right] != f.told[left])
    choices: list[tuple[Array, float | Array, str]] = [
        (same & (more > 0), weight, f"same {name}"),
        (overlap, 0.3, f"{name} may be the same"),
        (known & grown, np.maximum(-0.45 * ratio, -2.0), f"{name} grew"),
        (known, np.maximum(-0.8 * ratio, -3.0), f"{name} differ"),
    ]
    return _part(choices, len(left))


def _missing(f: Features, left: Array, right: Array) -> Part:
    """As many missing speak for one event; other numbers say nothing, since people are found."""
    part = _toll(f, left, right, 3, "missing")
    return replace(part, odds=np.maximum(part.odds, 0.0))


def _actor(f: Features, left: Array, right: Array) -> Part:
    one, other = f.actor[left], f.actor[right]
    known = (one != 0) & (other != 0)
    choices: list[tuple[Array, float | Array, str]] = [
        (known & (one == other), 0.8, "same actor"),
        (known, -0.6, "other actor"),
    ]
    return _part(choices, len(left))


def _names(f: Features, left: Array, right: Array) -> Part:
    names = shared(f.names, left, right)
    sizes = f.names.sizes()
    fewer = np.minimum(sizes[left], sizes[right])
    many = fewer >= MANY_NAMES
    odds = 0.8 * np.minimum(names, 7) + 4.0 * names / np.maximum(fewer, 1) * many - 1.6 * many
    # what an article of several events names belongs to one of them
    odds = np.where(odds > 0, odds * np.minimum(f.share[left], f.share[right]), odds)
    choices: list[tuple[Array, float | Array, str]] = [
        (odds > 0, np.minimum(odds, 6.0), "shared names"),
        (odds < 0, odds, "other names"),
    ]
    return _part(choices, len(left))


def _words(f: Features, left: Array, right: Array) -> Part:
    common = shared(f.words, left, right)
    sizes = f.words.sizes()
    fewer = np.minimum(sizes[left], sizes[right])
    share = common / np.maximum(fewer, 1)
    enough = fewer >= 4
    odds = np.clip(6.0 * (share - 0.18), -0.8, 3.5)
    choices: list[tuple[Array, float | Array, str]] = [
        (enough & (odds > 0), odds, "shared words"),
        (enough, odds, "other words"),
    ]
    return _part(choices, len(left))


def _article(f: Features, left: Array, right: Array) -> Part:
    same = f.article[left] == f.article[right]
    return _part([(same, 2.5, "versions of one article")], len(left))


def _mentions(f: Features, left: Array, right: Array) -> Array:
    """Whether the text of the right row names the place of the left one."""
    asked = Lists(np.arange(len(f) + 1), f.place_name)
    named = shared(asked, left, right, f.names) + shared(asked, left, right, f.pairs)
    out: Array = (f.place_name[left] != 0) & (named > 0)
    return out


def shared(lists: Lists, left: Array, right: Array, others: Lists | None = None) -> Array:
    """How many hashes the lists of two rows have in common; those of the right from `others`."""
    sizes = lists.sizes()
    if others is None:
        turned = sizes[left] > sizes[right]
        left, right = np.where(turned, right, left), np.where(turned, left, right)
        others = lists
    keys = (np.repeat(np.arange(len(others)), others.sizes()) << 32) | others.hashes
    asked = expand(lists.starts[left], sizes[left])
    pair = np.repeat(np.arange(len(left)), sizes[left])
    wanted = (right[pair] << 32) | lists.hashes[asked]
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    hit = keys[at] == wanted if len(keys) else np.zeros(0, bool)
    return np.bincount(pair[hit], minlength=len(left))
