"""The whole loop on a real Tryton: what Sales and Finance type reaches the other, and nothing is lost."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from connectors.contract import Connector
from hub.flow.publish.agreement import agreement
from sandbox.tryton.seed import seed
from tests.databases import Databases
from tests.integration.books import Desk, Meddled, books

YESTERDAY = (datetime.date.today() - datetime.timedelta(days=1)).isoformat()
NONE = (0, 0, 0)
"""Writes sent, journalled by HubSpot, and stamped by Tryton."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Desk]:
    with books(tmp_path_factory.mktemp("books"), databases) as found:
        yield found


def known_to_both(desk: Desk, given: str, family: str, number: str) -> tuple[str, str]:
    """Somebody with one mailbox and one telephone number in both systems; (party, contact), synced."""
    mailbox, phone = f"{given}@{family}.nl".lower(), f"+31{number}"
    party = desk.party(f"{given} {family}", "Person", ("email", mailbox), ("phone", phone))
    contact = desk.contact(firstname=given, lastname=family, email=mailbox, phone=phone)
    desk.staged.sync(2)
    assert {one.split("/")[0] for one in cluster(desk, party)} == {"hubspot", "tryton"}
    return party, contact


def cluster(desk: Desk, party: str) -> frozenset[str]:
    return next(one for one in desk.staged.clusters() if f"tryton/person/{party}" in one)


def test_customers_entered_in_both_come_out_as_one_and_finance_tells_sales_who_owes(desk: Desk) -> None:
    vat = "NL004495445B01"
    customers: list[dict[str, Any]] = [
        {
            "name": "Jan van der Berg",
            "organisation": False,
            "email": "jan@berg.nl",
            "phone": "+31612340001",
            "address": {"street": "Plein 1", "postal_code": "3511 AB", "city": "Utrecht", "country": "NL"},
            "invoices": [{"amount": "120.50", "due": YESTERDAY}],
        },
        {"name": "Bakkerij Zon B.V.", "organisation": True, "email": "info@zon.nl", "vat": vat},
    ]
    finance = desk.stage.finance
    person, firm = map(str, seed(finance.people, customers, finance.server.made.finance).ids)
    contact = desk.contact(firstname="Jan", lastname="van der Berg", email="jan@berg.nl")
    company = desk.contact(obj="companies", name="Bakkerij Zon", domain="zon.nl", vat_number=vat)
    desk.staged.sync(2)

    golden = desk.golden(person)
    assert golden == desk.staged.golden_of(f"hubspot/person/{contact}")
    assert golden.document["name"] == {
        "given_name": "Jan",
        "family_name_prefix": "van der",
        "family_name": "Berg",
    }
    assert golden.document["overdue_balance"] == "120.50"
    shown = desk.hubspot(contact)
    assert (shown["overdue_balance"], shown["phone"]) == ("120.50", "+31612340001")
    assert (shown["address"], shown["zip"], shown["city"]) == ("Plein 1", "3511 AB", "Utrecht")
    assert desk.staged.golden_of(f"tryton/organisation/{firm}") == desk.staged.golden_of(
        f"hubspot/organisation/{company}"
    )
    assert desk.hubspot(company, "companies")["name"] == "Bakkerij Zon B.V."


def test_a_correction_reaches_the_other(desk: Desk) -> None:
    party, contact = known_to_both(desk, "Anna", "Visser", "612340002")
    desk.contact(contact, lastname="de Vries", phone="+31612340099")
    sent, journalled, stamped = desk.writes_of_a_sync()
    assert (sent, journalled) == (1, 0) and stamped > 0
    shown = desk.tryton(party)
    assert (shown["name"], shown["phone"]) == ("Anna de Vries", "+31612340099")

    desk.staged.sync()
    desk.party_write(party, {"name": "Anne de Vries", "addresses": [["create", [{"city": "Gouda"}]]]})
    desk.staged.sync()
    assert (desk.hubspot(contact)["firstname"], desk.hubspot(contact)["city"]) == ("Anne", "Gouda")
    desk.staged.sync()
    assert desk.writes_of_a_sync() == NONE


