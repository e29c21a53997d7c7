"""A correction travels to the other systems; it does not tear the customer apart."""

import pytest

from connectors.contract import Json
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.stage import staged

ONE = Customer(1)

CORRECTIONS = [
    ("zendesk", "organizations", "organisation", {"name": "Bakker en Zonen"}),
    ("hubspot", "companies", "organisation", {"properties": {"vat_number": "NL004495445B01"}}),
    ("hubspot", "contacts", "person", {"properties": {"lastname": "Zonneveld"}}),
    ("moneybird", "contacts", "person", {"firstname": "Bartholomeus"}),
]


@pytest.mark.parametrize(("system", "obj", "kind", "data"), CORRECTIONS, ids=lambda one: str(one)[:24])
def test_whoever_is_renamed_stays_one_customer(
    databases: Databases, system: str, obj: str, kind: str, data: Json
) -> None:
    with staged(rows([ONE], [ONE])) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        before = hub.clusters()
        stage.edit(system, obj, ONE.key(system, kind), data)
        hub.sync(2)
        assert hub.clusters() == before
