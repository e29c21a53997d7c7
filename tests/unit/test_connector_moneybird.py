"""Moneybird: versions of whole seconds, custom fields by name, and what its API cannot do."""

from email.utils import formatdate
from typing import Any

import pytest

from connectors.contract import Connection, Json, Write
from connectors.errors import ContractBroken, Denied
from connectors.moneybird.connector import Moneybird
from connectors.pace import Timing
from tests.unit.scripted import Asked, Reply, Scripted, replies, serving

FIELDS = [
    {"id": "71", "name": "Golden id", "source": "contact"},
    {"id": "72", "name": "Golden id", "source": "sales_invoice"},
]


def moneybird(server: Scripted, **more: str) -> Moneybird:
    options = {"administration_id": "123", **more}
    return Moneybird(Connection(server.url, "token", options=options), Timing(lambda _: None, lambda: 0.0))


class Books:
    """Contacts with versions, at a moment of their own."""

    def __init__(self, **versions: int) -> None:
        self.versions = {key.removeprefix("c"): version for key, version in versions.items()}
        self.date = "Sun, 22 Nov 2026 10:00:00 GMT"

    def __call__(self, asked: Asked) -> Reply:
        wanted = asked.body["ids"] if asked.method == "POST" else list(self.versions)
        rows = [{"id": key, "version": self.versions[key]} for key in wanted]
        return Reply(200, rows, {"Date": self.date})

    def pull(self, cursor: Json | None) -> tuple[set[str], Json]:
        with serving(self) as server:
            pages = list(moneybird(server).pull("contacts", cursor))
        return {record.key for page in pages for record in page.records}, pages[-1].cursor


def test_a_second_that_is_not_over_is_read_again() -> None:
    now = 1_800_000_000
    books = Books(c1=now - 99, c2=now)
    books.date = formatdate(now, usegmt=True)
    first, cursor = books.pull(None)
    again, cursor = books.pull(cursor)
    assert (first, again) == ({"1", "2"}, {"2"})


def test_a_second_that_is_over_is_not_read_again() -> None:
    first, cursor = (books := Books(c1=1_700_000_000, c2=1_700_000_009)).pull(None)
    again, cursor = books.pull(cursor)
    assert (first, again) == ({"1", "2"}, set())
    assert cursor["recent"] == {"1": 1_700_000_000, "2": 1_700_000_009}


def test_a_change_that_is_listed_after_a_later_one_is_seen() -> None:
    books = Books(c1=1_700_000_000, c2=1_700_000_009)
    _, cursor = books.pull(None)
    books.versions |= {"1": 1_700_000_005, "3": 1_699_999_700}
    assert books.pull(cursor)[0] == {"1", "3"}


def test_a_change_that_is_listed_behind_the_place_where_a_pull_stopped_is_seen() -> None:
    books = Books(c1=1_700_000_000, c2=1_700_000_005, c3=1_700_000_009)
    with serving(books) as server:
        stopped = next(moneybird(server, page_size="2").pull("contacts", None)).cursor
    books.versions["4"] = 1_699_999_700
    rest, cursor = books.pull(stopped)
    assert "3" in rest
    assert "4" in books.pull(cursor)[0]


def test_the_cursor_keeps_the_versions_within_the_horizon_alone() -> None:
    books = Books(**{f"c{number}": 1_600_000_000 + number * 60 for number in range(1000)})
    _, cursor = books.pull(None)
    assert len(cursor["recent"]) == 11


def test_a_version_that_is_no_number_breaks_the_contract() -> None:
    with (
        serving(replies(Reply(200, [{"id": "1", "version": "v1"}]))) as server,
        pytest.raises(ContractBroken),
    ):
        list(moneybird(server).pull("contacts", None))


def contacts(asked: Asked) -> Reply:
    if asked.path.endswith("custom_fields.json"):
        return Reply(200, FIELDS)
    custom = [{"id": "71", "name": "Golden id", "value": "g1"}]
    item = {"id": "1", "version": 5, "updated_at": "2026-11-22T10:00:00.5Z", "archived": True}
    one: dict[str, Any] = {**item, "custom_fields": custom}
    return Reply(200, [one] if asked.path.endswith("synchronization.json") else one)


def test_custom_fields_are_read_and_written_by_name() -> None:
    with serving(contacts) as server:
        connector = moneybird(server)
        record = connector.fetch("contacts", ["1"])["1"]
        for value in ("g2", 2, None):
            connector.push(
                "contacts", [Write("w", "1", {"city": None, "custom_fields": {"Golden id": value}})]
            )
    assert record.data["custom_fields"] == {"Golden id": "g1"}
    assert (record.stamp, record.version, record.deleted) == ("2026-11-22T10:00:00.500000Z", "5", True)
    patches = [asked.body["contact"] for asked in server.asked if asked.method == "PATCH"]
    assert patches == [
        {"city": "", "custom_fields_attributes": {"0": {"id": "71", "value": "g2"}}},
        {"city": "", "custom_fields_attributes": {"0": {"id": "71", "value": "2"}}},
        {"city": "", "custom_fields_attributes": {"0": {"id": "71", "value": ""}}},
    ]
    assert [asked.path for asked in server.asked].count("/api/v2/123/custom_fields.json") == 1


def test_an_unknown_custom_field_is_refused_before_anything_is_sent() -> None:
    with serving(contacts) as server:
        (receipt,) = moneybird(server).push("contacts", [Write("w", "1", {"custom_fields": {"Nope": "x"}})])
    assert receipt.status == "refused" and "Nope" in receipt.message
    assert [asked.method for asked in server.asked] == ["GET"]