@pytest.mark.parametrize("by", ["sales", "finance"])
def test_a_removed_telephone_number_goes_everywhere(desk: Desk, by: str) -> None:
    family, number = ("Sluis", "612340003") if by == "sales" else ("Linden", "612340004")
    party, contact = known_to_both(desk, "Kees", family, number)
    assert desk.tryton(party)["phone"] and desk.hubspot(contact)["phone"]
    if by == "sales":
        desk.contact(contact, phone="")
    else:
        step = ["write", [desk.mechanism(party, "phone")], {"active": False}]
        desk.party_write(party, {"contact_mechanisms": [step]})
    desk.staged.sync()
    assert not desk.tryton(party)["phone"] and not desk.hubspot(contact)["phone"]
    assert "phones" not in desk.golden(party).document
    desk.staged.sync()
    assert desk.writes_of_a_sync() == NONE
    assert "phones" not in desk.golden(party).document


def test_what_finance_keeps_in_pieces_and_twice_stays_whole(desk: Desk) -> None:
    """A house in pieces takes no line, and of two mailboxes the second is nobody's first by accident."""
    home = {"street_name": "Plein", "building_number": "5", "unit_number": "A", "city": "Ede"}
    mailboxes = [("email", "mia@snel.nl"), ("email", "invoices@snel.nl")]
    party = desk.party("Mia Snel", "Person", *mailboxes, addresses=[["create", [home]]])
    contact = desk.contact(firstname="Mia", lastname="Snel", email="mia@snel.nl")
    desk.staged.sync(2)
    assert desk.hubspot(contact)["address"] == "Plein 5/A"
    desk.contact(contact, address="Laan 7 B", email="")
    desk.staged.sync(2)
    shown = desk.tryton(party)
    (kept,) = shown["addresses"]
    assert [kept[name] for name in home] == ["Laan", "7 B", None, "Ede"]
    assert [one["value"] for one in shown["contact_mechanisms"] if one["active"]] == [
        "mia@snel.nl",
        "invoices@snel.nl",
    ]
    words = [one.message for one in desk.refused() if one.raw_key == party and set(one.fields) == {"emails"}]
    assert len(words) == 1 and "several entries of email" in words[0]
    assert not desk.hubspot(contact)["email"] and "emails" not in desk.golden(party).document
    assert desk.writes_of_a_sync() == NONE


def test_an_edited_mailbox_is_seen_though_the_party_does_not_move(desk: Desk) -> None:
    party, contact = known_to_both(desk, "Lena", "Kroon", "612340005")
    desk.in_the_database("create_date = :past, write_date = :past", party)  # beyond what a pull looks back
    before = desk.tryton(party)["write_date"]
    entry = desk.mechanism(party, "email")
    desk.call("party.contact_mechanism", "write", [entry], {"value": "l.kroon@kroon.nl"})
    assert desk.tryton(party)["write_date"] == before
    desk.staged.sync()
    assert desk.golden(party).document["emails"] == ["l.kroon@kroon.nl"]
    assert desk.hubspot(contact)["email"] == "l.kroon@kroon.nl"


def test_a_party_nobody_ever_wrote_to_is_written_like_any_other(desk: Desk) -> None:
    """Tryton 7 leaves ``write_date`` null until the first edit."""
    party = desk.party("Otto Bruin", "Person", ("email", "otto@bruin.nl"))
    desk.in_the_database("write_date = NULL", party)
    assert desk.tryton(party)["write_date"] is None
    contact = desk.contact(firstname="Otto", lastname="Bruin", email="otto@bruin.nl")
    desk.staged.sync()
    assert desk.golden(party).systems == ("hubspot", "tryton")
    assert desk.tryton(party)["write_date"] is None
    desk.contact(contact, lastname="Zwart")
    desk.staged.sync()
    assert desk.tryton(party)["name"] == "Otto Zwart"


