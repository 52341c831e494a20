"""Sayings of who did it in one sentence: claims, denials, blame, and names that do the deed.

Read by `transforms.coding.who.attribution`, which sums them up for an account.

Source: codebook section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.coding.model import BLAME, Attribution, Claim, Sentence
from transforms.coding.who.actor_list import ActorList
from transforms.coding.who.actors import ActorMention
from transforms.coding.who.cues import LONGEST_AGAINST, LONGEST_SUBJECT, WhoCues
from transforms.coding.who.voices import NAMED, REACH, find_voice, own_role

# What a saying adds to its actor, by stance. Set on voa_dev.
WEIGHT = {"claimed": 5.0, "alleged": 3.0, "denied": 2.5}
HEADLINE_WEIGHT, CLASH_WEIGHT = 2.0, 2.0


@dataclass(frozen=True, slots=True)
class Saying:
    """An attribution, and how much it speaks for its actor."""

    row: Attribution
    weight: float


def read_sayings(
    sentence: Sentence, mentions: list[ActorMention], own: list[Claim], actors: ActorList
) -> list[Saying]:
    """Who is said to have done it in one sentence, one row per actor and stance.

    Args:
        sentence: the sentence.
        mentions: its actors, as `find_actors` gives them.
        own: the account's claims in it; agents are read only from such sentences and the headline.
        actors: the actor list.
    """
    found: list[Saying] = []
    if sentence.signs & BLAME:
        found += _responsibility(sentence, mentions, actors)
    if own or sentence.ordinal == 0:
        found += _agents(sentence, mentions, own, actors)
    kept: list[Saying] = []
    seen: dict[str | None, set[str]] = {}
    for saying in found:
        stances = seen.setdefault(saying.row.actor, set())
        # being an agent adds nothing to a clearer saying
        if saying.row.stance not in stances and not (stances and saying.row.stance == "alleged"):
            stances.add(saying.row.stance)
            kept.append(saying)
    return kept


def read_unnamed(
    sentence: Sentence, mentions: list[ActorMention], own: list[Claim], actors: ActorList
) -> str | None:
    """The words for a perpetrator without a name ("unidentified gunmen"), or None."""
    for mention in mentions:
        if mention.kind == "generic" and own and _agency(sentence.text, mention, own, actors.cues):
            start = _widen(sentence.text, mention.start, actors)
            return sentence.text[start : mention.end]
    return None


# -- sayings of responsibility ---------------------------------------------------------------------


def _responsibility(
    sentence: Sentence, mentions: list[ActorMention], actors: ActorList
) -> Iterator[Saying]:
    """Claims, denials and blame in one sentence, and that nobody claims it."""
    text, cues = sentence.text, actors.cues
    nobody = cues.no_claim.search(text)
    if nobody:
        yield _saying(sentence, nobody.start(), nobody.end(), None, "disowned", None, "narrator")
    if not cues.of_responsibility.search(text):
        return
    claimed = False
    for mention in mentions:
        if mention.kind == "generic":
            continue
        if mention.kind == "seat":
            stance = _stance_of_seat(text, mention, cues)
        else:
            stance = _stance(text, mention, mentions, cues, unclaimed=nobody is not None)
        if stance == "alleged":
            speaker, role = find_voice(text, mention, mentions, actors)
        else:
            speaker, role = mention.text, own_role(mention)
        if stance:
            claimed |= stance == "claimed"
            yield _saying(sentence, mention.start, mention.end, mention, stance, speaker, role)
    some = None if nobody or claimed else cues.some_group_claimed.search(text)
    if some:
        yield _saying(sentence, *some.span(1), None, "claimed", some.group(1), "armed_group")


def _stance(
    text: str,
    mention: ActorMention,
    mentions: list[ActorMention],
    cues: WhoCues,
    *,
    unclaimed: bool,
) -> str | None:
    """Whether the name claims, denies or is blamed."""
    before = text[max(0, mention.start - REACH) : mention.start]

    def does(pattern: re.Pattern[str]) -> bool:
        return any(pattern.match(text, at) for at in _predicates(text, mention, mentions, cues))

    if not unclaimed and (does(cues.claim_after) or cues.claim_before.search(before)):
        return "claimed"
    if does(cues.deny_after) or cues.deny_before.search(before):
        return "denied"
    if does(cues.did_after):
        return "alleged"
    return "alleged" if _is_blamed(text, mention, cues) else None


def _stance_of_seat(text: str, mention: ActorMention, cues: WhoCues) -> str | None:
    """Whether a capital stands for a government that denies or is blamed: "Damascus denied it"."""
    before = text[max(0, mention.start - LONGEST_SUBJECT) : mention.start]
    if cues.seat_denies.match(text, mention.end) and _is_subject(before, cues):
        return "denied" if cues.deny_after.match(text, mention.end) else None
    return "alleged" if cues.seat_blamed.search(before) else None


def _predicates(
    text: str, mention: ActorMention, mentions: list[ActorMention], cues: WhoCues
) -> Iterator[int]:
    """Where that which a name does may begin: behind it, and behind what describes it."""
    before = text[max(0, mention.start - REACH) : mention.start]
    if mention.kind == "country" and cues.locative_before.search(before):
        return  # "along the border with Chad"
    others = [m for m in mentions if m.kind in NAMED and m.end < mention.start]
    hosts = (cues.description.match(text, other.end) for other in others)
    if any(host and mention.start < host.end() for host in hosts):
        return  # "the X, a rival of the Y, claimed it": X did
    yield mention.end
    described = cues.description.match(text, mention.end)
    if described:
        yield described.end()


def _is_blamed(text: str, mention: ActorMention, cues: WhoCues) -> bool:
    """Whether the words blame a name for violence, and not for something else."""
    after = (mention.end, mention.end + 60)
    blamed = cues.blame_before.search(text[max(0, mention.start - REACH) : mention.start])
    if blamed is None:
        return cues.blame_after.match(text, mention.end) is not None
    if mention.text.endswith(("'s", "’s")):
        return False
    accused = blamed.group().lower().startswith(("accus", "hold", "held", "suspect"))
    if (accused and mention.kind not in ("group", "unlisted")) or blamed.group().lower().startswith(
        "accus"
    ):
        if cues.suspected_of_other.search(text, mention.end, mention.end + 20):
            return False  # "of sheltering those who killed them"
        return cues.violent_object.search(text, *after) is not None
    return cues.suspected_of_other.search(text, *after) is None


def _saying(
    sentence: Sentence,
    start: int,
    end: int,
    mention: ActorMention | None,
    stance: str,
    speaker: str | None,
    role: str,
    weight: float | None = None,
) -> Saying:
    row = Attribution(
        actor=mention.actor if mention else None,
        actor_text=mention.text if mention else speaker,
        stance=stance,
        speaker=speaker,
        speaker_role=role,
        sentence=sentence.ordinal,
        start=start,
        end=end,
    )
    value = WEIGHT.get(stance, 0.0) if weight is None else weight
    return Saying(row, value)


# -- agents of the deed ----------------------------------------------------------------------------


def _agents(
    sentence: Sentence, mentions: list[ActorMention], own: list[Claim], actors: ActorList
) -> Iterator[Saying]:
    """Named actors who do the deed in a sentence that tells it."""
    for mention in mentions:
        if mention.kind not in (*NAMED, "country"):
            continue
        weight = _agency(sentence.text, mention, own, actors.cues)
        if not weight:
            continue
        if sentence.ordinal == 0:
            weight = min(weight, HEADLINE_WEIGHT)
        speaker, role = find_voice(sentence.text, mention, mentions, actors)
        if speaker is None:
            told = next((c for c in own if c.speaker), None)
            speaker, role = (told.speaker, told.speaker_role) if told else (None, "narrator")
        yield _saying(
            sentence, mention.start, mention.end, mention, "alleged", speaker, role, weight
        )


def _agency(text: str, mention: ActorMention, own: list[Claim], cues: WhoCues) -> float:
    """How surely the words say that this name did it; 0 where it is hit, or only stands there."""
    before = text[max(0, mention.start - REACH) : mention.start]
    if _is_victim(mention, own):
        return 0.0
    if "by" in before.lower() and cues.by_before.search(before):
        held = cues.held_by.search(last_words(before, LONGEST_AGAINST))
        return 0.0 if held else WEIGHT["alleged"]
    weapon = _is_weapon(mention)
    hit = not weapon and cues.against_before.search(last_words(before, LONGEST_AGAINST))
    if hit and not cues.men_of_before.search(before):
        return 0.0
    if weapon or (mention.kind != "country" and cues.noun_after.match(text, mention.end)):
        return WEIGHT["alleged"]
    if cues.passive_after.match(text, mention.end):
        return 0.0
    owner = mention.text.endswith(("'s", "’s"))
    if mention.kind == "country" and (owner or not _is_subject(before, cues)):
        return 0.0
    if cues.deed_after.match(text, mention.end):
        return WEIGHT["alleged"]
    if _is_subject(before, cues) and cues.killing_after.match(text, mention.end):
        return WEIGHT["alleged"]
    if mention.kind != "country" and cues.clash_before.search(before) and own:
        return CLASH_WEIGHT
    return 0.0


def _is_subject(before: str, cues: WhoCues) -> bool:
    """Whether a sentence or clause begins behind these words, with a name for its subject."""
    return cues.subject_before.search(before[-LONGEST_SUBJECT:]) is not None


def last_words(text: str, count: int) -> str:
    """The end of a text from the spaces before its last words on."""
    parts = text.rsplit(None, count)
    return text[len(parts[0]) :] if len(parts) > count else text


_WEAPON = re.compile(
    r"(?:strikes?|airstrikes?|raids?|attacks?|shelling|bombardment|bombings?|offensive|invasion|incursion|missiles?|rockets?|fire|assault)$",
    re.IGNORECASE,
)


def _is_weapon(mention: ActorMention) -> bool:
    """Whether the words are a state's strike and not its people."""
    return mention.kind == "state" and bool(_WEAPON.search(mention.text))


def _is_victim(mention: ActorMention, own: list[Claim]) -> bool:
    """Whether the name stands in the words for a claim's victims."""
    if _is_weapon(mention):
        return False
    for claim in own:
        words = claim.victims or ""
        if mention.text.lower() in words.lower() and (
            claim.start <= mention.start < claim.end + len(words) + 6
        ):
            return True
    return False


def _widen(text: str, start: int, actors: ActorList) -> int:
    """The start of a generic noun with the adjectives before it."""
    while match := re.search(r"([\w'’-]+)\s$", text[max(0, start - 24) : start]):
        if match.group(1).lower() not in actors.modifiers:
            break
        start -= len(match.group())
    articles = re.match(r"(?:the|a|an|of|some)\s", text[start:], re.IGNORECASE)
    return start + articles.end() if articles else start
