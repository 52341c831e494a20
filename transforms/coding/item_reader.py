"""One article to its items: every mention of casualties, with its scope and context.

After `sentences` and `signs`; `article` makes events of the items.

    sentences -> tokens -> mentions -> items
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from transforms.coding.groups.group import Group
from transforms.coding.items.before import goes_on_total, is_recalled, is_share, own_version
from transforms.coding.items.by_nature import without_natural
from transforms.coding.items.item import Item, read_context
from transforms.coding.items.murder_suicide import mark_murder_suicide
from transforms.coding.items.persons import identify
from transforms.coding.items.roles import find_speaker
from transforms.coding.knowledge import Knowledge
from transforms.coding.mention import Mention, Reader
from transforms.coding.mentions.clauses import read_mentions
from transforms.coding.mentions.deadly import read_deadly
from transforms.coding.mentions.tables import find_tables, read_row
from transforms.coding.mentions.wholes import those_there
from transforms.coding.model import (
    CASUALTY,
    CORRECTED,
    DISPUTED,
    NEW_EVENT,
    OTHER_VERSION,
    Document,
    Sentence,
)
from transforms.coding.repeats import older_versions, titles_of_others, told_before
from transforms.coding.scope.bounds import clause_of
from transforms.coding.scope.decide import Setting, scope_of
from transforms.coding.scope.matter import Matter
from transforms.coding.scope.no_casualties import (
    is_capture_of_place,
    is_no_casualty,
    speaks_generally,
)
from transforms.coding.text.chronicle import (
    live_entries,
    recalled_entries,
)
from transforms.coding.text.tokens import tokenise
from transforms.coding.words.lexicon import Lexicon

MAX_FIGURES = 120
"""Figures read of one article; the longest list of casualties in the gold sets has 60. What is
beyond is hostile text, or no article."""

_MOST_READ = 250_000
"""Characters of sentences with casualty words that are read of one article. The longest article of
the gold sets has 20,000 in all; what is beyond is hostile text, or no article."""

_CLOSE = 2
"""Sentences after one that turns to another version of the figures."""

_OPENING = 2
"""Up to this sentence even a quotation is news."""


def read_items(document: Document, knowledge: Knowledge) -> list[Item]:
    """The casualty mentions of an article in text order, with scope and context."""
    matter = Matter(document, knowledge.scope)
    if matter.is_invented:
        return []
    setting = _setting_of(document, matter)
    items = list(_told_items(document, knowledge, setting, matter))
    _recall_links(items, titles_of_others(document))
    identify(items, knowledge.lexicon)
    items = without_natural(items, matter.taken_by_nature, knowledge.scope)
    if any(item.kind in ("killed", "casualties") and item.value for item in items):
        return items
    return sorted([*items, *_deadly_items(document, knowledge, setting)], key=lambda i: i.sentence)


def holds_items(document: Document, knowledge: Knowledge) -> bool:
    """Whether `read_items` gives any: read up to the first, which is all that the look asks."""
    matter = Matter(document, knowledge.scope)
    if matter.is_invented:
        return False
    setting = _setting_of(document, matter)
    return any(True for _ in _told_items(document, knowledge, setting, matter)) or bool(
        _deadly_items(document, knowledge, setting)
    )


def _setting_of(document: Document, matter: Matter) -> Setting:
    return Setting(
        disaster=matter.cues.disaster.finds(matter.opening),
        year=document.report_date.year if document.report_date else None,
    )


def _told_items(
    document: Document, knowledge: Knowledge, setting: Setting, matter: Matter
) -> Iterator[Item]:
    """The mentions that say how many, or that nobody, one sentence after the other."""
    before: list[Item] = []
    lexicon = knowledge.lexicon
    told, read, dead, other_version = -1, 0, False, -_CLOSE - 1
    cues = knowledge.scope
    listed, copies = recalled_entries(document), told_before(document)
    again = older_versions(document)
    entries = live_entries(document)
    tables, apart = find_tables(document, lexicon)
    newest: dict[str, int] = {}
    for sentence in document.sentences:
        if len(before) >= MAX_FIGURES or read > _MOST_READ:
            break
        if sentence.ordinal in copies:
            continue
        mentions: list[Mention] = []
        row = tables.get(sentence.ordinal)
        if sentence.signs & CASUALTY or row:
            read += len(sentence.text)
            tokens = tokenise(sentence.text, lexicon)
            if row:
                mentions = read_row(
                    tokens, row,
                    further=sentence.ordinal - 1 in tables, apart=sentence.ordinal in apart,
                )  # fmt: skip
            else:
                mentions = read_mentions(
                    tokens, lexicon, headline=sentence.ordinal == 0,
                    earlier=partial(_those_there, document, sentence.ordinal, lexicon),
                )  # fmt: skip
            died = bool(mentions) and mark_murder_suicide(
                mentions, sentence.text.lower(), matter.opening, cues
            )
            for mention in mentions[:MAX_FIGURES]:
                if (
                    (mention.zero and not mention.groups)
                    or is_no_casualty(
                        tokens,
                        mention,
                        mentions,
                        matter,
                        lexicon,
                        ordinal=sentence.ordinal,
                        after_dead=dead,
                    )
                    or is_capture_of_place(tokens, mention, knowledge.gazetteer)
                ):
                    continue
                if sentence.ordinal > _OPENING and speaks_generally(tokens, mention, lexicon):
                    continue
                begin, end = clause_of(tokens, mention, mentions)
                item = Item(
                    mention, sentence.ordinal, tokens,
                    scope_of(tokens, mention, mentions, knowledge.scope, sentence.ordinal, setting),
                    begin, end,
                )  # fmt: skip
                if item.scope == "incident" and (
                    sentence.ordinal in listed or is_recalled(item, before, document)
                ):
                    item.scope = "background"
                read_context(item, knowledge.incidents, lexicon)
                if item.scope == "incident" and before and goes_on_total(item, before[-1]):
                    item.scope = "aggregate"
                item.another = item.another and mention.rule != "inverted"  # "Also hurt were two"
                item.beside_dead = mention.kind != "killed" and any(
                    other.kind == "killed" and other.groups and other.first < mention.first
                    for other in mentions
                )
                item.suicide = died and not any(other.attackers for other in mentions)
                item.told_between = told
                if sentence.ordinal in again:  # the same story as it was told before
                    item.same, item.new, item.another, item.told_between = True, False, False, -1
                item.disputes = bool(sentence.signs & DISPUTED) and knowledge.scope.disputed.finds(
                    sentence.text.lower()
                )
                several = sum(other.kind == item.kind for other in mentions) > 1
                words = tokens.text[begin:end] if several else own_version(sentence.text)
                takes_back = sentence.signs & CORRECTED and not item.update
                if takes_back and knowledge.scope.corrected.finds(words.lower()):
                    item.corrected = any(
                        other.kind == item.kind
                        or (other.corrected and other.tokens is tokens and item.value > 1)
                        for other in before
                    )
                    item.initial = not item.corrected
                    if item.corrected:  # its day and "earlier" are those of the words
                        item.another, item.days, item.told_between = False, frozenset(), -1
                entry = entries.get(sentence.ordinal, 0)
                if entry > newest.setdefault(item.kind, entry) and not item.another:
                    item.corrected = True  # an older entry of a live blog
                item.rival = item.rival or 0 < sentence.ordinal - other_version <= _CLOSE
                item.speaker = find_speaker(tokens, mention, lexicon)
                if dead and item.kind == "killed" and _ROSTER.match(sentence.text):
                    mention.subset = True
                if is_share(item, before):
                    mention.subset = True
                before.append(item)
                dead = dead or (item.kind == "killed" and item.value > 0)
                if item.value or item.mention.zero:
                    yield item
        if not mentions and sentence.signs & NEW_EVENT and _brings_up(sentence, knowledge):
            told = sentence.ordinal
        if (
            before
            and not mentions
            and sentence.signs & OTHER_VERSION
            and knowledge.incidents.other_version.finds(sentence.text.lower())
        ):
            other_version = sentence.ordinal


def _those_there(document: Document, ordinal: int, lexicon: Lexicon) -> Group | None:
    """How many were aboard, as the nearest of the sentences before tells."""
    for before in range(ordinal - 1, max(ordinal - _ABOARD, -1) - 1, -1):
        sentence = document.by_ordinal.get(before)
        if sentence and (there := those_there(Reader(tokenise(sentence.text, lexicon), lexicon))):
            return there
    return None


_ABOARD = 4
"""Sentences back from "everyone on board" to how many they were."""


def _brings_up(sentence: Sentence, knowledge: Knowledge) -> bool:
    """Whether a sentence without figures brings up an event ("A bomb went off in a market")."""
    cues, words = knowledge.incidents, sentence.text.lower()
    again = cues.taken_up.finds(words) and not cues.another.finds(words)
    return cues.new.finds(words) and not again


def _recall_links(items: list[Item], links: frozenset[int]) -> None:
    """Make what the titles of other stories tell background."""
    for item in items:
        if item.sentence in links and item.scope == "incident":
            item.scope = "background"


_ROSTER = re.compile(
    r"(?:They|Names|The (?:\w+ )?(?:dead|victims|deceased|slain|fallen|two|three|four|five|six))"
    r"(?: (?:are|were|have been|had been))?(?: named| identified| listed)?(?: as)?(?: follows)?:"
)
"""Opens a list of those whose number was told before ("They are: Ana Ruiz, 34; ...")."""


def _deadly_items(document: Document, knowledge: Knowledge, setting: Setting) -> list[Item]:
    """The first event that an adjective alone calls deadly, where nothing else tells of deaths."""
    lexicon = knowledge.lexicon
    for sentence in document.sentences:
        lowered = sentence.text.lower()
        if not any(word in lowered for word in lexicon.deadly):
            continue
        tokens = tokenise(sentence.text, lexicon)
        for mention in read_deadly(tokens, lexicon)[:1]:
            scope = scope_of(tokens, mention, [mention], knowledge.scope, sentence.ordinal, setting)
            item = Item(mention, sentence.ordinal, tokens, scope, 0, len(sentence.text))
            read_context(item, knowledge.incidents, lexicon)
            return [item]
    return []
