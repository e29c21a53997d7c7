"""What people did counts: when they did it, over what, and what they refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.flow import verbs
from hub.flow.decide.decisions import decide
from hub.flow.decide.holds import decide_on, note_read, waiting_for
from hub.flow.errors import NotRead
from hub.model.radius import Guard
from hub.store import outbox, plans
from hub.views.disputes import disputes
from tests.databases import Databases
from tests.integration.settled import settled
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
    with settled(databases, seed(1), 2) as (stage, hub):
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
    with settled(databases, seed(1, without=("hubspot",)), 3) as (stage, hub):
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
    with settled(databases, seed(1), 3) as (stage, hub):
        types(stage, "hubspot", firstname="")
        stage.pass_time(ROUND)
        hub.pull()
        types(stage, "brevo", LASTNAME="Anders")
        hub.sync(3)
        assert [name(stage, one) for one in ("hubspot", "brevo", "moneybird")] == ["|Anders"] * 3


def test_an_edit_made_after_the_other_was_read_is_the_later_one(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "moneybird", 1, address1="Oudeweg 1", zipcode="1111 AA", city="Diemen")
        hub.sync()
        types(stage, "hubspot", 1, **TWO)
        hub.sync(2)
        assert home(stage, "moneybird") == "Havenkade 7, 9999 XA, Delfzijl"


def test_shortening_what_the_hub_wrote_is_an_edit(databases: Databases) -> None:
    """It was seen right after the write as it was sent; so a later difference is a person's."""
    with settled(databases, seed(1), 2) as (stage, hub):
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


@pytest.mark.parametrize("first", ["approved", "rejected"])
def test_what_is_rejected_for_a_system_stays_out_of_it_whichever_word_comes_first(
    databases: Databases, first: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, city="Breda")
        stage.pass_time(ROUND)
        hub.pull()
        for system in ("brevo", "moneybird"):
            verbs.prepare(hub.hub, system)
            with hub.hub.store.begin() as connection:
                plans.hold_ready(connection, system, "to be looked at", hub.now())
        for hold in (*_holds(hub, "brevo"), *_holds(hub, "moneybird")):
            note_read(hub.hub, [hold.id])
        words = [("brevo", True), ("moneybird", False)]
        for system, yes in words if first == "approved" else reversed(words):
            (one,) = decide_on(hub.hub, system, approve=yes, who="an", why="so said")
            assert one.changes == 1
        hub.sync(3)
        assert shows(stage, "brevo")["CITY"] == "Breda"
        assert _town(stage, 1) == "Delft"


def _town(stage: Stage, number: int) -> str:
    return shows(stage, "moneybird", key("moneybird", number))["city"] or ""


def test_a_refused_emptying_is_not_freed_by_another_edit(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
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


@pytest.mark.parametrize(
    ("place", "full", "there"),
    [("hs_language", "nl", "LANGUAGE"), ("city", "Delft", "CITY"), ("firstname", "Jan", "FIRSTNAME")],
)
def test_a_refused_emptying_is_freed_by_who_empties_it_again(
    databases: Databases, place: str, full: str, there: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, **{place: ""})
        stage.pass_time(ROUND)
        hub.pull()
        verbs.prepare(hub.hub, "brevo")
        with hub.hub.store.begin() as connection:
            plans.hold_ready(connection, "brevo", "to be looked at", hub.now())
        (hold,) = _holds(hub, "brevo")
        decide(hub.hub, hold.id, approve=False, who="an", why="we keep it")
        hub.sync(2)
        assert shows(stage, "brevo")[there] == full
        types(stage, "hubspot", 1, **{place: full})
        hub.sync(2)
        types(stage, "hubspot", 1, **{place: ""})
        hub.sync(3)
        assert not shows(stage, "brevo").get(there)


def test_what_is_emptied_in_a_record_the_hub_made_before_it_was_read_stays_empty(
    databases: Databases,
) -> None:
    some = seed(1)
    some["hubspot"]["contacts"] = []
    with settled(databases, some, 1) as (stage, hub):
        (made,) = [one.key for one in stage.by_hub(system="hubspot") if one.action == "create"]
        stage.pass_time(MINUTE)
        emptied = dict.fromkeys(("hs_language", "phone", "address", "zip", "city"), "")
        stage.edit("hubspot", "contacts", made, {"properties": emptied})
        hub.sync(3)
        found = shows(stage, "hubspot", made)
        assert not any(found[name] for name in emptied)


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
        except NotRead as error:
            assert "klantbeeld plan brevo" in str(error)
        else:
            raise AssertionError("nobody read this")
        (mark,) = {one.mark for one in waiting_for(hub.hub, "brevo")}
        with pytest.raises(NotRead, match="no longer what was read as 00000000"):
            decide_on(hub.hub, "brevo", approve=True, who="an", why="not this", mark="00000000")
        (word,) = decide_on(hub.hub, "brevo", approve=True, who="an", why="just this", mark=mark)
        assert word.changes == len(held)


def test_a_yes_typed_over_the_hub_s_no_before_the_next_pull_is_heard(databases: Databases) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "hubspot", 1, hs_email_optout="true")
        hub.sync()
        stage.pass_time(MINUTE)
        stage.edit("brevo", "contacts", key("brevo"), {"emailBlacklisted": False})
        hub.sync(2)
        assert "email_consent" not in hub.golden_of(f"brevo/person/{key('brevo')}").document


def test_a_no_said_again_after_a_yes_stands_though_nothing_else_was_ever_read(databases: Databases) -> None:
    """All within one round: a yes in Marketing, then in Sales a yes and, later, a no."""
    some = seed(1)
    some["brevo"]["contacts"][0]["emailBlacklisted"] = True
    some["hubspot"]["contacts"][0]["properties"]["hs_email_optout"] = "true"
    with settled(databases, some, 2) as (stage, hub):
        stage.edit("brevo", "contacts", key("brevo"), {"emailBlacklisted": False})
        for optout in ("false", "true"):
            stage.pass_time(2 * MINUTE)
            types(stage, "hubspot", 1, hs_email_optout=optout)
        hub.sync(2)
        assert hub.golden_of(f"brevo/person/{key('brevo')}").document["email_consent"] == "no"
        connector = stage.connector(UNJUDGED.systems["brevo"])
        assert connector.fetch("contacts", [key("brevo")])[key("brevo")].data["emailBlacklisted"] is True


@pytest.mark.parametrize(("system", "place"), [("brevo", "STREET"), ("hubspot", "address")])
@pytest.mark.parametrize(
    ("told", "line", "second"),
    [("Plein 2, bus 5", "Plein 2, bus 5", "bus 5"), ("Plein 2", "Plein 2", "")],
    ids=["put right", "taken away"],
)
def test_a_second_line_is_put_right_and_taken_away_where_it_stands_behind_the_first(
    databases: Databases, system: str, place: str, told: str, line: str, second: str
) -> None:
    with settled(databases, seed(1), 2) as (stage, hub):
        types(stage, "moneybird", 1, address2="bus 3")
        hub.sync(2)
        assert shows(stage, system)[place] == "Plein 2, bus 3"
        types(stage, system, 1, **{place: told})
        hub.sync(2)
        assert (shows(stage, "hubspot")["address"], shows(stage, "brevo")["STREET"]) == (line, line)
        found = shows(stage, "moneybird")
        assert (found["address1"], found["address2"] or "") == ("Plein 2", second)
