"""Settings: one file, read once into one frozen object; every path comes from it.

`casualty-ledger.toml` documents every key. An environment variable goes before the file:
`CASUALTY_LEDGER_BUILD_WORKERS=4` is `workers` in `[build]`. Unknown keys are refused in both.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from flows.bucket import StoreSetting
from transforms.errors import SettingsError

FILE_NAME = "casualty-ledger.toml"
PREFIX = "CASUALTY_LEDGER_"
CHECKOUT = Path(__file__).resolve().parents[1]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Paths(_Section):
    """Where things lie; all but `reference` may be s3:// addresses."""

    raw: StoreSetting = Path("data/raw")
    published: str = "data/published"
    state: StoreSetting = Path("data/state")
    reference: Path = Path("data/reference")
    corrections: str = ""

    @property
    def feeds(self) -> Path:
        """The list of feeds."""
        return self.reference / "feeds.toml"

    @property
    def corrections_file(self) -> Path:
        """The list of human corrections."""
        return Path(self.corrections) if self.corrections else self.reference / "corrections.toml"


class Ingest(_Section):
    """How the network is used."""

    user_agent: Annotated[str, Field(min_length=1)] = "casualty-ledger/0.1"
    contact: str = ""
    connections: Annotated[int, Field(ge=1, le=256)] = 16
    host_connections: Annotated[int, Field(ge=1, le=16)] = 2
    host_delay_seconds: Annotated[float, Field(ge=0)] = 1.0
    deadline_seconds: Annotated[float, Field(gt=0)] = 30
    night_seconds: Annotated[float, Field(gt=0)] = 10800
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    feed_mib: Annotated[int, Field(ge=1, le=100)] = 15
    page_mib: Annotated[int, Field(ge=1, le=100)] = 5
    proxy: str = ""
    ca_file: str = ""
    failed_share: Annotated[float, Field(ge=0, le=1)] = 0.5


class Build(_Section):
    """How the raw store becomes tables."""

    runner: Literal["threads", "processes", "dask"] = "threads"
    workers: Annotated[int, Field(ge=1)] = 2
    look: Literal["words", "claims"] = "words"
    dask_address: str = ""
    rule: Literal["latest", "ucdp", "acled", "acled_10", "min_max", "majority"] = "latest"


class Release(_Section):
    """How releases are kept."""

    keep_days: Annotated[int, Field(ge=0)] = 30


class Schedule(_Section):
    """When `serve` runs a night."""

    cron: str = "0 2 * * *"
    time_zone: str = "UTC"
    port: Annotated[int, Field(ge=0, le=65535)] = 4200


class Notify(_Section):
    """Who is told how a night ended."""

    webhook: SecretStr = SecretStr("")


class Log(_Section):
    """What is logged, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    form: Literal["text", "json"] = "text"


class Metrics(_Section):
    """What is left for a monitor."""

    file: Annotated[str, Field(pattern=r"^$|\.prom$")] = ""


class Settings(_Section):
    """All settings."""

    paths: Paths = Paths()
    ingest: Ingest = Ingest()
    build: Build = Build()
    release: Release = Release()
    schedule: Schedule = Schedule()
    notify: Notify = Notify()
    log: Log = Log()
    metrics: Metrics = Metrics()


def load_settings(environ: Mapping[str, str], folder: Path) -> Settings:
    """Read the settings.

    The file is the one that CASUALTY_LEDGER_SETTINGS names, else casualty-ledger.toml in the
    folder, else the one of this checkout, else none. Relative paths count from the file's folder.

    Args:
        environ: the environment.
        folder: where to look first, usually the working directory.

    Raises:
        SettingsError: the file can't be read, or a key or value in it or in the environment is
            wrong.
    """
    path = _find_file(environ, folder)
    values = _read_file(path) if path else {}
    for section, key, value in _overrides(environ):
        values.setdefault(section, {})[key] = value
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(f"{path or 'settings'}: {_describe(error)}") from error
    return _anchor(settings, path.parent if path else folder)


def move_stores(settings: Settings, folder: Path) -> Settings:
    """The same settings with raw, published and state under another folder."""
    paths = settings.paths.model_copy(
        update={
            "raw": folder / "raw",
            "published": str(folder / "published"),
            "state": folder / "state",
        }
    )
    return settings.model_copy(update={"paths": paths})


def prefect_home(settings: Settings) -> Path:
    """Where Prefect's own database lies: with the state, or in the user's folder for such."""
    state = settings.paths.state
    if isinstance(state, Path):
        return state / "prefect"
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "casualty-ledger" / "prefect"


def prepare_prefect(settings: Settings, environ: MutableMapping[str, str]) -> None:
    """Make Prefect's home and set what Prefect reads from the environment, telemetry off.

    To be called before Prefect is imported; what the environment has already is left as it is.

    Raises:
        SettingsError: the folder for Prefect's database can't be made.
    """
    home = prefect_home(settings)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"[paths] state: can't make {home}: {error.strerror}") from error
    for name, value in {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        # A server that has gone is asked again for seconds and not for minutes, at every call.
        "PREFECT_CLIENT_MAX_RETRIES": "3",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        # What fails is said once, by the command line; Prefect's database has its own account.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    }.items():
        environ.setdefault(name, value)


def _find_file(environ: Mapping[str, str], folder: Path) -> Path | None:
    named = environ.get(f"{PREFIX}SETTINGS")
    if named:
        return Path(named).absolute()
    for candidate in (folder / FILE_NAME, CHECKOUT / FILE_NAME):
        if candidate.is_file():
            return candidate.absolute()
    return None


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: can't read the settings: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error


def _overrides(environ: Mapping[str, str]) -> list[tuple[str, str, str]]:
    found = []
    for name in sorted(environ):
        if not name.startswith(PREFIX) or name == f"{PREFIX}SETTINGS":
            continue
        section, _, key = name.removeprefix(PREFIX).lower().partition("_")
        if section not in Settings.model_fields or not key:
            raise SettingsError(f"environment variable {name} names no setting; see {FILE_NAME}")
        found.append((section, key, environ[name]))
    return found


def _describe(error: ValidationError) -> str:
    return "; ".join(_describe_one([str(part) for part in e["loc"]], e) for e in error.errors())


def _describe_one(where: list[str], error: Mapping[str, Any]) -> str:
    if error["type"] != "extra_forbidden":
        return f"[{where[0]}] {'.'.join(where[1:])} = {error['input']!r}: {error['msg']}"
    if len(where) == 1:
        return f"unknown section [{where[0]}]; known are {', '.join(Settings.model_fields)}"
    known = Settings.model_fields[where[0]].default
    return f"[{where[0]}] has no key {where[1]}; known are {', '.join(type(known).model_fields)}"


def _anchor(settings: Settings, folder: Path) -> Settings:
    paths = settings.paths
    moved = {
        name: folder / path
        for name in ("raw", "state", "reference")
        if isinstance(path := getattr(paths, name), Path)
    }
    published = paths.published
    if "://" not in published:
        published = str(folder / published)
    corrections = str(folder / paths.corrections) if paths.corrections else ""
    places = {**moved, "published": published, "corrections": corrections}
    metrics = str(folder / settings.metrics.file) if settings.metrics.file else ""
    return settings.model_copy(
        update={
            "paths": paths.model_copy(update=places),
            "metrics": settings.metrics.model_copy(update={"file": metrics}),
        }
    )
