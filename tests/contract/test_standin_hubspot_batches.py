"""The HubSpot stand-in's batches: each input is judged, and what one refusal does to the others."""

from tests.contract.hubspot_account import GOLDEN, OBJECTS, Account, ids


def test_batch_read_reports_what_it_could_not_find(account: Account) -> None:
    body = {"properties": ["email"], "inputs": [{"id": "100"}, {"id": "999"}, {"id": "102"}]}
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/read", body)
    assert answer.status_code == 207
    assert sorted(ids(answer.json())) == ["100", "102"]
    [error] = answer.json()["errors"]
    assert (error["category"], error["context"]["ids"]) == ("OBJECT_NOT_FOUND", ["999"])
    by_email = {"properties": [], "idProperty": "email", "inputs": [{"id": "C3@example.nl"}]}
    assert ids(account.ok("POST", f"{OBJECTS}/contacts/batch/read", by_email)) == ["103"]


def test_a_batch_of_named_writes_is_judged_one_by_one(account: Account) -> None:
    inputs = [
        {"id": "100", "properties": {"city": "Ede"}, "objectWriteTraceId": "a"},
        {"id": "101", "properties": {"email": "wrong"}, "objectWriteTraceId": "b"},
        {"id": "999", "properties": {"city": "Ede"}, "objectWriteTraceId": "c"},
        {"id": "102", "properties": {"city": "Ede"}, "objectWriteTraceId": "d"},
    ]
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/update", {"inputs": inputs})
    body = answer.json()
    assert (answer.status_code, body["status"], body["numErrors"]) == (207, "COMPLETE", 2)
    assert {row["objectWriteTraceId"]: row["id"] for row in body["results"]} == {"a": "100", "d": "102"}
    found = {error["context"]["objectWriteTraceId"][0]: error["category"] for error in body["errors"]}
    assert found == {"b": "VALIDATION_ERROR", "c": "OBJECT_NOT_FOUND"}
    assert [e.key for e in account.journal()] == ["100", "102"]


def test_one_refusal_refuses_a_batch_of_unnamed_writes(account: Account) -> None:
    inputs = [
        {"properties": {"email": "fine@example.nl"}},
        {"properties": {"email": "c1@example.nl"}},
    ]
    found = account.refused(409, "POST", f"{OBJECTS}/contacts/batch/create", {"inputs": inputs})
    assert found["category"] == "CONFLICT"
    assert account.journal() == []


def test_two_inputs_of_a_batch_cannot_take_the_same_address(account: Account) -> None:
    inputs = [{"properties": {"email": "x@example.nl"}, "objectWriteTraceId": t} for t in "ab"]
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/create", {"inputs": inputs})
    assert answer.status_code == 207
    assert [row["objectWriteTraceId"] for row in answer.json()["results"]] == ["a"]


def test_a_batch_all_of_which_went_well(account: Account) -> None:
    inputs = [{"properties": {"email": f"n{n}@example.nl"}, "objectWriteTraceId": str(n)} for n in range(100)]
    answer = account.call("POST", f"{OBJECTS}/contacts/batch/create", {"inputs": inputs})
    assert (answer.status_code, answer.json()["status"]) == (201, "COMPLETE")
    assert {row["objectWriteTraceId"] for row in answer.json()["results"]} == {str(n) for n in range(100)}
    inputs = [{"id": str(n), "properties": {}} for n in range(101)]
    account.refused(400, "POST", f"{OBJECTS}/contacts/batch/update", {"inputs": inputs})


def test_upsert_by_a_unique_property_of_our_own(account: Account) -> None:
    account.ok("POST", "/crm/properties/2026-09/contacts", GOLDEN)
    inputs = [{"id": "g1", "idProperty": "golden_id", "properties": {"city": "Ede"}}]
    [made] = account.ok("POST", f"{OBJECTS}/contacts/batch/upsert", {"inputs": inputs})["results"]
    [found] = account.ok("POST", f"{OBJECTS}/contacts/batch/upsert", {"inputs": inputs})["results"]
    assert (made["new"], found["new"], made["id"]) == (True, False, found["id"])
    clash = {"properties": {"golden_id": "g1"}}
    refused = account.refused(400, "PATCH", f"{OBJECTS}/contacts/100", clash)
    assert refused["errors"][0]["code"] == "CONFLICTING_UNIQUE_VALUE"
    by_city = [{"id": "Ede", "idProperty": "city", "properties": {}}]
    account.refused(400, "POST", f"{OBJECTS}/contacts/batch/upsert", {"inputs": by_city})


def test_an_error_within_a_batch_is_complete(account: Account) -> None:
    asked = {"inputs": [{"id": "1"}], "properties": [], "propertiesWithHistory": []}
    (error,) = account.ok("POST", f"{OBJECTS}/contacts/batch/read", asked)["errors"]
    assert {"status", "category", "message", "context", "errors", "links"} <= error.keys()
    assert "correlationId" not in error
