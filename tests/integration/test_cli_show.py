"""Commands: one customer, with where each value comes from and what was written there."""

from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from hub.cli import main
from hub.flow.hub import open_hub
from hub.golden.testimony import Pin
from hub.model.value import Value
from hub.store import golden as goldens
from hub.store import identity, ledger, outbox, plans, reads
from hub.store.change import Change
from hub.store.golden import Golden
from tests.integration.desk import Desk, someone


def test_one_customer_is_found_by_id_record_and_mailbox(reader: Desk) -> None:
    card = someone(reader)
    mailbox = next(one["value"][0] for one in card["fields"] if one["name"] == "emails")
    for who in (card["golden_id"], card["records"][-1]["key"], mailbox, mailbox.upper()):
        assert reader.ask("show", who)["customer"] == card


def test_every_value_says_where_it_comes_from(reader: Desk) -> None:
    card = someone(reader)
    known = {one["key"] for one in card["records"]}
    filled = [one for one in card["fields"] if one["value"] is not None]
    assert filled
    assert {one["source"] for one in filled} <= known
    assert all(one["since"] and one["rule"] for one in filled)
    shown = reader.type("show", card["golden_id"]).out
    assert all(one["source"] in shown and one["name"] in shown for one in filled)


def test_an_employer_is_shown_by_name(reader: Desk) -> None:
    with reader.hub().store.read() as connection:
        rows = connection.exec_driver_sql("SELECT golden_id FROM golden WHERE provenance LIKE '%works_for%'")
        card = reader.ask("show", rows.scalars().all()[0])["customer"]
    (link,) = card["links"]
    employer = reader.ask("show", link["golden_id"])["customer"]
    assert link["link"] == "works_for"
    assert employer["kind"] == "organisation"
    assert link["name"] == employer["name"]


def test_a_merged_id_still_resolves(desk: Desk) -> None:
    desk.type("sync", "--no-publish")
    card = someone(desk)
    old = "00000000-0000-4000-8000-00000000dead"
    hub = desk.hub()
    with hub.store.begin() as connection:
        identity.redirected(connection, {old: card["golden_id"]}, hub.now())
    found = desk.ask("show", old)
    assert found["redirected_from"] == old
    assert found["customer"] == card


def test_several_namesakes_are_a_list_to_choose_from(reader: Desk) -> None:
    found = reader.ask("show", "JAN")
    assert not found["customer"]
    assert len(found["hits"]) > 1
    assert not found["more"]
    names = [one["name"] for one in found["hits"]]
    assert all(reader.ask("show", one["golden_id"])["customer"]["name"] in names for one in found["hits"])
    cut = reader.ask("show", "jan", "--limit", "1")
    assert len(cut["hits"]) == 1
    assert cut["more"]


@pytest.mark.parametrize("who", ["nobody-of-this-name", "%", "_", "hubspot/person/404", "x@y.example"])
def test_nobody_is_one_clear_line_and_code_1(reader: Desk, who: str) -> None:
    said = reader.type("show", who)
    assert said.code == 1
    assert not said.out
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1


def test_an_overruled_edit_is_shown_with_the_reason(desk: Desk) -> None:
    desk.type("check", "--provision")
    desk.type("sync", "--no-publish")
    card = someone(desk)
    key = next(one["key"] for one in card["records"] if one["key"].startswith("hubspot/"))
    desk.edit("hubspot", "contacts", key.split("/")[2], {"properties": {"open_tickets": "99"}})
    desk.world.clock.advance(timedelta(minutes=10))
    desk.type("sync", "--no-publish")
    fields = desk.ask("show", card["golden_id"])["customer"]["fields"]
    tickets = next(one for one in fields if one["name"] == "open_tickets")
    (lost,) = tickets["overruled"]
    assert (lost["source"], lost["value"]) == (key, 99)
    assert lost["why"] == "the sum of what Zendesk Support holds"
    assert tickets["value"] != 99
    assert "overruled: 99" in desk.type("show", card["golden_id"]).out


def test_the_ledger_tells_what_was_written_to_this_customer_alone(desk: Desk) -> None:
    desk.type("check", "--provision")
    desk.type("sync")
    desk.type("plan", "zendesk")
    desk.type("plan", "approve", "zendesk", "--who", "anna", "--why", "read")
    sent = next(one for one in desk.ask("plan", "zendesk")["changes"])
    desk.type("sync", "zendesk")
    card = desk.ask("show", sent["golden_id"], "--ledger")["customer"]
    wrote = {one["field"]: (one["before"], one["after"]) for one in card["ledger"]}
    assert wrote == {one["name"]: (one["before"], one["after"]) for one in sent["fields"]}
    assert "Written by the hub" in desk.type("show", sent["golden_id"], "--ledger").out


def test_a_pin_is_shown_with_who_and_why_and_nothing_steers_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/pins.db"
    hub = open_hub({}, store=url)
    rival = {"from": "brevo/person/1", "value": "de", "at": hub.now(), "how": "edit"}
    name: dict[str, Value] = {"given_name": "Eve\x1b[2J", "family_name": "Bell\x07"}
    document: dict[str, Value] = {"name": name, "language": "nl"}
    made = Golden("g1", "person", document, {"language": {"rule": "pin", "others": [rival]}}, ("brevo",))
    with hub.store.begin() as connection:
        goldens.save(connection, [made], hub.now(), "run")
        goldens.add_pin(connection, "g1", "language", Pin("nl", "anna", "asked by phone", hub.now()))
    assert main(["show", "g1", "--store", url]) == 0
    shown = capsys.readouterr().out
    assert "pin of anna" in shown
    assert "not: de" in shown
    assert "pinned by anna: asked by phone" in shown
    assert "Eve" in shown
    assert not {"\x1b", "\x07"} & set(shown)
    structlog.reset_defaults()


def test_the_ledger_of_a_record_with_two_customers_is_told_apart(tmp_path: Path) -> None:
    hub = open_hub({}, store=f"sqlite:///{tmp_path}/ledger.db")
    with hub.store.begin() as connection:
        plans.add_plan(connection, "plan", "moneybird", hub.now(), "run")
        for row, field in ((1, "legal_name"), (2, "name")):
            both = {field: {"before": None, "after": "New"}}
            change = Change(f"change{row}", "moneybird", "contacts", f"g{row}", row, "7", "update", both, {})
            outbox.add_changes(connection, "plan", [change], hub.now())
            ledger.enter(connection, [(change, "7", "done")], hub.now())
        found = [reads.entries(connection, "moneybird", "contacts", ["7"], [row], 10) for row in (1, 2)]
    assert [[one.field for one in some] for some in found] == [["legal_name"], ["name"]]
