"""Figures from outside the hub: the stand-ins' journal of writes, and the generator's truth."""

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from demo.accuracy import Accuracy, pairwise
from demo.stage import Sandbox
from hub.flow.hub import Hub
from hub.store.tables import crosswalk, source_record

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judge:
    """Reads what the hub cannot influence."""

    sandbox: Sandbox

    def hub_writes(self, since: int = 0) -> list[Json]:
        """Every write the hub's token made after journal entry ``since``."""
        return [one for one in self._lines(f"journal?since={since}") if one["actor"] == "hub"]

    def last_entry(self) -> int:
        """The number of the journal's newest entry."""
        return max((one["seq"] for one in self._lines("journal?since=0")), default=0)

    def accuracy(self, hub: Hub) -> dict[str, Accuracy]:
        """How right the clusters are, by kind and together."""
        truth = {
            (one["system"], one["kind"], one["key"]): one["customer"]
            for one in self._lines("truth")
            if "customer" in one
        }
        found = clusters(hub)
        kinds = {
            kind: pairwise({key: who for key, who in truth.items() if key[1] == kind}, found)
            for kind in ("person", "organisation")
        }
        return {**kinds, "all": pairwise(truth, found)}

    def people_merged(self, hub: Hub) -> int:
        """Golden people that hold two people of the truth: housemates, twins, father and son."""
        found = clusters(hub)
        held: dict[str, set[str]] = {}
        for one in self._lines("truth"):
            key = (one.get("system", ""), "person", one.get("key", ""))
            if one.get("kind") == "person" and key in found:
                held.setdefault(found[key], set()).add(one["customer"])
        return sum(len(people) > 1 for people in held.values())

    def _lines(self, path: str) -> list[Json]:
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            f"{self.sandbox.admin}/{path}",
            headers={"Authorization": f"Bearer {self.sandbox.tokens['admin']}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return [json.loads(line) for line in answer.read().splitlines()]


def clusters(hub: Hub) -> dict[tuple[str, str, str], str]:
    """(system, kind, key) → golden id."""
    query = select(
        source_record.c.system, source_record.c.kind, source_record.c.key, crosswalk.c.golden_id
    ).join(crosswalk, crosswalk.c.record_id == source_record.c.id)
    with hub.store.read() as connection:
        return {
            (system, kind, key): golden for system, kind, key, golden in connection.execute(query).tuples()
        }
