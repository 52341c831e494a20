"""How things stand: the last nights, the feeds that fail, what the stores take. For `status`."""

from __future__ import annotations

import json
from pathlib import Path

from flows.bucket import BucketPath, StorePath
from flows.rawstore import iter_shards
from flows.release import open_release, read_table
from flows.settings import Settings
from transforms.dossiers import Row, rows_of
from transforms.errors import StoreError

NIGHTS_SHOWN = 7


def describe_status(settings: Settings) -> str:
    """The state of stores, nights and feeds as text.

    Args:
        settings: where the stores are.
    """
    paths = settings.paths
    lines = [_stores(settings)]
    try:
        release = open_release(paths.published)
    except StoreError as error:
        return "\n".join([*lines, f"release  none: {error}", ""])
    lines.append(f"release  {release.name} at {release.path}")
    runs = read_table(release, "runs").sort_values(["night", "run_id"]).tail(NIGHTS_SHOWN)
    lines += [f"night    {_run(row)}" for row in rows_of(runs)]
    feeds = read_table(release, "feeds").sort_values(["night", "run_id"])
    newest = feeds.drop_duplicates("feed_id", keep="last")
    failing = newest[newest["consecutive_failures"].fillna(0) > 0]
    lines.append(f"feeds    {len(newest)}, of which {len(failing)} fail")
    lines += [f"  {_feed(row)}" for row in rows_of(failing.sort_values("feed_id"))]
    return "\n".join([*lines, ""])


def _stores(settings: Settings) -> str:
    shards = iter_shards(settings.paths.raw)
    nights = {shard.night for shard in shards}
    sizes = [f"raw {_size(settings.paths.raw)} in {len(shards)} shards of {len(nights)} nights"]
    if "://" not in settings.paths.published:
        sizes.append(f"published {_size(Path(settings.paths.published))}")
    sizes.append(f"state {_size(settings.paths.state)}")
    return "stores   " + ", ".join(sizes)


def _size(folder: StorePath) -> str:
    if isinstance(folder, BucketPath):
        return f"{folder.tree_size() / 2**20:.1f} MiB"
    seen: dict[int, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            status = path.stat()
            seen[status.st_ino] = status.st_size  # files that releases share count once
    return f"{sum(seen.values()) / 2**20:.1f} MiB"


def _run(row: Row) -> str:
    requests = json.loads(row["balances"] or "{}").get("requests", {})
    counts = json.loads(row["counts"] or "{}")
    return (
        f"{row['night'].date()}  {row['run_id']}  {row['outcome']}:"
        f" {requests.get('fetched', 0)} of {requests.get('planned', 0)} requests fetched,"
        f" {counts.get('articles', 0)} articles, {counts.get('events', 0)} new events,"
        f" {len(row['findings'] if row['findings'] is not None else ())} findings"
    )


def _feed(row: Row) -> str:
    last = row["last_success"].date() if row["last_success"] else "never"
    return (
        f"{row['feed_id']}: {row['error_class'] or 'failed'}, for {row['consecutive_failures']}"
        f" nights, last success {last}"
    )
