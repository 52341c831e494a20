"""The words the coder knows: built once from data/reference/lexicon, then only looked up.

Every word has a set of flags (closed classes, people, casualty words, ...), so that the later
stages are walks over small integers. Phrases of several words are kept by their first word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntFlag, auto
from typing import Any

from transforms.coding.words.rules import RuleWords, read_rule_words
from transforms.coding.words.scan import by_second_word
from transforms.errors import ReferenceDataError

Phrase = tuple[str, ...]


class Flag(IntFlag):
    """What a word can be; a word may be several things."""

    BE = auto()
    HAVE = auto()
    DO = auto()
    MODAL = auto()
    ADVERB = auto()
    PREPOSITION = auto()
    CONJUNCTION = auto()
    SUBORDINATOR = auto()
    DETERMINER = auto()
    DEFINITE = auto()
    POSSESSIVE = auto()
    PRONOUN = auto()
    REPORTING = auto()
    STOP = auto()
    VERB = auto()
    WEEKDAY = auto()
    MONTH = auto()
    ADDITIVE = auto()
    ONE = auto()  # a person
    MANY = auto()  # people
    THING = auto()
    TRIGGER = auto()  # a casualty word
    PHRASE = auto()  # may start a phrase
    NUMBER = auto()  # may start a quantity
    CAPITAL = auto()  # written with a capital letter
    PUNCTUATION = auto()
    SURNAME = auto()  # many people's surname too


# Plain integers: an IntFlag operation costs ten times an int operation, and the walks do millions.
BE, HAVE, DO, MODAL = (int(f) for f in (Flag.BE, Flag.HAVE, Flag.DO, Flag.MODAL))
ADVERB, PREPOSITION, CONJUNCTION = (
    int(f) for f in (Flag.ADVERB, Flag.PREPOSITION, Flag.CONJUNCTION)
)
SUBORDINATOR, DETERMINER, DEFINITE = (
    int(f) for f in (Flag.SUBORDINATOR, Flag.DETERMINER, Flag.DEFINITE)
)
POSSESSIVE, PRONOUN, REPORTING = (int(f) for f in (Flag.POSSESSIVE, Flag.PRONOUN, Flag.REPORTING))
STOP, VERB, WEEKDAY, MONTH = (int(f) for f in (Flag.STOP, Flag.VERB, Flag.WEEKDAY, Flag.MONTH))
ADDITIVE, ONE, MANY, THING = (int(f) for f in (Flag.ADDITIVE, Flag.ONE, Flag.MANY, Flag.THING))
TRIGGER, PHRASE, NUMBER = (int(f) for f in (Flag.TRIGGER, Flag.PHRASE, Flag.NUMBER))
CAPITAL, PUNCTUATION = int(Flag.CAPITAL), int(Flag.PUNCTUATION)
SURNAME = int(Flag.SURNAME)
PERSON = ONE | MANY


MEANINGS = ("hedge:", "after:", "vague", "trigger")
"""What a phrase can be."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A casualty word or phrase.

    Attributes:
        kind: what it counts.
        form: base, third, past, ing (verbs); adjective, noun, counted, sustained, toll.
        takes: object or subject, where the victims of a verb stand.
        weak: its figure gives way to any other of the account.
        only: roles that its victims must have; empty where anybody's will do.
        then, after: words of which one must stand within a few tokens behind or before a phrase.
    """

    kind: str
    form: str
    takes: str = "object"
    weak: bool = False
    only: tuple[str, ...] = ()
    then: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that what it finds is cached
class Lexicon:
    """All word lists, ready for look-up.

    Attributes:
        flags: word -> flags.
        triggers: casualty word -> its readings.
        phrases: first word -> [(words, what it is: "hedge:at_least", "after:about", "vague",
            "trigger"), ...], longest first.
        phrases_by: beginning of what it is ("hedge:", "trigger") -> first word -> second word ->
            (other words, what it is) of the phrases of that meaning (`by_second_word`).
        phrase_triggers: words of a casualty phrase -> its reading.
        numbers: number word -> value; `scales` and `collectives` likewise.
        vague: vague word or phrase -> low.
        roles: person noun -> victim role; `collective`: noun -> how many people it is.
        sexes: noun or pronoun -> male or female; `years`: noun -> the years it leaves open.
        cues: name of a cue list (scope, incidents, roles) -> its phrases.
        role_words: list of cues for a victim's role -> those of one word; `role_phrases`: the rest,
            between spaces.
        deadly: adjectives that tell of deaths without a figure.
        seen: casualty word or phrase that is common otherwise -> pattern of what stands with it
            where it tells of casualties.
        weights: evidence that a figure belongs to an account -> what it counts.
        ordinary: English words; in capitals, what is not among them may be a name.
        given: given names among them.
        never_people: nouns that stand for no people, singular and plural.
        words: the lists that single rules ask for.
    """

    flags: dict[str, int] = field(default_factory=dict)
    triggers: dict[str, tuple[Trigger, ...]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[Phrase, str]]] = field(default_factory=dict)
    phrases_by: dict[str, dict[str, dict[str, tuple[tuple[Phrase, str], ...]]]] = field(
        default_factory=lambda: {meaning: {} for meaning in MEANINGS}
    )
    phrase_triggers: dict[Phrase, Trigger] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    collectives: dict[str, int] = field(default_factory=dict)
    vague: dict[str, int] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    collective: dict[str, int] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)
    years: dict[str, tuple[int, int]] = field(default_factory=dict)
    cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    role_words: dict[str, frozenset[str]] = field(default_factory=dict)
    role_phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deadly: set[str] = field(default_factory=set)
    seen: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    ordinary: frozenset[str] = frozenset()
    given: set[str] = field(default_factory=set)
    never_people: set[str] = field(default_factory=set)
    words: RuleWords = field(default_factory=RuleWords)

    def vocabulary(self) -> list[str]:
        """The stems whose presence lets a sentence, text or page carry a casualty, lower case.

        Without common words, that `seen` has patterns for.
        """
        words = set(self.triggers) | {" ".join(p) for p in self.phrase_triggers} | self.deadly
        return sorted(words - self.seen.keys())


_GRAMMAR = {
    "be": BE,
    "have": HAVE,
    "do": DO,
    "modal": MODAL,
    "adverb": ADVERB,
    "preposition": PREPOSITION,
    "conjunction": CONJUNCTION,
    "subordinator": SUBORDINATOR,
    "determiner": DETERMINER,
    "definite": DEFINITE,
    "possessive": POSSESSIVE,
    "pronoun": PRONOUN,
    "reporting": REPORTING,
    "stop": STOP,
    "verb": VERB,
    "weekday": WEEKDAY,
    "month": MONTH,
    "additive": ADDITIVE,
}
_ROLES = ("civilian", "state_force", "armed_group")
_FORMS = ("base", "third", "past", "ing")


def build_lexicon(
    tables: Mapping[str, Mapping[str, Any]], *, ordinary: frozenset[str] = frozenset()
) -> Lexicon:
    """The lexicon from the parsed TOML files of data/reference/lexicon.

    Args:
        tables: file name without ending -> its content.
        ordinary: English words in lower case.

    Raises:
        ReferenceDataError: a file is missing or has a key that is not known.
    """
    for name in ("grammar", "numbers", "persons", "things", "casualties", "rules"):
        if name not in tables:
            raise ReferenceDataError(f"data/reference/lexicon/{name}.toml is missing")
    lexicon = Lexicon(ordinary=ordinary, words=read_rule_words(tables["rules"]))
    _add_grammar(lexicon, tables["grammar"])
    _add_numbers(lexicon, tables["numbers"])
    _add_persons(lexicon, tables["persons"])
    for word in tables["things"]["words"]:
        _flag(lexicon, word, THING)
        if not lexicon.flags.get(word + "s", 0) & PERSON:
            _flag(lexicon, word + "s", THING)
    _add_casualties(lexicon, tables["casualties"])
    for word in tables["things"].get("never_people", "").split():
        forms = (word, word + "s", word + "es", word.removesuffix("y") + "ies")
        lexicon.never_people.update(form for form in forms if form not in lexicon.flags)
    for phrases in lexicon.phrases.values():
        phrases.sort(key=lambda item: (-len(item[0]), item))
    for meaning in MEANINGS:
        lexicon.phrases_by[meaning] = {
            first: by_second_word(found)
            for first, phrases in lexicon.phrases.items()
            if (found := [(words[1:], what) for words, what in phrases if what.startswith(meaning)])
        }
    for cues in (tables.get("scope", {}), tables.get("incidents", {}), tables.get("speakers", {})):
        for name, words in cues.items():
            if name == "weights":
                lexicon.weights.update(words)
            else:
                lexicon.cues[name] = tuple(words)
    for name, listed in lexicon.cues.items():
        if name.startswith("role_"):
            lexicon.role_words[name] = frozenset(cue for cue in listed if " " not in cue)
            lexicon.role_phrases[name] = tuple(f" {cue} " for cue in listed if " " in cue)
    return lexicon


def _flag(lexicon: Lexicon, word: str, flag: int) -> None:
    lexicon.flags[word] = lexicon.flags.get(word, 0) | flag


def _phrase(lexicon: Lexicon, text: str, meaning: str) -> Phrase:
    words = tuple(text.split())
    lexicon.phrases.setdefault(words[0], []).append((words, meaning))
    _flag(lexicon, words[0], PHRASE)
    return words


def _add_grammar(lexicon: Lexicon, table: Mapping[str, Any]) -> None:
    for name, words in table.items():
        if name not in _GRAMMAR:
            raise ReferenceDataError(f"lexicon/grammar.toml: unknown list {name!r}")
        for word in words:
            _flag(lexicon, word, _GRAMMAR[name])


def _add_numbers(lexicon: Lexicon, table: Mapping[str, Any]) -> None:
    lexicon.numbers.update(table["units"])
    lexicon.scales.update(table["scales"])
    lexicon.collectives.update(table["collectives"])
    for word in (*lexicon.numbers, *lexicon.scales, *lexicon.collectives, "half", "a", "an"):
        _flag(lexicon, word, NUMBER)
    for name, phrases in table["hedges"].items():
        for text in phrases:
            _flag(lexicon, _phrase(lexicon, text, f"hedge:{name}")[0], NUMBER)
    for name, phrases in table["hedges_after"].items():
        for text in phrases:
            _phrase(lexicon, text, f"after:{name}")
    for text, low in table["vague"].items():
        lexicon.vague[text] = low
        _flag(lexicon, _phrase(lexicon, text, "vague")[0], NUMBER)


def _add_persons(lexicon: Lexicon, table: Mapping[str, Any]) -> None:
    for role in _ROLES:
        for number, flag in (("one", ONE), ("many", MANY)):
            for word in table[role][number]:
                if " " in word:
                    continue
                _flag(lexicon, word, flag)
                lexicon.roles.setdefault(word, role)
    for parent in lexicon.words.parents:  # "a dad-of-two"
        for count in (*lexicon.numbers, *map(str, range(2, 13))):
            _flag(lexicon, f"{parent}-of-{count}", ONE)
            lexicon.sexes.update(
                {f"{parent}-of-{count}": sex for sex, nouns in _sexes(table) if parent in nouns}
            )
    lexicon.given.update(table.get("names", {}).get("given", ()))
    for word in table.get("names", {}).get("surnames", ()):
        _flag(lexicon, word, SURNAME)
    for word, count in table["collective"].items():
        _flag(lexicon, word, ONE)
        lexicon.collective[word] = count
    for sex, words in table.get("sex", {}).items():
        lexicon.sexes.update(dict.fromkeys(words, sex))
    for word, (low, high) in table.get("years", {}).items():
        lexicon.years[word] = (low, high)


def _sexes(table: Mapping[str, Any]) -> Iterable[tuple[str, list[str]]]:
    sexes: Mapping[str, list[str]] = table.get("sex", {})
    return sexes.items()


def _add_casualties(lexicon: Lexicon, table: Mapping[str, Any]) -> None:
    def add(word: str, trigger: Trigger) -> None:
        lexicon.triggers[word] = (*lexicon.triggers.get(word, ()), trigger)
        _flag(lexicon, word, TRIGGER)

    for entry in table["verb"]:
        for form in _FORMS:
            for word in entry.get(form, ()):
                if "seen" in entry:
                    lexicon.seen[word] = entry["seen"]
                weak, only = entry.get("weak", False), tuple(entry.get("only", ()))
                add(word, Trigger(entry["kind"], form, entry["takes"], weak, only))
    for form in ("adjective", "noun", "counted", "sustained"):
        for entry in table[form]:
            for word in entry["words"]:
                add(word, Trigger(entry["kind"], form))
    for at, entry in enumerate(table.get("beside", ())):
        lexicon.seen[f"beside {at}"] = entry["seen"]
    for entry in table.get("deadly", ()):
        lexicon.deadly.update(entry["words"])
    for form in ("phrase", "toll"):
        for entry in table[form]:
            weak = entry.get("weak", False)
            then, after = (
                getattr(lexicon.words, entry[beside]) if beside in entry else frozenset()
                for beside in ("then", "after")
            )
            takes = entry.get("takes", "object")
            only = tuple(entry.get("only", ()))
            trigger = Trigger(entry["kind"], form, takes, weak, only, then, after)
            for text in _only_new(entry["words"]):
                if "seen" in entry:
                    lexicon.seen[text] = entry["seen"]
                if " " in text:
                    words = _phrase(lexicon, text, "trigger")
                    lexicon.phrase_triggers[words] = trigger
                    _flag(lexicon, words[0], TRIGGER)
                elif form == "toll":
                    add(text, trigger)


def _only_new(words: Iterable[str]) -> list[str]:
    return sorted(set(words))
