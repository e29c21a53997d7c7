"""What people did counts: when they did it, over what, and what they refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.contract import Receipt, Write
from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.flow.decide.holds import decide_on, note_read
from hub.flow.errors import NotFound
from hub.model.radius import Guard
from hub.store import ledger, outbox, plans
from hub.views.disputes import disputes
from tests.databases import Databases
from tests.integration.boundary import Around
from tests.integration.shown import home, key, name, seed, shows, types, unattended
from tests.integration.stage import ROUND, UNJUDGED, Stage, Staged, staged

MINUTE = timedelta(minutes=1)
_HOME = {"street": "Plein", "house_number": "2", "postal_code": "1001 AB", "country": "NL"}
TWO = {"address": "Havenkade 7", "zip": "9999 XA", "city": "Delfzijl"}


def _holds(hub: Staged, system: str) -> list[plans.Hold]:
    with hub.hub.store.read() as connection:
        return plans.holds(connection, system=system)


def test_an_older_edit_does_not_win_by_a_later_touch_of_its_record(databases: Databases) -> None:
    """Finance types a home, then Sales another; then Finance touches its record for something else."""
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "moneybird", 1, address1="Oudeweg 1", zipcode="1111 AA", city="Diemen")
        stage.pass_time(5 * MINUTE)
        types(stage, "hubspot", 1, **TWO)
        stage.pass_time(2 * MINUTE)
        types(stage, "moneybird", 1, phone="+31201234567")
        mark = stage.mark()
        hub.sync(2)
        assert home(stage, "hubspot") == "Havenkade 7, 9999 XA, Delfzijl"
        assert home(stage, "moneybird") == "Oudeweg 1, 1111 AA, Diemen"
        assert not [one for one in stage.by_hub(mark) if "address1" in one.after or "address" in one.after]
        assert home(stage, "brevo") == "Plein 2, 1001 AB, Delft"
        assert [one.field for one in disputes(hub.hub).questions] == ["address"]
        types(stage, "hubspot", 1, address="Havenkade 8")
        hub.sync(2)
        assert home(stage, "moneybird") == home(stage, "brevo") == "Havenkade 8, 9999 XA, Delfzijl"


def test_while_two_edits_are_asked_about_a_record_nobody_typed_in_stays_as_it_is(
    databases: Databases,
) -> None:
    with staged(seed(1, without=("hubspot",))) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
        (made,) = [one.raw_key for one in hub.records() if one.key.system == "hubspot"]
        types(stage, "moneybird", 1, address1="Oudeweg 1", zipcode="1111 AA", city="Diemen")
        types(stage, "brevo", 1, STREET="Havenkade 7", POSTCODE="9999 XA", CITY="Delfzijl")
        hub.sync(2)
        assert [one.field for one in disputes(hub.hub).questions] == ["address"]
        shown = shows(stage, "hubspot", made)
        assert [shown[one] for one in ("address", "zip", "city")] == ["Plein 2", "1001 AB", "Delft"]
        types(stage, "moneybird", 1, address1="Oudeweg 2")
        hub.sync(2)
        assert shows(stage, "hubspot", made)["address"] == "Oudeweg 2"


def test_what_stood_beside_an_edit_brings_back_nothing_that_was_emptied_before(databases: Databases) -> None:
    """Sales empties a given name; before the hub writes that in Brevo, somebody types a surname there."""
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
        types(stage, "hubspot", firstname="")
        stage.pass_time(ROUND)
        hub.pull()
        types(stage, "brevo", LASTNAME="Anders")
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["|Anders"] * 3


def test_an_edit_made_after_the_other_was_read_is_the_later_one(databases: Databases) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "moneybird", 1, address1="Oudeweg 1", zipcode="1111 AA", city="Diemen")
        hub.sync()
        types(stage, "hubspot", 1, **TWO)
        hub.sync(2)
        assert home(stage, "moneybird") == "Havenkade 7, 9999 XA, Delfzijl"


def test_shortening_what_the_hub_wrote_is_an_edit(databases: Databases) -> None:
    """It was seen right after the write as it was sent; so a later difference is a person's."""
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "hubspot", 1, city="Hengelo (Gld)")
        hub.sync()
        assert shows(stage, "moneybird")["city"] == "Hengelo (Gld)"
        types(stage, "moneybird", 1, city="Hengelo")
        hub.sync(3)
        assert shows(stage, "moneybird")["city"] == "Hengelo"
        (one,) = [it for it in hub.records() if it.key.system == "moneybird"]
        said = one.cells["address"].claim
        assert said is not None
        assert (said.how, said.value) == ("edit", {**_HOME, "city": "Hengelo"})


