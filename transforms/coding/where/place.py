"""Where one account happened: the best place that its sentences name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from transforms.coding.model import Account, Document, Placing
from transforms.coding.where.country import choose_country, country_shares, heaviest
from transforms.coding.where.evidence import (
    Vote,
    best_vote,
    eventful_sentences,
    opens_another,
    other_votes,
    own_votes,
    recalled_sentences,
    sentences_around,
    share_sentences,
)
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.geography import lies_in
from transforms.coding.where.mentions import PlaceMention
from transforms.coding.where.resolve import Resolved

_TOLD = 5.0
"""Weight from which a sentence that is not the account's own says plainly enough where it was."""

_HINTED = 2.0
_ROADS = frozenset(("road", "highway"))
_SEAS = frozenset(("sea", "ocean"))
_INNER = ("inner", "admin2")


def place_account(
    document: Document,
    account: Account,
    resolved: Mapping[int, Sequence[Resolved]],
    gazetteer: Gazetteer,
    *,
    taken: Collection[int] = (),
    shares: Mapping[str, float] | None = None,
) -> Placing:
    """Chooses the place of an account.

    The sentences that carry its claims come first; a town in the sentences around them may make a
    province that they name more exact, or stand in where they name nothing; then comes the lead.
    What is left is a country.

    Args:
        document: the article.
        account: its claims say which sentences, and where in them.
        resolved: the places of the article's sentences, from `resolve_places`.
        gazetteer: for coordinates of divisions and countries.
        taken: ordinals of sentences that carry the claims of other accounts; their places are
            those accounts'.
        shares: what `country_shares` gives for the article, where it is known already.

    Source: codebook section 7, after UCDP GED.
    """
    if shares is None:
        shares = country_shares(document, resolved, gazetteer)
    own = own_votes(document, account, resolved)
    others = _Others(document, account, resolved, shares, taken, gazetteer)
    chosen = _search(own, others)
    if chosen is None:
        country = others.country
        return _of_country(country, _named(country, resolved), gazetteer)
    chosen = _inner(chosen, own) or chosen
    twin = _twin(chosen, own)
    if twin:
        return _of_two(chosen.resolved, twin, gazetteer)
    return _placing(chosen, own, others, gazetteer)


class _Others:
    """What sentences that are not an account's own say of its place, read only where it is needed.

    Most accounts name a town in their own sentences.

    Args:
        document, account, resolved, shares, taken, gazetteer: as `place_account` has them.
    """

    def __init__(
        self,
        document: Document,
        account: Account,
        resolved: Mapping[int, Sequence[Resolved]],
        shares: Mapping[str, float],
        taken: Collection[int],
        gazetteer: Gazetteer,
    ) -> None:
        self._document, self._account, self._resolved = document, account, resolved
        self._shares, self._words = shares, gazetteer.words
        self._taken = {*taken, *share_sentences(account)}

    @cached_property
    def country(self) -> str | None:
        """The country that the account is likely about."""
        return choose_country(self._account, self._resolved, self._shares)

    @cached_property
    def recalled(self) -> list[Vote | None]:
        """The best place of each sentence that the account points back at."""
        before = recalled_sentences(self._document, self._account, self._words.recalled)
        return [best_vote(self._votes([ordinal])) for ordinal in before]

    @cached_property
    def around(self) -> list[Vote]:
        """The places of the sentences between and beside those of the account."""
        turns = self._words.turns
        return self._votes(sentences_around(self._document, self._account, self._taken, turns))

    @cached_property
    def lead(self) -> list[Vote]:
        """The places of headline and lead, unless the account opens another event."""
        if opens_another(self._document, self._account, self._words.turns):
            return []
        return self._votes([ordinal for ordinal in (1, 0, 2) if ordinal not in self._taken])

    @cached_property
    def _likely(self) -> set[str | None]:
        return {self.country, heaviest(self._shares)}

    def _votes(self, ordinals: Sequence[int]) -> list[Vote]:
        named = [ordinal for ordinal in ordinals if self._resolved.get(ordinal)]
        eventful = eventful_sentences(self._document, named, self._words.events)
        return other_votes(named, self._resolved, self._likely, eventful)


def _search(own: Sequence[Vote], others: _Others) -> Vote | None:
    """The best vote of the account's sentences, else of those it recalls, around it, of the lead.

    A coarse one gives way to a finer one inside it.
    """
    chosen = best_vote(own)
    if chosen is None or chosen.weight < 1.0:
        past = next((v for v in others.recalled if v and v.resolved.kind != "country"), None)
        chosen = past or best_vote(others.around) or chosen
    elif not chosen.fine:
        chosen = _finer(chosen, own, _HINTED) or chosen
    if chosen and (chosen.fine or chosen.resolved.kind == "admin2"):
        return chosen
    finer = _finer(chosen, others.around, _TOLD) or _finer(chosen, others.lead, _TOLD)
    return finer or chosen or best_vote([v for v in others.lead if v.weight >= _TOLD])


def _finer(coarse: Vote | None, votes: Sequence[Vote], least: float) -> Vote | None:
    """A town, or province, that something is said to have happened in, inside the coarse place."""
    wide = coarse is None or coarse.resolved.kind in ("country", "region")
    told = [v for v in votes if v.weight >= least and v is not coarse]
    kinds: tuple[str, ...] = ()
    if coarse is None or wide:
        kinds = ("admin1", "admin2", "region")
    elif coarse.resolved.kind == "admin1":
        kinds = ("admin2",)
    told = [v for v in told if v.fine or v.resolved.kind in kinds]
    return best_vote([v for v in told if lies_in(v.resolved, coarse.resolved if coarse else None)])


