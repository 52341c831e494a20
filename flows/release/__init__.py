"""The published store: immutable release folders behind one pointer.

Last step of `build`: `publish` writes the tables as a complete release folder and swaps
`current.json` to it; `open_release` and `read_table` read it back and trust nothing unverified.
The only place that writes the published Parquet files, on a local disk or on S3.
"""

from flows.release.read import Release, open_release, read_table, read_tables, verify_release
from flows.release.tablefiles import TableFile
from flows.release.write import check_target, publish

__all__ = [
    "Release",
    "TableFile",
    "check_target",
    "open_release",
    "publish",
    "read_table",
    "read_tables",
    "verify_release",
]
