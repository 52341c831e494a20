"""Nights that are repeated, missed, doubled or killed leave what an orderly sequence leaves."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from flows.ingesting import night as night_module
from flows.ingesting.gather import Run
from flows.ingesting.night import ingest_feeds, unasked_feeds
from flows.normalise import normalise_shard
from flows.rawstore import iter_shards
from flows.release import open_release, read_tables
from flows.settings import FILE_NAME
from transforms.errors import SettingsError
from transforms.feeds import Feed, parse_feed

ROOT = Path(__file__).parents[2]
DAYS = [date(2026, 11, day) for day in (18, 19, 20)]
STORIES = [
    "Gunmen killed two farmers near Maiduguri in Nigeria on Tuesday, police said.",
    "A bus fell into a ravine near Nakuru in Kenya; nine people died and four were hurt.",
    "Police in Quetta, Pakistan, said on Thursday that a bomb had wounded seven people.",
]
CLOCKED = {"articles": ["fetched_at"], "feeds": ["seconds", "bytes", "http_status", "entries"]}
"""What no two runs have alike: times, and how much a later document holds."""


def document(night: date, until: int = 24) -> bytes:
    """The feed as it stands on a night: a story a day, the newest first."""
    items = "".join(
        f"<item><title>Story of {day}</title><link>http://press.example/{day}</link>"
        f"<description>{story}</description>"
        f"<pubDate>{datetime(day.year, day.month, day.day, 1, tzinfo=UTC):%a, %d %b %Y %H:%M} GMT"
        "</pubDate></item>"
        for day, story in reversed(list(zip(DAYS, STORIES, strict=True)))
        if day <= night
    )
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()


class World:
    """A feed that grows from night to night, with stores of its own."""

    def __init__(self, server, http, folder):
        self.server, self.http, self.folder = server, http, folder
        self.feeds = folder / "feeds.toml"
        folder.mkdir()
        self.feeds.write_text(
            f'[[feed]]\nid = "courier"\nurl = "{server.url("/rss")}"\n'
            'publisher = "The Courier"\nfull_text = true\ninternal = true\n'
        )
        (folder / FILE_NAME).write_text(
            '[paths]\nraw = "raw"\npublished = "published"\nstate = "state"\n'
            f'reference = "{ROOT / "data" / "reference"}"\ncorrections = "none.toml"\n'
            "[ingest]\nhost_delay_seconds = 0\n"
        )
        (folder / "none.toml").write_text("")

    def show(self, night):
        self.server.routes["/rss"] = self.http.answer(document(night), ETag=f'"{night}"')

    @property
    def settings(self):
        from flows.settings import load_settings

        return load_settings({}, self.folder)

    def run(self, night):
        from flows.nightly import run_night

        return run_night(night, self.settings, self.feeds)

    def backfill(self, start, end):
        from flows.backfill import run_backfill

        return run_backfill(start, end, self.settings, self.feeds)

    def start(self, *arguments):
        """A command in a process of its own."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        environ |= {"CASUALTY_LEDGER_SETTINGS": str(self.folder / FILE_NAME)}
        with (self.folder / "log.txt").open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "flows", *arguments, "--feeds", str(self.feeds)],
                env=environ | {"PYTHONPATH": str(ROOT)},
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def log(self):
        return (self.folder / "log.txt").read_text()

    def tables(self):
        tables = read_tables(open_release(self.settings.paths.published))
        tables.pop("runs")
        return {n: t.drop(columns=CLOCKED.get(n, [])) for n, t in tables.items()}


def assert_same(found, expected):
    for name, table in expected.items():
        pd.testing.assert_frame_equal(found[name], table, obj=name)


@pytest.fixture
def make_world(make_server, http, tmp_path, prefect_server):
    server = make_server()
    return lambda name: World(server, http, tmp_path / name)


@pytest.fixture
def orderly(make_world):
    """The tables of the three nights, each run in its time."""
    world = make_world("orderly")
    for night in DAYS:
        world.show(night)
        world.run(night)
    tables = world.tables()
    assert tables["articles"]["night"].dt.day.tolist() == [18, 19, 20]
    assert len(tables["events"]) == 3
    return tables


