"""Whether one place lies in another, by country, division and distance."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from transforms.coding.where.gazetteer import Candidate
from transforms.coding.where.resolve import Resolved

_REACH_KM = {"region": 350.0, "admin2": 80.0}
"""How far from the centre of a region or district a place may lie that is taken to be in it."""

_EARTH_KM = 12742.0
_SIDE_SLACK = 0.5
"""Degrees by which a place on the northern side may lie south of its country's centre."""


def lies_in(item: Resolved, area: Resolved | None) -> bool:
    """Whether a place may lie in an area, as far as is known of both."""
    if area is None or area.place is None:
        return True
    if area.country and item.country not in (None, area.country):
        return False
    if item.place is None:
        return area.kind != "admin1" or item.admin1 in (None, area.admin1)
    if area.kind == "admin1":
        return item.admin1 == area.admin1
    if area.kind in _REACH_KM:
        return _kilometres(item.place, area.place) <= _REACH_KM[area.kind]
    if area.kind == "country" and area.mention.side:
        return _on_side(area.mention.side, item.place, area.place)
    return True


def _on_side(side: str, place: Candidate, country: Candidate) -> bool:
    """Whether a place lies on that side of its country's centre."""
    if place.latitude is None or country.latitude is None:
        return True
    north = place.latitude - country.latitude
    east = (place.longitude or 0.0) - (country.longitude or 0.0)
    signs = {"north": north, "south": -north, "east": east, "west": -east}
    return all(value > -_SIDE_SLACK for name, value in signs.items() if name in side)


def _kilometres(left: Candidate, right: Candidate) -> float:
    if left.latitude is None or right.latitude is None:
        return 0.0
    a, b = radians(left.latitude), radians(right.latitude)
    turn = radians((left.longitude or 0.0) - (right.longitude or 0.0))
    return _EARTH_KM * asin(sqrt(sin((a - b) / 2) ** 2 + cos(a) * cos(b) * sin(turn / 2) ** 2))