def test_values_emptied_one_a_day_s_hour_stop_as_a_flood_does(databases: Databases) -> None:
    guard = Guard(max_clears=2)
    few = replace(UNJUDGED, systems={n: replace(one, guard=guard) for n, one in UNJUDGED.systems.items()})
    with staged(seed(1, 2, 3, 4)) as stage:
        hub = stage.hub(databases, few)
        hub.sync(2)
        for number in (1, 2, 3):
            types(stage, "hubspot", number, city="")
            unattended(hub)
        assert [_town(stage, number) for number in (1, 2, 3)] == ["", "", "Delft"]
        (hold,) = _holds(hub, "moneybird")
        assert "address: 3 values would be emptied within a day, more than 2" in hold.reasons[0]
        types(stage, "hubspot", 3, hs_email_optout="true")
        types(stage, "moneybird", 3, phone="+31201234567")
        unattended(hub, 2)
        assert shows(stage, "zendesk", key("zendesk", 3))["phone"] == "+31201234567"
        assert [one.id for one in _holds(hub, "moneybird")] == [hold.id], "as it was read, it stays"
        assert decide(hub.hub, hold.id, approve=True, who="an", why="meant")
        unattended(hub, 2)
        assert _town(stage, 3) == ""
        assert not _holds(hub, "brevo"), "approved once, it does not count again that day"


def _town(stage: Stage, number: int) -> str:
    return shows(stage, "moneybird", key("moneybird", number))["city"] or ""


def test_a_refused_emptying_is_not_freed_by_another_edit(databases: Databases) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "hubspot", 1, hs_language="")
        stage.pass_time(ROUND)
        hub.pull()
        verbs.prepare(hub.hub, "brevo")
        with hub.hub.store.begin() as connection:
            plans.hold_ready(connection, "brevo", "to be looked at", hub.now())
        (hold,) = _holds(hub, "brevo")
        decide(hub.hub, hold.id, approve=False, who="an", why="we keep it")
        types(stage, "hubspot", 1, mobilephone="+31612000077")
        types(stage, "brevo", 1, CITY="Breda")
        hub.sync(3)
        assert shows(stage, "brevo")["LANGUAGE"] == "nl"
        types(stage, "hubspot", 1, hs_language="de")
        hub.sync(2)
        assert shows(stage, "brevo")["LANGUAGE"] == "de"


def test_of_a_system_only_what_was_read_is_released(databases: Databases) -> None:
    with staged(seed(1, 2)) as stage:
        hub = stage.hub(databases)
        hub.pull()
        verbs.publish(hub.hub, "brevo")
        (first,) = _holds(hub, "brevo")
        note_read(hub.hub, [first.id])
        types(stage, "hubspot", 1, lastname="Anders")
        unattended(hub)
        holds = _holds(hub, "brevo")
        unread = [one for one in holds if not one.read_at]
        assert unread, "what is other than it was read is asked about anew"
        decide_on(hub.hub, "brevo", approve=True, who="an", why="read")
        with hub.hub.store.read() as connection:
            held = outbox.changes(connection, "brevo", ["held"])
        assert {one.hold_id for one in held} == {one.id for one in unread}
        try:
            decide_on(hub.hub, "brevo", approve=True, who="an", why="not read")
        except NotFound as error:
            assert "klantbeeld plan brevo" in str(error)
        else:
            raise AssertionError("nobody read this")


