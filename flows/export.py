"""The `export` command: the events of a release in the columns of another data set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from flows.past import past_tables
from flows.reference import load_country_names
from flows.settings import Settings
from transforms.errors import StoreError
from transforms.views import VIEWS, to_csv_safe


def export_view(
    settings: Settings, view: str, *, night: date | None = None, rule: str | None = None
) -> pd.DataFrame:
    """The events of the current release as a view.

    Args:
        settings: where the release and the corrections are.
        view: a key of `VIEWS`.
        night: as known on that night; as released where it is left out.
        rule: how tolls are settled; as released where it is left out.

    Returns:
        One row per row of the view.

    Raises:
        StoreError: nothing is published yet.
        SettingsError: no such rule.
    """
    tables = past_tables(settings, night=night, rule=rule)
    names = load_country_names(settings.paths.reference / "places")
    return VIEWS[view](tables, country_names=names)


def write_view(frame: pd.DataFrame, path: Path, form: str) -> None:
    """Write a view as CSV, safe to open in a spreadsheet, or as Parquet.

    Raises:
        StoreError: the file can't be written.
    """
    try:
        if form == "parquet":
            frame.to_parquet(path, index=False)
        else:
            path.write_text(to_csv_safe(frame), encoding="utf-8", newline="")
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {error.strerror}") from error
