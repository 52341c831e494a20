"""Readers at work while releases come and go: none of them may ever see a torn one."""

import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from flows.release import open_release, publish, read_table
from transforms import schema

ROOT = Path(__file__).parents[2]
CASES = json.loads((Path(__file__).parent / "cases" / "release.json").read_text("utf-8"))

READER = """
import sys
from pathlib import Path
import pandas as pd
from flows.release import open_release, read_table

root, kind = Path(sys.argv[1]), sys.argv[2]
stop = root.parent / "stop"
reads = 0
while not stop.exists() or reads < 5:
    if kind == "ours":
        release = open_release(root)
        events, claims = read_table(release, "events"), read_table(release, "claims")
    else:
        folder = (root / "latest").resolve()
        events, claims = pd.read_parquet(folder / "events"), pd.read_parquet(folder / "claims")
    # every release carries one generation number in two tables; a torn read would mix them
    generations = set(events["headline"]) | set(claims["victims"])
    assert len(generations) == 1, generations
    assert len(events) == 8 and len(claims) == 15
    reads += 1
print(reads)
"""


def tables(generation: int) -> dict[str, pd.DataFrame]:
    """The literal tables with a generation number in every row of two of them."""
    frames = {table: schema.frame_of(table, rows) for table, rows in CASES.items()}
    frames["events"] = frames["events"].assign(headline=f"g{generation}")
    frames["claims"] = frames["claims"].assign(victims=f"g{generation}")
    return frames


@pytest.mark.slow
def test_no_reader_meets_a_torn_release(tmp_path: Path) -> None:
    root = tmp_path / "published"
    publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(root), kind],
            env={"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind in ("ours", "plain", "plain")
    ]
    for generation in range(1, 26):
        publish(tables(generation), root=root, night=date(2026, 11, 22), documents={}, build={})
        time.sleep(0.02)
    (tmp_path / "stop").touch()
    reads = 0
    for reader in readers:
        out, err = reader.communicate(timeout=120)
        assert reader.returncode == 0, err[-2000:]
        reads += int(out)
    assert reads >= 15


def test_long_reader_keeps_its_release_for_three_nights(tmp_path: Path) -> None:
    root = tmp_path / "published"
    publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    opened = open_release(root)
    folder = (root / "latest").resolve()
    for generation, day in enumerate((23, 24, 25), start=1):
        publish(tables(generation), root=root, night=date(2026, 11, day), documents={}, build={})
    assert set(read_table(opened, "events")["headline"]) == {"g0"}
    assert set(pd.read_parquet(folder / "claims")["victims"]) == {"g0"}
    assert set(read_table(open_release(root), "events")["headline"]) == {"g3"}


def test_store_restored_from_a_copy_is_the_same(tmp_path: Path) -> None:
    import shutil

    root = tmp_path / "published"
    first = publish(tables(0), root=root, night=date(2026, 11, 22), documents={}, build={})
    shutil.copytree(root, tmp_path / "restored", symlinks=True)
    again = publish(
        tables(0), root=tmp_path / "restored", night=date(2026, 11, 22), documents={}, build={}
    )
    assert not again.changed
    assert again.manifest == first.manifest
