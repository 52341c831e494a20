"""Logging, set up once at the entry: one event, one line, whatever stands in the message."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TextIO

from flows.settings import Log

_OURS = ("flows", "transforms")


class _LineFormatter(logging.Formatter):
    """Time, level, module and message on one line; control characters are escaped."""

    default_msec_format = None
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line = super().format(record)
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


class _JsonFormatter(_LineFormatter):
    """The same as one JSON object a line, with what the call gave as `extra={"data": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one JSON object."""
        content = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
            "module": record.name,
            "message": record.getMessage(),
        }
        content |= getattr(record, "data", {})
        if record.exc_info:
            content["error"] = self.formatException(record.exc_info)
        return json.dumps(content)


class _Handler(logging.StreamHandler[TextIO]):
    """To standard error as long as that takes it; a full disk under the log ends only the log."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Give the stream up where the system refuses a line; anything else is a fault of ours."""
        if isinstance(sys.exc_info()[1], OSError):
            give_up_stderr()
            for name in _OURS:
                logging.getLogger(name).handlers = [logging.NullHandler()]
        else:
            super().handleError(record)


def give_up_stderr() -> None:
    """Write nothing more to standard error; else the interpreter's last try sets the exit code."""
    sys.stderr = None


def configure_logging(log: Log) -> None:
    """Send the project's log lines to standard error.

    Args:
        log: level and form.
    """
    handler = _Handler(sys.stderr)
    text = _LineFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    formatter = _JsonFormatter() if log.form == "json" else text
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    for name in _OURS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(log.level.upper())
        logger.propagate = False
