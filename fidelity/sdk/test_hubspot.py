"""HubSpot's own client (which speaks v3 and v4) on the HubSpot stand-in.

The client refuses to build an answer that lacks what its models require.
"""

from typing import Any
from uuid import uuid4

import pytest
from hubspot.crm.associations.v4 import (
    AssociationSpec,
    BatchInputPublicAssociationMultiArchive,
    BatchInputPublicAssociationMultiPost,
    BatchInputPublicDefaultAssociationMultiPost,
    BatchInputPublicFetchAssociationsBatchRequest,
    PublicAssociationMultiArchive,
    PublicAssociationMultiPost,
    PublicDefaultAssociationMultiPost,
    PublicFetchAssociationsBatchRequest,
    PublicObjectId,
)
from hubspot.crm.companies import SimplePublicObjectInputForCreate as NewCompany
from hubspot.crm.contacts import (
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchInputSimplePublicObjectBatchInputUpsert,
    BatchInputSimplePublicObjectId,
    BatchReadInputSimplePublicObjectId,
    PublicMergeInput,
    PublicObjectSearchRequest,
    SimplePublicObjectBatchInput,
    SimplePublicObjectBatchInputForCreate,
    SimplePublicObjectBatchInputUpsert,
    SimplePublicObjectId,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import ApiException, NotFoundException
from hubspot.crm.properties import PropertyCreate, PropertyUpdate
from hubspot.crm.properties.exceptions import NotFoundException as NoProperty

from fidelity.sdk.conftest import Sandbox

SEARCH_LAG = 60.0
CONTACT_TO_COMPANY, PRIMARY = 279, 1


def address() -> str:
    return f"{uuid4().hex}@firm.example"


@pytest.fixture
def crm(sandbox: Sandbox) -> Any:
    return sandbox.hubspot().crm


def created(crm: Any, **properties: str) -> Any:
    given = {"email": address(), **properties}
    return crm.contacts.basic_api.create(SimplePublicObjectInputForCreate(properties=given))


def company(crm: Any) -> Any:
    return crm.companies.basic_api.create(NewCompany(properties={"name": f"Firm {uuid4().hex}"}))


def searched(crm: Any, *filters: Any, **more: Any) -> Any:
    groups = [{"filters": list(filters)}]
    return crm.contacts.search_api.do_search(PublicObjectSearchRequest(filter_groups=groups, **more))


def test_a_listing_is_paged_to_its_end(crm: Any) -> None:
    pages: list[Any] = []
    after = None
    while not pages or after:
        page = crm.contacts.basic_api.get_page(limit=7, after=after, properties=["email", "phone"])
        pages.append(page.results)
        after = page.paging.next.after if page.paging else None
    ids = [one.id for results in pages for one in results]
    assert len(pages) > 2 and len(set(ids)) == len(ids)
    assert ids == [one.id for one in crm.contacts.get_all()]


@pytest.mark.parametrize("kind", ["contacts", "companies"])
def test_a_record_is_read_by_id_with_what_was_asked(crm: Any, kind: str) -> None:
    api = getattr(crm, kind).basic_api
    first = api.get_page(limit=1).results[0]
    again = api.get_by_id(first.id, properties=["phone", "city"])
    assert again.id == first.id and {"phone", "city"} <= again.properties.keys()
    assert again.updated_at == first.updated_at and again.updated_at.utcoffset() is not None


def test_a_contact_is_read_by_its_address(crm: Any) -> None:
    made = created(crm, firstname="Anna")
    found = crm.contacts.basic_api.get_by_id(made.properties["email"], id_property="email")
    assert (found.id, found.properties["firstname"]) == (made.id, "Anna")


def test_a_value_is_changed_and_cleared(crm: Any) -> None:
    made = created(crm, firstname="Anna", city="Delft")
    given = SimplePublicObjectInput(properties={"firstname": "Anne", "city": ""})
    crm.contacts.basic_api.update(made.id, given)
    now = crm.contacts.basic_api.get_by_id(made.id, properties=["firstname", "city"])
    assert (now.properties["firstname"], now.properties["city"]) == ("Anne", None)


def test_what_changed_since_is_found_by_search(sandbox: Sandbox, crm: Any) -> None:
    made = created(crm)
    sandbox.pass_time(SEARCH_LAG)
    stamp = str(int(made.updated_at.timestamp() * 1000))
    since = {"propertyName": "lastmodifieddate", "operator": "GTE", "value": stamp}
    sorts = [{"propertyName": "lastmodifieddate", "direction": "ASCENDING"}]
    found = searched(crm, since, sorts=sorts, properties=["email"], limit=5)
    assert found.total >= 1 and found.results[0].id == made.id


def test_a_search_is_paged(sandbox: Sandbox, crm: Any) -> None:
    city = uuid4().hex
    made = {created(crm, city=city).id for _ in range(5)}
    sandbox.pass_time(SEARCH_LAG)
    there = {"propertyName": "city", "operator": "EQ", "value": city}
    first = searched(crm, there, limit=3)
    rest = searched(crm, there, limit=3, after=first.paging.next.after)
    assert {one.id for one in first.results + rest.results} == made
    assert first.total == 5 and rest.paging is None


def test_many_are_created_read_and_updated_at_once(crm: Any) -> None:
    new = [SimplePublicObjectBatchInputForCreate(properties={"email": address()}) for _ in range(3)]
    batch = crm.contacts.batch_api
    made = batch.create(BatchInputSimplePublicObjectBatchInputForCreate(inputs=new)).results
    cities = [SimplePublicObjectBatchInput(id=one.id, properties={"city": "Gouda"}) for one in made]
    updated = batch.update(BatchInputSimplePublicObjectBatchInput(inputs=cities))
    assert (updated.status, len(updated.results)) == ("COMPLETE", 3)
    ids = [SimplePublicObjectId(id=one.id) for one in made]
    wanted = BatchReadInputSimplePublicObjectId(inputs=ids, properties=["city"], properties_with_history=[])
    assert [one.properties["city"] for one in batch.read(wanted).results] == ["Gouda"] * 3


def test_a_property_tells_what_it_held_and_since_when(crm: Any) -> None:
    made = created(crm, city="Gouda")
    crm.contacts.basic_api.update(made.id, SimplePublicObjectInput(properties={"city": "Delft"}))
    wanted = BatchReadInputSimplePublicObjectId(
        inputs=[SimplePublicObjectId(id=made.id)], properties=["city"], properties_with_history=["city"]
    )
    (many,) = crm.contacts.batch_api.read(wanted).results
    single = crm.contacts.basic_api.get_by_id(made.id, properties_with_history=["city"])
    (listed,) = crm.contacts.basic_api.get_page(
        limit=1, after=str(int(made.id) - 1), properties_with_history=["city"]
    ).results
    for shown in (many, single, listed):
        entries = shown.properties_with_history["city"]
        assert [one.value for one in entries] == ["Delft", "Gouda"]
        assert entries[0].timestamp >= entries[1].timestamp
        assert all(one.source_type for one in entries)


def test_a_batch_names_what_does_not_exist(crm: Any) -> None:
    ids = [SimplePublicObjectId(id=created(crm).id), SimplePublicObjectId(id="1")]
    wanted = BatchReadInputSimplePublicObjectId(inputs=ids, properties=["city"], properties_with_history=[])
    answer = crm.contacts.batch_api.read(wanted)
    assert (len(answer.results), answer.num_errors) == (1, 1)
    assert answer.errors[0].category == "OBJECT_NOT_FOUND" and answer.errors[0].context == {"ids": ["1"]}


def test_an_upsert_by_address_says_what_is_new(crm: Any) -> None:
    known, fresh = created(crm).properties["email"], address()
    items = [
        SimplePublicObjectBatchInputUpsert(id=email, id_property="email", properties={"city": "Gouda"})
        for email in (known, fresh)
    ]
    made = crm.contacts.batch_api.upsert(BatchInputSimplePublicObjectBatchInputUpsert(inputs=items))
    assert sorted(one.new for one in made.results) == [False, True]


def test_an_archived_contact_is_gone_and_among_the_archived(crm: Any) -> None:
    one, other = created(crm), created(crm)
    crm.contacts.basic_api.archive(one.id)
    crm.contacts.batch_api.archive(BatchInputSimplePublicObjectId(inputs=[SimplePublicObjectId(other.id)]))
    for gone in (one, other):
        with pytest.raises(NotFoundException):
            crm.contacts.basic_api.get_by_id(gone.id)
        kept = crm.contacts.basic_api.get_by_id(gone.id, archived=True)
        assert kept.archived and kept.archived_at is not None


def test_a_merge_makes_a_new_one(crm: Any) -> None:
    winner, loser = created(crm, firstname="Anna"), created(crm, firstname="A.", city="Delft")
    given = PublicMergeInput(primary_object_id=winner.id, object_id_to_merge=loser.id)
    assert crm.contacts.basic_api.merge(given).id not in (winner.id, loser.id)
    asked = ["firstname", "city", "hs_merged_object_ids"]
    now = crm.contacts.basic_api.get_by_id(winner.id, properties=asked)
    assert (now.properties["firstname"], now.properties["city"]) == ("Anna", "Delft")
    assert loser.id in now.properties["hs_merged_object_ids"]


def test_properties_are_listed_made_changed_and_archived(crm: Any) -> None:
    api = crm.properties.core_api
    assert {"email", "lifecyclestage"} <= {one.name for one in api.get_all("contacts").results}
    name = f"p{uuid4().hex}"
    made = api.create(
        "contacts",
        PropertyCreate(
            name=name, label="Shoes", type="number", field_type="number", group_name="contactinformation"
        ),
    )
    assert (made.name, made.type, made.hubspot_defined) == (name, "number", False)
    assert api.update("contacts", name, PropertyUpdate(label="Shoe size")).label == "Shoe size"
    assert api.get_by_name("contacts", name).label == "Shoe size"
    api.archive("contacts", name)
    with pytest.raises(NoProperty):
        api.get_by_name("contacts", name)


def test_links_are_made_read_and_undone_one_by_one(crm: Any) -> None:
    contact, firm, api = created(crm), company(crm), crm.associations.v4.basic_api
    spec = [AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=PRIMARY)]
    linked = api.create("contacts", contact.id, "companies", firm.id, spec)
    assert (linked.from_object_id, linked.to_object_id) == (contact.id, firm.id)
    other = company(crm)
    assert api.create_default("contact", contact.id, "company", other.id).results
    page = api.get_page("contacts", contact.id, "companies", limit=1)
    assert [one.to_object_id for one in page.results] == [firm.id]
    assert {one.type_id for one in page.results[0].association_types} == {PRIMARY, CONTACT_TO_COMPANY}
    rest = api.get_page("contacts", contact.id, "companies", after=page.paging.next.after)
    assert [one.to_object_id for one in rest.results] == [other.id] and rest.paging is None
    api.archive("contacts", contact.id, "companies", firm.id)
    seen = crm.contacts.basic_api.get_by_id(contact.id, associations=["companies"])
    assert {one.id for one in seen.associations["companies"].results} == {other.id}


