"""Where an article plays: how much it speaks of each country, and which divisions it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from transforms.coding.model import Document
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.mentions import PlaceMention, find_places
from transforms.coding.where.names import fold_name

NOTABLE = 200_000
"""People; a place of that size is known by its name alone, where nobody speaks of its country."""


_LEAD = 4
"""Times by which a place outnumbers its namesakes elsewhere when its name alone means it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article says about where it plays: how much it speaks of countries and divisions.

    `top` is the weight of the country that it speaks of most.
    """

    countries: Mapping[str, float]
    divisions: frozenset[tuple[str | None, str | None]]
    dateline: Candidate | None = None
    top: float = field(init=False)

    def __post_init__(self) -> None:
        """Finds the weight of the heaviest country."""
        object.__setattr__(self, "top", max(self.countries.values(), default=0.0))

    @property
    def main(self) -> str | None:
        """The country with the most weight."""
        return max(sorted(self.countries), key=lambda c: self.countries[c], default=None)

    def share(self, country: str | None) -> float:
        """Weight of a country, relative to the heaviest."""
        return self.countries.get(country or "", 0.0) / self.top if self.top else 0.0


def read_setting(
    mentions: Mapping[int, Sequence[PlaceMention]], document: Document, gazetteer: Gazetteer
) -> Setting:
    """Weighs the countries that an article names, by themselves and by their places."""
    votes: dict[str, float] = {}
    listed = [(2.0 if o <= 1 else 1.0, m) for o, found in mentions.items() for m in found]
    dateline = dateline_places(document, gazetteer)
    for lead, mention in listed:
        country, weight = _spoken(mention)
        _add(votes, country, lead * weight)
    for mention in dateline:
        country, weight = _spoken(mention)
        _add(votes, country or _implied(mention, {}), 2.0 * max(weight, 1.5))
    _add(votes, document.publisher_country, 0.5)
    for country, weight in institution_votes(document, gazetteer).items():
        _add(votes, country, weight)
    for mention in site_places(document, gazetteer):
        _add(votes, _spoken(mention)[0] or _implied(mention, votes), _SITE)
    spoken = dict(votes)
    for lead, mention in listed:
        _add(votes, _implied(mention, spoken), lead * 1.5)
    firsts = ((m, c) for _, m in listed for c in m.candidates if c.kind == "admin1")
    towns = [c for m in dateline for c in m.candidates if c.kind == "place"]
    return Setting(
        votes,
        frozenset((c.country, c.admin1) for _, c in firsts),
        next((c for c in towns if c.country in votes), None),
    )


def site_places(document: Document, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The places in what a headline has behind it of its site ("Channel 5 News, Springfield")."""
    return find_places("in " + document.site.strip(" -–—|:"), gazetteer) if document.site else []


_SITE = 1.5
"""What a place in the name of the site says for its country."""


def institution_votes(document: Document, gazetteer: Gazetteer) -> dict[str, float]:
    """What the offices and courts that an article names say for countries ("the sheriff")."""
    text = " ".join(sentence.text for sentence in document.sentences[:_READ]).lower()
    named = gazetteer.institutions_in(text)
    return {
        country: min(_INSTITUTION * count, _INSTITUTIONS)
        for country, count in sorted(named.items())
    }


_INSTITUTION, _INSTITUTIONS = 0.75, 2.25
"""What one institution says for its country, and all of them at most; a named country says 3."""
_READ = 60
"""Sentences in which institutions are looked for."""


def _add(votes: dict[str, float], country: str | None, weight: float) -> None:
    if country and weight:
        votes[country] = votes.get(country, 0.0) + weight


def dateline_places(document: Document, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The places of an article's dateline ("BOGOTA, 9 JAN 90")."""
    if not document.dateline:
        return []
    words = document.dateline.split("(")[0]
    return find_places("in " + words.title().strip(), gazetteer)


def _spoken(mention: PlaceMention) -> tuple[str | None, float]:
    """The country that a country's name or a demonym speaks for, and how loudly."""
    if not mention.candidates or mention.kind not in ("country", "people"):
        return None, 0.0
    country = mention.candidates[0].country
    if is_two_faced(mention):
        return None, 0.0
    if mention.kind == "people":
        return country, 0.6 if country == "USA" else 1.5
    strong = mention.tie in ("at", "near") or mention.relation in ("of", "")
    return country, 1.0 if country == "USA" else 3.0 if strong else 1.5


def is_two_faced(mention: PlaceMention) -> bool:
    """Whether a country bears the name of another country's division of its size: Georgia."""
    top = mention.candidates[0] if mention.candidates else None
    if top is None or top.kind != "country":
        return False
    rivals = [c for c in mention.candidates if c.kind == "admin1" and c.first]
    return any(c.country != top.country and 2 * c.population >= top.population for c in rivals)


def _implied(mention: PlaceMention, spoken: Mapping[str, float]) -> str | None:
    """The country that the name of a well-known place speaks for.

    Where countries are spoken of, the place is one of theirs if it can be.
    """
    if mention.kind in ("country", "people") or mention.relation in ("name", "subject"):
        return None
    if mention.within is not None:
        return None  # "Naples, Fla.": what holds it says where it is
    known = [c for c in mention.candidates if c.first and (_is_known(c) or _is_full(c, mention))]
    near = [c for c in known if c.country in spoken]
    if near:
        return near[0].country
    return known[0].country if known and _leads(known[0], mention.candidates) else None


def _is_known(candidate: Candidate) -> bool:
    return candidate.population >= NOTABLE or candidate.kind == "admin1" or candidate.capital


def _is_full(candidate: Candidate, mention: PlaceMention) -> bool:
    """Whether the text gives a district its whole name: "Paulding County"."""
    same = fold_name(mention.text) == fold_name(candidate.name)
    return same and candidate.kind == "admin2" and " " in mention.text


def _leads(top: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a bearer of a name plainly outweighs those of other countries."""
    rivals = [c.population + 1 for c in candidates if c.country != top.country]
    return top.capital or not rivals or top.population + 1 >= _LEAD * max(rivals)
