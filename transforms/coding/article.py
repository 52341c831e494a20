"""Articles to their accounts: the cascade from sentences to described events.

    documents -> sentences -> tokens -> mentions -> items -> threads -> accounts

`read_accounts` is the chain for one article, `read_batch` for many; every stage can be run by
itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from transforms.coding.accounts.incidents import thread_items
from transforms.coding.accounts.overall import sum_up_overall
from transforms.coding.accounts.settle import add_bounds
from transforms.coding.accounts.threads import Thread
from transforms.coding.event_types import type_account
from transforms.coding.groups.group import Group
from transforms.coding.item_reader import read_items
from transforms.coding.items.item import Item, Spot
from transforms.coding.items.roles import victim_role
from transforms.coding.knowledge import Knowledge
from transforms.coding.model import (
    DISPUTED,
    GANG,
    Account,
    Claim,
    Document,
    Sentence,
)
from transforms.coding.reach import LONG, near_claims, placing_sentences
from transforms.coding.when.dating import date_account
from transforms.coding.when.rescope import rescope_accounts
from transforms.coding.where.country import country_shares
from transforms.coding.where.mentions import PlaceMention, find_places
from transforms.coding.where.persons import with_surnames
from transforms.coding.where.place import place_account
from transforms.coding.where.resolve import Resolved, resolve_places
from transforms.coding.who.actors import introduced_names
from transforms.coding.who.attribution import attribute_account
from transforms.coding.words.lexicon import CAPITAL


@dataclass(slots=True)
class _Reading:
    """An article on its way through the stages, and what they have read of it so far.

    Attributes:
        document: the article; a long one only near its claims, once its accounts are known.
        items: its mentions of casualties.
        resolved: ordinal of a sentence -> the places that it names.
        taken: for each account the ordinals of the sentences that speak of other accounts only.
    """

    document: Document
    items: list[Item] = field(default_factory=list)
    near: tuple[Sentence, ...] = ()
    found: Mapping[int, Sequence[PlaceMention]] = field(default_factory=dict)
    resolved: Mapping[int, Sequence[Resolved]] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)
    taken: list[frozenset[int]] = field(default_factory=list)


def read_accounts(document: Document, knowledge: Knowledge) -> list[Account]:
    """The accounts of one article with their claims, days, places, kinds and blame."""
    return read_batch([document], knowledge)[0]


def read_batch(documents: Sequence[Document], knowledge: Knowledge) -> list[list[Account]]:
    """The accounts of each article, none where nobody was harmed.

    All articles pass one stage before any comes to the next: the code and the tables of a stage
    stay in the processor's cache, which has no room for those of all (2026-11: a sixth less time).
    """
    readings = [_Reading(document, read_items(document, knowledge)) for document in documents]
    telling = [reading for reading in readings if reading.items]
    for stage in (*_CLAIMING, *_DESCRIBING):
        for reading in telling:
            stage(reading, knowledge)
    return [reading.accounts for reading in readings]


def _find_places(reading: _Reading, knowledge: Knowledge) -> None:
    """Find the names of places around claims."""
    document, gazetteer = reading.document, knowledge.gazetteer
    reading.near = near_claims(document, {item.sentence for item in reading.items})
    reading.found = {
        s.ordinal: find_places(s.text, gazetteer)
        for s in placing_sentences(document, reading.near, gazetteer)
    }


def _resolve_places(reading: _Reading, knowledge: Knowledge) -> None:
    """Resolve the names, and set the places of the items."""
    told = with_surnames(reading.found, reading.document, _last_names(reading.items))
    reading.resolved = resolve_places(told, reading.document, knowledge.gazetteer)
    for item in reading.items:
        item.places = _spots(item, reading.resolved.get(item.sentence, ()))


def _make_accounts(reading: _Reading, knowledge: Knowledge) -> None:
    """Tell the events apart and make the accounts of them, with their claims."""
    document = reading.document
    threads = thread_items(reading.items, knowledge.incidents.weights)
    reading.accounts = [
        Account(
            number,
            thread.scope,
            _claims(thread, knowledge),
            recalled=all(item.mention.recalled for item in thread.items),
            court=all(item.mention.recalled or item.mention.court for item in thread.items),
        )
        for number, thread in enumerate(sum_up_overall(threads, document, knowledge.incidents))
    ]
    _mark_disputed(reading.accounts, document, knowledge)
    reading.taken = _taken(reading.accounts)
    if len(document.sentences) > LONG:
        reading.document = replace(document, sentences=reading.near)


def _last_names(items: Sequence[Item]) -> frozenset[str]:
    """The last words of the victims' full names."""
    return frozenset(
        item.tokens.text[item.tokens.start[group.last - 1] : item.tokens.end[group.last - 1]]
        for item in items
        for group in item.mention.groups
        if group.value == 1 and _is_named(item, group)
    )


def _is_named(item: Item, group: Group) -> bool:
    """Whether a group ends with a full name ("Officer Ana Cortez")."""
    ends = item.tokens.flags[group.last - 2 : group.last] if group.last - group.first > 1 else []
    return bool(ends) and not item.tokens.capitals and all(flag & CAPITAL for flag in ends)


