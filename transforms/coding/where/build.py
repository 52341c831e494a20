"""Turns GeoNames entries into the two tables of the gazetteer; run when the source changes."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from transforms.coding.where.gazetteer import KINDS
from transforms.coding.where.names import fold_name, skeleton

TRANSLITERATED = frozenset(
    (
        *("AE", "AF", "BH", "DJ", "DZ", "EG", "ER", "ET", "IQ", "IR", "JO", "KW", "LB", "LY"),
        *("MA", "MR", "OM", "PK", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TJ", "TN", "TR", "YE"),
    )
)
"""ISO alpha-2 of countries whose names reach English through several transliterations."""

_SHORTEST_ALTERNATE = 4
_SHORTEST_SKELETON = 4
_LONGEST_NAME = 40
_DIVISION_WORDS = re.compile(
    r"\s+(?:province|provinc\w*|state|department|departamento|governorate|region|oblast|kray|krai"
    r"|republic|district|county|municipality|prefecture|territory|wilaya|voivodeship|division)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:al|el|as|ash|at|ad|adh|ar|an|az) (?=\w{4})")
_NO_NAMES_ALONE = frozenset(
    (
        *("free", "north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("central", "north western", "north central"),
    )
)


@dataclass(slots=True)
class Entry:
    """One country, division or populated place, as the source has it.

    Attributes:
        iso2: ISO 3166-1 alpha-2.
        code: alpha-3 of a country; GeoNames' code of a division ("IQ.10", "IQ.10.123").
        admin1: code of the first-order division without the country; `admin2` that of the second.
        capital: of a place, whether it is its country's.
        seat: of a country, the name of its capital.
        names: alternate spellings.
    """

    geonames_id: int
    name: str
    kind: str
    iso2: str
    code: str
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    admin1: str = ""
    admin2: str = ""
    capital: bool = False
    seat: str = ""
    names: set[str] = field(default_factory=set)


def build_tables(
    countries: Sequence[Entry], divisions: Sequence[Entry], places: Sequence[Entry]
) -> tuple[pa.Table, pa.Table]:
    """The tables `places` and `names` of the gazetteer; see `Gazetteer` for their columns.

    Args:
        countries: without coordinates.
        divisions: first and second order, without coordinates; those without places are left out.
        places: with coordinates in degrees and population in people.
    """
    places = _with_capitals(countries, places)
    areas = _centred([*countries, *divisions], places)
    entries = sorted(
        [*(a for a in areas if a.kind == "country" or a.latitude is not None), *places],
        key=lambda e: (e.iso2, KINDS.index(e.kind), e.admin1, e.admin2, e.geonames_id),
    )
    return _entries_table(entries), _names_table(entries)


def plain_division(name: str) -> str:
    """A division's name without the word for its kind: "Meta Department" -> "Meta"."""
    bare = _DIVISION_WORDS.sub("", name)
    return name if fold_name(bare) in _NO_NAMES_ALONE else bare


def _with_capitals(countries: Iterable[Entry], places: Sequence[Entry]) -> list[Entry]:
    """Marks the largest place of a country that bears the name of its capital."""
    wanted = {(c.iso2, fold_name(c.seat)) for c in countries if c.seat}
    best: dict[tuple[str, str], Entry] = {}
    for place in places:
        for name in {fold_name(n) for n in (place.name, *place.names)}:
            key = (place.iso2, name)
            if key in wanted and (key not in best or place.population > best[key].population):
                best[key] = place
    chosen = {id(place) for place in best.values()}
    return [_changed(p, capital=True) if id(p) in chosen else p for p in places]


def _changed(entry: Entry, **values: object) -> Entry:
    columns = {name: getattr(entry, name) for name in Entry.__slots__}
    return Entry(**{**columns, **values})


