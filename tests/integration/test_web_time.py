"""Customers through time, by the API: what one was, all that changed, and as other programs take contacts."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.views.sight import MASK
from tests.databases import Databases
from tests.integration.settled import settled
from tests.integration.shown import key, seed, types
from tests.integration.stage import Stage, Staged
from tests.integration.web import Front, fronted


@pytest.fixture
def both(databases: Databases) -> Iterator[tuple[Stage, Staged]]:
    with settled(databases, seed(1, 2, firms=(1,)), 2) as found:
        yield found


@pytest.fixture
def front(both: tuple[Stage, Staged]) -> Iterator[Front]:
    with fronted(both[1].hub) as found:
        yield found


def _golden(hub: Staged, number: int = 1) -> str:
    return hub.golden_of(f"hubspot/person/{key('hubspot', number)}").golden_id


def _read_on(front: Front, token: str, after: str, limit: int = 2) -> tuple[list[dict[str, Any]], str]:
    """All there is after a cursor, page by page, and the cursor it ends with."""
    found: list[dict[str, Any]] = []
    while True:
        page = front.ask(token, f"/feed?after={after}&limit={limit}").json()
        found, after = [*found, *page["changes"]], page["next"]
        if not page["more"]:
            return found, after


def test_every_version_says_what_it_changed_and_a_day_shows_what_stood_then(
    front: Front, both: tuple[Stage, Staged]
) -> None:
    stage, hub = both
    mine, golden_id = front.token("viewer"), _golden(hub)
    before = stage.world.clock.now().date()
    stage.pass_time(stage.world.clock.now() - stage.world.clock.now().replace(hour=0) + _day())
    types(stage, "hubspot", 1, city="Breda")
    hub.sync()
    told = front.ask(mine, f"/customers/{golden_id}/history").json()["editions"]
    (change,) = [one for one in told[0]["changed"] if one["name"] == "address"]
    assert change["after"]["city"] == "Breda" != change["before"]["city"]
    assert [one["version"] for one in told] == [*range(len(told), 0, -1)] and len(told) > 1
    then = front.ask(mine, f"/customers/{golden_id}/as-of/{before}").json()
    (home,) = [one for one in then["fields"] if one["name"] == "address"]
    assert (home["before"], home["after"]["city"]) == (change["before"], "Breda")
    early = front.ask(mine, f"/customers/{golden_id}/as-of/2020-01-01")
    assert early.status_code == 404 and "was not there on 2020-01-01" in early.json()["detail"]
    assert front.ask(mine, f"/customers/{golden_id}/as-of/gisteren").status_code == 422


def _day() -> Any:
    from datetime import timedelta

    return timedelta(days=1)


def test_a_feed_tells_each_change_once_in_its_order_and_goes_on_where_it_ended(
    front: Front, both: tuple[Stage, Staged]
) -> None:
    stage, hub = both
    mine = front.token("viewer")
    first, cursor = _read_on(front, mine, "")
    assert {one["golden_id"] for one in first} == {one.golden_id for one in hub.golden()}
    assert [one["at"] for one in first] == sorted(one["at"] for one in first)
    assert _read_on(front, mine, cursor) == ([], cursor)
    types(stage, "hubspot", 1, city="Breda")
    hub.sync()
    (one,), cursor = _read_on(front, mine, cursor)
    assert (one["golden_id"], one["what"]) == (_golden(hub), "changed")
    assert one["document"]["address"]["city"] == "Breda"
    wrong = front.ask(mine, "/feed?after=bm9uc2Vucw")
    assert wrong.status_code == 422 and "none of this feed's" in wrong.json()["detail"]


def test_a_feed_tells_what_was_merged_and_what_split_off(front: Front, both: tuple[Stage, Staged]) -> None:
    _, hub = both
    steward, (one, other) = front.token("steward"), (_golden(hub, 1), _golden(hub, 2))
    _, cursor = _read_on(front, steward, "")
    said = {"one": one, "other": other, "same": True, "why": "asked them"}
    assert front.ask(steward, "/review/decisions", said).status_code == 200
    kept = _golden(hub)
    gone = ({one, other} - {kept}).pop()
    told, cursor = _read_on(front, steward, cursor)
    assert {(it["golden_id"], it["what"], it["into"]) for it in told} == {
        (kept, "changed", None),
        (gone, "merged", kept),
    }
    assert front.ask(steward, f"/customers/{gone}").json()["redirected_from"] == gone
    mine, theirs = (f"hubspot/person/{key('hubspot', number)}" for number in (1, 2))
    front.ask(steward, "/review/decisions", {**said, "one": mine, "other": theirs, "same": False})
    told, _ = _read_on(front, steward, cursor)
    assert [it["split_from"] for it in told if it["split_from"]] == [kept]
    crosswalk = front.ask(steward, f"/customers/{kept}/identity").json()
    assert crosswalk["answers_for"] == [gone] and crosswalk["decisions"]


def test_a_department_reads_in_a_feed_and_a_history_what_its_view_names(
    front: Front, both: tuple[Stage, Staged]
) -> None:
    _, hub = both
    mine, golden_id = front.token("department"), _golden(hub)
    told, _ = _read_on(front, mine, "")
    (one,) = [it for it in told if it["golden_id"] == golden_id]
    assert one["document"]["phones"] == MASK and "overdue_balance" not in one["document"]
    versions = front.ask(mine, f"/customers/{golden_id}/history").json()["editions"]
    masked = [it for one in versions for it in one["changed"] if it["name"] == "address"]
    assert masked and {it["after"] for it in masked} == {MASK}


def test_a_customer_is_a_contact_other_programs_take(front: Front, both: tuple[Stage, Staged]) -> None:
    _, hub = both
    golden = hub.golden_of(f"hubspot/person/{key('hubspot')}")
    mine, where = front.token("viewer"), f"/customers/{golden.golden_id}/contact"
    card = front.ask(mine, where)
    assert card.headers["content-type"].startswith("text/vcard")
    email = golden.document["emails"][0]  # type: ignore[index]
    assert {"VERSION:4.0", f"EMAIL:{email}", "KIND:individual"} <= {*card.text.split("\r\n")}
    js = front.ask(mine, f"{where}?format=jscontact").json()
    assert js["emails"]["e1"]["address"] == email and js["@type"] == "Card"
    ld = front.ask(mine, f"{where}?format=schema.org").json()
    assert (ld["@type"], ld["email"]) == ("Person", golden.document["emails"])
    masked = front.ask(front.token("department"), where).text
    assert "TEL" not in masked and "EMAIL" in masked
