"""What would be sent, field by field, and what waits for a person."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from hub.flow.decide.holds import HoldView, open_holds
from hub.flow.hub import Hub
from hub.model.keys import Kind
from hub.publish.effect import replaces as goes_over
from hub.store import golden as goldens
from hub.store import outbox
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden
from hub.views.changes import FieldChange, field_changes
from hub.views.naming import name_of
from hub.views.refused import Refusals, refused_in
from hub.views.sentences import Lang, Sentences, sentences

UNSENT = ("held", "ready")
REFUSED = 5
"""How many refusals a plan shows; klantbeeld refused has them all."""
PART = 500
"""Changes whose customers are read together."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One record's changes for one system."""

    id: str
    system: str
    object: str
    raw_key: str | None
    """None: a record to be created."""
    action: str
    state: str
    hold_id: str | None
    golden_id: str
    kind: Kind | None
    """None: merged into another one since."""
    customer: str
    """Empty likewise."""
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Only:
    """Which fields of the changes are asked for; all, where nothing is told."""

    field: str | None = None
    replaces: bool = False
    """What goes over something that stands there."""

    def of(self, change: Change) -> Change | None:
        """The change with these fields; None where it has none."""
        if self == EVERYTHING:
            return change
        some = {name: both for name, both in change.fields.items() if self._is_meant(name, both)}
        return replace(change, fields=some) if some else None

    def _is_meant(self, name: str, both: Mapping[str, Any]) -> bool:
        over = not self.replaces or goes_over(both["before"], both["after"])
        return over and self.field in (None, name)


EVERYTHING = Only()


@dataclass(frozen=True, slots=True)
class FieldTotal:
    """How much of one field would be written to a system."""

    system: str
    field: str
    held: int
    ready: int
    effects: Mapping[str, int]
    """What is done to what stands there (:data:`hub.publish.effect.Effect`) → values."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What stands in the outbox and has not been sent."""

    holds: tuple[HoldView, ...]
    changes: tuple[ChangeView, ...]
    totals: Mapping[str, Mapping[str, int]]
    """System → state → changes; ``changes`` may list fewer."""
    fields: tuple[FieldTotal, ...]
    """The same by field, by system."""
    titles: Mapping[str, str]
    """System → what its people call it."""
    refused: Refusals
    """What these systems do not take, the latest few."""
    more: bool
    """There are more changes of the kind that was asked for than are listed."""
    partly: bool = False
    """Only some fields of the changes are listed."""

    def listed_whole(self) -> set[str]:
        """The holds of which all is listed: who saw the list has read them."""
        listed = Counter(one.hold_id for one in self.changes)
        return {one.id for one in self.holds if not self.partly and listed[one.id] == one.changes}


def planned(
    hub: Hub, systems: Collection[str], limit: int = 100, *, only: Only = EVERYTHING, lang: Lang = "en"
) -> Planned:
    """The unsent changes of these systems, at most ``limit`` a system; ``only``: these fields."""
    words = sentences(lang)
    with hub.store.read() as connection:
        read = {name: _read(connection, name, limit, only) for name in sorted(systems)}
        listed = [one for found in read.values() for one in found.changes[:limit]]
        return Planned(
            tuple(_told(one, words) for one in open_holds(hub, connection, systems)),
            tuple(_views(connection, listed)),
            {name: dict(sorted(found.states.items())) for name, found in read.items()},
            tuple(one for name, found in read.items() for one in found.totals(name)),
            {name: hub.mapping(name).title for name in read},
            refused_in(hub, connection, systems, REFUSED, words),
            any(len(found.changes) > limit for found in read.values()),
            partly=only != EVERYTHING,
        )


def _told(one: HoldView, words: Sentences) -> HoldView:
    """A hold with its reasons in the reader's language."""
    return replace(one, reasons=tuple(words.retold("hold", reason) for reason in one.reasons))


def every_change(
    connection: Connection, systems: Collection[str], only: Only = EVERYTHING
) -> Iterator[ChangeView]:
    """All of them."""
    for name in sorted(systems):
        some = filter(None, map(only.of, outbox.each(connection, name, UNSENT)))
        while part := list(islice(some, PART)):
            yield from _views(connection, part)


@dataclass(slots=True)
class _Read:
    """What waits for one system."""

    changes: list[Change]
    """The first, and one more where there are more."""
    states: Mapping[str, int]
    counted: outbox.Counted

    def totals(self, system: str) -> Iterator[FieldTotal]:
        for name in sorted({name for name, _, _ in self.counted}):
            mine = {(state, what): n for (field, state, what), n in self.counted.items() if field == name}
            held, ready = (sum(n for (state, _), n in mine.items() if state == one) for one in UNSENT)
            effects: Counter[str] = Counter()
            for (_, what), number in mine.items():
                effects[what] += number
            yield FieldTotal(system, name, held, ready, dict(sorted(effects.items())))


def _read(connection: Connection, system: str, limit: int, only: Only) -> _Read:
    states = outbox.tally(connection, [system], UNSENT).get(system, {})
    counted = outbox.by_field(connection, system, UNSENT)
    if only == EVERYTHING:
        return _Read(outbox.changes(connection, system, UNSENT, limit + 1), states, counted)
    with closing(outbox.each(connection, system, UNSENT)) as every:
        return _Read(list(islice(filter(None, map(only.of, every)), limit + 1)), states, counted)


def _views(connection: Connection, some: Sequence[Change]) -> Iterator[ChangeView]:
    known = goldens.by_ids(connection, {one.golden_id for one in some})
    for one in some:
        yield _view(one, known.get(one.golden_id))


def _view(one: Change, golden: Golden | None) -> ChangeView:
    return ChangeView(
        one.id,
        one.system,
        one.object,
        one.raw_key,
        one.action,
        one.state,
        one.hold_id,
        one.golden_id,
        golden.kind if golden else None,
        name_of(golden) if golden else "",
        tuple(field_changes(one)),
    )
