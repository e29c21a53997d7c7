"""The Tryton connector against the real Tryton 8.2: every promise on a server of our own."""

import datetime
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connectors.contract import Connection, Page, RawRecord, Receipt, Write
from connectors.errors import Denied, Refused
from connectors.outcome import Answer
from connectors.registry import connector
from connectors.tryton.connector import Tryton
from connectors.tryton.rpc import outcome
from sandbox.tryton.rpc import TrytonRpc
from sandbox.tryton.seed import invoice, seed
from tests.tryton_server import running_tryton

YESTERDAY = datetime.date.today() - datetime.timedelta(days=1)
CUSTOMERS = [
    {
        "name": f"Customer {n}",
        "organisation": n % 2 == 0,
        "email": f"customer{n}@example.com",
        "phone": f"+3120123{n:04}",
        "address": {
            "street": f"Main Street {n}",
            "postal_code": "3511 AB",
            "city": "Utrecht",
            "country": "NL",
        },
        "vat": "NL004495445B01" if n == 0 else None,
        "lang": "nl",
        "invoices": [{"amount": "120.50", "due": YESTERDAY.isoformat()}] if n < 3 else [],
    }
    for n in range(25)
]

_MAILBOXES = (("a", 2), ("b", None), ("c", 1))


@dataclass(frozen=True)
class Desk:
    """A running Tryton: ours (the connector) and a colleague's session in it."""

    connection: Connection
    hub: Tryton
    colleague: TrytonRpc
    ids: list[int]
    database: Path
    finance: dict[str, int]

    def in_the_database(self, statement: str, *values: Any) -> None:
        """Past Tryton."""
        with closing(sqlite3.connect(self.database)) as database, database:
            database.execute(statement, values)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running_tryton(tmp_path_factory.mktemp("tryton")) as server:
        colleague = TrytonRpc(server.url, server.user, server.password)
        seeded = seed(colleague, CUSTOMERS, server.made.finance)
        connection = Connection(server.url, server.password, server.user, {"page_size": "10"})
        yield Desk(
            connection, Tryton(connection), colleague, seeded.ids, server.database, server.made.finance
        )


def pull(hub: Tryton, obj: str = "parties", cursor: dict[str, Any] | None = None) -> list[Page]:
    pages = list(hub.pull(obj, cursor))
    assert [page.last for page in pages] == [False] * (len(pages) - 1) + [True]
    assert all(page.offered == len(page.records) for page in pages)
    return pages


def records(pages: list[Page]) -> dict[str, RawRecord]:
    return {record.key: record for page in pages for record in page.records}


def party(desk: Desk, values: dict[str, Any]) -> str:
    """A colleague creates a party."""
    return str(desk.colleague.call("party.party", "create", [values])[0])


def mechanisms(*entries: tuple[str, str]) -> list[Any]:
    return [["create", [{"type": kind, "value": value} for kind, value in entries]]]


def now(desk: Desk, key: str) -> RawRecord:
    return desk.hub.fetch("parties", [key])[key]


def from_now(hub: Tryton) -> dict[str, Any]:
    """The cursor of a complete pull, moved so that the next one looks back to this very moment only.

    Without that the horizon would offer everything these tests did again.
    """
    moment = datetime.datetime.now(datetime.UTC) + hub.horizon
    return {**pull(hub)[-1].cursor, "until": moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}


def test_pull_brings_every_party_over_all_pages(desk: Desk) -> None:
    pages = pull(desk.hub)
    assert len(pages) >= 3
    found = records(pages)
    assert {str(one) for one in desk.ids} <= found.keys()
    assert {key for keys in desk.hub.keys("parties") for key in keys} == found.keys()
    first = found[str(desk.ids[0])]
    assert {name: first.data[name] for name in ("name", "email", "phone", "mobile", "vat", "lang")} == {
        "name": "Customer 0",
        "email": "customer0@example.com",
        "phone": "+31201230000",
        "mobile": None,
        "vat": "NL004495445B01",
        "lang": "nl",
    }
    assert first.data["address"] == {
        "street": "Main Street 0",
        "postal_code": "3511 AB",
        "city": "Utrecht",
        "country": "NL",
        "subdivision": None,
    }
    assert first.data["categories"] == ["Organisation"]
    assert first.stamp and first.stamp.endswith("Z") and not first.deleted


