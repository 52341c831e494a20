"""Commands on lists that people edit, and on the pages made from the code: feeds, docs, places."""

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.arguments import FILE, FOLDER, NEW_FILE
from flows.settings import Settings
from transforms.errors import ReferenceDataError


@click.group()
def feeds() -> None:
    """The list of feeds: check it against the network, from and to OPML."""


@feeds.command("check")
@click.option("--feeds", "listed", type=FILE, help="Another list of feeds.")
@click.pass_obj
def check_feeds(settings: Settings, listed: Path | None) -> int:
    """Fetch every feed once, store nothing, and say how each answered."""
    from flows.feedcheck import check_feeds as run_check
    from flows.reference import load_night_feeds

    answers = run_check(load_night_feeds(listed or settings.paths.feeds), settings)
    failed = 0
    for answer in answers:
        click.echo(str(answer))
        failed += answer.reason is not None
    click.echo(f"{len(answers) - failed} of {len(answers)} feeds are well")
    return 0 if not failed else 1 if failed == len(answers) else 3


@feeds.command("import")
@click.argument("opml", type=FILE)
def import_feeds(opml: Path) -> None:
    """Turn the subscriptions of an OPML file into [[feed]] tables for feeds.toml."""
    from transforms.feeds.catalogue import feeds_from_opml, feeds_to_toml

    try:
        text = opml.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{opml}: no UTF-8 text") from error
    click.echo(feeds_to_toml(feeds_from_opml(text, str(opml))), nl=False)


@feeds.command("export")
@click.option("--feeds", "listed", type=FILE, help="Another list of feeds.")
@click.option("--out", type=NEW_FILE, help="File; standard output where it is left out.")
@click.pass_obj
def export_feeds(settings: Settings, listed: Path | None, out: Path | None) -> None:
    """Write the list of feeds as OPML, for feed readers."""
    from flows.reference import load_feeds
    from transforms.feeds.catalogue import feeds_to_opml

    text = feeds_to_opml(load_feeds(listed or settings.paths.feeds))
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail where a page is out of step.")
def docs(*, check: bool) -> None:
    """Write the generated pages of docs/ again."""
    from flows.docs import write_docs

    for path in write_docs(check=check):
        click.echo(path)


@click.group()
def places() -> None:
    """The gazetteer."""


@places.command("build")
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=FOLDER, help="Folder; the one of the reference data if left out.")
@click.pass_obj
def build_places(settings: Settings, source: Path, out: Path | None) -> None:
    """Build the places files from an unpacked GeoNames dump."""
    from flows.places import build_places as run_build

    counts = run_build(source, out or settings.paths.reference / "places")
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
