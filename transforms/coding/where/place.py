"""Where one account happened: the best place that its sentences name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from transforms.coding.model import Account, Document, Placing
from transforms.coding.where import words as w
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.mentions import PlaceMention
from transforms.coding.where.resolve import Resolved, dateline_places

_RELATIONS = {"": 3.0, "of": 6.0, "adjunct": 4.0, "subject": 0.3, "name": 0.2, "border": 0.3}
"""Strength of the ties without a preposition of place; the others are in `_relation_weight`. Set on voa_dev and muc4_dev."""

_AT_WEIGHT = 10.0
_TOLD = 5.0
_FINE = ("place", "unknown", "admin2")


@dataclass(frozen=True, slots=True)
class Vote:
    """A resolved mention and how strongly it is bound to the account; 10 is "killed in X"."""

    resolved: Resolved
    weight: float

    @property
    def fine(self) -> bool:
        """Whether it is a town or district, and not a province, region or country."""
        return self.resolved.kind in _FINE


def place_account(
    document: Document,
    account: Account,
    resolved: Mapping[int, Sequence[Resolved]],
    gazetteer: Gazetteer,
    *,
    taken: Collection[int] = (),
) -> Placing:
    """Chooses the place of an account.

    The sentences that carry its claims come first; a town in the sentences around them may make a province that they
    name more exact, or stand in where they name nothing; then comes the lead. What is left is a country.

    Args:
        document: the article.
        account: its claims say which sentences, and where in them.
        resolved: the places of the article's sentences, from `resolve_places`.
        gazetteer: for coordinates of divisions and countries.
        taken: ordinals of sentences that carry the claims of other accounts; they are not looked at for more.

    Source: codebook section 7, after UCDP GED.
    """
    country = _country(document, account, resolved, gazetteer)
    own = _own_votes(account, resolved)
    around = _votes_of(_around(document, account, taken), resolved)
    chosen = _best(own)
    if chosen is None or (not chosen.fine and chosen.weight < 1.0):
        chosen = _best(around) or chosen
    if chosen is None or not chosen.fine:
        lead = [] if _opens_another(document, account) else _votes_of([n for n in (1, 0, 2) if n not in taken], resolved)
        finer = _finer(chosen, around) or _finer(chosen, lead)
        chosen = finer or chosen or _best([v for v in lead if v.weight >= _TOLD])
    if chosen is None:
        return _of_country(country, gazetteer)
    return _placing(chosen.resolved, [*own, *around], gazetteer, country)


def _own_votes(account: Account, resolved: Mapping[int, Sequence[Resolved]]) -> list[Vote]:
    votes = []
    for ordinal in account.sentences:
        triggers = [c.trigger_start for c in account.claims if c.sentence == ordinal]
        votes += _votes(resolved.get(ordinal, ()), triggers)
    return votes


def _votes_of(ordinals: Collection[int], resolved: Mapping[int, Sequence[Resolved]]) -> list[Vote]:
    return [vote for ordinal in ordinals for vote in _votes(resolved.get(ordinal, ()), ())]


def _votes(items: Sequence[Resolved], triggers: Sequence[int]) -> list[Vote]:
    """The mentions of one sentence that name places, weighed; a container weighs less than what lies in it."""
    containers = {item.mention.within for item in items if item.kind in (*_FINE, "admin1")}
    votes = []
    for number, item in enumerate(items):
        if not _is_place(item):
            continue
        weight = _relation_weight(item.mention) * _closeness(item.mention, triggers)
        weight *= 0.4 if number in containers else 1.0
        votes.append(Vote(item, weight))
    return [vote for vote in votes if vote.weight >= 0.5]


def _is_place(item: Resolved) -> bool:
    mention = item.mention
    if item.kind == "people":
        return False
    if item.kind == "country":
        return mention.relation in w.AT or bool(mention.side and mention.relation)
    if item.kind == "unknown":
        return bool(mention.noun) or mention.relation in w.AT or mention.within is not None or " of" in mention.relation
    return True


def _closeness(mention: PlaceMention, triggers: Sequence[int]) -> float:
    """1 beside the casualty word, less further off; a place after it is nearer than one before."""
    if not triggers:
        return 1.0
    gaps = [mention.start - at if mention.start >= at else 1.5 * (at - mention.end) for at in triggers]
    return 1.0 / (1.0 + min(gaps) / 120.0)


def _relation_weight(mention: PlaceMention) -> float:
    relation = mention.relation
    if mention.kind == "capital":
        return 6.0 if relation in w.AT else 2.0
    if relation in _RELATIONS:
        weight = _RELATIONS[relation]
    elif relation in w.AT:
        weight = _AT_WEIGHT
    elif relation in w.TOWARDS or (mention.distance or 0.0) > 100:
        weight = 2.0
    else:
        weight = 7.0
    return max(weight, 6.0) if mention.noun and relation != "name" else weight


def _best(votes: Sequence[Vote]) -> Vote | None:
    """The strongest vote, fine places before coarse ones of like strength."""
    return max(votes, key=_rank, default=None)


def _rank(vote: Vote) -> float:
    kind = vote.resolved.kind
    return vote.weight * (1.0 if kind in _FINE else 0.7 if kind == "admin1" else 0.5 if kind != "country" else 0.25)


def _finer(coarse: Vote | None, votes: Sequence[Vote]) -> Vote | None:
    """A town that is said to be the place of something and lies in the coarse place."""
    return _best([v for v in votes if v.fine and v.weight >= _TOLD and _lies_in(v.resolved, coarse)])


def _lies_in(item: Resolved, coarse: Vote | None) -> bool:
    area = coarse.resolved if coarse else None
    if area is None or area.country is None:
        return True
    if item.country not in (None, area.country):
        return False
    return area.kind != "admin1" or item.admin1 in (None, area.admin1)


def _around(document: Document, account: Account, taken: Collection[int]) -> list[int]:
    """The sentences between and next to those of the account, as far as they tell of the same event."""
    own = account.sentences
    if not own:
        return []
    last = max((s.ordinal for s in document.sentences), default=0)
    texts = {s.ordinal: s.text for s in document.sentences}
    found = [n for n in range(own[0] + 1, own[-1]) if n not in own and n not in taken]
    for ordinal in range(own[-1] + 1, min(last, own[-1] + 2) + 1):
        if ordinal in taken or _is_turn(texts.get(ordinal, "")):
            break
        found.append(ordinal)
    if not _opens_another(document, account) and own[0] - 1 >= 1 and own[0] - 1 not in taken:
        found.append(own[0] - 1)
    return found


def _opens_another(document: Document, account: Account) -> bool:
    """Whether the account begins with "Elsewhere", "Separately", ...: what went before is another event."""
    first = next((s for s in document.sentences if account.sentences and s.ordinal == account.sentences[0]), None)
    return first is not None and _is_turn(first.text)


def _is_turn(text: str) -> bool:
    return text.lower().startswith(w.TURNS)


def _placing(chosen: Resolved, votes: Sequence[Vote], gazetteer: Gazetteer, country: str | None) -> Placing:
    mention, place = chosen.mention, chosen.place
    if place is None:
        return _unknown(chosen, votes, gazetteer, country)
    if place.kind == "country":
        return _part_of_country(mention, place)
    near = place.kind == "place" and (mention.relation in w.NEAR or " of" in mention.relation)
    return Placing(
        place_name=place.name,
        place_text=mention.text,
        admin1=place.admin1,
        country=place.country or chosen.country or country,
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
        place_text=side + mention.text,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        place_precision=5 if side else 6,
        geonames_id=None if side else place.geonames_id,
    )


def _unknown(chosen: Resolved, votes: Sequence[Vote], gazetteer: Gazetteer, country: str | None) -> Placing:
    """A town that the gazetteer lacks keeps its words and takes what is known around it."""
    code = chosen.country or country
    area = gazetteer.division(code, chosen.admin1)
    if area is None:
        areas = [v for v in votes if v.resolved.place and v.resolved.country == code and not v.resolved.kind == "place"]
        best = max(areas, key=lambda v: v.weight, default=None)
        area = best.resolved.place if best else gazetteer.country(code)
    return Placing(
        place_name=chosen.mention.text,
        place_text=chosen.mention.text,
        admin1=area.admin1 if area else None,
        country=code,
        latitude=area.latitude if area else None,
        longitude=area.longitude if area else None,
        place_precision=area.precision if area else None,
    )


def _of_country(country: str | None, gazetteer: Gazetteer) -> Placing:
    found = gazetteer.country(country)
    if found is None:
        return Placing()
    return Placing(None, None, None, country, found.latitude, found.longitude, 6, found.geonames_id)


def _country(
    document: Document, account: Account, resolved: Mapping[int, Sequence[Resolved]], gazetteer: Gazetteer
) -> str | None:
    """The country that the account's sentences, else those around and the lead, speak of; else dateline or outlet."""
    own = account.sentences
    beside = [n for n in (own[0] - 1, own[-1] + 1) if n > 0] if own else []
    scores: dict[str, float] = {}
    for mention in dateline_places(document, gazetteer):
        for candidate in mention.candidates[:1]:
            scores[candidate.country or ""] = 1.0
    for ordinals in (own, beside, [1, 0, 2], list(resolved)):
        for ordinal in ordinals:
            for item in resolved.get(ordinal, ()):
                if item.country:
                    scores[item.country] = scores.get(item.country, 0.0) + _country_weight(item)
        if max(scores.values(), default=0.0) >= 1.5:
            break
    scores.pop("", None)
    return max(sorted(scores), key=lambda c: scores[c]) if scores else document.publisher_country


def _country_weight(item: Resolved) -> float:
    mention = item.mention
    if mention.relation in ("border", "name", "subject"):
        return 0.5
    if item.kind == "people":
        return 0.7 if item.country == "USA" else 1.5
    if item.kind == "country":
        return 4.0 if mention.relation in w.AT else 2.0 if item.country != "USA" else 0.8
    return 3.0 if mention.relation in w.AT else 1.0
