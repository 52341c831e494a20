"""What kind of event an account is about: its type and its domain.

Counts words of weapons, deeds and people in the account's sentences, those of the claims most, and
lets the codebook's order decide between kinds that stand side by side.

Source: codebook sections 4 and 5 (the line on domains); ACLED's rule for mixed events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from transforms.coding.model import Account, Document, Sentence
from transforms.coding.words.scan import by_second_word, compile_scan, scan_words
from transforms.errors import ReferenceDataError
from transforms.schema import EVENT_TYPES

WEIGHTS = {"strong": 3.0, "plain": 2.0, "weak": 1.0}
PEOPLE = ("forces", "militants", "political", "targeted", "accidental", "criminal", "domestic")
DOMAIN_OF = {
    "transport_accident": "accident",
    "industrial_accident": "accident",
    "fire": "accident",
    "weather": "disaster",
    "earthquake_or_tsunami": "disaster",
    "epidemic": "disease",
    "air_strike": "conflict",
    "shelling": "conflict",
}
# ACLED's order for mixed events; what stands earlier wins a tie.
ORDER = (
    "air_strike",
    "clash",
    "shelling",
    "bombing",
    "assassination",
    "execution_or_massacre",
    "riot_or_protest",
    "police_action",
    "shooting",
    "abduction",
    "earthquake_or_tsunami",
    "weather",
    "transport_accident",
    "industrial_accident",
    "fire",
    "epidemic",
    "other",
)
VIOLENT = frozenset(ORDER[:10])
MISHAPS = ORDER[10:16]
BLOWS = ("air_strike", "shelling", "bombing")
OF_WAR = frozenset({"air_strike", "clash", "shelling", "bombing", "assassination"})

# Set on voa_dev and muc4_dev.
ENOUGH = 1.5
CONTEXT, CONTEXT_BEFORE = 0.3, 0.5
"""What a word counts in the headline and the sentences around, beside one in a claim's sentence."""

SHARE = 0.4
SURE_MISHAP = 3.5
"""What words of an accident weigh together that stand although it says who killed them."""
SMALL = 3
"""Dead up to which the killing of a political person is aimed at that person."""

NEARNESS, FAR = ((45, 1.25), (120, 1.0)), 0.75

Cue = tuple[str, float]
Phrase = tuple[tuple[str, ...], tuple[Cue, ...]]

_WORD = compile_scan(r"[^\W_]+(?:['.][^\W_]+)*")
_KIN = re.compile(
    r"(?<!\bhis )(?<!\bher )(?<!\btheir )\b(?:wife|husband|sons?|daughters?|father|mother|parents"
    r"|brothers?|sisters?|family|relatives|children)\b"
)
"""Those who die for a relative; "the judge and her son" die with one."""

_VOICE = re.compile(
    r"[,”\"] (?:said|says|according to)\b[^;“”\"]{3,90}$"
    r"|, [^,.;:“”\"]{2,60} (?:(?:has|have) )?(?:said|says?|announced|confirmed|reported)\b"
    r"(?=[^,“”\"]{0,30}$)"
)
"""Who tells of it, at the end of a sentence."""
_VOICE_SIGNS = ("said", "say", "according", "announced", "confirmed", "reported")
"""Where none of these stands, `_VOICE` finds nothing."""


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that what it finds is cached
class EventTypes:
    """The event words by their first word and their second ("" for those of one word).

    Of each what follows the first word, the longest first, and its cues.
    """

    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]


def compile_event_types(tables: Mapping[str, Any]) -> EventTypes:
    """The event words, made ready to be looked up.

    Args:
        tables: `event_types.toml` as read: a table of word lists for each event type, and `people`.

    Raises:
        ReferenceDataError: a table is no event type, or a list is no list of words.
    """
    cues: dict[tuple[str, ...], dict[str, float]] = {}
    for table, lists in tables.items():
        if table not in (*EVENT_TYPES, "people", "nothing"):
            raise ReferenceDataError(f"event_types.toml: [{table}] is no event type")
        for name, phrases in lists.items():
            if name not in (PEOPLE if table == "people" else WEIGHTS):
                raise ReferenceDataError(f"event_types.toml: [{table}] has no list {name!r}")
            category, weight = (name, 1.0) if table == "people" else (table, WEIGHTS[name])
            for phrase in phrases:
                if not isinstance(phrase, str) or not phrase.strip():
                    raise ReferenceDataError(f"event_types.toml: [{table}] {name}: {phrase!r}")
                for words in _forms(phrase):
                    known = cues.setdefault(words, {})
                    known[category] = max(weight, known.get(category, 0.0))
    by_first: dict[str, list[Phrase]] = {}
    for words in sorted(cues, key=lambda w: (-len(w), w)):
        by_first.setdefault(words[0], []).append((words[1:], tuple(sorted(cues[words].items()))))
    return EventTypes({first: by_second_word(phrases) for first, phrases in by_first.items()})


