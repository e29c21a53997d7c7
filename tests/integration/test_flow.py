"""The whole loop against running systems: counts add up, any way gives one answer, and it comes to rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from connectors.errors import Transient
from hub.flow import verbs
from hub.flow.publish.agreement import Agreement, agreement
from hub.model.value import Value
from hub.store import due, plans, records, runs
from hub.store.runs import Counts
from sandbox.core.journal import Entry
from sandbox.people.population import population
from tests.databases import Databases
from tests.integration.boundary import DyingPull
from tests.integration.household import Customer, rows
from tests.integration.settled import settled
from tests.integration.stage import ROUND, SHIPPED, START, Stage, Staged, everybody, keys, staged

CUSTOMERS = 120
FACTS = {"open_tickets", "overdue_balance"}


@dataclass
class Story:
    """A first load, looked at and approved, and the rounds after it."""

    stage: Stage
    hub: Staged
    first: dict[str, Counts]
    before: Agreement
    after: Agreement
    load: list[Entry]
    rest: list[Entry]
    """What the hub wrote after its first load had been seen back."""


@pytest.fixture(scope="module")
def story(databases: Databases) -> Iterator[Story]:
    with staged(everybody(CUSTOMERS)) as stage:
        hub = stage.hub(databases, SHIPPED)
        first = hub.pull()
        before = agreement(hub.hub)
        hub.publish()
        load = stage.by_hub()
        hub.sync()
        mark = stage.mark()
        hub.sync(2)
        yield Story(stage, hub, first, before, agreement(hub.hub), load, stage.by_hub(mark))


def test_every_record_a_system_offers_ends_somewhere(story: Story) -> None:
    for system, counts in story.first.items():
        assert counts["offered"] == counts["landed"] + counts["unchanged"], system
        assert counts["records"] == counts["landed"], system
        ends = counts["admitted"] + counts["quarantined"] + counts["deleted"] + counts["not a customer"]
        assert ends == counts["records"] + counts["several"], system


def test_every_record_of_the_truth_is_in_exactly_one_golden_record(story: Story) -> None:
    truth = {
        f"{row.system}/{row.kind}/{row.key}" for row in population(CUSTOMERS, 1, START).truth if row.kind
    }
    members = [key for cluster in story.hub.clusters() for key in cluster]
    assert len(members) == len(set(members))
    assert truth <= set(members)
    made = {f"{one.system}/person/{one.key}" for one in story.load if one.action == "create"}
    assert set(members) == truth | made and made


def test_the_run_ledger_holds_the_counts_of_every_run(story: Story) -> None:
    with story.hub.hub.store.read() as connection:
        done = runs.recent(connection, 500)
    assert {one.state for one in done} == {"done"}
    pulled = [one for one in done if (one.verb, one.system) == ("pull", "brevo")]
    assert pulled[-1].counts["landed"] == story.first["brevo"]["landed"] > 0


def test_the_systems_agree_when_the_loop_has_run(story: Story) -> None:
    assert story.after.share >= 0.99 > story.before.share
    assert story.after.agree > 1000


def test_the_first_load_is_a_person_s_decision(story: Story) -> None:
    with story.hub.hub.store.read() as connection:
        approved = plans.holds(connection, "approved")
    assert {one.system for one in approved} == {one.system for one in story.load}
    assert all("first load" in one.reasons[0] for one in approved[:3])


def test_with_no_edits_nothing_is_sent(story: Story) -> None:
    assert keys(story.rest) == []


def test_no_record_is_changed_twice(story: Story) -> None:
    """One write a customer of a record: a Moneybird contact may hold a firm and a person.

    A Zendesk user's address is an identity of its own, so there it may be two.
    """
    changed = [one for one in story.load if one.action == "update" and (one.before or one.after)]
    updated = [
        (one.system, one.object, one.key, "lastname" in one.after or "firstname" in one.after)
        for one in changed
        if "email" not in one.after
    ]
    assert len(updated) > 100 and len(updated) == len(set(updated))


def test_a_golden_value_says_where_it_came_from(story: Story) -> None:
    for golden in story.hub.golden():
        for name in golden.document:
            origin = golden.provenance[name]
            candidates = [one for some in origin.get("candidates", {}).values() for one in some]
            sources = [key for one in candidates for key in one["from"]] or [origin["from"]]
            assert origin["rule"] and {one.split("/")[0] for one in sources} <= SHIPPED.systems.keys()


@dataclass
class Result:
    """What a hub knows, without ids and times."""

    clusters: set[frozenset[str]]
    documents: dict[frozenset[str], dict[str, Value]]
    origins: dict[frozenset[str], Any]


def known(hub: Staged) -> Result:
    """Everything a hub has made of what it pulled."""
    found = Result(hub.clusters(), {}, {})
    with hub.hub.store.read() as connection:
        every = {one.golden_id: one for one in hub.golden()}
        for golden_id, some in records.of_golden(connection, sorted(every)).items():
            members = frozenset(str(one.key) for one in some.values())
            found.documents[members] = dict(every[golden_id].document)
            found.origins[members] = _without_dates_of_facts(every[golden_id].provenance)
    return found


def _without_dates_of_facts(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """A count of other records is as old as the pull that first showed it."""
    kept = dict(provenance)
    for name in FACTS & kept.keys():
        kept[name] = {what: one for what, one in kept[name].items() if what != "at"}
    return kept


def test_page_by_page_and_half_by_half_is_the_same_as_all_at_once(databases: Databases) -> None:
    """Also provenance and times: what a person typed is dated by its system, not by when we came by."""
    with staged(everybody(60, seed=7)) as stage:
        whole = stage.hub(databases)
        whole.pull()
        pieces = stage.hub(databases, page_size="1")
        for system in reversed(pieces.systems):
            pieces.wrap[system] = lambda real: DyingPull(real, pages=9)
            with pytest.raises(Transient):
                verbs.pull(pieces.hub, system)
            del pieces.wrap[system]
            pieces.pull(system)
        once, again = known(whole), known(pieces)
        assert again.clusters == once.clusters
        assert again.documents == once.documents
        assert again.origins == once.origins


def test_reconciling_after_every_record_is_the_same_as_once(databases: Databases) -> None:
    with staged(everybody(25, seed=3)) as stage:
        whole = stage.hub(databases)
        whole.pull()
        pieces = stage.hub(databases, page_size="1")
        for system in pieces.systems:
            assert any(_is_whole(pieces, system) for _ in range(200))
        assert known(pieces) == known(whole)


def _is_whole(hub: Staged, system: str) -> bool:
    """Pull a few pages, admit and reconcile what came; whether the listing has ended."""
    hub.wrap[system] = lambda real: DyingPull(real, pages=8)
    try:
        hub.pull(system)
    except Transient:
        verbs.try_again(hub.hub, system)
        verbs.recompose(hub.hub)
        return False
    return True


def test_ids_stay_when_nothing_changes(story: Story) -> None:
    before = {one.golden_id: one.version for one in story.hub.golden()}
    story.hub.sync()
    assert {one.golden_id: one.version for one in story.hub.golden()} == before


def test_a_dead_system_stops_no_other_and_catches_up(databases: Databases) -> None:
    with settled(databases, everybody(30, seed=5), 2) as (stage, hub):
        contact = next(
            one for one in hub.records() if one.key.system == "hubspot" and one.key.kind == "person"
        )
        stage.fault("brevo", "down")
        stage.edit("hubspot", "contacts", contact.raw_key, {"properties": {"city": "Appelscha"}})
        stage.pass_time(ROUND)
        with pytest.raises(Transient):
            verbs.pull(hub.hub, "brevo")
        others = ["hubspot", "moneybird", "zendesk"]
        hub.pull(*others)
        hub.publish(*others)
        golden = hub.golden_of(str(contact.key))
        assert golden.document["address"]["city"] == "Appelscha"  # type: ignore[index,call-overload]
        with hub.hub.store.read() as connection:
            (failed,) = runs.recent(connection, 1, "pull", "brevo")
        assert failed.state == "failed" and failed.error and "Transient" in failed.error
        stage.fault("brevo", "ok")
        hub.sync(2)
        assert agreement(hub.hub).share >= 0.99
        mark = stage.mark()
        hub.sync()
        assert keys(stage.by_hub(mark)) == []


def test_a_deleted_record_keeps_its_value_in_golden_and_is_not_made_again(databases: Databases) -> None:
    one = Customer(1)
    with settled(databases, rows([one], []), 2) as (stage, hub):
        stage.ask("hubspot", "DELETE", f"/crm/v3/objects/contacts/{one.key('hubspot', 'person')}")
        verbs.keep(hub.hub, "hubspot")
        hub.sync(3)
        golden = hub.golden_of(one.record("zendesk", "person"))
        assert golden.document["journey_stage"] == "customer"
        assert golden.document["name"] == one.said("person")["name"]
        assert golden.systems == ("brevo", "moneybird", "zendesk")
        assert [entry for entry in stage.by_hub() if entry.action == "create"] == []
        with hub.hub.store.read() as connection:
            gone = records.by_key(connection, next(r.key for r in hub.records() if r.key.system == "hubspot"))
        assert gone is not None and gone.deleted


def test_a_no_goes_round_and_only_marketing_takes_it_back(databases: Databases) -> None:
    one = Customer(1)
    contact, brevo = one.key("hubspot", "person"), one.key("brevo", "person")
    with settled(databases, rows([one], []), 2) as (stage, hub):
        stage.edit("hubspot", "contacts", contact, {"properties": {"hs_email_optout": "true"}})
        hub.sync(2)
        assert _blacklisted(stage, brevo)
        stage.edit("hubspot", "contacts", contact, {"properties": {"hs_email_optout": "false"}})
        hub.sync(2)
        assert _blacklisted(stage, brevo)
        assert hub.golden_of(one.record("brevo", "person")).document["email_consent"] == "no"
        stage.edit("brevo", "contacts", brevo, {"emailBlacklisted": False})
        mark = stage.mark()
        hub.sync(2)
        assert "email_consent" not in hub.golden_of(one.record("brevo", "person")).document
        assert not _blacklisted(stage, brevo) and keys(stage.by_hub(mark)) == []


def _blacklisted(stage: Stage, key: str) -> bool:
    found = stage.connector(SHIPPED.systems["brevo"]).fetch("contacts", [key])
    return bool(found[key].data["emailBlacklisted"])


def test_what_the_hub_sees_back_is_no_new_evidence(databases: Databases) -> None:
    """Seeing a write back is reconciled, but compares nobody; nor does what tells nobody apart."""
    with settled(databases, rows([Customer(1), Customer(2)], []), 2) as (stage, hub):
        contact = Customer(1).key("hubspot", "person")
        stage.edit("hubspot", "contacts", contact, {"properties": {"city": "Appelscha"}})
        stage.pass_time(ROUND)
        hub.pull()
        hub.publish()
        stage.pass_time(ROUND)
        verbs.pull(hub.hub, "brevo")
        with hub.hub.store.read() as connection:
            assert len(due.unreconciled(connection)) == 1
            assert due.uncompared(connection) == {}
        stage.edit("hubspot", "contacts", contact, {"properties": {"lifecyclestage": "opportunity"}})
        stage.pass_time(ROUND)
        verbs.pull(hub.hub, "hubspot")
        with hub.hub.store.read() as connection:
            assert len(due.unreconciled(connection)) == 2
            assert due.uncompared(connection) == {}
        stage.edit("hubspot", "contacts", contact, {"properties": {"lastname": "Zonneveld"}})
        stage.pass_time(ROUND)
        verbs.pull(hub.hub, "hubspot")
        with hub.hub.store.read() as connection:
            assert len(due.uncompared(connection)) == 1
        hub.pull()
        with hub.hub.store.read() as connection:
            assert due.unreconciled(connection) == due.uncompared(connection) == {}
