"""What every DAG has: owner, retries by kind of error, time-outs, and a word to IT when it fails."""

import os
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import Asset, AssetWatcher, ExceptionRetryPolicy, RetryAction, RetryRule

from dags.telling import tell
from dags.watching import Released

GOLDEN = Asset("hub://golden")
"""Golden records changed, or somebody must be told something."""

SWEPT = Asset("hub://swept")
"""Records were found to have vanished from a system."""


def unsent(system: str) -> Asset:
    """Something waits to be sent to a system: a pull found it so, or a person let it go just now."""
    watcher = AssetWatcher(f"released_{system}", trigger=Released(system))
    return Asset(f"hub://unsent/{system}", watchers=[watcher])


HOPELESS = (
    "connectors.errors.Denied",
    "connectors.errors.ContractBroken",
    "connectors.errors.Refused",
    "hub.flow.errors.BatchStopped",
    "hub.flow.errors.ClockAhead",
    "hub.flow.errors.PublishStopped",
    "hub.flow.errors.CountsDoNotAddUp",
    "hub.flow.errors.LawsBroken",
    "hub.flow.errors.NotFound",
    "hub.flow.connections.BadConnection",
    "hub.flow.errors.StoreUnusable",
    "hub.mapping.strict_yaml.BadFile",
)
"""Errors that running again does not mend: a person is needed."""

PASSING = (
    "connectors.errors.Transient",
    "hub.flow.errors.StoreUnavailable",
    "hub.flow.errors.AnotherRun",
    "hub.flow.errors.Unwritable",
)
"""Errors that may be over when it is run again: a system, the hub's database or another run."""


def landed(system: str) -> Asset:
    """Something of this system was admitted."""
    return Asset(f"hub://admitted/{system}")


def pool(system: str) -> str:
    """One request stream a system: its rate budget is shared by pulling and publishing."""
    return f"system_{system}"


def retry_policy() -> ExceptionRetryPolicy:
    """Wait and retry what may pass; fail at once what a person must mend."""
    give_up = [
        RetryRule(exception=name, action=RetryAction.FAIL, reason="a person must mend this")
        for name in HOPELESS
    ]
    again = [
        RetryRule(
            exception=name, action=RetryAction.RETRY, retry_delay=timedelta(seconds=30), reason="it may pass"
        )
        for name in PASSING
    ]
    return ExceptionRetryPolicy(rules=[*give_up, *again])


def told(context: dict[str, Any]) -> None:
    """The last line of a failed task's log: which task, which try, and the sentence that helps."""
    _tell("task_failed", context)


def told_again(context: dict[str, Any]) -> None:
    """The same of a task that is tried again."""
    _tell("task_will_retry", context)


def _tell(event: str, context: dict[str, Any]) -> None:
    task = context["task_instance"]
    where = {"dag": task.dag_id, "task": task.task_id, "run": task.run_id, "tries": task.try_number}
    tell(event, context.get("exception"), **where)


def starting() -> datetime:
    """From when schedules count (``KLANTBEELD_SCHEDULED_FROM``); the first run is due at the next tick."""
    return datetime.fromisoformat(os.environ.get("KLANTBEELD_SCHEDULED_FROM", "2026-01-01T00:00:00+00:00"))


def task_defaults(owner: str) -> dict[str, Any]:
    """Arguments of every task."""
    return {
        "owner": owner,
        "retries": 3,
        "retry_delay": timedelta(minutes=1),  # for what has no rule: a task that was killed
        "retry_policy": retry_policy(),
        "execution_timeout": timedelta(hours=2),
        "start_date": starting(),
        "on_failure_callback": told,
        "on_retry_callback": told_again,
    }
