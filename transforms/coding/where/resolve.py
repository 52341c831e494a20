"""Which of the places of one name is meant: by country, by the places named with it, by size."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.coding.model import Document
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.mentions import PlaceMention, find_places

_NOTABLE = 200_000
"""People; a place of that size is known by its name alone, even where nobody speaks of its country."""


@dataclass(frozen=True, slots=True)
class Resolved:
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


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article says about where it plays: weight of each country, and its divisions named."""

    countries: Mapping[str, float]
    divisions: frozenset[tuple[str | None, str | None]]
    dateline: Candidate | None = None

    @property
    def main(self) -> str | None:
        """The country with the most weight."""
        return max(sorted(self.countries), key=lambda c: self.countries[c], default=None)

    def share(self, country: str | None) -> float:
        """Weight of a country, relative to the heaviest."""
        top = max(self.countries.values(), default=0.0)
        return self.countries.get(country or "", 0.0) / top if top else 0.0


def resolve_places(
    mentions: Mapping[int, Sequence[PlaceMention]], document: Document, gazetteer: Gazetteer
) -> dict[int, list[Resolved]]:
    """Says for each mention of an article what it stands for.

    Args:
        mentions: the places found in each sentence, by its ordinal.
        document: the article; its dateline and its outlet's country count as evidence of country only.
        gazetteer: where dateline and outlet are looked up.

    Returns:
        For each sentence its mentions in order, resolved.
    """
    setting = read_setting(mentions, document, gazetteer)
    return {
        ordinal: _resolve_sentence(list(found), ordinal, setting, gazetteer)
        for ordinal, found in mentions.items()
    }


def read_setting(
    mentions: Mapping[int, Sequence[PlaceMention]], document: Document, gazetteer: Gazetteer
) -> Setting:
    """Weighs the countries that an article names."""
    votes: dict[str, float] = {}
    divisions = set()
    for ordinal, found in mentions.items():
        lead = 2.0 if ordinal <= 1 else 1.0
        for mention in found:
            country, weight = _vote(mention)
            if country:
                votes[country] = votes.get(country, 0.0) + lead * weight
            for candidate in mention.candidates:
                if candidate.kind == "admin1":
                    divisions.add((candidate.country, candidate.admin1))
    dateline = None
    for mention in dateline_places(document, gazetteer):
        country, weight = _vote(mention)
        dateline = dateline or next((c for c in mention.candidates if c.kind == "place"), None)
        if country:
            votes[country] = votes.get(country, 0.0) + 2.0 * weight
    if document.publisher_country:
        home = document.publisher_country
        votes[home] = votes.get(home, 0.0) + 0.5
    return Setting(votes, frozenset(divisions), dateline)


