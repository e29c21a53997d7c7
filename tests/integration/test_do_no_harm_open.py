"""Cases in which harm is still done; each goes to its own file when it is right."""

import pytest

from tests.databases import Databases
from tests.integration.shown import key, shows, unattended, written_over
from tests.integration.stage import staged
from tests.integration.test_do_no_harm_people import (
    FIELDS,
    NAMES,
    beside,
    each_order,
    group,
    one_of_group,
    second_of_group,
)


@each_order
@pytest.mark.parametrize("pair", ["flats", "boxes", "twins", "colleagues"])
def test_two_people_who_share_much_are_two(databases: Databases, pair: str, turn: bool) -> None:
    some, first, second = beside(pair, turn)
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        mark = stage.mark()
        other = stage.edit("hubspot", "contacts", None, {"properties": second})
        unattended(hub, 2)
        for record, told in ((key("hubspot"), first), (other, second)):
            shown = shows(stage, "hubspot", record)
            assert {one: shown[one] or None for one in FIELDS} == {one: told.get(one) for one in FIELDS}
        assert not written_over(stage, mark)
        assert frozenset({f"hubspot/person/{other}"}) in hub.clusters()


def test_two_firms_of_one_vat_group_are_two(databases: Databases) -> None:
    with staged(group()) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        assert sorted(str(one.document.get("legal_name")) for one in hub.golden()) == sorted(NAMES)
        for number in (1, 2):
            company = shows(stage, "hubspot", key("hubspot", number, "organisation"), "companies")
            assert float(company["overdue_balance"]) == 125.0


def test_a_second_firm_of_a_vat_group_leaves_the_first_whole(databases: Databases) -> None:
    with staged(one_of_group()) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        (before,) = hub.clusters()
        made = stage.edit("moneybird", "contacts", None, {**second_of_group()})
        unattended(hub, 2)
        assert hub.clusters() == {before, frozenset({f"moneybird/organisation/{made}"})}
        user = shows(stage, "zendesk", key("zendesk", 1, "organisation"), "organizations")
        assert float(user["organization_fields"]["overdue_balance"]) == 125.0
