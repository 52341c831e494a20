"""Names of those who fight, in a sentence: listed groups, states by their forces, unlisted names.

Read by `transforms.coding.who.attribution`, which decides whether a name is a perpetrator at all.

Source: codebook section 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise, zip_longest
from typing import NamedTuple

from transforms.coding.who.actor_list import Actor, ActorList, Entry, name_words

_LINKED = re.compile(
    r"[-‑](?:linked|backed|led|affiliated|inspired|based|aligned|controlled|held|allied|run|ruled"
    r"|dominated|supported|trained|occupied|administered|born|owned|made|friendly)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"(?:\banti|\bpro|\bnon|\bex)[-‑]$", re.IGNORECASE)

# A run of capitalised words that ends, or begins, like the name of an armed group.
_UNLISTED = re.compile(
    r"\b(?:[A-Z][\w’']+[ -](?:(?:of|for|the|and|al|de|del) ){0,2}){1,5}"
    r"(?:Brigades?|Front|Army|Militia|Movement|Battalions?|Command|Resistance|Mujahideen|Mujahedeen"
    r"|Jihad|Guerrillas?|Squads?|Commandos?|Cartel|Gang|Rebels|Legion|Liberation Forces|Fighters"
    r"|Martyrs|Vanguard|Falcons|Warriors|Avengers|Guards?|Alliance"
    r"|(?:Liberation|Resistance|Defen[cs]e|Salvation) (?:League|Union|Organi[sz]ation))"
    r"\b(?! (?:Base|Hospital|Street|Square|Day))"
    r"|\b(?:Army|Front|Movement|Soldiers|Brigades?|Partisans|Lions|Sons|Swords?|Vanguards?) "
    r"(?:of|for) "
    r"(?:the )?(?:[A-Z][\w’']+(?: (?:of|for|the|and|al) | |$|(?=\W))){1,6}"
    r"|\b(?:Jund|Ansar|Jaish|Jaysh|Lashkar|Harakat|Katibat|Kataib|Liwa|Jabhat|Saraya)"
    r"(?: |-)(?:al|ul|e|i)-[A-Z][\w’']+(?: [A-Z][\w’']+)?"
)
_LINKS_END = re.compile(r"(?: (?:of|for|the|and|al|de|del))+$")
_NAME = r"(?:[A-Z][\w’'-]+)(?: (?:(?:of|the|de|del|al) ){0,2}[A-Z][\w’'-]+){1,5}"
_FIGHTING = (
    r"(?:armed|rebel|militant|separatist|insurgent|guerrilla|terrorist|extremist|jihadist|Islamist"
    r"|criminal|paramilitary|vigilante|secessionist|breakaway)"
)
_OBSCURE = r"(?:[Ll]ittle-known|unknown|shadowy|obscure)"
_GANG = (
    rf"(?:{_FIGHTING} (?:groups?|movement|organi[sz]ation|faction|force)|gang|militia"
    rf"|{_OBSCURE} (?:\w{{2,20}} )?group)"
)
_INTRODUCED = re.compile(
    rf"\b[Tt]he (?P<named>{_NAME}) {_GANG}\b"
    rf"|(?:\b[Tt]he )?(?P<described>{_NAME}),? (?:\([A-Z]+\), )?(?:an?|another|the) "
    rf"(?:[\w’'-]+ ){{0,3}}?{_GANG}\b"
    rf"|\b(?:{_GANG} (?:called|known as|calling itself|named|that calls itself)"
    rf"|group calling itself) (?:the )?(?P<called>{_NAME})"
    rf"|\b{_OBSCURE} (?:\w{{2,20}} )?group,? (?:the )?(?P<claiming>{_NAME}),?"
    r"(?: has| have| had)? (?:claimed|took)\b"
)
"""How a text says that a name is that of an armed group."""

GANG_SIGN = rf"\b(?:{_GANG}|group calling itself)\b"
"""RE2: a sentence in which this finds nothing introduces no armed group."""

_GANG_WORD = re.compile(GANG_SIGN)
_FIGHTERS = frozenset(
    ("rebels", "rebel", "fighters", "militants", "guerrillas", "insurgents", "militiamen", "gunmen")
)
_SIDES = frozenset(("North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western"))
_NO_GROUP = re.compile(
    r"\b(?:(?:National|Coast|Border|Republican|Presidential|Civil|Honou?r|Home|Swiss) Guards?"
    r"|Salvation Army|Red Army|National Army|Royal|Central Command|Northern Command"
    r"|Southern Command"
    r"|Air Force|Armed Forces|Special Forces|Popular Front Party|Military|Police|Terracotta Army"
    r"|Swat Valley|Rapid Response|Fire|Ambulance|Operation|European Command|Joint)\b"
)


class ActorMention(NamedTuple):
    """An actor in a sentence.

    Attributes:
        start: offset of its first character; `end` is one past its last.
        actor: the published name, or None for generic words.
        kind: group, state, country (a bare country name), seat (a capital, which may stand for
            its government), unlisted or generic.
    """

    start: int
    end: int
    text: str
    actor: str | None
    kind: str


@lru_cache(maxsize=256)  # the accounts of one article read the same sentences again
def find_actors(
    text: str,
    actors: ActorList,
    known: frozenset[str] = frozenset(),
    introduced: frozenset[str] = frozenset(),
) -> list[ActorMention]:
    """The actors that a sentence names, in text order, none overlapping.

    Args:
        text: the sentence, in any case.
        actors: the actor list.
        known: names of groups that the article spells out, whose short acronyms may be read.
        introduced: names that the article calls those of armed groups, as `introduced_names` finds.

    Returns:
        Listed groups, states by their forces or bare names, unlisted names of the shape of armed
        groups, and generic words.
    """
    tokens = name_words(text)
    capitals = text.isupper()
    found: list[ActorMention] = []
    spelled = set(known)
    unlisted = [] if capitals else [*_called(text, introduced), *_unlisted(text)]
    done = 0
    listed = actors.entries
    for index in [n for n, (word, _, _) in enumerate(tokens) if word in listed]:
        entries = _entries_at(tokens, index, actors) if index >= done else ()
        if not entries:
            continue
        mention, step = _read(text, tokens, index, entries, actors, spelled, capitals)
        if mention:
            wider = next(
                (u for u in unlisted if u.start <= mention.start and u.end > mention.end), None
            )
            if wider and mention.kind not in ("group", "state"):
                mention = None
                step = sum(1 for _, start, _ in tokens[index:] if start < wider.end)
            else:
                if mention.kind == "group" and mention.actor:
                    spelled.add(mention.actor)
                found.append(mention)
        done = index + step
    taken = [(m.start, m.end) for m in found]
    for name in unlisted:
        if not any(name.start < end and start < name.end for start, end in taken):
            found.append(name)
            taken.append((name.start, name.end))
    found = _without_homes(sorted(found, key=lambda m: m.start))
    return _name_by_acronym(found, text)


def _without_homes(found: list[ActorMention]) -> list[ActorMention]:
    """Without countries that only say where a group is from ("Colombia's ELN guerrillas")."""
    homes = {
        n
        for n, (one, other) in enumerate(pairwise(found))
        if one.kind == "country" and other.kind in ("group", "unlisted")
        if other.start - one.end <= 1 and one.text[-2:] in ("'s", "’s")
    }
    return [mention for n, mention in enumerate(found) if n not in homes] if homes else found


def _entries_at(
    tokens: list[tuple[str, int, int]], index: int, actors: ActorList
) -> tuple[Entry, ...]:
    """The entries of the actor list that may begin at a token, by its word and the next one."""
    after = actors.entries[tokens[index][0]]
    return after.get(tokens[index + 1][0], after[""]) if index + 1 < len(tokens) else after[""]


def _read(
    text: str,
    tokens: list[tuple[str, int, int]],
    index: int,
    entries: tuple[Entry, ...],
    actors: ActorList,
    spelled: set[str],
    capitals: bool,
) -> tuple[ActorMention | None, int]:
    """The mention that begins at a token, and how many tokens it takes."""
    start = tokens[index][1]
    for rest, what, actor in entries:
        last = index + len(rest)
        if last >= len(tokens) or any(
            tokens[index + 1 + n][0] != other for n, other in enumerate(rest)
        ):
            continue
        end = tokens[last][2]
        words = text[start:end]
        armed = last + 1 < len(tokens) and tokens[last + 1][0] in _FIGHTERS
        if not _fits(words, what, actor, spelled, capitals, armed) or _LINKED.match(text, end):
            continue
        if _AGAINST.search(text[max(0, start - 6) : start]):
            continue
        if what in ("country", "people"):
            return _state(text, tokens, index, last, what, actor, actors)
        if actor is None:
            return ActorMention(start, end, words, None, "generic"), 1 + len(rest)
        kind = "seat" if what == "seat" else "group"
        return ActorMention(start, end, words, actor.name, kind), 1 + len(rest)
    return None, 1


def _fits(
    words: str, what: str, actor: Actor | None, spelled: set[str], capitals: bool, armed: bool
) -> bool:
    """Whether the way the words are written fits what they are.

    `armed` is whether a word for fighters follows, which shows a short acronym for a group's.
    """
    if what == "generic":
        return True
    if what == "name":
        return words[0].isupper() or not words[0].isalpha() or " " in words or "-" in words
    if what == "acronyms":
        return (words.isupper() and not (capitals and len(words) < 3)) or (
            words[:1].isupper() and not words.isalpha()
        )
    if what == "short":
        return words.isupper() and actor is not None and (actor.name in spelled or armed)
    return words[0].isupper() and not (capitals and words == "US")


def _state(
    text: str,
    tokens: list[tuple[str, int, int]],
    first: int,
    last: int,
    what: str,
    actor: Actor | None,
    actors: ActorList,
) -> tuple[ActorMention | None, int]:
    """A state by one of its forces ("Israeli army", "US air strike"), else the bare country."""
    start = tokens[first][1]
    after = last + 1
    while after < len(tokens) and after - last <= 2:
        end = _force_end(tokens, after, actors)
        if end is not None:
            while (more := _force_end(tokens, end, actors)) is not None:
                end = more
            if end < len(tokens) and tokens[end][0] in actors.not_after:
                return None, 1 + end - first
            stop = tokens[end - 1][2]
            name = actor.name if actor else None
            return ActorMention(start, stop, text[start:stop], name, "state"), end - first
        if tokens[after][0] not in actors.between:
            break
        after += 1
    if what == "country" and actor is not None:
        stop = tokens[last][2]
        return ActorMention(start, stop, text[start:stop], actor.name, "country"), 1 + last - first
    return None, 1 + last - first


def _force_end(tokens: list[tuple[str, int, int]], index: int, actors: ActorList) -> int | None:
    """The token after the force word that begins here."""
    if index >= len(tokens):
        return None
    for rest in actors.force_words.get(tokens[index][0], ()):
        stop = index + 1 + len(rest)
        if stop <= len(tokens) and tuple(word for word, _, _ in tokens[index + 1 : stop]) == rest:
            return stop
    return None


def introduced_names(texts: Iterable[str], actors: ActorList) -> frozenset[str]:
    """The names that an article calls those of armed groups: "the Grey Heron, a rebel group".

    Args:
        texts: its sentences.
        actors: the actor list; peoples and countries are no names of groups.
    """
    return frozenset(
        name for text in texts if _GANG_WORD.search(text) for name in _introduced(text, actors)
    )


def _introduced(text: str, actors: ActorList) -> Iterator[str]:
    for match in _INTRODUCED.finditer(text):
        name = match["named"] or match["described"] or match["called"] or match["claiming"]
        name = name.removeprefix("The ")
        first = name_words(name)[0][0]
        entries = chain.from_iterable(actors.entries.get(first, {}).values())
        people = any(what in ("people", "country") for _, what, _ in entries)
        if " " in name and not people and name.split()[0] not in _SIDES:
            yield name


def _called(text: str, introduced: frozenset[str]) -> Iterator[ActorMention]:
    for name in sorted(introduced, key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield ActorMention(match.start(), match.end(), name, name, "unlisted")


def _unlisted(text: str) -> Iterator[ActorMention]:
    for match in _UNLISTED.finditer(text):
        words = _LINKS_END.sub("", match.group().strip())
        start = match.start()
        for article in ("The ", "A "):
            if words.startswith(article):
                words, start = words[len(article) :], start + len(article)
        if " " not in words or _NO_GROUP.search(words):
            continue
        yield ActorMention(start, start + len(words), words, words, "unlisted")


def _name_by_acronym(mentions: list[ActorMention], text: str) -> list[ActorMention]:
    """An unlisted name with a listed acronym in brackets after it is that group."""
    named = []
    for mention, after in zip_longest(mentions, mentions[1:]):
        if (
            mention.kind == "unlisted"
            and after is not None
            and after.kind == "group"
            and text[mention.end : after.start].strip() in ("(", "[", ",")
        ):
            mention = ActorMention(mention.start, mention.end, mention.text, after.actor, "group")
        named.append(mention)
    return named