def test_a_pull_resumed_after_any_page_misses_nothing(desk: Desk) -> None:
    pages = pull(desk.hub)
    for at, page in enumerate(pages[:-1], start=1):
        rest = pull(desk.hub, cursor=json.loads(json.dumps(page.cursor)))
        assert records(pages[:at]).keys() | records(rest).keys() == records(pages).keys()


def test_a_transaction_that_is_open_during_a_pull_is_seen_by_the_next(desk: Desk) -> None:
    """Its stamp is its beginning: five minutes ago, for an import of thousands."""
    key = party(desk, {"name": "Not yet"})
    began = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=5)).isoformat(" ")[:26]
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as slow:
        slow.execute("BEGIN IMMEDIATE")
        slow.execute(
            "UPDATE party_party SET name = 'Imported', create_date = ?1, write_date = ?1 WHERE id = ?2",
            [began, key],
        )
        pages = pull(desk.hub)
        assert records(pages)[key].data["name"] == "Not yet"
        slow.execute("COMMIT")
    assert records(pull(desk.hub, cursor=pages[-1].cursor))[key].data["name"] == "Imported"


def test_nothing_changed_is_one_empty_last_page(desk: Desk) -> None:
    cursor = from_now(desk.hub)
    (page,) = pull(desk.hub, cursor=cursor)
    assert page.records == () and page.last


@pytest.mark.parametrize(
    ("model", "values", "path", "expected"),
    [
        ("party.contact_mechanism", {"value": "moved@example.com"}, ("email",), "moved@example.com"),
        ("party.address", {"city": "Zwolle"}, ("address", "city"), "Zwolle"),
        ("party.party", {"name": "Renamed"}, ("name",), "Renamed"),
    ],
)
def test_an_edit_below_the_party_is_seen_though_its_own_stamp_stays(
    desk: Desk, model: str, values: dict[str, Any], path: tuple[str, ...], expected: str
) -> None:
    key = party(
        desk,
        {
            "name": "Edited",
            "contact_mechanisms": mechanisms(("email", "old@example.com")),
            "addresses": [["create", [{"city": "Meppel"}]]],
        },
    )
    before = now(desk, key)
    cursor = from_now(desk.hub)
    below = {"party.contact_mechanism": "contact_mechanisms", "party.address": "addresses"}
    target = int(before.data[below[model]][0]["id"]) if model in below else int(key)
    desk.colleague.call(model, "write", [target], values)

    after = records(pull(desk.hub, cursor=cursor))[key]
    value: Any = after.data
    for step in path:
        value = value[step]
    assert value == expected
    assert before.stamp and after.stamp and after.stamp > before.stamp
    if model in below:
        assert after.data["write_date"] == before.data["write_date"]


def test_a_removed_email_is_seen(desk: Desk) -> None:
    entries = mechanisms(("email", "one@example.com"), ("email", "two@example.com"))
    key = party(desk, {"name": "Two addresses", "contact_mechanisms": entries})
    cursor = from_now(desk.hub)
    gone = now(desk, key).data["contact_mechanisms"][0]["id"]
    desk.colleague.call("party.party", "write", [int(key)], {"contact_mechanisms": [["delete", [gone]]]})
    after = records(pull(desk.hub, cursor=cursor))[key]
    assert after.data["email"] == "two@example.com"
    assert [one["value"] for one in after.data["contact_mechanisms"]] == ["two@example.com"]


