"""The hard set is what the hub has of the same population after its first pull, record by record."""

from bench.identity.hard import COLUMNS, PHONES, admitted, flat
from hub.golden.record import SourceRecord
from hub.mapping.spec import FACTS
from hub.store import records
from sandbox.people import population
from tests.databases import Databases
from tests.integration.stage import SHIPPED, START, everybody, staged

CUSTOMERS = 150
NOT_SAID = {"customer", "employer", *PHONES}


def test_a_row_is_what_was_admitted(databases: Databases) -> None:
    with staged(everybody(CUSTOMERS)) as stage:
        hub = stage.hub(databases, SHIPPED)
        hub.pull()
        with hub.hub.store.read() as connection:
            numbers = records.ids(connection, records.clusters(connection).keys())
            held = records.by_ids(connection, list(numbers.values())).values()
    hubs = {str(one.key): _columns(flat(one.key, one.authored())) for one in held}
    made = admitted(population(CUSTOMERS, 1, START))
    ours = made.table.to_pylist()
    assert {one.key: _said(one) for one in made.records} == {one.key: _said(one) for one in held}
    assert {one["id"]: _columns(one) for one in ours} == hubs
    works_for = {str(one.key) for one in held if "works_for" in one.links}
    assert {one["id"] for one in ours if one["employer"]} == works_for


def _said(one: SourceRecord) -> tuple[object, object]:
    """What people say; facts come from other objects, which the set has none of."""
    return {name: value for name, value in one.authored().items() if name not in FACTS}, one.links


def _columns(row: dict[str, object]) -> dict[str, object]:
    phones = {row.get(name) for name in PHONES}  # the hub keeps a list in no order
    return {name: row.get(name) for name in COLUMNS if name not in NOT_SAID} | {"phones": phones}
