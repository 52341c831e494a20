"""The command line: each mistake is one line and its exit code, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows import __version__
from flows.__main__ import cli, main
from flows.settings import FILE_NAME

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder to work in, with settings of its own."""
    (tmp_path / FILE_NAME).write_text(f'[paths]\nreference = "{tmp_path / "reference"}"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys):
    lines = [line for line in capsys.readouterr().err.splitlines() if " INFO " not in line]
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nosuch"], "No such command"),
        (["nightly", "--night", "tomorrow"], "'tomorrow' is no day"),
        (["nightly", "--night", "2026-02-30"], "is no day"),
        (["nightly", "--night", "2999-11-16"], "2999-11-16 is still to come; today is"),
        (["ingest", "--night", "2999-11-16"], "still to come"),
        (["build", "--night", "2999-11-16"], "still to come"),
        (["nightly", "--feeds", "gone.toml"], "gone.toml"),
        (["code", "gone.jsonl", "--out", "x"], "gone.jsonl"),
        (["ingest", "--warc"], "belong together"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(here, capsys, arguments, says):
    assert main(arguments) == 2
    assert says in said(capsys)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full (Linux)")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["nosuch"], 2), (["show", "e1"], 1), (["code", "a.jsonl", "--out", "out"], 0)],
)
def test_a_full_disk_under_the_log_changes_nothing_but_the_log(tmp_path, arguments, code):
    told = {"id": 1, "text": "Gunmen killed five people in Mosul on Monday."}
    (tmp_path / "a.jsonl").write_text(json.dumps(told))
    (tmp_path / FILE_NAME).write_text(f'[paths]\nreference = "{REFERENCE}"\n[log]\nlevel = "debug"')
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "flows", *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REFERENCE.parents[1])},
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
        )
    assert done.returncode == code
    assert (tmp_path / "out" / "claims.parquet").exists() == (code == 0)


def test_a_list_without_feeds_is_told(here, capsys):
    (here / "none.toml").write_text("# all of them were moved away\n")
    assert main(["feeds", "check", "--feeds", "none.toml"]) == 2
    assert "none.toml: lists no feed" in said(capsys)


def test_a_wrong_settings_key_is_one_line_and_exit_2(here, capsys):
    (here / FILE_NAME).write_text("[build]\nwrkers = 3\n")
    assert main(["status"]) == 2
    assert "[build] has no key wrkers" in said(capsys)


def test_a_wrong_variable_is_one_line_and_exit_2(here, capsys, monkeypatch):
    monkeypatch.setenv("CASUALTY_LEDGER_NONSENSE", "1")
    assert main(["status"]) == 2
    assert "CASUALTY_LEDGER_NONSENSE names no setting" in said(capsys)


def test_missing_reference_data_is_one_line_and_exit_2(here, capsys):
    (here / "a.jsonl").write_text(json.dumps({"id": 1, "text": "x"}))
    assert main(["code", "a.jsonl", "--out", "out"]) == 2
    assert "no word lists there" in said(capsys)


def test_nothing_published_is_one_line_and_exit_1(here, capsys):
    assert main(["show", "abc"]) == 1
    assert "nothing is published here yet" in said(capsys)
    assert main(["diff", "2026-11-16-00000000"]) == 1
    assert "no such release; it was removed or never published; there are none" in said(capsys)


def test_an_empty_ledger_has_a_status(here, capsys):
    assert main(["status"]) == 0
    out = capsys.readouterr().out
    assert "raw 0.0 MiB in 0 shards of 0 nights" in out
    assert "release  none" in out


def test_a_fault_of_ours_is_one_line_and_exit_1(here, capsys, monkeypatch):
    def break_down(settings):
        raise ZeroDivisionError("a bug\nwith two lines")

    monkeypatch.setattr("flows.status.describe_status", break_down)
    assert main(["status"]) == 1
    assert "ZeroDivisionError: a bug with two lines" in said(capsys)


def test_the_version_is_told(capsys):
    assert main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_says_what_it_does(name, capsys):
    assert main([name, "--help"]) == 0
    assert "Usage:" in capsys.readouterr().out


OPML = """<opml version="2.0"><body>
<outline text="The Savanna Courier" xmlUrl="https://savanna-courier.example/rss.xml"/>
</body></opml>"""


def test_feeds_come_from_opml_and_go_back(here, capsys):
    (here / "mine.opml").write_text(OPML)
    assert main(["feeds", "import", "mine.opml"]) == 0
    (here / "feeds.toml").write_text(capsys.readouterr().out)
    assert main(["feeds", "export", "--feeds", "feeds.toml", "--out", "back.opml"]) == 0
    assert "https://savanna-courier.example/rss.xml" in (here / "back.opml").read_text()


def test_a_file_that_is_no_opml_is_one_line(here, capsys):
    (here / "mine.opml").write_text("no xml")
    assert main(["feeds", "import", "mine.opml"]) == 2
    assert "mine.opml" in said(capsys)


def test_feeds_are_checked_one_by_one(here, capsys, make_server, http):
    server = make_server()
    item = b"<item><title>a</title><link>http://x.example/1</link></item>"
    feed = b'<rss version="2.0"><channel><title>x</title>' + item + b"</channel></rss>"
    server.routes["/good.xml"] = http.answer(feed, Content_Type="application/rss+xml")
    server.routes["/bad.xml"] = http.answer(b"<html>maintenance</html>")
    (here / "feeds.toml").write_text(
        "\n".join(
            f'[[feed]]\nid = "{n}"\nurl = "{server.url(f"/{n}.xml")}"\npublisher = "P"\n'
            "internal = true"
            for n in ("good", "bad")
        )
    )
    assert main(["feeds", "check", "--feeds", "feeds.toml"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "good: 1 entries"
    assert lines[1].startswith("bad: not_a_feed")
    assert lines[2] == "1 of 2 feeds are well"
