"""The sample press on the loopback interface: an HTTP proxy to its invented host."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from flows.samplepress.articles import list_nights
from flows.samplepress.documents import Document, render_night
from flows.samplepress.formats import HOST

log = logging.getLogger(__name__)


class Press:
    """A running sample press. `proxy` is the way to its host; `show_night` turns the page."""

    def __init__(self, source_dir: Path, night: date, port: int) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
        self._server.daemon_threads = True
        self._source_dir = source_dir
        self.proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.show_night(night)
        self._thread = Thread(target=self._server.serve_forever, name="sample-press", daemon=True)

    def show_night(self, night: date) -> None:
        """Serve the documents of this night from now on."""
        documents = render_night(self._source_dir, night)
        self._server.documents = documents  # type: ignore[attr-defined]
        log.info("sample press: night %s, %d documents at %s", night, len(documents), self.proxy)

    def start(self) -> None:
        """Answer requests in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def serve(source_dir: Path, night: date | None = None, *, port: int = 0) -> Iterator[Press]:
    """Serve the sample press on 127.0.0.1 while the block runs.

    Args:
        source_dir: data/sample.
        night: night to begin with; the first one where it is left out.
        port: 0 takes any free port.
    """
    press = Press(source_dir, night or list_nights(source_dir)[0], port)
    press.start()
    try:
        yield press
    finally:
        press.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SamplePress/1"
    sys_version = ""

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        document = self.server.documents.get(asked.path)  # type: ignore[attr-defined]
        if asked.scheme != "http" or asked.hostname != HOST:
            self._answer(502, Document("text/plain", b"no such host\n", datetime.now(UTC)))
        elif document is None:
            self._answer(404, Document("text/plain", b"not found\n", datetime.now(UTC)))
        elif self._is_known(document):
            self._answer(304, document._replace(body=b""), _etag(document))
        else:
            self._answer(200, document, _etag(document))

    do_HEAD = do_GET  # noqa: N815  (name set by http.server)

    def _is_known(self, document: Document) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return _etag(document) in tags
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and document.modified <= parsedate_to_datetime(since)
        except ValueError:
            return False

    def _answer(self, status: int, document: Document, etag: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", document.content_type)
        self.send_header("Content-Length", str(len(document.body)))
        if etag:
            self.send_header("ETag", etag)
            self.send_header("Last-Modified", format_datetime(document.modified, usegmt=True))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(document.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (as in http.server)
        log.debug(format, *args)


def _etag(document: Document) -> str:
    return f'"{blake2b(document.body, digest_size=8).hexdigest()}"'
