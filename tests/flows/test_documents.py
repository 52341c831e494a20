"""The documents beside the tables."""

import json
import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from flows.documents import release_documents
from flows.release import publish, verify_release
from transforms import schema

ROOT = Path(__file__).parents[2]
CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))
NIGHT = date(2026, 11, 22)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {t: schema.frame_of(t, rows) for t, rows in CASES.items()}


@pytest.fixture(scope="module")
def documents(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    return release_documents(tables, night=NIGHT, build={"code_version": '0.1"0'})


def test_every_document_is_there(documents: dict[str, str]) -> None:
    assert sorted(documents) == [
        "CITATION.cff", "LICENCES.md", "SCHEMA-CHANGES.md", "VIEWS.md", "codebook.md",
        "data-dictionary.md", "quality.json",
    ]  # fmt: skip
    assert all(text.endswith("\n") for text in documents.values())


def test_citation_is_a_citation_file(documents: dict[str, str]) -> None:
    citation = yaml.safe_load(documents["CITATION.cff"])
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= set(citation)
    assert citation["version"] == "2026-11-22"
    assert citation["license"] == "CC-BY-4.0"


def test_licences_name_the_sources_of_places_and_map(documents: dict[str, str]) -> None:
    for name in ("GeoNames", "Natural Earth", "Attribution 4.0", "quoted"):
        assert name in documents["LICENCES.md"]


def test_current_schema_version_has_its_entry(documents: dict[str, str]) -> None:
    entries = [line for line in documents["SCHEMA-CHANGES.md"].splitlines() if line[:3] == "## "]
    assert entries[0] == f"## {schema.SCHEMA_VERSION}"


def test_quality_card_parses(documents: dict[str, str]) -> None:
    assert json.loads(documents["quality.json"])["rows"]["events"] == len(CASES["events"])


FRICTIONLESS = os.environ.get("FRICTIONLESS_PYTHON", str(ROOT / ".venv-frictionless/bin/python"))
VALIDATE = """
import json, sys
from frictionless import Package
reports = [Package.validate_descriptor(json.loads(text)) for text in json.load(sys.stdin)]
print(json.dumps([report.flatten(["note"]) for report in reports]))
"""


@pytest.mark.slow
@pytest.mark.skipif(
    not Path(FRICTIONLESS).exists(), reason=f"{FRICTIONLESS}: frictionless is not there"
)
def test_frictionless_takes_the_data_package_and_refuses_a_bent_one(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    release = publish(tables, root=tmp_path / "published", night=NIGHT, documents={}, build={})
    text = (Path(release.path) / "datapackage.json").read_text("utf-8")
    bent = text.replace('"type": "datetime"', '"type": "moment"')
    ran = subprocess.run(
        [FRICTIONLESS, "-c", VALIDATE],
        input=json.dumps([text, bent]),
        capture_output=True,
        text=True,
        check=True,
    )
    good, bad = json.loads(ran.stdout)
    assert good == []
    assert bad


PAGES = [ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("data/**/README.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    for link in links:
        if not link.startswith(("http://", "https://", "#")):
            assert (page.parent / link.partition("#")[0]).exists(), link


def test_data_package_lists_the_files_of_the_release(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    release = publish(tables, root=tmp_path / "published", night=NIGHT, documents={}, build={})
    package = json.loads((Path(release.path) / "datapackage.json").read_text("utf-8"))
    paths = [path for resource in package["resources"] for path in resource["path"]]
    assert sorted(paths) == sorted(entry["path"] for entry in release.manifest["files"])
    citation = yaml.safe_load(release_documents(tables, night=NIGHT, build={})["CITATION.cff"])
    assert [entry["name"] for entry in package["licenses"]] == [citation["license"]]


def test_documents_are_published_and_listed(
    documents: dict[str, str], tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    release = publish(
        tables, root=tmp_path / "published", night=NIGHT, documents=documents, build={}
    )
    listed = [entry["path"] for entry in release.manifest["documents"]]
    assert listed == sorted([*documents, "datapackage.json"])
    assert verify_release(release) == []
