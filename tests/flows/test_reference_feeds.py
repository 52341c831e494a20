"""The list of feeds that a real night fetches."""

from pathlib import Path

import pytest

from flows.reference import load_feeds
from transforms.errors import ReferenceDataError

LISTED = Path(__file__).parents[2] / "data" / "reference" / "feeds.toml"


def test_the_list_is_sound_and_covers_the_world():
    feeds = load_feeds(LISTED)
    assert len(feeds) >= 40
    assert len({feed.country for feed in feeds}) >= 30
    assert not [feed.id for feed in feeds if feed.internal]
    assert all(feed.licence and feed.language and feed.time_zone != "" for feed in feeds)


def test_a_wrong_key_names_file_feed_and_key(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[[feed]]\nid = "a"\nurl = "https://a.example/"\npublisher = "A"\ncolor = "red"\n'
    )
    with pytest.raises(ReferenceDataError) as caught:
        load_feeds(path)
    assert str(caught.value).startswith(f"{path}: feed 'a': unknown key 'color'")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("content", [None, "[[feed", "\x00"])
def test_a_list_that_can_not_be_read_names_the_file(tmp_path, content):
    path = tmp_path / "feeds.toml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ReferenceDataError, match=r"feeds\.toml"):
        load_feeds(path)
