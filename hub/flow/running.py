"""One run of a verb: alone at its system, by a clock that is right, and ended whatever happens."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from connectors.errors import ConnectorError
from connectors.present import listening
from hub.flow.errors import BatchStopped, ClockAhead, FlowError, PublishStopped
from hub.flow.faults import store_faults, unforeseen
from hub.flow.hub import Hub
from hub.flow.present import NOTABLE, Watch, trusted
from hub.flow.steady import SteadyClock
from hub.mapping.strict_yaml import BadFile
from hub.model.instant import Instant
from hub.store import runs
from hub.store.errors import StoreFault
from hub.store.runs import Counts

Body = Callable[[Hub, str], Counts]
"""What a verb does, given the hub with a clock that never goes back and the run's id."""


def alone(hub: Hub, verb: str, system: str | None, body: Body) -> Counts:
    """Run a verb alone: what reads and what writes the cells of one system take turns."""
    with store_faults(), hub.store.alone(f"system {system}" if system else "reconcile"):
        return _noted(hub, verb, system, body)


def _noted(hub: Hub, verb: str, system: str | None, body: Body) -> Counts:
    hub, run_id, watch = _begun(hub, verb, system)
    try:
        with listening(watch), unforeseen():
            counts = body(hub, run_id)
    except BaseException as error:  # a run that was interrupted, or timed out, has ended too
        with suppress(StoreFault):  # the store itself may be the trouble; then the next run closes this one
            _failed(hub, run_id, watch, error, asks=verb in runs.ASKING)
        raise
    if watch.ahead > NOTABLE:
        counts["clock_ahead_s"] = round(watch.ahead.total_seconds())
    _finish(hub, run_id, "done", counts)
    return counts


def _begun(hub: Hub, verb: str, system: str | None) -> tuple[Hub, str, Watch]:
    with hub.store.begin() as connection:
        if verb not in runs.ASKING:
            trusted(connection)
        watch = Watch(SteadyClock(hub.now, runs.latest(connection)), system or "")
        hub = replace(hub, now=watch.clock)
        runs.bury(connection, system)  # we hold their lock
        return hub, runs.start(connection, verb, system, hub.now()), watch


def _failed(hub: Hub, run_id: str, watch: Watch, error: BaseException, *, asks: bool) -> None:
    state = "stopped" if isinstance(error, BatchStopped | PublishStopped) else "failed"
    if isinstance(error, ClockAhead) and watch.there:
        hub = _right(hub, run_id, watch.there)
    _finish(hub, run_id, state, runs.UNANSWERED if asks and not watch.answered else {}, _words(error))


def _words(error: BaseException) -> str:
    """An error of ours in its words, which hold nobody's values; of any other the kind alone."""
    ours = isinstance(error, FlowError | ConnectorError | BadFile)
    return f"{type(error).__name__}: {error}" if ours else type(error).__name__


def _right(hub: Hub, run_id: str, at: Instant) -> Hub:
    """A run that a wrong clock stopped is dated by the one that is right."""
    with hub.store.begin() as connection:
        runs.redate(connection, run_id, at)
    return replace(hub, now=lambda: at)


def _finish(hub: Hub, run_id: str, state: str, counts: Mapping[str, Any], error: str | None = None) -> None:
    with hub.store.begin() as connection:
        runs.finish(connection, run_id, hub.now(), state, counts, error)
