"""What every test stands on: settings of its own, and one Prefect server for the session."""

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
