"""Debts that were paid, vendors' defaults, imported lists, national numbers, and what people answer."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from hub.flow.decide.answer import Reply, answer
from hub.model.keys import RecordKey
from hub.store.tables import ledger
from hub.views.disputes import disputes
from sandbox.moneybird.standin import ADMINISTRATION
from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import Seed, home, key, line, name, seed, shows, types, unattended, written_over
from tests.integration.stage import SHIPPED, Stage, staged


def owes(stage: Stage) -> set[float]:
    """What Sales and Support show that customer 1 owes; nothing is 0."""
    user = shows(stage, "zendesk")["user_fields"].get("overdue_balance")
    return {float(line(stage, "hubspot", "overdue_balance")[0] or 0), float(user or 0)}


def pay(stage: Stage, some: Seed) -> None:
    """The customer pays."""
    invoice = deepcopy(some["moneybird"]["sales_invoices"][0])
    invoice.update(state="paid", total_unpaid="0.0", paid_at="2026-03-02")
    invoice.update(updated_at="2026-03-02T10:45:00.000Z", version=int(invoice["version"]) + 5_000_000)
    stage.show("moneybird", {"sales_invoices": [invoice]})


@pytest.mark.parametrize("what", ["paid", "archived", "became a company"])
def test_a_debt_goes_when_it_is_paid_whatever_became_of_its_record(databases: Databases, what: str) -> None:
    some = seed(1)
    contact = f"/api/v2/{ADMINISTRATION}/contacts/{key('moneybird')}"
    with settled(databases, some, 2) as (stage, hub):
        assert owes(stage) == {125.0}
        if what == "archived":
            stage.ask("moneybird", "PATCH", f"{contact}/archive.json")
        if what == "became a company":
            types(stage, "moneybird", company_name="Babaca Klusbedrijf")
        hub.sync(2)
        pay(stage, some)
        hub.sync(3)
        assert owes(stage) == {0.0}


def test_a_fact_that_goes_is_nought_where_a_number_cannot_be_emptied(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        assert line(stage, "brevo", "OVERDUE_BALANCE") == (125.0,)
        contact = f"/api/v2/{ADMINISTRATION}/contacts/{key('moneybird')}"
        stage.ask("moneybird", "PATCH", f"{contact}/archive.json")
        hub.sync(2)
        assert hub.golden()[0].document.get("overdue_balance") is None
        assert shows(stage, "brevo")["OVERDUE_BALANCE"] == 0.0
        mark = stage.mark()
        assert hub.sync(2)["sent"] == 0 and stage.by_hub(mark) == []


def test_nobody_shows_nought_who_never_showed_a_debt(databases: Databases) -> None:
    with staged(seed(1, without=("moneybird",))) as stage:
        stage.hub(databases).sync(3)
        assert shows(stage, "brevo")["OVERDUE_BALANCE"] is None


def test_a_debt_is_never_shown_twice_when_its_record_becomes_a_company(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "moneybird", company_name="Babaca Klusbedrijf")
        hub.sync(2)
        owed = [one.document.get("overdue_balance") for one in hub.golden()]
        assert [one for one in owed if one and float(str(one))] == ["125.00"]


def _invoice(some: Seed, **told: object) -> None:
    some["moneybird"]["sales_invoices"][0].update(told)


@pytest.mark.parametrize(
    ("told", "owed"),
    [
        ({"currency": "USD", "total_unpaid": "125.00", "total_unpaid_base": "110.25"}, "110.25"),
        ({"state": "open", "due_date": "2026-03-01"}, "125.00"),
        ({"state": "reminded", "due_date": "2026-02-27"}, "125.00"),
    ],
    ids=["dollars", "open, past due", "reminded"],
)
def test_what_is_past_due_counts_in_the_currency_of_the_books(
    databases: Databases, told: dict[str, object], owed: str
) -> None:
    some = seed(1)
    _invoice(some, **told)
    with staged(some) as stage:
        stage.hub(databases).sync(2)
        assert owes(stage) == {float(owed)}


def test_debts_of_other_years_and_currencies_are_one_sum_in_that_of_the_books(databases: Databases) -> None:
    """Asked for no period, Moneybird's lists of invoices leave out other years, or they do not."""
    some = seed(1)
    (own,) = some["moneybird"]["sales_invoices"]
    old = {**own, "id": "9", "invoice_date": "2024-01-02", "due_date": "2024-02-01", "currency": "USD"}
    some["moneybird"]["sales_invoices"].append(old | {"total_unpaid": "1000.00"})
    with staged(some) as stage:
        stage.hub(databases).sync(2)
        assert owes(stage) == {125.0 + 900.0}


