"""Which row goes into which file, and the rows of each file, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

import numpy as np
import pandas as pd

from flows.release.ordering import RowNumbers
from transforms.errors import SchemaError
from transforms.schema import TABLES

ROWS_PER_GROUP = 131_072
"""Rows checked, converted and written at a time: it bounds the memory beside the frames."""

PERIODS: dict[str, tuple[str, str]] = {
    "articles": ("night", "D"),
    "claims": ("observed_at", "D"),
    "attributions": ("observed_at", "M"),
    "reports": ("observed_at", "D"),
    "events": ("observed_at", "M"),
    "tolls": ("observed_at", "M"),
    "links": ("observed_at", "D"),
    "feeds": ("night", "D"),
    "rejects": ("night", "D"),
    "runs": ("night", "D"),
}
"""Which column names a row's file, and whether a file holds a night (D) or a month (M)."""


File = tuple[str, RowNumbers]
"""Name of a file without its ending, and the numbers of its rows."""

Rows = TypeVar("Rows")


def split_rows(
    table: str,
    frame: pd.DataFrame,
    order: RowNumbers,
    nights: list[date],
) -> Iterator[File]:
    """Name of each file with the numbers of its rows.

    Args:
        table: name of the table.
        frame: its rows.
        order: numbers of the rows in the order that the files are to have.
        nights: nights that have a file even where no row belongs to them.

    Raises:
        SchemaError: a row has no night.
    """
    column, unit = PERIODS[table]
    days = frame[column].to_numpy(dtype="datetime64[us]")
    if np.isnat(days).any():
        row = int(np.isnat(days).argmax())
        key = [frame[name].iloc[row] for name in TABLES[table].key]
        raise SchemaError(f"table {table}: the row with key {key} has no {column}, so no file")
    periods = days.astype(f"datetime64[{unit}]")
    names, codes = np.unique(periods, return_inverse=True)
    # 16 bits sort five times faster than 64, and 65,535 files are more than a store should have
    small = codes.astype(np.uint16 if len(names) < 2**16 else np.int64)[order]
    by_period = order[np.argsort(small, kind="stable")]
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    parts = np.split(by_period, ends[:-1]) if len(names) else []
    groups = dict(zip(map(str, names), parts, strict=True))
    for night in nights:
        groups.setdefault(night.isoformat()[: 10 if unit == "D" else 7], by_period[:0])
    yield from sorted(groups.items())


def pack_files(files: Iterator[File]) -> Iterator[list[File]]:
    """Neighbouring small files together, up to a row group; a larger file stands alone."""
    pack: list[File] = []
    for file in files:
        if pack and sum(len(rows) for _, rows in pack) + len(file[1]) > ROWS_PER_GROUP:
            yield pack
            pack = []
        pack.append(file)
    if pack:
        yield pack


def convert_files(
    table: str, frame: pd.DataFrame, files: list[File], convert: Callable[[str, pd.DataFrame], Rows]
) -> Iterator[tuple[str, int, Iterator[tuple[Rows, int, int]]]]:
    """Name and number of rows of each file, and its pieces: converted rows, from where, to where.

    Small files are converted in one go: a call costs as much as some thousand rows. How a file is
    cut into pieces depends on its own rows alone, and so do its bytes.

    Args:
        table: name of the table.
        frame: its rows.
        files: a pack of files.
        convert: from the name of the table and some of its rows to the same rows in another form.
    """
    if len(files) == 1:
        name, rows = files[0]
        starts = range(0, max(len(rows), 1), ROWS_PER_GROUP)
        pieces = (rows[start : start + ROWS_PER_GROUP] for start in starts)
        yield name, len(rows), ((convert(table, frame.take(p)), 0, len(p)) for p in pieces)
    elif files:
        together = convert(table, frame.take(np.concatenate([rows for _, rows in files])))
        start = 0
        for name, rows in files:
            yield name, len(rows), iter([(together, start, start + len(rows))])
            start += len(rows)
