"""The names that the coder gives to its rules, in words for a reader of `explain`."""

from __future__ import annotations

RULES = {
    "passive": "the victims are the subject of a passive verb (“five were killed”)",
    "active": "the victims are the object of the verb (“a bomb killed five”)",
    "participle": "the victims follow a participle (“..., killing five”)",
    "subject": "the victims are the subject of the verb (“five died”)",
    "reduced": "the victims stand before a participle (“five people killed in ...”)",
    "relative": "the victims stand before a relative clause (“a man they kidnapped”)",
    "shared": "two casualty words share their victims (“killed and injured”)",
    "infinitive": "the victims stand before an infinitive (“five to die”)",
    "predicate": "a state is said of the victims (“five are dead”)",
    "left": "the victims stand before the word for their state (“left five dead”)",
    "nominal": "the victims follow a noun and “of” (“the killing of five”)",
    "possessive": "the victim is the possessor of a noun (“the mayor's murder”)",
    "counted": "the noun itself is counted (“five deaths”)",
    "taken": "hostages that were taken (“took five hostages”)",
    "bodies": "bodies of victims were found (“the bodies of five men”)",
    "attributive": "the casualty word stands before its noun (“five kidnapped men”)",
    "fatally": "of those who were hit some died (“two of them fatally”)",
    "sent": "people are or were sent to hospital (“38 people are in hospital”)",
    "named": "the victims are named behind a word for them (“the dead were Ana and Luis”)",
    "inverted": "the victims stand behind the verb (“also killed were two guards”)",
    "swept": "water, earth or snow took the victims (“five were swept away”)",
    "survived": "the sentence counts who lived (“three of the 60 aboard survived”)",
    "entry": "a cell of a table with an event in each row",
    "table": "a cell of a table, under a heading (“Dead | Injured”)",
    "label": "a label stands before the figure (“Deaths: 5”)",
    "zero": "nobody was hurt (“no deaths”)",
    "toll": "a running total (“the death toll rose to five”)",
    "stood": "a number told before has risen (“by Sunday it stood at 112”)",
    "rival": "another source's number of what was counted before (“residents said 20”)",
    "deadly": "nothing but a word for a deed that kills (“a deadly blast”)",
    "phrase": "a fixed phrase (“five lost their lives”)",
}
"""Rule of a mention -> how it finds the victims."""

CONVENTIONS = {
    "exact": "the number as it stands",
    "persons": "people named one by one are counted",
    "at_least": "a lower bound: no best guess above it, high unknown",
    "about": "about this many: low and high unknown",
    "up_to": "an upper bound: low unknown",
    "range": "a range: best is its lower end",
    "sum": "parts of different kinds add up; a bound that one lacks is unknown",
    "plural": "a bare plural: two or more",
    "zero": "nobody",
    "share": "a part of a number told with it, or as many as there were",
    "everybody": "everyone on board, however many these were",
    "without_dead": "those who were shot, without those of them who died",
    "deadly": "at least one, the rest unknown",
}
"""Convention of a figure -> how the words became bounds; vague words name themselves."""

RELATIONS = {
    "total": "speaks for its account",
    "part": "added to the other parts",
    "subset": "part of a total that is given elsewhere, not added",
    "superseded": "replaced by a later or fuller figure",
}

LISTS = {
    "aggregate": ("aggregate", "since_day"),
    "background": ("background", "legal", "year", "month", "inquiry"),
    "hypothetical": ("unreal", "denied", "fiction"),
}
"""Scope -> the cue lists of scope.toml that can set it."""
