"""Whole nights through the flow: feeds that fail, a share that is too large, nights read again."""

from datetime import date
from pathlib import Path

import pytest

from flows.nightly import run_night
from flows.release import open_release, read_tables
from transforms.errors import (
    NothingReachedError,
    ReferenceDataError,
    SettingsError,
    StoreError,
    TooManyFailedError,
)
from transforms.feeds import limits

NIGHT = date(2026, 11, 20)
STORY = (
    "<rss version='2.0'><channel><item><title>Bomb kills five in Kano</title><guid>g{n}</guid>"
    "<pubDate>Thu, 19 Nov 2026 08:00:00 GMT</pubDate><description>A bomb killed five people at a"
    " market in Kano, Nigeria, on Thursday, police said.</description></item></channel></rss>"
)


@pytest.fixture
def press(make_server, http, tmp_path, settings, prefect_server):
    """Four feeds with full text, and nights over them."""
    server = make_server()
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(
        "".join(
            f'[[feed]]\nid = "f{n}"\nurl = "{server.url(f"/f{n}")}"\npublisher = "P{n}"\n'
            "internal = true\nfull_text = true\n"
            for n in range(4)
        )
    )
    quick = settings.ingest.model_copy(update={"host_delay_seconds": 0, "retries": 0})
    settings = settings.model_copy(update={"ingest": quick})
    down = http.answer(b"", status="500 Oh")

    def night(number, failing=(), texts=()):
        for n in range(4):
            text = dict(texts).get(n, STORY.format(n=n))
            story = http.answer(text.encode())
            server.routes[f"/f{n}"] = down if n in failing else story
        return run_night(NIGHT.replace(day=20 + number), settings, feeds)

    night.settings, night.feeds, night.server = settings, feeds, server
    return night


def released(press):
    return open_release(press.settings.paths.published).name


def test_a_night_fails_only_where_more_than_the_set_share_of_feeds_fails(press):
    first = press(0, failing=())
    assert first.failed_feeds == ()
    second = press(1, failing={1})
    assert second.failed_feeds == ("f1",)
    assert "1 of 4 feeds failed" in second.outcome
    half = press(2, failing={0, 1})
    assert half.failed_feeds == ("f0", "f1")
    stands = released(press)
    with pytest.raises(TooManyFailedError, match=r"3 of 4 feeds failed.*f0, f1, f2"):
        press(3, failing={0, 1, 2})
    assert released(press) == stands
    with pytest.raises(NothingReachedError, match="not one of 4 feeds"):
        press(4, failing={0, 1, 2, 3})
    assert released(press) == stands


@pytest.mark.slow
def test_what_an_older_version_refused_is_read_by_a_newer_one(press, monkeypatch):
    """From the bytes that were kept: nothing is fetched for it."""
    from flows.build import rebuild

    item = STORY.partition("<channel>")[2].partition("</channel>")[0]
    longer = STORY.format(n=3).replace("</channel>", item.format(n=4) + "</channel>")
    with monkeypatch.context() as older:
        older.setattr(limits, "MAX_ITEMS", 1)
        night = press(0, texts={3: longer})
    assert night.failed_feeds == ("f3",)
    before = read_tables(open_release(press.settings.paths.published))
    [refused] = before["rejects"].to_dict("records")
    assert (refused["reason"], refused["feed_id"]) == ("xml_limits", "f3")
    assert "#" in refused["raw_ref"]
    shards = files_of(press.settings.paths.raw)

    rebuild(press.settings, NIGHT, NIGHT)
    after = read_tables(open_release(press.settings.paths.published))
    assert after["rejects"].empty
    assert (after["articles"]["feed_id"] == "f3").sum() == 2
    assert len(after["articles"]) == len(before["articles"]) + 2
    assert files_of(press.settings.paths.raw) == shards


def files_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nights_that_are_read_again_give_the_same_release(press):
    from flows.build import rebuild

    for number in range(3):
        press(number, failing={number})
    stands = released(press)
    again = rebuild(press.settings, NIGHT, NIGHT.replace(day=21))
    assert (again.release.name, again.release.changed) == (stands, False)


def test_a_night_over_a_list_without_feeds_is_no_success(press):
    press.feeds.write_text("# all of them were moved away\n")
    with pytest.raises(ReferenceDataError, match=r"feeds\.toml: lists no feed; add"):
        run_night(NIGHT, press.settings, press.feeds)


def test_nights_that_are_not_stored_are_told_from_an_empty_store(press, settings):
    from flows.build import build, rebuild

    with pytest.raises(StoreError, match="no night is stored here yet"):
        rebuild(settings, NIGHT)
    press(0)
    with pytest.raises(SettingsError, match=r"--from 2027-01-01 --to the last: no night of that"):
        rebuild(press.settings, date(2027, 1, 1))
    with pytest.raises(StoreError, match=rf"first night stored here is {NIGHT}, after 2026-01-01"):
        build(press.settings, date(2026, 1, 1))


def test_a_night_that_could_not_publish_asks_no_feed(press):
    Path(press.settings.paths.published).write_text("a file where the releases should be")
    with pytest.raises(StoreError, match="published"):
        press(0)
    assert press.server.requests == []