@pytest.mark.parametrize(
    "told",
    [
        {"state": "open", "due_date": "2026-04-01"},
        {"state": "paid", "total_unpaid": "0.0"},
        {"state": "draft"},
    ],
    ids=["not due", "paid", "draft"],
)
def test_what_is_not_past_due_is_no_debt(databases: Databases, told: dict[str, object]) -> None:
    some = seed(1)
    _invoice(some, **told)
    with staged(some) as stage:
        stage.hub(databases).sync(2)
        assert owes(stage) == {0.0}


def test_an_invoice_nobody_touches_becomes_a_debt_when_its_day_has_passed(databases: Databases) -> None:
    some = seed(1)
    _invoice(some, state="open", due_date="2026-03-05")
    with settled(databases, some, 2) as (stage, hub):
        assert owes(stage) == {0.0}
        stage.pass_time(timedelta(days=7))
        hub.sync(2)
        assert owes(stage) == {125.0}


def _german(without_user: bool = True) -> Seed:
    some = seed(1, 2, 3)
    some["hubspot"]["contacts"][0]["properties"]["hs_language"] = "de"
    some["brevo"]["contacts"][0]["attributes"]["LANGUAGE"] = "de"
    if without_user:
        some["zendesk"]["users"], some["zendesk"]["tickets"] = some["zendesk"]["users"][1:], []
    return some


def _languages(stage: Stage) -> tuple[Any, ...]:
    return *line(stage, "hubspot", "hs_language"), *line(stage, "brevo", "LANGUAGE")


def test_a_locale_a_vendor_fills_in_is_nobodys_language(databases: Databases) -> None:
    with settled(databases, _german(), 2) as (stage, hub):
        user = {"name": "Jan Babaca", "email": "p@klant1.nl", "role": "end-user"}
        stage.edit("zendesk", "users", None, user)
        unattended(hub, 2)
        assert _languages(stage) == ("de", "de")


def test_a_name_a_vendor_made_of_a_mailbox_is_nobodys_name(databases: Databases) -> None:
    some = _german()
    some["brevo"]["contacts"], some["moneybird"]["contacts"] = some["brevo"]["contacts"][1:], []
    with settled(databases, some, 2) as (stage, hub):
        asks = {"email": "p@klant1.nl", "name": "p@klant1.nl"}
        ticket = {"subject": "Kapot", "comment": {"body": "Stuk"}, "requester": asks}
        stage.ask("zendesk", "POST", "/api/v2/tickets", {"ticket": ticket})
        hub.sync(2)
        with hub.hub.store.read() as connection:
            rows = connection.execute(
                select(ledger.c.effect).where(ledger.c.field == "name", ledger.c.system == "zendesk")
            )
        assert rows.scalars().all() == ["filled"]
        (user,) = stage.connector(SHIPPED.systems["zendesk"]).find("users", "email", ["p@klant1.nl"]).values()
        assert user[0].data["name"] == "Jan Babaca"
        assert (name(stage, "hubspot"), *line(stage, "hubspot", "hs_language")) == ("Jan|Babaca", "de")
        assert line(stage, "hubspot", "open_tickets") == ("1",)


def test_a_locale_a_vendor_filled_in_long_ago_is_nobodys_language_either(databases: Databases) -> None:
    some = _german(without_user=False)
    some["zendesk"]["users"][0]["updated_at"] = "2026-03-01T10:00:00Z"
    with staged(some) as stage:
        stage.hub(databases).sync(2)
        assert _languages(stage) == ("de", "de")


def test_a_locale_somebody_chose_is_the_customers_language(databases: Databases) -> None:
    with settled(databases, _german(without_user=False), 2) as (stage, hub):
        types(stage, "zendesk", locale="fr")
        hub.sync(2)
        assert _languages(stage) == ("fr", "fr")


NEW = {"address": "Nieuwstraat 5", "zip": "5001 AB", "city": "Breda", "lastname": "Zonneveld"}
OLD = {
    "FIRSTNAME": "Jan",
    "LASTNAME": "Babaca",
    "STREET": "Plein 2",
    "POSTCODE": "1001 AB",
    "CITY": "Delft",
    "COUNTRY": "Nederland",
    "BIRTHDATE": "1950-02-07",
}


def test_an_imported_old_list_does_not_beat_a_correction(databases: Databases) -> None:
    some = seed(1, 2, 3)
    some["brevo"]["contacts"] = some["brevo"]["contacts"][1:]
    some["hubspot"]["contacts"][0]["properties"]["lifecyclestage"] = "lead"
    with settled(databases, some, 2) as (stage, hub):
        types(stage, "hubspot", 1, **NEW, date_of_birth="1951-01-01")
        hub.sync(2)
        stage.pass_time(timedelta(days=7))
        stage.edit("brevo", "contacts", None, {"email": "p@klant1.nl", "attributes": OLD})
        unattended(hub, 2)
        told = {**NEW, "date_of_birth": "1951-01-01"}
        shown = shows(stage, "hubspot")
        assert {one: shown[one] for one in told} == told
        assert name(stage, "moneybird") == "Jan|Zonneveld"
        assert home(stage, "moneybird") == "Nieuwstraat 5, 5001 AB, Breda"


