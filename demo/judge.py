"""Figures from outside the hub: the stand-ins' journal of writes, and the generator's truth."""

import json
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

from demo.stage import Sandbox
from hub.flow.hub import Hub
from hub.identity.accuracy import Rates, of_records
from hub.store import records

Json = dict[str, Any]


class Witness(Protocol):
    """A system beside the stand-ins that can tell who its customers are and what the hub wrote there."""

    def truth(self) -> Iterable[Mapping[str, Any]]:
        """Rows as the sandbox's: ``system``, ``key``, ``kind``, ``customer``."""
        ...

    def hub_writes(self, since: datetime) -> int:
        """How much the hub wrote since a moment of this machine's clock."""
        ...


class Mark(NamedTuple):
    """A point in time, as the stand-ins' journal and as the wall clock has it."""

    entry: int
    moment: datetime


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads what the hub cannot influence."""

    sandbox: Sandbox
    witnesses: tuple[Witness, ...] = ()

    def mark(self) -> Mark:
        """Now, to count from."""
        entry: int = max((one["seq"] for one in self._lines("journal?since=0")), default=0)
        return Mark(entry, datetime.now(UTC))

    def hub_writes(self, since: Mark) -> int:
        """How many writes the hub made since then, as the systems themselves noted them."""
        entries = self._lines(f"journal?since={since.entry}")
        journalled: int = sum(one["actor"] == "hub" for one in entries)
        return journalled + sum(one.hub_writes(since.moment) for one in self.witnesses)

    def journal(self) -> list[Json]:
        """Every write so far, by whom, as the stand-ins noted it."""
        return self._lines("journal?since=0")

    def accuracy(self, hub: Hub) -> dict[str, Rates]:
        """How right the clusters are, pair by pair: by kind and together."""
        truth = {
            (one["system"], one["kind"], one["key"]): one["customer"]
            for one in self.truth()
            if "customer" in one
        }
        found = clusters(hub)
        kinds = {
            kind: of_records({key: who for key, who in truth.items() if key[1] == kind}, found).pairwise
            for kind in ("person", "organisation")
        }
        return {**kinds, "all": of_records(truth, found).pairwise}

    def people_merged(self, hub: Hub) -> int:
        """Golden people that hold two people of the truth: housemates, twins, father and son."""
        found = clusters(hub)
        held: dict[str, set[str]] = {}
        for one in self.truth():
            key = (one.get("system", ""), "person", one.get("key", ""))
            if one.get("kind") == "person" and key in found:
                held.setdefault(found[key], set()).add(one["customer"])
        return sum(len(people) > 1 for people in held.values())

    def truth(self) -> list[Json]:
        """Who every record is about: ``system``, ``object``, ``key``, ``kind``, ``customer``."""
        told = (dict(row) for one in self.witnesses for row in one.truth())
        return [*self._lines("truth"), *told]

    def _lines(self, path: str) -> list[Json]:
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            f"{self.sandbox.admin}/{path}",
            headers={"Authorization": f"Bearer {self.sandbox.tokens['admin']}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return [json.loads(line) for line in answer.read().splitlines()]


def clusters(hub: Hub) -> dict[tuple[str, str, str], str]:
    """(system, kind, key) → golden id."""
    with hub.store.read() as connection:
        return {
            (one.system, one.kind, one.key): golden for one, golden in records.clusters(connection).items()
        }
