"""The documents of the sample press: feeds and pages rendered from its articles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from flows.samplepress.articles import (
    articles_of,
    list_nights,
    read_outlets,
)
from flows.samplepress.formats import FORMATS, render_page


class Document(NamedTuple):
    """One document as served: its type, its bytes and when it last changed."""

    content_type: str
    body: bytes
    modified: datetime


def render_night(source_dir: Path, night: date) -> dict[str, Document]:
    """All documents that the sample press serves on a night: path -> document.

    Args:
        source_dir: data/sample.
        night: logical date.

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
        form = FORMATS[outlet.format]
        body = form.render(outlet, own, modified).encode(outlet.charset)
        path = f"/{outlet.id}/{form.file_name}"
        documents[path] = Document(f"{form.media_type}; charset={outlet.charset}", body, modified)
        for article in own:
            page = render_page(outlet, article).encode()
            documents[article.path] = Document("text/html; charset=utf-8", page, article.updated_at)
    return documents
