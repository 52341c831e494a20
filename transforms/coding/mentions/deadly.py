"""Deaths that only an adjective tells of: "a deadly rockfall", "a fatal crash". At least one died.

Looked for only where an article gives no deaths at all. Source: codebook section 3, last row.
"""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import Lexicon

_NONE = frozenset(("one", "any", "no", "without"))
"""Words before "fatal" that leave open whether anybody died."""


def read_deadly(tokens: Tokens, lexicon: Lexicon) -> list[Mention]:
    """The deadly events of one sentence, each with a low of one."""
    found = []
    for index, word in enumerate(tokens.low):
        before = tokens.low[index - 1] if index else ""
        if word not in lexicon.deadly or before in _NONE:
            continue  # "one fatal accident in four"
        for last in range(index + 1, min(index + 4, len(tokens.low))):
            if tokens.low[last] in lexicon.words.deadly_events:
                group = Group(
                    index, last + 1, 1, None, None, "deadly", index, index + 1, -1, "number"
                )
                found.append(Mention("killed", [group], index, index + 1, "deadly"))
                break
    return found