def test_a_deactivated_party_is_deleted_and_leaves_the_keys(desk: Desk) -> None:
    key = party(desk, {"name": "Leaving"})
    cursor = from_now(desk.hub)
    desk.colleague.call("party.party", "write", [int(key)], {"active": False})
    assert records(pull(desk.hub, cursor=cursor))[key].deleted
    assert key not in {one for keys in desk.hub.keys("parties") for one in keys}
    assert now(desk, key).deleted

    cursor = from_now(desk.hub)
    desk.colleague.wizard("party.erase", "erase", {"party": int(key)})
    erased = records(pull(desk.hub, cursor=cursor))[key]
    assert (erased.deleted, erased.data["name"]) == (True, None), "though it moves no stamp"


def test_a_removed_party_is_absent(desk: Desk) -> None:
    key = party(desk, {"name": "Erased"})
    desk.colleague.call("party.party", "delete", [int(key)])
    assert key not in {one for keys in desk.hub.keys("parties") for one in keys}
    assert desk.hub.fetch("parties", [key]) == {}


def test_a_merged_party_points_to_its_survivor(desk: Desk) -> None:
    addresses = [["create", [{"city": "Meppel"}]]]
    kept, merged = (party(desk, {"name": "Merging", "addresses": addresses}) for _ in range(2))
    place = int(now(desk, merged).data["addresses"][0]["id"])
    bill = invoice({"amount": "12.00", "due": YESTERDAY.isoformat()}, int(merged), place, desk.finance)
    company = {"company": desk.finance["company"]}
    draft = str(desk.colleague.call("account.invoice", "create", [bill], context=company)[0])
    cursor = from_now(desk.hub)
    desk.colleague.wizard("party.replace", "replace", {"source": int(merged), "destination": int(kept)})
    found = now(desk, merged)
    assert (found.deleted, found.merged_into) == (True, kept)
    moved = records(pull(desk.hub, "invoices", cursor))
    assert moved[draft].data["party"] == kept, "the invoice's own stamp stays"


def test_a_null_write_date_is_no_reason_to_miss_a_party(desk: Desk) -> None:
    """Tryton 7 leaves it null until the first edit; Tryton 8 does so for addresses and identifiers."""
    cursor = from_now(desk.hub)
    key = party(desk, {"name": "Unedited", "identifiers": [["create", [{"code": "K-1"}]]]})
    desk.in_the_database("UPDATE party_party SET write_date = NULL WHERE id = ?", key)
    found = records(pull(desk.hub, cursor=cursor))[key]
    assert (found.data["write_date"], found.data["identifiers"][0]["write_date"]) == (None, None)
    assert found.stamp == max(found.data["create_date"], found.data["identifiers"][0]["create_date"])
    assert now(desk, key) == found
    (receipt,) = desk.hub.push("parties", [Write("w1", key, {"name": "Edited once"}, found)])
    assert receipt.status == "done"


def test_a_created_party_reads_back_as_written_and_is_found(desk: Desk) -> None:
    data = {
        "name": "Made by the hub",
        "email": "Made_By%Hub@example.com",
        "phone": "+31301234567",
        "vat": "NL004495445B01",
        "lang": "nl",
        "address": {"street": "Long Lane 1", "postal_code": "1234 AB", "city": "Assen", "country": "NL"},
    }
    (receipt,) = desk.hub.push("parties", [Write("w1", None, data)])
    assert (receipt.ref, receipt.status) == ("w1", "done")
    made = now(desk, receipt.key or "")
    assert {**data, "address": {**data["address"], "subdivision": None}} == {  # type: ignore[dict-item]
        name: made.data[name] for name in data
    }
    assert desk.hub.find("parties", "email", ["made_by%hub@EXAMPLE.com"]).keys() == {
        "made_by%hub@EXAMPLE.com"
    }
    assert desk.hub.find("parties", "email", ["madeXby%hub@example.com", "nobody@example.com"]) == {}
    by_vat = desk.hub.find("parties", "vat", ["NL004495445B01"])["NL004495445B01"]
    assert {str(desk.ids[0]), made.key} <= {record.key for record in by_vat}
    code = made.data["code"]
    found = desk.hub.find("parties", "code", [code, f"{code} "])
    assert {value: [one.key for one in some] for value, some in found.items()} == {
        code: [made.key],
        f"{code} ": [made.key],
    }


