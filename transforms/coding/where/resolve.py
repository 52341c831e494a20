"""Which of the places of one name is meant: by country, by the places named with it, by size."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from transforms.coding.model import Document
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.mentions import PlaceMention
from transforms.coding.where.setting import NOTABLE, Setting, is_two_faced, read_setting

_SOFT = ("country", "people")
_COUNTRY_SIZE = 9.0
_SUPPORT = 0.15
"""Share of an article's talk of countries from which a country is spoken of at all."""


_TOWN = 20_000
"""People from which a place may be meant by another of its names ("Misrata" for Misratah), where
only one country has the name and the article names none."""
_METROPOLIS = 1_000_000
"""People from which a city is known by its name, however many others have it."""
_FEW_COUNTRIES = 3
"""Countries up to which a large town is meant although the article names only other ones."""


class Resolved(NamedTuple):
    """A mention and what it stands for.

    Attributes:
        mention: the mention.
        sentence: ordinal of its sentence.
        place: what it stands for; None where the gazetteer has no such name, or only far away ones.
        country: alpha-3 of the country, also of unknown names, or None.
        admin1: name of the first-order division, also of unknown names, or None.
    """

    mention: PlaceMention
    sentence: int
    place: Candidate | None
    country: str | None = None
    admin1: str | None = None

    @property
    def kind(self) -> str:
        """Kind of the place; "unknown" for names that the gazetteer lacks."""
        return self.place.kind if self.place else "unknown"


class Nearby(NamedTuple):
    """The countries and first-order divisions that one sentence names."""

    countries: frozenset[str | None]
    divisions: frozenset[tuple[str | None, str | None]]

    @classmethod
    def of(cls, found: Sequence[PlaceMention]) -> Nearby:
        """Those of these mentions; names that stand for a country or a division are left out."""
        plain = [m for m in found if m.candidates and not is_two_faced(m)]
        firsts = (c for m in found for c in m.candidates[:3] if c.kind == "admin1")
        return cls(
            frozenset(m.candidates[0].country for m in plain if m.kind in _SOFT),
            frozenset((c.country, c.admin1) for c in firsts),
        )


def resolve_places(
    mentions: Mapping[int, Sequence[PlaceMention]], document: Document, gazetteer: Gazetteer
) -> dict[int, list[Resolved]]:
    """Says for each mention of an article what it stands for.

    Args:
        mentions: the places found in each sentence, by its ordinal.
        document: the article; its dateline and its outlet's country are evidence of country only.
        gazetteer: where dateline and outlet are looked up.

    Returns:
        For each sentence its mentions in order, resolved.
    """
    setting = read_setting(mentions, document, gazetteer)
    return {
        ordinal: _resolve_sentence(list(found), ordinal, setting, gazetteer) if found else []
        for ordinal, found in mentions.items()
    }


def _resolve_sentence(
    found: list[PlaceMention], ordinal: int, setting: Setting, gazetteer: Gazetteer
) -> list[Resolved]:
    """Resolves countries and containers first, so that the Y of "X, Y" is known before X."""
    done: dict[int, Resolved] = {}
    nearby = Nearby.of(found)
    nested = any(m.within is not None for m in found)
    order = sorted(
        range(len(found)),
        key=lambda n: (found[n].within is not None, found[n].kind not in _SOFT, -n),
    )
    for n in order:
        mention = found[n]
        if mention.kind == "side":
            country = gazetteer.country(_nearest(found[:n]) or setting.main)
            code = country.country if country else None
            done[n] = Resolved(mention, ordinal, country, code)
        elif mention.kind == "capital":
            done[n] = _seat(mention, ordinal, found[:n][::-1], setting, gazetteer)
        else:
            held = tuple(m for m in found if m.within == n) if nested else ()
            container = _container(mention, found, done)
            done[n] = _choose(mention, ordinal, container, held, nearby, setting)
    return [done[n] for n in range(len(found))]


