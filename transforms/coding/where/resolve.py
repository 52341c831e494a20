"""Which of the places of one name is meant: by country, by the places named with it, by size."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.coding.model import Document
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.mentions import PlaceMention
from transforms.coding.where.setting import NOTABLE, Setting, read_setting


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
        ordinal: _resolve_sentence(list(found), ordinal, setting, gazetteer)
        for ordinal, found in mentions.items()
    }


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
    named: set[str | None],
    divisions: set[tuple[str | None, str | None]],
    setting: Setting,
) -> Resolved:
    inside = container.place if container else None
    best, best_score = None, -99.0
    for candidate in mention.candidates:
        if not _supported(candidate, mention, inside, named, setting):
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
    candidate: Candidate,
    mention: PlaceMention,
    inside: Candidate | None,
    named: set[str | None],
    setting: Setting,
) -> bool:
    """Whether more than its name speaks for a candidate: its country is named, or it is large."""
    if candidate.kind in ("country", "people", "region", "water"):
        return True
    told = mention.tie or mention.noun or mention.within is not None
    if not told and not candidate.first and candidate.population < NOTABLE:
        return False
    if inside and inside.country:
        return candidate.country == inside.country
    if candidate.country in named or setting.share(candidate.country) >= 0.15:
        return True
    size = NOTABLE if setting.countries else 0.2 * NOTABLE
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