def _centred(areas: Iterable[Entry], places: Iterable[Entry]) -> list[Entry]:
    """Gives areas the population-weighted mean of their places as coordinates."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for place in places:
        weight = float(max(place.population, 1))
        turn = math.radians(place.longitude or 0.0)
        first = f"{place.iso2}.{place.admin1}"
        values = (
            weight,
            weight * (place.latitude or 0.0),
            weight * math.cos(turn),
            weight * math.sin(turn),
        )
        for code in (place.iso2, first, f"{first}.{place.admin2}"):
            sums[code] = [a + b for a, b in zip(sums[code], values, strict=True)]
    return [_at_centre(area, sums) for area in areas]


def _at_centre(area: Entry, sums: Mapping[str, Sequence[float]]) -> Entry:
    key = area.iso2 if area.kind == "country" else area.code
    if key not in sums:
        return area
    weight, latitude, x, y = sums[key]
    return _changed(
        area,
        latitude=round(latitude / weight, 3),
        longitude=round(math.degrees(math.atan2(y, x)), 3),
        population=area.population if area.kind == "country" else int(weight),
    )


def _entries_table(entries: Sequence[Entry]) -> pa.Table:
    alpha3 = {e.iso2: e.code for e in entries if e.kind == "country"}
    firsts = {e.code: plain_division(e.name) for e in entries if e.kind == "admin1"}
    admin1 = [None if e.kind == "country" else firsts.get(f"{e.iso2}.{e.admin1}") for e in entries]
    names = [plain_division(e.name) if e.kind == "admin1" else e.name for e in entries]
    countries = [alpha3.get(e.iso2) for e in entries]
    return pa.table(
        {
            "geonames_id": pa.array([e.geonames_id or None for e in entries], pa.int64()),
            "name": pa.array(names, pa.string()),
            "kind": pa.array([KINDS.index(e.kind) for e in entries], pa.int8()),
            "country": pa.array(countries, pa.string()).dictionary_encode(),
            "admin1": pa.array(admin1, pa.string()).dictionary_encode(),
            "latitude": pa.array([e.latitude for e in entries], pa.float32()),
            "longitude": pa.array([e.longitude for e in entries], pa.float32()),
            "population": pa.array([e.population for e in entries], pa.int32()),
            "capital": pa.array([e.capital for e in entries], pa.bool_()),
        }
    )


def _names_table(entries: Sequence[Entry]) -> pa.Table:
    """Folded name -> entries: twice the row, plus one where it is not the entry's first name."""
    rows: dict[str, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        firsts, others = _spellings(entry)
        for name in firsts:
            rows[name].add(2 * number)
        for name in others - firsts:
            rows[name].add(2 * number + 1)
        if entry.iso2 in TRANSLITERATED and entry.kind != "country":
            for bare in {skeleton(name) for name in firsts | others}:
                if len(bare) >= _SHORTEST_SKELETON:
                    rows["~" + bare].add(2 * number + 1)
    longest: dict[str, int] = {}
    for name in rows:
        first, *rest = name.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    keys = sorted(rows.keys() | longest.keys(), key=str.encode)
    return pa.table(
        {
            "name": pa.array(keys, pa.string()),
            "longest": pa.array([longest.get(k, 0) for k in keys], pa.int8()),
            "entries": pa.array([sorted(rows.get(k, ())) for k in keys], pa.list_(pa.int32())),
        }
    )


def _spellings(entry: Entry) -> tuple[set[str], set[str]]:
    """The folded main names of an entry, and its folded alternate ones."""
    firsts = {fold_name(entry.name)} if fold_name(entry.name).isascii() else set()
    others = set(_usable(entry.names))
    if entry.kind in ("admin1", "admin2"):
        firsts |= {fold_name(_DIVISION_WORDS.sub("", entry.name))}
        others |= {fold_name(_DIVISION_WORDS.sub("", n)) for n in others}
    others |= {n.removeprefix("ciudad ") for n in firsts if not n.startswith("ciudad de")}
    if entry.iso2 in TRANSLITERATED:
        firsts |= {_ARTICLE.sub("", name) for name in firsts}
        others |= {_ARTICLE.sub("", name) for name in others}
    return firsts - {""}, others - {""}


def _usable(names: Iterable[str]) -> Iterator[str]:
    """Folded spellings that English text may have: Latin letters, a capital, no codes.

    GeoNames' spellings that begin with a small letter are machine transliterations; short ones in
    capitals are codes of airports and stations.
    """
    for name in names:
        folded = fold_name(name)
        letters = folded.replace(" ", "")
        code = len(letters) < _SHORTEST_ALTERNATE or (name.isupper() and len(name) <= 4)
        latin = letters.isascii() and not letters.isdigit() and len(folded) <= _LONGEST_NAME
        if latin and not code and not name[:1].islower():
            yield folded
