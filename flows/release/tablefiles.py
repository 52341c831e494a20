"""Tables as Parquet files: the same rows always give the same bytes, and are written only once.

Rows are sorted by their key and written with fixed options, so the bytes depend on the rows alone,
not on the order in which they came or on the machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from flows.release.digests import PlainRows, RowDigest
from flows.release.ordering import sort_by_key
from flows.release.periods import ROWS_PER_GROUP, File, convert_files, pack_files, split_rows
from transforms.schema import TABLES, arrow_schema, empty_frame, from_arrow, to_arrow

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

WRITTEN_BY: dict[str, Any] = {**WRITER_OPTIONS, "rows_per_group": ROWS_PER_GROUP}
"""All that the bytes of a file depend on beside its rows and the libraries."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One Parquet file of a release, as its manifest lists it.

    Attributes:
        path: relative to the release folder, with forward slashes.
        table: the table whose rows it holds.
        rows: number of rows.
        bytes: size of the file.
        sha256: of the whole file, hexadecimal.
        rows_sha256: of the rows and of how they are written: see `RowDigest`.
    """

    path: str
    table: str
    rows: int
    bytes: int
    sha256: str
    rows_sha256: str

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> Self:
        """The entry from what a manifest holds."""
        return cls(**{field.name: entry[field.name] for field in fields(cls)})

    def to_json(self) -> dict[str, Any]:
        """The entry as the manifest holds it."""
        return asdict(self)


_Piece = tuple[tuple[pa.Table, PlainRows], int, int]
"""Rows of one file among others: all of them in Arrow and plain, from where, to where."""


class Kept(Protocol):
    """Files of the release before, which can be taken over."""

    def has(self, path: str) -> bool:
        """Whether there was a file of that path."""

    def take(self, path: str, rows_sha256: str) -> TableEntry | None:
        """Put that file into the release if it holds just these rows; None where it does not."""


def write_files(
    folder: Path, table: str, frame: pd.DataFrame, nights: list[date], kept: Kept | None = None
) -> list[TableEntry]:
    """Write a table below a folder, one file a night or month.

    Args:
        folder: the release folder being written.
        table: name of the table.
        frame: exactly the declared columns, rows in any order.
        nights: nights that have a file even where no row belongs to them, so that an empty night
            can be told from one that is missing.
        kept: files that need not be written where their rows are still the same.

    Returns:
        One entry per file, by path.

    Raises:
        SchemaError: the rows are not what transforms/schema.py declares, a key repeats, or a row
            has no night.
    """
    (folder / table).mkdir(parents=True, exist_ok=True)
    if set(frame.columns) != set(TABLES[table].names):
        to_arrow(table, frame.iloc[:0])  # says which are missing or unknown
    order = sort_by_key(table, frame)
    written: list[TableEntry] = []
    for files in pack_files(split_rows(table, frame, order, nights)):
        taken = _take_over(table, frame, files, kept) if kept else {}
        written += taken.values()
        changed = [file for file in files if file[0] not in taken]
        written += [
            _write_file(folder, table, period, rows, pieces)
            for period, rows, pieces in convert_files(table, frame, changed, _checked_rows)
        ]
    return sorted(written, key=lambda entry: entry.path)


def _write_file(
    folder: Path, table: str, period: str, rows: int, pieces: Iterator[_Piece]
) -> TableEntry:
    path, content = _path_of(table, period), RowDigest(table, WRITTEN_BY)
    with TableFile(folder / path, table) as file:
        for (arrow, plain), start, stop in pieces:
            content.update(plain, start, stop)
            file.write(arrow.slice(start, stop - start))
    size, digest = measure(folder / path)
    return TableEntry(path, table, rows, size, digest, content.hexdigest())


def _path_of(table: str, period: str) -> str:
    return f"{table}/{period}.parquet"


def _take_over(
    table: str, frame: pd.DataFrame, files: list[File], kept: Kept
) -> dict[str, TableEntry]:
    """Those of the files that need not be written, by name."""
    there = [file for file in files if kept.has(_path_of(table, file[0]))]
    entries = {}
    try:
        for period, _, pieces in convert_files(table, frame, there, _plain_rows):
            content = RowDigest(table, WRITTEN_BY)
            for rows, start, stop in pieces:
                content.update(rows, start, stop)
            entries[period] = kept.take(_path_of(table, period), content.hexdigest())
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        # rows that are not as declared are those of no file; writing them says what is wrong
        return {}
    return {period: entry for period, entry in entries.items() if entry is not None}


def _checked_rows(table: str, frame: pd.DataFrame) -> tuple[pa.Table, PlainRows]:
    arrow = to_arrow(table, frame)
    return arrow, PlainRows(arrow)


def _plain_rows(table: str, frame: pd.DataFrame) -> PlainRows:
    """The rows as `to_arrow` gives them, unchecked: the rows of a published file were checked."""
    arrow = pa.Table.from_pandas(frame, schema=arrow_schema(table), preserve_index=False)
    return PlainRows(arrow)


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
