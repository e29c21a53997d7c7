"""The HubSpot stand-in's properties: made, renamed, archived, their options and their history."""

from tests.contract.hubspot_account import GOLDEN, OBJECTS, THEN, Account, Json


def test_properties_can_be_listed_and_added_once(account: Account) -> None:
    account.refused(404, "GET", "/crm/properties/2026-09/contacts/golden_id")
    account.ok("POST", "/crm/v3/properties/contacts", GOLDEN)
    listed = account.ok("GET", "/crm/properties/2026-09/contacts")["results"]
    assert {"email", "lastmodifieddate", "golden_id"} <= {p["name"] for p in listed}
    again = account.refused(409, "POST", "/crm/properties/2026-09/contacts", GOLDEN)
    assert again["category"] == "OBJECT_ALREADY_EXISTS"
    number = {
        **GOLDEN,
        "name": "open_tickets",
        "type": "number",
        "fieldType": "number",
        "hasUniqueValue": False,
    }
    account.ok("POST", "/crm/properties/2026-09/contacts", number)
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"open_tickets": 3}})
    account.refused(400, "PATCH", f"{OBJECTS}/contacts/100", {"properties": {"open_tickets": "many"}})
    ours = {**GOLDEN, "name": "score", "groupName": "klantbeeld"}
    account.refused(400, "POST", "/crm/properties/2026-09/contacts", ours)
    groups = "/crm/properties/2026-09/contacts/groups"
    account.ok("POST", groups, {"name": "klantbeeld", "label": "Klantbeeld"})
    account.refused(409, "POST", groups, {"name": "klantbeeld", "label": "Klantbeeld"})
    assert account.ok("POST", "/crm/properties/2026-09/contacts", ours)["groupName"] == "klantbeeld"
    assert [one["name"] for one in account.ok("GET", groups)["results"]] == [
        "contactinformation",
        "klantbeeld",
    ]
    account.refused(400, "DELETE", f"{groups}/klantbeeld")
    account.refused(404, "GET", f"{groups}/nowhere")


def test_a_custom_property_is_renamed_and_archived_and_a_built_in_one_is_not(account: Account) -> None:
    properties = "/crm/properties/2026-09/contacts"
    account.ok("POST", properties, GOLDEN)
    changed = account.ok("PATCH", f"{properties}/golden_id", {"label": "Golden"})
    assert (changed["label"], changed["hasUniqueValue"]) == ("Golden", True)
    account.ok("DELETE", f"{properties}/golden_id")
    account.refused(404, "GET", f"{properties}/golden_id")
    archived = account.ok("GET", properties, archived="true")["results"]
    assert [one["name"] for one in archived] == ["golden_id"]
    account.refused(400, "DELETE", f"{properties}/email")
    account.refused(400, "PATCH", f"{properties}/email", {"label": "E"})


ROLE = {**GOLDEN, "name": "role", "type": "enumeration", "fieldType": "select", "hasUniqueValue": False}


def options(*values: str) -> Json:
    return {"options": [{"label": one, "value": one} for one in values]}


def history(account: Account, key: str, *names: str) -> Json:
    """The values of each property with their moments, newest first, as every answer that has them says."""
    asked = {"inputs": [{"id": key}], "properties": list(names), "propertiesWithHistory": list(names)}
    joined = ",".join(names)
    shown = [
        account.ok("POST", f"{OBJECTS}/contacts/batch/read", asked)["results"][0],
        account.ok("GET", f"{OBJECTS}/contacts/{key}", propertiesWithHistory=joined),
        account.ok("GET", f"{OBJECTS}/contacts", propertiesWithHistory=joined, limit=1, after=int(key) - 1)[
            "results"
        ][0],
    ]
    found = [one["propertiesWithHistory"] for one in shown]
    assert found[0] == found[1] == found[2]
    assert all(entry["sourceType"] for entries in found[0].values() for entry in entries)
    return {name: [(e["value"], e["timestamp"]) for e in entries] for name, entries in found[0].items()}


def test_a_property_keeps_what_it_held_and_since_when(account: Account) -> None:
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "An", "city": "Delft"}})
    account.wait(seconds=60)
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"firstname": "", "city": "Delft"}})
    assert history(account, "100", "firstname", "city", "email", "phone") == {
        "firstname": [
            ("", "2026-11-22T10:01:00.000Z"),
            ("An", "2026-11-22T10:00:00.000Z"),
            ("C0", THEN),
        ],
        "city": [("Delft", "2026-11-22T10:00:00.000Z")],
        "email": [("c0@example.nl", THEN)],
        "phone": [],
    }


def test_a_history_is_asked_for_of_fifty_at_most_and_not_of_a_search(account: Account) -> None:
    inputs = [{"id": str(number)} for number in range(51)]
    asked = {"properties": [], "propertiesWithHistory": ["email"]}
    account.refused(400, "POST", f"{OBJECTS}/contacts/batch/read", {"inputs": inputs, **asked})
    account.ok("POST", f"{OBJECTS}/contacts/batch/read", {"inputs": inputs[:50], **asked})
    account.refused(400, "GET", f"{OBJECTS}/contacts", propertiesWithHistory="email", limit=51)
    account.refused(400, "POST", f"{OBJECTS}/contacts/search", {"propertiesWithHistory": ["email"]})


def test_an_archived_property_is_in_no_answer(account: Account) -> None:
    account.ok("POST", "/crm/properties/2026-09/contacts", GOLDEN)
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"golden_id": "g"}})
    account.wait(seconds=60)
    account.ok("DELETE", "/crm/properties/2026-09/contacts/golden_id")
    both = {"properties": ["golden_id"], "propertiesWithHistory": ["golden_id"]}
    read = account.ok("POST", f"{OBJECTS}/contacts/batch/read", {"inputs": [{"id": "100"}], **both})
    shown = [
        *read["results"],
        account.ok("GET", f"{OBJECTS}/contacts/100", properties="golden_id"),
        *account.ok("GET", f"{OBJECTS}/contacts", properties="golden_id")["results"],
        *account.search(properties=["golden_id"])["results"],
    ]
    assert len(shown) == 12
    assert not any("golden_id" in one["properties"] for one in shown)
    assert read["results"][0]["propertiesWithHistory"] == {}


def test_an_option_that_is_taken_away_stays_where_it_was_chosen(account: Account) -> None:
    properties = "/crm/properties/2026-09/contacts"
    account.ok("POST", properties, {**ROLE, **options("buyer", "seller")})
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"role": "seller"}})
    left = account.ok("PATCH", f"{properties}/role", options("buyer"))["options"]
    assert [one["value"] for one in left] == ["buyer"]
    account.refused(400, "PATCH", f"{OBJECTS}/contacts/101", {"properties": {"role": "seller"}})
    account.ok("PATCH", f"{OBJECTS}/contacts/100", {"properties": {"city": "Delft"}})
    shown = account.ok("GET", f"{OBJECTS}/contacts/100", properties="role,city")["properties"]
    assert (shown["role"], shown["city"]) == ("seller", "Delft")
