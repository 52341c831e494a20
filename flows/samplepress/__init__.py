"""The sample press: data/sample's invented week of news, served as its outlets would serve it.

Stands in the place of the world, before `ingest`: the same feeds and pages every time, night by
night, on the loopback interface, so that the main job runs with no network. All outlets stand at
one invented host, to which the server is the proxy: whatever port it has, addresses and ids stay
the same. The articles are written once, in data/sample/articles; feeds and pages are rendered from
them when they are asked for, and no second copy is kept. data/sample/README.md explains the format.
"""

from flows.samplepress.articles import Article, list_nights, read_articles
from flows.samplepress.documents import Document, render_night
from flows.samplepress.formats import HOST
from flows.samplepress.server import Press, serve

__all__ = [
    "HOST",
    "Article",
    "Document",
    "Press",
    "list_nights",
    "read_articles",
    "render_night",
    "serve",
]
