"""What no list of changes tells of is found by comparing the keys there are with those that are known."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

import pytest

from connectors.contract import Connector, Json, Page, RawRecord
from hub.flow import verbs
from tests.databases import Databases
from tests.integration.boundary import Around
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.shown import OBJECT, key, types
from tests.integration.stage import Staged, keys, staged

SYSTEMS = sorted(OBJECT)


class LeavingOut(Around):
    """A listing of changes that leaves out some records, or shows them as archived."""

    def __init__(self, real: Connector, some: Collection[str], *, archived: bool) -> None:
        super().__init__(real)
        self.some, self.archived = some, archived

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        for page in self.real.pull(obj, cursor):
            records = tuple(self._shown(page.records))
            yield replace(page, records=records, offered=len(records))

    def _shown(self, records: Collection[RawRecord]) -> Iterator[RawRecord]:
        for one in records:
            if one.key not in self.some:
                yield one
            elif self.archived:
                yield replace(one, deleted=True)


def _leaving_out(hub: Staged, system: str, *some: str, archived: bool = False) -> None:
    hub.wrap[system] = lambda real: LeavingOut(real, some, archived=archived)


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_a_listing_left_out_once_is_found(databases: Databases, system: str) -> None:
    people = [Customer(number) for number in (1, 2, 3)]
    with staged(rows(people, [])) as stage:
        hub = stage.hub(databases)
        _leaving_out(hub, system, key(system, 2))
        hub.sync(2)
        hub.wrap.clear()
        hub.sync()
        assert people[1].record(system, "person") not in {str(one.key) for one in hub.records()}
        assert verbs.keep(hub.hub, system)["found"] >= 1
        hub.sync(2)
        assert people[1].record(system, "person") in {str(one.key) for one in hub.records()}
        assert len(hub.clusters()) == 3


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_came_back_from_the_archive_is_in_the_loop_again(databases: Databases, system: str) -> None:
    """Restored with no new stamp; what was typed there meanwhile counts, and nothing is emptied for it."""
    people = [Customer(number) for number in (1, 2)]
    with settled(databases, rows(people, []), 3) as (stage, hub):
        _leaving_out(hub, system, key(system), archived=True)
        place: Any = {"hubspot": "phone", "moneybird": "phone", "zendesk": "phone", "brevo": "CITY"}[system]
        told = "Breda" if place == "CITY" else "+31687654321"
        types(stage, system, 1, **{place: told})
        hub.sync(2)
        (gone,) = [one for one in hub.records() if str(one.key) == people[0].record(system, "person")]
        assert gone.deleted
        hub.wrap.clear()
        mark = stage.mark()
        assert verbs.keep(hub.hub, system)["found"] >= 1
        hub.sync(2)
        (back,) = [one for one in hub.records() if str(one.key) == people[0].record(system, "person")]
        assert not back.deleted
        golden = hub.golden_of(people[0].record(system, "person"))
        assert told in str(golden.document) and len(hub.clusters()) == 2
        assert all(value for one in stage.by_hub(mark) for value in (one.after,))
        mark = stage.mark()
        assert verbs.keep(hub.hub, system)["found"] == 0
        hub.sync()
        assert keys(stage.by_hub(mark)) == []
