"""Builds the gazetteer's files under data/reference/places from GeoNames data.

Run once, then its output is committed. Understands whichever of these lie in one source folder or
below it (data/reference/places/README.md says where to get them): GeoNames' own dump files, or the
JSON and TSV files that packages derive from them.
"""

from __future__ import annotations

import csv
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.reference import write_places
from transforms.coding.where.build import Entry, build_tables
from transforms.errors import ReferenceDataError

logger = logging.getLogger(__name__)

MIN_POPULATION = 1000
"""People; smaller places of a GeoNames dump are left out, seats of divisions excepted."""


def build_places(source: Path, folder: Path) -> dict[str, int]:
    """Builds the places files.

    Args:
        source: folder with the unpacked source files, searched recursively.
        folder: where places.parquet and names.parquet are written.

    Returns:
        How many countries, divisions, places and names went in.

    Raises:
        ReferenceDataError: the source lacks countries, divisions or places.
    """
    countries = list(_read_countries(source))
    divisions = list(_read_divisions(source))
    entries = list(_read_places(source, _read_links(source)))
    read = {"countries": countries, "divisions": divisions, "places": entries}
    for label, rows in read.items():
        if not rows:
            raise ReferenceDataError(
                f"{source}: no {label} there; data/reference/places/README.md lists what is needed"
            )
    places, names = build_tables(countries, divisions, entries)
    write_places(places, names, folder)
    counts = {label: len(rows) for label, rows in read.items()} | {"names": names.num_rows}
    logger.info("places built: %s", counts)
    return counts


def _find(source: Path, *names: str) -> Path | None:
    for name in names:
        found = sorted(source.rglob(name))
        if found:
            return found[0]
    return None


def _tsv(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _json(path: Path | None) -> Any:  # the three files differ in shape
    return json.loads(path.read_text("utf-8")) if path else {}


def _read_countries(source: Path) -> Iterator[Entry]:
    dump = _find(source, "countryInfo.txt")
    for row in _tsv(dump) if dump else ():
        if row and not row[0].startswith("#") and row[16]:
            ident, people = int(row[16]), int(row[7] or 0)
            yield Entry(ident, row[4], "country", row[0], row[1], population=people, seat=row[5])
    packed = {} if dump else _json(_find(source, "countries.json"))
    for c in packed.values():
        if c["geonameid"]:
            ident, people = int(c["geonameid"]), int(c["population"] or 0)
            name, seat = c["name"].strip(), c["capital"]
            yield Entry(ident, name, "country", c["iso"], c["iso3"], population=people, seat=seat)


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
            rows = [(r["code"], r["name"], extra.get(r["code"], (0, ()))[0]) for r in _json(path)]
        for code, name, ident in rows:
            iso2, admin1, *rest = code.split(".")
            names = {name, *extra.get(code, (0, ()))[1]}
            second = ".".join(rest)
            yield Entry(ident, name, kind, iso2, code, admin1=admin1, admin2=second, names=names)


def _division_extras(source: Path) -> dict[str, tuple[int, tuple[str, ...]]]:
    """GeoNames code -> (id, other names), from subdivisions.tsv."""
    path = _find(source, "subdivisions.tsv")
    return {
        row[2]: (int(row[3]), tuple(row[5].split("|")) if row[5] else ())
        for row in (_tsv(path) if path else ())
        if row[2] and row[3]
    }


def _read_links(source: Path) -> dict[int, str]:
    """GeoNames id of a place -> code of its second-order division, from cities.tsv."""
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
        yield from (_dumped(row) for row in _tsv(dump) if _wanted(row))
        return
    for c in _json(_find(source, "cities1000.json")).values():
        code = f"{c['countrycode']}.{c['admin1code']}"
        entry = Entry(int(c["geonameid"]), c["name"], "place", c["countrycode"], code)
        entry.latitude, entry.longitude = c["latitude"], c["longitude"]
        entry.population, entry.admin1 = c["population"], c["admin1code"]
        entry.admin2 = "".join(links.get(entry.geonames_id, "").split(".", 2)[2:])
        entry.names = {c["name"], *c["alternatenames"]}
        yield entry


def _wanted(row: list[str]) -> bool:
    """Whether a line of a GeoNames dump is a populated place of the size asked for."""
    large = int(row[14] or 0) >= MIN_POPULATION or row[7].startswith("PPLA") or row[7] == "PPLC"
    return row[6] == "P" and large


def _dumped(row: list[str]) -> Entry:
    """A line of a GeoNames dump."""
    entry = Entry(int(row[0]), row[1], "place", row[8], f"{row[8]}.{row[10]}")
    entry.latitude, entry.longitude = float(row[4]), float(row[5])
    entry.population, entry.admin1, entry.admin2 = int(row[14] or 0), row[10], row[11]
    entry.capital = row[7] == "PPLC"
    entry.names = {row[1], row[2], *row[3].split(",")}
    return entry
