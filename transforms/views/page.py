"""The page that documents the views, made from their declarations: docs/views.md."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from transforms.views import acled, hxl, ucdp

VIEWS: dict[str, Callable[..., pd.DataFrame]] = {
    "acled": acled.view_acled,
    "ucdp": ucdp.view_ucdp,
    "hxl": hxl.view_hxl,
}
"""The views by the name that `export --view` takes."""

_INTRODUCTION = """\
# Views

Made from transforms/views by `python -m flows docs`; do not edit.

The events in the columns of other data sets, for code that expects those. The columns' names and
codes are theirs, the events and every judgement are ours: a view is not their data and does not
replace it. What a column of theirs means and ours does not know is null.

    python -m flows export --view acled --format csv
    python -m flows export --view ucdp --format parquet --rule ucdp --as-of 2026-11-10

CSV cells that a spreadsheet would run as a formula begin with an apostrophe;
`transforms.views.from_csv_safe` takes it away again. Parquet is unchanged.
"""

_ABOUT = {
    "acled": ("ACLED", "Columns of the ACLED Codebook (2024).", acled),
    "ucdp": ("UCDP GED", "Columns of the UCDP GED Codebook 23.1.", ucdp),
    "hxl": ("HXL", "Hashtags of the Humanitarian Exchange Language 1.1.", hxl),
}


def describe_views() -> str:
    """The page, in Markdown."""
    parts = [_INTRODUCTION]
    for name, (title, source, module) in _ABOUT.items():
        lines = [f"## {title}: `--view {name}`", "", source, module.LEFT_OUT, ""]
        lines += ["| column | type | from |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type} | {c.source} |" for c in module.COLUMNS]
        if name == "acled":
            lines += ["", *_acled_types()]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _acled_types() -> list[str]:
    lines = ["| our `event_type` | ACLED's event type | sub-event type |", "|---|---|---|"]
    lines += [f"| {ours} | {kind} | {sub} |" for ours, (kind, sub) in acled.TYPES.items()]
    return [
        *lines,
        "",
        "A bombing is a *Suicide bomb* or *Grenade* where the headline or the words for the actor"
        " say so. A riot or protest whose dead are laid to police, soldiers or other forces is"
        " *Protests*, *Excessive force against protesters*.",
    ]
