"""Where batches run: threads, processes or a Dask cluster, as the settings say."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.settings import Build, Settings
from flows.stages import Advance
from transforms.errors import SettingsError

Value = TypeVar("Value")


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """The runner of the batches of a build.

    Args:
        settings: which, how many workers, and the cluster's address.

    Raises:
        SettingsError: the runner's packages are not installed.
    """
    made: dict[str, Callable[[Build], TaskRunner[Any]]] = {
        "threads": lambda build: ThreadPoolTaskRunner(max_workers=build.workers),
        "processes": lambda build: ProcessPoolTaskRunner(max_workers=build.workers),
        "dask": _dask_runner,
    }
    return made[settings.build.runner](settings.build)


def await_all(futures: Sequence[PrefectFuture[Value]], advance: Advance) -> list[Value]:
    """The results of batches, in their order.

    Args:
        futures: the batches, submitted.
        advance: called for each that is done.

    Raises:
        Exception: what the first of them that failed raised.
    """
    results = []
    for future in futures:
        results.append(future.result())
        advance()
    return results


def _dask_runner(build: Build) -> TaskRunner[Any]:
    if importlib.util.find_spec("prefect_dask") is None:
        raise SettingsError(
            '[build] runner = "dask" needs prefect-dask: pip install "casualty-ledger[dask]"'
        )
    from prefect_dask.task_runners import DaskTaskRunner

    if build.dask_address:
        return DaskTaskRunner(address=build.dask_address)
    local = {
        "n_workers": build.workers,
        "threads_per_worker": 1,
        "host": "127.0.0.1",
        "dashboard_address": None,
    }
    return DaskTaskRunner(cluster_kwargs=local)
