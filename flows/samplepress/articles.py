"""The articles of the sample press, as its source files hold them, on a given night."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from transforms.errors import ReferenceDataError

FORMS = ("rss-full", "rss-pages", "atom-full", "atom-pages", "json-full", "sitemap-pages")
"""Format of an outlet's feed, and whether the text stands in it or on pages."""

OUTLET_KEYS = {"outlet", "form", "charset", "related", "article"}
ARTICLE_KEYS = {
    "slug", "first_night", "published_at", "headline", "summary", "text", "copy_of",
    "keep_paragraphs", "credit", "edit",
}  # fmt: skip
EDIT_KEYS = {"night", "updated_at", "headline", "text"}


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it stands on one night.

    Attributes:
        key: `outlet/slug`, the name used in expected.toml.
        paragraphs: the text; `summary` is what a feed without full text shows.
    """

    key: str
    first_night: date
    published_at: datetime
    updated_at: datetime
    headline: str
    summary: str
    paragraphs: tuple[str, ...]

    @property
    def outlet(self) -> str:
        """Id of the outlet's feed."""
        return self.key.partition("/")[0]

    @property
    def path(self) -> str:
        """Path of its page."""
        return f"/{self.key}.html"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet: its row of feeds.toml, its form, and the headlines beside its pages."""

    id: str
    publisher: str
    language: str
    time_zone: ZoneInfo
    form: str
    charset: str
    related: tuple[str, ...]
    articles: tuple[dict[str, Any], ...]

    @property
    def format(self) -> str:
        """Format of the feed: rss, atom, json or sitemap."""
        return self.form.partition("-")[0]

    @property
    def is_full(self) -> bool:
        """Whether the feed carries the whole text."""
        return self.form.endswith("-full")


def list_nights(source_dir: Path) -> list[date]:
    """The nights on which the sample press changes, in order."""
    nights = set()
    for outlet in read_outlets(source_dir).values():
        for row in outlet.articles:
            nights |= {row["first_night"], *(edit["night"] for edit in row.get("edit", []))}
    return sorted(nights)


def read_articles(source_dir: Path, night: date) -> dict[str, Article]:
    """The articles that can be read on a night, by key, in the order of the files.

    Args:
        source_dir: data/sample.
        night: logical date; what appears later is left out, edits up to it are applied.

    Raises:
        ReferenceDataError: a file has an unknown or missing key, or copies what is not there.
    """
    return articles_of(read_outlets(source_dir), night)


def read_outlets(source_dir: Path) -> dict[str, Outlet]:
    """The outlets, by the id of their feed, in the order of feeds.toml.

    Raises:
        ReferenceDataError: a file has an unknown key, a wrong outlet or an unknown form.
    """
    feeds = tomllib.loads((source_dir / "feeds.toml").read_text(encoding="utf-8"))["feed"]
    outlets = {}
    for feed in feeds:
        path = source_dir / "articles" / f"{feed['id']}.toml"
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
        _check_keys(rows, OUTLET_KEYS, path)
        if rows["outlet"] != feed["id"] or rows["form"] not in FORMS:
            raise ReferenceDataError(f"{path}: outlet must be {feed['id']}, form a known one")
        for row in rows["article"]:
            _check_keys(row, ARTICLE_KEYS, path)
            for edit in row.get("edit", []):
                _check_keys(edit, EDIT_KEYS, path)
        outlets[feed["id"]] = Outlet(
            id=feed["id"],
            publisher=feed["publisher"],
            language=feed["language"],
            time_zone=ZoneInfo(feed["time_zone"]),
            form=rows["form"],
            charset=rows.get("charset", "utf-8"),
            related=tuple(rows.get("related", ())),
            articles=tuple(rows["article"]),
        )
    return outlets


def _check_keys(row: dict[str, Any], known: set[str], path: Path) -> None:
    unknown = sorted(set(row) - known)
    if unknown:
        where = f", article {row['slug']}" if "slug" in row else ""
        raise ReferenceDataError(f"{path}{where}: unknown keys {', '.join(unknown)}")


def articles_of(outlets: dict[str, Outlet], night: date) -> dict[str, Article]:
    """The articles of these outlets on a night, by key; see `read_articles`."""
    rows = {f"{o.id}/{row['slug']}": row for o in outlets.values() for row in o.articles}
    articles = {}
    for key, row in rows.items():
        if row["first_night"] > night:
            continue
        if "copy_of" in row and row["copy_of"] not in rows:
            raise ReferenceDataError(f"data/sample: {key} copies {row['copy_of']}, which is no key")
        article = _article_of(key, row, rows)
        for edit in row.get("edit", []):
            if edit["night"] <= night:
                article = _edited(article, edit)
        articles[key] = article
    return articles


def _article_of(key: str, row: dict[str, Any], rows: dict[str, dict[str, Any]]) -> Article:
    text = rows[row["copy_of"]]["text"] if "copy_of" in row else row["text"]
    paragraphs = _paragraphs(text)[: row.get("keep_paragraphs")]
    if "credit" in row:
        paragraphs = (*paragraphs, row["credit"])
    return Article(
        key=key,
        first_night=row["first_night"],
        published_at=row["published_at"],
        updated_at=row["published_at"],
        headline=row["headline"],
        summary=row.get("summary", paragraphs[0]),
        paragraphs=paragraphs,
    )


def _edited(article: Article, edit: dict[str, Any]) -> Article:
    return replace(
        article,
        updated_at=edit["updated_at"],
        headline=edit["headline"],
        paragraphs=_paragraphs(edit["text"]),
        summary=_paragraphs(edit["text"])[0],
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("\n\n") if part.strip())
