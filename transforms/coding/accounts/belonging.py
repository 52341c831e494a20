"""What speaks for and against an item's belonging to an account, by name and amount.

What each piece of evidence counts stands in data/reference/lexicon/incidents.toml. Source: codebook
sections 2, 3 and 8.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.coding.accounts.adding import is_of_doers
from transforms.coding.accounts.comparing import (
    contrasts,
    counted_alike,
    made_up_otherwise,
    sources_disagree,
)
from transforms.coding.accounts.hurt_and_dead import (
    counts_dead_too,
    is_still_gone,
)
from transforms.coding.accounts.spots import countries_apart, places_apart, places_shared
from transforms.coding.accounts.threads import Thread
from transforms.coding.items.item import Item
from transforms.coding.words.lexicon import CAPITAL


def _one_of_total(item: Item, kin: list[Item]) -> bool:
    """Whether victims told one by one may be those of a number that stands ("left two dead")."""
    found = item.mention.rule == "bodies"  # "the body of a camper was found on Thursday"
    if not item.people or (item.fresh and not found) or item.another or item.additive:
        return False
    if item.new and not found:
        return False
    totals = [k.value for k in kin if k.relation in ("total", "part") and not k.people]
    return bool(totals) and item.value <= max(totals)


def _is_dead_doer(item: Item, thread: Thread) -> bool:
    """Whether those who did what the account tells die themselves, or did it before they died."""
    if any(other.mention.attackers and other.sentence == item.sentence for other in thread.items):
        return True
    first = item.mention.groups[0].first
    told = item.kind == "killed" and item.heads() & item.words.attackers
    return bool(told) and item.tokens.low[first] == "all"


def _is_named(item: Item) -> bool:
    """Whether a victim is told with a name ("General Ana Ruiz")."""
    flags = item.tokens.flags
    return item.tokens.capitals or any(
        flags[group.last - 1] & CAPITAL for group in item.mention.groups
    )


def _sums_up_parts(item: Item, known: list[Item]) -> bool:
    """Whether it is as many as the parts before it ("four died ... one more ... five in all")."""
    parts = [other.value for other in known if other.relation == "part"]
    return len(parts) > 1 and not item.additive and sum(parts) == item.value


NEAR = 4
"""Sentences within which the parts of a total are told."""


_SMALL = 3
"""Up to here two figures are often the same by chance."""
_NOT_SMALL, _RARE = 5, 10
"""From each of these on it is less often by chance that a figure comes again."""
_RIVAL = 8
"""Sentences within which a figure is held against another."""


def weigh(item: Item, thread: Thread, recency: int, parted: bool) -> Iterator[tuple[str, float]]:
    """The evidence for and against an item's belonging to an account, by name and amount.

    Args:
        item: the item.
        thread: the account so far.
        recency: how many accounts were opened since (0: it is the newest).
        parted: whether the item is one part of a total over separate events.
    """
    last = thread.last
    same_clause = last.sentence == item.sentence and item.begin == last.begin
    if item.scope != "incident":
        together = same_clause and not thread.of(item.kind)
        goes_on = any(item.whole is other for other in thread.items)
        yield ("together" if together or goes_on else "never"), 1.0
        return
    if item.mention.rule == "entry":  # of a table that has an event in each row
        yield ("same_clause" if same_clause else "never"), 1.0
        return
    yield from _position(item, thread, recency, same_clause)
    yield from _figures(item, thread, recency, same_clause)
    yield from _words(item, thread, same_clause)
    yield from _setting(item, thread, same_clause)
    if parted and thread.of(item.kind):
        yield "part_of_separate_events", 1.0


def _position(
    item: Item, thread: Thread, recency: int, same_clause: bool
) -> Iterator[tuple[str, float]]:
    last = thread.last
    same_sentence = last.sentence == item.sentence
    if same_clause:
        yield "same_clause", 1.0
    elif same_sentence:
        yield "other_clause", 1.0
    if recency == 0:
        yield "newest", 1.0
        if last.sentence == 0:
            yield "headline_and_lead", 1.0
        stood = item.mention.rule == "stood"
        if item.corrected or stood or any(other.initial for other in thread.of(item.kind)):
            yield "corrected", 1.0
        if item.mention.subset:
            yield "subset", 1.0
    elif item.another:
        yield "another_than_older", 1.0
    yield "distance", float(min(max(item.sentence - last.sentence - 1, 0), 4))
    if item.split and same_sentence:
        yield "told_in_one_breath", 1.0
    if item.told_between > last.sentence and not same_sentence:
        yield "event_between", 1.0


def _figures(
    item: Item, thread: Thread, recency: int, same_clause: bool
) -> Iterator[tuple[str, float]]:
    known = thread.of(item.kind)
    if not known:
        yield "new_kind", 1.0
        return
    values = {other.value for other in known}
    sharper = not item.vague and all(other.vague for other in known)
    if sharper:
        yield "number_after_vague", 1.0
    if item.vague and recency == 0 and not item.new and not item.another:
        yield "vague_after_number", 1.0
    told = any(
        other.value == item.value
        and (item.value >= _RARE or counted_alike(other, item))
        and not made_up_otherwise(other, item)
        for other in known
    )
    if item.value and not item.additive and told:
        telling = item.value > _SMALL or item.pointing
        yield ("same_figure" if telling else "same_small_figure"), 1.0
        yield "larger_figure", float((item.value >= _NOT_SMALL) + (item.value >= _RARE))
    if counts_dead_too(item, thread.items) or (not told and _sums_up_parts(item, known)):
        yield "same_figure", 1.0
    fresh = item.value not in values
    follows = item.sentence - thread.last.sentence <= 1 and not item.new
    disagree = fresh and any(sources_disagree(other, item) for other in known)
    if disagree and item.rival and item.sentence - thread.last.sentence <= _RIVAL:
        # a number alone counts what was counted before, whatever else the words say
        yield "rival_figure", 3.0 if item.mention.rule == "rival" else 1.0
    elif disagree and follows:
        yield "other_source", 1.0
    if item.disputes and recency == 0:
        yield "disputes", 1.0
    risen = item.sentence in {k.sentence for k in known if k.mention.toll and k.value > item.value}
    other = fresh and not sharper and not same_clause
    if other and not item.pointing and not item.additive and not risen:
        yield "other_figure", 1.0  # but "climbed to 67 after four bodies were found" is one event
    if (
        (fresh or item.value <= _SMALL)
        and item.opens_place
        and thread.last.sentence != item.sentence
    ):
        yield "opens_with_place", 1.0


def _words(item: Item, thread: Thread, same_clause: bool) -> Iterator[tuple[str, float]]:
    if item.pointing or item.mention.toll or item.was_told:
        yield "points_back", 1.0
    gone = item.kind == "missing" and is_still_gone(item) and bool(thread.of("missing"))
    if item.same or gone:
        yield "same_event_word", 1.0
    if item.follows and item.sentence - thread.last.sentence == 1:
        yield "share_of_total", 0.5
    if item.additive:
        yield "additive", 1.0
    if item.mention.attackers or _is_dead_doer(item, thread):
        yield "attacker_dies", 1.0
    next_told = item.sentence - thread.last.sentence <= 1 and not _is_named(item)
    own_loss = next_told and any(is_of_doers(item, other) for other in thread.items)
    if not item.places and (own_loss or not item.words.helpers.isdisjoint(item.heads())):
        yield "helpers_hurt", 1.0
    if item.whole is not None and any(item.whole is other for other in thread.items):
        yield "share_of_total", 1.0
    if item.mention.rule == "table" == thread.last.mention.rule:
        yield "share_of_total", 1.0
    if item.own and thread.last.sentence != item.sentence:
        yield "belongs_to_victim", 1.0
    kin = [other for other in thread.items if other.kind == item.kind]
    others = all(k.people and not k.people & item.people for k in kin)
    if item.people and kin and others and not item.mention.attackers:
        yield "other_person", 1.0 if item.sentence - thread.last.sentence <= NEAR else 2.0
    if item.mention.rule == "subject" and not item.fresh and item.tells_condition:
        yield "state_of_victim", 1.0
    if _one_of_total(item, kin):
        yield "one_of_total", 1.0
    if item.people and item.people <= thread.people():
        if item.known_again:
            yield "same_person", 1.0
        elif not item.another:
            back = not item.fresh or item.mention.weak or thread.last.sentence == 0
            yield ("maybe_same_person" if back else "maybe_another_person"), 1.0
    if item.pointed and thread.heads() & item.pointed:
        yield "names_same_people", 1.0
    contrasted = any(contrasts(item, known) for known in kin)
    if contrasted or (item.sentence - thread.last.sentence <= 1 and _other_side(item, thread)):
        yield "other_side", 1.0
    kinds = {other.kind for other in thread.items}
    apart = "abducted" not in kinds if item.kind == "abducted" else kinds == {"abducted"}
    if apart and not item.pointing and not same_clause:
        yield "abduction_or_not", 1.0
    same = item.known_again and bool(item.people) and item.people <= thread.people()
    if not same_clause:
        if item.new and not _opened_beside(item, thread):
            yield "new_event_word", 1.0
        if item.another and not same:
            yield "another_event_word", 1.0


def _opened_beside(item: Item, thread: Thread) -> bool:
    """Whether a sentence names its event at its end ("Two died while four were hurt in a")."""
    return thread.items[0].sentence == item.sentence and not thread.families and not item.another


def _other_side(item: Item, thread: Thread) -> bool:
    """Whether it counts the losses of the other side of a fight, in what is told right after."""
    own, known = item.armed, frozenset().union(*(other.armed for other in thread.items))
    return len(own | known) > 1 and bool(own) and not own & known and not item.new


def _setting(item: Item, thread: Thread, same_clause: bool) -> Iterator[tuple[str, float]]:
    if not same_clause and places_apart(item.places, thread.places):
        yield ("places_apart_adding" if item.additive else "places_apart"), 1.0
        apart = item.sentence != thread.last.sentence and not item.people
        if apart and countries_apart(item.places, thread.places):
            yield "countries_apart", 1.0
    elif places_shared(item.places, thread.places):
        yield "place_shared", 1.0
    families = thread.families if item.families and not same_clause else None
    if families:
        if not item.families & families:
            if not (item.same and _other_side(item, thread)):  # "in the ensuing firefight"
                yield "kinds_of_event_apart", 1.0
        else:
            yield ("same_kind_pointed_at" if item.same else "same_kind_of_event"), 1.0
    if item.days and thread.days and not item.days & thread.days:
        yield "days_apart", 1.0
