"""A mailbox that holds several addresses: the first is the customer's, the others stay where they are."""

from hub.store import outbox
from tests.databases import Databases
from tests.integration.shown import seed, shows, types
from tests.integration.stage import Staged, keys, staged

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
    with staged(rows) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
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
