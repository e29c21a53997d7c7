"""What becomes of each field of each draft of a plan: it goes, or one hold keeps it back."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hub.model.instant import Instant
from hub.model.unique import new_id
from hub.store import outbox, plans
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.plans import Hold

Which = tuple[str, str]
"""A change's id and a field."""
Waits = Callable[[Change, str], bool]
"""Whether a field of a change waits."""


@dataclass(slots=True)
class Fates:
    """The drafts of a plan, and which field of them waits for what."""

    drafts: Sequence[Change]
    chained: Mapping[Which, object]
    """Field of a draft → the chain of values handed on that it is part of: that waits, or goes, as one."""
    consents: Collection[str] = ()
    """The fields that go with an address: where that moves they are sent with it."""
    reasons: list[tuple[str, ...]] = field(default_factory=list)
    """Of each hold, why."""
    of: dict[Which, int] = field(default_factory=dict)
    """Field of a draft → the hold that keeps it back, where one does."""

    def free(self) -> Iterator[tuple[Change, str]]:
        """The fields that nothing holds so far."""
        for one in self.drafts:
            for name in one.fields:
                if (one.id, name) not in self.of:
                    yield one, name

    def hold(self, why: tuple[str, ...], waits: Waits) -> None:
        """Let these wait, with the rest of their chains; of a record to be created all of it."""
        alone = {(one.id, name) for one, name in self.free() if waits(one, name)}
        chains = {self.chained[which] for which in alone if which in self.chained}
        made = {one.id for one in self.drafts if one.action == "create"} & {id_ for id_, _ in alone}
        mine = {
            (one.id, name)
            for one, name in self.free()
            if (one.id, name) in alone or one.id in made or self.chained.get((one.id, name)) in chains
        }
        if mine:
            self.of.update(dict.fromkeys(mine, len(self.reasons)))
            self.reasons.append(why)


def settle(connection: Connection, fates: Fates, plan_id: str, system: str, at: Instant) -> int:
    """Store the holds, and of each draft what they keep back; returns how many changes wait."""
    holds = [Hold(new_id(), plan_id, system, why, "open", at) for why in fates.reasons]
    for hold in holds:
        plans.add_hold(connection, hold)
    waiting: list[list[str]] = [[] for _ in holds]
    chained: list[str] = []
    parts: list[Change] = []
    for one in fates.drafts:
        for number, ((fate, in_chain), names) in enumerate(_shares(fates, one).items()):
            share = _share(one, names, whole=number == 0)
            if number:
                parts.append(share)
            elif len(names) < len(one.fields):
                outbox.narrow(connection, one.id, share.fields)
            if fate is not None:
                waiting[fate].append(share.id)
            if in_chain:
                chained.append(share.id)
    outbox.add_changes(connection, plan_id, parts, at)
    for hold, some in zip(holds, waiting, strict=True):
        plans.hold_these(connection, some, hold.id)
    outbox.chain(connection, chained)
    return sum(map(len, waiting))


def _shares(fates: Fates, one: Change) -> dict[tuple[int | None, bool], list[str]]:
    """Hold (None: none), and whether in a chain → the fields of a draft of this fate; what goes is first.

    What is handed on goes by itself, with the consent that belongs to it: it must not be refused for what
    stands beside it.
    """
    of = {name: fates.of.get((one.id, name)) for name in one.fields}
    chains = {of[name] for name in of if one.action == "update" and (one.id, name) in fates.chained}
    shares: dict[tuple[int | None, bool], list[str]] = {}
    for name in sorted(of, key=lambda name: -1 if of[name] is None else of[name] or 0):
        goes_along = (one.id, name) in fates.chained or name in fates.consents
        shares.setdefault((of[name], of[name] in chains and goes_along), []).append(name)
    return shares


def _share(one: Change, names: Sequence[str], *, whole: bool) -> Change:
    kept = {name: one.fields[name] for name in names}
    return replace(one, id=one.id if whole else new_id(), fields=kept)
