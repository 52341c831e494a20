"""How the outlets of the sample press put their articles: feeds of several formats, and pages."""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import NamedTuple, Protocol

from flows.samplepress.articles import Article, Outlet

HOST = "sample-press.example"
"""The invented host of all outlets; always one, since ids of articles depend on their address."""

MENU = ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Contact")


class _Render(Protocol):
    def __call__(self, outlet: Outlet, articles: list[Article], modified: datetime) -> str: ...


class FeedFormat(NamedTuple):
    """One format of feeds: the name of its file, its media type and how it is written."""

    file_name: str
    media_type: str
    render: _Render


def _body_html(article: Article) -> str:
    return "\n".join(f"<p>{escape(p, quote=False)}</p>" for p in article.paragraphs)


def _render_rss(outlet: Outlet, articles: list[Article], modified: datetime) -> str:
    items = []
    for a in articles:
        full = f"\n<content:encoded><![CDATA[{_body_html(a)}]]></content:encoded>"
        items.append(
            f"<item>\n<title>{escape(a.headline, quote=False)}</title>\n"
            f"<link>http://{HOST}{a.path}</link>\n"
            f'<guid isPermaLink="false">tag:{a.outlet}.example,2026:{a.key}</guid>\n'
            f"<pubDate>{format_datetime(a.published_at.astimezone(outlet.time_zone))}</pubDate>\n"
            f"<description>{escape(a.summary, quote=False)}</description>"
            f"{full if outlet.is_full else ''}\n</item>"
        )
    return (
        f'<?xml version="1.0" encoding="{outlet.charset}"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">\n<channel>\n'
        f"<title>{escape(outlet.publisher, quote=False)}</title>\n"
        f"<link>http://{HOST}/{outlet.id}/</link>\n<description>News</description>\n"
        f"<language>{outlet.language}</language>\n"
        f"<lastBuildDate>{format_datetime(modified)}</lastBuildDate>\n"
        + "\n".join(items)
        + "\n</channel>\n</rss>\n"
    )


def _render_atom(outlet: Outlet, articles: list[Article], modified: datetime) -> str:
    entries = []
    for a in articles:
        published, updated = (
            t.astimezone(outlet.time_zone).isoformat() for t in (a.published_at, a.updated_at)
        )
        full = f'\n<content type="html">{escape(_body_html(a), quote=False)}</content>'
        entries.append(
            f"<entry>\n<id>tag:{a.outlet}.example,2026:{a.key}</id>\n"
            f"<title>{escape(a.headline, quote=False)}</title>\n"
            f'<link rel="alternate" type="text/html" href="http://{HOST}{a.path}"/>\n'
            f"<published>{published}</published>\n<updated>{updated}</updated>\n"
            f"<summary>{escape(a.summary, quote=False)}</summary>"
            f"{full if outlet.is_full else ''}\n</entry>"
        )
    return (
        f'<?xml version="1.0" encoding="{outlet.charset}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">\n'
        f"<id>tag:{outlet.id}.example,2026:feed</id>\n"
        f"<title>{escape(outlet.publisher, quote=False)}</title>\n"
        f"<updated>{modified.isoformat()}</updated>\n"
        f'<link rel="self" href="http://{HOST}/{outlet.id}/{FORMATS[outlet.format].file_name}"/>\n'
        + "\n".join(entries)
        + "\n</feed>\n"
    )


def _render_json(outlet: Outlet, articles: list[Article], modified: datetime) -> str:
    items = [
        {
            "id": f"tag:{a.outlet}.example,2026:{a.key}",
            "url": f"http://{HOST}{a.path}",
            "title": a.headline,
            "summary": a.summary,
            "date_published": a.published_at.astimezone(outlet.time_zone).isoformat(),
            "date_modified": a.updated_at.astimezone(outlet.time_zone).isoformat(),
        }
        | ({"content_html": _body_html(a)} if outlet.is_full else {})
        for a in articles
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.publisher,
        "language": outlet.language,
        "home_page_url": f"http://{HOST}/{outlet.id}/",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _render_sitemap(outlet: Outlet, articles: list[Article], modified: datetime) -> str:
    entries = [
        f"<url>\n<loc>http://{HOST}{a.path}</loc>\n<lastmod>{a.updated_at.isoformat()}</lastmod>\n"
        "<news:news>\n<news:publication>"
        f"<news:name>{escape(outlet.publisher, quote=False)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>\n"
        f"<news:publication_date>{a.published_at.astimezone(outlet.time_zone).isoformat()}"
        "</news:publication_date>\n"
        f"<news:title>{escape(a.headline, quote=False)}</news:title>\n</news:news>\n</url>"
        for a in articles
    ]
    return (
        f'<?xml version="1.0" encoding="{outlet.charset}"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        + "\n".join(entries)
        + "\n</urlset>\n"
    )


FORMATS: dict[str, FeedFormat] = {
    "rss": FeedFormat("rss.xml", "application/rss+xml", _render_rss),
    "atom": FeedFormat("atom.xml", "application/atom+xml", _render_atom),
    "json": FeedFormat("feed.json", "application/feed+json", _render_json),
    "sitemap": FeedFormat("news-sitemap.xml", "application/xml", _render_sitemap),
}
"""Formats by the first half of an outlet's `form`."""


def render_page(outlet: Outlet, article: Article) -> str:
    """The page of an article, with a menu, a box of related news and a footer around it."""
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
