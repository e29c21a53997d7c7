"""Single fields by the API: pinned by a steward, asked of their owner; seen in the systems in the end."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import key, seed, shows, types
from tests.integration.stage import Stage, Staged
from tests.integration.web import Front, fronted

HUBSPOT = f"hubspot/person/{key('hubspot')}"


@pytest.fixture
def both(databases: Databases) -> Iterator[tuple[Stage, Staged]]:
    with settled(databases, seed(1), 2) as found:
        yield found


@pytest.fixture
def front(both: tuple[Stage, Staged]) -> Iterator[Front]:
    with fronted(both[1].hub) as found:
        yield found


def _customer(hub: Staged) -> str:
    return f"/customers/{hub.golden_of(HUBSPOT).golden_id}"


def test_what_is_pinned_stands_in_every_system_until_its_day_whatever_is_typed(
    front: Front, both: tuple[Stage, Staged]
) -> None:
    stage, hub = both
    steward, where = front.token("steward"), _customer(hub)
    until = (stage.world.clock.now() + timedelta(days=2)).date().isoformat()
    said = {"value": {"given_name": "Johanna", "family_name": "Pin"}, "until": until, "why": "her passport"}
    assert front.ask(steward, f"{where}/pins/name", said, "PUT").status_code == 200
    hub.sync(2)
    types(stage, "moneybird", 1, lastname="Anders")
    hub.sync(2)
    assert shows(stage, "hubspot")["lastname"] == "Pin" == shows(stage, "moneybird")["lastname"]
    (name,) = [one for one in front.ask(steward, where).json()["customer"]["fields"] if one["name"] == "name"]
    assert (name["rule"], name["source"]) == ("pin", "pin of a steward") and name["pinned_until"][
        :10
    ] == until
    stage.pass_time(timedelta(days=3))
    hub.sync(2)
    assert shows(stage, "hubspot")["lastname"] == "Anders"


def test_a_pin_is_taken_away_and_the_records_decide_again(front: Front, both: tuple[Stage, Staged]) -> None:
    _, hub = both
    steward, where = front.token("steward"), _customer(hub)
    before = hub.golden_of(HUBSPOT).document["language"]
    said = {"value": "de", "until": "2030-01-01", "why": "asked"}
    assert front.ask(steward, f"{where}/pins/language", said, "PUT").status_code == 200
    assert hub.golden_of(HUBSPOT).document["language"] == "de"
    assert front.ask(steward, f"{where}/pins/language", None, "DELETE").status_code == 200
    assert hub.golden_of(HUBSPOT).document["language"] == before
    assert front.ask(steward, f"{where}/pins/language", None, "DELETE").status_code == 404


@pytest.mark.parametrize(
    ("field", "more", "told"),
    [
        ("language", {"value": "Nederlands"}, "language: pattern"),
        ("language", {"value": None}, "language: type"),
        ("langauge", {"value": "nl"}, "language"),
        ("open_tickets", {"value": 3}, "worked out by the hub"),
        ("language", {"value": "nl", "until": "2020-01-01"}, "a day to come"),
    ],
)
def test_what_cannot_stand_there_is_refused_with_what_can(
    front: Front, both: tuple[Stage, Staged], field: str, more: dict[str, object], told: str
) -> None:
    said = {"until": "2030-01-01", "why": "asked", **more}
    answer = front.ask(front.token("steward"), f"{_customer(both[1])}/pins/{field}", said, "PUT")
    assert answer.status_code == 422 and told in answer.json()["detail"]


def test_what_a_department_asks_its_owner_accepts_and_the_systems_show(
    front: Front, both: tuple[Stage, Staged]
) -> None:
    stage, hub = both
    support, sales = (front.token("department", department=one) for one in ("ticketing", "sales"))
    where = f"{_customer(hub)}/proposals/name"
    said = {"value": {"given_name": "Jan", "family_name": "Zonneveld"}, "why": "so he signs"}
    asked = front.ask(support, where, said)
    assert (asked.status_code, asked.json()["owner"]) == (201, "sales")
    hub.sync()
    assert shows(stage, "hubspot")["lastname"] != "Zonneveld"
    (open_one,) = front.ask(sales, "/proposals").json()["proposals"]
    decide = f"/proposals/{open_one['id']}/decision"
    assert front.ask(support, decide, {"accept": True, "why": "mine"}).status_code == 403
    done = front.ask(sales, decide, {"accept": True, "why": "right"})
    assert done.json()["proposal"]["state"] == "accepted"
    assert front.ask(sales, decide, {"accept": False, "why": "again"}).status_code == 404
    hub.sync(2)
    assert shows(stage, "hubspot")["lastname"] == "Zonneveld" == shows(stage, "moneybird")["lastname"]


def test_what_is_declined_changes_nothing_and_says_who_and_why(
    front: Front, both: tuple[Stage, Staged]
) -> None:
    _, hub = both
    before = hub.golden()
    asked = front.ask(
        front.token("steward"), f"{_customer(hub)}/proposals/language", {"value": "fr", "why": "hm?"}
    )
    decide = f"/proposals/{asked.json()['id']}/decision"
    front.ask(front.token("department"), decide, {"accept": False, "why": "he writes Dutch"})
    assert hub.golden() == before
    (one,) = front.ask(front.token("steward"), "/proposals?state=declined").json()["proposals"]
    assert (one["decided_by"], one["decided_why"]) == ("a department", "he writes Dutch")
    nobody = front.ask(front.token("department", department="finance"), "/proposals?state=declined")
    assert nobody.json()["proposals"] == []
