"""Two records merged in their system: HubSpot makes a new one of them, with an id of its own."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from connectors.contract import Connector
from hub.flow import verbs
from hub.model.keys import RecordKey
from hub.store import identity, ledger, records
from tests.databases import Databases
from tests.integration.boundary import Around
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.stage import ROUND, Stage, Staged, keys

ONE = Customer(1)


@pytest.mark.parametrize(
    ("key", "twin", "batch"),
    [
        pytest.param("10001", "10900", 5_000, id="admitted together"),
        pytest.param("10001", "10900", 1, id="old ones first"),
        pytest.param("95", "96", 1, id="new one first"),
        pytest.param("10001", "96", 1, id="one before, one after"),
    ],
)
def test_a_merged_record_goes_on_under_its_new_key(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, key: str, twin: str, batch: int
) -> None:
    """Whatever is admitted with it: batches go by the text of the key, and the new one's begins with 9."""
    monkeypatch.setattr("hub.flow.pull.admit.BATCH", batch)
    seeds: dict[str, Any] = {name: dict(some) for name, some in rows([ONE], []).items()}
    contact = {**seeds["hubspot"]["contacts"][0], "id": key}
    other = deepcopy({**contact, "id": twin})
    other["properties"] |= {"email": "jan@elders.nl", "jobtitle": "Loods"}
    seeds["hubspot"]["contacts"] = [contact, other]
    with settled(databases, seeds, 3) as (stage, hub):
        stage.edit("hubspot", "contacts", key, {"properties": {"city": "Appelscha"}})
        stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"name": "Jan Zonneveld"})
        stage.pass_time(ROUND)
        hub.pull()
        hub.publish()  # the new name is in both contacts, and in no listing yet
        before = {one.raw_key: one for one in hub.records() if one.key.system == "hubspot"}
        place = _place(hub, before[key].key)
        new = _merged(stage, key, twin)
        mark = stage.mark()
        hub.sync(3)
        after = {one.raw_key: one for one in hub.records() if one.key.system == "hubspot"}
        assert {key for key, one in after.items() if not one.deleted} == {new}
        assert not after[key].cells, "it went on: nothing is said twice"
        said = {name: cell.claim for name, cell in after[new].cells.items()}
        assert said == {name: cell.claim for name, cell in before[key].cells.items()}
        assert after[new].rolls["emails"].claims.keys() == {"p@klant1.nl"}
        name = after[new].cells["name"]
        assert name.placed and not name.flight and isinstance(name.base, dict)
        assert name.base["family_name"] == "Zonneveld"
        assert _place(hub, after[new].key) == place
        for old in (key, twin):
            assert hub.golden_of(f"hubspot/person/{old}").golden_id == place[0]
        with hub.hub.store.read() as connection:
            assert ledger.written(connection, "hubspot", "contacts", {new: "2026"})
        assert not [one for one in stage.by_hub(mark) if one.action == "create" or one.system == "hubspot"]
        stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"name": "Jan Maneschijn"})
        hub.sync(2)
        shown = stage.connector(hub.mappings.systems["hubspot"]).fetch("contacts", [new])[new].data
        assert shown["properties"]["lastname"] == "Maneschijn"


def test_a_merge_in_a_system_is_a_judgement_whoever_finds_it(databases: Databases) -> None:
    """The sweep of all keys sees the new one before any list of changes does."""
    one, other = Customer(1), Customer(2)
    with settled(databases, rows([one, other], []), 2) as (stage, hub):
        ids = [hub.golden_of(each.record("brevo", "person")).golden_id for each in (one, other)]
        assert len(set(ids)) == 2
        first = next(each for each in hub.records() if str(each.key) == one.record("hubspot", "person"))
        said = {str(cell.claim.at) for cell in first.cells.values() if cell.claim}
        contacts = [each.key("hubspot", "person") for each in (one, other)]
        new = _merged(stage, *contacts)
        verbs.keep(hub.hub, "hubspot")
        hub.sync(3)
        living = {
            one.raw_key: one for one in hub.records() if one.key.system == "hubspot" and not one.deleted
        }
        assert living.keys() == {new}
        assert {str(cell.claim.at) for cell in living[new].cells.values() if cell.claim} == said
        whole = {hub.golden_of(each.record("zendesk", "person")).golden_id for each in (one, other)}
        assert len(whole) == 1 and whole < set(ids)
        with hub.hub.store.read() as connection:
            assert {identity.resolve(connection, each) for each in ids} == whole


def _merged(stage: Stage, winner: str, loser: str) -> str:
    """A person merges two contacts; the key of the new one."""
    body = {"primaryObjectId": winner, "objectIdToMerge": loser}
    stage.ask("hubspot", "POST", "/crm/v3/objects/contacts/merge", body)
    return next(one.key for one in reversed([*stage.world.journal.since()]) if one.action == "merge")


def _place(hub: Staged, key: RecordKey) -> tuple[str, int]:
    """Whose record it is, and in which row."""
    with hub.hub.store.read() as connection:
        return hub.golden_of(str(key)).golden_id, records.ids(connection, [key])[key]


