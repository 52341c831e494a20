"""How things stand: stores, the last nights, feeds that fail, the next night. For `status`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from flows.metrics import free_bytes, store_bytes
from flows.rawstore import iter_shards
from flows.release import open_release, read_table
from flows.settings import Schedule, Settings
from transforms.dossiers import Row, rows_of
from transforms.errors import SettingsError, StoreError

NIGHTS_SHOWN = 7


def describe_status(settings: Settings, at: datetime | None = None) -> str:
    """The state of stores, nights and feeds as text.

    Args:
        settings: where the stores are, and the schedule.
        at: the moment after which the next night is told; now where it is left out.

    Raises:
        SettingsError: the schedule can't be read.
    """
    paths = settings.paths
    firing = next_firing(settings.schedule, at or datetime.now(UTC))
    lines = [_stores(settings), f"schedule {settings.schedule.cron!r}, next {_both(firing)}"]
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


def next_firing(schedule: Schedule, after: datetime) -> datetime:
    """When `serve` starts the next night, in the schedule's time zone.

    Args:
        schedule: cron line and time zone.
        after: the moment to start from.

    Raises:
        SettingsError: the schedule can't be read.
    """
    try:
        zone = ZoneInfo(schedule.time_zone)
        return next(CronSim(schedule.cron, after.astimezone(zone)))
    except (CronSimError, StopIteration, OSError, ValueError, KeyError) as error:
        named = f"cron {schedule.cron!r}, time_zone {schedule.time_zone!r}"
        raise SettingsError(f"[schedule] {named}: {error or 'it never fires'}") from error


def _both(moment: datetime) -> str:
    there = f"{moment:%Y-%m-%d %H:%M %Z}"
    here = moment.astimezone(UTC)
    return there if moment.utcoffset() == here.utcoffset() else f"{there} ({here:%H:%M} UTC)"


def _stores(settings: Settings) -> str:
    shards = iter_shards(settings.paths.raw)
    nights = {shard.night for shard in shards}
    raw, state = settings.paths.raw, settings.paths.state
    sizes = [f"raw {_size(store_bytes(raw))} in {len(shards)} shards of {len(nights)} nights"]
    if "://" not in settings.paths.published:
        sizes.append(f"published {_size(store_bytes(Path(settings.paths.published)))}")
    sizes.append(f"state {_size(store_bytes(state))}")
    free = [free_bytes(path) for path in (raw, state) if isinstance(path, Path)]
    if free:
        sizes.append(f"{_size(min(free))} free")
    return "stores   " + ", ".join(sizes)


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.1f} MiB"


def _run(row: Row) -> str:
    requests = json.loads(row["balances"] or "{}").get("requests", {})
    counts = json.loads(row["counts"] or "{}")
    return (
        f"{row['night'].date()}  {row['run_id']}  {row['outcome']}:"
        f" {requests.get('fetched', 0)} of {requests.get('planned', 0)} requests fetched,"
        f" {counts.get('articles', 0)} articles, {counts.get('events', 0)} new events,"
        f" {len(row['findings'] if row['findings'] is not None else ())} findings"
        f"{_seconds(counts.get('seconds', {}))}"
    )


def _seconds(took: dict[str, float]) -> str:
    return "; " + ", ".join(f"{name} {s:.0f} s" for name, s in took.items()) if took else ""


def _feed(row: Row) -> str:
    last = row["last_success"].date() if row["last_success"] else "never"
    return (
        f"{row['feed_id']}: {row['error_class'] or 'failed'}, for {row['consecutive_failures']}"
        f" night{'' if row['consecutive_failures'] == 1 else 's'}, last success {last}"
    )
