"""Items to accounts: which figures of an article speak of the same event.

The article is read from top to bottom. Each item joins the account that the evidence speaks for
most, or opens a new one (belonging.py).

Source: codebook sections 2, 3 and 8.
"""

from __future__ import annotations

from collections.abc import Mapping

from transforms.coding.accounts.belonging import NEAR, weigh
from transforms.coding.accounts.comparing import counted_alike
from transforms.coding.accounts.hurt_and_dead import (
    drop_weaker_kinds,
    revive_gunned_down,
)
from transforms.coding.accounts.relations import relate_item
from transforms.coding.accounts.retold import recall_victims, without_retold
from transforms.coding.accounts.shares import mark_shares
from transforms.coding.accounts.threads import Thread
from transforms.coding.items.item import Item


def thread_items(items: list[Item], weights: Mapping[str, float]) -> list[Thread]:
    """The accounts of an article from its items in text order.

    Args:
        items: all items of the article.
        weights: what each piece of evidence counts; an item joins where the sum is above 0.
    """
    threads: list[Thread] = []
    revive_gunned_down(items)
    mark_shares(items)
    recall_victims(items)
    for position, item in enumerate(items):
        item.also = item.also and not _told_in_headline(item, items[:position])
        thread = _best_thread(item, threads, weights)
        if thread is None:
            thread = Thread([], item.scope)
            threads.append(thread)
        thread.items.append(item)
        if not thread.places or item.places:
            thread.places |= item.places
        thread.days |= item.days
        relate_item(item, thread.items)
    threads = _without_echoes(threads)
    threads = without_retold(_without_shot_dead(threads))
    for thread in threads:
        drop_weaker_kinds(thread.items)
    # a part of a total that the article does not give tells of no event
    return [t for t in threads if any(not item.mention.subset for item in t.items)]


def _told_in_headline(item: Item, before: list[Item]) -> bool:
    """Whether "also" goes with no victims before: only the headline told of any, of these ones."""
    kin = [other for other in before if other.kind == item.kind]
    return bool(kin) and all(
        (other.sentence == 0 or other.value > 1)
        and other.value == item.value
        and counted_alike(other, item)
        and not (item.places - other.places or item.days - other.days)
        for other in kin
    )


def _without_echoes(threads: list[Thread]) -> list[Thread]:
    """The accounts, those that only recall the victims of another one taken into it."""
    kept: list[Thread] = []
    for thread in threads:
        first = _first_told(thread, threads, kept)
        if first is None:
            kept.append(thread)
            continue
        told = {i.kind for i in first.items if i.relation in ("total", "part")}
        for item in thread.items:
            item.scope = first.scope
            item.relation = "superseded" if item.kind in told else item.relation
        first.items = sorted([*first.items, *thread.items], key=lambda i: (i.sentence, i.begin))
    return kept


def _without_shot_dead(threads: list[Thread]) -> list[Thread]:
    """The accounts without those that only say that somebody was shot whose death another tells."""
    kept: list[Thread] = []
    for thread in threads:
        deaths = [
            t for t in threads if t is not thread and t.scope == "incident" and _tells_dead(t)
        ]
        people = thread.people()
        dead = next((t for t in deaths if people and people <= _dead_of(t)), None)
        only_shot = all(item.kind == "injured" and item.mention.weak for item in thread.items)
        if thread.scope == "incident" and only_shot and dead is not None and _pointed(thread):
            for item in thread.items:
                item.relation = "superseded"
            dead.items = sorted([*dead.items, *thread.items], key=lambda i: (i.sentence, i.begin))
        else:
            kept.append(thread)
    return kept


def _tells_dead(thread: Thread) -> bool:
    return any(item.kind == "killed" for item in thread.items)


def _dead_of(thread: Thread) -> frozenset[int]:
    return frozenset().union(*(item.people for item in thread.of("killed")))


def _pointed(thread: Thread) -> bool:
    """Whether no item brings up anybody ("the 6-year-old", "he", a name)."""
    return not any(item.fresh for item in thread.items)


def _first_told(thread: Thread, threads: list[Thread], kept: list[Thread]) -> Thread | None:
    """The account of the same persons: one that is news, else one that recalls them before."""
    if not thread.is_echo():
        return None
    people = thread.people()
    news = [t for t in threads if t.scope == "incident"]
    earlier = [t for t in kept if t.is_echo()]
    return next((t for t in [*news, *earlier] if people <= t.people() and _meets(t, thread)), None)


def _meets(known: Thread, thread: Thread) -> bool:
    """Whether the later of two accounts points back at the persons of the other."""
    later = max(known, thread, key=lambda t: t.items[0].sentence).items[0]
    return later.known_again or not later.fresh


def _best_thread(item: Item, threads: list[Thread], weights: Mapping[str, float]) -> Thread | None:
    best: Thread | None = None
    best_score = 0.0
    parted = _parted_by_total(item, threads)
    back = item.kind == "injured" or item.corrected  # what is recalled between does not part them
    open_to = [t for t in threads if not back or t.scope == item.scope]
    if item.corrected:
        open_to = [t for t in open_to if t.of(item.kind)] or open_to
    for recency, thread in enumerate(reversed(open_to)):
        if thread.scope != item.scope:
            continue
        score = 0.0
        for name, amount in weigh(item, thread, recency, parted):
            score += weights[name] * amount
        if score > best_score:
            best, best_score = thread, score
    return best


def _parted_by_total(item: Item, threads: list[Thread]) -> bool:
    """Whether a total over separate events was given, whose parts are now told one by one."""
    if not item.additive or item.scope != "incident":
        return False
    told = sum(i.value for t in threads if t.scope == "incident" for i in t.of(item.kind))
    totals = [i for t in threads if t.scope == "aggregate" for i in t.of(item.kind)]
    return any(
        total.value >= told + item.value and item.sentence - total.sentence <= NEAR
        for total in totals
    )
