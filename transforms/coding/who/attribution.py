"""Who did it: the sayings of who is to blame, and the actor that they agree on.

`actors.find_actors` reads the names; a name is a perpetrator only where words tie it to the deed:
it acts, the deed was done "by" it, the strike is its own, it claims, is blamed or denies. A name
that is hit is no perpetrator. Null is normal: rather no actor than a wrong one.

Source: codebook section 5.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from transforms.coding.model import BLAME, GANG, Account, Blame, Document, Sentence
from transforms.coding.when.dating import is_nearest
from transforms.coding.who.actor_list import ActorList
from transforms.coding.who.actors import ActorMention, find_actors, introduced_names
from transforms.coding.who.cues import WhoCues
from transforms.coding.who.sayings import Saying, read_sayings, read_unnamed

__all__ = ["ActorList", "ActorMention", "attribute_account", "find_actors"]

STANCE_ORDER = ("denied", "claimed", "alleged", "disowned")
NEEDED = 2.0
"""Weight that an actor's sayings must reach together; see `who_sayings.WEIGHT`."""

FARTHEST = 12
"""Sentences from its claims in which an account's responsibility may still be spoken of."""


def attribute_account(
    document: Document,
    account: Account,
    actors: ActorList,
    *,
    taken: frozenset[int] = frozenset(),
    introduced: frozenset[str] | None = None,
    numbers: Collection[str] = (),
) -> Blame:
    """Who is said to have done it, by whom, and whom it was aimed at.

    Args:
        document: the article.
        account: the claims of one event.
        actors: the actor list.
        taken: ordinals of sentences that carry claims of other accounts.
        introduced: what `introduced_names` gives for the article, where it is known already.
        numbers: the words for numbers; alone they are no target.

    Returns:
        The actor (None where none is named), the words for him (generic ones included), the target,
        the sum of the attributions, and the attributions in text order.
    """
    known: frozenset[str] = frozenset()
    if introduced is None:
        introduced = introduced_names(document.texts_with(GANG), actors)
    sayings: list[Saying] = []
    unnamed: list[str] = []
    for sentence in _sentences(document, account, taken, actors.cues):
        own = [claim for claim in account.claims if claim.sentence == sentence.ordinal]
        mentions = find_actors(sentence.text, actors, known, introduced)
        known |= {m.actor for m in mentions if m.actor and m.kind == "group"}
        sayings += read_sayings(sentence, mentions, own, actors)
        words = read_unnamed(sentence, mentions, own, actors)
        unnamed += [words] if words else []
    return _sum_up(sayings, unnamed, _target(account, document, numbers, actors.cues))


def _sentences(
    document: Document, account: Account, taken: frozenset[int], cues: WhoCues
) -> Iterator[Sentence]:
    """The account's own sentences, the headline, and the nearest about responsibility."""
    own = account.sentences
    if not own:
        return
    for sentence in document.sentences:
        ordinal = sentence.ordinal
        told = ordinal in own or (ordinal == 0 and 0 not in taken and own[0] <= 2)
        near = ordinal - own[-1] <= FARTHEST and own[0] - ordinal <= FARTHEST
        if told or (
            near
            and sentence.signs & BLAME
            and is_nearest(ordinal, own, taken)
            and cues.of_responsibility.search(sentence.text)
        ):
            yield sentence


def _sum_up(sayings: list[Saying], unnamed: list[str], target: str | None) -> Blame:
    """The actor whom the sayings speak for most, and the sayings themselves."""
    totals: dict[str, float] = {}
    for saying in sayings:
        if saying.row.actor:
            totals[saying.row.actor] = totals.get(saying.row.actor, 0.0) + saying.weight
    totals = {name: weight for name, weight in totals.items() if weight >= NEEDED}
    kept = [s.row for s in sayings if s.row.actor is None or s.row.actor in totals]
    rows = tuple(sorted(kept, key=lambda row: (row.sentence, row.start)))
    stances = {row.stance for row in rows}
    actor = max(totals, key=lambda name: totals[name], default=None)
    if actor is None:
        words = [*unnamed, *(row.actor_text for row in rows if row.actor_text)]
    else:
        words = [row.actor_text for row in rows if row.actor == actor and row.actor_text]
    return Blame(
        actor=actor,
        actor_text=words[0] if words else None,
        target=target,
        responsibility=next((stance for stance in STANCE_ORDER if stance in stances), None),
        attributions=rows,
    )


def _target(
    account: Account, document: Document, numbers: Collection[str], cues: WhoCues
) -> str | None:
    """What the violence was aimed at: the words after "attack on", else the first victims."""
    for ordinal in account.sentences:
        sentence = document.by_ordinal.get(ordinal)
        match = _find_target(sentence.text, cues) if sentence else None
        if match:
            words = cues.target_end.sub("", match.group(1) or match.group(2)).strip(" .-'’")
            if _names_somebody(words, numbers):
                return words
    victims = (claim.victims for claim in account.claims)
    return next((words for words in victims if words and _names_somebody(words, numbers)), None)


@lru_cache(maxsize=256)  # the accounts of one article read the same sentences again
def _find_target(text: str, cues: WhoCues) -> re.Match[str] | None:
    low = text.lower()
    return cues.target.search(text) if any(sign in low for sign in cues.target_signs) else None


def _names_somebody(words: str, numbers: Collection[str]) -> bool:
    """Whether the words are more than a bare number ("five", "at least 22")."""
    return any(
        word not in numbers and word not in _MEASURED and not word[:1].isdigit()
        for word in re.findall(r"[\w.,]+", words.lower())
    )


_MEASURED = frozenset("at least most more fewer less than over about some around nearly".split())
"""Words of a figure that name nobody."""
