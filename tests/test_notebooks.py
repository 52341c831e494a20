"""The notebooks run from top to bottom on a release."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def read_cells(path: Path) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]


def as_script(cells: list[str]) -> str:
    """The cells as a program that shows the value of each cell's last line, as a notebook does."""
    parts = []
    for cell in cells:
        tree = ast.parse(cell)
        last = tree.body[-1]
        if isinstance(last, ast.Expr):
            show = ast.Call(ast.Name("show", ast.Load()), [last.value], [])
            tree.body[-1] = ast.Expr(show)
        parts.append(ast.unparse(ast.fix_missing_locations(tree)))
    return "\n".join((SHOW, *parts))


SHOW = """
def show(value):
    for form in ("_repr_svg_", "_repr_html_"):
        if hasattr(value, form):
            assert getattr(value, form)()
            return
    print(value)
"""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_runs_on_the_sample_release(path: Path, demo) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", as_script(read_cells(path))],
        cwd=path.parent,
        env={"PYTHONPATH": str(ROOT), "CASUALTY_LEDGER_DATA": str(demo.published), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert cell["id"]


def test_there_is_a_first_look() -> None:
    assert [path.name for path in NOTEBOOKS] == ["first_look.ipynb"]
