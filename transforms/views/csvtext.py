"""Tables as CSV that a spreadsheet can't take for formulas.

Spreadsheets run a cell that begins with = + - @ or a control character. Such text gets an
apostrophe in front, text that already looks escaped too, so that taking one away gives the
original. Numbers stay numbers. Source: OWASP, CSV injection.
"""

from __future__ import annotations

import io
import re

import pandas as pd

_DANGEROUS = re.compile(r"'*[=+\-@\x00-\x1f＝＋－＠]")
_ESCAPED = re.compile(r"'+[=+\-@\x00-\x1f＝＋－＠]")


def to_csv_safe(frame: pd.DataFrame) -> str:
    """The frame as CSV text, UTF-8, with the column names in the first row.

    Args:
        frame: any columns; lists become their items joined by "; ", null becomes an empty cell.
    """
    safe = pd.DataFrame(
        {_escape(str(name)): _as_cells(frame[name]) for name in frame.columns}, index=frame.index
    )
    return str(safe.to_csv(index=False, lineterminator="\r\n"))


def from_csv_safe(text: str) -> pd.DataFrame:
    """Read CSV text of `to_csv_safe` back: every cell as text, as it was before it was escaped.

    Args:
        text: what `to_csv_safe` gave.
    """
    frame = pd.read_csv(
        io.StringIO(text, newline=""), dtype="str", keep_default_na=False, na_values=[""]
    )
    frame.columns = [_restore(name) for name in frame.columns]
    return frame.map(_restore, na_action="ignore").astype("str")


def _as_cells(column: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype):
        return column
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return column.map(lambda at: at.isoformat(), na_action="ignore")
    return column.map(_cell, na_action="ignore")


def _cell(value: object) -> str:
    return _escape(value if isinstance(value, str) else "; ".join(map(str, value)))  # type: ignore[call-overload]


def _escape(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text


def _restore(text: str) -> str:
    return text[1:] if _ESCAPED.match(text) else text
