"""The `code` command: a user's articles in, tables out, and every bad line a reject."""

import json

import pandas as pd
import pytest

import flows.code
from flows.__main__ import main
from flows.code import TABLES_WRITTEN, code_file, code_lines
from transforms.errors import StoreError
from transforms.schema import TABLES, from_arrow, to_arrow

BLAST = (
    "A bomb killed five people and wounded nine at a grain market in Maiduguri on Monday, police"
    " said. The device went off shortly after traders had set out their goods beside the western"
    " gate. Ambulances took the wounded to two hospitals, where nurses appealed for blood donors."
    " By early afternoon the market had been sealed off and soldiers were searching lorries."
)
LINES = [
    {
        "id": "a1",
        "title": "Market blast in Maiduguri",
        "text": BLAST,
        "published_at": "2026-11-02T16:00:00+01:00",
        "url": "https://savanna-courier.example/a1",
        "publisher": "The Savanna Courier",
    },
    {
        "id": "a2",
        "title": "Bomb at Maiduguri market",
        "text": BLAST,
        "published_at": "2026-11-02T18:00:00+01:00",
        "url": "https://newsharbour.example/a2",
        "publisher": "Newsharbour",
    },
    {"id": "a3", "text": "The fair opened on Monday under a clear sky.", "colour": "blue"},
]


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join([*map(json.dumps, LINES), "{broken", ""]), encoding="utf-8")
    return path


def test_articles_become_tables(corpus, tmp_path, capsys):
    assert main(["code", str(corpus), "--out", str(tmp_path / "out")]) == 0
    assert "3 articles (1 copies, 1 lines rejected: 1 not_json)" in capsys.readouterr().out
    tables = {n: pd.read_parquet(tmp_path / "out" / f"{n}.parquet") for n in TABLES_WRITTEN}
    event = tables["events"].iloc[0]
    assert len(tables["events"]) == 1
    assert (event["killed_best"], event["injured_best"]) == (5, 9)
    assert (event["place_name"], event["country"]) == ("Maiduguri", "NGA")
    assert event["date_start"] == pd.Timestamp("2026-11-02")
    articles = tables["articles"].set_index("article_id")
    assert articles.loc["a2", "duplicate_of"] == "a1"
    assert tables["reports"]["article_id"].tolist() == ["a1"]
    assert tables["rejects"]["reason"].tolist() == ["not_json"]
    for row in tables["claims"].itertuples():
        assert BLAST[row.char_start : row.char_end] == row.figure


def test_copies_are_coded_where_asked(corpus, settings):
    reports = code_file(corpus, settings, keep_duplicates=True).tables["reports"]
    assert sorted(reports["article_id"]) == ["a1", "a2"]
    assert len(set(reports["event_id"])) == 1


def test_the_tables_are_as_declared(corpus, settings):
    for name, frame in code_file(corpus, settings).tables.items():
        assert list(from_arrow(to_arrow(name, frame)).columns) == list(TABLES[name].names)


def test_the_size_of_a_batch_changes_nothing(corpus, settings, monkeypatch):
    whole = code_file(corpus, settings).tables
    monkeypatch.setattr(flows.code, "LINES_PER_BATCH", 1)
    for name, frame in code_file(corpus, settings).tables.items():
        pd.testing.assert_frame_equal(frame, whole[name])


@pytest.mark.parametrize("text", ["", "\n\n", "{}\n"], ids=["empty", "blank", "nothing readable"])
def test_a_file_without_articles_gives_empty_tables(tmp_path, settings, text):
    path = tmp_path / "none.jsonl"
    path.write_text(text)
    tables = code_file(path, settings).tables
    assert all(tables[name].empty for name in TABLES_WRITTEN if name != "rejects")
    assert len(tables["rejects"]) == bool(text.strip())


def test_nulls_throughout_are_no_trouble(tmp_path, settings):
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps({"id": 1, "text": "Three men were killed.", "title": None}))
    tables = code_file(path, settings).tables
    assert tables["events"]["killed_best"].tolist() == [3]
    assert tables["events"]["date_start"].isna().all()


def test_a_folder_that_cannot_be_written_is_one_line(corpus, tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert main(["code", str(corpus), "--out", str(tmp_path / "file" / "out")]) == 1
    err = [line for line in capsys.readouterr().err.splitlines() if "INFO" not in line]
    assert len(err) == 1
    assert "can't write the tables" in err[0]


def test_a_file_that_cannot_be_read_is_named(tmp_path, settings):
    with pytest.raises(StoreError, match=r"gone\.jsonl"):
        code_lines(tmp_path / "gone.jsonl", settings)


def test_lines_of_every_bad_kind_become_rejects_and_the_others_go_on(tmp_path, settings):
    french = (
        "Au moins cinq personnes ont été tuées dans une attaque à la bombe dans le marché de la"
        " ville, selon la police, et neuf autres ont été blessées après cette explosion."
    )
    lines = [
        json.dumps({"id": "long", "text": "killed " * 200_000}),
        json.dumps({"id": "blank", "text": "\x00\x1b \u200d"}),
        json.dumps({"id": "french", "text": french}),
        json.dumps({"id": "huge", "text": "x", "scan": "y" * 40_000_000}),
        "[]",
        json.dumps(LINES[0]),
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    tables = code_file(path, settings).tables
    assert tables["articles"]["article_id"].tolist() == ["french", "a1"]
    rejects = tables["rejects"]
    assert list(zip(rejects["stage"], rejects["reason"], strict=True)) == [
        ("parse", "text_limits"), ("parse", "no_text"), ("parse", "text_limits"),
        ("parse", "not_an_object"), ("code", "not_english"),
    ]  # fmt: skip
    assert rejects["detail"].str.split(":").str[0].tolist()[:4] == [
        "line 1", "line 2", "line 4", "line 5"
    ]  # fmt: skip
    assert len(tables["events"]) == 1


def test_dates_that_can_not_be_read_are_told_once(tmp_path, settings, caplog):
    given = ["2026-11-02", "soon", None, "the second", ""]
    path = tmp_path / "a.jsonl"
    lines = ({"id": n, "text": BLAST, "published_at": day} for n, day in enumerate(given))
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    tables = code_file(path, settings).tables
    assert tables["articles"]["published_at"].notna().sum() == 1
    [said] = [r.getMessage() for r in caplog.records if r.levelname == "WARNING"]
    assert "published_at of 2 articles" in said
    assert "first line 2: 'soon'" in said
