"""Log lines: one event is one line, whatever the message holds."""

import json
import logging

from flows.logs import configure_logging
from flows.settings import Log

HOSTILE = "feed x: \x1b[31mred\n2026 ERROR forged\r\t\u2028end"


def test_a_hostile_message_stays_on_its_line(capsys):
    configure_logging(Log())
    logging.getLogger("flows.ingest").warning("%s", HOSTILE)
    err = capsys.readouterr().err
    assert len(err.splitlines()) == 1
    assert "\\n2026 ERROR forged" in err
    assert "\x1b" not in err


def test_json_lines_hold_the_message_unchanged(capsys):
    configure_logging(Log(form="json"))
    logging.getLogger("transforms.merge").info("%s", HOSTILE)
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["module"]) == ("info", "transforms.merge")
    assert line["message"] == HOSTILE


def test_the_level_is_kept(capsys):
    configure_logging(Log(level="error"))
    logging.getLogger("flows.build").info("not said")
    assert capsys.readouterr().err == ""
