"""The command line: `python -m flows VERB`, also installed as `casualty-ledger`.

Exit codes: 0 released, or nothing changed; 1 failed, the current release stands; 2 bad usage or
settings; 3 released, but some feeds failed. Commands import what they run only when they run, so
that a verb without Prefect starts at once, and Prefect sees the environment set here first.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path

import click

from flows.logs import configure_logging
from flows.settings import CHECKOUT, Settings, load_settings, move_stores, prepare_prefect
from transforms.errors import LedgerError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
FOLDER = click.Path(file_okay=False, path_type=Path)
DEMO = CHECKOUT / "data" / "demo"
FEEDS_FAILED = 3


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="casualty-ledger")
@click.pass_context
def cli(context: click.Context) -> None:
    """A nightly record of violence, traceable to a sentence and a speaker."""
    settings = load_settings(os.environ, Path.cwd())
    configure_logging(settings.log)
    context.obj = settings


@cli.command()
@click.argument("articles", type=FILE)
@click.option("--out", type=FOLDER, required=True, help="Folder for the tables.")
@click.option("--keep-duplicates", is_flag=True, help="Code every copy, not only the originals.")
@click.pass_obj
def code(settings: Settings, articles: Path, out: Path, *, keep_duplicates: bool) -> None:
    """Code your own articles: JSON lines in, one Parquet file per table out.

    A line is {"id", "title", "text", "published_at", "url", "publisher"}; other fields are ignored,
    and a line that can't be read goes into rejects.parquet with the reason.
    """
    from flows.code import code_file

    coded = code_file(articles, settings, keep_duplicates=keep_duplicates)
    coded.write(out)
    click.echo(coded.summary(out))


@cli.command()
@click.argument("gold", type=FILE)
@click.option("--errors", type=click.Path(dir_okay=False, path_type=Path), help="Write them here.")
@click.option("--json", "figures", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def evaluate(settings: Settings, gold: Path, errors: Path | None, figures: Path | None) -> None:
    """Code a gold set and print how many of its figures come out right."""
    from flows.evaluate import evaluate_gold

    click.echo(evaluate_gold(gold, settings, errors=errors, figures=figures), nl=False)


@cli.command()
@click.option("--night", type=DAY, help="Logical date; today in UTC where it is left out.")
@click.option("--feeds", type=FILE, help="Another list of feeds.")
@click.pass_obj
def nightly(settings: Settings, night: datetime | None, feeds: Path | None) -> int:
    """One night: fetch the feeds, build the release, report."""
    prepare_prefect(settings, os.environ)
    from flows.nightly import run_night

    result = run_night(_day(night), settings, feeds)
    click.echo(result.outcome)
    return FEEDS_FAILED if result.failed_feeds else 0


@cli.command()
@click.option(
    "--night", type=DAY, help="Last night to build from; the last one stored if left out."
)
@click.pass_obj
def build(settings: Settings, night: datetime | None) -> None:
    """Build the release again from the raw store, with no network."""
    prepare_prefect(settings, os.environ)
    from flows.build import build as run_build

    built = run_build(settings, _day(night))
    click.echo(
        f"{'released' if built.release.changed else 'nothing changed since'} {built.release.name}"
    )


@cli.command()
@click.pass_obj
def demo(settings: Settings) -> None:
    """The main job on the sample press: three nights, no network, into data/demo."""
    configure_logging(settings.log.model_copy(update={"level": "warning"}))
    prepare_prefect(move_stores(settings, DEMO), os.environ)
    from flows.demo import run_demo

    run_demo(settings, DEMO, click.echo)


@cli.command()
@click.option("--check", is_flag=True, help="Write nothing; fail where a page is out of step.")
def docs(*, check: bool) -> None:
    """Write the generated pages of docs/ again."""
    from flows.docs import write_docs

    for path in write_docs(check=check):
        click.echo(path)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def main(arguments: list[str] | None = None) -> int:
    """Run a command; every error of the project is one line and its exit code."""
    try:
        return cli.main(arguments, prog_name="casualty-ledger", standalone_mode=False) or 0
    except click.exceptions.Abort:
        print("interrupted; nothing was published", file=sys.stderr)
        return 130
    except click.ClickException as error:
        print(f"casualty-ledger: {error.format_message()} (see --help)", file=sys.stderr)
        return 2
    except LedgerError as error:
        print(f"casualty-ledger: {' '.join(str(error).split())}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"casualty-ledger: {error.filename or 'system'}: {error.strerror}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
