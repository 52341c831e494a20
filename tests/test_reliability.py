"""docs/reliability.md names tests that exist, and says of each whether it is slow."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`( \(slow\))?", TEXT)


@cache
def functions_of(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_line_names_a_test():
    lines = [line for line in TEXT.splitlines() if line.startswith("|") and "---" not in line]
    silent = [line for line in lines if "`tests/" not in line and "| held by |" not in line]
    assert not silent


@pytest.mark.parametrize(("path", "name", "slow"), NAMED, ids=lambda value: value.strip() or "-")
def test_what_is_named_exists(path, name, slow):
    assert name in functions_of(path)
    marks = [ast.unparse(mark) for mark in functions_of(path)[name].decorator_list]
    assert ("pytest.mark.slow" in marks) == bool(slow)