def test_links_are_made_read_and_undone_many_at_once(crm: Any) -> None:
    contact, firm, api = created(crm), company(crm), crm.associations.v4.batch_api
    near, far = PublicObjectId(id=contact.id), PublicObjectId(id=firm.id)
    spec = [AssociationSpec(association_category="HUBSPOT_DEFINED", association_type_id=CONTACT_TO_COMPANY)]
    pairs = [PublicAssociationMultiPost(_from=near, to=far, types=spec)]
    assert api.create("contacts", "companies", BatchInputPublicAssociationMultiPost(inputs=pairs)).results
    plain = [PublicDefaultAssociationMultiPost(_from=near, to=PublicObjectId(id=company(crm).id))]
    given = BatchInputPublicDefaultAssociationMultiPost(inputs=plain)
    assert api.create_default("contacts", "companies", given).results
    asked = [PublicFetchAssociationsBatchRequest(id=contact.id)]
    wanted = BatchInputPublicFetchAssociationsBatchRequest(inputs=asked)
    (read,) = api.get_page("contacts", "companies", wanted).results
    assert len(read.to) == 2 and read._from.id == contact.id
    undo = [PublicAssociationMultiArchive(_from=near, to=[far])]
    api.archive("contacts", "companies", BatchInputPublicAssociationMultiArchive(inputs=undo))
    assert len(api.get_page("contacts", "companies", wanted).results[0].to) == 1


