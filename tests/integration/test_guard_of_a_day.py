"""The guard over a plan and a day: what of it waits for a person, and that nothing else does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from hub.flow.hub import Hub
from hub.flow.publish.judge import judge
from hub.golden.record import SourceRecord
from hub.model.keys import RecordKey
from hub.publish.effect import Effect
from hub.store import ledger, outbox, plans, records
from hub.store.change import Change
from hub.store.plans import Hold
from hub.store.runs import Counts
from tests.databases import Databases
from tests.integration.people import hub_with_nothing
from tests.unit.said import at

NOW = 2 * 86_400
GUARD = {"max_clears": 3, "max_poorer": 3, "max_replaced": 3, "max_edits": 3, "max_facts": 3}
GUARD |= {"max_changes": 8, "max_creates": 2}
Told = Mapping[str, Effect]


@pytest.fixture
def hub(databases: Databases) -> Iterator[Hub]:
    """A hub that knows 100 of Brevo's contacts, and once let something go to each system."""
    with hub_with_nothing(databases) as one:
        one = replace(one, now=lambda: at(NOW))
        with one.store.begin() as connection:
            some = [RecordKey("brevo", "person", str(number)) for number in range(100)]
            records.save(connection, [SourceRecord(key, "contacts", key.key) for key in some])
        for system in ("brevo", "hubspot"):
            sent(one, [{"language": "filled"}], system=system, seconds=0)
        yield one


def change(number: int, told: Told, system: str = "brevo", action: str = "update") -> Change:
    """What is planned for one customer."""
    fields: dict[str, dict[str, Any]] = {
        name: {"before": "x", "after": "y", "data": {}, "effect": effect} for name, effect in told.items()
    }
    key = str(number) if action == "update" else None
    row = number if action == "update" else None
    return Change(
        f"{system}-{number}-{len(told)}-{id(told)}",
        system,
        "contacts",
        f"g{number}",
        row,
        key,
        action,
        fields,
        {},
    )


def drafted(hub: Hub, some: Sequence[Change], plan_id: str = "plan") -> None:
    """A plan of these changes that no guard has seen."""
    with hub.store.begin() as connection:
        plans.add_plan(connection, plan_id, some[0].system, hub.now(), "run")
        outbox.add_changes(connection, plan_id, [replace(one, state="draft") for one in some], hub.now())


def planned(
    hub: Hub, *told: Told, start: int = 0, system: str = "brevo", more: Sequence[Change] = ()
) -> Counts:
    """A plan for so many customers, judged."""
    some = [*(change(start + number, one, system) for number, one in enumerate(told)), *more]
    plan_id = f"plan-{system}-{start}"
    drafted(hub, some, plan_id)
    mapping = hub.mapping(system)
    guarded = replace(mapping, guard=replace(mapping.guard, **GUARD))
    return judge(hub, guarded, plan_id, Counts(changes=len(some), creates=0, clears=0, waited=0))


def sent(hub: Hub, told: Sequence[Told], *, seconds: int, start: int = 0, system: str = "brevo") -> None:
    """What was written at a second, whoever approved it or nobody."""
    some = [change(start + number, one, system) for number, one in enumerate(told)]
    with hub.store.begin() as connection:
        plans.add_plan(connection, f"sent-{system}-{seconds}-{start}", system, at(seconds), "run")
        outbox.add_changes(connection, f"sent-{system}-{seconds}-{start}", some, at(seconds))
        outbox.mark(connection, [one.id for one in some], "sending", at(seconds))
        outbox.mark(connection, [one.id for one in some], "done", at(seconds))
        ledger.enter(connection, [(one, one.raw_key or "", "done") for one in some], at(seconds))


def stand(hub: Hub, state: str, system: str = "brevo") -> list[dict[str, str]]:
    """Field → effect, of each change in a state."""
    with hub.store.read() as connection:
        found = outbox.changes(connection, system, [state], limit=None)
    told = [{name: both["effect"] for name, both in one.fields.items()} for one in found]
    return sorted(told, key=lambda one: (sorted(one), sorted(one.values())))


def held(hub: Hub, system: str = "brevo") -> list[Hold]:
    """What waits for a person."""
    with hub.store.read() as connection:
        return plans.holds(connection, "open", system)


def approve(hub: Hub, system: str, seconds: int = NOW) -> list[Change]:
    """A person lets everything go that is held."""
    let: list[Change] = []
    for one in held(hub, system):
        with hub.store.begin() as connection:
            let += plans.held_by(connection, one.id)
            plans.decide(connection, one.id, "approved", "an", "looked at", at(seconds))
    return let


def written(hub: Hub, some: Sequence[Change]) -> None:
    """These changes go out."""
    with hub.store.begin() as connection:
        outbox.mark(connection, [one.id for one in some], "done", hub.now())
        ledger.enter(connection, [(one, one.raw_key or "", "done") for one in some], hub.now())


EMPTIED: Told = {"phones": "emptied"}
FILLED: Told = {"name": "filled"}
FACT: Told = {"open_tickets": "fact"}
LESS: Told = {"phones": "emptied", "name": "poorer"}
CONSENT: Told = {"email_consent": "filled"}


def test_at_the_limit_nothing_waits(hub: Hub) -> None:
    assert planned(hub, *[EMPTIED] * 3)["held"] == 0
    assert stand(hub, "ready") == [EMPTIED] * 3


