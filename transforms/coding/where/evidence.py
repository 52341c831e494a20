"""Which places speak for an account, and how strongly: its own sentences and those around them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from transforms.coding.model import Account, Claim, Document, Sentence
from transforms.coding.where.mentions import PlaceMention
from transforms.coding.where.resolve import Resolved

FINE = ("place", "unknown")

_AT_WEIGHT = 10.0
_BESIDE_WEIGHT = 7.0
_RELATIONS = {"": 3.0, "of": 5.0, "adjunct": 4.0, "subject": 0.3, "name": 0.2, "border": 0.3}
"""Strength of the ties without a preposition of place. Set on voa_dev and muc4_dev, 2026-11."""

_FINENESS = {
    "place": 1.0,
    "unknown": 1.0,
    "admin2": 0.85,
    "admin1": 0.7,
    "region": 0.5,
    "water": 0.5,
    "country": 0.25,
}
_WORD = re.compile(r"[a-z]+")
_RECALL = re.compile(r"\b(?:(?:in|of|from) (?:the|that) same|in the|in that|across the) (\w+)")
_CUT = re.compile(r"(?i)(?:; |\bwhile (?!\w+ing\b)|\bwhereas )")
_TALK_SHARE = 0.2
_QUIET_SHARE = 0.7
_CONTAINER_SHARE = 0.4
_OTHERS_SHARE = 0.3
_LONGEST_TURN = 80
"""Characters at the head of a sentence among which "Elsewhere" and the like stand."""

_FADE = 120.0
"""Characters from the casualty word at which a place counts half."""


class Vote(NamedTuple):
    """A resolved mention and how strongly it is bound to the account; 10 is "killed in X"."""

    resolved: Resolved
    weight: float

    @property
    def site(self) -> bool:
        """Whether it is a street, a factory, a hotel that the gazetteer does not know."""
        return self.resolved.kind == "unknown" and self.resolved.mention.noun_kind == "site"

    @property
    def fine(self) -> bool:
        """Whether it is a town or district, and not a province, region, country or mere site."""
        return self.resolved.kind in FINE and not self.site


def share_sentences(account: Account) -> set[int]:
    """Sentences of nothing but shares of a total that stands above them in the text.

    They name the place of a share. A headline names few places, so its total does not count here.
    """
    whole = {claim.sentence for claim in account.claims if claim.relation != "subset"}
    first = min(whole - {0}, default=None)
    if first is None:
        return set()
    return {claim.sentence for claim in account.claims if claim.sentence > first} - whole


def own_votes(
    document: Document, account: Account, resolved: Mapping[int, Sequence[Resolved]]
) -> list[Vote]:
    """The places named in the sentences that carry the account's claims."""
    votes = []
    shares = share_sentences(account)
    for ordinal in account.sentences:
        if ordinal in shares:
            continue
        items = resolved.get(ordinal, ())
        if not items:
            continue
        claims = [c for c in account.claims if c.sentence == ordinal]
        cuts = _cuts(document.by_ordinal.get(ordinal))
        others = [
            [*_places_of_others(claim, items), *_places_beyond(claim, items, cuts)]
            for claim in claims
        ]
        spots = {c.start for c in claims}
        spots |= {c.trigger_start for c in claims if not _places_of_others(c, items)}
        for vote in _votes(items, sorted(spots)):
            foreign = all(vote.resolved in other for other in others)
            votes.append(Vote(vote.resolved, vote.weight * (_OTHERS_SHARE if foreign else 1.0)))
    return votes


def _places_of_others(claim: Claim, items: Sequence[Resolved]) -> list[Resolved]:
    """The places of an earlier figure that shares the casualty word: "killed three in X and two".

    Only where the claim's own figure has a place behind it.
    """
    tied = [item for item in items if item.mention.tie]
    if not any(item.mention.start > claim.start for item in tied):
        return []
    return [item for item in tied if claim.trigger_start < item.mention.start < claim.start]


def _places_beyond(claim: Claim, items: Sequence[Resolved], cuts: Sequence[int]) -> list[Resolved]:
    """The places in other parts of the sentence: "killed in X, while two died in Y".

    Only where the claim's own part has a place.
    """
    own = bisect_right(cuts, claim.trigger_start)
    if not any(
        item.mention.tie and bisect_right(cuts, item.mention.start) == own for item in items
    ):
        return []
    return [item for item in items if bisect_right(cuts, item.mention.start) != own]


def _cuts(sentence: Sentence | None) -> list[int]:
    """Where a sentence goes over to something else that happens."""
    return [found.start() for found in _CUT.finditer(sentence.text)] if sentence else []