def test_a_number_is_found_however_tryton_writes_it(desk: Desk) -> None:
    """With the package phonenumbers it writes it in groups, and the plain number beside that."""
    key = party(desk, {"name": "Grouped", "contact_mechanisms": mechanisms(("phone", "+31303334455"))})
    desk.in_the_database(
        "UPDATE party_contact_mechanism SET value = '+31 30 333 4455' WHERE value = '+31303334455'"
    )
    found = desk.hub.find("parties", "phone", ["+31303334455", "+31303334456"])
    assert {value: [one.key for one in some] for value, some in found.items()} == {"+31303334455": [key]}
    assert "value_compact" not in found["+31303334455"][0].data["contact_mechanisms"][0]


def test_an_update_changes_only_what_it_names(desk: Desk) -> None:
    entries = mechanisms(("email", "a@example.com"), ("phone", "+31201112222"), ("email", "b@example.com"))
    key = party(desk, {"name": "Before", "contact_mechanisms": entries})
    change = {
        "email": "c@example.com",
        "phone": None,
        "mobile": "+31611112222",
        "vat": "NL004495445B01",
        "address": {"city": "Hoorn", "country": "NL"},
    }
    (receipt,) = desk.hub.push("parties", [Write("w1", key, change, now(desk, key))])
    assert receipt.status == "done"
    after = now(desk, key).data
    assert (after["name"], after["email"], after["phone"], after["mobile"]) == (
        "Before",
        "c@example.com",
        None,
        "+31611112222",
    )
    assert (after["vat"], after["address"]["city"], after["address"]["street"]) == (
        "NL004495445B01",
        "Hoorn",
        None,
    )
    active = [one["value"] for one in after["contact_mechanisms"] if one["active"]]
    assert active == ["c@example.com", "b@example.com", "+31611112222"]

    clear = {"vat": None, "address": {"city": None}, "mobile": None, "lang": None}
    (receipt,) = desk.hub.push("parties", [Write("w2", key, clear, now(desk, key))])
    assert receipt.status == "done"
    cleared = now(desk, key).data
    assert (cleared["vat"], cleared["address"]["city"], cleared["address"]["country"]) == (None, None, "NL")
    assert (cleared["mobile"], cleared["lang"]) == (None, None)

    (receipt,) = desk.hub.push("parties", [Write("w3", key, {"mobile": "+31611112222"}, now(desk, key))])
    assert receipt.status == "done"
    assert len(now(desk, key).data["contact_mechanisms"]) == 4, "the hidden number came back; none was added"


def test_of_two_mailboxes_none_is_lost_and_none_becomes_the_first_by_accident(desk: Desk) -> None:
    entries = [{"type": "email", "value": f"{name}@example.com", "sequence": n} for name, n in _MAILBOXES]
    key = party(desk, {"name": "Several", "contact_mechanisms": [["create", entries]]})

    def mailboxes() -> list[str]:
        found = now(desk, key).data
        assert found["email"] == desk.colleague.search_read(
            "party.party", [["id", "=", int(key)]], ["email"]
        )[0].get("email")
        return [one["value"][0] for one in found["contact_mechanisms"] if one["active"]]

    def push(value: str | None) -> Receipt:
        return desk.hub.push("parties", [Write("w", key, {"email": value}, now(desk, key))])[0]

    assert mailboxes() == ["b", "c", "a"]
    assert push("C@example.com").status == "done"
    assert mailboxes() == ["C", "a", "b"]
    assert push("a@example.com").status == "done"
    assert mailboxes() == ["a", "b", "C"]
    assert push("d@example.com").status == "done"
    refused = push(None)
    assert refused.status == "refused" and "several entries of email" in refused.message
    assert mailboxes() == ["d", "b", "C"]


