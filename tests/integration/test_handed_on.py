"""Values that no two records may share, handed on: right everywhere within two syncs."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from connectors.contract import Receipt, Write
from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.model.radius import Guard
from hub.store import plans
from tests.databases import Databases
from tests.integration.boundary import Around, Killed
from tests.integration.household import Customer
from tests.integration.settled import settled
from tests.integration.shown import OBJECT, key, seed, shows, types, unattended
from tests.integration.stage import ROUND, SHIPPED, UNJUDGED, Stage, staged

FOUR = ("hubspot", "brevo", "zendesk", "moneybird")


def _email(stage: Stage, system: str, number: int) -> str:
    found = stage.connector(SHIPPED.systems[system]).fetch(OBJECT[system], [key(system, number)])
    data = found[key(system, number)].data
    return str((data.get("properties") or data)["email"])


@pytest.mark.parametrize(
    "typed",
    [
        ((3, "p@klant9.nl"), (2, "p@klant3.nl"), (1, "p@klant2.nl")),
        ((1, "tmp@klant8.nl"), (2, "p@klant1.nl"), (1, "p@klant2.nl")),
        ((1, "tmp@klant8.nl"), (3, "p@klant1.nl"), (2, "p@klant3.nl"), (1, "p@klant2.nl")),
    ],
    ids=["a chain", "two swapped", "three in a circle"],
)
def test_mailboxes_are_right_everywhere_two_syncs_later(
    databases: Databases, typed: tuple[tuple[int, str], ...]
) -> None:
    with settled(databases, seed(1, 2, 3), 3) as (stage, hub):
        for number, mail in typed:
            types(stage, "hubspot", number, email=mail)
        hub.sync(2)
        right = [_email(stage, "hubspot", number) for number in (1, 2, 3)]
        for system in FOUR:
            assert [_email(stage, system, number) for number in (1, 2, 3)] == right, system
        assert hub.sync()["sent"] == 0


def test_a_swap_is_not_given_up_for_what_is_refused_beside_it(databases: Databases) -> None:
    """Brevo empties no numbers: a count of tickets that is gone must not cost anybody his mailbox."""
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        for number, mail in ((1, "tmp@klant8.nl"), (2, "p@klant1.nl"), (1, "p@klant2.nl")):
            types(stage, "hubspot", number, email=mail)
        stage.ask("zendesk", "DELETE", f"/api/v2/users/{key('zendesk', 2)}")
        hub.sync(2)
        assert [_email(stage, "brevo", number) for number in (1, 2)] == ["p@klant2.nl", "p@klant1.nl"]


def _exchanged(stage: Stage, firms: Sequence[Customer]) -> list[str]:
    """Finance exchanges the names of two firms; what they were."""
    names = [str(one.said("organisation")["legal_name"]) for one in firms]
    for one, name in zip(firms, reversed(names), strict=True):
        stage.edit("moneybird", "contacts", one.key("moneybird", "organisation"), {"company_name": name})
    return names


def test_firms_exchange_their_names(databases: Databases) -> None:
    firms = (Customer(1), Customer(2))
    with settled(databases, seed(firms=(1, 2)), 3) as (stage, hub):
        names = _exchanged(stage, firms)
        hub.sync(3)
        shown = [
            shows(stage, "zendesk", one.key("zendesk", "organisation"), "organizations")["name"]
            for one in firms
        ]
        assert shown == names[::-1]


def test_organisations_known_by_name_alone_go_with_the_name_they_have_now(databases: Databases) -> None:
    """Ticketing exchanges the names of two: each is the firm it is called, and neither joins the other."""
    ones = [Customer(number).key("zendesk", "organisation") for number in (1, 2)]
    with settled(databases, seed(firms=(1, 2)), 3) as (stage, hub):
        first, second = (shows(stage, "zendesk", one, "organizations")["name"] for one in ones)
        for one, name in ((ones[0], "Tijdelijk"), (ones[1], first), (ones[0], second)):
            stage.edit("zendesk", "organizations", one, {"name": name})
        hub.sync(3)
        found = {len(one) for one in hub.clusters()}
        assert found == {3}
        assert [shows(stage, "zendesk", one, "organizations")["name"] for one in ones] == [second, first]


def test_a_firm_s_name_typed_over_another_s_moves_nobody(databases: Databases) -> None:
    """Finance decides how a firm is called: Sales's name is put back, and Ticketing's stay its own."""
    with settled(databases, seed(firms=(1, 2)), 3) as (stage, hub):
        before = hub.clusters()
        first, second = (Customer(number).key("hubspot", "organisation") for number in (1, 2))
        name = shows(stage, "hubspot", second, "companies")["name"]
        stage.edit("hubspot", "companies", first, {"properties": {"name": name}})
        hub.sync(3)
        assert hub.clusters() == before
        assert shows(stage, "hubspot", first, "companies")["name"] != name


def test_what_was_refused_because_another_had_it_is_offered_when_it_is_free(databases: Databases) -> None:
    """Contact 2 shares the mobile of contact 1, where numbers are unique; then 1 gets another."""
    with settled(databases, seed(1, 2), 2) as (stage, hub):
        types(stage, "brevo", 2, SMS="")
        hub.sync(2)
        types(stage, "hubspot", 2, phone="+31610000001")
        hub.sync(3)
        assert not shows(stage, "brevo", key("brevo", 2)).get("SMS")
        types(stage, "brevo", 1, SMS="31612000009")
        hub.sync(3)
        assert shows(stage, "brevo", key("brevo", 2)).get("SMS") == "31610000001"


@pytest.mark.parametrize("how", ["deleted", "another address"])
def test_what_was_refused_because_somebody_never_admitted_had_it_is_offered_when_it_is_free(
    databases: Databases, how: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        nameless = stage.edit("brevo", "contacts", None, {"email": "nieuw@klant1.nl"})
        hub.sync()
        types(stage, "hubspot", 1, email="nieuw@klant1.nl")
        hub.sync(2)
        assert _email(stage, "brevo", 1) == "p@klant1.nl"
        if how == "deleted":
            stage.ask("brevo", "DELETE", f"/v3/contacts/{nameless}")
        else:
            stage.edit("brevo", "contacts", nameless, {"email": "anders@elders.nl"})
        stage.pass_time(ROUND)
        verbs.keep(hub.hub, "brevo")
        hub.sync(2)
        assert _email(stage, "brevo", 1) == "nieuw@klant1.nl"


def test_what_was_parked_in_vain_shows_again_what_it_showed(databases: Databases) -> None:
    class Refusing(Around):
        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            refused = [
                one for one in writes if one.data.get("email") == "p@klant1.nl" and one.key == key("brevo", 2)
            ]
            if refused:
                return [Receipt(one.ref, "refused", one.key, message="no") for one in writes]
            return self.real.push(obj, writes)

    with settled(databases, seed(1, 2), 2) as (stage, hub):
        hub.wrap["brevo"] = Refusing
        for number, mail in ((1, "tmp@klant8.nl"), (2, "p@klant1.nl"), (1, "p@klant2.nl")):
            types(stage, "hubspot", number, email=mail)
        hub.sync(3)
        assert [_email(stage, "brevo", number) for number in (1, 2)] == ["p@klant1.nl", "p@klant2.nl"]


def test_a_chain_waits_as_one_and_goes_as_one(databases: Databases) -> None:
    """One link alone is beyond a limit: taken without it, a mailbox would be refused."""
    guard = Guard(max_changes=2)
    systems = {name: replace(one, guard=guard) for name, one in UNJUDGED.systems.items()}
    with staged(seed(1, 2, 3, 4)) as stage:
        hub = stage.hub(databases, replace(UNJUDGED, systems=systems))
        hub.sync(3)
        for number, mail in ((3, "p@klant9.nl"), (2, "p@klant3.nl"), (1, "p@klant2.nl")):
            types(stage, "hubspot", number, email=mail)
        mark = stage.mark()
        unattended(hub, 2)
        assert not stage.by_hub(mark, "brevo")
        hub.sync(2)
        assert [_email(stage, "brevo", number) for number in (1, 2, 3)] == [
            "p@klant2.nl",
            "p@klant3.nl",
            "p@klant9.nl",
        ]


def test_a_swap_approved_for_one_system_is_not_torn_in_another(databases: Databases) -> None:
    with settled(databases, seed(1, 2), 3) as (stage, hub):
        for number, mail in ((1, "tmp@klant8.nl"), (2, "p@klant1.nl"), (1, "p@klant2.nl")):
            types(stage, "hubspot", number, email=mail)
        types(stage, "moneybird", 2, city="Breda")
        stage.pass_time(ROUND)
        hub.pull()
        for system in ("zendesk", "brevo"):
            verbs.prepare(hub.hub, system)
            with hub.hub.store.begin() as connection:
                plans.hold_ready(connection, system, "to be read", hub.hub.now())
        for system, number in (("zendesk", 2), ("brevo", 3)):  # of Brevo the town is a change of its own
            with hub.hub.store.read() as connection:
                held = [one.id for one in plans.holds(connection) if one.system == system]
            assert sum(decide(hub.hub, one, approve=True, who="an", why="read") for one in held) == number
        hub.sync(3)
        for one in FOUR:
            assert [_email(stage, one, number) for number in (1, 2)] == ["p@klant2.nl", "p@klant1.nl"], one


@pytest.mark.parametrize("system", ["brevo", "zendesk"])
def test_a_swap_that_was_cut_short_is_right_two_syncs_later(databases: Databases, system: str) -> None:
    class Cut(Around):
        pushed = 0

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if obj in ("contacts", "users") and any("email" in one.data for one in writes):
                Cut.pushed += 1
                if Cut.pushed == 2:
                    raise Killed
            return self.real.push(obj, writes)

    with settled(databases, seed(1, 2), 3) as (stage, hub):
        for number, mail in ((1, "tmp@klant8.nl"), (2, "p@klant1.nl"), (1, "p@klant2.nl")):
            types(stage, "hubspot", number, email=mail)
        stage.pass_time(ROUND)
        hub.pull()
        hub.wrap[system] = Cut
        with pytest.raises(Killed):
            hub.publish()
        del hub.wrap[system]
        assert Cut.pushed == 2
        hub.sync(2)
        for one in FOUR:
            assert [_email(stage, one, number) for number in (1, 2)] == ["p@klant2.nl", "p@klant1.nl"], one


def test_firms_of_whom_one_was_parked_when_the_process_died_are_right_one_sync_later(
    databases: Databases,
) -> None:
    class Cut(Around):
        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            receipts = self.real.push(obj, writes)
            if obj == "organizations":
                raise Killed
            return receipts

    ones = [Customer(number) for number in (1, 2)]
    with settled(databases, seed(firms=(1, 2)), 3) as (stage, hub):
        names = _exchanged(stage, ones)
        stage.pass_time(ROUND)
        hub.pull()
        hub.wrap["zendesk"] = Cut
        with pytest.raises(Killed):
            hub.publish()
        del hub.wrap["zendesk"]
        keys = [one.key("zendesk", "organisation") for one in ones]
        assert "parked" in shows(stage, "zendesk", keys[0], "organizations")["name"]
        hub.sync()
        assert [shows(stage, "zendesk", one, "organizations")["name"] for one in keys] == names[::-1]


def test_a_no_is_written_with_the_mailbox_it_goes_with(databases: Databases) -> None:
    some = seed(1, 2)
    some["brevo"]["contacts"][0]["emailBlacklisted"] = True
    with settled(databases, some, 3) as (stage, hub):
        types(stage, "hubspot", 1, email="p@elders.nl")
        types(stage, "hubspot", 2, email="p@klant1.nl")
        mark = stage.mark()
        hub.sync(1)
        (taken,) = [one for one in stage.by_hub(mark, "brevo") if one.after.get("email") == "p@klant1.nl"]
        assert taken.after["emailBlacklisted"] is True
        assert (
            stage.connector(SHIPPED.systems["brevo"]).fetch("contacts", ["11"])["11"].data["emailBlacklisted"]
        )
