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

    def update(self, arrow: pa.Table) -> None:
        """Add rows; where they are cut into pieces is part of the digest, as it is of the file."""
        for name, column in zip(arrow.column_names, arrow.columns, strict=True):
            self._digest.update(f"\0{name} {len(column)}\0".encode())
            for values in _plain_values(_one_array(column)):
                self._digest.update(values.nbytes.to_bytes(8, "big"))
                self._digest.update(np.ascontiguousarray(values).view(np.uint8).data)

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


def _plain_values(array: pa.Array) -> Iterator[Values]:
    """The values as numbers and bytes, the same ones for the same values wherever they come from.

    Arrow's own buffers won't do: what lies under a null, before a slice or behind the last value
    is anything.
    """
    if pat.is_list(array.type):
        yield _numbers(pc.list_value_length(array), -1)
        yield from _plain_values(array.flatten())
    elif pat.is_string(array.type):
        yield _numbers(pc.binary_length(array), -1)
        _, offsets, text = array.buffers()
        ends = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        if text is not None and len(ends):
            yield np.frombuffer(text, dtype=np.uint8)[ends[0] : ends[-1]]
    elif pat.is_primitive(array.type):
        yield _numbers(array.is_valid().cast(pa.int8()), 0)
        yield _numbers(array.cast(pa.int8()) if pat.is_boolean(array.type) else array, 0)
    else:
        raise SchemaError(f"columns of type {array.type} have no digest; see {__name__}")


def _numbers(array: pa.Array, null: int) -> Values:
    filled = array.fill_null(pa.scalar(null).cast(array.type)) if array.null_count else array
    return filled.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]
