"""The order of a table's rows in its files: by key, so that the same rows give the same bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from transforms.errors import SchemaError
from transforms.schema import TABLES

RowNumbers = np.ndarray[Any, np.dtype[np.int64]]
_Words = np.ndarray[Any, np.dtype[np.uint64]]

ID_LENGTH = 16
"""Hashed ids have this many characters: see transforms/identity.py."""


def sort_by_key(table: str, frame: pd.DataFrame) -> RowNumbers:
    """Row numbers in the order of the table's key.

    Raises:
        SchemaError: a key stands in more than one row.
    """
    key = TABLES[table].key
    columns = [_one_chunk(pa.array(frame[name], from_pandas=True)) for name in key]
    words = _as_words(columns)
    order = _sort_words(words) if words is not None else _sort_columns(key, columns)
    again = _repeats(columns, words, order)
    if again is not None:
        values = [column[again].as_py() for column in columns]
        raise SchemaError(f"table {table}: the key {values} stands in more than one row")
    return order


def _one_chunk(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _as_words(columns: list[pa.Array]) -> list[_Words] | None:
    """Keys of hashed ids as big-endian words, which order as the ids do; None for other keys.

    Numbers sort 8 times faster than text: 0.5 s against 3.8 s for 5,000,000 ids (2026-11).
    """
    words: list[_Words] = []
    for column in columns:
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            return None
        lengths = pc.min_max(pc.binary_length(column)).as_py()
        if column.null_count or {*lengths.values()} != {ID_LENGTH}:
            return None
        fixed = column.cast(pa.binary(ID_LENGTH))
        raw = np.frombuffer(fixed.buffers()[1], dtype=">u8", offset=fixed.offset * ID_LENGTH)
        pairs = raw[: 2 * len(fixed)].reshape(-1, 2)
        words += [pairs[:, 0].astype(np.uint64), pairs[:, 1].astype(np.uint64)]
    return words


def _sort_words(words: list[_Words]) -> RowNumbers:
    """By the first word, and where that is equal by all of them."""
    order = np.argsort(words[0])
    first = words[0][order]
    equal = first[1:] == first[:-1]
    tied = np.zeros(len(order), dtype=bool)
    tied[1:] |= equal
    tied[:-1] |= equal
    rows = order[tied]
    order[tied] = rows[np.lexsort([word[rows] for word in reversed(words)])]
    return order


def _sort_columns(key: tuple[str, ...], columns: list[pa.Array]) -> RowNumbers:
    keys = pa.table(dict(zip(key, columns, strict=True)))
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in key])
    return order.to_numpy().astype(np.int64)  # type: ignore[no-any-return]


def _repeats(columns: list[pa.Array], words: list[_Words] | None, order: RowNumbers) -> int | None:
    """A row whose key stands in another row too, or None."""
    same = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in words if words is not None else columns:
        if isinstance(column, np.ndarray):
            ordered = column[order]
            same &= ordered[1:] == ordered[:-1]
        else:
            taken = column.take(pa.array(order))
            equal = pc.equal(taken.slice(1), taken.slice(0, len(same)))
            same &= equal.fill_null(False).to_numpy(zero_copy_only=False)
    found = np.flatnonzero(same)
    return int(order[found[0]]) if len(found) else None
