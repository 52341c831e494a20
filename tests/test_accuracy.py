"""Accuracy held above floors: the project's own gold set, the worked example, the shared sets.

The floors are in tests/floors.toml, by set. A figure is named as the score card names it
("killed.f1", "false_alarms.rate", "fields.country"); of rates that should be low it is a ceiling.
"""

import json
import tomllib
from pathlib import Path

import pytest

from flows.code import code_lines
from flows.reference import load_knowledge
from flows.settings import load_settings
from transforms.coding.code import code_articles
from transforms.corpus import read_corpus
from transforms.evaluate import score_reports
from transforms.scorecard import card_values

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
CEILINGS = ("leak", "rate")
QUICK = [key for key in FLOORS if not key.endswith("_dev")]
LONG = [key for key in FLOORS if key.endswith("_dev")]


def lines_of(name):
    folder = HERE.parent / "data" / "gold"
    by_itself = folder / f"{name}.jsonl"
    paths = [by_itself] if by_itself.exists() else [SHARED / "gold" / f"{name}.jsonl"]
    if name == "own":
        paths = [path for path in sorted(folder.glob("*.jsonl")) if path.stem not in FLOORS]
    if not all(path.exists() for path in paths):
        pytest.skip(f"{paths[0]} is not there: the set is kept outside of the repository")
    return [line for path in paths for line in path.read_text("utf-8").splitlines() if line]


@pytest.fixture(scope="module")
def score(tmp_path_factory):
    """The figures of a set, coded once."""
    known = {}

    def run(name):
        if name not in known:
            lines = lines_of(name)
            path = tmp_path_factory.mktemp(name) / f"{name}.jsonl"
            path.write_text("\n".join(lines), "utf-8")
            settings = load_settings({}, path.parent)
            reports = code_lines(path, settings, keep_duplicates=True)["reports"]
            known[name] = card_values(score_reports([json.loads(line) for line in lines], reports))
        return known[name]

    return run


def figure(values, name):
    first, second = name.split(".")
    found = values[first][second]
    return found["accuracy"] if first == "fields" else found


def floors(names):
    return [(s, name, bound) for s in names for name, bound in FLOORS[s].items()]


@pytest.mark.parametrize(("gold", "name", "bound"), floors(QUICK))
def test_floor_of_the_project_s_own_gold(gold, name, bound, score):
    check(score(gold), name, bound)


@pytest.mark.slow
@pytest.mark.parametrize(("gold", "name", "bound"), floors(LONG))
def test_floor_of_the_shared_gold(gold, name, bound, score):
    check(score(gold), name, bound)


def check(values, name, bound):
    found = figure(values, name)
    if name.endswith(CEILINGS):
        assert found <= bound, f"{name} {found:.4f}, more than {bound}"
    else:
        assert found >= bound, f"{name} {found:.4f}, less than {bound}"


def test_floors_name_figures_of_the_card(score):
    values = score("own")
    for name, bound in FLOORS["own"].items():
        assert 0 <= bound <= 1
        assert figure(values, name) is not None


# --- the worked example of codebook section 11 ---------------------------------------------------


@pytest.fixture(scope="module")
def seed():
    path = SHARED / "seed" / "seed.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there: the text is kept outside of the repository")
    corpus = read_corpus(enumerate(path.read_bytes().splitlines(), 1), run_id="seed", known=())
    knowledge = load_knowledge(HERE.parent / "data" / "reference")
    return code_articles(corpus.articles, corpus.texts, knowledge)


def rows(frame, scope):
    return (
        frame[frame["scope"] == scope].astype(object).where(frame.notna(), None).to_dict("records")
    )


def toll(row, kind):
    return tuple(row[f"{kind}_{bound}"] for bound in ("low", "best", "high"))


def span(row):
    return tuple(str(row[f"date_{end}"])[:10] for end in ("start", "end"))


def test_seed_strike(seed):
    strike = rows(seed.reports, "incident")[0]
    assert toll(strike, "killed") == (22, 22, 22)
    assert toll(strike, "injured") == (12, 12, 12)
    assert (strike["event_type"], strike["domain"]) == ("air_strike", "conflict")
    assert (strike["place_text"], strike["country"], strike["place_precision"]) == (
        "Albu Kamal", "SYR", 1,
    )  # fmt: skip
    assert span(strike) == ("2018-06-18", "2018-06-24")
    assert strike["date_precision"] == 3
    assert strike["actor"] == "United States"
    assert strike["responsibility"] == "denied"
    said = seed.attributions[seed.attributions["report_id"] == strike["report_id"]]
    assert set(said["stance"]) == {"alleged", "denied"}
    claims = seed.claims[seed.claims["report_id"] == strike["report_id"]]
    assert set(claims["victim_role"]) == {"armed_group"}
    assert set(claims["stance"]) == {"asserted"}


def test_seed_family(seed):
    killing = rows(seed.reports, "incident")[1]
    assert toll(killing, "killed") == (4, 4, 4)
    assert toll(killing, "injured") == (None, None, None)
    assert (killing["event_type"], killing["domain"]) == ("execution_or_massacre", "conflict")
    assert (killing["place_text"], killing["admin1"], killing["country"]) == (
        "Hamrin", "Diyala", "IRQ",
    )  # fmt: skip
    assert killing["place_precision"] in (1, 4)
    assert span(killing) == ("2018-06-24", "2018-06-24")
    assert killing["date_precision"] == 1
    assert killing["actor"] is None
    assert killing["responsibility"] == "disowned"
    claims = seed.claims[seed.claims["report_id"] == killing["report_id"]]
    assert list(claims["victim_role"]) == ["civilian"]


def test_seed_has_two_events_and_one_recalled_death(seed):
    assert len(rows(seed.reports, "incident")) == 2
    (recalled,) = rows(seed.reports, "background")
    assert toll(recalled, "killed") == (1, 1, None)
    assert len(seed.reports) == 3
