"""Sayings of who did it in one sentence: claims, denials, blame, and names that do the deed.

Read by `transforms.coding.who`, which sums them up for an account.

Source: codebook section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transforms.coding import who_cues as cue
from transforms.coding.actor_list import ActorList
from transforms.coding.actors import ActorMention
from transforms.coding.model import Attribution, Claim, Sentence

NAMED = ("group", "state", "unlisted")
# What a saying adds to its actor, by stance. Set on voa_dev.
WEIGHT = {"claimed": 5.0, "alleged": 3.0, "denied": 2.5}
HEADLINE_WEIGHT, CLASH_WEIGHT = 2.0, 2.0
REACH = 240
"""Characters before a name that are read; a sentence may be hostile and very long."""

_SPEAKER_WORDS = 9


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
    found = list(_responsibility(sentence, mentions, actors))
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
        if mention.kind == "generic" and own and _agency(sentence.text, mention, own):
            start = _widen(sentence.text, mention.start, actors)
            return sentence.text[start : mention.end]
    return None


# -- sayings of responsibility ---------------------------------------------------------------------


def _responsibility(
    sentence: Sentence, mentions: list[ActorMention], actors: ActorList
) -> Iterator[Saying]:
    """Claims, denials and blame in one sentence, and that nobody claims it."""
    text = sentence.text
    nobody = cue.NO_CLAIM.search(text)
    if nobody:
        yield _saying(sentence, nobody.start(), nobody.end(), None, "disowned", None, "narrator")
    if not cue.OF_RESPONSIBILITY.search(text):
        return
    claimed = False
    for mention in mentions:
        stance = None if mention.kind == "generic" else _stance(text, mention, nobody is not None)
        if stance == "alleged":
            speaker, role = _speaker(text, mention, mentions, actors)
        else:
            speaker, role = mention.text, _own(mention)
        if stance:
            claimed |= stance == "claimed"
            yield _saying(sentence, mention.start, mention.end, mention, stance, speaker, role)
    some = None if nobody or claimed else cue.SOME_GROUP_CLAIMED.search(text)
    if some:
        yield _saying(sentence, *some.span(1), None, "claimed", some.group(1), "armed_group")


def _stance(text: str, mention: ActorMention, unclaimed: bool) -> str | None:
    """Whether the name claims, denies or is blamed."""
    before = text[max(0, mention.start - REACH) : mention.start]
    if not unclaimed and (
        cue.CLAIM_AFTER.match(text, mention.end) or cue.CLAIM_BEFORE.search(before)
    ):
        return "claimed"
    if cue.DENY_AFTER.match(text, mention.end) or cue.DENY_BEFORE.search(before):
        return "denied"
    return "alleged" if _is_blamed(text, mention) else None


def _is_blamed(text: str, mention: ActorMention) -> bool:
    """Whether the words blame a name for violence, and not for something else."""
    after = (mention.end, mention.end + 60)
    blamed = cue.BLAME_BEFORE.search(text[max(0, mention.start - REACH) : mention.start])
    if blamed is None:
        return cue.BLAME_AFTER.match(text, mention.end) is not None
    if mention.text.endswith(("'s", "’s")):
        return False
    accused = blamed.group().lower().startswith(("accus", "hold", "held", "suspect"))
    if (accused and mention.kind != "group") or blamed.group().lower().startswith("accus"):
        return cue.VIOLENT_OBJECT.search(text, *after) is not None
    return cue.SUSPECTED_OF_OTHER.search(text, *after) is None


def _own(mention: ActorMention) -> str:
    """The role of an actor who speaks for himself."""
    return "party" if mention.kind in ("state", "country") else "armed_group"


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
        weight = _agency(sentence.text, mention, own)
        if not weight:
            continue
        if sentence.ordinal == 0:
            weight = min(weight, HEADLINE_WEIGHT)
        speaker, role = _speaker(sentence.text, mention, mentions, actors)
        if speaker is None:
            told = next((c for c in own if c.speaker), None)
            speaker, role = (told.speaker, told.speaker_role) if told else (None, "narrator")
        yield _saying(
            sentence, mention.start, mention.end, mention, "alleged", speaker, role, weight
        )


def _agency(text: str, mention: ActorMention, own: list[Claim]) -> float:
    """How surely the words say that this name did it; 0 where it is hit, or only stands there."""
    before = text[max(0, mention.start - REACH) : mention.start]
    if _is_victim(mention, own):
        return 0.0
    if cue.BY_BEFORE.search(before):
        return WEIGHT["alleged"]
    weapon = _is_weapon(mention)
    if cue.AGAINST_BEFORE.search(before) and not weapon:
        return 0.0
    if weapon or (mention.kind != "country" and cue.NOUN_AFTER.match(text, mention.end)):
        return WEIGHT["alleged"]
    if cue.PASSIVE_AFTER.match(text, mention.end):
        return 0.0
    if mention.kind == "country" and not (
        cue.SUBJECT_BEFORE.search(before) and not mention.text.endswith(("'s", "’s"))
    ):
        return 0.0
    if cue.DEED_AFTER.match(text, mention.end):
        return WEIGHT["alleged"]
    if cue.SUBJECT_BEFORE.search(before) and cue.KILLING_AFTER.match(text, mention.end):
        return WEIGHT["alleged"]
    if mention.kind != "country" and cue.CLASH_BEFORE.search(before) and own:
        return CLASH_WEIGHT
    return 0.0


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


# -- who says so -----------------------------------------------------------------------------------


def _speaker(
    text: str, mention: ActorMention, mentions: list[ActorMention], actors: ActorList
) -> tuple[str | None, str]:
    """Who says that an actor did it, in the article's words and by role; or the narrator."""
    according = cue.ACCORDING.search(text)
    if according:
        return _named(
            re.split(r"\s(?:on|in|that|who|for)\s", according.group(1))[0], mentions, actors
        )
    said = list(cue.SPOKE.finditer(text, max(0, mention.start - REACH), mention.start))
    spoke = said[-1] if said else cue.SPOKE.search(text, mention.end)
    if spoke is None:
        return None, "narrator"
    subject = _CLAUSE_START.split(text[max(0, spoke.start() - REACH) : spoke.start()])[-1]
    parts = [part for part in subject.split(",") if part.strip() and not _ADVERBIAL.match(part)]
    if not parts:
        return None, "narrator"
    words = parts[0] if len(parts) > 1 and said else parts[-1]
    if mention.text in words:
        return None, "narrator"
    return _named(words, mentions, actors)