def test_an_address_in_pieces_is_read_whole_and_written_by_its_pieces(desk: Desk) -> None:
    (country,) = desk.colleague.search_read("country.country", [["code", "=", "NL"]], [])
    pieces = {"street_name": "Plein", "building_number": "5", "unit_number": "A", "country": country["id"]}
    key = party(desk, {"name": "In pieces", "addresses": [["create", [pieces]]]})

    def address(change: dict[str, Any]) -> tuple[str | None, list[str | None]]:
        (receipt,) = desk.hub.push("parties", [Write("w", key, {"address": change}, now(desk, key))])
        assert receipt.status == "done", receipt.message
        found = now(desk, key).data
        (kept,) = found["addresses"]
        return found["address"]["street"], [kept[name] for name in pieces if name != "country"]

    assert address({"street": "Plein 5 A", "city": "Assen"}) == ("Plein 5 A", ["Plein", "5", "A"])
    assert address({"street": "Laan 7 B"}) == ("Laan 7 B", ["Laan", "7", "B"])
    desk.colleague.call("country.country", "create", [{"name": "Belgium", "code": "BE"}])
    assert address({"street": "Laan 7 B", "country": "BE"}) == ("Laan 7 B", ["Laan", "7 B", None])
    assert address({"street": "Laan 7-2"}) == ("Laan 7-2", ["Laan", "7-2", None])
    assert address({"street": "Plein 1944 5"}) == ("Plein 1944 5", [None, None, None])
    assert address({"street": "Weg 1"}) == ("Weg 1", [None, None, None])
    second = [["create", [{"city": "Gouda"}]]]
    desk.colleague.call("party.party", "write", [int(key)], {"addresses": second})
    emptied = dict.fromkeys(("street", "city", "country"))
    (receipt,) = desk.hub.push("parties", [Write("w", key, {"address": emptied}, now(desk, key))])
    assert receipt.status == "refused" and "several entries of address" in receipt.message
    gouda = {**emptied, "city": "Gouda"}
    assert desk.hub.push("parties", [Write("w", key, {"address": gouda}, now(desk, key))])[0].status == "done"
    cities = [one["city"] for one in now(desk, key).data["addresses"]]
    assert cities == ["Gouda", "Assen"], "the other one came first, and none is lost"


def test_a_look_and_a_write_are_ready_together(desk: Desk) -> None:
    keys = [party(desk, {"name": f"Ready {n}"}) for n in range(2)]
    desk.hub.ready("parties", len(keys))
    seen = desk.hub.fetch("parties", keys)
    writes = [Write(key, key, {"name": "Was ready"}, seen[key]) for key in keys]
    assert [one.status for one in desk.hub.push("parties", writes)] == ["done", "done"]


@pytest.mark.parametrize("below", [False, True])
def test_a_stale_write_is_a_conflict_and_changes_nothing(desk: Desk, below: bool) -> None:
    key = party(desk, {"name": "Raced", "contact_mechanisms": mechanisms(("email", "r@example.com"))})
    seen = now(desk, key)
    if below:
        entry = int(seen.data["contact_mechanisms"][0]["id"])
        desk.colleague.call("party.contact_mechanism", "write", [entry], {"value": "theirs@example.com"})
    else:
        desk.colleague.call("party.party", "write", [int(key)], {"name": "Theirs"})
    (receipt,) = desk.hub.push(
        "parties", [Write("w1", key, {"name": "Ours", "email": "o@example.com"}, seen)]
    )
    assert receipt.status == "conflict"
    after = now(desk, key).data
    assert (after["name"], after["email"]) == (
        ("Raced", "theirs@example.com") if below else ("Theirs", "r@example.com")
    )


