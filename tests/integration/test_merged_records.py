"""Two records merged in their system: HubSpot makes a new one of them, with an id of its own."""

from copy import deepcopy
from typing import Any

from hub.flow import verbs
from hub.model.keys import RecordKey
from hub.store import identity, ledger, records
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.stage import ROUND, Stage, Staged, staged

ONE = Customer(1)
TWIN = "10900"
"""The id of a second contact of the same person."""


def test_a_merged_record_goes_on_under_its_new_key(databases: Databases) -> None:
    seeds: dict[str, Any] = {name: dict(some) for name, some in rows([ONE], []).items()}
    [contact] = seeds["hubspot"]["contacts"]
    twin = deepcopy({**contact, "id": TWIN})
    twin["properties"] |= {"email": "jan@elders.nl", "jobtitle": "Loods"}
    seeds["hubspot"]["contacts"] = [contact, twin]
    with staged(seeds) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
        stage.edit("hubspot", "contacts", contact["id"], {"properties": {"city": "Appelscha"}})
        stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"name": "Jan Zonneveld"})
        stage.pass_time(ROUND)
        hub.pull()
        hub.publish()  # the new name is in both contacts, and in no listing yet
        before = {one.raw_key: one for one in hub.records() if one.key.system == "hubspot"}
        place = _place(hub, before[contact["id"]].key)
        new = _merged(stage, contact["id"], TWIN)
        mark = stage.mark()
        hub.sync(3)
        after = {one.raw_key: one for one in hub.records() if one.key.system == "hubspot"}
        assert {key for key, one in after.items() if not one.deleted} == {new}
        assert not after[contact["id"]].cells, "it went on: nothing is said twice"
        said = {name: cell.claim for name, cell in after[new].cells.items()}
        assert said == {name: cell.claim for name, cell in before[contact["id"]].cells.items()}
        assert after[new].rolls["emails"].claims.keys() == {"p@klant1.nl"}
        name = after[new].cells["name"]
        assert name.placed and not name.flight and isinstance(name.base, dict)
        assert name.base["family_name"] == "Zonneveld"
        assert _place(hub, after[new].key) == place
        for old in (contact["id"], TWIN):
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
    with staged(rows([one, other], [])) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
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
    with staged(rows([ONE], [])) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
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