def other_votes(
    ordinals: Collection[int],
    resolved: Mapping[int, Sequence[Resolved]],
    likely: Collection[str | None],
    eventful: Collection[int],
) -> list[Vote]:
    """The places named in other sentences, in a country that the account may be about.

    Args:
        ordinals: the sentences.
        resolved: the places of all sentences.
        likely: the countries.
        eventful: the sentences that tell of an event; the places of others count less.
    """
    votes = []
    for ordinal in ordinals:
        share = 1.0 if ordinal in eventful else _QUIET_SHARE
        votes += [Vote(v.resolved, v.weight * share) for v in _votes(resolved.get(ordinal, ()), ())]
    return [vote for vote in votes if vote.resolved.country in (None, *likely)]


def eventful_sentences(
    document: Document, ordinals: Collection[int], events: frozenset[str]
) -> frozenset[int]:
    """Those of the sentences that have a word for something that happens to people or places."""
    return frozenset(
        ordinal
        for ordinal in ordinals
        if (sentence := document.by_ordinal.get(ordinal)) and _tells(sentence.text, events)
    )


@lru_cache(maxsize=256)  # the accounts of one article read the same sentences again
def _tells(text: str, events: frozenset[str]) -> bool:
    return not events.isdisjoint(_WORD.findall(text.lower()))


def best_vote(votes: Sequence[Vote]) -> Vote | None:
    """The strongest vote, fine places before coarse ones of like strength."""
    return max(votes, key=_rank, default=None)


def sentences_around(
    document: Document, account: Account, taken: Collection[int], turns: tuple[str, ...]
) -> list[int]:
    """The sentences between and beside those of the account that may tell of the same event."""
    own = account.sentences
    if not own:
        return []
    sentences = document.by_ordinal
    found = [n for n in range(own[0] + 1, own[-1]) if n not in own and n not in taken]
    for ordinal in (own[-1] + 1, own[-1] + 2):
        if ordinal in taken or ordinal not in sentences or _turns(sentences[ordinal], turns):
            break
        found.append(ordinal)
    before = own[0] - 1
    if before >= 1 and before not in taken and not opens_another(document, account, turns):
        found.append(before)
    return found


def recalled_sentences(document: Document, account: Account, nouns: Collection[str]) -> list[int]:
    """The sentences before, nearest first, where the account says "the same town"."""
    own = account.sentences
    told = [document.by_ordinal[n] for n in own if n in document.by_ordinal]
    if not any(_recalls(sentence.text.lower(), nouns) for sentence in told):
        return []
    return [n for n in (own[0] - 1, own[0] - 2, own[0] - 3) if n >= 0]


def _recalls(text: str, nouns: Collection[str]) -> bool:
    pairs = (found.groups() for found in _RECALL.finditer(text))
    return any(noun in nouns for (noun,) in pairs)


def opens_another(document: Document, account: Account, turns: tuple[str, ...]) -> bool:
    """Whether the account begins with "Elsewhere" or the like: before it was another event."""
    first = [document.by_ordinal.get(ordinal) for ordinal in account.sentences[:1]]
    return any(sentence is not None and _turns(sentence, turns) for sentence in first)


def _turns(sentence: Sentence, turns: tuple[str, ...]) -> bool:
    """Whether a sentence begins with words that turn to another event."""
    return sentence.text[:_LONGEST_TURN].lower().startswith(turns)


def _votes(items: Sequence[Resolved], spots: Sequence[int]) -> list[Vote]:
    """The places of one sentence, weighed; a container weighs less than what lies in it."""
    containers = {item.mention.within for item in items if item.kind in (*FINE, "admin1", "admin2")}
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
        return bool(mention.tie in ("at", "near") or (mention.side and mention.relation))
    if item.kind == "unknown":
        told = mention.noun or mention.tie in ("at", "near") or mention.within is not None
        return bool(told)
    return True


def _closeness(mention: PlaceMention, spots: Sequence[int]) -> float:
    """1 beside the casualty word or figure, less further off; after it is nearer than before."""
    if not spots:
        return 1.0
    gaps = [mention.start - at if mention.start >= at else 1.5 * (at - mention.end) for at in spots]
    return 1.0 / (1.0 + max(min(gaps), 0.0) / _FADE)


def _tie(item: Resolved) -> float:
    """How the sentence binds the event to the place."""
    mention, relation = item.mention, item.mention.relation
    if mention.kind == "capital":
        weight = 6.0 if mention.tie in ("at", "near") else 2.0
    elif relation in _RELATIONS:
        weight = _RELATIONS[relation]
    elif mention.tie == "towards" or (mention.distance or 0.0) > 100:
        weight = 2.0
    else:
        weight = _BESIDE_WEIGHT if relation.endswith((" of", " from")) else _AT_WEIGHT
    if mention.noun and relation != "name":
        weight = max(weight, 6.0)
    if item.kind == "unknown" and mention.noun_kind in ("", "site"):
        weight *= 0.5
    return weight * (_TALK_SHARE if mention.talk else 1.0)


def _rank(vote: Vote) -> float:
    kind = vote.resolved.kind
    if kind == "country" and vote.resolved.mention.side:
        kind = "region"
    return vote.weight * _FINENESS.get(kind, 0.5)