def test_what_is_not_there_is_not_found(crm: Any) -> None:
    with pytest.raises(NotFoundException) as refused:
        crm.contacts.basic_api.get_by_id("1")
    assert "OBJECT_NOT_FOUND" in refused.value.body


def test_an_address_that_is_taken_is_a_conflict(crm: Any) -> None:
    made = created(crm)
    with pytest.raises(ApiException) as refused:
        created(crm, email=made.properties["email"])
    assert refused.value.status == 409 and made.id in refused.value.body


def test_a_value_that_does_not_fit_is_refused(crm: Any) -> None:
    with pytest.raises(ApiException) as refused:
        created(crm, lifecyclestage="astronaut")
    assert refused.value.status == 400 and "INVALID_OPTION" in refused.value.body


def test_an_unknown_token_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ApiException) as refused:
        sandbox.hubspot("nobody").crm.contacts.basic_api.get_page()
    assert refused.value.status == 401


def test_the_allowance_is_told_and_kept(tight: Sandbox) -> None:
    crm = tight.hubspot().crm
    left = [_remaining(crm) for _ in range(3)]
    assert left == [189, 188, 187]
    with pytest.raises(ApiException) as refused:
        for _ in range(6):
            searched(crm, {"propertyName": "city", "operator": "HAS_PROPERTY"})
    assert refused.value.status == 429 and "SECONDLY" in refused.value.body


def _remaining(crm: Any) -> int:
    _, _, headers = crm.contacts.basic_api.get_page_with_http_info(limit=1)
    return int(headers["X-HubSpot-RateLimit-Remaining"])
