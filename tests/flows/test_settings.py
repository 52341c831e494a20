"""Settings: the file documents every key, the environment goes first, mistakes are one line."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from flows.settings import CHECKOUT, FILE_NAME, Settings, load_settings, move_stores
from transforms.errors import SettingsError


def write(folder, text):
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return folder


def test_the_file_gives_every_key_with_its_default():
    values = tomllib.loads((CHECKOUT / FILE_NAME).read_text(encoding="utf-8"))
    assert Settings.model_validate(values) == Settings()
    for name, field in Settings.model_fields.items():
        assert set(values[name]) == set(type(field.default).model_fields)


def test_every_key_of_the_file_has_a_comment_before_it():
    lines = (CHECKOUT / FILE_NAME).read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if re.match(r"\w+ =", line):
            assert before.startswith("#"), line


def test_paths_count_from_the_folder_of_the_file(tmp_path):
    write(tmp_path, '[paths]\nraw = "store/raw"\nstate = "/var/ledger"\n')
    paths = load_settings({}, tmp_path).paths
    assert paths.raw == tmp_path / "store/raw"
    assert paths.state == Path("/var/ledger")
    assert paths.published == str(tmp_path / "data/published")
    assert paths.feeds == tmp_path / "data/reference/feeds.toml"
    assert paths.corrections_file == tmp_path / "data/reference/corrections.toml"
    write(tmp_path, '[paths]\ncorrections = "desk/corrections.toml"\n')
    paths = load_settings({}, tmp_path).paths
    assert paths.corrections_file == tmp_path / "desk/corrections.toml"


def test_an_address_is_no_path(tmp_path):
    write(tmp_path, '[paths]\npublished = "s3://bucket/ledger"\n')
    assert load_settings({}, tmp_path).paths.published == "s3://bucket/ledger"


def test_the_environment_goes_before_the_file(tmp_path):
    write(tmp_path, "[build]\nworkers = 3\n")
    environ = {
        "CASUALTY_LEDGER_BUILD_WORKERS": "7",
        "CASUALTY_LEDGER_LOG_FORM": "json",
        "HOME": "x",
    }
    settings = load_settings(environ, tmp_path)
    assert (settings.build.workers, settings.log.form) == (7, "json")


def test_another_file_can_be_named(tmp_path):
    other = tmp_path / "other.toml"
    other.write_text("[build]\nworkers = 5\n")
    environ = {"CASUALTY_LEDGER_SETTINGS": str(other)}
    assert load_settings(environ, tmp_path / "elsewhere").build.workers == 5


def test_stores_can_be_moved(tmp_path):
    moved = move_stores(load_settings({}, tmp_path), tmp_path / "demo")
    assert moved.paths.raw == tmp_path / "demo/raw"
    assert moved.paths.published == str(tmp_path / "demo/published")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[build]\nwrkers = 2\n", "[build] has no key wrkers; known are runner, workers"),
        ("[biuld]\nworkers = 2\n", "unknown section [biuld]; known are paths, ingest"),
        ("[build]\nworkers = 0\n", "[build] workers = 0: "),
        ('[build]\nrule = "newest"\n', "[build] rule = 'newest': "),
        ("build = 3\n", "[build]"),
        ("[build\n", "not valid TOML"),
    ],
)
def test_a_wrong_file_is_one_clear_line(tmp_path, text, says):
    write(tmp_path, text)
    with pytest.raises(SettingsError) as raised:
        load_settings({}, tmp_path)
    assert says in str(raised.value)
    assert FILE_NAME in str(raised.value)
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize("name", ["CASUALTY_LEDGER_RAW", "CASUALTY_LEDGER_PATH_RAW"])
def test_a_wrong_variable_is_one_clear_line(tmp_path, name):
    with pytest.raises(SettingsError, match=f"{name} names no setting"):
        load_settings({name: "x"}, tmp_path)


def test_a_named_file_that_is_missing_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="No such file"):
        load_settings({"CASUALTY_LEDGER_SETTINGS": str(tmp_path / "gone.toml")}, tmp_path)
