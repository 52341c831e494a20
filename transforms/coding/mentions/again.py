"""What befell people of whom the sentence told: "took four guards hostage and killed them".

Read after a sentence's casualty words, for the figure is one of theirs.
"""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import PARTICLES, Mention, Reader, make_mention
from transforms.coding.words.lexicon import PREPOSITION, PUNCTUATION, Trigger


def read_them(reader: Reader, mentions: list[Mention]) -> list[Mention]:
    """What a verb with "them" says of those whom another verb has told.

    Args:
        reader: the sentence.
        mentions: its mentions so far, from left to right.
    """
    low, lexicon = reader.tokens.low, reader.lexicon
    found: list[Mention] = []
    for index in (at for at, word in enumerate(low) if word == "them" and at > 1):
        known = lexicon.triggers.get(low[index - 1], ())
        deed = next((t for t in known if t.form in ("past", "ing")), None)
        if low[index + 1 : index + 2] == ["dead"] or low[index + 1 : index + 3] == ["to", "death"]:
            deed = Trigger("killed", "past", "object")  # "lined them up and shot them dead"
        ing = deed is not None and deed.form == "ing"
        if (
            deed is not None
            and not ing
            and deed.kind == "killed"
            and low[index - 2] not in _GOES_ON
        ):
            deed = None  # "shot at the police, who killed them"
        if low[index + 1 : index + 2] in _HOSTAGE and low[index - 1] in _TOOK:
            deed = Trigger("abducted", "past")
        if deed is None or deed.kind not in ("killed", "abducted") or deed.weak:
            continue
        who = next((m for m in reversed(mentions) if m.last < index), None)
        brought_up = _brought_up(reader, index - 2)
        plain = deed.kind == "killed" and deed.takes == "object"
        if who is None and plain and brought_up is not None:
            found.append(make_mention(deed, [brought_up], index - 1, index, "shared", False, False))
        if who is None or who.kind not in _TOLD or who.kind == deed.kind:
            continue
        if who.unreal or who.negated or any(group.value == 1 for group in who.groups):
            continue
        told = make_mention(deed, list(who.groups), index - 1, index, "shared", False, False)
        found.append(told)
    return found


def _brought_up(reader: Reader, end: int) -> Group | None:
    """The number of people that the verb before has as its object ("lined up six farmers")."""
    told = [
        group
        for group in reader.groups
        if group.first > 0 and group.last <= end and _is_object(reader, group)
    ]
    if not told or told[-1].kind != "number" or told[-1].head < 0:
        return None
    known = reader.lexicon.roles.get(reader.tokens.low[told[-1].head])
    return told[-1] if known else None


def _is_object(reader: Reader, group: Group) -> bool:
    """Whether nothing but a verb, with its particle, governs a group."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[group.first - 1] in PARTICLES:
        return low[group.first - 2].endswith("ed")
    return not group.governed and not flags[group.first - 1] & (PREPOSITION | PUNCTUATION)


_TOLD = frozenset(("killed", "abducted", "injured"))
_TOOK = frozenset("took taking held holding".split())
_HOSTAGE = (["hostage"], ["captive"], ["prisoner"])

_GOES_ON = frozenset(("then", "and", "later"))
"""Before a verb that goes on with who did the deed before."""
