"""Tables as loose files, one Parquet file each: what `code` and `as-of` give."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from flows.release import TableFile
from transforms.errors import StoreError


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as `<folder>/<table>.parquet`.

    Args:
        tables: tables of transforms/schema.py by name.
        folder: made where it is missing; files of these names are replaced.

    Raises:
        StoreError: the folder can't be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in tables.items():
            with TableFile(folder / f"{name}.parquet", name) as file:
                file.append(frame)
    except OSError as error:
        raise StoreError(f"{folder}: can't write the tables: {error.strerror}") from error
