"""A unit is written whole: what stands together was seen together."""

from collections.abc import Mapping
from typing import Any

import pytest

from hub.flow.publish.whole import whole
from hub.golden.record import SourceRecord
from hub.mapping.load import load
from hub.model.keys import RecordKey
from hub.store.change import Change

MAPPINGS = load()
HOME = {"address1": "Markt 99", "address2": "", "zipcode": "9999 XA", "city": "Delfzijl", "country": "NL"}
SEEN = {"company_name": "", "firstname": "Jan", "lastname": "de Boer", "phone": "+31201234567", **HOME}


def change(**fields: Mapping[str, Any]) -> Change:
    """A change of these fields, as they are sent."""
    told = {
        name: {
            "before": ["a@x.nl"] if name == "emails" else None,
            "after": ["x"] if name in ("phones", "emails") else "x",
            "data": data,
        }
        for name, data in fields.items()
    }
    return Change("c", "moneybird", "contacts", "g", 1, "1", "update", told, {})


def sent(seen: Mapping[str, Any], *unshown: str, **fields: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent to a person's contact in Moneybird that was just seen."""
    key = RecordKey("moneybird", "person", "1#person")
    hidden = frozenset((one,) for one in unshown)
    record = SourceRecord(key, "contacts", "1", unshown=hidden)
    return whole(MAPPINGS.systems["moneybird"], record, change(**fields), seen)


def test_of_an_address_all_places_go_with_the_one_that_changes() -> None:
    assert sent(SEEN, address={"address1": "Havenkade 7"}) == {
        **HOME,
        "address1": "Havenkade 7",
        "address2": None,
    }


def test_what_is_written_is_never_replaced_by_what_was_seen() -> None:
    told = {"address1": "Havenkade 7", "city": None, "address2": "hs"}
    assert sent(SEEN, address=told) == {**HOME, **told}


def test_a_given_name_and_a_family_name_are_two_units() -> None:
    assert sent(SEEN, name={"firstname": "Joost"}) == {"firstname": "Joost"}
    assert sent(SEEN, name={"lastname": "Bakker"}) == {"lastname": "Bakker"}


def test_a_field_of_one_place_and_a_list_go_alone() -> None:
    assert sent(SEEN, phones={"phone": "+31612345678"}) == {"phone": "+31612345678"}
    told = {"custom_fields": {"Open tickets": "3"}}
    assert sent(SEEN, open_tickets=told) == told


def test_of_a_place_that_holds_several_the_others_stay_as_they_were_seen() -> None:
    seen = {**SEEN, "send_invoices_to_email": "a@x.nl, b@x.nl"}
    told = {"send_invoices_to_email": "c@x.nl"}
    assert sent(seen, emails=told) == {"send_invoices_to_email": "c@x.nl, b@x.nl"}
    assert sent(SEEN, emails=told) == told


def test_other_fields_of_the_change_stay_as_they_are() -> None:
    found = sent(SEEN, phones={"phone": "+31612345678"}, address={"city": "Groningen"})
    assert found == {**HOME, "address2": None, "city": "Groningen", "phone": "+31612345678"}


@pytest.mark.parametrize("place", ["zipcode", "address2", "country"])
def test_a_place_the_system_does_not_show_is_not_written(place: str) -> None:
    seen = {name: one for name, one in SEEN.items() if name != place}
    left = {name: one or None for name, one in HOME.items() if name != place}
    assert sent(seen, address={"address1": "Havenkade 7"}) == {**left, "address1": "Havenkade 7"}
    assert sent(SEEN, place, address={"address1": "Havenkade 7"}) == {**left, "address1": "Havenkade 7"}


def test_of_a_record_that_is_another_kind_of_customer_by_now_only_the_change_goes() -> None:
    firm = {**SEEN, "company_name": "Bakkerij", "firstname": "", "lastname": ""}
    assert sent(firm, address={"address1": "Havenkade 7"}) == {"address1": "Havenkade 7"}


def test_nested_places_are_sent_nested() -> None:
    seen = {"properties": {"firstname": "Jan", "address": "Markt 99", "zip": "9999 XA", "city": "", "x": 1}}
    told = {
        "address": {"before": None, "after": "x", "data": {"properties": {"address": "Havenkade 7"}}},
    }
    one = Change("c", "hubspot", "contacts", "g", 1, "1", "update", told, {"properties": {"golden_id": "g"}})
    record = SourceRecord(RecordKey("hubspot", "person", "1"), "contacts", "1")
    found = whole(MAPPINGS.systems["hubspot"], record, one, seen)
    inner = {"address": "Havenkade 7", "zip": "9999 XA", "city": None, "golden_id": "g"}
    assert found == {"properties": inner}
    assert one.own == {"properties": {"golden_id": "g"}} and seen["properties"]["address"] == "Markt 99"
