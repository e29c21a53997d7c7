"""Sent and never heard of, killed on the way, or overtaken by a person: once, and nobody's word is lost."""

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from typing import Any

import pytest

from connectors.contract import RawRecord
from connectors.errors import Transient, Unsure
from hub.flow import verbs
from hub.flow.decide.decisions import decide, offer_again
from hub.flow.errors import PublishStopped
from hub.flow.publish.agreement import agreement
from hub.flow.publish.push import push
from hub.flow.sync import sync
from hub.model.keys import RecordKey
from hub.store import identity, outbox, plans, reads, records
from hub.store.identity import Judgement
from tests.databases import Databases
from tests.integration.boundary import Fault, Killed, LosingPush, RefusingPush, ShowingLate
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.stage import ROUND, SHIPPED, Stage, Staged, keys, staged

ONE = Customer(1)
CITY = {"properties": {"city": "Appelscha"}}


@pytest.fixture
def stage() -> Iterator[Stage]:
    """One person, known everywhere but in sales: the hub is to make a contact of them."""
    seeds: Any = rows([ONE], [])
    seeds["hubspot"]["contacts"] = []
    with staged(seeds) as running:
        yield running


def losing(hub: Staged, system: str, **how: Any) -> Fault:
    """From now on the next push to a system goes wrong."""
    fault = Fault(**how)
    hub.wrap[system] = lambda real: LosingPush(real, fault)
    return fault


def created(stage: Stage) -> list[str]:
    """Keys of the contacts the hub made in sales."""
    return [one.key for one in stage.by_hub(system="hubspot") if one.action == "create"]


def is_whole(stage: Stage, hub: Staged) -> None:
    """One contact, of the same customer, agreeing, and nobody's claim; and the loop is at rest."""
    (key,) = created(stage)
    golden = hub.golden_of(f"hubspot/person/{key}")
    assert golden.golden_id == hub.golden_of(ONE.record("zendesk", "person")).golden_id
    assert golden.systems == ("brevo", "hubspot", "moneybird", "zendesk")
    (mine,) = [one for one in hub.records() if one.key.system == "hubspot"]
    assert mine.authored() == {}
    assert mine.cells["name"].base == ONE.said("person")["name"] and mine.cells["name"].placed
    assert agreement(hub.hub).share == 1.0
    mark = stage.mark()
    hub.sync(2)
    assert keys(stage.by_hub(mark)) == []


def test_a_customer_is_created_once_and_comes_back_as_the_same_one(
    stage: Stage, databases: Databases
) -> None:
    hub = stage.hub(databases)
    hub.sync(3)
    is_whole(stage, hub)


@pytest.mark.parametrize("sends", [True, False], ids=["landed", "lost on the way"])
def test_a_creation_whose_answer_is_lost_happens_once(
    stage: Stage, databases: Databases, sends: bool
) -> None:
    hub = stage.hub(databases)
    fault = losing(hub, "hubspot", sends=sends, error=Unsure)
    hub.sync()
    assert len(fault.met) == 1 and len(created(stage)) == int(sends)
    hub.sync(4)
    is_whole(stage, hub)


@pytest.mark.parametrize("sends", [True, False], ids=["landed", "lost on the way"])
@pytest.mark.parametrize("pull_first", [True, False], ids=["pulled first", "published first"])
def test_a_creation_survives_a_kill_before_its_answer_is_stored(
    stage: Stage, databases: Databases, sends: bool, pull_first: bool
) -> None:
    hub = stage.hub(databases)
    losing(hub, "hubspot", sends=sends, error=Killed)
    stage.pass_time(ROUND)
    hub.pull()
    with pytest.raises(Killed):
        hub.publish()
    stage.pass_time(ROUND)
    if not pull_first:
        hub.publish()
    hub.sync(4)
    is_whole(stage, hub)


TWO = [Customer(1), Customer(2)]


