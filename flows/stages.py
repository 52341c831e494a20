"""What the stages of a run took: timed, told in the log, shown as they go on a terminal."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

logger = logging.getLogger(__name__)

Advance = Callable[[], None]


class Stages:
    """The stages of one run.

    Attributes:
        seconds: by the clock, of each stage that has ended, in their order.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, batches: int = 0) -> Iterator[Advance]:
        """Time a stage, and show on a terminal how far it is.

        Args:
            name: the verb.
            batches: what there is to do; without any there is nothing to show.

        Yields:
            To be called when a batch is done.
        """
        started = time.monotonic()
        hidden = not batches or not sys.stderr.isatty()
        with click.progressbar(
            length=batches, label=name, file=sys.stderr, hidden=hidden, show_pos=True
        ) as bar:
            yield lambda: bar.update(1)
        self.seconds[name] = self.seconds.get(name, 0.0) + time.monotonic() - started
        logger.info(
            "stage %s: %.1f s",
            name,
            self.seconds[name],
            extra={"data": {"stage": name, "seconds": self.seconds[name], "batches": batches}},
        )
