"""Which places speak for an account, and how strongly: from its own sentences, those around them, and the lead."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from transforms.coding.model import Account, Document
from transforms.coding.where import words as w
from transforms.coding.where.mentions import PlaceMention
from transforms.coding.where.resolve import Resolved

FINE = ("place", "unknown", "admin2")

_AT_WEIGHT = 10.0
_RELATIONS = {"": 3.0, "of": 6.0, "adjunct": 4.0, "subject": 0.3, "name": 0.2, "border": 0.3}
"""Strength of the ties without a preposition of place. Set on voa_dev and muc4_dev, 2026-11."""

_TALK_SHARE = 0.2
_CONTAINER_SHARE = 0.4
_FADE = 120.0
"""Characters from the casualty word at which a place counts half."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A resolved mention and how strongly it is bound to the account; 10 is "killed in X"."""

    resolved: Resolved
    weight: float

    @property
    def site(self) -> bool:
        """Whether it is a street, a factory, a hotel that the gazetteer does not know."""
        return self.resolved.kind == "unknown" and self.resolved.mention.noun in w.SITE_NOUNS

    @property
    def fine(self) -> bool:
        """Whether it is a town or district, and not a province, region, country or mere site."""
        return self.resolved.kind in FINE and not self.site


def own_votes(account: Account, resolved: Mapping[int, Sequence[Resolved]]) -> list[Vote]:
    """The places named in the sentences that carry the account's claims."""
    votes = []
    for ordinal in account.sentences:
        claims = [c for c in account.claims if c.sentence == ordinal]
        spots = sorted({at for c in claims for at in (c.trigger_start, c.start)})
        votes += _votes(resolved.get(ordinal, ()), spots)
    return votes


def other_votes(
    ordinals: Collection[int], resolved: Mapping[int, Sequence[Resolved]], likely: Collection[str | None]
) -> list[Vote]:
    """The places named in other sentences, if they lie in a country that the account may be about."""
    votes = [vote for ordinal in ordinals for vote in _votes(resolved.get(ordinal, ()), ())]
    return [vote for vote in votes if vote.resolved.country in (None, *likely)]


def best_vote(votes: Sequence[Vote]) -> Vote | None:
    """The strongest vote, fine places before coarse ones of like strength."""
    return max(votes, key=_rank, default=None)


def sentences_around(document: Document, account: Account, taken: Collection[int]) -> list[int]:
    """The sentences between and next to those of the account, as far as they tell of the same event."""
    own = account.sentences
    if not own:
        return []
    texts = {s.ordinal: s.text for s in document.sentences}
    found = [n for n in range(own[0] + 1, own[-1]) if n not in own and n not in taken]
    for ordinal in (own[-1] + 1, own[-1] + 2):
        if ordinal in taken or ordinal not in texts or _is_turn(texts[ordinal]):
            break
        found.append(ordinal)
    before = own[0] - 1
    if before >= 1 and before not in taken and not opens_another(document, account):
        found.append(before)
    return found


def opens_another(document: Document, account: Account) -> bool:
    """Whether the account begins with "Elsewhere", "Separately", ...: what went before is another event."""
    own = account.sentences
    return bool(own) and any(s.ordinal == own[0] and _is_turn(s.text) for s in document.sentences)


def _is_turn(text: str) -> bool:
    return text.lower().startswith(w.TURNS)


def _votes(items: Sequence[Resolved], spots: Sequence[int]) -> list[Vote]:
    """The places of one sentence, weighed; a container weighs less than what lies in it."""
    containers = {item.mention.within for item in items if item.kind in (*FINE, "admin1")}
    votes = []
    for number, item in enumerate(items):
        if _is_place(item):
            weight = _tie(item) * _closeness(item.mention, spots)
            votes.append(Vote(item, weight * (_CONTAINER_SHARE if number in containers else 1.0)))
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


def _closeness(mention: PlaceMention, spots: Sequence[int]) -> float:
    """1 beside the casualty word or figure, less further off; a place after it is nearer than one before."""
    if not spots:
        return 1.0
    gaps = [mention.start - at if mention.start >= at else 1.5 * (at - mention.end) for at in spots]
    return 1.0 / (1.0 + max(min(gaps), 0.0) / _FADE)


def _tie(item: Resolved) -> float:
    """How the sentence binds the event to the place."""
    mention, relation = item.mention, item.mention.relation
    if mention.kind == "capital":
        weight = 6.0 if relation in w.AT else 2.0
    elif relation in _RELATIONS:
        weight = _RELATIONS[relation]
    elif relation in w.AT:
        weight = _AT_WEIGHT
    elif relation in w.TOWARDS or (mention.distance or 0.0) > 100:
        weight = 2.0
    else:
        weight = 7.0
    if mention.noun and relation != "name":
        weight = max(weight, 6.0)
    if item.kind == "unknown" and (not mention.noun or mention.noun in w.SITE_NOUNS):
        weight *= 0.5
    return weight * (_TALK_SHARE if mention.talk else 1.0)


def _rank(vote: Vote) -> float:
    kind = vote.resolved.kind
    return vote.weight * (1.0 if kind in FINE else 0.7 if kind == "admin1" else 0.5 if kind != "country" else 0.25)
