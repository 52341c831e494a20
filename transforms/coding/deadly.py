"""Deaths that only an adjective tells of: "a deadly rockfall", "a fatal crash". At least one died.

Looked for only where an article gives no deaths at all. Source: codebook section 3, last row.
"""

from __future__ import annotations

import re

from transforms.coding.groups import Group
from transforms.coding.mentions import Mention
from transforms.coding.tokens import Tokens

_DEADLY = frozenset(("deadly", "fatal", "lethal"))
_EVENTS = re.compile(
    r"(attack|blast|explosion|bombing|shooting|crash|accident|clash|clashes|fire|blaze|raid|raids|strike"
    r"|airstrike|ambush|assault|collapse|earthquake|quake|flood|floods|storm|landslide|mudslide|rockfall"
    r"|avalanche|stampede|collision|derailment|riot|riots|stabbing|violence|bombings|attacks|fighting)$"
)


def read_deadly(tokens: Tokens) -> list[Mention]:
    """The deadly events of one sentence, each with a low of one."""
    found = []
    for index, word in enumerate(tokens.low):
        if word not in _DEADLY:
            continue
        for last in range(index + 1, min(index + 4, len(tokens.low))):
            if _EVENTS.match(tokens.low[last]):
                group = Group(
                    index, last + 1, 1, None, None, "deadly", index, index + 1, -1, "number"
                )
                found.append(Mention("killed", [group], index, index + 1, "deadly"))
                break
    return found