def _mark_disputed(accounts: list[Account], document: Document, knowledge: Knowledge) -> None:
    """Set the stance of figures that a later sentence calls wrong.

    A dispute is about the last figures before it: those of the account told last up to there.
    """
    for sentence in document.sentences:
        disputed = sentence.signs & DISPUTED
        match = knowledge.scope.disputed.search(sentence.text.lower()) if disputed else None
        if match is None:
            continue
        before = [
            (claim.sentence, claim.start, account)
            for account in accounts
            if account.scope == "incident"
            for claim in account.claims
            if (claim.sentence, claim.start) < (sentence.ordinal, match.end())
        ]
        if not before:
            continue
        told = max(before, key=lambda entry: entry[:2])[2]
        earlier = [c for c in told.claims if c.sentence < sentence.ordinal]
        last = max((c.sentence for c in earlier), default=sentence.ordinal)
        for claim in told.claims:
            if claim.sentence == last and (earlier or claim.start < match.start()):
                claim.stance = "disputed"


def _spots(item: Item, resolved: Sequence[Resolved]) -> frozenset[Spot]:
    """The places that the clause of an item names as places of what happened."""
    named = [
        (item.tokens.start[group.first], item.tokens.end[group.last - 1])
        for group in item.mention.groups
        if group.kind == "name"
    ]
    return frozenset(
        Spot(
            r.place.name if r.place else r.mention.text,
            "unknown" if r.mention.noun_kind == "inner" else r.kind,  # "the suburb of X"
            r.country,
            r.admin1,
        )
        for r in resolved
        if item.begin <= r.mention.start < item.end
        and r.kind != "people"
        and not r.mention.talk
        and r.mention.relation not in ("from", "subject", "name")
        and not (r.kind == "country" and r.mention.relation == "adjunct")
        and not _LIVES_THERE.match(item.tokens.text, r.mention.end)
        and not any(start <= r.mention.start < end for start, end in named)  # "Allen was hurt"
    )


_LIVES_THERE = re.compile(r" (?:resident|native|residents|natives)\b")
"""After a town in which a victim lives ("a 26-year-old Salem resident")."""


def _claims(thread: Thread, knowledge: Knowledge) -> list[Claim]:
    """The claims of one account: one per mention and role of its victims."""
    claims: list[Claim] = []
    for item in thread.items:
        by_role: dict[str, list[Group]] = {}
        for group in item.mention.groups:
            by_role.setdefault(victim_role(item.tokens, group, knowledge.lexicon), []).append(group)
        if len(by_role) > 1 and item.relation == "total" and _has_rivals(item, thread):
            by_role = {"unknown": item.mention.groups}  # one figure, held against others
        for role, groups in by_role.items():
            low, best, high = add_bounds(groups)
            first, last = groups[0].figure_first, groups[-1].last
            relation = item.relation
            if len(by_role) > 1 and relation == "total":
                relation = "part"
            claims.append(
                Claim(
                    item.kind,
                    low,
                    best,
                    high,
                    item.tokens.words(first, max(last, first + 1)),
                    _convention(groups),
                    item.sentence,
                    item.tokens.start[first],
                    item.tokens.end[max(last, first + 1) - 1],
                    item.tokens.start[item.mention.first],
                    item.tokens.end[item.mention.last - 1],
                    item.mention.rule,
                    victims=item.tokens.words(groups[0].first, groups[-1].last),
                    victim_role=role,
                    relation=relation,
                    scope=item.scope,
                    speaker=item.speaker.words,
                    speaker_role=item.speaker.role,
                )
            )
    return claims


def _has_rivals(item: Item, thread: Thread) -> bool:
    """Whether another total of its kind stands in its account."""
    return any(
        other is not item and other.kind == item.kind and other.relation == "total"
        for other in thread.items
    )


def _convention(groups: list[Group]) -> str:
    names = {group.convention for group in groups}
    if len(groups) > 1 and names == {"exact"}:
        return "persons" if all(g.kind in ("one", "name") for g in groups) else "exact"
    return next(iter(names)) if len(names) == 1 else "sum"


def _date(reading: _Reading, knowledge: Knowledge) -> None:
    """Set the days of the accounts."""
    for account, taken in zip(reading.accounts, reading.taken, strict=True):
        account.dating = date_account(reading.document, account, knowledge.when, taken=taken)


def _place(reading: _Reading, knowledge: Knowledge) -> None:
    """Set the places of the accounts."""
    document, resolved, gazetteer = reading.document, reading.resolved, knowledge.gazetteer
    shares = country_shares(document, resolved, gazetteer)
    for account in reading.accounts:
        account.placing = place_account(document, account, resolved, gazetteer, shares=shares)


def _rescope(reading: _Reading, knowledge: Knowledge) -> None:
    """Set scopes anew, now that days are known."""
    rescope_accounts(reading.accounts, reading.document, knowledge.scope)


def _blame(reading: _Reading, knowledge: Knowledge) -> None:
    """Set who did it."""
    introduced = introduced_names(reading.document.texts_with(GANG), knowledge.actors)
    for account, taken in zip(reading.accounts, reading.taken, strict=True):
        account.blame = attribute_account(
            reading.document, account, knowledge.actors,
            taken=taken, introduced=introduced,
            numbers=knowledge.lexicon.numbers,
        )  # fmt: skip


def _type(reading: _Reading, knowledge: Knowledge) -> None:
    """Set the types of the events."""
    types = knowledge.event_types
    for account in reading.accounts:
        account.domain, account.event_type = type_account(reading.document, account, types)


_CLAIMING = (_find_places, _resolve_places, _make_accounts)
_DESCRIBING = (_date, _place, _rescope, _blame, _type)
"""The stages after the items, in order."""


def _taken(accounts: list[Account]) -> list[frozenset[int]]:
    """For each account the ordinals of the sentences that speak of other accounts only."""
    own = [frozenset(account.sentences) for account in accounts]
    told = frozenset().union(*own)
    return [told - ordinals for ordinals in own]
