"""What a shard gave under this code, kept so that a night pays only for what is new.

A cache may always be deleted: it holds only what `build` makes again from the raw store. Its
folder is named after a fingerprint of everything the result depends on, so another code, lexicon or
library never meets an old result.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from importlib import metadata
from pathlib import Path

import pandas as pd
import pyarrow as pa

from flows.bucket import BucketPath, StorePath, describe, listed
from flows.settings import CHECKOUT
from transforms.schema import TABLES, arrow_schema, cast_frame

logger = logging.getLogger(__name__)

Frames = dict[str, pd.DataFrame]

PART, WHOLE = ".part-", "whole"
"""How folders begin that are being made; what a bucket's folder holds once it is whole."""

_LIBRARIES = ("pandas", "pyarrow", "numpy", "feedparser", "trafilatura", "lxml", "ftfy", "w3lib")
"""Libraries whose version can change what is read out of the same bytes."""


def fingerprint(reference: Path, *, code: Path = CHECKOUT / "transforms") -> str:
    """Sixteen hexadecimal digits for the code, reference data and libraries that are in use.

    Args:
        reference: the folder of reference data.
        code: the folder of the pure package.
    """
    digest = hashlib.sha256()
    for path in sorted([*code.rglob("*.py"), *_files(reference)]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        digest.update(f"{name}=={metadata.version(name)}\0".encode())
    return digest.hexdigest()[:16]


class Cache:
    """Frames by stage and key, below one folder.

    Args:
        folder: folder or bucket where all caches lie.
        version: the fingerprint; frames of other fingerprints are not seen.
    """

    def __init__(self, folder: StorePath, version: str) -> None:
        self._all = folder
        self._folder = folder / version

    def has(self, stage: str, key: str) -> bool:
        """Whether frames are kept for the key."""
        place = self._place(stage, key)
        return place.is_dir() if isinstance(place, Path) else (place / WHOLE).exists()

    def keys(self, stage: str) -> Callable[[str], bool]:
        """As `has`, for many keys: one look at what is kept for the stage."""
        folder = self._folder / stage
        if isinstance(folder, Path):
            kept = {path.name for path in listed(folder, "*")}
        else:
            kept = {path.parent.name for path in listed(folder, f"*/{WHOLE}")}
        return lambda key: _name_of(key) in kept

    def load(self, stage: str, key: str, only: Collection[str] | None = None) -> Frames | None:
        """The frames kept for the key, or None where there are none or they can't be read.

        Args:
            stage: the step that made them.
            key: what they were made from.
            only: names of the frames wanted; all of them where it is left out.
        """
        place = self._place(stage, key)
        try:
            paths = [p for p in listed(place, "*.arrow") if only is None or p.stem in only]
            return {path.stem: _read(path) for path in paths} or None
        except (OSError, pa.ArrowException) as error:
            logger.warning("cache %s can't be read and is made again: %s", place, describe(error))
            _remove(place)
            return None

    def load_all(self, stage: str, name: str) -> list[pd.DataFrame]:
        """One frame of every key of a stage; those that can't be read are left out."""
        found = []
        for path in listed(self._folder / stage, f"*/{name}.arrow"):
            try:
                found.append(_read(path))
            except (OSError, pa.ArrowException) as error:
                logger.warning("cache %s can't be read: %s", path, describe(error))
        return found

    def save(self, stage: str, key: str, frames: Mapping[str, pd.DataFrame]) -> None:
        """Keep the frames for the key; they appear all at once, under their declared types.

        Two who save under one key at once, as happens where a lost task is done again, have made
        the same frames: those of the first one stay.

        Args:
            stage: the step that made them.
            key: what they were made from.
            frames: tables of transforms/schema.py by name, or other frames by any other name.
        """
        place = self._place(stage, key)
        beside = place.parent if isinstance(place, Path) else None
        if beside is not None:
            beside.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=beside, prefix=PART))
        try:
            for name, frame in frames.items():
                _write(aside / f"{name}.arrow", name, frame)
            _put(aside, place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def forget(self, stage: str, key: str) -> None:
        """Remove what is kept for the key, and for keys made of it (`key/-/more`)."""
        place = self._place(stage, key)
        for path in listed(place.parent, f"{place.name}*"):
            _remove(path)

    def forget_stage(self, stage: str) -> None:
        """Remove all that is kept of a step."""
        for path in listed(self._folder / stage, "*"):
            _remove(path)

    def forget_others(self) -> None:
        """Remove what other fingerprints, and runs that were killed, left behind."""
        for folder in listed(self._all, "*"):
            if folder != self._folder:
                _remove(folder)
        for part in listed(self._folder, f"*/{PART}*"):
            _remove(part)

    def _place(self, stage: str, key: str) -> StorePath:
        return self._folder / stage / _name_of(key)


def _name_of(key: str) -> str:
    first, *rest = key.split("/-/")
    return "-".join(hashlib.sha256(part.encode()).hexdigest()[:24] for part in (first, *rest))


def _put(aside: Path, place: StorePath) -> None:
    """Give finished frames their place: by one rename, or in a bucket by a mark put last."""
    if isinstance(place, BucketPath):
        for path in sorted(aside.iterdir()):
            (place / path.name).upload(path)
        (aside / WHOLE).touch()
        (place / WHOLE).upload(aside / WHOLE)
        return
    try:
        aside.rename(place)
    except OSError:
        if not place.is_dir():
            raise


def _remove(path: StorePath) -> None:
    if isinstance(path, BucketPath):
        path.remove_tree()
    elif path.is_dir():
        shutil.rmtree(path, ignore_errors=True)


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _write(path: Path, name: str, frame: pd.DataFrame) -> None:
    schema = arrow_schema(name) if name in TABLES else None
    if schema is not None:
        # Half-made rows are kept here, so what a release requires is not required yet.
        schema = pa.schema([field.with_nullable(True) for field in schema], schema.metadata)
        frame = cast_frame(name, frame)
    table = pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    with (
        pa.output_stream(str(path), compression=None, buffer_size=1 << 20) as file,
        pa.ipc.new_file(
            file, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")
        ) as writer,
    ):
        writer.write_table(table)


def _read(path: StorePath) -> pd.DataFrame:
    with pa.OSFile(str(path), "rb") if isinstance(path, Path) else path.open() as file:
        frame = pa.ipc.open_file(file).read_all().to_pandas()
    return cast_frame(path.stem, frame) if path.stem in TABLES else frame
