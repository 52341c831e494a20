"""Casualty words that tell of no casualty: figures of speech, films, sport, old age, anybody."""

from __future__ import annotations

from transforms.coding.lexicon import Lexicon
from transforms.coding.mentions import Mention
from transforms.coding.scope import ScopeCues
from transforms.coding.tokens import Tokens


def is_no_casualty(
    tokens: Tokens,
    mention: Mention,
    mentions: list[Mention],
    cues: ScopeCues,
    opening: str,
    lexicon: Lexicon,
    *,
    after_dead: bool = False,
) -> bool:
    """Figures of speech, fiction, sports injuries and natural deaths: no claim at all.

    `after_dead` says that the article has told of dead before.
    """
    text = tokens.text.lower()
    if cues.invented.finds(text) or (mention.kind == "missing" and cues.turned_up.finds(text)):
        return True
    for match in cues.idiom.finditer(text):
        if match.start() <= tokens.start[mention.first] < match.end():
            return True
    if mention.kind == "injured":
        word = tokens.low[mention.first]
        vague = all(group.best is None for group in mention.groups)
        around = text if vague else f"{opening} {text}"
        beside_dead = after_dead or any(other.kind == "killed" for other in mentions)
        known = lexicon.words
        if word in known.sick_too and known.illnesses.intersection(tokens.low):
            return True
        hurt = not known.hurts.isdisjoint(
            tokens.low[mention.last :]
        )  # "taken to hospital with injuries"
        sick = word in known.sick_too and not hurt
        unsure = word.startswith("hurt") or sick or mention.rule == "sent"
        if unsure and not beside_dead and not cues.bodily.finds(around):
            return True
        return bool(cues.sport.finds(text))
    ends = {tokens.low[mention.first], tokens.low[mention.last - 1]}
    gentle = mention.rule == "phrase" and ends <= lexicon.words.gentle
    if gentle and not cues.bodily.finds(f"{opening} {text}"):
        return True
    single = len(mention.groups) == 1 and mention.groups[0].value == 1
    if mention.rule not in ("subject", "nominal", "possessive") or not single:
        return False
    if mention.rule != "subject":
        return bool(cues.natural.finds(text)) and not cues.bodily.finds(text)
    again = tokens.low[mention.groups[0].first] in ("he", "she") and not cues.bodily.finds(opening)
    return bool(cues.natural.finds(f"{opening} {text}" if again else text))


def speaks_generally(tokens: Tokens, mention: Mention, lexicon: Lexicon) -> bool:
    """As in "nobody wants to see a child killed": somebody quoted speaks of anybody's child."""
    if len(mention.groups) != 1:
        return False
    low = tokens.low
    text, at = tokens.text, tokens.start[mention.first]
    quoted = text.rfind("“", 0, at) > text.rfind("”", 0, at) or text.count('"', 0, at) % 2 == 1
    first = mention.groups[0].first
    if quoted and low[first] == "people" and _IF.intersection(low[max(first - 2, 0) : first]):
        return True  # "when people get shot"
    anybody = mention.groups[0].value == 1 and low[first] in ("a", "an", "another")
    return quoted and anybody and low[first + 1] in lexicon.years


_IF = frozenset(("when", "if", "whenever", "see"))
