"""Tables as Parquet files: which row goes into which file, and always the same bytes for it.

Rows are sorted by their key and written with fixed options, so the bytes depend on the rows alone,
not on the order in which they came or on the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from flows.release.ordering import RowNumbers, sort_by_key
from transforms.errors import SchemaError
from transforms.schema import TABLES, arrow_schema, empty_frame, from_arrow, to_arrow

ROWS_PER_GROUP = 131_072
"""Rows checked, converted and written at a time: it bounds the memory beside the frames."""

WRITER_OPTIONS: dict[str, Any] = {
    "compression": "zstd",
    # 3 writes events 1.1 times slower than 1 and 8% smaller (1,000,000 rows, 2026-07)
    "compression_level": 1,
    "version": "2.6",
    "data_page_version": "1.0",
    "use_dictionary": True,
    "write_statistics": True,
    "store_schema": True,
}

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


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One Parquet file of a release, as its manifest lists it.

    Attributes:
        path: relative to the release folder, with forward slashes.
        table: the table whose rows it holds.
        rows: number of rows.
        bytes: size of the file.
        sha256: of the whole file, hexadecimal.
    """

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        """The entry as the manifest holds it."""
        return asdict(self)


def write_files(
    folder: Path, table: str, frame: pd.DataFrame, nights: list[date]
) -> list[TableEntry]:
    """Write a table below a folder, one file a night or month.

    Args:
        folder: the release folder being written.
        table: name of the table.
        frame: exactly the declared columns, rows in any order.
        nights: nights that have a file even where no row belongs to them, so that an empty night
            can be told from one that is missing.

    Returns:
        One entry per file, by path.

    Raises:
        SchemaError: the rows are not what transforms/schema.py declares, a key repeats, or a row
            has no night.
    """
    column, unit = PERIODS[table]
    (folder / table).mkdir(parents=True, exist_ok=True)
    if set(frame.columns) != set(TABLES[table].names):
        to_arrow(table, frame.iloc[:0])  # says which are missing or unknown
    order = sort_by_key(table, frame)
    written: list[TableEntry] = []
    for files in _pack(_split(table, frame, column, unit, order, nights)):
        for period, rows, pieces in _convert(table, frame, files):
            path = folder / table / f"{period}.parquet"
            with TableFile(path, table) as file:
                for arrow in pieces:
                    file.write(arrow)
            size, digest = measure(path)
            written.append(TableEntry(f"{table}/{path.name}", table, rows, size, digest))
    return written


def measure(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def parse_table(table: str, data: bytes) -> pd.DataFrame:
    """The rows of one Parquet file, with the types of `empty_frame`.

    Columns that the file has not, because an older schema wrote it, are null; columns that the
    table has no longer are left out.

    Args:
        table: name of the table.
        data: the bytes of the file.
    """
    known = arrow_schema(table)
    arrow = pq.ParquetFile(pa.BufferReader(data)).read()
    arrow = arrow.select([name for name in arrow.column_names if name in known.names])
    frame = from_arrow(arrow.replace_schema_metadata(known.metadata))
    for column in TABLES[table].columns:
        if column.type == "strings" and column.name in arrow.column_names:
            # lists as they went in: arrays have no truth value and don't compare
            values = arrow.column(column.name).to_pylist()
            frame[column.name] = pd.Series(values, index=frame.index, dtype=object)
    return frame


class TableFile:
    """A Parquet file of one table that is written a frame at a time, for `code` and the release.

    The file appears under its name when the block ends well, and not at all when it fails.
    """

    def __init__(self, path: Path, table: str) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._table = table
        self._sink: pa.NativeFile | None = None
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def append(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame behind those written before.

        Args:
            frame: exactly the declared columns of the table.

        Raises:
            SchemaError: the rows are not what transforms/schema.py declares.
        """
        self.write(to_arrow(self._table, frame))

    def write(self, arrow: pa.Table) -> None:
        """Write rows that `schema.to_arrow` has checked and converted."""
        if self._writer is None:
            # Parquet's many small writes, gathered: 50 times fewer system calls
            self._sink = pa.output_stream(str(self._part), compression=None, buffer_size=1 << 20)
            self._writer = pq.ParquetWriter(self._sink, arrow.schema, **WRITER_OPTIONS)
        self._writer.write_table(arrow, row_group_size=ROWS_PER_GROUP)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None and self._writer is None:
                self.append(empty_frame(self._table))
            if self._writer is not None and self._sink is not None:
                self._writer.close()
                self._sink.close()
            if kind is None:
                self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)
            if self._sink is not None:
                self._sink.close()


def _split(
    table: str,
    frame: pd.DataFrame,
    column: str,
    unit: str,
    order: RowNumbers,
    nights: list[date],
) -> Iterator[File]:
    """Name of each file with the numbers of its rows, in the order given."""
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


def _pack(files: Iterator[File]) -> Iterator[list[File]]:
    """Neighbouring small files together, up to a row group; a larger file stands alone."""
    pack: list[File] = []
    for file in files:
        if pack and sum(len(rows) for _, rows in pack) + len(file[1]) > ROWS_PER_GROUP:
            yield pack
            pack = []
        pack.append(file)
    if pack:
        yield pack


def _convert(
    table: str, frame: pd.DataFrame, files: list[File]
) -> Iterator[tuple[str, int, Iterator[pa.Table]]]:
    """Name, number of rows and checked Arrow pieces of each file.

    Small files are checked and converted in one go: a call costs as much as some thousand rows. How
    a file is cut into pieces depends on its own rows alone, and so do its bytes.
    """
    if len(files) == 1:
        name, rows = files[0]
        starts = range(0, max(len(rows), 1), ROWS_PER_GROUP)
        pieces = (rows[start : start + ROWS_PER_GROUP] for start in starts)
        yield name, len(rows), (to_arrow(table, frame.take(piece)) for piece in pieces)
        return
    together = to_arrow(table, frame.take(np.concatenate([rows for _, rows in files])))
    start = 0
    for name, rows in files:
        yield name, len(rows), iter([together.slice(start, len(rows))])
        start += len(rows)
