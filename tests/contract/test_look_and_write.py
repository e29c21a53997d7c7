"""Every connector looks and writes as one: no wait between, no second try by itself, and true receipts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import requests
import structlog
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from connectors.contract import Connector, RawRecord, Write
from connectors.errors import Transient
from connectors.registry import connector_class
from sandbox.core.standin import StandIn
from tests.contract.cases import WRITABLE
from tests.contract.kit import LAG, Case, Stage, counted, drained, latest, nested, spread, staged, value_of

ASKED = 9
"""Seconds a throttled answer asks to wait."""


class Busy:
    """A stand-in that turns requests away when it is told to; to the sandbox it is the stand-in."""

    def __init__(self, real: StandIn) -> None:
        self.name, self.seed, self._real = real.name, real.seed, real
        self.busy = False

    @property
    def app(self) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            away = PlainTextResponse("Too Many Requests", 429, {"Retry-After": str(ASKED)})
            app: ASGIApp = away if self.busy else self._real.app
            await app(scope, receive, send)

        return answer


@pytest.fixture(params=WRITABLE, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
def stage(case: Case) -> Iterator[Stage]:
    with staged(case, spread(5)) as running:
        yield running


def text(stage: Stage, key: str, value: str) -> Write:
    return Write(f"{key}-{value}", key, nested(stage.case.text, value))


def test_a_look_and_a_write_wait_only_before_the_look(stage: Stage) -> None:
    """A job may be asked about after it was sent, and that waits."""
    account = next(one for one in stage.connector().sheet.limits if one.scope == "account")
    hub, obj, key = stage.connector(factor=3 / account.count), stage.case.obj, min(stage.keys())
    waited = 0
    for number in range(5):
        hub.ready(obj, 1)
        waited += len(stage.slept)
        with structlog.testing.capture_logs() as looking:
            assert key in hub.fetch(obj, [key])
        with structlog.testing.capture_logs() as writing:
            (receipt,) = hub.push(obj, [text(stage, key, f"v{number}")])
        stage.slept.clear()
        assert [line["event"] for line in looking] == ["request"]
        assert next(line["event"] for line in writing if line.get("method") != "GET") == "request"
        assert receipt.status == "done"
    assert waited


@pytest.mark.parametrize("what", ["look", "write"])
def test_what_is_turned_away_is_raised_at_once_and_waited_for_before_the_next_look(
    case: Case, what: str
) -> None:
    systems: list[Busy] = []

    def build(world: Any) -> Any:
        systems.append(Busy(case.standin(world)))
        return systems[-1]

    with staged(replace(case, standin=build), spread(3)) as stage:
        hub, (system,), key = stage.connector(), systems, min(stage.keys())
        hub.ready(case.obj, 1)
        if what == "write":
            hub.fetch(case.obj, [key])
        stage.slept.clear()
        system.busy = True
        with counted() as sent, pytest.raises(Transient) as caught:
            hub.fetch(case.obj, [key]) if what == "look" else hub.push(case.obj, [text(stage, key, "X")])
        assert (len(sent), stage.slept, caught.value.retry_after) == (1, [], ASKED)
        system.busy = False
        hub.ready(case.obj, 1)
        assert stage.slept == [pytest.approx(ASKED + 0.05)]
        assert value_of(hub.fetch(case.obj, [key])[key], case.text) != "X"
        (receipt,) = hub.push(case.obj, [text(stage, key, "X")])
        assert receipt.status == "done"


def test_a_receipt_shows_the_record_only_as_a_look_would(stage: Stage) -> None:
    hub, case = stage.connector(), stage.case
    key = min(stage.keys())
    done = [*hub.push(case.obj, [text(stage, key, "new")]), *hub.push(case.obj, [_fresh(case)])]
    assert [one.status for one in done] == ["done", "done"]
    shown = [one.record for one in done if one.record]
    held = hub.fetch(case.obj, [one.key for one in shown])
    assert [held[one.key] for one in shown] == shown
    expected = {"moneybird": {key, str(done[1].key)}, "zendesk": {str(done[1].key)}}
    assert {one.key for one in shown} == expected.get(case.system, set())


def _fresh(case: Case) -> Write:
    return Write("fresh", None, case.fresh(1))


SAME = {
    "email": "same@firm.example",
    "properties.email": "same@firm.example",
    "attributes.SMS": "31612345678",
}
ITS_OWN = {("brevo", "email")}
"""A vendor's unique values that are refused to the very record that has them."""


def test_no_two_records_share_a_value_that_is_declared_unique(stage: Stage) -> None:
    hub, case = stage.connector(), stage.case
    first, second, *_ = sorted(stage.keys())
    for path in sorted(hub.sheet.objects[case.obj].unique):
        data = nested(path, SAME.get(path, "Same"))
        (stored,) = hub.push(case.obj, [Write(f"{path}-1", first, data)])
        (refused,) = hub.push(case.obj, [Write(f"{path}-2", second, data)])
        (again,) = hub.push(case.obj, [Write(f"{path}-3", first, data)])
        assert (stored.status, refused.status) == ("done", "refused"), path
        assert again.status == ("refused" if (case.system, path) in ITS_OWN else "done"), path


def test_what_identifies_a_record_is_declared_unique(case: Case) -> None:
    unique = connector_class(case.system).sheet.objects[case.obj].unique
    assert case.natural in {*unique, "properties.golden_id"}


def read_every_way(stage: Stage, hub: Connector) -> list[RawRecord]:
    """One record as a full pull, a catch-up and a look show it."""
    obj, key = stage.case.obj, min(stage.keys())
    stage.pass_time(LAG)
    pages = drained(hub, obj, None)
    stage.edit(key, "touched")
    stage.pass_time(LAG)
    later = drained(hub, obj, pages[-1].cursor)
    return [latest(pages)[key], latest(later)[key], hub.fetch(obj, [key])[key]]


def test_a_field_without_a_value_is_shown_as_empty_however_it_is_read(stage: Stage) -> None:
    shown = read_every_way(stage, stage.connector())
    for name in stage.case.fields:
        held = [record.data[stage.case.custom] for record in shown]
        assert [name in one and not one[name] for one in held] == [True] * 3, name


GOLDEN = {
    "hubspot": "/crm/properties/2026-09/{obj}/golden_id",
    "brevo": "/v3/contacts/attributes/normal/GOLDEN_ID",
    "zendesk": "/api/v2/{one}_fields/golden_id",
}


@pytest.mark.parametrize("case", [one for one in WRITABLE if one.system in GOLDEN], ids=str)
def test_a_field_that_was_taken_away_is_shown_by_nothing(case: Case) -> None:
    name = next(iter(case.fields))
    with staged(case, spread(5)) as stage:
        key = min(stage.keys())
        stage.connector().push(case.obj, [Write("g", key, nested(f"{case.custom}.{name}", "golden"))])
        where = GOLDEN[case.system].format(obj=case.obj, one=case.obj.removesuffix("s"))
        headers = {"Authorization": "Bearer human-token", "api-key": "human-token"}
        answer = requests.delete(stage.running.systems[case.system] + where, headers=headers, timeout=10)
        assert answer.status_code == 204
        shown = read_every_way(stage, stage.connector())
    assert [name in record.data[case.custom] for record in shown] == [False] * 3