def test_every_write_gets_its_own_receipt_and_none_stops_another(desk: Desk) -> None:
    keys = [party(desk, {"name": f"Batch {n}"}) for n in range(3)]
    codes = [now(desk, key).data["code"] for key in keys]
    desk.colleague.call("party.party", "delete", [int(keys[1])])
    writes = [
        Write("invalid", keys[0], {"vat": "NL123"}),
        Write("gone", keys[1], {"name": "x"}),
        Write("taken", None, {"name": "x", "code": f"{codes[0]} "}),
        Write("nowhere", keys[2], {"address": {"country": "ZZ"}}),
        Write("unmapped", keys[2], {"shoe_size": 42}),
        Write("code", keys[2], {"code": "other"}),
        Write("fine", keys[2], {"name": "Done", "code": f"{codes[2]} "}),
    ]
    receipts = desk.hub.push("parties", writes)
    assert [(one.ref, one.status) for one in receipts] == [
        ("invalid", "refused"),
        ("gone", "gone"),
        ("taken", "refused"),
        ("nowhere", "refused"),
        ("unmapped", "refused"),
        ("code", "refused"),
        ("fine", "done"),
    ]
    assert "VAT" in receipts[0].message and "NL123" not in receipts[0].message
    assert "shoe_size" in receipts[4].message and "write it never" in receipts[5].message
    assert now(desk, keys[2]).data["name"] == "Done"


def test_an_error_inside_a_200_is_an_error(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"tryton POST /rpc/: HTTP 200, UserError"):
        desk.hub.rpc.call("party.party", "read", [999_999], ["name"])
    with pytest.raises(Refused, match="cannot be found by shoe_size"):
        desk.hub.find("parties", "shoe_size", ["42"])


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (["ConcurrencyException", "Records were modified"], "refused"),
        (["UserWarning", ["key", "message", ""]], "refused"),
        (["LoginException", []], "denied"),
        (["RateLimitException"], "throttled"),
        (["database is locked", ""], "retry"),
        (["'shoe_size'", ""], "broken"),
    ],
)
def test_errors_are_sorted_by_what_to_do(error: list[Any], kind: str) -> None:
    assert outcome(Answer(200, {}, {"id": 1, "error": error}, 1)).kind == kind


def test_an_ended_session_is_replaced_and_a_wrong_password_is_denied(desk: Desk) -> None:
    hub = Tryton(desk.connection)
    assert list(hub.keys("parties"))
    hub.rpc._session = "Ym9ndXM6MTpib2d1cw=="
    assert list(hub.keys("parties"))
    wrong = connector("tryton", Connection(desk.connection.base_url, "wrong", desk.connection.login))
    with pytest.raises(Denied, match="tryton POST /rpc/"):
        list(wrong.keys("parties"))
    assert [finding.ok for finding in wrong.check()] == [False]
    nowhere = Connection(desk.connection.base_url + "x", desk.connection.secret, desk.connection.login)
    assert [finding.ok for finding in connector("tryton", nowhere).check()] == [False]


def test_check_and_provision(desk: Desk) -> None:
    assert all(finding.ok for finding in desk.hub.check())
    assert [finding.ok for finding in desk.hub.provision("parties", {"golden_id": "text"})] == [False]


def test_invoices_show_what_is_owed_and_since_when(desk: Desk) -> None:
    found = records(pull(desk.hub, "invoices")).values()
    ours = [record.data for record in found if record.data["party"] == str(desk.ids[0])]
    assert [(one["state"], one["type"], one["currency"]) for one in ours] == [("posted", "out", "EUR")]
    assert [(one["total_amount"], one["amount_to_pay"], one["due_date"]) for one in ours] == [
        ("120.50", "120.50", YESTERDAY.isoformat())
    ]
    assert [one.status for one in desk.hub.push("invoices", [Write("w1", "1", {"state": "paid"})])] == [
        "refused"
    ]