@pytest.mark.slow
def test_a_night_that_is_run_again_changes_nothing(make_world):
    world = make_world("again")
    world.show(DAYS[0])
    first = world.run(DAYS[0])
    before = world.tables()
    second = world.run(DAYS[0])
    assert second.built.rows["articles"] == first.built.rows["articles"] == 1
    found = world.tables()
    # that it was run twice is told, and nothing else
    assert found["feeds"]["run_id"].tolist() == ["2026-11-18-01", "2026-11-18-02"]
    found["feeds"] = found["feeds"].iloc[:1]
    assert_same(found, before)


@pytest.mark.slow
def test_a_night_that_was_missed_is_caught_up_as_it_would_have_been(make_world, orderly):
    world = make_world("missed")
    world.show(DAYS[0])
    world.run(DAYS[0])
    world.show(DAYS[2])
    done = world.backfill(DAYS[1], DAYS[2])
    assert [n.night for n in done.nights] == DAYS[1:]
    assert_same(world.tables(), orderly)
    assert world.backfill(DAYS[0], DAYS[2]).nights == ()


@pytest.mark.slow
def test_an_old_night_that_is_caught_up_leaves_the_later_ones_in_the_release(make_world, orderly):
    world = make_world("late")
    for night in (DAYS[0], DAYS[2]):
        world.show(night)
        world.run(night)
    assert open_release(world.settings.paths.published).name.startswith("2026-11-20")
    world.run(DAYS[1])  # what it would have brought came with the night after it
    release = open_release(world.settings.paths.published)
    assert release.name.startswith("2026-11-20")
    assert set(world.tables()["articles"]["article_id"]) == set(orderly["articles"]["article_id"])
    assert world.tables()["feeds"]["night"].dt.day.tolist() == [18, 19, 20]


def test_a_range_that_is_none_is_one_clear_error(make_world):
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    for start, end in ((DAYS[1], DAYS[0]), (DAYS[0], tomorrow)):
        with pytest.raises(SettingsError, match="no range of nights up to today"):
            make_world(f"{start}{end}").backfill(start, end)


@pytest.mark.slow
def test_what_is_damaged_in_the_cache_is_made_again(make_world):
    world = make_world("damaged")
    world.show(DAYS[1])
    world.run(DAYS[1])
    before = open_release(world.settings.paths.published).name
    for stage in ("normalise", "code"):
        for path in world.folder.glob(f"state/cache/*/{stage}/*/*.arrow"):
            path.write_bytes(path.read_bytes()[:100])
    for path in world.folder.glob("state/cache/*/merge/*/*"):
        path.unlink()
    again = world.run(DAYS[1])
    assert again.built.rows["claims"] > 0
    names = ["claims", "reports", "events"]
    expected = read_tables(open_release(world.settings.paths.published, before))
    assert_same(world.tables(), {name: expected[name] for name in names})


# the clock


def normalised(root):
    parts = [normalise_shard(shard, parse_feed, lambda records: []) for shard in iter_shards(root)]
    return pd.concat([p.articles for p in parts]).drop(columns="fetched_at"), sum(
        p.deferred for p in parts
    )


@pytest.mark.parametrize("jump", [timedelta(days=n) for n in (1, -1, 365, -365)], ids=str)
def test_a_clock_that_jumps_changes_nothing_but_its_own_column(
    server, http, tmp_path, make_fetcher, monkeypatch, jump
):
    feed = Feed("courier", server.url("/rss"), "The Courier", full_text=True, internal=True)
    other = Feed("herald", server.url("/atom"), "The Herald", full_text=True, internal=True)
    server.routes["/rss"] = http.answer(document(DAYS[0]))
    server.routes["/atom"] = http.answer(document(DAYS[0]).replace(b"/2026", b"/h/2026"))
    policy = make_fetcher().policy
    found = []
    for name in ("steady", "jumping"):
        asked = iter(range(1000))

        def clock(asked=asked, jumps=name == "jumping"):
            now = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
            return now + jump if jumps and next(asked) > 1 else now

        monkeypatch.setattr(night_module, "Run", partial(Run, clock=clock))
        ingest_feeds(tmp_path / name, DAYS[0], [feed, other], policy)
        found.append(normalised(tmp_path / name))
    pd.testing.assert_frame_equal(found[0][0], found[1][0])
    assert found[0][1] == found[1][1] == 0
    assert len(found[0][0]) == 2


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("cron", ["30 2 * * *", "0 3 * * *", "0 12 * * *"])
def test_each_night_is_run_once_through_every_change_of_the_clock(zone, cron):
    """02:30 comes twice on one day of the year and never on another."""
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.server.schemas.schedules import CronSchedule as Served

    given = CronSchedule(cron=cron, timezone=zone)
    schedule = Served(**given.model_dump())
    start = datetime(2026, 10, 1, tzinfo=ZoneInfo(zone))
    fired = schedule._get_dates_generator(n=220, start=start)
    nights = [moment.astimezone(UTC).date() for moment in fired]
    assert len(nights) == 220
    assert len(set(nights)) == len(nights)
    steps = {(b - a).days for a, b in pairwise(nights)}
    assert steps == {1}