def _forms(phrase: str) -> Iterator[tuple[str, ...]]:
    stem, *endings = phrase.lower().split("/")
    for ending in ("", *endings):
        yield tuple(_WORD.findall(stem + ending))


def _words(text: str) -> tuple[list[str], list[int]]:
    """Words in lower case without the dots of abbreviations and the endings of possession."""
    lowered = text.lower().replace("’", "'")
    words, starts, _ = scan_words(_WORD, lowered)
    if "'" in lowered or "." in lowered[:-1]:
        words = [word.replace(".", "").removesuffix("'s") for word in words]
    return words, starts


@lru_cache(maxsize=256)  # the accounts of one article read the same sentences again
def _read(text: str, event_types: EventTypes) -> list[tuple[str, int, tuple[Cue, ...]]]:
    """The first word of each phrase of a sentence, its offset and what it speaks for."""
    words, starts = _words(text)
    found = []
    phrases, done = event_types.phrases, 0
    followers = [*words[1:], ""]
    for index in [index for index, word in enumerate(words) if word in phrases]:
        if index < done or (words[index] == "march" and _is_month(text, starts[index])):
            continue
        after = phrases[words[index]]
        for rest, cues in after.get(followers[index], after[""]):
            if rest and tuple(words[index + 1 : index + 1 + len(rest)]) != rest:
                continue
            done = index + 1 + len(rest)
            found.append((words[index], starts[index], cues))
            break
    return found


def _is_month(text: str, start: int) -> bool:
    """Whether a "march" is the month: it has a capital, or a number beside it."""
    return text[start : start + 2] == "Ma" or _MONTH.match(text, max(start - 3, 0)) is not None


_MONTH = re.compile(r"\d(?:st|nd|rd|th)? march|.{0,3}march,? \d", re.IGNORECASE)


@lru_cache(maxsize=256)  # the accounts of one article stand beside the same sentences
def find_cues(
    text: str, event_types: EventTypes, triggers: tuple[int, ...] = ()
) -> dict[str, float]:
    """The categories that a sentence's words speak for, each phrase counted once.

    Args:
        text: the sentence.
        event_types: the event words.
        triggers: offsets of casualty words; the words near them count more.

    Returns:
        Event types and kinds of people with the sum of their words' weights.
    """
    best: dict[tuple[str, str], float] = {}
    for word, start, cues in _read(text, event_types):
        nearness = _nearness(start, triggers)
        for category, weight in cues:
            key = (category, word)
            best[key] = max(best.get(key, 0.0), weight * nearness)
    return _sum_by_category(best)


def _nearness(start: int, triggers: tuple[int, ...]) -> float:
    if not triggers:
        return 1.0
    gap = min([abs(start - trigger) for trigger in triggers])
    for limit, factor in NEARNESS:
        if gap <= limit:
            return factor
    return FAR


