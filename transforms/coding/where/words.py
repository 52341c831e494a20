"""The words around place names, as words.toml has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from transforms.errors import ReferenceDataError

NOUN_KINDS = ("admin1", "admin2", "inner", "town", "site", "area", "water")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The lists of words.toml, whose comments say what each is for; `nouns` gives a noun's kind.

    `openers` are the words at which a place may begin although they have no capital.
    """

    at: frozenset[str]
    near: frozenset[str]
    towards: frozenset[str]
    strict_at: frozenset[str]
    directions: frozenset[str]
    sides: frozenset[str]
    parts: frozenset[str]
    fringes: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    name_nouns: frozenset[str]
    no_places: frozenset[str]
    saying: frozenset[str]
    talk: frozenset[str]
    compounds: frozenset[str]
    place_adjectives: frozenset[str]
    currencies: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    function_words: frozenset[str]
    links: frozenset[str]
    loose_links: frozenset[str]
    articles: frozenset[str]
    spanish_heads: frozenset[str]
    wordlike: frozenset[str]
    not_after_capital: frozenset[str]
    side_openers: frozenset[str]
    side_closers: frozenset[str]
    recalled: frozenset[str]
    events: frozenset[str]
    borders: frozenset[str]
    bordering: frozenset[str]
    houses: frozenset[str]
    seat_ranks: frozenset[str]
    turns: tuple[str, ...]
    nouns: Mapping[str, str]
    openers: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Gathers the words at which a place may begin although they have no capital."""
        seats = frozenset(("capital", "city"))
        openers = seats | self.directions | self.articles | self.spanish_heads
        object.__setattr__(self, "openers", openers)

    def dated(self, word: str) -> bool:
        """Whether the word is a day of the week or a month."""
        return word in self.days or word in self.months


def read_words(table: Mapping[str, Any]) -> PlaceWords:
    """The words of a parsed words.toml.

    Args:
        table: list name -> words one space apart; `turns` -> phrases; `nouns` -> kind -> words.

    Raises:
        ReferenceDataError: a list is missing or unknown, or a noun stands under two kinds.
    """
    wanted = {f.name for f in fields(PlaceWords) if f.init}
    if table.keys() != wanted:
        odd = ", ".join(sorted(table.keys() ^ wanted))
        raise ReferenceDataError(f"places/words.toml: missing or unknown lists: {odd}")
    nouns: dict[str, str] = {}
    for kind, listed in table["nouns"].items():
        if kind not in NOUN_KINDS:
            raise ReferenceDataError(f"places/words.toml: nouns of no known kind: {kind}")
        for noun in listed.split():
            if nouns.setdefault(noun, kind) != kind:
                raise ReferenceDataError(f"places/words.toml: {noun} is {nouns[noun]} and {kind}")
    lists = {
        name: frozenset(listed.split())
        for name, listed in table.items()
        if name not in ("nouns", "turns")
    }
    lists["sides"] |= lists["directions"]
    return PlaceWords(**lists, turns=tuple(table["turns"]), nouns=nouns)


def side_of(direction: str) -> str:
    """The adjective of a direction: "northwest" -> "northwestern"."""
    return direction if direction.endswith("ern") else direction + "ern"
