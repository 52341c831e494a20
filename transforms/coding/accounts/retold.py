"""One event told twice in an article: an account that adds nothing to the one told first.

"Three dead in farm shooting ... Ann Weller, 60, and Jon Brom, 26, died at the scene": the second
has as many dead as the first or fewer, told by name, and no word of another place, day, doer or
event. Comes after the accounts are threaded (incidents.py); the victims of an earlier event, told
once more, before.

Source: codebook section 8, "compatible and nothing contradicts".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.accounts.threads import Thread
from transforms.coding.items.item import Item, places_apart

_LEAD = 2
"""Up to this sentence an article tells what it is about."""

_OWN_DEED = frozenset(("active", "participle"))
"""Rules of words that name a doer or a cause: who is told that way was hit by a deed of his own."""


def without_retold(threads: list[Thread]) -> list[Thread]:
    """The accounts, those taken into the first one that tell part of it once more.

    Args:
        threads: the accounts of an article in text order; the first one's items change.
    """
    first = next((thread for thread in threads if thread.scope == "incident"), None)
    if first is None or first.items[0].sentence > _LEAD:
        return threads
    again = [t for t in threads if t is not first and t.scope == "incident" and _held(t, first)]
    told = {item.kind for item in first.items if item.relation in ("total", "part")}
    for item in (item for thread in again for item in thread.items):
        item.relation = "superseded" if item.kind in told else item.relation
    first.items = sorted(
        (item for thread in (first, *again) for item in thread.items),
        key=lambda item: (item.sentence, item.begin),
    )
    return [thread for thread in threads if thread not in again]


def recall_victims(items: Sequence[Item]) -> None:
    """Set the scope of items that go on to tell, right after an earlier event, of its victims.

    As in "... near a 2014 shooting that left a girl of 12 dead. Eva Lund was shot as she rode".

    Args:
        items: all items of an article in text order; those change that tell of nobody else.
    """
    for position, item in enumerate(items):
        if item.scope != "incident" or not item.people or item.fresh or item.another or item.days:
            continue
        before = items[:position]
        told = [other for other in before if other.scope == "incident"]
        known = next((other for other in reversed(before) if _goes_on(item, other)), None)
        if known and told and not any(other.people & item.people for other in told):
            item.scope, item.whole = known.scope, known


def _goes_on(item: Item, known: Item) -> bool:
    """Whether an item tells of the people of one that was recalled right before."""
    of_news = known.mention.recalled or known.mention.court or known.mention.rule == "attributive"
    return (
        known.scope == "background"
        and not of_news
        and 0 < item.sentence - known.sentence <= _RIGHT_AFTER
        and item.people <= known.people
    )


_RIGHT_AFTER = 2
"""Sentences within which what is recalled goes on."""


def _held(thread: Thread, first: Thread) -> bool:
    """Whether the first account holds all that another one tells."""
    kinds = {item.kind for item in thread.items}
    known = bool(thread.people()) and thread.people() <= first.people()
    return (
        kinds <= {"killed", "injured"}
        and not any(_tells_apart(item) for item in thread.items)
        and not _turns(thread.items[0])
        and (known or not thread.items[0].new)
        and not _set_apart(thread, first)
        and any(first.of(kind) for kind in kinds)
        and all(_holds(first.of(kind), thread.of(kind)) for kind in kinds if first.of(kind))
    )


def _tells_apart(item: Item) -> bool:
    return item.vague or item.another or item.mention.rule in _OWN_DEED


def _turns(opening: Item) -> bool:
    """Whether the first words of an account turn to something else."""
    return opening.additive or opening.also or opening.opens_place


def _set_apart(thread: Thread, first: Thread) -> bool:
    """Whether it names a place, day or kind of event that the first one does not have."""
    families = bool(thread.families) and bool(first.families)
    return (
        places_apart(thread.places, first.places)
        or bool(thread.days - first.days)
        or (families and thread.families.isdisjoint(first.families))
    )


def _holds(known: list[Item], told: list[Item]) -> bool:
    """Whether figures of one kind may be of people whom the figures known count."""
    if not known or any(item.vague for item in known):
        return False
    most = max(item.value for item in known)
    standing = sum(item.value for item in told if item.relation in ("total", "part"))
    counted = most in (standing, sum(item.value for item in told))
    if standing > most or not (counted or all(item.people for item in told)):
        return False
    persons, people = _people(known), _people(told)
    if persons and not people <= persons:
        return False
    if people and persons and not any(item.fresh for item in told):
        return True
    heads, others = _heads(told), _heads(known)
    generic = not heads or not others or (heads | others) & told[0].words.generic
    return bool(generic) or bool(heads & others)


def _people(items: list[Item]) -> frozenset[int]:
    return frozenset().union(*(item.people for item in items))


def _heads(items: list[Item]) -> frozenset[str]:
    return frozenset().union(*(item.heads() for item in items))
