"""Phrases that tie an actor to a deed, or loosen it: who did it, claimed it, denied it, was blamed.

Compiled from data/reference/lexicon/attribution.toml, whose comments say what each is for. Those
named `before` end at the actor's name, those named `after` begin behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from transforms.errors import ReferenceDataError

LONGEST_AGAINST = 8
"""More words than `against_before` finds; a search from further back finds the same, later."""

LONGEST_SUBJECT = 16
"""More characters than `subject_before` finds."""


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that what it finds is cached
class WhoCues:
    """The compiled phrases, and what a sentence must hold to be worth asking for them.

    Attributes:
        blame_sign: RE2, lower case; where it finds nothing, a sentence says nothing about
            responsibility.
        target_signs: lower case; where none of them stands, `target` finds nothing.
    """

    by_before: re.Pattern[str]
    held_by: re.Pattern[str]
    noun_after: re.Pattern[str]
    deed_after: re.Pattern[str]
    passive_after: re.Pattern[str]
    clash_before: re.Pattern[str]
    against_before: re.Pattern[str]
    men_of_before: re.Pattern[str]
    locative_before: re.Pattern[str]
    description: re.Pattern[str]
    did_after: re.Pattern[str]
    killing_after: re.Pattern[str]
    some_group_claimed: re.Pattern[str]
    no_claim: re.Pattern[str]
    claim_after: re.Pattern[str]
    claim_before: re.Pattern[str]
    deny_after: re.Pattern[str]
    deny_before: re.Pattern[str]
    blame_before: re.Pattern[str]
    blame_after: re.Pattern[str]
    of_responsibility: re.Pattern[str]
    seat_denies: re.Pattern[str]
    seat_blamed: re.Pattern[str]
    subject_before: re.Pattern[str]
    violent_object: re.Pattern[str]
    suspected_of_other: re.Pattern[str]
    spoke: re.Pattern[str]
    according: re.Pattern[str]
    target: re.Pattern[str]
    target_end: re.Pattern[str]
    blame_sign: str
    target_signs: tuple[str, ...]


_SIGNS = ("no_claim_signs", "target_signs")
_PATTERNS = tuple(
    field.name for field in fields(WhoCues) if field.name not in ("blame_sign", "target_signs")
)


def compile_who_cues(table: Mapping[str, Any]) -> WhoCues:
    """The phrases of a parsed attribution.toml.

    Args:
        table: `parts`, name -> a piece of a regular expression, and `cues`, name -> a regular
            expression in which "@name" stands for a piece; the two lists of signs among them.

    Raises:
        ReferenceDataError: a phrase is missing or unknown, or no regular expression.
    """
    cues: Mapping[str, Any] = table.get("cues", {})
    if cues.keys() != {*_PATTERNS, *_SIGNS}:
        odd = ", ".join(sorted(cues.keys() ^ {*_PATTERNS, *_SIGNS}))
        raise ReferenceDataError(f"lexicon/attribution.toml: missing or unknown cues: {odd}")
    parts = {name: _one_line(part) for name, part in table.get("parts", {}).items()}
    responsible = f"{_one_line(cues['of_responsibility'])}|{cues['no_claim_signs']}"
    return WhoCues(
        **{name: _compile(name, cues[name], parts) for name in _PATTERNS},
        blame_sign=responsible.replace(" ", r"\s+"),
        target_signs=tuple(cues["target_signs"]),
    )


def _one_line(pattern: str) -> str:
    return pattern.replace("\n", "")


def _compile(name: str, pattern: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    try:
        whole = re.sub(r"@([a-z]+)", lambda part: parts[part.group(1)], _one_line(pattern))
        return re.compile(whole.replace(" ", r"\s{1,3}"), re.IGNORECASE)
    except (KeyError, re.error) as error:
        raise ReferenceDataError(f"lexicon/attribution.toml: {name}: {error!r}") from error