def test_a_limit_holds_that_field_and_what_is_done_to_it_and_lets_the_rest_go(hub: Hub) -> None:
    both: Told = {"phones": "emptied", "name": "edited"}
    told = [*[both] * 3, EMPTIED]
    assert planned(hub, *told, {"phones": "filled"}, {"phones": "edited"})["held"] == 4
    assert stand(hub, "held") == [EMPTIED] * 4
    rest = [{"phones": "edited"}, {"phones": "filled"}]
    assert stand(hub, "ready") == [{"name": "edited"}] * 3 + rest
    (one,) = held(hub)
    assert one.reasons == ("phones: 4 values would be emptied within a day, more than 3",)


def test_each_field_beyond_its_limit_is_a_question_of_its_own(hub: Hub) -> None:
    planned(hub, *[LESS] * 4)
    assert sorted(one.reasons[0].split(":")[0] for one in held(hub)) == ["name", "phones"]
    assert stand(hub, "held") == [{"name": "poorer"}] * 4 + [EMPTIED] * 4
    assert stand(hub, "ready") == []


def test_what_was_sent_today_counts_and_what_was_sent_before_does_not(hub: Hub) -> None:
    sent(hub, [EMPTIED] * 3, seconds=NOW - 86_401, start=20)
    assert planned(hub, EMPTIED, EMPTIED)["held"] == 0
    sent(hub, [EMPTIED] * 2, seconds=NOW - 60, start=40)
    assert planned(hub, EMPTIED, EMPTIED, start=60)["held"] == 2


def test_what_was_sent_to_another_system_does_not_count_here(hub: Hub) -> None:
    sent(hub, [EMPTIED] * 3, seconds=NOW - 60, start=20, system="hubspot")
    assert planned(hub, EMPTIED)["held"] == 0


def test_the_first_load_waits_as_a_whole_consent_and_facts_too(databases: Databases) -> None:
    with hub_with_nothing(databases) as fresh:
        planned(fresh, {"email_consent": "filled"}, {"open_tickets": "fact"}, {"name": "filled"})
        assert len(stand(fresh, "held")) == 3 and stand(fresh, "ready") == []


def test_neither_consent_nor_facts_wait_for_a_limit_of_the_whole_plan(hub: Hub) -> None:
    told: list[Told] = [{"name": "filled", "email_consent": "filled"}] * 9
    planned(hub, *told, {"open_tickets": "fact"}, {"email_consent": "filled"})
    assert stand(hub, "held") == [{"name": "filled"}] * 9
    assert stand(hub, "ready") == [{"email_consent": "filled"}] * 10 + [{"open_tickets": "fact"}]


def test_facts_have_a_limit_of_their_own(hub: Hub) -> None:
    planned(hub, *[{**FACT, **FILLED}] * 4)
    assert stand(hub, "held") == [{"open_tickets": "fact"}] * 4
    assert stand(hub, "ready") == [{"name": "filled"}] * 4


def test_facts_have_it_too_where_the_whole_plan_waits(hub: Hub) -> None:
    planned(hub, *[FILLED] * 9, *[FACT] * 4)
    assert len(stand(hub, "held")) == 13 and stand(hub, "ready") == []


def test_any_number_of_refusals_goes(hub: Hub) -> None:
    planned(hub, *[CONSENT] * 50)
    assert len(stand(hub, "ready")) == 50 and held(hub) == []


def test_a_creation_is_held_whole_or_not_at_all(hub: Hub) -> None:
    made = [
        change(80 + number, {"name": "filled", "email_consent": "filled"}, action="create")
        for number in range(3)
    ]
    planned(hub, EMPTIED, more=made)
    assert [one for one in stand(hub, "held") if len(one) == 2] == [
        {"email_consent": "filled", "name": "filled"}
    ] * 3


def test_what_a_person_approved_in_one_system_is_no_question_in_the_next(hub: Hub) -> None:
    planned(hub, *[EMPTIED] * 4, system="hubspot")
    assert len(approve(hub, "hubspot")) == 4
    assert planned(hub, *[EMPTIED] * 4)["held"] == 0


def test_an_approval_of_another_customer_or_field_or_from_another_day_is_none(hub: Hub) -> None:
    planned(hub, *[EMPTIED] * 4, start=50, system="hubspot")
    approve(hub, "hubspot")
    assert planned(hub, *[EMPTIED] * 4)["held"] == 4


def test_an_approval_is_forgotten_after_a_day(hub: Hub) -> None:
    planned(hub, *[EMPTIED] * 4, system="hubspot")
    approve(hub, "hubspot", seconds=NOW - 86_401)
    assert planned(hub, *[EMPTIED] * 4)["held"] == 4


def test_what_was_approved_and_sent_does_not_count_again_that_day(hub: Hub) -> None:
    planned(hub, *[EMPTIED] * 4)
    written(hub, approve(hub, "brevo"))
    assert planned(hub, *[EMPTIED] * 3, start=20)["held"] == 0
    assert planned(hub, *[EMPTIED] * 4, start=40)["held"] == 4


def test_a_rejected_hold_approves_nothing(hub: Hub) -> None:
    planned(hub, *[EMPTIED] * 4, system="hubspot")
    (one,) = held(hub, "hubspot")
    with hub.store.begin() as connection:
        plans.decide(connection, one.id, "rejected", "an", "no", hub.now())
    assert planned(hub, *[EMPTIED] * 4)["held"] == 4
