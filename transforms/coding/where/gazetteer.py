"""The gazetteer: folded names to what they may stand for, compact enough to load for every run.

Names lie sorted in one Arrow string column and are found by bisection; only what was asked for
becomes Python objects. Countries, demonyms and regions, which people edit as TOML, lie over it in a
small dictionary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import re2

from transforms.coding.where.hints import letters_of
from transforms.coding.where.names import fold_name, skeleton
from transforms.coding.where.words import PlaceWords
from transforms.coding.words.scan import Memory
from transforms.errors import ReferenceDataError

KINDS = ("country", "admin1", "admin2", "place")
PRECISION = {"country": 6, "admin1": 4, "admin2": 3, "place": 1}

_REMEMBERED = 50_000
_WORD = re.compile(r"[^\W\d_]+")


class Candidate(NamedTuple):
    """One thing that a name may stand for.

    Attributes:
        name: as the gazetteer spells it.
        kind: country, admin1, admin2, place, region, water, or people (a demonym).
        country: ISO 3166-1 alpha-3, or None for what lies in several countries.
        admin1: name of the first-order division, or None.
        precision: place_precision of the codebook, section 7.
        population: people; of a division, those of its known places.
        first: whether the name asked for is its main name and not an alternate.
        guessed: whether it bears no such name, but one that shares its consonants.
        capital: whether it is the seat of its country's government.
    """

    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    precision: int
    population: int = 0
    geonames_id: int | None = None
    first: bool = True
    guessed: bool = False
    capital: bool = False


@dataclass(frozen=True, slots=True)
class OwnNames:
    """What people edit: countries.toml, regions.toml, words.toml and ordinary.txt, as read.

    Attributes:
        countries: alpha-3 -> names, people, capital, institutions.
        regions: name, other names, country, precision, latitude, longitude.
        divisions: country, first-order division as the gazetteer names it, other names.
        places: country, place as the gazetteer names it, other names.
        words: the words around place names.
        ordinary: lower-case English words that are no names in all-capital text.
        abbreviations: country, first-order division as the gazetteer names it, abbreviations.
    """

    countries: Mapping[str, Mapping[str, Any]]
    regions: Sequence[Sequence[Any]]
    divisions: Sequence[Sequence[Any]]
    places: Sequence[Sequence[Any]]
    words: PlaceWords
    ordinary: frozenset[str] = frozenset()
    abbreviations: Sequence[Sequence[Any]] = ()


def _forms(name: str) -> set[str]:
    """The first word of a name as texts have it: also in the plural and in capitals."""
    first = _WORD.findall(name)[0]
    return {first, first + "s", first.upper(), first.upper() + "S"}


class _SortedNames(Sequence[bytes]):
    """An Arrow string column as a sequence of bytes, so that `bisect` can search it."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        array = column.combine_chunks().cast(pa.large_binary())
        _, offsets, data = array.buffers()
        self._offsets = np.frombuffer(offsets, dtype=np.int64)
        self._data = memoryview(data) if data is not None else memoryview(b"")
        self._length = len(array)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, at: Any) -> Any:  # Sequence asks for slices too
        return bytes(self._data[self._offsets[at] : self._offsets[at + 1]])