def dateline_places(document: Document, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The places of an article's dateline ("BOGOTA, 9 JAN 90")."""
    if not document.dateline:
        return []
    words = document.dateline.split("(")[0]
    return find_places("in " + words.title().strip(), gazetteer)


def _vote(mention: PlaceMention) -> tuple[str | None, float]:
    """The country that a mention speaks for, and how loudly."""
    if not mention.candidates:
        return None, 0.0
    top = mention.candidates[0]
    if mention.kind == "country":
        strong = mention.tie in ("at", "near") or mention.relation in ("of", "")
        return top.country, 1.0 if top.country == "USA" else 3.0 if strong else 1.5
    if mention.kind == "people":
        return top.country, 0.6 if top.country == "USA" else 1.5
    if mention.relation in ("name", "subject"):
        return top.country, 0.3
    if not top.first or (top.population < _NOTABLE and top.kind != "admin1" and not top.capital):
        return None, 0.0
    return top.country, 1.5 * _clear_lead(mention.candidates)


def _clear_lead(candidates: Sequence[Candidate]) -> float:
    """How plainly the largest bearer of a name outweighs those of other countries: 0 to 1."""
    top = candidates[0]
    rivals = [c.population + 1 for c in candidates if c.country != top.country]
    if not rivals:
        return 1.0
    ratio = (top.population + 1) / max(rivals)
    return 1.0 if ratio >= 20 or top.capital else 0.5 if ratio >= 4 else 0.0


def _resolve_sentence(
    found: list[PlaceMention], ordinal: int, setting: Setting, gazetteer: Gazetteer
) -> list[Resolved]:
    """Resolves from the right, so that the container of "X, Y" is known before X."""
    done: dict[int, Resolved] = {}
    named = {c.country for m in found if m.kind in ("country", "people") for c in m.candidates[:1]}
    divisions = {
        (c.country, c.admin1) for m in found for c in m.candidates[:3] if c.kind == "admin1"
    }
    order = sorted(
        range(len(found)), key=lambda n: (found[n].kind not in ("country", "people"), -n)
    )
    order.sort(key=lambda n: found[n].within is not None)
    for n in order:
        mention = found[n]
        if mention.kind == "side":
            country = gazetteer.country(_nearest(found[:n]) or setting.main)
            done[n] = Resolved(mention, ordinal, country, country.country if country else None)
            continue
        if mention.kind == "capital":
            done[n] = _seat(mention, ordinal, found[:n][::-1], setting, gazetteer)
            continue
        container = _container(mention, found, done)
        done[n] = _choose(mention, ordinal, container, named, divisions, setting)
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
    """ "The Iraqi capital", "the capital": that of the country named just before, else of the article's."""
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
    named: set[str | None],
    divisions: set[tuple[str | None, str | None]],
    setting: Setting,
) -> Resolved:
    inside = container.place if container else None
    best, best_score = None, -99.0
    for candidate in mention.candidates:
        if not _supported(candidate, inside, named, setting):
            continue
        score = _score(candidate, mention, inside, named, divisions, setting)
        if score > best_score:
            best, best_score = candidate, score
    if best is not None:
        return Resolved(mention, ordinal, best, best.country, best.admin1)
    country = container.country if container else None
    admin1 = container.admin1 if container else None
    return Resolved(mention, ordinal, None, country, admin1)


def _supported(
    candidate: Candidate, inside: Candidate | None, named: set[str | None], setting: Setting
) -> bool:
    """Whether anything but its name speaks for a candidate: a small place in a country nobody named is none."""
    if candidate.kind in ("country", "people", "region", "water") or candidate.country in named:
        return True
    if inside and inside.country:
        return candidate.country == inside.country
    if setting.share(candidate.country) >= 0.15:
        return True
    size = _NOTABLE if setting.countries else 0.2 * _NOTABLE
    return candidate.first and (candidate.capital or candidate.population >= size)


def _score(
    candidate: Candidate,
    mention: PlaceMention,
    inside: Candidate | None,
    named: set[str | None],
    divisions: set[tuple[str | None, str | None]],
    setting: Setting,
) -> float:
    """How likely the candidate is meant; on the scale of powers of ten of population."""
    score = (
        math.log10(candidate.population + 10)
        if candidate.kind not in ("country", "people")
        else 9.0
    )
    score += 0.0 if candidate.first else -1.5
    score += 2.0 if candidate.capital else 0.0
    score += _fit(candidate, mention)
    if candidate.country and candidate.country in named:
        score += 3.0
    score += 4.0 * setting.share(candidate.country)
    division = (candidate.country, candidate.admin1)
    if candidate.kind in ("place", "admin2") and not any(
        c.kind == "admin1" and (c.country, c.admin1) == division for c in mention.candidates
    ):
        score += 2.0 if division in divisions else 1.0 if division in setting.divisions else 0.0
    if inside and candidate.kind not in ("country", "people"):
        if inside.kind == "country" or inside.kind == "people":
            score += 4.0 if candidate.country == inside.country else -6.0
        elif inside.country and candidate.country:
            score += (
                4.0
                if _within(candidate, inside)
                else 1.0
                if candidate.country == inside.country
                else -6.0
            )
    elif (
        setting.countries
        and candidate.country not in setting.countries
        and candidate.kind not in ("country", "region", "water")
    ):
        score -= 5.0 if setting.countries else 0.0
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
    return 1.0 if kind == "admin1" and not _is_city(candidate, mention) else 0.0


def _is_city(candidate: Candidate, mention: PlaceMention) -> bool:
    """Whether a division shares its name with the seat of government, which people then mean."""
    return any(c.capital and c.country == candidate.country for c in mention.candidates)