def _nearest(before: list[PlaceMention]) -> str | None:
    """The country of the last country or demonym named in the sentence so far, America's apart."""
    found = [
        m.candidates[0].country for m in before if m.kind in ("country", "people") and m.candidates
    ]
    return next((country for country in reversed(found) if country != "USA"), None)


def _seat(
    mention: PlaceMention,
    ordinal: int,
    before: list[PlaceMention],
    setting: Setting,
    gazetteer: Gazetteer,
) -> Resolved:
    """Resolves "the capital": of the country named just before, else of the article's."""
    country = setting.main
    if before and mention.start - before[0].end <= 12 and before[0].kind in ("people", "country"):
        country = before[0].candidates[0].country
    elif mention.text.lower() == "city" and setting.dateline:
        place = setting.dateline
        return Resolved(mention, ordinal, place, place.country, place.admin1)
    seat = gazetteer.capital(country)
    return Resolved(mention, ordinal, seat, country, seat.admin1 if seat else None)


def _container(
    mention: PlaceMention, found: list[PlaceMention], done: dict[int, Resolved]
) -> Resolved | None:
    seen = set()
    while mention.within is not None and mention.within not in seen:
        seen.add(mention.within)
        if mention.within in done:
            return done[mention.within]
        mention = found[mention.within]
    return None


def _choose(
    mention: PlaceMention,
    ordinal: int,
    container: Resolved | None,
    held: Sequence[PlaceMention],
    nearby: Nearby,
    setting: Setting,
) -> Resolved:
    inside = container.place if container else None
    candidates = mention.candidates
    if mention.kind == "country" and not is_two_faced(mention) and mention.noun_kind != "admin1":
        candidates = candidates[:1]
    countries = len({c.country for c in mention.candidates})
    supported = [
        c for c in candidates if _supported(c, mention, countries, inside, nearby, setting)
    ]
    if supported:
        best = supported[0]
        if len(supported) > 1:
            namesakes = {(c.country, c.admin1) for c in mention.candidates if c.kind == "admin1"}
            best = max(
                supported,
                key=lambda c: (
                    _size(c, mention)
                    + _fit(c, mention)
                    + _company(c, namesakes, nearby, setting)
                    + _nesting(c, inside, held)
                ),
            )
        return Resolved(mention, ordinal, best, best.country, best.admin1)
    country = container.country if container else None
    admin1 = container.admin1 if container else None
    return Resolved(mention, ordinal, None, country, admin1)


def _supported(
    candidate: Candidate,
    mention: PlaceMention,
    countries: int,
    inside: Candidate | None,
    nearby: Nearby,
    setting: Setting,
) -> bool:
    """Whether more than its name speaks for a candidate: its country is named, or it is large.

    `countries` is in how many countries the mention may lie.
    """
    if candidate.kind in ("country", "people", "region", "water"):
        return True
    told = bool(mention.tie or mention.noun or mention.within is not None)
    if not told and not candidate.first and candidate.population < NOTABLE:
        return False
    if inside and inside.country:
        return candidate.country == inside.country and _may_lie_in(candidate, inside)
    if candidate.country in nearby.countries or setting.share(candidate.country) >= _SUPPORT:
        return True
    if not setting.countries and countries == 1:
        town = candidate.population >= _TOWN / 2 and not candidate.guessed
        return told and (candidate.first or town)
    if told and countries == 1 and candidate.first and candidate.population >= _TOWN:
        return True  # "Israeli troops near Nablus"
    few = countries <= _FEW_COUNTRIES or candidate.capital or candidate.population >= _METROPOLIS
    if setting.countries and not few:
        return False  # "San Pedro" in an article that is about another country
    size = NOTABLE if setting.countries else 0.2 * NOTABLE
    return candidate.first and (candidate.capital or candidate.population >= size)


def _may_lie_in(candidate: Candidate, area: Candidate) -> bool:
    """Whether a place may lie in a province or town of its country that the text names for it.

    A village of another province only shares its name with the one that is meant.
    """
    if area.kind not in ("admin1", "admin2", "place") or candidate.admin1 == area.admin1:
        return True
    return candidate.first and candidate.population >= _TOWN


