"""A digest of rows, to know without writing it that a file would come out the same once more.

The bytes of a file depend on its rows, the declared schema, the writer's options and the libraries
that write; the digest covers them all. Where it is the one of a file of the release before, that
file is taken over, so a night writes what changed and not the archive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pat

from transforms.errors import SchemaError
from transforms.schema import arrow_schema

Values = np.ndarray[Any, Any]


class PlainRows:
    """Rows as numbers and bytes, the same ones for the same rows wherever they come from.

    Arrow's own buffers won't do: what lies under a null, before a slice or behind the last value
    is anything.
    """

    def __init__(self, arrow: pa.Table) -> None:
        self._names = arrow.column_names
        self._columns = [list(_streams(_one_array(column), None)) for column in arrow.columns]

    def pieces(self, start: int, stop: int) -> Iterator[tuple[str, list[Values]]]:
        """Name of each column with what some of the rows hold in it."""
        for name, streams in zip(self._names, self._columns, strict=True):
            yield (
                name,
                [
                    values[start:stop] if ends is None else values[ends[start] : ends[stop]]
                    for values, ends in streams
                ],
            )


class RowDigest:
    """SHA-256 over rows of one table, given in the order of the file.

    Args:
        table: name of the table.
        options: how its files are written; other options, another digest.
    """

    def __init__(self, table: str, options: dict[str, Any]) -> None:
        written_by = {**options, "pyarrow": pa.__version__, "pandas": pd.__version__}
        self._digest = hashlib.sha256(json.dumps(written_by, sort_keys=True).encode())
        self._digest.update(_declared(table))

    def update(self, rows: PlainRows, start: int, stop: int) -> None:
        """Add rows; where they are cut into pieces is part of the digest, as it is of the file."""
        self._digest.update(f"\0{stop - start}\0".encode())
        for name, parts in rows.pieces(start, stop):
            self._digest.update(f"{name} {[part.nbytes for part in parts]}\0".encode())
            for part in parts:
                self._digest.update(part.view(np.uint8).data)

    def hexdigest(self) -> str:
        """The digest of the rows so far."""
        return self._digest.hexdigest()


@cache
def _declared(table: str) -> bytes:
    """The declared schema with all that its files say of the columns."""
    return bytes(arrow_schema(table).serialize())


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    return pa.concat_arrays(combined.chunks) if isinstance(combined, pa.ChunkedArray) else combined


def _streams(array: pa.Array, ends: Values | None) -> Iterator[tuple[Values, Values | None]]:
    """Values, and where among them those of each row begin and the last one's end.

    Args:
        array: values of rows.
        ends: where those of each row begin and the last one's end; None where each row has one.
    """
    if pat.is_list(array.type):
        yield _numbers(pc.list_value_length(array), -1), ends
        lengths = _numbers(pc.list_value_length(array), 0)
        yield from _streams(array.flatten(), _at(_ends_of(lengths), ends))
    elif pat.is_string(array.type):
        yield _numbers(pc.binary_length(array), -1), ends
        _, offsets, text = array.buffers()
        bounds = np.frombuffer(offsets, np.int32) if offsets else np.zeros(1, np.int32)
        # an array of no rows may have no buffers at all
        bytes_ = np.frombuffer(text, np.uint8) if text else np.zeros(0, np.uint8)
        yield bytes_, _at(bounds[array.offset : array.offset + len(array) + 1], ends)
    elif pat.is_primitive(array.type):
        yield _numbers(array.is_valid(), 0), ends
        yield _numbers(array, 0), ends
    else:
        raise SchemaError(f"columns of type {array.type} have no digest; see {__name__}")


def _at(bounds: Values, ends: Values | None) -> Values:
    return bounds if ends is None else bounds[ends]


def _ends_of(lengths: Values) -> Values:
    return np.concatenate([[0], np.cumsum(lengths)])


def _numbers(array: pa.Array, null: int) -> Values:
    filled = array.fill_null(pa.scalar(null).cast(array.type)) if array.null_count else array
    return np.ascontiguousarray(filled.to_numpy(zero_copy_only=False))
