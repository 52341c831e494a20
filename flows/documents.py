"""The documents that lie in a release beside its tables, for those who load, cite and judge it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.settings import CHECKOUT
from transforms.quality import quality_card
from transforms.schema import SCHEMA_VERSION, data_dictionary
from transforms.views import describe_views

_TEMPLATES = Path(__file__).parent / "templates"
_CODEBOOK = CHECKOUT / "docs" / "codebook.md"


def release_documents(
    tables: Mapping[str, pd.DataFrame],
    *,
    night: date,
    build: Mapping[str, Any],
    gold: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """The documents of a release by name, the report left out.

    Args:
        tables: every table as declared.
        night: night of the release.
        build: versions, for the quality card and the citation.
        gold: scores on the pinned gold set, for the quality card.

    Returns:
        codebook.md (where the checkout has it), data-dictionary.md, quality.json, CITATION.cff,
        LICENCES.md, SCHEMA-CHANGES.md, VIEWS.md.
    """
    card = quality_card(tables, build=build, gold=gold)
    documents = {
        "data-dictionary.md": data_dictionary(),
        "quality.json": json.dumps(card, indent=2, ensure_ascii=False, sort_keys=False) + "\n",
        "CITATION.cff": _cite(night, build),
        "LICENCES.md": (_TEMPLATES / "licences.md").read_text(encoding="utf-8"),
        "SCHEMA-CHANGES.md": (_TEMPLATES / "schema-changes.md").read_text(encoding="utf-8"),
        "VIEWS.md": describe_views(),
    }
    if _CODEBOOK.is_file():
        documents["codebook.md"] = _CODEBOOK.read_text(encoding="utf-8")
    return documents


def _cite(night: date, build: Mapping[str, Any]) -> str:
    made_by = build.get("code_version", "of an unknown version")
    # YAML, not HTML: nothing to escape but the notes, which are JSON and so YAML too
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("citation.cff.j2").render(
        night=night.isoformat(),
        notes=json.dumps(f"Schema version {SCHEMA_VERSION}; made by casualty-ledger {made_by}."),
    )
