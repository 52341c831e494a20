"""Paths below an `s3://` address, with the part of `pathlib.Path` that the stores need.

`StorePath` is either kind. What goes into a bucket is put together on the local disk first and then
appears whole: an object is uploaded under another name, measured, and moved to its own.
"""

from __future__ import annotations

import fnmatch
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from transforms.errors import StoreError

SCHEME = "s3://"
_CHUNK = 8 << 20
_ONE_PUT = 4 << 20
"""What is not larger goes up in one request, which arrives whole or not at all, in bytes."""
PART_END = ".tmp"
"""How the name ends under which an object is uploaded."""


@total_ordering
@dataclass(frozen=True, slots=True)
class BucketPath:
    """A path in a bucket.

    Attributes:
        key: bucket and key, without a slash at the end.
        options: pyarrow's options as in a URL (`region=eu-west-1&endpoint_override=...`); keys come
            from the environment or the user's AWS files, never from settings.
    """

    key: str
    options: str = ""

    @classmethod
    def parse(cls, address: str) -> BucketPath:
        """The path that an `s3://bucket/prefix?options` address means."""
        rest, _, options = address.removeprefix(SCHEME).partition("?")
        return cls(rest.strip("/"), options)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._check,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda path: path.address, when_used="json"
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, *_: Any) -> dict[str, Any]:
        return {"type": "string", "format": "uri", "pattern": f"^{SCHEME}"}

    @classmethod
    def _check(cls, value: object) -> BucketPath:
        if isinstance(value, cls):
            return value
        raise ValueError(f"no {SCHEME} address")

    @property
    def address(self) -> str:
        """The address that `parse` reads again."""
        return f"{SCHEME}{self.key}{'?' if self.options else ''}{self.options}"

    @property
    def name(self) -> str:
        """The last part."""
        return PurePosixPath(self.key).name

    @property
    def stem(self) -> str:
        """The last part without its ending."""
        return PurePosixPath(self.key).stem

    @property
    def parent(self) -> BucketPath:
        """The path above."""
        return BucketPath(str(PurePosixPath(self.key).parent), self.options)

    def __str__(self) -> str:
        return f"{SCHEME}{self.key}"

    def __truediv__(self, part: str) -> BucketPath:
        return BucketPath(f"{self.key}/{part}", self.options)

    def __lt__(self, other: BucketPath) -> bool:
        return self.key < other.key

    def with_name(self, name: str) -> BucketPath:
        """The path beside this one."""
        return self.parent / name

    def exists(self) -> bool:
        """Whether there is an object of that name."""
        return bool(self._fs.get_file_info(self.key).is_file)

    def is_dir(self) -> bool:
        """Whether there are objects below it."""
        return bool(self._fs.get_file_info(self.key).type.name == "Directory")

    def size(self) -> int | None:
        """Bytes of the object, or None where there is none."""
        size: int | None = self._fs.get_file_info(self.key).size
        return size

    def glob(self, pattern: str) -> Iterator[BucketPath]:
        """The objects below it whose path fits; a star may stand for several levels here."""
        for info in self._below(recursive="/" in pattern):
            if fnmatch.fnmatchcase(info.path.removeprefix(f"{self.key}/"), pattern):
                yield BucketPath(info.path, self.options)

    def tree_size(self) -> int:
        """Bytes of all objects below it."""
        return sum(info.size or 0 for info in self._below(recursive=True))

    def open(self, mode: str = "rb") -> IO[bytes]:
        """The object, open for reading, with seek."""
        if mode != "rb":
            raise ValueError(f"an object in a bucket can't be opened as {mode!r}")
        return io.BufferedReader(_Reader(self._fs.open_input_file(self.key)), _CHUNK)

    def read_bytes(self) -> bytes:
        """All of the object."""
        with self._fs.open_input_stream(self.key, compression=None) as stream:
            return bytes(stream.read())

    def unlink(self, *, missing_ok: bool = False) -> None:
        """Remove the object."""
        try:
            self._fs.delete_file(self.key)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def remove_tree(self) -> None:
        """Remove everything below."""
        if self.is_dir():
            self._fs.delete_dir(self.key)

    def upload(self, source: Path) -> None:
        """Put a local file here, whole or not at all.

        Raises:
            OSError: it could not be put.
        """
        if source.stat().st_size <= _ONE_PUT:
            with self._fs.open_output_stream(self.key, compression=None) as stream:
                stream.write(source.read_bytes())
            return
        part = self.with_name(f"{self.name}{PART_END}")
        with (
            source.open("rb") as file,
            self._fs.open_output_stream(part.key, compression=None) as stream,
        ):
            while chunk := file.read(_CHUNK):
                stream.write(chunk)
        # closing after a broken write makes an object of what had arrived
        if part.size() != source.stat().st_size:
            raise OSError(f"{self}: only a part of it arrived")
        self._fs.move(part.key, self.key)

    def _below(self, *, recursive: bool) -> list[Any]:
        from pyarrow.fs import FileSelector

        selector = FileSelector(self.key, recursive=recursive, allow_not_found=True)
        return list(self._fs.get_file_info(selector))

    @property
    def _fs(self) -> Any:
        return _client(self.key.partition("/")[0], self.options)


StorePath = Path | BucketPath
"""Where a store lies: a folder on a disk, or a prefix of a bucket."""


def as_path(place: object) -> object:
    """A bucket's path for an `s3://` address; anything else as it is."""
    if isinstance(place, str) and place.startswith(SCHEME):
        return BucketPath.parse(place)
    return place


StoreSetting = Annotated[StorePath, BeforeValidator(as_path)]
"""A setting that names a store."""


def listed(path: StorePath, pattern: str) -> list[StorePath]:
    """What lies below and fits the pattern, sorted."""
    return sorted(path.glob(pattern))


def describe(error: BaseException) -> str:
    """The system's words for an error, on one line; errors of buckets have no `strerror`."""
    return " ".join(str(getattr(error, "strerror", None) or error).split())


class _Reader(io.RawIOBase):
    """An object of a bucket as Python's own kind of file: WARC readers take no other."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return int(self._file.readinto(buffer))

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


@lru_cache(maxsize=8)
def _client(bucket: str, options: str) -> Any:
    from pyarrow.fs import FileSystem  # not before it is needed: settings import this module

    # without this a small object takes the three requests of a large one
    options = "&".join(filter(None, ("allow_delayed_open=true", options)))
    try:
        return FileSystem.from_uri(f"{SCHEME}{bucket}?{options}")[0]
    except (OSError, ValueError) as error:
        raise StoreError(f"{SCHEME}{bucket}: can't open the bucket: {describe(error)}") from error
