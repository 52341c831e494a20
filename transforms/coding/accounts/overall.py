"""Totals that the words do not mark: of all such events so far, of events told one by one.

As in "Gunmen killed two teachers near Bambari on Monday. ... More than 350 people have been killed,
aid groups say", and in "Gunmen killed 11. On Monday seven died in ... On Tuesday four". Comes after
the accounts are threaded (incidents.py).

Source: codebook section 2, `aggregate`.
"""

from __future__ import annotations

from collections.abc import Sequence

import re2

from transforms.coding.accounts.threads import Thread
from transforms.coding.items.cues import IncidentCues
from transforms.coding.items.item import Item
from transforms.coding.model import Document

_MANY = 100
"""No fewer dead: smaller figures may be of the same event."""
_TIMES = 20
"""So many times what is news no other view of the same event counts."""
_OPENING = 4
"""Sentences that tell what an article is about."""
_AFTER = 3
"""Sentences from the news to a figure of all events; nearer it may be the news in full."""

_ONE_BLOW = ("nature", "crash", "collapse", "disease")
"""Kinds of events that kill very many at once, of whom some are told first."""


def sum_up_overall(
    threads: Sequence[Thread], document: Document, cues: IncidentCues
) -> list[Thread]:
    """The accounts, those made totals that give the toll of all events of a long time.

    Args:
        threads: the accounts of an article in text order; the scopes of their items change.
        document: the article.
        cues: the words of the kinds of events.
    """
    _sum_up_parts(threads)
    news = next((t for t in threads if t.scope == "incident" and t.of("killed")), None)
    dead = [item for item in news.of("killed") if _stands(item)] if news else []
    told = sum(item.value for item in dead)
    if news is None or not told or any(item.vague or item.mention.subset for item in dead):
        return list(threads)
    for thread in threads:
        far = thread.items[0].sentence - news.items[0].sentence >= _AFTER
        if thread is news or thread.scope != "incident" or not far:
            continue
        overall = all(_is_overall(item, told) for item in thread.items)
        if overall and not _is_of_one_blow(document, cues):
            _make_total(thread)
    return list(threads)


def _sum_up_parts(threads: Sequence[Thread]) -> None:
    """Make a total of the account that an article opens with where others tell its events.

    As in "Gunmen killed 11 people in two attacks. ... seven ... On Tuesday four": the figures told
    after it are of several accounts and make up its own, or some of it where its words say that
    it is of several places.
    """
    lead = next((t for t in threads if t.scope == "incident"), None)
    if lead is None or lead.items[0].sentence > _LEAD:
        return
    last = max(item.sentence for item in lead.items)
    totals = [item for item in lead.of("killed") if _stands(item)]
    if len(totals) != 1 or totals[0].value < _LEAST:
        return
    (total,) = totals
    told = [_dead_of(t) for t in threads if t.scope == "incident" and t.items[0].sentence > last]
    parts = [dead for dead in told if dead]
    sums_up = sum(parts) == total.value
    holds = sum(parts) < total.value and _SEVERAL.search(_clause_of(total))
    if len(parts) > 1 and (sums_up or holds):
        _make_total(lead)


_LEAD = 2
"""Sentences of the headline and of what an article opens with."""
_LEAST = 2
_SEVERAL = re2.compile(
    r"\b(?:across|throughout|separate|(?:two|three|four|five|six|seven|several|multiple) "
    r"(?:[a-z-]+ )?(?:attacks|strikes|airstrikes|raids|shootings|bombings|incidents|accidents"
    r"|crashes|provinces|states|cities|towns|villages|districts))\b"
)


def _dead_of(thread: Thread) -> int:
    """The dead whom an account tells of; 0 where a number is open, or it happened before."""
    dead = [item for item in thread.of("killed") if _stands(item)]
    other = any(item.vague or _BEFORE.search(_clause_of(item)) for item in dead)
    return 0 if other else sum(item.value for item in dead)


_BEFORE = re2.compile(r"\b(?:earlier|previous|last (?:week|month|year)|ago)\b")


def _clause_of(item: Item) -> str:
    return item.tokens.text[item.begin : item.end].lower()


def _make_total(thread: Thread) -> None:
    thread.scope = "aggregate"
    for item in thread.items:
        item.scope = "aggregate"


def _stands(item: Item) -> bool:
    return item.relation in ("total", "part")


def _is_of_one_blow(document: Document, cues: IncidentCues) -> bool:
    """Whether the article opens with what kills very many at once."""
    opening = " ".join(sentence.text for sentence in document.sentences[:_OPENING]).lower()
    return any(cues.families[kind].finds(opening) for kind in _ONE_BLOW)


def _is_overall(item: Item, told: int) -> bool:
    """Whether it is a number far above those told, in the perfect, of no day and no one event."""
    low, first = item.tokens.low, item.mention.first
    start = item.mention.groups[-1].last
    near = low[start:first] if start <= first else low[max(first - _VERB, 0) : first]
    return (
        item.kind == "killed"
        and item.value >= max(_MANY, _TIMES * told)
        and bool(_PERFECT.intersection(near))
        and not (item.days or item.same or item.families or item.update or item.additive)
    )


_PERFECT = frozenset(("have", "has", "had"))
_VERB = 3
"""Tokens before an active verb in which its auxiliary stands."""