# two at once, killed ones


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("nights", [(0, 0), (0, 1)], ids=["same night", "two nights"])
def test_two_nights_at_once(make_world, nights):
    world = make_world("two")
    world.show(DAYS[max(nights)])
    running = [world.start("nightly", "--night", str(DAYS[n])) for n in nights]
    codes = [process.wait(300) for process in running]
    assert set(codes) <= {0, 1}, world.log()
    assert 0 in codes, world.log()
    if 1 in codes:
        assert re.search(r"held by process \d+ .*since .* s ago", world.log())
    for n in nights:
        world.run(DAYS[n])
    expected = make_world("one by one")
    for n in sorted(set(nights)):
        expected.run(DAYS[n])
    names = ["articles", "claims", "reports", "events", "tolls", "links"]
    found, wanted = world.tables(), expected.tables()
    for name in names:
        same = [t[name].drop(columns="run_id", errors="ignore") for t in (found, wanted)]
        if nights[0] == nights[1] or codes == [0, 0]:
            pd.testing.assert_frame_equal(*same)
        else:  # the later night went first and took both stories
            assert len(same[0]) == len(same[1])


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("stage", ["fetching", "coding"])
def test_a_backfill_that_was_killed_goes_on_where_it_stood(make_world, orderly, stage):
    world = make_world("killed")
    world.show(DAYS[2])
    running = world.start("backfill", "--from", str(DAYS[0]), "--to", str(DAYS[2]))
    sign = "raw/*/*.index.parquet" if stage == "fetching" else "state/cache/*/normalise/*/*"
    deadline = time.monotonic() + 300
    while not list(world.folder.glob(sign)):
        assert running.poll() is None, world.log()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert not (world.folder / "published" / "current.json").exists()
    kept = {p: p.stat().st_mtime_ns for p in world.folder.glob("raw/*/*.parquet")}
    again = world.start("backfill", "--from", str(DAYS[0]), "--to", str(DAYS[2]))
    assert again.wait(300) == 0, world.log()
    assert_same(world.tables(), orderly)
    for path, changed in kept.items():
        assert path.stat().st_mtime_ns == changed
    assert len(iter_shards(world.settings.paths.raw)) == 3


def test_only_feeds_that_no_run_asked_are_asked_again(server, http, tmp_path, make_fetcher):
    feeds = [Feed(n, server.url(f"/{n}"), "p", full_text=True, internal=True) for n in "ab"]
    for feed in feeds:
        server.routes[f"/{feed.id}"] = http.answer(document(DAYS[0]))
    ingest_feeds(tmp_path, DAYS[0], feeds[:1], make_fetcher().policy)
    assert unasked_feeds(tmp_path, DAYS[0], feeds) == feeds[1:]
    assert unasked_feeds(tmp_path, DAYS[1], feeds) == feeds


def test_a_build_waits_for_the_one_before_it(make_world, monkeypatch):
    """Else the one that began with fewer shards could publish last."""
    from flows.building import publishing

    world = make_world("waiting")
    order = []

    def hold():
        with publishing.hold_build(world.settings, DAYS[0]):
            order.append("first begins")
            held.set()
            time.sleep(1)
            order.append("first ends")

    held = threading.Event()
    first = threading.Thread(target=hold)
    first.start()
    held.wait()
    with publishing.hold_build(world.settings, DAYS[1]):
        order.append("second begins")
    first.join()
    assert order == ["first begins", "first ends", "second begins"]
