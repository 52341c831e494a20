"""One event told twice in an article: an account that adds nothing to the one told first.

"Three dead in farm shooting ... Ann Weller, 60, and Jon Brom, 26, died at the scene": the second
has as many dead as the first or fewer, told by name, and no word of another place, day, doer or
event. Comes after the accounts are threaded (incidents.py); the victims of an earlier event, told
once more, before.

Source: codebook section 8, "compatible and nothing contradicts".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.accounts.spots import places_apart
from transforms.coding.accounts.threads import Thread
from transforms.coding.items.by_nature import names_of
from transforms.coding.items.item import Item
from transforms.coding.text.chronicle import YEAR

_LEAD = 2
"""Up to this sentence an article tells what it is about."""

_OWN_DEED = frozenset(("active", "participle"))
"""Rules of words that name a doer or a cause: who is told that way was hit by a deed of his own."""


def without_retold(threads: list[Thread]) -> list[Thread]:
    """The accounts, those taken into the first one that tell part of it once more.

    Args:
        threads: the accounts of an article in text order; the first one's items change.
    """
    threads = _without_recounted(threads)
    first = next((thread for thread in threads if thread.scope == "incident"), None)
    if first is None or first.items[0].sentence > _LEAD:
        return threads
    again = [t for t in threads if t is not first and t.scope == "incident" and _held(t, first)]
    _take_in(first, again)
    return [thread for thread in threads if thread not in again]


def _take_in(first: Thread, again: Sequence[Thread]) -> None:
    """Add to an account those that tell part of it once more."""
    told = {item.kind for item in first.items if item.relation in ("total", "part")}
    for item in (item for thread in again for item in thread.items):
        item.relation = "superseded" if item.kind in told else item.relation
    first.items = sorted(
        (item for thread in (first, *again) for item in thread.items),
        key=lambda item: (item.sentence, item.begin),
    )


def _without_recounted(threads: list[Thread]) -> list[Thread]:
    """The accounts, those taken in whose dead, told one by one, are as many as one before counts.

    As in "The fire killed a woman and three children. ... Ana Ruiz, 27, died with her daughter
    Eva. Holly, three, and Jordan, four, were also killed".
    """
    kept: list[Thread] = []
    for thread in threads:
        counted = next((known for known in reversed(kept) if _recounts(thread, known)), None)
        if counted is None:
            kept.append(thread)
        else:
            _take_in(counted, [thread])
    return kept


def _recounts(thread: Thread, known: Thread) -> bool:
    """Whether the dead of an account, several and all persons, are as many as another's number."""
    dead = [item for item in thread.of("killed") if item.relation in ("total", "part")]
    total = [item for item in known.of("killed") if item.relation in ("total", "part")]
    return (
        thread.scope == known.scope == "incident"
        and len(total) == 1 < len(dead)
        and total[0].value >= _SEVERAL
        and not total[0].people
        and all(item.people for item in dead)
        and sum(item.value for item in dead) == total[0].value
        and not any(item.another for item in dead)
        and not places_apart(thread.places, known.places)
    )


_SEVERAL = 3
"""As many dead are seldom by chance as many again."""


def recall_victims(items: Sequence[Item]) -> None:
    """Set the scope of items that go on to tell, right after an earlier event, of its victims.

    As in "... near a 2014 shooting that left a girl of 12 dead. Eva Lund was shot as she rode".

    Args:
        items: all items of an article in text order; those change that tell of nobody else.
    """
    for position, item in enumerate(items):
        if item.scope != "incident" or not item.people or item.fresh or item.another or item.days:
            continue
        if died := next((other for other in items if _died_then(item, other)), None):
            item.scope, item.whole = died.scope, died
            item.mention.recalled = item.mention.court = False  # it is the time that recalls
            continue
        before = items[:position]
        told = [other for other in before if other.scope == "incident"]
        known = next((other for other in reversed(before) if _goes_on(item, other)), None)
        if known and told and not any(other.people & item.people for other in told):
            item.scope, item.whole = known.scope, known


def _died_then(item: Item, known: Item) -> bool:
    """Whether it tells once more of one whom the lead says to have died in a year long past."""
    return bool(
        known.kind == "killed"
        and known.scope == "background"
        and item.people == known.people
        and not _is_of_news(known)
        and YEAR.search(known.tokens.text) is not None
        and (known.sentence < _LEAD or _LEAD < known.sentence < item.sentence)
        and (names_of(item) & names_of(known) or (item.by_pronoun and item.sentence <= _EARLY))
    )


_EARLY = 4
"""Up to this sentence a pronoun speaks of the one in the lead."""


def _is_of_news(known: Item) -> bool:
    """Whether something but its time makes an item background."""
    mention = known.mention
    return mention.recalled or mention.court or mention.rule == "attributive"


def _goes_on(item: Item, known: Item) -> bool:
    """Whether an item tells of the people of one that was recalled right before."""
    return (
        known.scope == "background"
        and not _is_of_news(known)
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
    known = [item for item in known if not (item.vague and item.relation == "superseded")]
    if not known or any(item.vague for item in known):
        return False
    most = max(item.value for item in known)
    standing = sum(item.value for item in told if item.relation in ("total", "part"))
    counted = most in (standing, sum(item.value for item in told))
    persons = all(item.people or _are_kin(item) for item in told)
    if standing > most or not (counted or persons):
        return False
    known_people, people = _people(known), _people(told)
    if known_people and not people <= known_people:
        return False
    if people and known_people and not any(item.fresh for item in told):
        return True
    heads, others = _heads(told), _heads(known)
    generic = not heads or not others or (heads | others) & told[0].words.generic
    return bool(generic) or bool(heads & others)


def _are_kin(item: Item) -> bool:
    """Whether somebody is told by name, with his own ("Ann Quill, her son and their cousins")."""
    first, *others = item.mention.groups
    owned = all(group.kind in ("one", "name") or group.possessive for group in others)
    return first.kind == "name" and bool(others) and owned


def _people(items: list[Item]) -> frozenset[int]:
    return frozenset().union(*(item.people for item in items))


def _heads(items: list[Item]) -> frozenset[str]:
    return frozenset().union(*(item.heads() for item in items))
