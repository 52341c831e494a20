"""Commands on a user's own articles: code, evaluate, explain."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from flows.cli.arguments import DAY, FILE, FOLDER, NEW_FILE
from flows.settings import Settings


@click.command()
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
    from flows.tables import write_tables

    coded = code_file(articles, settings, keep_duplicates=keep_duplicates)
    write_tables(coded.tables, out)
    click.echo(coded.summary(out))


@click.command()
@click.argument("gold", type=FILE)
@click.option("--errors", type=NEW_FILE, help="File for the errors, grouped, with their sentences.")
@click.option("--json", "figures", type=NEW_FILE, help="File for the figures as JSON.")
@click.pass_obj
def evaluate(settings: Settings, gold: Path, errors: Path | None, figures: Path | None) -> None:
    """Code a gold set and print how many of its figures come out right."""
    from flows.evaluate import evaluate_gold

    click.echo(evaluate_gold(gold, settings, errors=errors, figures=figures), nl=False)


@click.command()
@click.argument("source", metavar="FILE_OR_TEXT")
@click.option("--title", help="The headline.")
@click.option("--date", "day", type=DAY, help="Day of publication: what “Monday” is reckoned from.")
@click.option("--html", "as_html", is_flag=True, help="Write a page that stands by itself.")
@click.pass_obj
def explain(
    settings: Settings, source: str, title: str | None, day: date | None, *, as_html: bool
) -> None:
    """Show what is read in an article, and why; - reads standard input."""
    from flows.explain import explain_text

    click.echo(explain_text(source, settings, title=title, day=day, as_html=as_html), nl=False)
