"""A reading tells since when each of HubSpot's values stands, whoever touched the record afterwards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.contract import Json, RawRecord, Write
from tests.contract.cases import WRITABLE
from tests.contract.kit import LAG, SEEDED, Stage, drained, latest, nested, spread, staged

CASES = [case for case in WRITABLE if case.system == "hubspot"]


@pytest.fixture(params=CASES, ids=str)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with staged(request.param, spread(11)) as running:
        yield running


def since(stage: Stage, cursor: Json, page_size: int | None = None) -> tuple[dict[str, RawRecord], Json]:
    stage.pass_time(LAG)
    pages = drained(stage.connector(page_size=page_size), stage.case.obj, cursor)
    return latest(pages), pages[-1].cursor


def first(stage: Stage) -> Json:
    """The cursor of a first pull."""
    stage.pass_time(LAG)
    return drained(stage.connector(), stage.case.obj, None)[-1].cursor


@pytest.mark.parametrize("page_size", [1, 3, None])
def test_an_edit_has_its_own_moment_and_a_later_touch_moves_nothing(
    stage: Stage, page_size: int | None
) -> None:
    cursor, text = first(stage), stage.case.text
    moments = {}
    for key in sorted(stage.keys()):
        stage.edit(key, f"new {key}")
        moments[key] = f"{stage.world.clock.now():%Y-%m-%dT%H:%M:%S}.000000Z"
    touch = [Write(key, key, nested("properties.phone", f"{n}")) for n, key in enumerate(sorted(moments))]
    stage.pass_time(timedelta(minutes=7))
    stage.write(stage.connector(), *touch)
    found, cursor = since(stage, cursor, page_size)
    assert {key: found[key].typed[text] for key in moments} == moments
    assert not any("propertiesWithHistory" in record.data for record in found.values())
    assert all(record.typed["properties.phone"] > max(moments.values()) for record in found.values())


def test_what_was_never_edited_stands_since_the_record_was_made(stage: Stage) -> None:
    cursor, key = first(stage), min(stage.keys())
    stage.edit(key, "new")
    record = since(stage, cursor)[0][key]
    name = "properties.email" if stage.case.obj == "contacts" else "properties.name"
    assert record.typed[name] == f"{SEEDED:%Y-%m-%dT%H:%M:%S}.000000Z"
    assert "properties.address" not in record.typed
    listed = latest(drained(stage.connector(), stage.case.obj, None))[key]
    assert (listed.typed, listed.earlier, listed.data) == (record.typed, record.earlier, record.data)


def test_an_emptied_property_has_the_moment_of_that(stage: Stage) -> None:
    cursor, key = first(stage), min(stage.keys())
    stage.edit(key, "full")
    stage.edit(key, None)
    emptied = f"{stage.world.clock.now():%Y-%m-%dT%H:%M:%S}.000000Z"
    assert since(stage, cursor)[0][key].typed[stage.case.text] == emptied


def test_an_edit_after_the_index_was_read_is_shown_at_once(stage: Stage) -> None:
    """The index lags ten seconds; what the batch read shows is of this moment."""
    cursor, key = first(stage), min(stage.keys())
    stage.edit(key, "indexed")
    stage.pass_time(LAG)
    stage.edit(key, "just now")
    found = latest(drained(stage.connector(), stage.case.obj, cursor))[key]
    assert found.data["properties"][stage.case.text.removeprefix("properties.")] == "just now"
