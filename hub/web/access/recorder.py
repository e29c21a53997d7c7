"""Writing the trail: many who read at once share one transaction, and each waits until his step is in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from hub.flow.access import trail
from hub.flow.access.roles import Person
from hub.flow.hub import Hub


@dataclass
class _Waiting:
    """Steps that go in together."""

    steps: list[trail.Step] = field(default_factory=list)
    done: bool = False
    error: BaseException | None = None


@dataclass
class Recorder:
    """Puts steps into the trail: the first to come writes, for all who came while another was writing."""

    _turn: Condition = field(default_factory=Condition)
    _next: _Waiting = field(default_factory=_Waiting)
    _writes: bool = False

    def note(self, hub: Hub, person: Person, what: str, about: str, **told: Any) -> None:
        """Store a step; returns when it is stored. Raises StoreUnavailable."""
        mine = self._join(trail.step(hub, person, what, about, **told))
        steps = self._wait(mine)
        if steps is not None:
            self._write(hub, mine, steps)
        if mine.error is not None:
            raise mine.error

    def _join(self, step: trail.Step) -> _Waiting:
        with self._turn:
            self._next.steps.append(step)
            return self._next

    def _wait(self, mine: _Waiting) -> Sequence[trail.Step] | None:
        """What is to be written by whoever asks; None where another did so meanwhile."""
        with self._turn:
            self._turn.wait_for(lambda: mine.done or not self._writes)
            if mine.done:
                return None
            self._writes, self._next = True, _Waiting()
            return mine.steps

    def _write(self, hub: Hub, mine: _Waiting, steps: Sequence[trail.Step]) -> None:
        try:
            trail.note(hub, steps)
        except BaseException as error:  # raised by each who waits for it, so that none waits for ever
            mine.error = error
        finally:
            with self._turn:
                mine.done, self._writes = True, False
                self._turn.notify_all()
