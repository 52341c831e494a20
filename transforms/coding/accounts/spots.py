"""Whether two sets of places are those of one event."""

from __future__ import annotations

from collections.abc import Collection

from transforms.coding.items.item import Spot


def places_apart(first: Collection[Spot], second: Collection[Spot]) -> bool:
    """Whether no place of the one can be, hold or lie in a place of the other."""
    return bool(first) and bool(second) and all(_apart(a, b) for a in first for b in second)


def _apart(a: Spot, b: Spot) -> bool:
    if a.country and b.country and a.country != b.country:
        return True
    kinds = {a.kind, b.kind}
    provinces = kinds == {"region", "place"} and a.country == b.country
    if provinces and a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    if kinds & {"country", "region", "water", "unknown"}:
        return False
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    return kinds == {"place"} and a.name != b.name


def countries_apart(first: Collection[Spot], second: Collection[Spot]) -> bool:
    """Whether both have countries and none in common."""
    known = [{spot.country for spot in spots if spot.country} for spots in (first, second)]
    return all(known) and not known[0] & known[1]


def places_shared(first: Collection[Spot], second: Collection[Spot]) -> bool:
    """Whether both name the same place, smaller than a country."""
    return any(a.name == b.name and a.kind != "country" for a in first for b in second)