def test_a_home_typed_between_look_and_write_is_never_mixed(databases: Databases) -> None:
    class Meanwhile(Around):
        typed = False

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if obj == "contacts" and not Meanwhile.typed and any("address1" in one.data for one in writes):
                Meanwhile.typed = True
                types(stage, "moneybird", 1, address1="Havenkade 7", zipcode="9999 XA", city="Delfzijl")
            return self.real.push(obj, writes)

    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        hub.wrap["moneybird"] = Meanwhile
        types(stage, "hubspot", 1, address="Markt 99")
        hub.sync(3)
        assert Meanwhile.typed
        homes = {system: home(stage, system) for system in ("hubspot", "moneybird", "brevo")}
        assert set(homes.values()) <= {"Markt 99, 1001 AB, Delft", "Havenkade 7, 9999 XA, Delfzijl"}, homes


def test_the_hub_never_waits_between_look_and_write(databases: Databases) -> None:
    """However small the limit: what is waited for is waited for before the look."""
    gaps: list[str] = []

    class Watched(Around):
        looked = ""

        def fetch(self, obj: str, keys: Sequence[str]):  # type: ignore[no-untyped-def]
            found = self.real.fetch(obj, keys)
            Watched.looked = hub.now()
            return found

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            done = self.real.push(obj, writes)
            if any(one.key for one in writes) and Watched.looked != hub.now():
                gaps.append(f"{Watched.looked} {hub.now()}")
            return done

    people = range(1, 31)
    with staged(seed(*people)) as stage:
        hub = stage.hub(databases, limit_factor="0.05")
        hub.sync(2)
        hub.wrap["moneybird"] = Watched
        for number in people:
            types(stage, "hubspot", number, city="Breda")
        hub.sync(2)
        assert all(shows(stage, "moneybird", key("moneybird", one))["city"] == "Breda" for one in people)
        assert not gaps


def test_what_was_typed_between_look_and_write_is_recovered_from_the_history(databases: Databases) -> None:
    """HubSpot keeps every value a property had: the edit stands again, and the ledger tells of it."""

    class Meanwhile(Around):
        typed = False

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if not Meanwhile.typed and writes and "lastname" in writes[0].data.get("properties", {}):
                Meanwhile.typed = True
                types(stage, "hubspot", 1, lastname="Dinges")
            return self.real.push(obj, writes)

    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        hub.wrap["hubspot"] = Meanwhile
        types(stage, "moneybird", 1, lastname="Zonneveld")
        hub.sync()
        assert Meanwhile.typed
        assert name(stage, "hubspot") == "Jan|Zonneveld"
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Jan|Dinges"
        with hub.hub.store.read() as connection:
            written = ledger.last(connection, "hubspot", "contacts", [key("hubspot")])
        assert written[key("hubspot"), "name"].after["family_name"] == "Dinges"


@pytest.mark.parametrize(
    ("system", "told", "back"),
    [
        ("hubspot", {"city": "Breda"}, ("moneybird", {"city": "Delft"})),
        ("hubspot", {"lastname": "Zonneveld"}, ("brevo", {"LASTNAME": "Babaca"})),
        ("moneybird", {"city": "Breda"}, ("hubspot", {"city": "Delft"})),
    ],
    ids=["a town", "a surname", "a town in Sales"],
)
def test_putting_back_what_the_hub_wrote_over_is_an_edit(
    databases: Databases, system: str, told: dict[str, str], back: tuple[str, dict[str, str]]
) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, system, 1, **told)
        hub.sync()
        stage.pass_time(5 * MINUTE)
        types(stage, back[0], 1, **back[1])
        hub.sync(2)
        assert home(stage, "hubspot") == home(stage, "moneybird") == "Plein 2, 1001 AB, Delft"
        assert name(stage, "hubspot") == name(stage, "brevo") == "Jan|Babaca"


def test_of_a_name_typed_whole_in_the_gap_the_part_that_was_written_over_is_recovered(
    databases: Databases,
) -> None:
    class Meanwhile(Around):
        typed = False

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if not Meanwhile.typed and writes and "lastname" in writes[0].data.get("properties", {}):
                Meanwhile.typed = True
                types(stage, "hubspot", 1, firstname="Piet", lastname="Dinges")
                stage.pass_time(timedelta(seconds=1))
            return self.real.push(obj, writes)

    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        hub.wrap["hubspot"] = Meanwhile
        types(stage, "moneybird", 1, lastname="Zonneveld")
        hub.sync()
        assert name(stage, "hubspot") == "Piet|Zonneveld"
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert name(stage, "hubspot") == name(stage, "moneybird") == "Piet|Dinges"


