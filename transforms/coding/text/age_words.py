"""Ages among the tokens of a sentence, which count nobody and are left out of it.

Called where tokens are made; `ages` reads how many people a row of ages tells of.
"""

from __future__ import annotations

from transforms.coding.words.lexicon import (
    ADDITIVE,
    BE,
    CAPITAL,
    CONJUNCTION,
    HAVE,
    MONTH,
    PREPOSITION,
    PUNCTUATION,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    WEEKDAY,
    Lexicon,
)


def _decade(low: list[str], index: int) -> int:
    """Where "in her late 70s" opens, or 0."""
    at = index - 1
    at -= low[at : at + 1] in (["early"], ["mid"], ["late"])
    told = at > 1 and low[at] in ("his", "her", "their") and low[at - 1] == "in"
    return at - 1 if told else 0


_AGED = frozenset(("aged", "age", "ages"))
_AGE_LINKS = frozenset(("and", "to", "through", "-", "–"))


def _ages_after(low: list[str], start: int) -> range:
    """The tokens of further ages behind one ("aged 2, 4 and 9", "ages 5 to 11")."""
    at = start
    while low[at : at + 1] == [","] and low[at + 1 : at + 2] and low[at + 1].isdigit():
        at += 2
    if at + 1 < len(low) and low[at] in _AGE_LINKS and low[at + 1].isdigit():
        return range(start, at + 2)
    return range(0)


_AFTER_AGES: tuple[list[str], ...] = ([","], ["."], [";"], ["were"], ["died"], [])


def _told_ages(low: list[str], flags: list[int], start: int, lexicon: Lexicon) -> range:
    """The tokens of an age or a row of them ("three", "between 6 and 12"), or none.

    A further number is an age where nothing follows that it could count.
    """
    at = start + (low[start : start + 1] in (["between"], ["from"], ["only"], ["just"]))
    end = start
    while at < len(low) and (low[at].isdecimal() or low[at] in lexicon.numbers):
        following = at + 1
        if end > start and following < len(low):
            counts_nobody = flags[following] & _AFTER_AGE and not flags[following] & ADDITIVE
            if not counts_nobody or low[following] == "of":
                break
        end = following
        at = end + (low[end : end + 1] == [","])
        at += at < len(low) and low[at] in _AGE_LINKS
        if at == end:
            break
    return range(start, end)


def _is_age_of(low: list[str], flags: list[int], index: int, lexicon: Lexicon) -> bool:
    """Whether a number is one person's age ("a woman of 67 who")."""
    if not 1 < index < len(low) or low[index - 2] not in lexicon.words.plain:
        return False
    age = int(low[index]) if low[index].isdecimal() else lexicon.numbers.get(low[index], _OLDEST)
    follow = flags[index + 1] if index + 1 < len(low) else PUNCTUATION
    after = low[index + 1] if index + 1 < len(low) else "."
    return age < _OLDEST and bool(follow & _AFTER_AGE or after == "who") and after != "of"


_OLDEST = 120
_AFTER_AGE = PUNCTUATION | CONJUNCTION | BE | HAVE | TRIGGER | PREPOSITION | SUBORDINATOR | VERB


def _opens_clause(low: list[str], comma: int) -> bool:
    """Whether all before a comma is a place or a whole ("In Gao, 16", "Of the 46 aboard, 12")."""
    start = comma
    while start and low[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    start += low[start] in ("and", "but")
    longest = _OPENING.get(low[start], 0)
    return 1 < comma - start <= longest


_CLAUSE_ENDS = frozenset((",", ";", ":"))
_OPENING = dict.fromkeys(("in", "at", "near", "outside", "around"), 5) | dict.fromkeys(
    ("of", "among", "out"), 10
)
"""Words that open a clause with a place or a whole -> the tokens that such a phrase has at most."""
_COUNTED = frozenset(("were", "died", "and"))
"""Behind a number of people, and behind an age as well ("Musa Bello, 16, and")."""


def age_tokens(low: list[str], flags: list[int], lexicon: Lexicon) -> set[int]:
    """The tokens of ages: ", 34," after a name, ", both 35", "34 years old", "aged 12".

    Args:
        low: the tokens of a sentence in lower case.
        flags: what each can be.
        lexicon: the numbers in words.
    """
    gone: set[int] = set()
    for index, word in enumerate(low):
        if word in _AGED and (ages := _told_ages(low, flags, index + 1, lexicon)):
            gone.update((index, *ages))
            continue
        if word == "of" and _is_age_of(low, flags, index + 1, lexicon):
            gone.update((index, index + 1))  # "a boy of eleven"
            continue
        if not word[0].isdecimal():
            continue
        decade = word[-1] == "s" and word[:-1].isdecimal()
        if decade and low[index - 1 : index] == ["("] and low[index + 1 : index + 2] == [")"]:
            gone.update((index - 1, index, index + 1))  # "a man (50s)"
        elif decade and (start := _decade(low, index)):
            gone.update(range(start, index + 1))  # "a woman in her late 70s"
        if not word.isdecimal() or len(word) > 3:
            continue
        after = low[index + 1 : index + 3]
        if after[:1] == ["-"] and low[index + 2 : index + 3] in (["year"], ["month"]):
            gone.update(range(index, index + 3))
        elif after[:1] in (
            ["year"],
            ["years"],
            ["month"],
            ["months"],
            ["year-old"],
            ["years-old"],
        ) and (after[1:] == ["old"] or after[0].endswith("old")):
            gone.update(
                (index, index + 1) if after[0].endswith("old") else (index, index + 1, index + 2)
            )
        elif index and int(word) < 120:
            before = index - 1
            if low[before] in ("both", "all", "also", "now", "then", "just"):
                before -= 1
            opens = low[before] if before >= 0 else ""
            closes = low[index + 1] if index + 1 < len(low) else "."
            follow = flags[index + 2] if index + 2 < len(low) else 0
            if (
                before > 0
                and low[before - 1][0].isalpha()
                and not flags[before - 1] & (WEEKDAY | MONTH)
                and not (closes in _COUNTED and flags[before - 1] & TRIGGER)  # "died, 12 were"
                and (closes != "of" or follow & CAPITAL)  # ", 34, of Gao", but "10 of our"
                and not (closes in _COUNTED and _opens_clause(low, before))
                and (
                    (
                        opens == ","
                        and closes in (",", ".", ";", "and", "was", "were", "of", "who", "died")
                    )
                    or (opens == "(" and closes == ")")
                )
            ):
                gone.update(range(before, index + 1))
                further = _ages_after(low, index + 1) if opens == "," else range(0)
                if further and low[further.stop : further.stop + 1] in _AFTER_AGES:
                    gone.update(further)  # "Two women, 22 and 27, were hit"
                elif closes in (",", ")"):
                    gone.add(index + 1)
    return gone
