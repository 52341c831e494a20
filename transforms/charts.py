"""Numbers as shapes: where the bars, lines and dots of the report's drawings go.

Drawing them is the template's work; all lengths are in the units of the drawing's own box.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.dossiers import Dossier, Toll
from transforms.summary import Bar

MAP_NORTH, MAP_SOUTH = 84.0, -60.0
MAP_SCALE = 4.0
"""Units per degree. The land's outline in flows/templates is drawn to the same box."""

SPARK_WIDTH, SPARK_HEIGHT = 120.0, 32.0
CHART_WIDTH, CHART_HEIGHT = 360.0, 120.0


@dataclass(frozen=True, slots=True)
class Dot:
    """An event on the map; `coarse` where only its province, country or area is known."""

    x: float
    y: float
    radius: float
    dossier: Dossier
    coarse: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart: the sure part from the ground, the vague part on top of it."""

    x: float
    width: float
    sure_y: float
    sure_height: float
    vague_y: float
    vague_height: float
    bar: Bar


@dataclass(frozen=True, slots=True)
class Line:
    """How one figure moved: the corners of a stepped line, and the area from low to high."""

    steps: str
    band: str
    last_x: float
    last_y: float


def place_dots(dossiers: Iterable[Dossier]) -> list[Dot]:
    """Dots of the events whose position is known, the largest first so that none is hidden."""
    dots = []
    for dossier in dossiers:
        latitude, longitude = dossier.event["latitude"], dossier.event["longitude"]
        if latitude is None or longitude is None or not MAP_SOUTH <= latitude <= MAP_NORTH:
            continue
        size = max((t.value or 0 for t in dossier.tolls), default=0)
        x = round((longitude + 180) * MAP_SCALE, 1)
        y = round((MAP_NORTH - latitude) * MAP_SCALE, 1)
        coarse = (dossier.event["place_precision"] or 6) in (4, 5, 6)
        dots.append(Dot(x, y, round(min(6 + 1.8 * math.sqrt(size), 40), 1), dossier, coarse))
    return sorted(dots, key=lambda dot: (-dot.radius, dot.dossier.event_id))


def stack_columns(bars: Sequence[Bar], top: int) -> list[Column]:
    """Columns side by side over the chart's box.

    Args:
        bars: from left to right.
        top: the value at the upper edge, in people.
    """
    step = CHART_WIDTH / max(len(bars), 1)
    columns = []
    for position, bar in enumerate(bars):
        sure = CHART_HEIGHT * bar.sure / top
        vague = CHART_HEIGHT * bar.vague / top
        columns.append(
            Column(
                x=round(position * step + step * 0.12, 2),
                width=round(step * 0.76, 2),
                sure_y=round(CHART_HEIGHT - sure, 2),
                sure_height=round(sure, 2),
                vague_y=round(CHART_HEIGHT - sure - vague, 2),
                vague_height=round(vague, 2),
                bar=bar,
            )
        )
    return columns


def round_up(value: int) -> int:
    """The next of 2, 4, 10, 20, 40, 100, ...: a value for the upper edge that halves evenly."""
    power = 1
    while True:
        for step in (2, 4, 10):
            if step * power >= value:
                return step * power
        power *= 10


def draw_line(history: Sequence[Toll]) -> Line:
    """A stepped line through the figures of one kind, night after night."""
    values = [toll.value or 0 for toll in history]
    lows = [v if t.low is None else t.low for t, v in zip(history, values, strict=True)]
    highs = [v if t.high is None else t.high for t, v in zip(history, values, strict=True)]
    top = max(*highs, 1)
    step = (SPARK_WIDTH - 6) / max(len(values), 1)

    def corners(series: Sequence[int]) -> list[tuple[float, float]]:
        points = []
        for position, value in enumerate(series):
            y = round(3 + (SPARK_HEIGHT - 6) * (1 - value / top), 1)
            points += [(round(position * step, 1), y), (round((position + 1) * step, 1), y)]
        return points

    line = corners(values)
    band = corners(highs) + corners(lows)[::-1]
    return Line(_points(line), _points(band), *line[-1])


def _points(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in corners)