def test_merged_into_one_that_was_never_read_nobody_becomes_somebody_else(databases: Databases) -> None:
    with settled(databases, rows([ONE], []), 3) as (stage, hub):
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), {"properties": {"city": "Appelscha"}})
        hub.sync(2)
        told = {"firstname": "Els", "lastname": "Zwart", "email": "els@elders.nl", "city": "Emmen"}
        stranger = stage.edit("hubspot", "contacts", None, {"properties": told})
        _merged(stage, stranger, ONE.key("hubspot", "person"))
        mark = stage.mark()
        hub.sync(3)
        written = [field for one in stage.by_hub(mark) for field in one.after if one.system != "hubspot"]
        assert not {"FIRSTNAME", "LASTNAME", "CITY", "name", "firstname", "lastname", "city", "email"} & {
            *written
        }
        golden: Any = hub.golden_of(ONE.record("zendesk", "person")).document
        assert golden["address"]["city"] == "Appelscha" and "p@klant1.nl" in golden["emails"]


@pytest.mark.parametrize("batch", [5_000, 1])
@pytest.mark.parametrize("kept", ["the stranger's", "the hub's"])
def test_what_the_hub_made_is_known_where_it_was_merged_before_it_was_read(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, kept: str, batch: int
) -> None:
    """What the other one brings takes nothing from the customer; what the hub wrote is nobody's word."""
    monkeypatch.setattr("hub.flow.pull.admit.BATCH", batch)
    with settled(databases, _without_contact(ONE), 1) as (stage, hub):
        (made,) = _made(stage)
        told = {"firstname": "Els", "lastname": "Zwart", "email": "els@elders.nl", "city": "Emmen"}
        stranger = stage.edit("hubspot", "contacts", None, {"properties": told})
        both = (stranger, made) if kept == "the stranger's" else (made, stranger)
        new = _merged(stage, *both)
        mark = stage.mark()
        hub.sync(3)
        assert keys(stage.by_hub(mark)) == []
        golden: Any = hub.golden_of(f"hubspot/person/{new}")
        assert golden.golden_id == hub.golden_of(ONE.record("zendesk", "person")).golden_id
        assert "p@klant1.nl" in golden.document["emails"]
        record = next(one for one in hub.records() if one.raw_key == new)
        assert record.cells["birth_date"].placed and not record.cells["birth_date"].claim
        assert not record.rolls["phones"].claims
        said = [one for name in ("name", "address") if (one := record.cells[name].claim)]
        assert {one.how for one in said} == ({"first"} if kept == "the stranger's" else set())


def test_two_that_the_hub_made_and_somebody_merged_at_once_are_one_customer(databases: Databases) -> None:
    both = [ONE, Customer(2)]
    with settled(databases, _without_contact(*both), 1) as (stage, hub):
        first, second = _made(stage)
        new = _merged(stage, first, second)
        mark = stage.mark()
        hub.sync(3)
        mine = {hub.golden_of(one.record("zendesk", "person")).golden_id for one in both}
        assert mine == {hub.golden_of(f"hubspot/person/{new}").golden_id}
        assert not [one for one in stage.by_hub(mark) if one.action == "create"]
        record = next(one for one in hub.records() if one.raw_key == new)
        assert {one.claim.how for one in record.cells.values() if one.claim} == {"default"}


def test_one_that_was_read_goes_on_rather_than_one_that_the_hub_made_and_was_not(
    databases: Databases,
) -> None:
    other = Customer(2)
    seeds = _without_contact(ONE)
    read = rows([other], [])["hubspot"]["contacts"]
    with settled(databases, {**seeds, "hubspot": {**seeds["hubspot"], "contacts": read}}, 1) as (stage, hub):
        (made,) = _made(stage)
        before = next(one for one in hub.records() if one.key.system == "hubspot")
        row = _place(hub, before.key)[1]
        new = _merged(stage, made, before.raw_key)
        hub.sync(3)
        record = next(one for one in hub.records() if one.raw_key == new)
        assert _place(hub, record.key) == (hub.golden_of(ONE.record("zendesk", "person")).golden_id, row)
        assert not [one for one in record.cells.values() if one.claim and one.claim.how == "edit"]


class Behind(Around):
    """A listing of keys that does not show one yet."""

    def __init__(self, real: Connector, late: str) -> None:
        super().__init__(real)
        self.late = late

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        for some in super().keys(obj):
            yield tuple(key for key in some if key != self.late)


def test_that_the_old_ones_are_gone_may_be_known_before_the_new_one_is(databases: Databases) -> None:
    one, other = Customer(1), Customer(2)
    with settled(databases, rows([one, other], []), 3) as (stage, hub):
        contacts = [each.key("hubspot", "person") for each in (one, other)]
        before = next(each for each in hub.records() if each.raw_key == contacts[0])
        new = _merged(stage, *contacts)
        hub.wrap["hubspot"] = lambda real: Behind(real, new)
        verbs.keep(hub.hub, "hubspot")
        verbs.recompose(hub.hub)
        gone = {each.raw_key for each in hub.records() if each.key.system == "hubspot" and each.deleted}
        assert gone == {*contacts}
        hub.wrap.clear()
        hub.sync(3)
        record = next(each for each in hub.records() if each.raw_key == new)
        assert {name: cell.claim for name, cell in record.cells.items()} == {
            name: cell.claim for name, cell in before.cells.items()
        }
        assert _place(hub, record.key)[1] and not record.deleted


def _without_contact(*some: Customer) -> dict[str, Any]:
    seeds: dict[str, Any] = {name: dict(found) for name, found in rows([*some], []).items()}
    seeds["hubspot"]["contacts"] = []
    return seeds


def _made(stage: Stage) -> list[str]:
    """The contacts that the hub has made, and no pull has read."""
    return [one.key for one in stage.by_hub(0, "hubspot") if one.action == "create"]
