"""HubSpot's index is late, out of order, and shows what is found fresher than that: nothing is missed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from connectors.contract import Page
from tests.contract.cases import WRITABLE
from tests.contract.kit import LAG, Stage, drained, latest, spread, staged, value_of

CASES = [case for case in WRITABLE if case.system == "hubspot"]


@pytest.fixture(params=CASES, ids=str)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with staged(request.param, spread(11)) as running:
        yield running


@pytest.mark.parametrize("page_size", [1, 2, 3])
def test_a_touch_at_the_edge_of_a_page_hides_no_change_between(stage: Stage, page_size: int) -> None:
    obj, connector = stage.case.obj, stage.connector(page_size=page_size)
    cursor = drained(connector, obj, None)[-1].cursor
    keys = sorted(stage.keys())
    for key in keys:
        stage.pass_time(timedelta(seconds=20))
        stage.edit(key, f"first {key}")
    stage.pass_time(LAG)
    for key in keys[:4]:  # not in the index yet, where it stands at its old place
        stage.edit(key, f"then {key}")
    found: list[Page] = drained(connector, obj, cursor)
    assert set(latest(found)) == {*keys}
    stage.pass_time(LAG)
    found += drained(connector, obj, found[-1].cursor)
    told = {key: value_of(one, stage.case.text) for key, one in latest(found).items()}
    assert told == {key: value_of(one, stage.case.text) for key, one in connector.fetch(obj, keys).items()}


def test_what_is_indexed_a_minute_late_is_seen_by_the_next_pull(stage: Stage) -> None:
    obj, connector = stage.case.obj, stage.connector()
    cursor = drained(connector, obj, None)[-1].cursor
    keys = sorted(stage.keys())
    for key in keys:
        stage.edit(key, f"new {key}")
        stage.pass_time(timedelta(seconds=2))
    stage.pass_time(timedelta(seconds=9))
    seen = drained(connector, obj, cursor)
    assert 0 < len(latest(seen)) < len(keys)
    stage.pass_time(timedelta(minutes=2))
    assert {*latest(seen), *latest(drained(connector, obj, seen[-1].cursor))} == {*keys}
