"""Kinds of arguments that several commands take."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class Day(click.ParamType[date]):
    """A day, as 2026-11-22."""

    name = "day"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-11-22", param, ctx)


class Night(Day):
    """A night that has begun. A slip of the year would be the last night of the ledger for ever."""

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day, or a usage error."""
        night, today = super().convert(value, param, ctx), datetime.now(UTC).date()
        if night > today:
            self.fail(f"{night} is still to come; today is {today} in UTC", param, ctx)
        return night


DAY = Day()
NIGHT = Night()