@pytest.fixture
def pair() -> Iterator[Stage]:
    """Two people, both unknown in sales, who will turn out to be one."""
    seeds: Any = rows(TWO, [])
    seeds["hubspot"]["contacts"] = []
    with staged(seeds) as running:
        yield running


def turn_out_to_be_one(stage: Stage, hub: Staged) -> None:
    """A steward says so."""
    low, high = (RecordKey.parse(one.record("zendesk", "person")) for one in TWO)
    with hub.hub.store.begin() as connection:
        identity.judge(connection, Judgement(low, high, True, "an", "asked them", hub.now()))
        records.save(connection, filter(None, [records.by_key(connection, low)]))
    stage.pass_time(ROUND)
    verbs.recompose(hub.hub)
    assert len(hub.golden()) == 1


def test_what_is_held_for_a_customer_who_was_merged_away_is_not_sent(
    pair: Stage, databases: Databases
) -> None:
    hub = pair.hub(databases)
    hub.pull()
    assert verbs.prepare(hub.hub, "hubspot")["creates"] == 2
    turn_out_to_be_one(pair, hub)
    hub.publish("hubspot")
    assert len(created(pair)) == 1


def test_what_is_ready_for_a_customer_who_is_merged_away_meanwhile_is_not_sent(
    pair: Stage, databases: Databases
) -> None:
    hub = pair.hub(databases)
    hub.pull()
    verbs.prepare(hub.hub, "hubspot")
    hub.approve()
    turn_out_to_be_one(pair, hub)
    push(hub.hub, "hubspot")
    assert len(created(pair)) == 1
    hub.sync(3)
    assert len(created(pair)) == 1 and agreement(hub.hub).share == 1.0


def test_what_is_to_be_created_and_was_typed_in_meanwhile_is_not_created(
    stage: Stage, databases: Databases
) -> None:
    hub = stage.hub(databases)
    hub.pull()
    assert verbs.prepare(hub.hub, "hubspot")["creates"] == 1
    assert hub.approve() == 1
    said: Any = ONE.said("person")
    typed = {"firstname": said["name"]["given_name"], "lastname": said["name"]["family_name"]}
    typed |= {"mobilephone": said["phones"][0]}
    key = stage.edit("hubspot", "contacts", None, {"properties": typed})
    stage.pass_time(ROUND)
    hub.pull("hubspot")
    assert len(hub.golden()) == 1
    counts = push(hub.hub, "hubspot")
    assert (created(stage), counts["superseded"], counts["sent"]) == ([], 1, 0), counts
    assert "hubspot" in hub.golden_of(f"hubspot/person/{key}").systems


def test_what_was_created_for_a_customer_who_is_merged_away_is_the_other_one(
    pair: Stage, databases: Databases
) -> None:
    hub = pair.hub(databases)
    hub.pull()
    hub.publish("hubspot")
    assert len(created(pair)) == 2
    turn_out_to_be_one(pair, hub)
    hub.sync(2)
    assert len(created(pair)) == 2 and len(hub.golden()) == 1


@pytest.mark.parametrize(
    ("error", "sends"), [(Unsure, True), (Unsure, False), (Killed, True), (Killed, False), (Transient, False)]
)
def test_an_update_without_an_answer_arrives_and_is_no_edit(
    databases: Databases, error: type[Exception], sends: bool
) -> None:
    with settled(databases, rows([ONE], []), 3) as (stage, hub):
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), CITY)
        losing(hub, "moneybird", sends=sends, error=error)
        stage.pass_time(ROUND)
        hub.pull()
        with suppress(Killed, Transient):
            hub.publish()
        hub.sync(3)
        assert _city(stage, "moneybird", "contacts", "city") == "Appelscha"
        written = [one for one in stage.by_hub(system="moneybird") if one.after.get("city") == "Appelscha"]
        assert len(written) == 1
        claims = [str(one.key) for one in hub.records() if _claims_city(one.cells.get("address"))]
        assert claims == [ONE.record("hubspot", "person")]
        mark = stage.mark()
        hub.sync(2)
        assert keys(stage.by_hub(mark)) == [] and agreement(hub.hub).share == 1.0


