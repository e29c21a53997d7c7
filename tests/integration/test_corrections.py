"""A correction travels to the other systems; it does not tear the customer apart."""

import pytest

from connectors.contract import Json
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.settled import settled

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
    with settled(databases, rows([ONE], [ONE]), 2) as (stage, hub):
        before = hub.clusters()
        stage.edit(system, obj, ONE.key(system, kind), data)
        hub.sync(2)
        assert hub.clusters() == before
