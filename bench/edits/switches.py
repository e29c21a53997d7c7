"""Rules that can be switched off, to show that a figure turns red without them.

A rule that is not here yet cannot be switched off: it has not landed, or nobody wrote its switch.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from bench.edits.between import Between
from connectors.contract import RawRecord

Switch = Callable[[], AbstractContextManager[None]]


@contextmanager
def absence() -> Iterator[None]:
    """What an answer lacks was emptied by somebody, however many values that are at once."""
    from hub.flow.pull import emptied, land

    with (
        patch.object(land, "unshown", lambda record, paths: frozenset()),
        patch.object(emptied, "SHARE", 2.0),
    ):
        yield


@contextmanager
def guard() -> Iterator[None]:
    """No plan is held, but for a system's first load."""
    from hub.flow.publish import judge
    from hub.flow.pull import emptied
    from hub.model.radius import Guard
    from hub.publish.guard import Size
    from hub.publish.guard import reasons as before

    def first_only(size: Size, limits: Guard) -> tuple[str, ...]:
        return before(size, limits) if size.first_load else ()

    with (
        patch.object(judge, "reasons", first_only),
        patch.object(judge, "over", lambda planned, today, limits: {}),
        patch.object(emptied, "SHARE", 2.0),
    ):
        yield


@contextmanager
def rejected() -> Iterator[None]:
    """What a steward rejects is planned again, and as it was decided on once nothing holds it any more."""
    from hub.flow.decide import decisions
    from hub.flow.publish.fates import Fates, Waits
    from hub.store import queue

    decided: set[tuple[str, str]] = set()
    hold = Fates.hold

    def forgetting(connection: Any, changes: Sequence[Any], at: str) -> None:
        decided.update((one.golden_id, name) for one in changes for name in one.fields)
        systems, whose = {one.system for one in changes}, {one.golden_id for one in changes}
        queue.enqueue(connection, sorted(systems), whose, at)

    def asking_once(self: Fates, why: tuple[str, ...], waits: Waits) -> None:
        hold(self, why, lambda one, name: (one.golden_id, name) not in decided and waits(one, name))

    with patch.object(decisions, "_block", forgetting), patch.object(Fates, "hold", asking_once):
        yield


@contextmanager
def gap() -> Iterator[None]:
    """The hub writes without looking: what a look at a record gives is what the last pull gave."""
    read: dict[tuple[str, str, str], RawRecord] = {}
    pull, fetch = Between.pull, Between.fetch

    def remembering(self: Between, obj: str, cursor: Any) -> Iterator[Any]:
        for page in pull(self, obj, cursor):
            read.update({(self._system, obj, one.key): one for one in page.records})
            yield page

    def blind(self: Between, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        found = fetch(self, obj, keys)
        return {key: read.get((self._system, obj, key), one) for key, one in found.items()}

    with patch.object(Between, "pull", remembering), patch.object(Between, "fetch", blind):
        yield


@contextmanager
def time() -> Iterator[None]:
    """An edit was made when its record was last touched; no history of fields, no intervals."""
    from hub.golden.claims import NO_SPANS, Reading

    def touched(self: Reading) -> str:
        return min(max(self.stamp or self.at, self.since), self.at)

    with (
        patch.object(Reading, "authored_at", touched),
        patch.object(Reading, "spans", lambda self, shown=None: NO_SPANS),
    ):
        yield


@contextmanager
def quarantine() -> Iterator[None]:
    """A field that cannot be read holds the whole record, whoever it is, and nobody books its refusal."""
    from hub.flow.pull import admit, judging, refusing

    def strict(hub: Any, mapping: Any, obj: Any, batch: Any, known: Any) -> Any:
        return judging.judge(hub, mapping, obj, batch, ())

    with (
        patch.object(admit, "judge", strict),
        patch.object(judging, "_is_noted", lambda *told: False),
        patch.object(refusing, "_of_newcomers", lambda judged: iter(())),
    ):
        yield


@contextmanager
def drift() -> Iterator[None]:
    """Nobody looks right after a write, and what a pull shows shortened is the system's doing."""
    from hub.flow.publish import exchange
    from hub.golden import cell
    from hub.golden.cell import Observation, observe

    def believing(*told: Any) -> Observation:
        found = observe(*told)
        return Observation(found.cell._replace(altered=False), found.what)

    with (
        patch.object(exchange, "_look_again", lambda desk, batch: None),
        patch.object(cell, "observe", believing),
    ):
        yield


@contextmanager
def order() -> Iterator[None]:
    """Values that no two records may share are sent as they come."""
    from hub.flow.publish import push
    from hub.store.runs import Counts

    with patch.object(push, "_push_moves", lambda desk: Counts()):
        yield


@contextmanager
def mapping() -> Iterator[None]:
    """What a changed mapping file shows is read as if people had typed it."""
    from hub.flow.hub import Hub
    from hub.flow.pull import remap
    from hub.store import mapping_files, raw
    from hub.store.mapping_files import MappingFile

    def reread(hub: Hub, file: MappingFile) -> None:
        with hub.store.begin() as connection:
            for name in hub.mapping(file.name).objects:
                raw.retry_object(connection, file.name, name)
            mapping_files.moved(connection, file)

    with patch.object(remap, "_move", reread):
        yield


SWITCHES: Mapping[str, Switch] = {
    "absence": absence,
    "drift": drift,
    "gap": gap,
    "guard": guard,
    "mapping": mapping,
    "order": order,
    "quarantine": quarantine,
    "rejected": rejected,
    "time": time,
}
"""Rule → what switches it off while it lasts."""
