"""Commands that look at what is published: show, diff, as-of, export, status."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from flows.cli.arguments import DAY, FOLDER, NEW_FILE
from flows.settings import Settings
from transforms.errors import SettingsError


@click.command()
@click.argument("event_id")
@click.option("--release", help="Name of a retained release; the current one if left out.")
@click.pass_obj
def show(settings: Settings, event_id: str, release: str | None) -> None:
    """Print an event with its claims, speakers, sources, links and history.

    The first characters of the id will do.
    """
    from flows.release import open_release, read_tables
    from transforms.inspect import describe_event, find_events

    opened = open_release(settings.paths.published, release)
    tables = read_tables(opened)
    text = describe_event(tables, event_id)
    if text is None:
        found = find_events(tables, event_id)
        if not found:
            raise SettingsError(f"{event_id!r} names no event of {opened.name}")
        some = ", ".join(found[:5]) + (", ..." if len(found) > 5 else "")
        raise SettingsError(f"{event_id!r} begins the ids of {len(found)} events: {some}")
    click.echo(text, nl=False)


@click.command()
@click.argument("before")
@click.argument("after", required=False)
@click.pass_obj
def diff(settings: Settings, before: str, after: str | None) -> None:
    """Print what changed between two releases; the later one is the current if left out."""
    from flows.release import open_release, read_tables
    from transforms.difference import compare_releases
    from transforms.listing import list_differences

    first, second = (open_release(settings.paths.published, name) for name in (before, after))
    old, new = read_tables(first), read_tables(second)
    click.echo(f"{first.name} -> {second.name}")
    click.echo(list_differences(compare_releases(old, new), old["events"], new["events"]), nl=False)


@click.command("as-of")
@click.argument("night", type=DAY)
@click.option("--rule", help="How tolls are settled; the rule of the settings if left out.")
@click.option(
    "--out", type=FOLDER, help="Folder for the tables; the events are printed if left out."
)
@click.pass_obj
def as_of(settings: Settings, night: date, rule: str | None, out: Path | None) -> None:
    """The data set from what was known on a night, under today's coder."""
    from flows.past import COMPUTED, past_tables
    from flows.tables import write_tables
    from transforms.listing import list_events

    tables = past_tables(settings, night=night, rule=rule)
    known = {name: tables[name] for name in COMPUTED}
    if out is None:
        click.echo(list_events(known["events"]), nl=False)
    else:
        write_tables(known, out)
        click.echo(f"{len(known['events'])} events as of {night}; tables in {out}")


@click.command()
@click.option("--view", type=click.Choice(["acled", "ucdp", "hxl"]), required=True)
@click.option("--format", "form", type=click.Choice(["csv", "parquet"]), default="csv")
@click.option("--as-of", "night", type=DAY, help="As known on that night; as released if left out.")
@click.option("--rule", help="How tolls are settled; as released if left out.")
@click.option("--out", type=NEW_FILE, help="File; standard output if left out (CSV only).")
@click.pass_obj
def export(
    settings: Settings,
    view: str,
    form: str,
    night: date | None,
    rule: str | None,
    out: Path | None,
) -> None:
    """The events in the columns of ACLED, UCDP GED or HXL."""
    from flows.export import export_view, write_view
    from transforms.views import to_csv_safe

    if form == "parquet" and out is None:
        raise click.UsageError("--format parquet needs --out")
    frame = export_view(settings, view, night=night, rule=rule)
    if out is None:
        click.echo(to_csv_safe(frame), nl=False)
    else:
        write_view(frame, out, form)
        click.echo(f"{len(frame)} rows in {out}")


@click.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """How things stand: stores, last nights, feeds that fail."""
    from flows.status import describe_status

    click.echo(describe_status(settings), nl=False)
