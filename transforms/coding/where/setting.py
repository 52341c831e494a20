"""Where an article plays: how much it speaks of each country, and which divisions it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transforms.coding.model import Document
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.mentions import PlaceMention, find_places

NOTABLE = 200_000
"""People; a place of that size is known by its name alone, where nobody speaks of its country."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article says about where it plays: how much it speaks of countries and divisions."""

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
    if not top.first or (top.population < NOTABLE and top.kind != "admin1" and not top.capital):
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
