"""What a result was measured with: machine, load and versions."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

_LIBRARIES = (
    *("pandas", "pyarrow", "numpy", "prefect", "feedparser", "trafilatura", "lxml", "google-re2"),
    *("fastwarc", "warcio", "datasketch", "spacy"),
)


def about_run() -> dict[str, object]:
    """Machine, load average and versions, now."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processor": _field("/proc/cpuinfo", "model name") or platform.processor(),
            "cores": os.cpu_count(),
            "memory": _field("/proc/meminfo", "MemTotal"),
            "system": platform.platform(),
            "load": [round(load, 1) for load in os.getloadavg()],
        },
        "versions": {"python": platform.python_version()}
        | {name: found for name in _LIBRARIES if (found := _version(name))},
    }


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _field(path: str, name: str) -> str | None:
    file = Path(path)
    lines = file.read_text().splitlines() if file.exists() else []
    return next((at.partition(":")[2].strip() for at in lines if at.startswith(name)), None)