class Gazetteer:
    """Looks names up.

    Args:
        places: one row per country, division or place: geonames_id, name, kind (index into
            `KINDS`), country (alpha-3), admin1, latitude, longitude (degrees), population (people),
            capital.
        names: one row per folded name, sorted by its bytes: name, longest (words of the longest
            name that begins with this word), entries (twice the row in `places`, plus one where the
            name is an alternate).
        own: the hand-made names.

    Raises:
        ReferenceDataError: a hand-made name speaks of a country, division or place that is not
            there.
    """

    def __init__(self, places: pa.Table, names: pa.Table, own: OwnNames) -> None:
        columns = ("geonames_id", "kind", "latitude", "longitude", "population", "capital")
        self._columns = {n: places[n].to_numpy(zero_copy_only=False) for n in columns}
        self._texts = {n: places[n].combine_chunks() for n in ("name", "country", "admin1")}
        self._names = _SortedNames(names["name"])
        self._longest = names["longest"].to_numpy(zero_copy_only=False)
        entries = names["entries"].combine_chunks()
        self._offsets = entries.offsets.to_numpy()
        self._entries = entries.values.to_numpy()
        self._own: dict[str, tuple[Candidate, ...]] = {}
        self._own_longest: dict[str, int] = {}
        self._seen: dict[str, tuple[Candidate, ...]] = {}
        self._seen_longest = Memory(self._look_longest)
        self.ordinary = own.ordinary
        self.words = own.words
        self.acronyms: frozenset[str] = frozenset()
        self.country_words: frozenset[str] = frozenset()
        self.institutions: dict[str, str] = {}
        self._countries: dict[str, Candidate] = {}
        self._capitals: dict[str, Candidate] = {}
        self._add_countries(own)
        listed = "|".join(re.escape(name) for name in sorted(self.institutions))
        self._institutions = re2.compile(rf"\b(?:{listed})\b") if listed else None
        self._add_regions(own)
        self._abbreviations = {
            spelling: self._pick(country, name, "admin1")
            for country, name, spellings in own.abbreviations
            for spelling in spellings
        }
        self._abbreviating = {short.lower().rstrip(".") for short in self._abbreviations}
        self.letters = Memory(lambda piece: letters_of(piece, self))
        spelled = (n for _, name, spellings in own.abbreviations for n in (name, *spellings))
        self.country_words |= {form for name in spelled for form in _forms(name)}
        # a search for a few letters leaps over all others
        initials = "".join(sorted({re.escape(word[0]) for word in self.country_words}))
        self._like_country = re.compile(
            rf"[{initials}](?<![^\W\d_].)[^\W\d_]*" if initials else "$^"
        )

    def names_country(self, text: str) -> bool:
        """Whether a text has a word with which the name of a country or its people begins."""
        return not self.country_words.isdisjoint(self._like_country.findall(text))

    def institutions_in(self, text: str) -> dict[str, int]:
        """How many institutions of each country a text in lower case names, each once."""
        named = set(self._institutions.findall(text)) if self._institutions else set()
        return Counter(self.institutions[name] for name in named)

    def __len__(self) -> int:
        """How many names the gazetteer has, hand-made ones apart."""
        return len(self._names)

    def lookup(self, folded: str) -> tuple[Candidate, ...]:
        """What a folded name may stand for, largest first; empty where nobody bears it."""
        found = self._seen.get(folded)
        if found is None:
            own = self._own.get(folded, ())
            known = {(c.kind, c.country) for c in own if c.kind == "country"}
            found = own + tuple(c for c in self._read(folded) if (c.kind, c.country) not in known)
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[folded] = found
        return found

    def lookup_skeleton(self, folded: str) -> tuple[Candidate, ...]:
        """What a transliterated name may stand for, by what its spellings share."""
        bare = skeleton(folded)
        found = self.lookup("~" + bare) if len(bare) >= 4 else ()
        return tuple(candidate._replace(guessed=True) for candidate in found)

    def abbreviated(self, text: str) -> Candidate | None:
        """The division that this abbreviation stands for after a comma: "Fla.", "FL"."""
        return self._abbreviations.get(text)

    def abbreviates(self, low: str) -> bool:
        """Whether a word in lower case may be written so that it stands for a division."""
        return low.rstrip(".") in self._abbreviating

    def names(self, folded: str) -> bool:
        """Whether something bears a folded name."""
        return folded in self._own or self._find(folded) >= 0

    def longest(self, word: str) -> int:
        """Words of the longest name that begins with this word; 0 where no name does."""
        return self._seen_longest[word]

    def _look_longest(self, word: str) -> int:
        folded = fold_name(word)
        at = self._find(folded)
        return max(int(self._longest[at]) if at >= 0 else 0, self._own_longest.get(folded, 0))

    def country(self, code: str | None) -> Candidate | None:
        """The country with this alpha-3 code."""
        return self._countries.get(code or "")

    def capital(self, code: str | None) -> Candidate | None:
        """The capital of the country with this alpha-3 code."""
        return self._capitals.get(code or "")

    def division(self, code: str | None, name: str | None) -> Candidate | None:
        """The first-order division of this country that bears this name."""
        for candidate in self.lookup(fold_name(name)) if name and code else ():
            if candidate.kind == "admin1" and candidate.country == code:
                return candidate
        return None

    def _find(self, folded: str) -> int:
        key = folded.encode()
        at = bisect_left(self._names, key)
        return at if at < len(self._names) and self._names[at] == key else -1

    def _read(self, folded: str) -> tuple[Candidate, ...]:
        at = self._find(folded)
        if at < 0:
            return ()
        marks = self._entries[self._offsets[at] : self._offsets[at + 1]]
        found = [self._candidate(int(mark) >> 1, not mark & 1) for mark in marks]
        return tuple(sorted(found, key=lambda c: (-c.population, c.geonames_id or 0)))

    def _candidate(self, row: int, first: bool) -> Candidate:
        column = self._columns
        kind = KINDS[column["kind"][row]]
        texts = {n: a[row].as_py() for n, a in self._texts.items()}
        latitude, longitude = float(column["latitude"][row]), float(column["longitude"][row])
        ident = column["geonames_id"][row]
        known = self._countries.get(texts["country"] or "") if kind == "country" else None
        return Candidate(
            name=known.name if known else texts["name"],
            kind=kind,
            country=texts["country"],
            admin1=texts["admin1"],
            latitude=None if np.isnan(latitude) else round(latitude, 5),
            longitude=None if np.isnan(longitude) else round(longitude, 5),
            precision=PRECISION[kind],
            population=int(column["population"][row]),
            geonames_id=None if np.isnan(ident) else int(ident),
            first=first,
            capital=bool(column["capital"][row]),
        )

    def _put(self, name: str, candidate: Candidate) -> None:
        folded = fold_name(name)
        self._own[folded] = (*self._own.get(folded, ()), candidate)
        word, *rest = folded.split(" ")
        self._own_longest[word] = max(self._own_longest.get(word, 0), 1 + len(rest))

    def _add_countries(self, own: OwnNames) -> None:
        kinds, codes = self._columns["kind"], self._texts["country"]
        for row in np.flatnonzero(kinds == KINDS.index("country")):
            code = codes[int(row)].as_py()
            spoken = own.countries.get(code, {}).get("names")
            candidate = self._candidate(int(row), True)
            self._countries[code] = candidate._replace(name=spoken[0]) if spoken else candidate
        for row in np.flatnonzero(self._columns["capital"]):
            capital = self._candidate(int(row), True)
            self._capitals.setdefault(capital.country or "", capital)
        acronyms, written = set(), set()
        for code, words in own.countries.items():
            country = self._countries.get(code)
            if country is None:
                raise ReferenceDataError(f"countries.toml: no country has the code {code}")
            for name in words.get("names", ()):
                self._put(name, country)
                written |= _forms(name)
                acronyms |= {fold_name(name)} if name.replace(".", "").isupper() else set()
            for name in words.get("people", ()):
                person = country._replace(kind="people")
                self._put(name, person)
                written |= _forms(name)
                if not name.endswith(("s", "sh", "ch", "ese", "men", "man", "x", "z")):
                    self._put(name + "s", person)
            for name in words.get("institutions", ()):
                self.institutions[name] = code
            if "capital" in words:
                self._capitals[code] = self._pick(code, words["capital"], "place")
        self.acronyms = frozenset(acronyms)
        self.country_words = frozenset(written)

    def _add_regions(self, own: OwnNames) -> None:
        for name, others, country, precision, latitude, longitude in own.regions:
            if country and country not in self._countries:
                raise ReferenceDataError(f"regions.toml: {name}: no country has the code {country}")
            kind = {1: "place", 3: "admin2", 4: "admin1", 7: "water"}.get(precision, "region")
            region = Candidate(
                name, kind, country or None, None, latitude, longitude, precision, 200_000
            )
            if kind == "admin1":
                region = self.division(country, name) or region._replace(admin1=name)
            for spelling in (name, *others):
                self._put(spelling, region)
        for listed, kind in ((own.divisions, "admin1"), (own.places, "place")):
            for country, name, others in listed:
                entry = self._pick(country, name, kind)
                for spelling in others:
                    if entry not in self.lookup(fold_name(spelling)):
                        self._put(spelling, entry)
                    self._seen.clear()

    def _pick(self, country: str, name: str, kind: str) -> Candidate:
        for candidate in self._read(fold_name(name)):
            if candidate.kind == kind and candidate.country == country:
                return candidate._replace(first=True)
        raise ReferenceDataError(f"regions.toml: {country} has no {kind} named {name}")
