from pathlib import Path

import pytest

from flows.reference import load_actors
from transforms.coding.who.actor_list import ActorList, compile_actors
from transforms.coding.who.actors import find_actors, introduced_names
from transforms.errors import ReferenceDataError

ACTORS = load_actors(Path(__file__).parents[4] / "data" / "reference")
COUNTRIES = {"SYR": {"names": ["Syria"], "people": ["Syrian"]}}


def named(text, actors=ACTORS):
    return [(m.text, m.actor, m.kind) for m in find_actors(text, actors)]


def test_the_list_is_long_and_known_by_its_own_names():
    groups = [actor for actor in ACTORS.actors if actor.kind == "group"]
    assert len(groups) >= 250
    for group in groups:
        if "(" not in group.name:
            assert group.name in [actor for _, actor, _ in named(f"by {group.name} on")]
        assert all(len(code) == 3 and code.isupper() for code in group.countries)


@pytest.mark.parametrize(
    ("text", "actor", "kind"),
    [
        ("Israeli warplanes bombed the port", "Israel", "state"),
        ("a US airstrike", "United States", "state"),
        ("the U.S. military said", "United States", "state"),
        ("Syrian government forces shelled", "Syria", "state"),
        ("Turkey's air force", "Turkey", "state"),
        ("The United States has denied it", "United States", "country"),
        ("Taleban fighters", "Taliban", "group"),
        ("TALIBAN FIGHTERS", "Taliban", "group"),
        ("the Shabaab movement", "al-Shabaab", "group"),
        ("ELN guerrillas", "National Liberation Army (Colombia)", "group"),
        ("al-Qaeda in the Islamic Maghreb", "al-Qaida in the Islamic Maghreb", "group"),
        ("Lord’s Resistance Army", "Lord's Resistance Army", "group"),
        ("the Grey Heron Brigade", "Grey Heron Brigade", "unlisted"),
        ("Front for the Freedom of Ilmar", "Front for the Freedom of Ilmar", "unlisted"),
        ("masked gunmen", None, "generic"),
    ],
)
def test_names(text, actor, kind):
    assert (actor, kind) in [(a, k) for _, a, k in named(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "an al-Qaida-linked cell",
        "anti-Taliban protests",
        "an Iraqi police station",
        "give us the army",
        "it is so",
        "the Salvation Army",
        "Human Rights Group",
        "IT WAS US",
    ],
)
def test_no_names(text):
    assert [m for m in named(text) if m[2] != "generic"] == []


def test_a_short_acronym_needs_its_name():
    assert named("the ADF") == []
    text = "The Allied Democratic Forces (ADF) fled; the ADF is old"
    assert [a for _, a, _ in named(text)] == ["Allied Democratic Forces"] * 3


def test_a_listed_acronym_names_the_words_before_it():
    assert (
        named("the National Liberation Army (ELN)")[0][1] == "National Liberation Army (Colombia)"
    )


def test_offsets_are_those_of_the_words():
    text = "On Monday Boko Haram and Nigerian troops fought."
    for mention in find_actors(text, ACTORS):
        assert text[mention.start : mention.end] == mention.text


def test_an_empty_list_finds_only_shapes():
    assert named("Syrian army and the Grey Heron Brigade", ActorList(ACTORS.cues)) == [
        ("Grey Heron Brigade", "Grey Heron Brigade", "unlisted")
    ]


@pytest.mark.parametrize(
    "groups",
    [
        {"Red Herons": {"also": ["Herons"]}},
        {"Red Herons": {"countries": ["Ilmar"]}},
        {"Red Herons": {"countries": ["SYR"], "aka": ["Herons"]}},
        {"!": {"countries": ["SYR"]}},
    ],
)
def test_a_broken_list_is_refused(groups):
    with pytest.raises(ReferenceDataError):
        compile_actors(groups, {}, {}, COUNTRIES, {}, {})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Salt Road Guild, an armed group from the hills, fled.", ["Salt Road Guild"]),
        ("Men of the Miller's Yard gang opened fire.", ["Miller's Yard"]),
        ("A rebel group calling itself the Heirs of the Delta said so.", ["Heirs of the Delta"]),
        ("The Ochre Valley League, a little-known separatist movement, is silent.",
         ["Ochre Valley League"]),
        ("Fighters of the Haitian gang and a Sri Lankan rebel group met.", []),
        ("They met in North Kivu militia country.", []),
        ("The Harbour Museum, a group of old sheds, burned.", []),
    ],
)  # fmt: skip
def test_names_that_an_article_calls_those_of_armed_groups(text, names):
    assert sorted(introduced_names([text], ACTORS)) == names


def test_an_introduced_name_is_known_from_then_on():
    introduced = frozenset({"Salt Road Guild"})
    found = find_actors("Many blamed the Salt Road Guild.", ACTORS, introduced=introduced)
    assert [(m.text, m.kind) for m in found] == [("Salt Road Guild", "unlisted")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He blamed the Sons of the Marsh for a bombing.", "Sons of the Marsh"),
        ("The Ilmar Valley Guard holds the hills.", "Ilmar Valley Guard"),
        ("The Ilmar Liberation League is silent.", "Ilmar Liberation League"),
    ],
)
def test_shapes_of_names(text, name):
    assert named(text) == [(name, name, "unlisted")]


def test_guards_of_a_state_are_no_group():
    assert [kind for _, _, kind in named("The National Guard and the Coast Guard came.")] == []