def _sum_by_category(best: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """A category's strongest word, and a share of the others: many weak words prove little."""
    groups: dict[str, list[float]] = {}
    for (category, _), weight in best.items():
        groups.setdefault(category, []).append(weight)
    return {
        category: max(weights) + SHARE * (sum(weights) - max(weights))
        for category, weights in groups.items()
    }


def type_account(document: Document, account: Account, event_types: EventTypes) -> tuple[str, str]:
    """The domain and type of an account's event.

    Args:
        document: the article.
        account: the claims of one event.
        event_types: the event words.

    Returns:
        (domain, event_type) as `transforms.schema` allows them; "other" where no word tells.
    """
    by_ordinal = document.by_ordinal
    own = [ordinal for ordinal in account.sentences if ordinal in by_ordinal]
    triggers: dict[int, tuple[int, ...]] = {}
    for claim in account.claims:
        triggers[claim.sentence] = (*triggers.get(claim.sentence, ()), claim.trigger_start)
    scores: dict[str, float] = {}
    people: dict[str, float] = {}
    for ordinal in own:
        text = by_ordinal[ordinal].text
        cues = find_cues(text, event_types, triggers[ordinal])
        _add(scores, cues, 1.0)
        unvoiced = _without_voices(text, account, ordinal)
        if unvoiced != text:
            cues = find_cues(unvoiced, event_types, triggers[ordinal])
        _add(people, {name: cues.get(name, 0.0) for name in PEOPLE}, 1.0)
    _weigh_kinds(scores, people, account)
    scores = _without_weak_mishaps(scores, account)
    if max(scores.get(name, 0.0) for name in BLOWS) >= WEIGHTS["strong"]:
        for name in MISHAPS:  # a bomb that derails a train is no accident
            scores.pop(name, None)
    scores |= people
    kind, score = _best(scores)
    if score < ENOUGH:
        _add(scores, _cues_around(own, by_ordinal, event_types), 1.0)
        kind, score = _best(scores)
    elif kind == "other":
        # those who drowned or were crushed did so in what is told with them or beside them
        around = _cues_around(own, by_ordinal, event_types)
        around |= {name: s for name, s in scores.items() if s >= WEIGHTS["strong"]}
        mishap, weight = _best({name: around.get(name, 0.0) for name in MISHAPS})
        kind = mishap if weight >= CONTEXT * WEIGHTS["strong"] else kind
    if score < ENOUGH * CONTEXT:
        kind = "other"
    if account.blame.actor and kind in VIOLENT:
        return "conflict", kind  # who has a name to be blamed by is an organised group or a state
    return _domain(kind, scores, killers=bool(account.blame.actor_text)), kind


def _without_voices(text: str, account: Account, ordinal: int) -> str:
    """The sentence with those who tell of the event blanked out: they are no side in it."""
    for claim in account.claims:
        if claim.sentence == ordinal and claim.speaker:
            text = text.replace(claim.speaker, " " * len(claim.speaker))
    if not any(sign in text for sign in _VOICE_SIGNS):
        return text
    return _VOICE.sub(lambda match: " " * len(match.group()), text)


def _cues_around(
    own: list[int], by_ordinal: Mapping[int, Sentence], event_types: EventTypes
) -> dict[str, float]:
    """What the words beside the sentences of the claims speak for."""
    found: dict[str, float] = {}
    for ordinal, factor in _around(own):
        if ordinal in by_ordinal:
            _add(found, find_cues(by_ordinal[ordinal].text, event_types), factor)
    return found


def _around(own: list[int]) -> list[tuple[int, float]]:
    """The headline and the sentences beside those of the claims, with what their words count."""
    factors = {0: CONTEXT}
    for ordinal in own:
        factors.setdefault(ordinal - 1, CONTEXT_BEFORE)
        factors.setdefault(ordinal + 1, CONTEXT)
    return [(ordinal, factor) for ordinal, factor in factors.items() if ordinal not in own]


def _add(scores: dict[str, float], more: Mapping[str, float], factor: float) -> None:
    for category, weight in more.items():
        scores[category] = scores.get(category, 0.0) + weight * factor


def _weigh_kinds(scores: dict[str, float], people: Mapping[str, float], account: Account) -> None:
    """What the figures and the people in them add to the words."""
    kinds = {claim.kind for claim in account.claims}
    killed = max((c.value or 0 for c in account.claims if c.kind == "killed"), default=0)
    if kinds == {"abducted"}:
        scores["abduction"] = scores.get("abduction", 0.0) + 4.0
    elif killed and "abduction" in scores:
        scores["abduction"] *= 0.5 if scores["abduction"] >= WEIGHTS["plain"] else 0.0
    dead = {claim.victim_role for claim in account.claims if claim.kind == "killed"}
    if {"state_force", "armed_group"} <= dead:
        scores["clash"] = scores.get("clash", 0.0) + 2.0 + scores.get("shooting", 0.0)
    elif scores.get("forces") and scores.get("militants"):
        if people.get("militants") and not people.get("forces") and dead == {"civilian"}:
            # those who only tell of it are no side in it
            name = "execution_or_massacre"
            scores[name] = scores.get(name, 0.0) + 2.0
        else:
            scores["clash"] = scores.get("clash", 0.0) + 2.0
    hit = max(scores.get("shooting", 0.0), 0.8 * scores.get("execution_or_massacre", 0.0))
    if people.get("political") and hit and 0 < killed <= SMALL:
        kin = any(_KIN.search(claim.victims or "") for claim in account.claims)
        kind = "execution_or_massacre" if kin else "assassination"
        scores[kind] = scores.get(kind, 0.0) + hit


def _without_weak_mishaps(scores: Mapping[str, float], account: Account) -> dict[str, float]:
    """The scores without accidents that only weak words speak for, where it says who killed them.

    As in "Police shot at a bus and killed four passengers".
    """
    killed = any(claim.kind == "killed" and claim.value for claim in account.claims)
    if not (killed and account.blame.actor_text):
        return dict(scores)
    return {name: s for name, s in scores.items() if name not in MISHAPS or s >= SURE_MISHAP}


def _best(scores: Mapping[str, float]) -> tuple[str, float]:
    return max(
        ((kind, scores[kind]) for kind in ORDER if kind in scores),
        key=lambda pair: pair[1],
        default=("other", 0.0),
    )


def _domain(kind: str, scores: Mapping[str, float], *, killers: bool) -> str:
    if kind in DOMAIN_OF:
        return DOMAIN_OF[kind]
    political = sum(
        scores.get(name, 0.0) for name in ("forces", "militants", "targeted", "political")
    )
    criminal = scores.get("criminal", 0.0)
    if not scores.get("political"):  # the wife of a mayor is no matter of the family
        criminal += scores.get("domestic", 0.0)
    if kind in OF_WAR:
        return "crime" if criminal > political else "conflict"
    if kind in VIOLENT:
        return "conflict" if political >= max(criminal, 1.0) else "crime"
    if scores.get("accidental"):
        return "accident"
    if political > criminal:
        return "conflict"
    return "crime" if scores.get("criminal", 0.0) >= 1.0 and killers else "other"
