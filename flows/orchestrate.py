"""What flows share: where their batches run, how they end, and who is told."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.schemas import FlowRun, State, TaskRun
from prefect.context import FlowRunContext
from prefect.flows import Flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.states import Completed
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner
from prefect.tasks import Task

from flows.building.publishing import Built
from flows.notify import post_outcome
from flows.reading import end_page_workers
from flows.settings import Build, Settings
from flows.stages import Advance
from transforms.errors import SettingsError

logger = logging.getLogger(__name__)

FAILED_FEEDS = "Completed with failed feeds"
"""Name of the state of a run that released although feeds failed."""

_webhooks: dict[str, str] = {}


class Result(Protocol):
    """What a flow that releases returns."""

    @property
    def failed_feeds(self) -> tuple[str, ...]:
        """The feeds that could not be had."""

    @property
    def built(self) -> Built:
        """What was published."""

    @property
    def outcome(self) -> str:
        """One line."""


R = TypeVar("R", bound=Result)
Value = TypeVar("Value")


def end_state(result: R) -> State[R]:
    """The truth about a run, with its artifacts: Completed, or completed with failed feeds."""
    built = result.built
    create_markdown_artifact(key="night", markdown=built.artifact, description=str(built.night))
    rows = [{"table": name, "rows": count} for name, count in built.rows.items()]
    create_table_artifact(key="tables", table=rows, description=built.release.name)
    failed = [{"feed": feed} for feed in result.failed_feeds]
    create_table_artifact(key="failed-feeds", table=failed, description=str(built.night))
    name = FAILED_FEEDS if result.failed_feeds else "Completed"
    return Completed(name=name, message=result.outcome, data=result)


def remember_webhook(settings: Settings) -> None:
    """Keep for the hooks of this run whom to tell; never as a parameter, which Prefect stores."""
    webhook = settings.notify.webhook.get_secret_value()
    if webhook:
        _webhooks[str(flow_run.id)] = webhook


def tell_webhook(flow: Flow[Any, Any], run: FlowRun, state: State[Any]) -> None:
    """A hook: post how the run ended to the webhook of the settings, where there is one."""
    webhook = _webhooks.pop(str(run.id), None)
    if webhook:
        text = f"{run.name}: {state.name}. {state.message or ''}".strip()
        content = {"text": text, "flow": flow.name, "run": run.name}
        post_outcome(webhook, {**content, "state": state.name, "message": state.message})


HOOKS: dict[str, Any] = {
    name: [tell_webhook] for name in ("on_completion", "on_failure", "on_crashed")
}
"""What is to be told about every flow that releases."""


def can_pass(_: Task[Any, Any], __: TaskRun, state: State[Any]) -> bool:
    """Whether a failed task is worth another try: a store could not be reached just then."""
    error = state.result(raise_on_failure=False)
    cause = getattr(error, "__cause__", None)
    lasting = (FileNotFoundError, PermissionError, NotADirectoryError, FileExistsError)
    return isinstance(cause, OSError) and not isinstance(cause, lasting)


RETRY: dict[str, Any] = {
    "retries": 2,
    "retry_delay_seconds": [1, 10],
    "retry_jitter_factor": 0.5,
    "retry_condition_fn": can_pass,
}
"""How the tasks of a build are tried again."""


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


def await_all(
    futures: Sequence[PrefectFuture[Value]], advance: Advance = lambda: None
) -> list[Value]:
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


def end_workers() -> None:
    """End the worker processes of this flow, which has no more batches or pages for them.

    They hold the reference data, some 0.4 GiB each, while the flow puts all batches together.
    """
    end_page_workers()
    context = FlowRunContext.get()
    if context is not None and isinstance(context.task_runner, ProcessPoolTaskRunner):
        context.task_runner.cancel_all()


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