def test_custom_fields_cannot_be_made_and_it_says_where_to_make_them() -> None:
    with serving(contacts) as server:
        findings = moneybird(server).provision("contacts", {"Golden id": "text", "Open tickets": "number"})
    assert [finding.ok for finding in findings] == [True, False]
    assert "Settings" in findings[1].remedy


def test_a_connection_without_administration_is_denied() -> None:
    with pytest.raises(Denied, match="administration_id"):
        Moneybird(Connection("https://moneybird.com", "token"))


def test_a_custom_field_that_is_left_out_is_given_as_empty_where_the_list_is_shown() -> None:
    fields = [*FIELDS, {"id": "73", "name": "Open tickets", "source": "contact"}]
    held = {"id": "1", "version": 5, "updated_at": "2026-11-22T10:00:00.5Z"}
    golden = {"id": "71", "name": "Golden id", "value": "g1"}
    shown: dict[str, Any] = {}

    def script(asked: Asked) -> Reply:
        if asked.path.endswith("custom_fields.json"):
            return Reply(200, fields)
        return Reply(200, shown if asked.path.endswith("customer_id/7.json") else [shown])

    with serving(script) as server:
        for given, expected in (
            ({"custom_fields": [golden]}, {"Golden id": "g1", "Open tickets": None}),
            ({"custom_fields": []}, {"Golden id": None, "Open tickets": None}),
            ({}, "nothing"),
            ({"custom_fields": None}, None),
            ({"custom_fields": {"Golden id": "g1"}}, {"Golden id": "g1"}),
        ):
            shown.clear()
            shown.update(held, **given)
            connector = moneybird(server)
            (page,) = connector.pull("contacts", None)
            found = connector.find("contacts", "customer_id", ["7"])["7"][0]
            for record in (page.records[0], connector.fetch("contacts", ["1"])["1"], found):
                assert record.data.get("custom_fields", "nothing") == expected


def test_each_pull_asks_for_the_custom_fields_once_and_invoices_need_none() -> None:
    with serving(contacts) as server:
        connector = moneybird(server)
        connector.fetch("contacts", ["1"])
        connector.fetch("sales_invoices", ["1"])
        list(moneybird(server).fetch("sales_invoices", ["1"]))
    assert [asked.path for asked in server.asked].count("/api/v2/123/custom_fields.json") == 1


def test_a_write_is_answered_with_the_whole_contact() -> None:
    with serving(contacts) as server:
        connector = moneybird(server)
        changed, other = connector.push("contacts", [Write("a", "1", {"city": "x"}), Write("b", "2", {})])
        assert changed.record == connector.fetch("contacts", ["1"])["1"]
    assert (other.status, other.record) == ("done", None), "the answer shows another contact"


def _book(asked: Asked) -> Reply:
    """Contact 1, whose mailbox shows under one name; a write of a custom field is answered 404."""
    if asked.path.endswith("custom_fields.json"):
        return Reply(200, FIELDS)
    one = {"id": "1", "version": "5", "email": "a@x.nl", "send_invoices_to_email": "", "attention": "Els"}
    if asked.path.endswith("synchronization.json"):
        wanted = asked.body["ids"] if asked.method == "POST" else ["1"]
        return Reply(200, [one] if "1" in wanted else [])
    message = {"error": "custom_fields_attributes: not_found", "symbolic": "not_found"}
    return Reply(404, message) if asked.method in ("PATCH", "POST") else Reply(200, one)


def test_what_moneybird_only_shows_is_written_where_it_is_taken() -> None:
    with serving(contacts) as server:
        data = {"email": "b@x.nl", "attention": None, "send_invoices_to_attention": "Els"}
        moneybird(server).push("contacts", [Write("w", "1", data)])
    (patch,) = [asked.body["contact"] for asked in server.asked if asked.method == "PATCH"]
    assert patch == {"send_invoices_to_email": "b@x.nl", "send_invoices_to_attention": "Els"}


def test_a_mailbox_that_shows_under_its_old_name_alone_is_read_where_it_is_written() -> None:
    with serving(_book) as server:
        record = moneybird(server).fetch("contacts", ["1"])["1"]
    assert (record.data["send_invoices_to_email"], record.data["send_invoices_to_attention"]) == (
        "a@x.nl",
        "Els",
    )
    assert record.version == "5"


def test_a_404_to_a_write_is_gone_only_if_the_record_is() -> None:
    """Moneybird answers so for a custom field nobody has, too."""
    data = {"custom_fields": {"Golden id": "g"}}
    with serving(_book) as server:
        connector = moneybird(server)
        found = {key: connector.push("contacts", [Write("w", key, data)])[0] for key in ("1", "2", None)}
    assert {key: one.status for key, one in found.items()} == {"1": "refused", "2": "gone", None: "refused"}
    assert found["1"].message == found[None].message == "custom_fields_attributes: not_found"
    assert sum(asked.path.endswith("custom_fields.json") for asked in server.asked) > 1


def test_all_there_is_is_asked_for_by_name() -> None:
    """Archived contacts and the invoices of all years: whatever Moneybird leaves out by default."""
    with serving(_book) as server:
        connector = moneybird(server)
        list(connector.pull("contacts", None))
        list(connector.pull("sales_invoices", None))
        list(connector.keys("sales_invoices"))
    listed = [(one.method, dict(one.query)) for one in server.asked if "custom_fields" not in one.path]
    archived, every = {"include_archived": "true"}, {"filter": "period:20000101..20991231,state:all"}
    assert listed == [("GET", archived), ("POST", archived), ("GET", every), ("POST", {}), ("GET", every)]
