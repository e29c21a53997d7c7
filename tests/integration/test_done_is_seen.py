"""``done`` is what was seen: in the counts of a run, in the outbox, and in the ledger, field by field."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from connectors.contract import RawRecord
from hub.flow.errors import PublishStopped
from hub.store import outbox
from hub.store.tables import ledger
from tests.databases import Databases
from tests.integration.boundary import Around, Ignoring
from tests.integration.household import Customer
from tests.integration.settled import settled
from tests.integration.shown import key, seed, shows, types
from tests.integration.stage import ROUND, Staged, keys, staged


class Unlooked(Ignoring):
    """Nobody can look at a record that was just made."""

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        return {}


def _entries(hub: Staged, system: str, field: str) -> list[str]:
    """What the ledger says of every value written to a field, in order."""
    mine = (ledger.c.system == system, ledger.c.field == field)
    with hub.hub.store.read() as connection:
        return list(connection.scalars(sa.select(ledger.c.status).where(*mine).order_by(ledger.c.id)))


def _states(hub: Staged, system: str, field: str) -> list[str]:
    states = ("accepted", "done", "superseded", "refused")
    with hub.hub.store.read() as connection:
        found = outbox.changes(connection, system, states)
    return [one.state for one in found if field in one.fields]


def _deaf(hub: Staged, system: str, *fields: str) -> None:
    hub.wrap[system] = lambda real: Ignoring(real, *fields, answers=False)


def test_what_is_answered_and_not_seen_is_counted_apart_and_never_stands_as_done(
    databases: Databases,
) -> None:
    with settled(databases, seed(1), 3) as (stage, hub):
        before = _entries(hub, "brevo", "address")
        _deaf(hub, "brevo", "CITY")
        types(stage, "hubspot", 1, city="Breda", lastname="Anders")
        stage.pass_time(ROUND)
        hub.pull()
        counts = hub.publish("brevo")
        assert (counts["sent"], counts["done"], counts["accepted"]) == (1, 0, 1)
        assert _entries(hub, "brevo", "address") == [*before, "accepted"]
        assert _entries(hub, "brevo", "name")[-1] == "done"
        hub.sync(3)
        assert shows(stage, "brevo")["CITY"] == "Delft"
        assert _entries(hub, "brevo", "address") == [*before, "not taken"]
        assert _entries(hub, "brevo", "name")[-1] == "done"
        assert _states(hub, "brevo", "name")[-1] == "done"
        assert _states(hub, "brevo", "address")[-2:] == ["superseded", "refused"]


def test_what_a_pull_shows_later_is_done_in_the_ledger_too(databases: Databases) -> None:
    class Late(Around):
        def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
            return {one: old for one, old in stood.items() if one in keys} or self.real.fetch(obj, keys)

    stood: dict[str, RawRecord] = {}
    with settled(databases, seed(1), 3) as (stage, hub):
        types(stage, "hubspot", 1, city="Breda")
        stage.pass_time(ROUND)
        hub.pull()
        stood |= stage.connector(hub.mappings.systems["brevo"]).fetch("contacts", [key("brevo")])
        hub.wrap["brevo"] = Late
        hub.publish("brevo")
        assert _entries(hub, "brevo", "address")[-1:] == ["accepted"]
        hub.wrap.clear()
        hub.sync()
        assert _entries(hub, "brevo", "address")[-1:] == ["done"]


def test_a_creation_is_done_where_its_fields_were_seen(databases: Databases) -> None:
    with staged(seed(1, without=("brevo",))) as stage:
        hub = stage.hub(databases)
        _deaf(hub, "brevo", "LANGUAGE")
        hub.sync()
        assert _entries(hub, "brevo", "language") == ["accepted"]
        assert _entries(hub, "brevo", "name") == ["done"]
        hub.sync(3)
        assert set(_entries(hub, "brevo", "language")) == {"not taken"}
        assert _states(hub, "brevo", "name") == ["done"]
        assert _states(hub, "brevo", "language")[-1] == "refused"
        hub.wrap.clear()
        assert [one.object for one in stage.by_hub(system="brevo") if one.action == "create"] == ["contacts"]


def test_a_creation_nobody_looked_at_is_done_when_a_pull_shows_it_and_made_once(databases: Databases) -> None:
    with staged(seed(1, without=("brevo",))) as stage:
        hub = stage.hub(databases)
        hub.wrap["brevo"] = lambda real: Unlooked(real, answers=False)
        hub.sync()
        assert _states(hub, "brevo", "name") == ["accepted"]
        hub.publish("brevo")
        assert _states(hub, "brevo", "name") == ["accepted"]
        hub.wrap.clear()
        hub.sync(2)
        assert _states(hub, "brevo", "name") == _entries(hub, "brevo", "name") == ["done"]
        mark = stage.mark()
        hub.sync(2)
        assert keys(stage.by_hub(mark)) == []
        made = [one for one in stage.by_hub(system="brevo") if one.action == "create"]
        assert len(made) == 1
        assert Customer(1).record("hubspot", "person") in next(iter(hub.clusters()))


def test_what_is_refused_of_one_contact_in_several_fields_is_one_contact_refused(
    databases: Databases,
) -> None:
    people = range(1, 13)
    with settled(databases, seed(*people), 3) as (stage, hub):
        hub.wrap["moneybird"] = lambda real: Ignoring(real, "city", "phone")
        for one in people:
            types(stage, "hubspot", one, city="Breda", phone=f"+316123456{one:02}", lastname="Anders")
        stage.pass_time(ROUND)
        hub.pull()
        with pytest.raises(PublishStopped, match="12 of 12 contacts sent were refused"):
            hub.publish("moneybird")
