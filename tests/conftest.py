"""What every test stands on: settings of its own, and one Prefect server for the session."""

import logging
import os
import tempfile
from pathlib import Path

import pytest

from flows.settings import PREFIX, load_settings, move_stores, prepare_prefect

# Before any test module imports Prefect: it reads its environment once.
_FOLDER = tempfile.TemporaryDirectory(prefix="casualty-ledger-tests-")


def pytest_configure():
    for name in [n for n in os.environ if n.startswith((PREFIX, "PREFECT_"))]:
        del os.environ[name]
    folder = Path(_FOLDER.name)
    prepare_prefect(move_stores(load_settings({}, folder), folder), os.environ)


def pytest_collection_modifyitems(items):
    path = Path(__file__).parent / "known_misses.txt"
    known = {line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")}
    for item in items:
        # One worker per file, and one for all that stand on the main job: it is run once.
        group = "demo" if "prefect_server" in item.fixturenames else item.path.name
        item.add_marker(pytest.mark.xdist_group(group))
        if item.nodeid.removeprefix("tests/") in known:
            item.add_marker(pytest.mark.xfail(reason="tests/known_misses.txt", strict=True))


@pytest.fixture(autouse=True)
def logging_as_before():
    """A command that a test runs sets up logging; the next test finds it as it was."""
    loggers = [logging.getLogger(name) for name in ("flows", "transforms")]
    before = [(logger, logger.handlers, logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


@pytest.fixture
def settings(tmp_path):
    """The committed settings, with all stores under the test's own folder."""
    return move_stores(load_settings({}, tmp_path), tmp_path)


@pytest.fixture(scope="session")
def prefect_server():
    """One Prefect server for all tests that run a flow; it takes seconds to start."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


class Demo:
    """One run of the main job: where it lies, what it said and gave."""

    def __init__(self, folder, said, result, settings):
        self.folder, self.said, self.result, self.settings = folder, said, result, settings
        self.published = folder / "published"

    def tables(self, name=None):
        from flows.release import open_release, read_tables

        return read_tables(open_release(self.published, name))

    def releases(self):
        return sorted(p.name for p in (self.published / "releases").iterdir())


@pytest.fixture(scope="session")
def demo(tmp_path_factory, prefect_server):
    """One run of the main job, for all tests that look at it."""
    from flows.demo import demo_settings, run_demo

    folder = tmp_path_factory.mktemp("demo") / "data" / "demo"
    said = []
    settings = load_settings({}, Path(__file__).parents[1])
    result = run_demo(settings, folder, said.append)
    return Demo(folder, "\n".join(said), result, demo_settings(settings, folder))
