"""The house's own rules: which way imports go, which module may touch what, docs in step."""

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from flows.docs import write_docs

ROOT = Path(__file__).parents[1]
MODULES = sorted(
    path.relative_to(ROOT) for top in ("flows", "transforms") for path in (ROOT / top).rglob("*.py")
)

ONLY_IN = {
    "prefect": r"flows/(nightly|ingest|build|serve|backfill|orchestrate|embedded)\.py",
    "requests": r"flows/(fetch\.py|fetching/.*)",
    "pyarrow.parquet": r"flows/(rawstore|reference|release)(\.py|/.*)",
    "warcio": r"flows/rawstore(\.py|/.*)",
    "fastwarc": r"flows/rawstore(\.py|/.*)",
}
NOT_IN_TRANSFORMS = {
    "flows", "prefect", "requests", "os", "pathlib", "socket", "subprocess", "random", "time",
    "secrets", "tempfile", "shutil", "urllib.request", "http", "click", "uuid",
}  # fmt: skip
IMPURE_CALLS = {"open", "print", "input", "exec", "eval"}
CLOCK = re.compile(
    r"\b(datetime\.now|datetime\.utcnow|date\.today|Timestamp\.now|Timestamp\.today)\b"
)


@cache
def imports(path):
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def uses(path, module):
    return any(name == module or name.startswith(f"{module}.") for name in imports(path))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_imports_only_what_its_place_allows(path):
    for module, where in ONLY_IN.items():
        if not re.fullmatch(where, path.as_posix()):
            assert not uses(path, module), f"{path} must not import {module}"


@pytest.mark.parametrize("path", [p for p in MODULES if p.parts[0] == "transforms"], ids=str)
def test_transforms_are_pure(path):
    for module in NOT_IN_TRANSFORMS:
        assert not uses(path, module), f"{path} must not import {module}"
    text = (ROOT / path).read_text(encoding="utf-8")
    assert not CLOCK.search(text), f"{path} reads the clock"
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & IMPURE_CALLS


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_module_says_where_it_stands(path):
    assert ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))


def test_no_module_has_a_nameless_room():
    assert not [p for p in MODULES if re.search(r"util|helper|manager|common|misc", p.stem)]


def test_importing_the_command_line_starts_nothing_heavy():
    heavy = "[name for name in ('prefect', 'requests', 'pandas') if name in sys.modules]"
    code = f"import sys, flows.__main__; print({heavy})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


CODER = ROOT / "transforms" / "coding"
STAGES = (
    "words", "text", "groups", "where", "victims", "mentions", "scope", "items", "accounts", "when",
    "who", "explaining",
)  # fmt: skip
"""The packages of the coder, each of which knows those before it."""


def test_the_stages_of_the_coder_are_told_to_newcomers():
    """docs/architecture.md, "Inside the coder", has every module and none that is gone."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = text.split("## Inside the coder")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `([a-z]+)/` \|.*\| (.*) \|$", told, re.M))
    assert tuple(name for name in rows if name != "explaining") == STAGES[:-1]
    for name, modules in rows.items():
        assert set(re.findall(r"`([a-z_]+)`", modules)) == modules_in(CODER / name), name
    assert modules_in(CODER) <= set(re.findall(r"`([a-z_]+)`", told))
    assert {p.parent.name for p in CODER.glob("*/*.py")} == set(STAGES)


def modules_in(folder):
    return {path.stem for path in folder.glob("[a-z]*.py")}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_of_the_coder_knows_only_those_before_it(stage):
    later = STAGES[STAGES.index(stage) + 1 :]
    for path in sorted((CODER / stage).glob("*.py")):
        for name in later:
            assert not uses(path.relative_to(ROOT), f"transforms.coding.{name}"), path


def test_tests_stand_where_the_tree_is():
    assert not list((ROOT / "tests").rglob("__init__.py"))
    for path in (ROOT / "tests").rglob("test_*.py"):
        parts = path.relative_to(ROOT / "tests").parts
        if len(parts) > 1:
            assert (ROOT / Path(*parts[:-1])).is_dir(), f"{path} mirrors no folder"


def test_generated_pages_are_in_step():
    write_docs(check=True)


def test_every_package_of_the_tree_is_installed_by_name():
    packages = {p.parent for p in MODULES}
    assert all((ROOT / package / "__init__.py").exists() for package in packages)


def test_make_says_what_each_target_does():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", text, re.M).group(1).split())
    told = set(re.findall(r"^([a-z-]+):.*## ", text, re.M))
    assert phony == told


def test_pins_name_no_registry():
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[a-z0-9-]+==[\w.]+", line), line


def test_every_dependency_is_pinned_within_its_bounds():
    """Floors under which a library has a known hole are bounds of pyproject.toml."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = dict(line.split("==") for line in text.splitlines() if "==" in line)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(w for n in ("dev", "query", "dask") for w in extras[n])]
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(pins[name]), f"{requirement}: pinned {pins[name]}"
    floors = {"brotli": "1.2", "urllib3": "2.7", "lxml": "6.1.0", "pyarrow": "14.0.1"}
    for name, floor in floors.items():
        assert Version(pins[name]) >= Version(floor)
        assert Version(metadata.version(name)) >= Version(floor)
