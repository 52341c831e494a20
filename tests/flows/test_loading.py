"""The examples of docs/loading.md and of the README run as they stand."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from flows.release import publish
from transforms import schema

ROOT = Path(__file__).parents[2]
PAGES = [(ROOT / name).read_text("utf-8") for name in ("docs/loading.md", "README.md")]
EXAMPLES = [code for page in PAGES for code in re.findall(r"```python\n(.*?)```", page, re.S)]
CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with data/published in it: two releases, the older one with a column less."""
    folder = tmp_path_factory.mktemp("loading")
    (folder / "data").mkdir()
    (folder / "data" / "demo").symlink_to(folder / "data")
    for night in (date(2026, 11, 21), date(2026, 11, 22)):
        tables = {table: schema.frame_of(table, rows) for table, rows in CASES.items()}
        root = folder / "data" / "published"
        release = publish(tables, root=root, night=night, documents={}, build={})
        if night.day == 21:
            import pyarrow.parquet as pq

            path = Path(release.path) / "events" / "2026-11.parquet"
            older = pq.read_table(path).drop_columns(["confidence"])
            path.unlink()
            pq.write_table(older, path)
    return folder


RUNNER = """
import json, sys, traceback, warnings
warnings.simplefilter("error")
failures = []
for example in json.load(sys.stdin):
    try:
        exec(compile(example, "example", "exec"), {})
        failures.append(None)
    except Exception:
        failures.append(traceback.format_exc())
print("\\n" + json.dumps(failures))
"""


@pytest.fixture(scope="module")
def failures(published: Path) -> list[str | None]:
    """For each example its traceback, or None: all run in one process, for the imports' sake."""
    ran = subprocess.run(
        [sys.executable, "-c", RUNNER],
        cwd=published,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(published)},
        input=json.dumps(EXAMPLES),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_example_runs(failures: list[str | None], number: int) -> None:
    assert failures[number] is None, failures[number]


def test_there_are_examples_for_every_reader() -> None:
    text = "".join(EXAMPLES)
    for name in ("pandas", "polars", "duckdb", "pyarrow.dataset", "flows.release"):
        assert f"import {name}" in text or f"from {name}" in text


def test_table_of_types_names_those_of_the_schema() -> None:
    page = (ROOT / "docs/loading.md").read_text("utf-8")
    for kind in set(schema.PANDAS_TYPES.values()) - {"float64", "boolean", "object"}:
        assert f"`{kind}`" in page, kind