_CLAUSE_START = re.compile(r"[;:“”\"]|\b(?:but|that|which|while|as|after|when)\b")
_ADVERBIAL = re.compile(
    r"\s*(?:earlier|later|meanwhile|also|on|in|at|elsewhere|separately|after|before|late|early"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|however|then|and|but|for|to|with|near)\b",
    re.IGNORECASE,
)


def _named(words: str, mentions: list[ActorMention], actors: ActorList) -> tuple[str | None, str]:
    cleaned = re.sub(
        r"^(?:(?:and|but|meanwhile|separately|however|earlier|later|the|also|in [A-Z]\w+)\b\W*)+",
        "",
        words.strip(" \t\n-—–'’"),
        flags=re.IGNORECASE,
    )
    cleaned = re.sub(r"\s+(?:has|have|had|also|later|is|are|was|were)$", "", cleaned).strip()
    if cleaned.count("(") > cleaned.count(")"):
        cleaned = cleaned[: cleaned.rindex("(")].strip()
    parts = cleaned.split()
    if not parts or len(parts) > _SPEAKER_WORDS or parts[0].lower() in ("it", "he", "she", "they"):
        return None, "narrator"
    inside = next((m for m in mentions if m.text in cleaned and m.kind in NAMED), None)
    if inside:
        return cleaned, _own(inside) if inside.kind != "state" else _role(cleaned, actors)
    return cleaned, _role(cleaned, actors)


def _role(words: str, actors: ActorList) -> str:
    padded = f" {words.lower()} "
    for role, hints in actors.speakers.items():
        if any(f" {hint} " in padded for hint in hints):
            return role
    return "unknown"
