"""What of customers is answered to whom: a department sees what its view file names, in every answer."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from hub.flow import verbs
from hub.flow.access import trail
from hub.mapping.views import Sight
from hub.views.export import Format, export, streamed
from hub.views.quarantine import HeldRecord, Quarantine, Reason
from hub.views.sight import MASK, seen, sight_of
from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import key, seed
from tests.integration.stage import Staged, staged
from tests.integration.web import Front, fronted


@pytest.fixture
def hub(databases: Databases) -> Iterator[Staged]:
    with settled(databases, seed(1, 2, firms=(1,)), 2) as (_, hub):
        yield hub


@pytest.fixture
def front(hub: Staged) -> Iterator[Front]:
    with fronted(hub.hub) as found:
        yield found


def _values(document: dict[str, object]) -> dict[str, object]:
    fields = document["customer"]["fields"]  # type: ignore[index]
    return {one["name"]: one["value"] for one in fields}


def test_one_customer_by_any_of_its_ids_is_one_answer(front: Front, hub: Staged) -> None:
    mine = front.token("viewer")
    golden = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    by_id = front.ask(mine, f"/customers/{golden.golden_id}")
    by_record = front.ask(mine, f"/records/zendesk/person/{key('zendesk')}")
    assert by_id.json() == by_record.json()
    assert _values(by_id.json())["emails"] == golden.document["emails"]
    again = front.ask(mine, f"/customers/{golden.golden_id}", **{"if-none-match": by_id.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_masked_field_says_that_there_is_something_and_one_not_named_is_not_there(
    front: Front, hub: Staged
) -> None:
    golden = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    whole = _values(front.ask(front.token("viewer"), f"/customers/{golden.golden_id}").json())
    answer = front.ask(front.token("department"), f"/customers/{golden.golden_id}?ledger=true")
    mine = _values(answer.json())
    assert mine["name"] == whole["name"] and whole["phones"] and whole["address"]
    assert mine["phones"] == MASK and mine["address"] == MASK
    assert "overdue_balance" not in mine
    hidden = [*whole["phones"], *whole["address"].values()]  # type: ignore[misc,attr-defined]
    assert not [one for one in hidden if len(str(one)) > 4 and str(one) in answer.text]


def test_who_is_known_nowhere_a_department_looks_is_not_there_for_it(front: Front, hub: Staged) -> None:
    golden = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    views = {"marketing": replace(hub.hub.mappings.views["marketing"], systems=frozenset({"tryton"}))}
    hidden = replace(hub.hub, mappings=replace(hub.hub.mappings, views=views))
    with fronted(hidden) as other:
        mine = other.token("department")
        assert other.ask(mine, f"/customers/{golden.golden_id}").status_code == 404
        found = other.ask(mine, "/customers/search", {"words": golden.document["emails"][0]})  # type: ignore[index]
        assert found.json()["hits"] == []
        nobody = other.token("department", department="finance")
        assert other.ask(nobody, f"/customers/{golden.golden_id}").status_code == 404


def test_search_before_create_finds_whom_somebody_may_be(front: Front, hub: Staged) -> None:
    golden = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    told = {"email": golden.document["emails"][0]}  # type: ignore[index]
    found = front.ask(front.token("viewer"), "/customers/candidates", {"told": told}).json()["candidates"]
    assert [one["golden_id"] for one in found if one["likely"]] == [golden.golden_id]
    little = front.ask(front.token("viewer"), "/customers/candidates", {"told": {"city": "Breda"}})
    assert little.status_code == 422 and "identifies nobody" in little.json()["detail"]


@pytest.mark.parametrize("words", ["phone", "home"])
def test_nobody_is_found_by_what_is_masked(front: Front, hub: Staged, words: str) -> None:
    golden: Any = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    home = golden.document["address"]
    asked = {
        "phone": golden.document["phones"][0],
        "home": f"{home['postal_code']} {home['house_number']}",
    }[words]
    mine, whole = front.token("department"), front.token("viewer")
    assert front.ask(whole, "/customers/search", {"words": asked}).json()["hits"]
    assert front.ask(mine, "/customers/search", {"words": asked}).json()["hits"] == []
    assert front.ask(mine, "/customers/search", {"words": golden.document["emails"][0]}).json()["hits"]
    told = {"told": {"phone": golden.document["phones"][0]}}
    assert front.ask(whole, "/customers/candidates", told).json()["candidates"]
    assert front.ask(mine, "/customers/candidates", told).status_code == 422


def test_a_plan_and_a_dispute_are_masked_as_a_customer_is(databases: Databases) -> None:
    some: Any = seed(1)
    some["moneybird"]["contacts"][0]["lastname"] = "Visser"
    for one in some["brevo"]["contacts"]:
        one["attributes"]["STREET"] = ""
    with staged(some) as stage:
        hub = stage.hub(databases)
        hub.pull()
        verbs.publish(hub.hub, "brevo")
        views = {
            "marketing": Sight(frozenset({"brevo"}), {"person": {"emails": "shown", "address": "masked"}}),
            "sales": Sight(frozenset({"tryton"}), {"person": {"name": "shown"}}),
            "ticketing": Sight(None, {"person": {"name": "masked"}}),
        }
        shown = replace(hub.hub, mappings=replace(hub.hub.mappings, views=views))
        with fronted(shown) as front:
            plan = front.ask(front.token("department"), "/plans?system=brevo").json()
            told = {one["name"]: one["after"] for it in plan["changes"] for one in it["fields"]}
            assert (
                told and {*told.values()} == {MASK} and {it["customer"] for it in plan["changes"]} == {MASK}
            )
            (asked,) = front.ask(front.token("viewer"), "/disputes").json()["questions"]
            said = {"golden_id": asked["golden_id"], "field": "name", "unit": asked["unit"], "choice": 1}
            sales = front.token("department", department="sales")  # the owner, who sees no such customer
            assert front.ask(sales, "/disputes").json()["questions"] == []
            assert front.ask(sales, "/disputes/answers", {**said, "why": "mine"}).status_code == 404


def test_of_what_is_held_back_the_place_is_told_and_a_masked_value_is_not() -> None:
    why = [
        Reason(f"{one}/0", one, "format", "an address", "geheim", "geheim is none")
        for one in ("emails", "phones")
    ]
    head = ("brevo/person/1", "brevo", "Brevo", "contacts", None, "Jan Geheim", "2026-01-01", None)
    told = Quarantine((HeldRecord(*head, tuple(why), False),), 1)
    (held,) = seen(told, Sight(None, {"person": {"emails": "shown"}, "organisation": {}})).held
    assert (held.name, [one.value for one in held.reasons]) == (MASK, ["geheim", MASK])
    assert held.reasons[1].sentence == "phones"


def test_a_view_nobody_settled_is_not_shown_to_who_does_not_see_all() -> None:
    with pytest.raises(NotImplementedError):
        seen({"anything": 1}, Sight(frozenset({"brevo"}), {"person": {}, "organisation": {}}))


def test_every_full_record_that_is_read_is_in_the_trail(front: Front, hub: Staged) -> None:
    golden = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    front.ask(front.token("viewer"), f"/customers/{golden.golden_id}")
    front.ask(front.token("viewer"), "/customers/11111111-0000")
    (step,) = [one.step for one in trail.latest(hub.hub)]
    assert (step.who, step.what, step.about) == ("a viewer", "customer read", golden.golden_id)
    told = front.ask(front.token("admin"), f"/trail?about={golden.golden_id}").json()
    assert json.dumps(golden.document["name"]) not in json.dumps(told) and len(told["steps"]) == 1


def test_what_a_steward_says_here_is_his_word_everywhere(front: Front, hub: Staged) -> None:
    one, other = (f"hubspot/person/{key('hubspot', number)}" for number in (1, 2))
    said = {"one": one, "other": other, "same": True, "why": "asked them"}
    assert front.ask(front.token("steward"), "/review/decisions", said).status_code == 200
    assert hub.golden_of(one) == hub.golden_of(other)
    back = front.ask(front.token("steward"), "/review/decisions", {**said, "same": None})
    assert back.status_code == 200 and hub.golden_of(one) != hub.golden_of(other)
    assert [noted.step.told["same"] for noted in trail.latest(hub.hub)] == [None, True]


def test_a_held_plan_is_read_and_released_by_whoever_owns_the_system(databases: Databases) -> None:
    with staged(seed(1)) as stage:
        hub = stage.hub(databases)
        hub.pull()
        verbs.publish(hub.hub, "brevo")  # a system's first load waits for a person
        with fronted(hub.hub) as front:
            mine, theirs = front.token("department"), front.token("department", department="finance")
            shown = front.ask(mine, "/plans?system=brevo").json()
            (hold,) = shown["holds"]
            assert shown["changes"] and front.ask(theirs, "/plans?system=brevo").status_code == 403
            said = {"approve": True, "mark": hold["mark"], "why": "read it"}
            where = f"/plans/{hold['id']}/decision"
            assert front.ask(theirs, where, said).status_code == 404
            stale = front.ask(mine, where, {**said, "mark": "00000000"})
            assert stale.status_code == 409 and "no longer what was read" in stale.json()["detail"]
            assert front.ask(mine, where, said).json()[0]["state"] == "approved"
        assert verbs.publish(hub.hub, "brevo")["done"]


@pytest.mark.parametrize("form", ["ndjson", "csv", "parquet"])
def test_an_export_that_comes_piece_by_piece_is_the_file_a_command_writes(
    front: Front, hub: Staged, tmp_path: Path, form: Format
) -> None:
    export(hub.hub, "person", tmp_path / "whole", form, lambda _: None)
    streamed = front.ask(front.token("steward"), f"/exports/person?format={form}")
    assert streamed.content == (tmp_path / "whole").read_bytes()
    assert [one.step.what for one in trail.latest(hub.hub)] == ["exported"]


@pytest.mark.parametrize("form", ["ndjson", "csv", "parquet"])
def test_a_file_for_a_department_holds_what_its_view_names(
    hub: Staged, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    monkeypatch.setattr("hub.views.export.BATCH", 1)
    whole: Any = hub.golden_of(f"hubspot/person/{key('hubspot')}").document
    made = b"".join(streamed(hub.hub, "person", form, sight_of(hub.hub, "marketing")))
    if form == "parquet":
        rows = parquet.read_table(BytesIO(made)).to_pylist()
        assert {one["phones"] for one in rows} == {MASK} and "address.city" not in rows[0]
        assert len({one["golden_id"] for one in rows}) == len(rows) == 2
        return
    text = made.decode()
    assert whole["phones"][0] not in text and whole["address"]["street"] not in text
    assert whole["emails"][0] in text and text.count(MASK) >= 6
    assert len(text.splitlines()) == 2 + (form == "csv")
