"""The report of a night: one self-contained page to look at, and a short text for Prefect.

Stands behind the checks, before `publish`, which puts the page into the release. Whatever comes
from outside (headlines, quotes, names, addresses) is text to be escaped, never markup: jinja2 does
that, and the page's own security policy allows no script, no request and no style but its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from transforms.charts import (
    CHART_HEIGHT,
    CHART_WIDTH,
    MAP_NORTH,
    MAP_SCALE,
    MAP_SOUTH,
    SPARK_HEIGHT,
    SPARK_WIDTH,
    draw_line,
    place_dots,
    round_up,
    stack_columns,
)
from transforms.dossiers import Row, Saying
from transforms.evaluate import FIGURES
from transforms.schema import SCHEMA_VERSION
from transforms.summary import (
    DATE_PRECISIONS,
    GRADE_WORDS,
    PLACE_PRECISIONS,
    Change,
    Summary,
    summarise_night,
)

TEMPLATES = Path(__file__).parent / "templates"

NEW_ON_TOP = 25
"""New events before the rest of the page; the others come after it, so that it is found."""

SAYINGS_SHOWN = 12
SAYINGS_ON_PAGE = 4000
"""Sentences shown per event, and about how many on a page: the claims table has them all."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def render_report(
    tables: Mapping[str, pd.DataFrame],
    *,
    previous: Mapping[str, pd.DataFrame] | None,
    build: Mapping[str, Any],
    country_names: Mapping[str, str] | None = None,
    gold: Mapping[str, Any] | None = None,
) -> str:
    """The report page of a release, as the text of one HTML file.

    Args:
        tables: every table as declared.
        previous: the tables of the release before, or None for the first.
        build: what to say of the build; `night` (a date or ISO text) is the night reported on, the
            latest night of the tables where it is missing.
        country_names: names to show for ISO 3166-1 alpha-3 codes; codes stay where one is missing.
        gold: scores on the pinned gold set, as for the quality card.
    """
    summary = summarise_night(tables, night=_night(tables, build), previous=previous)
    css = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    style_hash = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    shown = (*summary.new, *summary.earlier)
    page = _environment().get_template("report.html.j2")
    return page.render(
        s=summary,
        build={key: value for key, value in build.items() if key != "night"},
        schema_version=SCHEMA_VERSION,
        # the stylesheet and the coast are ours and constant, so they go in unescaped
        css=Markup(css),  # noqa: S704
        style_hash=style_hash,
        land=(TEMPLATES / "land.svgpath").read_text(encoding="ascii").strip(),
        on_top=NEW_ON_TOP,
        dots=place_dots(shown),
        fresh={dossier.event_id for dossier in summary.new},
        lines=_lines(summary),
        days=_days_chart(summary),
        sayings_shown=max(2, min(SAYINGS_SHOWN, SAYINGS_ON_PAGE // max(len(shown), 1))),
        names=country_names or {},
        gold=gold,
        kinds=FIGURES,
        grades=GRADE_WORDS,
        date_precisions=DATE_PRECISIONS,
        place_precisions=PLACE_PRECISIONS,
        chart={"width": CHART_WIDTH, "height": CHART_HEIGHT},
        spark={"width": SPARK_WIDTH, "height": SPARK_HEIGHT},
        world={"width": 360 * MAP_SCALE, "height": (MAP_NORTH - MAP_SOUTH) * MAP_SCALE},
    )


def render_artifact(
    tables: Mapping[str, pd.DataFrame],
    *,
    previous: Mapping[str, pd.DataFrame] | None,
    build: Mapping[str, Any],
) -> str:
    """The same night in a screen of Markdown, for a Prefect artifact; see `render_report`."""
    summary = summarise_night(tables, night=_night(tables, build), previous=previous)
    return _environment().get_template("artifact.md.j2").render(s=summary, names={})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    environment.filters.update(
        day=_format_day,
        long_day=lambda day: f"{day.day} {day:%B %Y}",
        when=_format_when,
        anchor=lambda event_id: f"event-{quote(str(event_id), safe='')}",
        words=lambda name: str(name).replace("_", " "),
        web_address=_web_address,
        language=_language,
        marked=_mark_figures,
        markdown=_escape_markdown,
        number=lambda value: f"{value:,}",
    )
    environment.globals["place_of"] = _format_place
    return environment


def _night(tables: Mapping[str, pd.DataFrame], build: Mapping[str, Any]) -> date:
    night = build.get("night")
    if isinstance(night, datetime):
        return night.date()
    if isinstance(night, date):
        return night
    if night:
        return date.fromisoformat(str(night))
    nights = [tables[t]["night"].max() for t in ("runs", "feeds", "articles")]
    known = [night for night in nights if not pd.isna(night)]
    return max(known).date() if known else date(1970, 1, 1)


def _lines(summary: Summary) -> dict[tuple[str, str], Any]:
    """The line of each figure that moved, by event and kind."""
    return {
        (change.dossier.event_id, change.after.kind): draw_line(_moves(change, summary.night))
        for change in summary.changes
    }


def _moves(change: Change, night: date) -> list[Any]:
    kind = change.after.kind
    nights = (tolls for day, tolls in change.dossier.history if day <= night)
    return [toll for tolls in nights for toll in tolls if toll.kind == kind]


def _days_chart(summary: Summary) -> dict[str, Any]:
    top = round_up(max(bar.sure + bar.vague for bar in summary.by_day))
    return {"columns": stack_columns(summary.by_day, top), "top": top}


def _clean(value: Any) -> Any:
    """Null is nothing; characters that HTML forbids are left out."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _CONTROL.sub("", value)
    return value


def _format_day(value: date | None) -> str:
    return "" if value is None else f"{value.day} {value:%b %Y}"


def _format_when(event: Row) -> str:
    start, end = event["date_start"], event["date_end"]
    if start is None:
        return "day not known"
    if end is None or start == end:
        return _format_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_format_day(end)}"
    return f"{_format_day(start)} – {_format_day(end)}"


def _format_place(event: Row, names: Mapping[str, str]) -> str:
    country = names.get(event["country"] or "", event["country"])
    parts = (event["place_name"] or event["place_text"], event["admin1"], country)
    return ", ".join(dict.fromkeys(part for part in parts if part)) or "place not known"


def _web_address(url: str | None) -> str | None:
    """The address where it is a plain one of the web, else None: the rest is no link."""
    if not url or _CONTROL.search(url) or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _language(code: str | None) -> str | None:
    return code if code and _LANGUAGE.fullmatch(code) else None


def _mark_figures(saying: Saying) -> list[tuple[str, bool]]:
    """The sentence in pieces: text, and whether it is one of the figures' words."""
    text, found = saying.quote, []
    for figure in saying.figures:
        match = re.search(re.escape(figure.words), text, re.IGNORECASE)
        if match and figure.words:
            found.append(match.span())
    pieces, done = [], 0
    for start, end in sorted(set(found)):
        if start < done:
            continue
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def _escape_markdown(text: Any) -> Markup:
    """One line of text that Markdown takes as text: no markup, link, HTML or table cell in it."""
    line = " ".join(_CONTROL.sub(" ", str(text)).split())
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~>-])", r"\\\1", line.replace("&", "&amp;"))
    return Markup(escaped.replace("<", "&lt;"))  # noqa: S704
