import re
import tomllib
from pathlib import Path

import pytest

from transforms.coding.knowledge import build_knowledge, gate_pattern
from transforms.coding.words.lexicon import Lexicon
from transforms.errors import ReferenceDataError

LEXICON = Path(__file__).parents[3] / "data" / "reference" / "lexicon"


def tables():
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in LEXICON.glob("*.toml")}


def rebuild(knowledge, changed):
    return build_knowledge(
        changed,
        event_types=knowledge.event_types,
        gazetteer=knowledge.gazetteer,
        actors=knowledge.actors,
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Five people were killed.",
        "GUNMEN KILL FIVE",
        "The Death\nToll rose.",
        "Two are missing.",
        "Four nurses were abducted.",
        "Five lost their lives.",
        "Five lost  their\tlives.",
        "The fire claimed nine.",
        "There were casualties.",
        "“dead”",
    ],
)
def test_gate_lets_casualty_words_through(sentence, knowledge):
    assert knowledge.gate.search(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council met in Gao on Monday.",
        "He is skilled at cards.",
        "The deadline is Monday.",
        "A woundwort grew there.",
        "",
    ],
)
def test_gate_stops_the_rest(sentence, knowledge):
    assert not knowledge.gate.search(sentence)


def test_every_casualty_word_passes_the_gate(knowledge):
    for word in knowledge.lexicon.vocabulary():
        assert knowledge.gate.search(f"x {word.upper()}, y"), word


def test_gate_pattern_is_valid_for_python_too():
    lexicon = Lexicon(triggers={"slain": ()}, phrase_triggers={("shot", "dead"): None})
    assert re.search(gate_pattern(lexicon), "SHOT  DEAD")


def test_fingerprint_tells_word_lists_apart(knowledge):
    same = rebuild(knowledge, tables())
    assert same.fingerprint == knowledge.fingerprint
    changed = tables()
    changed["things"]["words"] = [*changed["things"]["words"], "zeppelin"]
    assert rebuild(knowledge, changed).fingerprint != knowledge.fingerprint


def test_fingerprint_does_not_hang_on_the_order_of_files(knowledge):
    turned = dict(reversed(tables().items()))
    assert rebuild(knowledge, turned).fingerprint == knowledge.fingerprint


def test_missing_word_list_is_named(knowledge):
    short = tables()
    del short["casualties"]
    with pytest.raises(ReferenceDataError, match="casualties"):
        rebuild(knowledge, short)