def test_what_a_system_shows_late_is_accepted_and_done_when_a_pull_has_shown_it(databases: Databases) -> None:
    with settled(databases, rows([ONE], []), 3) as (stage, hub):
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), CITY)
        stage.pass_time(ROUND)
        hub.pull()
        before: dict[str, RawRecord] = {}
        hub.wrap["brevo"] = lambda real: ShowingLate(real, before)
        mark = stage.mark()
        hub.publish("brevo")
        assert _last_state(hub, "brevo") == "accepted"
        hub.publish("brevo")  # not seen so far, and not sent again
        assert _last_state(hub, "brevo") == "accepted"
        stage.pass_time(ROUND)
        hub.pull("brevo")
        hub.publish("brevo")
        assert _last_state(hub, "brevo") == "done"
        assert [one.object for one in stage.by_hub(mark, "brevo")] == ["contacts"]


def _last_state(hub: Staged, system: str) -> str:
    """What became of the last change that was sent."""
    states = ("accepted", "done", "ready", "sending", "unsure", "refused")
    with hub.hub.store.read() as connection:
        found = outbox.changes(connection, system, states, limit=None)
    return [one.state for one in found if one.data.get("attributes", {}).get("CITY") == "Appelscha"][-1]


def _claims_city(cell: Any) -> bool:
    return bool(cell and cell.claim and cell.claim.value and cell.claim.value["city"] == "Appelscha")


def _city(stage: Stage, system: str, obj: str, name: str) -> Any:
    key = ONE.key(system, "person")
    return stage.connector(SHIPPED.systems[system]).fetch(obj, [key])[key].data[name]


def test_a_person_who_is_faster_than_the_hub_is_not_written_over(databases: Databases) -> None:
    with settled(databases, rows([ONE], []), 3) as (stage, hub):
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), CITY)
        stage.pass_time(ROUND)
        hub.pull()
        verbs.prepare(hub.hub, "moneybird")
        stage.edit("moneybird", "contacts", ONE.key("moneybird", "person"), {"city": "Zierikzee"})
        hub.publish("moneybird")
        assert _city(stage, "moneybird", "contacts", "city") == "Zierikzee"
        hub.sync(3)
        assert _city(stage, "moneybird", "contacts", "city") == "Zierikzee"
        golden: Any = hub.golden_of(ONE.record("moneybird", "person")).document
        assert golden["address"]["city"] == "Zierikzee"
        assert agreement(hub.hub).share == 1.0


