"""Brevo's own client on the Brevo stand-in.

The client builds its answers without looking at them, and bends what does not fit; each test that reads
has the client's own model look at what really came (:func:`read`).
"""

import json
from typing import Any
from uuid import uuid4

import pytest
from brevo.account.types.get_account_response import GetAccountResponse
from brevo.contacts.types.get_attributes_response import GetAttributesResponse
from brevo.contacts.types.get_contact_info_response import GetContactInfoResponse
from brevo.contacts.types.update_batch_contacts_request_contacts_item import (
    UpdateBatchContactsRequestContactsItem,
)
from brevo.core.api_error import ApiError
from brevo.errors import BadRequestError, NotFoundError, TooManyRequestsError
from brevo.types.contact_error_model import ContactErrorModel
from brevo.types.get_contacts import GetContacts

from fidelity.sdk.conftest import Sandbox

ONCE: Any = {"max_retries": 0}


def address() -> str:
    return f"{uuid4().hex}@firm.example"


def read(model: Any, answer: Any) -> Any:
    """A raw answer (or an error's body), by the model the client declares for it: nothing missing or bent."""
    content = json.dumps(answer) if isinstance(answer, dict) else answer.response.content
    return model.model_validate_json(content, strict=True)


def one(contacts: Any, identifier: Any, kind: str) -> Any:
    answer = contacts.with_raw_response.get_contact_info(identifier=identifier, identifier_type=kind)
    return read(GetContactInfoResponse, answer)


@pytest.fixture
def contacts(sandbox: Sandbox) -> Any:
    return sandbox.brevo().contacts


def created(contacts: Any, **attributes: Any) -> tuple[int, str]:
    email = address()
    return contacts.create_contact(email=email, attributes=attributes).id, email


def test_the_account_says_who_it_is(sandbox: Sandbox) -> None:
    assert read(GetAccountResponse, sandbox.brevo().account.with_raw_response.get_account()).company_name


def test_a_listing_is_paged_to_its_end(contacts: Any) -> None:
    first = read(GetContacts, contacts.with_raw_response.get_contacts(limit=7, sort="asc"))
    found: list[int] = []
    for offset in range(0, first.count, 7):
        page = read(GetContacts, contacts.with_raw_response.get_contacts(limit=7, offset=offset, sort="asc"))
        found += [contact.id for contact in page.contacts]
    assert len(set(found)) == first.count > 7


def test_a_contact_is_found_by_id_address_and_external_id(contacts: Any) -> None:
    email, outside = address(), uuid4().hex
    number = contacts.create_contact(email=email, ext_id=outside, attributes={"FIRSTNAME": "Anna"}).id
    found = [one(contacts, number, "contact_id"), one(contacts, email, "email_id")]
    found.append(one(contacts, outside, "ext_id"))
    assert {contact.id for contact in found} == {number}
    assert found[0].attributes.FIRSTNAME == "Anna"


def test_a_value_is_changed_and_cleared(contacts: Any) -> None:
    number, _ = created(contacts, FIRSTNAME="Anna", CITY="Delft")
    contacts.update_contact(
        identifier=number,
        identifier_type="contact_id",
        attributes={"FIRSTNAME": "Anne", "CITY": ""},
        email_blacklisted=True,
    )
    now = one(contacts, number, "contact_id")
    assert (now.attributes.FIRSTNAME, now.email_blacklisted) == ("Anne", True)
    assert not hasattr(now.attributes, "CITY")


def test_an_address_is_changed_through_its_attribute(contacts: Any) -> None:
    (number, _), new = created(contacts), address()
    contacts.update_contact(identifier=number, identifier_type="contact_id", attributes={"EMAIL": new})
    assert one(contacts, new, "email_id").id == number


def test_a_create_that_may_update_answers_without_a_body(contacts: Any) -> None:
    number, email = created(contacts, FIRSTNAME="Anna")
    contacts.create_contact(email=email, attributes={"FIRSTNAME": "Anne"}, update_enabled=True)
    assert one(contacts, number, "contact_id").attributes.FIRSTNAME == "Anne"


