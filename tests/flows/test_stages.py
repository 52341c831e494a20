"""Stages are timed and told in the log; bars are for terminals only."""

import json
import os
import pty
import select
import sys

import pytest

from flows.logs import configure_logging
from flows.settings import Log
from flows.stages import Stages


def test_stages_are_timed_in_their_order():
    stages = Stages()
    with stages.stage("normalise", 2) as advance:
        advance()
        advance()
    with stages.stage("merge"):
        pass
    assert list(stages.seconds) == ["normalise", "merge"]
    assert all(0 <= seconds < 5 for seconds in stages.seconds.values())


def test_a_stage_that_fails_is_not_told_as_done():
    stages = Stages()
    with pytest.raises(ValueError, match="odd"), stages.stage("code", 3):
        raise ValueError("odd")
    assert stages.seconds == {}


def test_the_log_has_the_figures_as_fields(capsys):
    configure_logging(Log(form="json"))
    with Stages().stage("code", 3):
        pass
    line = json.loads(capsys.readouterr().err)
    assert (line["stage"], line["batches"], line["module"]) == ("code", 3, "flows.stages")
    assert isinstance(line["seconds"], float)


def test_no_bar_where_nobody_looks(capsys):
    with Stages().stage("code", 3) as advance:
        advance()
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch):
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with Stages().stage("normalise", 2) as advance:
            advance()
            advance()
        terminal.flush()
        shown = ""
        while "2/2" not in shown and select.select([ours], [], [], 5)[0]:
            shown += os.read(ours, 65536).decode()
    os.close(ours)
    assert "normalise" in shown
    assert "2/2" in shown