def _size(candidate: Candidate, mention: PlaceMention) -> float:
    """Powers of ten of population; capitals count a hundred times, alternate names a thirtieth."""
    if candidate.kind in _SOFT:
        return _COUNTRY_SIZE - (0.5 if is_two_faced(mention) else 0.0)
    size = math.log10(_people(candidate, mention) + 10)
    return size - (0.0 if candidate.first else 1.5) + (2.0 if candidate.capital else 0.0)


def _people(candidate: Candidate, mention: PlaceMention) -> int:
    """Population; of a division with a town of its name, the town's, which the bare name means."""
    town = _namesake(candidate, mention)
    return town.population + 1 if town else candidate.population  # the division before its town


def _namesake(candidate: Candidate, mention: PlaceMention) -> Candidate | None:
    """The town in a division that shares its name with it."""
    if candidate.kind != "admin1":
        return None
    inside = (candidate.country, candidate.admin1)
    towns = (c for c in mention.candidates if c.kind == "place" and c.first)
    return next((town for town in towns if (town.country, town.admin1) == inside), None)


def _company(
    candidate: Candidate,
    namesakes: Collection[tuple[str | None, str | None]],
    nearby: Nearby,
    setting: Setting,
) -> float:
    """What countries and divisions named beside it and in the article say for it.

    Those of its own name (`namesakes`) say nothing.
    """
    score = 4.0 * setting.share(candidate.country)
    score += 3.0 if candidate.country and candidate.country in nearby.countries else 0.0
    unspoken = setting.countries and candidate.country not in setting.countries
    if unspoken and candidate.kind not in ("country", "region", "water"):
        score -= 5.0
    division = (candidate.country, candidate.admin1)
    if candidate.kind in ("place", "admin2") and division not in namesakes:
        beside, somewhere = division in nearby.divisions, division in setting.divisions
        score += 2.0 if beside else 1.0 if somewhere else 0.0
    return score


def _nesting(candidate: Candidate, inside: Candidate | None, held: Sequence[PlaceMention]) -> float:
    """What "X, Y" says: X lies in Y."""
    score = 0.0
    if inside and inside.country and candidate.country and candidate.kind not in _SOFT:
        if candidate.country != inside.country:
            score -= 6.0
        elif inside.kind in _SOFT or _within(candidate, inside):
            score += 4.0
        else:
            score += 1.0
    if any(_within(c, candidate) for m in held for c in m.candidates if c.first):
        score += 6.0 if candidate.kind == "admin1" else 3.0
    return score


def _within(candidate: Candidate, area: Candidate) -> bool:
    if candidate.country != area.country:
        return False
    if area.kind == "admin1":
        return candidate.admin1 == area.admin1
    return candidate.admin1 == area.admin1 or area.kind in ("region", "country")


def _fit(candidate: Candidate, mention: PlaceMention) -> float:
    """How well the noun beside the name fits the kind of the candidate."""
    noun, kind = mention.noun_kind, candidate.kind
    if noun == "admin1":
        return {"admin1": 4.0, "admin2": 0.5}.get(kind, -2.0)
    if noun == "admin2":
        return {"admin2": 4.0, "admin1": 0.0}.get(kind, -0.5)
    if noun in ("town", "inner") and mention.noun != "capital":
        return 4.0 if kind == "place" else -2.0
    if noun in ("water", "area"):
        return 1.0 if kind in ("region", "water", "admin1", "admin2") else 0.0
    if mention.side and kind in ("admin1", "admin2") and mention.side in ("central", "downtown"):
        return -3.0
    if kind == "admin2":
        return -1.0
    if kind == "admin1" and mention.tie == "near" and _namesake(candidate, mention):
        return -1.0  # one is outside a town, and not outside a province
    if kind != "admin1" or _is_city(candidate, mention) or _namesake(candidate, mention):
        return 0.0
    return 1.0


def _is_city(candidate: Candidate, mention: PlaceMention) -> bool:
    """Whether a division shares its name with the seat of government, which people then mean."""
    return any(c.capital and c.country == candidate.country for c in mention.candidates)
