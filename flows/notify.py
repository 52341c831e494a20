"""Tell a webhook how a night ended: one POST of a few lines of JSON, which no failure of it fails.

The `text` of it is what chat services show; the rest is for programs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10.0
TRIES = 2


def post_outcome(webhook: str, content: Mapping[str, Any]) -> bool:
    """Post what became of a night; says in the log where it could not be told.

    Args:
        webhook: an http or https address; its path may be a secret and is never logged.
        content: what to tell, as values that JSON can hold.

    Returns:
        Whether it was taken.
    """
    host = _host_of(webhook)
    if host is None:
        logger.warning("[notify] webhook is no http address; nobody is told")
        return False
    request = Request(  # noqa: S310 - http or https, as was just looked at
        webhook,
        data=json.dumps(content, default=str).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    opener = build_opener(ProxyHandler({}))  # proxies that the environment names are never used
    for _ in range(TRIES):
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS):
                return True
        except (URLError, OSError, ValueError) as error:
            logger.warning("webhook at %s: %s", host, type(error).__name__)
    return False


def _host_of(webhook: str) -> str | None:
    try:
        where = urlsplit(webhook)
    except ValueError:
        return None
    return where.hostname if where.scheme in ("http", "https") else None
