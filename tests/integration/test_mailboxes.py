"""A place that holds several addresses: the known one is the customer's, the others stay where they are."""

import pytest

from hub.store import outbox
from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import seed, shows, types
from tests.integration.stage import Staged, keys

PLACE = "send_invoices_to_email"


def _mails(hub: Staged) -> set[str]:
    return {
        str(one) for record in hub.records() if "emails" in record.rolls for one in record.elements("emails")
    }


def test_an_address_is_corrected_and_the_others_are_kept(databases: Databases) -> None:
    rows = seed(1)
    [contact] = rows["moneybird"]["contacts"]
    several = f"{contact['email']}, Admin@Kantoor.nl"
    contact |= {PLACE: several, "email": several}
    with settled(databases, rows, 3) as (stage, hub):
        assert shows(stage, "moneybird")[PLACE] == several
        types(stage, "hubspot", 1, email="nieuw@klant1.nl")
        hub.sync(2)
        assert shows(stage, "moneybird")[PLACE] == "nieuw@klant1.nl, Admin@Kantoor.nl"
        types(stage, "moneybird", 1, **{PLACE: "nieuw@klant1.nl,boekhouding@kantoor.nl"})
        mark = stage.mark()
        hub.sync(3)
        assert keys(stage.by_hub(mark)) == []
        assert "kantoor.nl" not in " ".join(_mails(hub)).casefold()
        types(stage, "hubspot", 1, email=None)
        hub.sync(2)
        assert shows(stage, "moneybird")[PLACE] == "nieuw@klant1.nl,boekhouding@kantoor.nl"
        with hub.hub.store.read() as connection:
            (refused,) = outbox.changes(connection, "moneybird", ["refused"])
        assert "take it out there by hand" in refused.message and "klant1" not in refused.message
        mark = stage.mark()
        hub.sync(2)
        assert keys(stage.by_hub(mark)) == []


@pytest.mark.parametrize(
    "now", ["boek@kantoor.nl,{}", "boek@kantoor.nl, {},c@d.nl", "a@b.nl,boek@kantoor.nl,{}"]
)
def test_another_address_put_in_front_is_nobody_s_correction(databases: Databases, now: str) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        mine, mark = shows(stage, "hubspot")["email"], stage.mark()
        types(stage, "moneybird", 1, **{PLACE: now.format(mine)})
        hub.sync(3)
        assert keys(stage.by_hub(mark)) == []
        assert "kantoor.nl" not in " ".join(_mails(hub))
        types(stage, "hubspot", 1, email="nieuw@klant1.nl")
        hub.sync(3)
        assert shows(stage, "moneybird")[PLACE] == now.format("nieuw@klant1.nl")
        assert shows(stage, "hubspot")["email"] == "nieuw@klant1.nl"
        types(stage, "moneybird", 1, **{PLACE: now.format("beter@klant1.nl")})
        hub.sync(3)
        assert shows(stage, "hubspot")["email"] == "beter@klant1.nl"


def test_of_two_that_change_places_the_known_one_stays_the_customer_s(databases: Databases) -> None:
    rows = seed(1)
    [contact] = rows["moneybird"]["contacts"]
    mine = contact["email"]
    contact |= {PLACE: f"{mine},boek@kantoor.nl", "email": f"{mine},boek@kantoor.nl"}
    with settled(databases, rows, 3) as (stage, hub):
        mark = stage.mark()
        types(stage, "moneybird", 1, **{PLACE: f"boek@kantoor.nl,{mine}"})
        hub.sync(3)
        assert keys(stage.by_hub(mark)) == []
        assert "kantoor.nl" not in " ".join(_mails(hub))


def test_the_customer_s_taken_out_makes_no_other_the_customer_s(databases: Databases) -> None:
    rows = seed(1)
    [contact] = rows["moneybird"]["contacts"]
    mine = contact["email"]
    contact |= {PLACE: f"{mine},Boek@Kantoor.nl", "email": f"{mine},Boek@Kantoor.nl"}
    with settled(databases, rows, 3) as (stage, hub):
        mark = stage.mark()
        types(stage, "moneybird", 1, **{PLACE: "boek@kantoor.nl"})
        hub.sync(3)
        assert keys(stage.by_hub(mark)) == []
        assert "kantoor.nl" not in " ".join(_mails(hub))
        assert shows(stage, "hubspot")["email"] == mine
        types(stage, "moneybird", 1, **{PLACE: "Boek2@kantoor.nl"})
        hub.sync(3)
        assert keys(stage.by_hub(mark)) == []
        types(stage, "moneybird", 1, **{PLACE: "boek2@kantoor.nl,nieuw@klant1.nl"})
        hub.sync(3)
        assert shows(stage, "hubspot")["email"] == "nieuw@klant1.nl"
