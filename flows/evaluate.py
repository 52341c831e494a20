"""The `evaluate` command: code a gold set, and say how many of its figures come out right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from flows.code import code_lines
from flows.settings import Settings
from transforms.errors import SettingsError
from transforms.evaluate import score_reports
from transforms.scorecard import card_values, render_card, render_errors


def evaluate_gold(
    gold: Path, settings: Settings, *, errors: Path | None = None, figures: Path | None = None
) -> str:
    """Code a gold set and score it; every copy is coded, since every copy has its gold.

    Args:
        gold: JSON lines: articles as `code` takes them, with "incidents".
        settings: as for `code`.
        errors: file for the errors, grouped by kind and by what went wrong.
        figures: file for the scores as JSON.

    Returns:
        The score card as text.

    Raises:
        SettingsError: the file is no gold set.
    """
    articles = read_gold(gold)
    if not articles:
        raise SettingsError(f"{gold}: holds no gold article")
    reports = code_lines(gold, settings, keep_duplicates=True)["reports"]
    card = score_reports(articles, reports)
    if errors:
        errors.write_text(render_errors(card, reports), encoding="utf-8")
    if figures:
        figures.write_text(json.dumps(card_values(card), indent=1) + "\n", encoding="utf-8")
    return render_card(card)


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The articles of a gold set.

    Raises:
        SettingsError: the file is no gold set.
    """
    with path.open("rb") as lines:
        return [
            _gold_article(line, f"{path}, line {number}")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]


def _gold_article(line: bytes, where: str) -> dict[str, Any]:
    try:
        article: dict[str, Any] = json.loads(line)
        known = {"id"} <= article.keys() and all("scope" in i for i in article["incidents"])
    except (ValueError, TypeError, KeyError, AttributeError):
        known = False
    if not known:
        raise SettingsError(f"{where}: no gold article; it needs an id and incidents with a scope")
    return article
