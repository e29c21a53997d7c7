"""One round through all systems: pull, reconcile, publish. One dead system does not stop the others."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal

from connectors.errors import ConnectorError
from hub.flow.decide.holds import HoldView, open_holds
from hub.flow.errors import BatchStopped, FlowError, PublishStopped
from hub.flow.hub import Hub
from hub.flow.verbs import keep, publish, pull, recompose
from hub.store.runs import Counts

Step = Callable[[str], AbstractContextManager[None]]
"""Shows that something is being done, for as long as its block runs."""


@dataclass(slots=True)
class SystemRound:
    """What became of one system."""

    system: str
    state: Literal["done", "held", "stopped", "failed"] = "done"
    """``held``: changes wait for a person. ``stopped``: by a rule, or by too many refusals."""
    pulled: Counts | None = None
    swept: Counts | None = None
    """What was found to have vanished, or to be there unknown."""
    published: Counts | None = None
    holds: tuple[HoldView, ...] = ()
    error: str = ""


@dataclass(slots=True)
class Round:
    """What became of a whole round."""

    systems: list[SystemRound] = field(default_factory=list)
    reconciled: Counts | None = None
    error: str = ""
    """Why nothing could be reconciled; then nothing was published either."""


def sync(hub: Hub, systems: Sequence[str], step: Step, *, publishing: bool = True) -> Round:
    """Pull these systems, reconcile, and tell them what they must know.

    A system whose pull did not succeed is told nothing this round.
    """
    done = Round([SystemRound(name) for name in systems])
    for one in done.systems:
        with step(f"pulling {one.system}"):
            _attempt(hub, one, _pull)
    if not _reconciled(hub, done, step):
        return done
    for one in done.systems:
        if publishing and one.state == "done":
            with step(f"publishing to {one.system}"):
                _attempt(hub, one, _publish)
    return done


def sweep(hub: Hub, systems: Sequence[str], step: Step) -> Round:
    """Find what vanished from these systems without a word, or is there and was never listed; reconcile."""
    done = Round([SystemRound(name) for name in systems])
    for one in done.systems:
        with step(f"comparing with all that {one.system} has"):
            _attempt(hub, one, _keep)
    _reconciled(hub, done, step)
    return done


def _reconciled(hub: Hub, done: Round, step: Step) -> bool:
    try:
        with step("reconciling"):
            done.reconciled = recompose(hub)
    except FlowError as error:
        done.error = str(error)
    return not done.error


def _attempt(hub: Hub, one: SystemRound, act: Callable[[Hub, SystemRound], None]) -> None:
    try:
        act(hub, one)
    except (BatchStopped, PublishStopped) as error:
        one.state, one.error = "stopped", str(error)
    except (FlowError, ConnectorError) as error:
        one.state, one.error = "failed", str(error)


def _pull(hub: Hub, one: SystemRound) -> None:
    one.pulled = pull(hub, one.system)


def _keep(hub: Hub, one: SystemRound) -> None:
    one.swept = keep(hub, one.system)


def _publish(hub: Hub, one: SystemRound) -> None:
    one.published = publish(hub, one.system)
    with hub.store.read() as connection:
        one.holds = open_holds(hub, connection, [one.system])
    if one.holds:
        one.state = "held"