def test_a_user_imported_with_an_old_name_does_not_beat_a_correction(databases: Databases) -> None:
    some = seed(1, 2, 3)
    some["zendesk"]["users"], some["zendesk"]["tickets"] = some["zendesk"]["users"][1:], []
    with settled(databases, some, 2) as (stage, hub):
        types(stage, "moneybird", lastname="Zonneveld")
        hub.sync(2)
        stage.pass_time(timedelta(days=7))
        user = {"name": "Jan Babaca", "email": "p@klant1.nl", "role": "end-user", "phone": "+31610000001"}
        stage.edit("zendesk", "users", None, user)
        unattended(hub, 2)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["Jan|Zonneveld"] * 3


def test_a_national_number_of_no_known_country_is_written_nowhere_until_one_is_known(
    databases: Databases,
) -> None:
    some = seed(1, without=("brevo", "moneybird"))
    properties = some["hubspot"]["contacts"][0]["properties"]
    properties.update(dict.fromkeys(("phone", "address", "zip", "city", "country")))
    some["zendesk"]["users"][0]["phone"] = "053 12 34 56"
    with settled(databases, some, 2) as (stage, hub):
        assert line(stage, "hubspot", "phone", "mobilephone") == ("", "")
        assert line(stage, "zendesk", "phone") == ("053 12 34 56",)
        types(stage, "hubspot", address="Vaart 7", zip="9000", city="Gent", country="Belgium")
        hub.sync(3)
        assert "+3253123456" in line(stage, "hubspot", "phone", "mobilephone")
        assert line(stage, "zendesk", "phone") == ("053 12 34 56",)


def test_a_national_mobile_number_is_read_by_the_only_likely_country_that_has_it(
    databases: Databases,
) -> None:
    some = seed(1, without=("brevo", "moneybird"))
    some["hubspot"]["contacts"][0]["properties"].update(
        dict.fromkeys(("phone", "address", "zip", "city", "country"))
    )
    some["zendesk"]["users"][0]["phone"] = "0475 12 34 56"
    with staged(some) as stage:
        stage.hub(databases).sync(2)
        assert "+32475123456" in line(stage, "hubspot", "phone", "mobilephone")


def _between_two(unit_rows: dict[str, str]) -> Seed:
    """Customer 1 in Sales and Finance alone, who do not agree."""
    some = seed(1, without=("brevo", "zendesk"))
    some["hubspot"]["contacts"][0]["properties"].update(unit_rows, lifecyclestage="lead")
    return some


def test_what_is_answered_travels_and_gives_way_to_a_later_edit(databases: Databases) -> None:
    some = _between_two({"date_of_birth": "1950-02-07", "lastname": "Zonneveld"})
    with settled(databases, some, 2) as (stage, hub):
        assert (name(stage, "hubspot"), name(stage, "moneybird")) == ("Jan|Zonneveld", "Jan|Babaca")
        (asked,) = disputes(hub.hub, field="name").questions
        assert (asked.unit, asked.owner) == ("family_name", "sales")
        (chosen,) = [one for one in asked.choices if one.value == {"family_name": "Babaca"}]
        record = RecordKey.parse(chosen.records[0])
        reply = Reply(asked.golden_id, "name", asked.unit, chosen.value, record)
        stage.pass_time(timedelta(minutes=1))
        answer(hub.hub, [reply], "an", "telephoned")
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Babaca"
        assert not disputes(hub.hub, field="name").questions
        types(stage, "hubspot", lastname="van der Meer")
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|van der Meer"


def test_an_answered_home_travels_whole(databases: Databases) -> None:
    told = {"address": "Nieuwstraat 5", "zip": "5001 AB", "city": "Breda"}
    with settled(databases, _between_two(told), 2) as (stage, hub):
        assert not written_over(stage)
        (asked,) = disputes(hub.hub, field="address").questions
        (chosen,) = [one for one in asked.choices if one.systems == ("hubspot",)]
        reply = Reply(
            asked.golden_id, "address", asked.unit, chosen.value, RecordKey.parse(chosen.records[0])
        )
        stage.pass_time(timedelta(minutes=1))
        answer(hub.hub, [reply], "an", "telephoned")
        hub.sync(2)
        assert home(stage, "hubspot") == home(stage, "moneybird") == "Nieuwstraat 5, 5001 AB, Breda"