@pytest.mark.parametrize("minutes", [1, 40], ids=["before the next pull", "long after"])
def test_what_was_emptied_after_the_hub_wrote_it_and_put_back_was_not_typed_before_it(
    databases: Databases, minutes: int
) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "moneybird", 1, address1="Markt 1", zipcode="9999 XA", city="Breda")
        hub.sync()
        stage.pass_time(timedelta(seconds=8))
        types(stage, "hubspot", 1, city="")
        stage.pass_time(minutes * MINUTE)
        types(stage, "hubspot", 1, city="Breda")
        assert hub.pull()["hubspot"]["raced"] == 0
        types(stage, "moneybird", 1, address2="bus 4")
        hub.sync(2)
        assert home(stage, "hubspot") == "Markt 1, bus 4, 9999 XA, Breda"


def test_a_yes_typed_over_the_hub_s_no_before_the_next_pull_is_heard(databases: Databases) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        types(stage, "hubspot", 1, hs_email_optout="true")
        hub.sync()
        stage.pass_time(MINUTE)
        stage.edit("brevo", "contacts", key("brevo"), {"emailBlacklisted": False})
        hub.sync(2)
        assert "email_consent" not in hub.golden_of(f"brevo/person/{key('brevo')}").document


def test_a_street_typed_in_the_gap_beside_the_town_that_is_written_is_recovered(databases: Databases) -> None:
    class Meanwhile(Around):
        typed = False

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if not Meanwhile.typed and writes and "city" in writes[0].data.get("properties", {}):
                Meanwhile.typed = True
                types(stage, "hubspot", 1, address="Havenkade 7")
            return self.real.push(obj, writes)

    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        hub.wrap["hubspot"] = Meanwhile
        types(stage, "moneybird", 1, city="Breda")
        hub.sync()
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert home(stage, "hubspot").startswith("Havenkade 7, 1001 AB")


def test_a_home_typed_in_the_gap_with_the_very_town_that_is_written_is_recovered_whole(
    databases: Databases,
) -> None:
    class Meanwhile(Around):
        typed = False

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if not Meanwhile.typed and writes and "city" in writes[0].data.get("properties", {}):
                Meanwhile.typed = True
                types(stage, "hubspot", 1, address="Havenkade 7", zip="8888 XB", city="Breda")
                stage.pass_time(timedelta(seconds=1))
            return self.real.push(obj, writes)

    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        hub.wrap["hubspot"] = Meanwhile
        types(stage, "moneybird", 1, address1="Markt 1", zipcode="9999 XA", city="Breda")
        hub.sync()
        stage.pass_time(ROUND)
        assert hub.pull()["hubspot"]["raced"] == 1
        hub.sync(2)
        assert home(stage, "moneybird") == home(stage, "hubspot") == "Havenkade 7, 8888 XB, Breda"


def test_a_home_typed_in_the_gap_takes_no_second_line_that_was_written_beside_it(
    databases: Databases,
) -> None:
    class Meanwhile(Around):
        typed = False

        def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
            if not Meanwhile.typed and writes and "address2" in writes[0].data.get("properties", {}):
                Meanwhile.typed = True
                told = {"address": "Havenkade 7", "zip": "8888 XB", "city": "Breda"}
                stage.edit("hubspot", "companies", firm, {"properties": told})
                stage.pass_time(timedelta(seconds=1))
            return self.real.push(obj, writes)

    firm = key("hubspot", 1, "organisation")
    with staged(seed(firms=(1,))) as stage:
        hub = stage.hub(databases)
        hub.sync(2)
        hub.wrap["hubspot"] = Meanwhile
        stage.edit("moneybird", "contacts", key("moneybird", 1, "organisation"), {"address2": "bus 5"})
        hub.sync()
        assert Meanwhile.typed
        hub.sync(3)
        shown = shows(stage, "hubspot", firm, "companies")
        assert [shown[one] or "" for one in ("address", "address2", "city")] == ["Havenkade 7", "", "Breda"]
