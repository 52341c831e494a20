"""The `explain` command: for a terminal, for a file, as a page; and text that means harm."""

import io
from datetime import date
from html.parser import HTMLParser

import click
import pytest

from flows.__main__ import cli
from flows.explain import explain_text, read_source
from transforms.errors import SettingsError

TEXT = "A bomb killed at least five people in Gao on Monday, police said."


@pytest.fixture
def run(monkeypatch, tmp_path):
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    return lambda *arguments, **options: CliRunner().invoke(cli, ["explain", *arguments], **options)


def test_text_as_argument(run):
    result = run(TEXT, "--title", "Five dead in Gao", "--date", "2026-03-17")
    assert result.exit_code == 0
    assert "[1: Five] dead in Gao" in result.output
    assert "A bomb killed [2: at least five people] in Gao" in result.output
    assert "2026-03-16, from “Monday”, precision 1" in result.output
    assert "\x1b" not in result.output


def test_colour_in_a_terminal(run):
    assert "\x1b[" in run(TEXT, color=True).output


def test_file_and_standard_input(run, tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    assert "[1: at least five people]" in run(str(path)).output
    assert "[1: at least five people]" in run("-", input=TEXT).output


def test_page_stands_by_itself(run):
    output = run(TEXT, "--html").output
    assert output.lstrip().startswith("<!doctype html>")
    assert "default-src 'none'" in output
    assert "http://" not in output
    assert "https://" not in output
    assert 'href="#figure-1"' in output
    assert 'id="figure-1"' in output
    assert "<script" not in output


class Words(HTMLParser):
    """The words of a page and its tags."""

    def __init__(self):
        super().__init__()
        self.words, self.tags = "", set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data):
        self.words += data


def test_markup_in_the_text_is_only_text(settings):
    hostile = f"<script>alert(1)</script> <img src=x onerror=alert(1)> & {TEXT}"
    page = explain_text(hostile, settings, title="<b>Five dead</b> in Gao", as_html=True)
    words = Words()
    words.feed(page)
    assert not words.tags & {"script", "img", "b"}
    assert "<script>alert(1)</script>" in words.words
    assert "<b>" in words.words


@pytest.mark.parametrize("as_html", [False, True])
def test_control_characters_never_reach_the_reader(as_html, settings):
    hostile = f"\x1b[2J\x07\u202e{TEXT} \x9b31m \x00"
    told = click.unstyle(explain_text(hostile, settings, title="\x1b]0;x\x07 y", as_html=as_html))
    assert not set(told) & set("\x00\x07\x1b\x9b\u202e")
    assert "killed" in told


def test_nothing_found_and_no_date_are_said(settings):
    assert "No figure" in explain_text("The fair opened on Monday.", settings)
    assert "No --date was given" in explain_text(TEXT, settings)
    assert "No --date" not in explain_text(TEXT, settings, day=date(2026, 3, 17))


def test_other_languages_are_said(settings):
    french = (
        "Cinq personnes ont été tuées et neuf autres blessées lundi dans une explosion à Gao, dans"
        " le nord du Mali, selon la police. Les secours sont arrivés dans la matinée."
    )
    assert "“fr”" in explain_text(french, settings)


def test_a_single_word_is_a_file_name(run):
    result = run("missing.txt")
    assert result.exit_code != 0
    assert isinstance(result.exception, SettingsError)
    assert "no such file" in str(result.exception)


def test_unreadable_input(tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(b"\xff\xfe\x00killed")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_source(str(path))
    with pytest.raises(SettingsError, match="characters"):
        read_source("x " * 600_000)
    with pytest.raises(SettingsError, match=r"can't be read|no such file"):
        read_source("x" * 5000)


def test_a_long_text_is_no_file_name():
    assert read_source(f"{TEXT} " * 200).startswith("A bomb")


def test_what_is_no_text_says_so(tmp_path):
    for source in ("", " \n"):
        with pytest.raises(SettingsError, match="nothing to explain"):
            read_source(source)
    with pytest.raises(SettingsError, match="is a folder"):
        read_source(str(tmp_path))


def test_text_of_another_encoding_is_no_fault_of_ours(monkeypatch):
    with pytest.raises(SettingsError, match="no UTF-8 text"):
        read_source("caf\udce9 where five were killed")
    monkeypatch.setattr("sys.stdin", io.StringIO("caf\udce9 where five were killed"))
    with pytest.raises(SettingsError, match="no UTF-8 text"):
        read_source("-")