def test_what_changed_since_is_listed(sandbox: Sandbox, contacts: Any) -> None:
    number, _ = created(contacts)
    sandbox.pass_time(60)
    before = one(contacts, number, "contact_id").modified_at
    contacts.update_contact(identifier=number, identifier_type="contact_id", attributes={"FIRSTNAME": "Anne"})
    page = read(GetContacts, contacts.with_raw_response.get_contacts(modified_since=before, sort="asc"))
    assert [contact.id for contact in page.contacts] == [number]


def test_many_are_updated_at_once(contacts: Any) -> None:
    numbers = [created(contacts)[0] for _ in range(3)]
    items = [
        UpdateBatchContactsRequestContactsItem(id=number, attributes={"CITY": "Gouda"}) for number in numbers
    ]
    contacts.update_batch_contacts(contacts=items)
    assert {one(contacts, number, "contact_id").attributes.CITY for number in numbers} == {"Gouda"}


def test_attributes_are_created_and_listed(contacts: Any) -> None:
    contacts.create_attribute(attribute_category="normal", attribute_name="SHOE_SIZE", type="float")
    known = read(GetAttributesResponse, contacts.with_raw_response.get_attributes()).attributes
    assert {one.name: one.type for one in known}["SHOE_SIZE"] == "float"
    with pytest.raises(BadRequestError):
        contacts.create_attribute(attribute_category="normal", attribute_name="SHOE_SIZE", type="float")


def test_an_attribute_that_is_deleted_is_listed_and_shown_no_more(contacts: Any) -> None:
    contacts.create_attribute(attribute_category="normal", attribute_name="HAT_SIZE", type="float")
    number, _ = created(contacts, HAT_SIZE=57)
    assert one(contacts, number, "contact_id").attributes.HAT_SIZE == 57
    contacts.delete_attribute(attribute_category="normal", attribute_name="HAT_SIZE")
    known = read(GetAttributesResponse, contacts.with_raw_response.get_attributes()).attributes
    assert "HAT_SIZE" not in {each.name for each in known}
    assert not hasattr(one(contacts, number, "contact_id").attributes, "HAT_SIZE")
    with pytest.raises(NotFoundError):
        contacts.delete_attribute(attribute_category="normal", attribute_name="HAT_SIZE")


def test_a_deleted_contact_is_gone(contacts: Any) -> None:
    number, _ = created(contacts)
    contacts.delete_contact(identifier=number, identifier_type="contact_id")
    for ask in (contacts.get_contact_info, contacts.delete_contact):
        with pytest.raises(NotFoundError) as refused:
            ask(identifier=number, identifier_type="contact_id")
        assert read(ContactErrorModel, refused.value.body).code == "document_not_found"


def test_an_address_that_is_taken_is_refused(contacts: Any) -> None:
    _, email = created(contacts)
    with pytest.raises(BadRequestError) as refused:
        contacts.create_contact(email=email, update_enabled=False)
    error = read(ContactErrorModel, refused.value.body)
    assert (error.code, error.metadata) == ("duplicate_parameter", {"duplicate_identifiers": ["email"]})


def test_an_unknown_key_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ApiError) as refused:
        sandbox.brevo("nobody").contacts.get_contacts()
    assert (refused.value.status_code, refused.value.body["code"]) == (401, "unauthorized")


def test_too_many_requests_are_told_when_to_come_back(tight: Sandbox) -> None:
    contacts = tight.brevo().contacts
    answers = [contacts.with_raw_response.get_contacts(limit=1) for _ in range(10)]
    assert [int(one.headers["x-sib-ratelimit-remaining"]) for one in answers] == list(range(9, -1, -1))
    with pytest.raises(TooManyRequestsError) as refused:
        contacts.get_contacts(limit=1, request_options=ONCE)
    assert int(refused.value.headers["x-sib-ratelimit-reset"]) >= 1