def _inner(chosen: Vote, own: Sequence[Vote]) -> Vote | None:
    """The part of the chosen city that the account's sentences name: its "X district"."""
    if chosen.resolved.kind != "place":
        return None
    parts = [
        v for v in own if v.resolved.kind == "unknown" and v.resolved.mention.noun_kind in _INNER
    ]
    return best_vote(
        [
            v
            for v in parts
            if v.resolved.country in (None, chosen.resolved.country) and v.weight >= _HINTED
        ]
    )


def _twin(chosen: Vote, own: Sequence[Vote]) -> Resolved | None:
    """The place that stands on a par with the chosen one: "in X and Y", "between X and Y"."""
    mention = chosen.resolved.mention
    for vote in own:
        other = vote.resolved
        if other.sentence != chosen.resolved.sentence or other is chosen.resolved:
            continue
        first, second = sorted((mention, other.mention), key=lambda m: m.start)
        if not second.joined or second.start - first.end > 8:
            continue
        # a road goes to the town that a province has its name from
        if vote.fine or (_is_line(first) and other.kind == "admin1"):
            return other
    return None


def _is_line(mention: PlaceMention) -> bool:
    """Whether a place is one end of a line: "between X and Y", "the highway linking X and Y"."""
    return mention.relation == "between" or mention.noun in _ROADS


def _of_two(one: Resolved, other: Resolved, gazetteer: Gazetteer) -> Placing:
    """Between two places: the line; in two places: the coarser one that holds both."""
    first, second = sorted((one, other), key=lambda r: r.mention.start)
    country = one.country or other.country
    common = one.admin1 if one.admin1 == other.admin1 and one.country == other.country else None
    area = gazetteer.division(country, common) or gazetteer.country(country)
    names = [r.place.name if r.place else r.mention.text for r in (first, second)]
    words = " - ".join(r.mention.text for r in (first, second))
    if _is_line(first.mention):
        ends = [r.place for r in (first, second) if r.place and r.place.latitude is not None]
        latitude = (
            sum(p.latitude or 0.0 for p in ends) / len(ends)
            if ends
            else area.latitude
            if area
            else None
        )
        longitude = (
            sum(p.longitude or 0.0 for p in ends) / len(ends)
            if ends
            else area.longitude
            if area
            else None
        )
        return Placing(" - ".join(names), words, common, country, latitude, longitude, 5)
    if area is None:
        return Placing(place_text=words, country=country)
    return Placing(
        area.name,
        words,
        area.admin1,
        country,
        area.latitude,
        area.longitude,
        area.precision,
        area.geonames_id,
    )


def _placing(vote: Vote, own: Sequence[Vote], others: _Others, gazetteer: Gazetteer) -> Placing:
    chosen = vote.resolved
    mention, place = chosen.mention, chosen.place
    if place is None:
        return _unknown(chosen, [vote, *own, *others.around], gazetteer, others.country)
    if place.kind == "country":
        return _part_of_country(mention, place)
    near = place.kind == "place" and mention.tie == "near"
    return Placing(
        place_name=place.name,
        place_text=mention.text,
        admin1=place.admin1,
        country=place.country or chosen.country or others.country,
        latitude=place.latitude,
        longitude=place.longitude,
        place_precision=2 if near else place.precision,
        geonames_id=place.geonames_id,
    )


def _part_of_country(mention: PlaceMention, place: Candidate) -> Placing:
    """A country, or "northern Iraq"."""
    side = f"{mention.side} " if mention.side else ""
    return Placing(
        place_name=side + place.name,
        place_text=mention.text if mention.kind == "side" else side + mention.text,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        place_precision=7 if mention.relation == "off" else 5 if side else 6,
        geonames_id=None if side else place.geonames_id,
    )


def _unknown(
    chosen: Resolved, votes: Sequence[Vote], gazetteer: Gazetteer, country: str | None
) -> Placing:
    """A town that the gazetteer lacks keeps its words and takes what is known around it."""
    code = chosen.country or country
    areas = [v for v in votes if v.resolved.place and v.resolved.country == code]
    if chosen.mention.noun_kind not in (*_INNER, "site"):
        areas = [v for v in areas if v.resolved.kind != "place"]
    best = max(areas, key=lambda v: v.weight, default=None)
    area = gazetteer.division(code, chosen.admin1)
    if best and best.resolved.place and (area is None or best.resolved.kind == "place"):
        area = best.resolved.place
    area = area or gazetteer.country(code)
    fuzzy = chosen.mention.noun_kind in ("water", "area") and area is not None
    return Placing(
        place_name=chosen.mention.text,
        place_text=chosen.mention.text,
        admin1=area.admin1 if area else None,
        country=code,
        latitude=area.latitude if area else None,
        longitude=area.longitude if area else None,
        place_precision=7
        if chosen.mention.noun in _SEAS
        else 5
        if fuzzy
        else max(area.precision, 2)
        if area
        else None,
    )


def _named(country: str | None, resolved: Mapping[int, Sequence[Resolved]]) -> str | None:
    """The article's words for the country, a demonym at need; None where it has none."""
    found = [
        r.mention
        for items in resolved.values()
        for r in items
        if r.country == country and r.mention.kind in ("country", "people")
    ]
    return min(found, key=lambda m: m.kind == "people").text if found else None


def _of_country(country: str | None, text: str | None, gazetteer: Gazetteer) -> Placing:
    found = gazetteer.country(country)
    if found is None:
        return Placing()
    name = found.name if text else None
    return Placing(name, text, None, country, found.latitude, found.longitude, 6, found.geonames_id)
