"""The `explain` command: one article, its figures marked, and the reasons behind each."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.reference import load_knowledge
from flows.settings import Settings
from transforms.coding.article import read_accounts
from transforms.coding.explain import Explanation, explain_accounts
from transforms.coding.explaining.marks import Piece
from transforms.coding.text.evened import even_out
from transforms.coding.text.sentences import read_document
from transforms.errors import SettingsError
from transforms.language import detect_language

COLOURS = {
    "incident": "red",
    "background": "blue",
    "aggregate": "magenta",
    "hypothetical": "yellow",
}
LONGEST = 1_000_000
"""Characters; the coder rejects what is longer."""

_TEMPLATES = Path(__file__).parent / "templates"
_HALF = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that could steer a terminal or turn the order of what is shown."""


def explain_text(
    source: str,
    settings: Settings,
    *,
    title: str | None = None,
    day: date | None = None,
    as_html: bool = False,
) -> str:
    """Explain one article.

    Args:
        source: name of a text file, "-" for standard input, or the text itself.
        settings: for the reference data.
        title: the headline.
        day: day of publication, from which "Monday" is reckoned.
        as_html: a page by itself instead of text with colours for a terminal.

    Raises:
        SettingsError: there is no such file, it is no UTF-8 text, or too long.
    """
    text, _ = even_out(read_source(source))
    title = even_out(title)[0] if title else title
    knowledge = load_knowledge(settings.paths.reference)
    document = read_document("explain", 1, title, text, report_date=day)
    accounts = read_accounts(document, knowledge)
    told = explain_accounts(document, accounts, knowledge, title=title, text=text)
    remarks = _remarks(text, day, told)
    return render_page(told, remarks) if as_html else render_terminal(told, remarks)


def read_source(source: str) -> str:
    """The text that an argument names or is; a single word is the name of a file."""
    if not source.strip():
        raise SettingsError("there is nothing to explain: give a text, or the name of a file")
    if source == "-":
        text = sys.stdin.read()
    else:
        path = Path(source)
        try:
            text = path.read_text(encoding="utf-8") if path.is_file() else source
        except UnicodeDecodeError as error:
            raise SettingsError(f"{path}: no UTF-8 text") from error
        except (OSError, ValueError) as error:
            if not any(c.isspace() for c in source):
                raise SettingsError(f"{source[:80]}: can't be read") from error
            text = source
        if text is source and not any(c.isspace() for c in source):
            why = "is a folder" if path.is_dir() else "no such file; a text has more than one word"
            raise SettingsError(f"{source[:80]}: {why}")
    if _HALF.search(text):  # bytes of another encoding, in standard input or on the command line
        raise SettingsError("the text is no UTF-8 text; convert it, with iconv for example")
    if len(text) > LONGEST:
        raise SettingsError(f"the text has {len(text):,} characters; the coder reads {LONGEST:,}")
    return text


def _remarks(text: str, day: date | None, told: Explanation) -> list[str]:
    """What a reader should know beside the figures."""
    remarks = []
    language = detect_language(text)
    if language not in (None, "en"):
        remarks.append(f"The text looks like “{language}”: the chain rejects it as not English.")
    if not told.accounts:
        remarks.append("No figure of killed, injured, abducted or missing was found.")
    elif day is None:
        remarks.append("No --date was given: days of the week stay unknown.")
    return remarks


def render_terminal(told: Explanation, remarks: list[str]) -> str:
    """The explanation as text; the colours go where the output is no terminal."""
    lines = [click.style(_shown(told.title), bold=True), ""] if told.title else []
    lines += [_shown(told.text).rstrip(), ""]
    for account in told.accounts:
        lines.append(click.style(_safe(account.heading), bold=True))
        lines += [f"   {name:15}{_safe(words)}" for name, words in account.lines]
        for note in account.figures:
            lines.append(f"   [{note.number}] {click.style(note.heading, bold=True)}")
            lines += [f"       {name:11}{_safe(words)}" for name, words in note.lines]
        lines.append("")
    return "\n".join([*lines, *remarks]).rstrip("\n") + "\n"


def _shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(_piece(piece) for piece in pieces)


def _piece(piece: Piece) -> str:
    words, mark = _safe(piece.text), piece.mark
    if mark is None:
        return words
    colour = COLOURS.get(mark.scope)
    if mark.role == "trigger":
        return click.style(words, fg=colour, underline=True)
    return click.style(f"[{mark.number}: {words}]", fg=colour, bold=True)


def _safe(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)


def render_page(told: Explanation, remarks: list[str]) -> str:
    """The explanation as one HTML page that loads nothing; all its words are escaped."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_signs"] = _safe
    return environment.get_template("explain.html.j2").render(told=told, remarks=remarks)