def test_a_rejected_plan_is_not_sent_and_a_newer_one_takes_its_place(databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        hub = stage.hub(databases)
        hub.pull()
        verbs.publish(hub.hub, "moneybird")
        with hub.hub.store.read() as connection:
            (one,) = plans.holds(connection, "open", "moneybird")
        number = decide(hub.hub, one.id, approve=False, who="an", why="not now")
        verbs.publish(hub.hub, "moneybird")
        assert number > 0 and keys(stage.by_hub()) == []
        with hub.hub.store.read() as connection:
            assert plans.holds(connection, "open", "moneybird") == []


def test_what_was_rejected_is_not_proposed_again_until_somebody_says_so(databases: Databases) -> None:
    with staged(rows([ONE], [])) as stage:
        hub = stage.hub(databases)
        hub.pull()
        rejected = _proposed(hub)
        with hub.hub.store.read() as connection:
            held = plans.holds(connection, "open", "moneybird")
        for one in held:
            decide(hub.hub, one.id, approve=False, who="an", why="not now")
        verbs.audit(hub.hub)
        assert rejected and _proposed(hub) == 0
        assert offer_again(hub.hub, "moneybird") == rejected
        assert _proposed(hub) == rejected


def _reject(hub: Staged, system: str) -> None:
    """A person rejects all that is planned for a system."""
    verbs.prepare(hub.hub, system)
    with hub.hub.store.begin() as connection:
        plans.hold_ready(connection, system, "to be looked at", hub.now())
        waiting = plans.holds(connection, system=system)
    assert sum(decide(hub.hub, one.id, approve=False, who="an", why="no") for one in waiting)


def test_what_changes_beside_it_does_not_free_what_was_rejected(databases: Databases) -> None:
    with settled(databases, rows([ONE], []), 3) as (stage, hub):
        wrong: Any = {"properties": {"lastname": "Fout"}}
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), wrong)
        stage.edit("zendesk", "users", ONE.key("zendesk", "person"), {"phone": "+31201111111"})
        stage.pass_time(ROUND)
        hub.pull()
        _reject(hub, "brevo")
        _reject(hub, "hubspot")
        hub.sync()
        stage.edit("moneybird", "contacts", ONE.key("moneybird", "person"), {"firstname": "Piet"})
        number = {"attributes": {"SMS": "31612345999"}}
        stage.edit("brevo", "contacts", ONE.key("brevo", "person"), number)
        hub.sync(2)
        told: Any = _city(stage, "brevo", "contacts", "attributes")
        own: Any = ONE.said("person")["name"]
        assert (told["FIRSTNAME"], told["LASTNAME"]) == ("Piet", own["family_name"])
        sold: Any = _city(stage, "hubspot", "contacts", "properties")
        numbers = {sold["phone"], sold["mobilephone"]}
        assert "+31612345999" in numbers and "+31201111111" not in numbers
        for typed in ("Anders", "Fout"):
            stage.edit("moneybird", "contacts", ONE.key("moneybird", "person"), {"lastname": typed})
            hub.sync(2)
        told = _city(stage, "brevo", "contacts", "attributes")
        assert told["LASTNAME"] == "Fout", "somebody typed that very name after it was rejected"


def _proposed(hub: Staged) -> int:
    return verbs.prepare(hub.hub, "moneybird")["planned"]


def test_a_system_that_refuses_most_of_a_wave_stops_it_and_the_rest_waits(databases: Databases) -> None:
    people = [Customer(number) for number in range(1, 41)]
    with staged(rows(people, []), provisioned=False) as stage:
        hub = stage.hub(databases)
        hub.pull()
        verbs.prepare(hub.hub, "zendesk")
        with hub.hub.store.read() as connection:
            held = plans.holds(connection, "open", "zendesk")
        for one in held:
            decide(hub.hub, one.id, approve=True, who="an", why="looked at")
        hub.wrap["zendesk"] = RefusingPush
        with pytest.raises(PublishStopped, match="were refused"):
            verbs.publish(hub.hub, "zendesk")
        with hub.hub.store.read() as connection:
            held = plans.holds(connection, "open", "zendesk")
            assert held and not outbox.changes(connection, "zendesk", ["ready"])
        for one in held:
            decide(hub.hub, one.id, approve=True, who="an", why="looked at")
        (round_,) = sync(hub.hub, ["zendesk"], lambda _: nullcontext()).systems
        assert round_.state == "stopped" and "were refused" in round_.error
        assert keys(stage.by_hub()) == []


def test_every_write_is_in_the_ledger_with_what_stood_there(databases: Databases) -> None:
    with settled(databases, rows([ONE], []), 2) as (stage, hub):
        stage.edit("hubspot", "contacts", ONE.key("hubspot", "person"), CITY)
        hub.sync()
        with hub.hub.store.read() as connection:
            key = ONE.key("moneybird", "person")
            mine = records.by_raw(connection, "moneybird", "contacts", [key])[key]
            ids = records.ids(connection, [one.key for one in mine]).values()
            last = reads.entries(connection, "moneybird", "contacts", [key], list(ids), 10)[0]
        assert (last.field, last.status) == ("address", "done")
        assert (last.before["city"], last.after["city"]) == ("Delft", "Appelscha")
