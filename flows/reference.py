"""Reads the reference data under data/reference, and writes what is built for it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.coding.event_types import EventTypes, compile_event_types
from transforms.coding.knowledge import Knowledge, build_knowledge
from transforms.coding.where.gazetteer import KINDS, Gazetteer, OwnNames
from transforms.coding.where.words import read_words
from transforms.coding.who.actor_list import ActorList, compile_actors
from transforms.corrections import Correction, parse_corrections
from transforms.errors import ReferenceDataError
from transforms.feeds import Feed, read_feeds


def load_knowledge(folder: Path) -> Knowledge:
    """Everything the coder knows.

    Args:
        folder: data/reference, with lexicon/*.toml and places/.

    Raises:
        ReferenceDataError: a file is missing or breaks its schema.
    """
    tables = {path.stem: _read_toml(path) for path in sorted((folder / "lexicon").glob("*.toml"))}
    if not tables:
        raise ReferenceDataError(
            f"{folder / 'lexicon'}: no word lists there; check paths.reference"
        )
    return build_knowledge(
        tables,
        event_types=load_event_types(folder),
        gazetteer=load_gazetteer(folder / "places"),
        actors=load_actors(folder),
    )


def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a places folder.

    Args:
        folder: has places.parquet, names.parquet, countries.toml, regions.toml, words.toml and
            ordinary.txt.

    Raises:
        ReferenceDataError: a file is missing or breaks its schema.
    """
    try:
        places = pq.read_table(folder / "places.parquet")
        names = pq.read_table(folder / "names.parquet")
        ordinary = (folder / "ordinary.txt").read_text("utf-8")
    except (OSError, pa.ArrowException) as error:
        raise ReferenceDataError(
            f"{folder}: {error}; build it with `python -m flows places build`"
        ) from error
    lines = [line for line in ordinary.splitlines() if not line.startswith("#")]
    regions = _read_toml(folder / "regions.toml")
    own = OwnNames(
        countries=_read_toml(folder / "countries.toml"),
        regions=regions.get("region", []),
        divisions=regions.get("division", []),
        places=regions.get("place", []),
        abbreviations=regions.get("abbreviation", []),
        words=read_words(_read_toml(folder / "words.toml")),
        ordinary=frozenset(" ".join(lines).split()),
    )
    return Gazetteer(places, names, own)


def load_country_names(folder: Path) -> dict[str, str]:
    """English names of countries by ISO 3166-1 alpha-3 code, for people to read.

    Args:
        folder: has places.parquet.

    Raises:
        ReferenceDataError: the file is missing or damaged.
    """
    try:
        places = pq.read_table(
            folder / "places.parquet",
            columns=["country", "name"],
            filters=[("kind", "==", KINDS.index("country"))],
        )
    except (OSError, pa.ArrowException) as error:
        raise ReferenceDataError(
            f"{folder}: {error}; build it with `python -m flows places build`"
        ) from error
    return dict(zip(places["country"].to_pylist(), places["name"].to_pylist(), strict=True))


def write_places(places: pa.Table, names: pa.Table, folder: Path) -> None:
    """Writes places.parquet and names.parquet, compressed for size."""
    folder.mkdir(parents=True, exist_ok=True)
    common: dict[str, Any] = {
        "compression": "zstd",
        "compression_level": 19,
        "write_statistics": False,
    }
    pq.write_table(
        places, folder / "places.parquet", use_dictionary=["country", "admin1"], **common
    )
    pq.write_table(
        names,
        folder / "names.parquet",
        use_dictionary=False,
        column_encoding={
            "name": "DELTA_BYTE_ARRAY",
            "longest": "PLAIN",
            "entries.list.element": "PLAIN",
        },
        **common,
    )


def load_actors(folder: Path) -> ActorList:
    """States and armed groups by their names.

    Args:
        folder: the reference data; has actors/*.toml, places/countries.toml, and of lexicon/
            speakers.toml and attribution.toml.

    Raises:
        ReferenceDataError: a file is missing, breaks its schema, or names a group twice.
    """
    files = {path.stem: _read_toml(path) for path in sorted((folder / "actors").glob("*.toml"))}
    groups: dict[str, Any] = {}
    for stem in files.keys() - {"states", "generic"}:
        twice = groups.keys() & files[stem].keys()
        if twice:
            raise ReferenceDataError(f"{folder / 'actors'}: {sorted(twice)} stand in two files")
        groups |= files[stem]
    return compile_actors(
        dict(sorted(groups.items())),
        files.get("states", {}),
        files.get("generic", {}),
        _read_toml(folder / "places" / "countries.toml"),
        _read_toml(folder / "lexicon" / "speakers.toml"),
        _read_toml(folder / "lexicon" / "attribution.toml"),
    )


def load_event_types(folder: Path) -> EventTypes:
    """The words that tell kinds of events.

    Args:
        folder: the reference data; has lexicon/event_types.toml.

    Raises:
        ReferenceDataError: the file is missing or breaks its schema.
    """
    return compile_event_types(_read_toml(folder / "lexicon" / "event_types.toml"))


def load_corrections(path: Path) -> list[Correction]:
    """The corrections by people; none where the file is not there.

    Args:
        path: corrections.toml.

    Raises:
        CorrectionError: a correction is malformed or contradicts another.
        ReferenceDataError: the file can't be read.
    """
    try:
        return parse_corrections(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise ReferenceDataError(f"{path}: {error}") from error


def load_feeds(path: Path) -> tuple[Feed, ...]:
    """The feeds of a feeds.toml, in its order.

    Args:
        path: the file.

    Raises:
        ReferenceDataError: the file can't be read, or a key in it is unknown, missing or has an
            impossible value.
    """
    return read_feeds(_read_toml(path), str(path))


def load_night_feeds(path: Path) -> tuple[Feed, ...]:
    """As `load_feeds`, for a night: a list that has lost its feeds is no list of no feeds.

    Raises:
        ReferenceDataError: as there, or no feed is listed.
    """
    feeds = load_feeds(path)
    if not feeds:
        raise ReferenceDataError(
            f"{path}: lists no feed; add [[feed]] tables with id, url, publisher"
        )
    return feeds


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ReferenceDataError(f"{path}: {error}") from error