@pytest.mark.parametrize("same", [True, False], ids=["same-field", "other-field"])
def test_somebody_is_faster_than_the_hub_and_nothing_is_lost(desk: Desk, same: bool) -> None:
    family, number = ("Haas", "612340007") if same else ("Hoek", "612340008")
    party, contact = known_to_both(desk, "Saar", family, number)
    new = {"name": "Sara Meddled"} if same else {"addresses": [["create", [{"city": "Hoorn"}]]]}
    meddled: list[Meddled] = []

    def meddle(real: Connector) -> Any:
        meddled.append(Meddled(real, desk, party, new))
        return meddled[-1]

    desk.contact(contact, lastname="Snel")
    desk.staged.wrap["tryton"] = meddle
    desk.staged.sync()
    del desk.staged.wrap["tryton"]
    answers = [answer.status for one in meddled for answer in one.answers]
    assert answers == ["conflict"]
    shown = desk.tryton(party)
    assert (shown["name"], shown["address"]["city"]) == (
        ("Sara Meddled", None) if same else (f"Saar {family}", "Hoorn")
    )

    desk.staged.sync(2)
    shown, sales = desk.tryton(party), desk.hubspot(contact)
    assert shown["name"] == f"{sales['firstname']} {sales['lastname']}"
    assert shown["name"] == ("Sara Meddled" if same else "Saar Snel")
    assert same or sales["city"] == "Hoorn"
    assert desk.writes_of_a_sync() == NONE


def test_a_refused_number_waits_with_trytons_words_and_holds_up_nothing(desk: Desk) -> None:
    """A British number is a VAT number, but not the European one Tryton keeps: an error inside a 200."""
    firm = desk.party("Garage Wiel B.V.", "Organisation", ("email", "info@wiel.nl"))
    number = {"domain": "wiel.nl", "phone": "+31201234500", "vat_number": "GB980780684"}
    before = agreement(desk.staged.hub).exempt.get("refused", 0)
    desk.contact(obj="companies", name="Garage Wiel", **number)
    desk.staged.sync(3)
    assert len(desk.staged.golden_of(f"tryton/organisation/{firm}").systems) == 2
    assert (desk.tryton(firm)["phone"], desk.tryton(firm)["vat"]) == ("+31201234500", None)
    words = [
        one.message for one in desk.refused() if one.raw_key == firm and set(one.fields) == {"vat_number"}
    ]
    assert words and "UserError" in words[0] and "VAT" in words[0] and "980780684" not in words[0]
    assert agreement(desk.staged.hub).exempt["refused"] == before + 1
    assert desk.writes_of_a_sync() == NONE


def test_a_deactivated_party_keeps_its_word_and_is_not_made_again(desk: Desk) -> None:
    party, contact = known_to_both(desk, "Wim", "Oud", "612340009")
    desk.party_write(party, {"addresses": [["create", [{"city": "Kampen"}]]]})
    desk.staged.sync(2)
    parties = desk.keys()
    desk.party_write(party, {"active": False})
    desk.staged.sync()
    address = desk.golden(party).document["address"]
    assert isinstance(address, dict) and address["city"] == "Kampen"
    assert desk.hubspot(contact)["city"] == "Kampen"
    desk.contact(contact, lastname="Jong")
    desk.staged.sync(2)
    assert desk.tryton(party)["name"] == "Wim Oud"
    assert party not in {one.raw_key for one in desk.refused()}, "Tryton would not take it, and is not asked"
    assert desk.keys() == parties - {party}
    assert desk.writes_of_a_sync() == NONE


def test_a_number_that_reads_as_another_elsewhere_is_not_written_for_ever(desk: Desk) -> None:
    """A national number tells no country where no address does; the customer's completes it as it stands."""
    desk.call("country.country", "create", [{"name": "Germany", "code": "DE"}])
    party = desk.party("Uwe Baum", "Person", ("email", "uwe@baum.de"), ("phone", "0151 12353696"))
    place = {"address": "Allee 1", "zip": "10115", "city": "Berlin", "country": "Germany"}
    named = {"firstname": "Uwe", "lastname": "Baum", "email": "uwe@baum.de"}
    desk.contact(**named, **place, phone="+4915112353696")
    desk.staged.sync(3)
    shown = desk.tryton(party)
    assert (shown["phone"], shown["mobile"]) == ("0151 12353696", None)
    assert shown["address"]["country"] == "DE"
    assert desk.writes_of_a_sync() == NONE


def test_in_the_end_the_systems_agree_and_a_sync_sends_nothing(desk: Desk) -> None:
    known_to_both(desk, "Eva", "Slot", "612340010")
    desk.staged.sync(2)
    assert desk.writes_of_a_sync() == NONE
    assert agreement(desk.staged.hub).share == 1.0
