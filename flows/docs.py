"""Generated pages of docs/: written from what they describe, and compared with it by a test."""

from __future__ import annotations

from pathlib import Path

import click

from flows.settings import CHECKOUT
from transforms.errors import LedgerError
from transforms.schema import data_dictionary
from transforms.views import describe_views


def write_docs(*, check: bool, folder: Path = CHECKOUT / "docs") -> list[Path]:
    """Write every generated page that is out of step.

    Args:
        check: write nothing, fail instead.
        folder: the folder of the pages.

    Returns:
        The pages that were written.

    Raises:
        LedgerError: `check` is set and a page is out of step.
    """
    pages = {
        "data-dictionary.md": data_dictionary(),
        "commands.md": _commands(),
        "views.md": describe_views(),
    }
    stale = [
        folder / name
        for name, text in pages.items()
        if not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text
    ]
    if check and stale:
        names = ", ".join(str(path) for path in stale)
        raise LedgerError(f"{names}: out of step with the code; run `make docs`")
    for path in stale:
        path.write_text(pages[path.name], encoding="utf-8")
    return stale


def _commands() -> str:
    from flows.__main__ import cli

    lines = [
        "# Commands",
        "",
        "Generated from the command line by `python -m flows docs`; do not edit.",
    ]
    context = _context(cli, "python -m flows", None)
    lines += ["", "```", cli.get_help(context), "```"]
    lines += _sections(cli, context)
    return "\n".join(lines) + "\n"


def _sections(group: click.Group, parent: click.Context) -> list[str]:
    lines: list[str] = []
    for name, command in sorted(group.commands.items()):
        context = _context(command, name, parent)
        lines += ["", f"## {context.command_path.removeprefix('python -m flows ')}", ""]
        lines += ["```", command.get_help(context), "```"]
        if isinstance(command, click.Group):
            lines += _sections(command, context)
    return lines


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    """The context in which a command would run, without arguments and on a page of fixed width."""
    return command.make_context(name, [], parent=parent, resilient_parsing=True, terminal_width=96)
