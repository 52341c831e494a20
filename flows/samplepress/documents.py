"""The documents of the sample press: feeds and pages rendered from its articles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import NamedTuple

from flows.samplepress.articles import (
    FEED_FILES,
    Article,
    Outlet,
    articles_of,
    list_nights,
    read_outlets,
)

MENU = ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Contact")


class Document(NamedTuple):
    """One document as served: its type, its bytes and when it last changed."""

    content_type: str
    body: bytes
    modified: datetime


def render_night(source_dir: Path, night: date, host: str) -> dict[str, Document]:
    """All documents that the sample press serves on a night: path -> document.

    Args:
        source_dir: data/sample.
        night: logical date.
        host: address and port that the links name, such as `127.0.0.1:8642`.

    Raises:
        ReferenceDataError: see `read_articles`.
    """
    outlets = read_outlets(source_dir)
    articles = articles_of(outlets, night)
    start = datetime.combine(min(list_nights(source_dir)), datetime.min.time(), UTC)
    documents = {"/robots.txt": Document("text/plain", b"User-agent: *\nAllow: /\n", start)}
    for outlet in outlets.values():
        own = [a for a in articles.values() if a.outlet == outlet.id]
        own.sort(key=lambda a: (a.published_at, a.key), reverse=True)
        modified = max((a.updated_at for a in own), default=start)
        render = _render_rss if outlet.form.startswith("rss") else _render_atom
        kind = "application/rss+xml" if outlet.form.startswith("rss") else "application/atom+xml"
        body = render(outlet, own, host, modified).encode()
        path = f"/{outlet.id}/{FEED_FILES[outlet.form]}"
        documents[path] = Document(f"{kind}; charset=utf-8", body, modified)
        for article in own:
            page = _render_page(outlet, article).encode()
            documents[article.path] = Document("text/html; charset=utf-8", page, article.updated_at)
    return documents


def feeds_text(source_dir: Path, host: str) -> str:
    """The text of feeds.toml with `{host}` filled in."""
    return (source_dir / "feeds.toml").read_text(encoding="utf-8").replace("{host}", host)


def _body_html(article: Article) -> str:
    return "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in article.paragraphs)


def _render_rss(outlet: Outlet, articles: list[Article], host: str, modified: datetime) -> str:
    items = []
    for a in articles:
        full = f"\n<content:encoded><![CDATA[{_body_html(a)}]]></content:encoded>"
        items.append(
            f"<item>\n<title>{escape(a.headline, quote=False)}</title>\n"
            f"<link>http://{host}{a.path}</link>\n"
            f'<guid isPermaLink="false">tag:{a.outlet}.example,2026:{a.key}</guid>\n'
            f"<pubDate>{format_datetime(a.published_at.astimezone(outlet.time_zone))}</pubDate>\n"
            f"<description>{escape(a.summary, quote=False)}</description>"
            f"{full if outlet.form == 'rss-full' else ''}\n</item>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{escape(outlet.publisher, quote=False)}</title>\n"
        f"<link>http://{host}/{outlet.id}/</link>\n<description>News</description>\n"
        f"<language>{outlet.language}</language>\n"
        f"<lastBuildDate>{format_datetime(modified)}</lastBuildDate>\n"
        + "\n".join(items)
        + "\n</channel>\n</rss>\n"
    )


def _render_atom(outlet: Outlet, articles: list[Article], host: str, modified: datetime) -> str:
    entries = []
    for a in articles:
        published, updated = (
            t.astimezone(outlet.time_zone).isoformat() for t in (a.published_at, a.updated_at)
        )
        full = f'\n<content type="html">{escape(_body_html(a), quote=False)}</content>'
        entries.append(
            f"<entry>\n<id>tag:{a.outlet}.example,2026:{a.key}</id>\n"
            f"<title>{escape(a.headline, quote=False)}</title>\n"
            f'<link rel="alternate" type="text/html" href="http://{host}{a.path}"/>\n'
            f"<published>{published}</published>\n<updated>{updated}</updated>\n"
            f"<summary>{escape(a.summary, quote=False)}</summary>"
            f"{full if outlet.form == 'atom-full' else ''}\n</entry>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">\n'
        f"<id>tag:{outlet.id}.example,2026:feed</id>\n"
        f"<title>{escape(outlet.publisher, quote=False)}</title>\n"
        f"<updated>{modified.isoformat()}</updated>\n"
        f'<link rel="self" href="http://{host}/{outlet.id}/{FEED_FILES[outlet.form]}"/>\n'
        + "\n".join(entries)
        + "\n</feed>\n"
    )


def _render_page(outlet: Outlet, article: Article) -> str:
    headline = escape(article.headline)
    when = article.published_at.astimezone(outlet.time_zone)
    updated = article.updated_at.astimezone(outlet.time_zone).isoformat()
    menu = "".join(f'<li><a href="/{outlet.id}/{m.lower()}">{m}</a></li>' for m in MENU)
    related = "".join(
        f'<li><a href="/{outlet.id}/archive/{n}">{escape(line)}</a></li>'
        for n, line in enumerate(outlet.related, start=1)
    )
    return f"""<!DOCTYPE html>
<html lang="{outlet.language}">
<head>
<meta charset="utf-8">
<title>{headline} | {escape(outlet.publisher)}</title>
<meta property="og:type" content="article">
<meta property="og:title" content="{headline}">
<meta property="article:published_time" content="{when.isoformat()}">
<meta property="article:modified_time" content="{updated}">
<meta name="description" content="{escape(article.summary)}">
</head>
<body>
<header><a href="/{outlet.id}/">{escape(outlet.publisher)}</a></header>
<nav class="menu"><ul>{menu}</ul></nav>
<main>
<article>
<h1>{headline}</h1>
<p class="byline"><time datetime="{when.isoformat()}">{when:%d %B %Y, %H:%M}</time></p>
{_body_html(article)}
</article>
</main>
<aside class="related"><h2>Most read</h2><ul>{related}</ul></aside>
<footer><p>© 2026 {escape(outlet.publisher)}. All rights reserved.</p></footer>
</body>
</html>
"""
