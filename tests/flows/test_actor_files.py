import shutil
from pathlib import Path

import pytest

from flows.reference import load_actors, load_event_types
from transforms.errors import ReferenceDataError

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture
def folder(tmp_path):
    for name in ("actors", "lexicon"):
        shutil.copytree(REFERENCE / name, tmp_path / name)
    (tmp_path / "places").mkdir()
    shutil.copy(REFERENCE / "places" / "countries.toml", tmp_path / "places")
    return tmp_path


def test_a_group_added_to_a_file_is_read(folder):
    (folder / "actors" / "own.toml").write_text('"Red Herons" = { countries = ["SYR"] }\n')
    assert "Red Herons" in {actor.name for actor in load_actors(folder).actors}


def test_a_group_in_two_files_is_refused(folder):
    (folder / "actors" / "own.toml").write_text('"Taliban" = { countries = ["AFG"] }\n')
    with pytest.raises(ReferenceDataError, match="Taliban"):
        load_actors(folder)


def test_a_broken_file_is_named(folder):
    (folder / "actors" / "own.toml").write_text("Red Herons\n")
    with pytest.raises(ReferenceDataError, match=r"own\.toml"):
        load_actors(folder)
    (folder / "lexicon" / "event_types.toml").unlink()
    with pytest.raises(ReferenceDataError, match=r"event_types\.toml"):
        load_event_types(folder)
