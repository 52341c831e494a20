"""One article to its items: every mention of casualties, with its scope and context.

After `sentences` and `signs`; `article` makes events of the items.

    sentences -> tokens -> mentions -> items
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from transforms.coding.groups.group import Group
from transforms.coding.items.before import goes_on_total, is_recalled, is_share, own_version
from transforms.coding.items.by_nature import without_natural
from transforms.coding.items.context import read_context
from transforms.coding.items.doers import is_doer
from transforms.coding.items.item import Item
from transforms.coding.items.murder_suicide import mark_murder_suicide
from transforms.coding.items.persons import identify
from transforms.coding.items.roles import find_speaker
from transforms.coding.knowledge import Knowledge
from transforms.coding.mention import Mention, Reader
from transforms.coding.mentions.clauses import read_mentions
from transforms.coding.mentions.deadly import read_deadly
from transforms.coding.mentions.rivals import differs
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
from transforms.coding.repeats import (
    older_versions,
    titles_between,
    titles_of_others,
    told_before,
)
from transforms.coding.scope.bounds import clause_of
from transforms.coding.scope.cues import Setting
from transforms.coding.scope.decide import scope_of
from transforms.coding.scope.matter import Matter
from transforms.coding.scope.no_casualties import (
    is_capture_of_place,
    is_no_casualty,
    speaks_generally,
)
from transforms.coding.text.chronicle import (
    later_datelines,
    live_entries,
    recalled_entries,
)
from transforms.coding.text.tokens import Tokens, tokenise
from transforms.coding.words.lexicon import Lexicon

MAX_FIGURES = 120
"""Figures read of one article; the longest list of casualties in the gold sets has 60. What is
beyond is hostile text, or no article."""

_MOST_READ = 250_000
"""Characters of sentences with casualty words that are read of one article. The longest article of
the gold sets has 20,000 in all; what is beyond is hostile text, or no article."""

_CLOSE = 2
"""Sentences after one that turns to another version of the figures, or that counts people."""

_OPENING = 2
"""Up to this sentence even a quotation is news."""


def read_items(document: Document, knowledge: Knowledge) -> list[Item]:
    """The casualty mentions of an article in text order, with scope and context."""
    matter = Matter(document, knowledge.scope)
    if matter.is_invented:
        return []
    setting = _setting_of(document, matter)
    items = list(_Reading(document, knowledge, setting, matter).items())
    _recall_links(items, titles_of_others(document), titles_between(document))
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
    return any(True for _ in _Reading(document, knowledge, setting, matter).items()) or bool(
        _deadly_items(document, knowledge, setting)
    )


def _setting_of(document: Document, matter: Matter) -> Setting:
    return Setting(
        disaster=matter.cues.disaster.finds(matter.opening),
        year=document.report_date.year if document.report_date else None,
    )


@dataclass(slots=True)
class _Reading:
    """An article being read, one sentence after the other, and what was read of it so far.

    Attributes:
        before: the items so far.
        dead: whether one of them tells of deaths.
        event_at: the last sentence that brought up an event without figures.
        version_at: the last sentence that turned to another version of the figures.
        newest: kind -> the entry of a live blog that told it first; entries stand newest first.
    """

    document: Document
    knowledge: Knowledge
    setting: Setting
    matter: Matter
    before: list[Item] = field(default_factory=list)
    dead: bool = False
    event_at: int = -1
    version_at: int = -_CLOSE - 1
    newest: dict[str, int] = field(default_factory=dict)
    listed: frozenset[int] = field(init=False)
    again: frozenset[int] = field(init=False)
    entries: Mapping[int, int] = field(init=False)
    datelines: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        """Looks over the whole article for entries and versions."""
        self.listed = recalled_entries(self.document)
        self.again = older_versions(self.document)
        self.entries = live_entries(self.document)
        self.datelines = later_datelines(self.document)

    def items(self) -> Iterator[Item]:
        """The mentions that say how many, or that nobody, in text order."""
        copies = told_before(self.document)
        tables, apart = find_tables(self.document, self.knowledge.lexicon)
        read = 0
        for sentence in self.document.sentences:
            if len(self.before) >= MAX_FIGURES or read > _MOST_READ:
                break
            at = sentence.ordinal
            if at in copies:
                continue
            mentions: list[Mention] = []
            row = tables.get(at)
            if sentence.signs & CASUALTY or row or self._may_differ(sentence):
                read += len(sentence.text)
                tokens = tokenise(sentence.text, self.knowledge.lexicon)
                if row:
                    mentions = read_row(tokens, row, further=at - 1 in tables, apart=at in apart)
                else:
                    mentions = self._read_mentions(tokens, at)
                yield from self._items_of(sentence, tokens, mentions)
            if not mentions:
                self._note_turns(sentence)

    def _read_mentions(self, tokens: Tokens, at: int) -> list[Mention]:
        lexicon = self.knowledge.lexicon
        earlier = partial(_those_there, self.document, at, lexicon)
        return read_mentions(
            tokens, lexicon, headline=at == 0, earlier=earlier, counting=self._counting(at)
        )

    def _counting(self, at: int) -> str | None:
        """The one kind that the sentences before one counted last, if it was of an event."""
        last = self.before[-1] if self.before else None
        if last is None or last.scope != "incident" or at - last.sentence > _CLOSE:
            return None
        kinds = {item.kind for item in self.before if item.sentence == last.sentence}
        return last.kind if len(kinds) == 1 else None

    def _may_differ(self, sentence: Sentence) -> bool:
        """Whether it may give another source's number for what was counted before."""
        counting = self._counting(sentence.ordinal) is not None
        return counting and differs(sentence.text, self.knowledge.lexicon)

    def _items_of(
        self, sentence: Sentence, tokens: Tokens, mentions: list[Mention]
    ) -> Iterator[Item]:
        """The items of one sentence; all are remembered, those without a figure not given."""
        died = bool(mentions) and mark_murder_suicide(
            mentions, sentence.text.lower(), self.matter.opening, self.knowledge.scope
        )
        for mention in mentions[:MAX_FIGURES]:
            if self._tells_nobody(sentence, tokens, mention, mentions):
                continue
            item = self._place(sentence, tokens, mention, mentions)
            item.suicide = died and not any(other.attackers for other in mentions)
            self._compare_versions(item, sentence, mentions)
            item.speaker = find_speaker(tokens, mention, self.knowledge.lexicon)
            listed = self.dead and item.kind == "killed" and _ROSTER.match(sentence.text)
            if is_doer(item, self.before, self.knowledge.lexicon):
                mention.attackers = True
            elif listed or is_share(item, self.before):
                mention.subset = True
            self.before.append(item)
            self.dead = self.dead or (item.kind == "killed" and item.value > 0)
            if item.value or mention.zero:
                yield item

    def _tells_nobody(
        self, sentence: Sentence, tokens: Tokens, mention: Mention, mentions: list[Mention]
    ) -> bool:
        """Whether a mention is no claim: a figure of speech, a seized town, anybody's lot."""
        lexicon = self.knowledge.lexicon
        if mention.zero and not mention.groups:
            return True
        if is_no_casualty(
            tokens, mention, mentions, self.matter, lexicon,
            ordinal=sentence.ordinal, after_dead=self.dead,
        ):  # fmt: skip
            return True
        if is_capture_of_place(tokens, mention, self.knowledge.gazetteer):
            return True
        return sentence.ordinal > _OPENING and speaks_generally(tokens, mention, lexicon)

    def _place(
        self, sentence: Sentence, tokens: Tokens, mention: Mention, mentions: list[Mention]
    ) -> Item:
        """A mention as an item, with its scope and what its clause says."""
        at, cues = sentence.ordinal, self.knowledge.scope
        begin, end = clause_of(tokens, mention, mentions)
        scope = scope_of(tokens, mention, mentions, cues, at, self.setting)
        item = Item(mention, at, tokens, scope, begin, end)
        if item.scope == "incident" and (
            at in self.listed or is_recalled(item, self.before, self.document)
        ):
            item.scope = "background"
        read_context(item, self.knowledge.incidents, self.knowledge.lexicon)
        if item.scope == "incident" and self.before and goes_on_total(item, self.before[-1]):
            item.scope = "aggregate"
        item.another = item.another and mention.rule != "inverted"  # "Also hurt were two"
        if at in self.datelines and mention is mentions[0]:
            item.another = True
        item.beside_dead = mention.kind != "killed" and any(
            other.kind == "killed" and other.groups and other.first < mention.first
            for other in mentions
        )
        item.told_between = self.event_at
        if at in self.again:  # the same story as it was told before
            item.same, item.new, item.another, item.told_between = True, False, False, -1
        return item

    def _compare_versions(self, item: Item, sentence: Sentence, mentions: list[Mention]) -> None:
        """Mark a figure that the article takes back, disputes or holds against another."""
        cues, text = self.knowledge.scope, sentence.text
        item.disputes = bool(sentence.signs & DISPUTED) and cues.disputed.finds(text.lower())
        several = sum(other.kind == item.kind for other in mentions) > 1
        words = _between_its_kind(item, mentions) if several else own_version(text)
        takes_back = sentence.signs & CORRECTED and not item.update
        if takes_back and cues.corrected.finds(words.lower()):
            item.corrected = any(
                other.kind == item.kind
                or (other.corrected and other.tokens is item.tokens and item.value > 1)
                for other in self.before
            )
            item.initial = not item.corrected
            if item.corrected:  # its day and "earlier" are those of the words
                item.another, item.days, item.told_between = False, frozenset(), -1
        entry = self.entries.get(item.sentence, 0)
        if entry > self.newest.setdefault(item.kind, entry) and not item.another:
            item.corrected = True  # an older entry of a live blog
        item.rival = item.rival or 0 < item.sentence - self.version_at <= _CLOSE

    def _note_turns(self, sentence: Sentence) -> None:
        """Remember where a sentence without figures turns to an event, or to other figures."""
        if sentence.signs & NEW_EVENT and _brings_up(sentence, self.knowledge):
            self.event_at = sentence.ordinal
        turns = self.before and sentence.signs & OTHER_VERSION
        if turns and self.knowledge.incidents.other_version.finds(sentence.text.lower()):
            self.version_at = sentence.ordinal


def _between_its_kind(item: Item, mentions: list[Mention]) -> str:
    """An item's clause without what it says of other figures of its kind, before it or behind."""
    tokens, own = item.tokens, item.mention
    others = [other for other in mentions if other.kind == own.kind and other is not own]
    begins = [tokens.end[other.last - 1] for other in others if other.last <= own.first]
    ends = [tokens.start[other.first] for other in others if own.last <= other.first]
    return tokens.text[max([item.begin, *begins]) : min([item.end, *ends])]


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


def _recall_links(items: list[Item], links: frozenset[int], titles: frozenset[int]) -> None:
    """Make what titles of other stories tell background; those in between if unlike the news."""
    for position, item in enumerate(items):
        if item.scope != "incident":
            continue
        if item.sentence in links or (
            item.sentence in titles and _is_other_news(item, items[:position])
        ):
            item.scope = "background"


def _is_other_news(item: Item, before: list[Item]) -> bool:
    """Whether the news counted as much as an item counts, and another number."""
    told = {
        known.value for known in before if known.scope == "incident" and known.kind == item.kind
    }
    return bool(told) and item.value not in told and not item.mention.toll


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
