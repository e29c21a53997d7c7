"""Every connector keeps the same promises, on the stand-in of its system."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
import structlog

from connectors.contract import Page, Write
from connectors.errors import Denied, Transient
from connectors.shape import at
from tests.contract.cases import CASES, WRITABLE
from tests.contract.kit import LAG, Case, Stage, counted, drained, latest, nested, spread, staged, value_of

RECORDS = 11
PAGE_SIZES = (1, 3, None)


@pytest.fixture(params=CASES, ids=str)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with staged(request.param, spread(RECORDS)) as running:
        yield running


@pytest.fixture(params=WRITABLE, ids=str)
def open_stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with staged(request.param, spread(RECORDS)) as running:
        yield running


@pytest.mark.parametrize("page_size", PAGE_SIZES)
def test_everything_is_offered(stage: Stage, page_size: int | None) -> None:
    pages = drained(stage.connector(page_size=page_size), stage.case.obj, None)
    assert set(latest(pages)) == stage.keys()
    assert len(latest(pages)) == RECORDS
    assert page_size is None or len(pages) > 3


@pytest.mark.parametrize("page_size", PAGE_SIZES)
def test_what_changed_is_offered_next_time(open_stage: Stage, page_size: int | None) -> None:
    stage, obj = open_stage, open_stage.case.obj
    cursor = drained(stage.connector(page_size=page_size), obj, None)[-1].cursor
    stage.pass_time(LAG)
    changed = sorted(stage.keys())[2:8]
    for key in changed:
        stage.edit(key, f"new {key}")
    stage.pass_time(LAG)
    found = latest(drained(stage.connector(page_size=page_size), obj, cursor))
    assert {key: value_of(found[key], stage.case.text) for key in changed} == {k: f"new {k}" for k in changed}


@pytest.mark.parametrize("page_size", PAGE_SIZES)
def test_changes_of_one_moment_are_all_offered(open_stage: Stage, page_size: int | None) -> None:
    stage, obj = open_stage, open_stage.case.obj
    connector = stage.connector(page_size=page_size)
    cursor = drained(connector, obj, None)[-1].cursor
    stage.pass_time(LAG)
    keys = sorted(stage.keys())
    writes = [Write(f"m{key}", key, nested(stage.case.text, "Moment")) for key in keys]
    assert {receipt.status for receipt in stage.write(stage.connector(), *writes)} == {"done"}
    stage.pass_time(LAG)
    assert set(latest(drained(connector, obj, cursor))) == set(keys)


@pytest.mark.parametrize("page_size", (1, 3))
def test_any_page_is_safe_to_resume_from(open_stage: Stage, page_size: int) -> None:
    stage, obj = open_stage, open_stage.case.obj
    connector = stage.connector(page_size=page_size)
    first = drained(connector, obj, None)
    stage.pass_time(LAG)
    for key in sorted(stage.keys())[:5]:
        stage.edit(key, f"new {key}")
    stage.pass_time(LAG)
    for done, start in ((first, None), (drained(connector, obj, first[-1].cursor), first[-1].cursor)):
        whole = set(latest(drained(connector, obj, start)))
        for number in range(1, len(done), max(1, len(done) // 8)):
            rest = drained(connector, obj, done[number - 1].cursor)
            assert whole <= set(latest(done[:number])) | set(latest(rest))


def test_a_change_between_two_pages_is_not_missed(open_stage: Stage) -> None:
    stage, obj = open_stage, open_stage.case.obj
    connector = stage.connector(page_size=2)
    keys = sorted(stage.keys())
    pages: list[Page] = []
    for number, page in enumerate(connector.pull(obj, None)):
        pages.append(page)
        if number == 1:
            stage.edit(keys[0], "early")
            stage.edit(keys[-1], "late")
    stage.pass_time(LAG)
    pages += drained(connector, obj, pages[-1].cursor)
    found = latest(pages)
    assert set(found) == set(keys)
    assert [value_of(found[key], stage.case.text) for key in (keys[0], keys[-1])] == ["early", "late"]


def test_a_change_in_the_middle_of_a_catch_up_is_not_missed(open_stage: Stage) -> None:
    stage, obj = open_stage, open_stage.case.obj
    connector = stage.connector(page_size=2)
    cursor = drained(connector, obj, None)[-1].cursor
    keys = sorted(stage.keys())
    for key in keys:
        stage.edit(key, "first")
    stage.pass_time(LAG)
    pages: list[Page] = []
    for page in connector.pull(obj, cursor):
        pages.append(page)
        if len(pages) < 4:
            stage.edit(keys[len(pages)], f"then {len(pages)}")
    stage.pass_time(LAG)
    pages += drained(connector, obj, pages[-1].cursor)
    found = {key: value_of(record, stage.case.text) for key, record in latest(pages).items()}
    assert found == {key: value_of(r, stage.case.text) for key, r in connector.fetch(obj, keys).items()}


def test_when_nothing_changed_one_request_says_so(stage: Stage) -> None:
    connector, obj = stage.connector(), stage.case.obj
    cursor = drained(connector, obj, None)[-1].cursor
    stage.pass_time(LAG)
    cursor = drained(connector, obj, cursor)[-1].cursor  # what changed in the very second of a pull, again
    stage.pass_time(timedelta(hours=1))
    with counted() as sent:
        pages = drained(connector, obj, cursor)
    assert (len(sent), len(pages)) == (1, 1)
    recent = sorted(spread(RECORDS))[-1] - LAG
    assert all(_moment(record.stamp) >= recent for record in pages[0].records)


@pytest.mark.parametrize("path", ["", "/not/a/path"])
def test_a_stand_in_tells_the_time_it_lives_in(open_stage: Stage, path: str) -> None:
    open_stage.pass_time(timedelta(days=400))
    answer = requests.get(open_stage.running.systems[open_stage.case.system] + path, timeout=10)
    assert parsedate_to_datetime(answer.headers["date"]).timestamp() == int(open_stage.now())


def test_keys_are_what_exists(open_stage: Stage) -> None:
    before = open_stage.keys()
    (receipt,) = open_stage.write(open_stage.connector(), Write("r1", None, open_stage.case.fresh(1)))
    assert open_stage.keys() == before | {receipt.key}


def test_a_written_value_is_read_back_and_can_be_emptied(open_stage: Stage) -> None:
    stage, connector = open_stage, open_stage.connector()
    key = min(stage.keys())
    for value in ("Written", None, "Again", None):
        (receipt,) = stage.write(connector, Write(f"w-{value}", key, nested(stage.case.text, value)))
        assert (receipt.ref, receipt.status, receipt.key) == (f"w-{value}", "done", key)
        assert value_of(connector.fetch(stage.case.obj, [key])[key], stage.case.text) == value


def test_fetch_leaves_out_what_does_not_exist(stage: Stage) -> None:
    keys = sorted(stage.keys())
    found = stage.connector(page_size=1).fetch(stage.case.obj, [*keys, "987654321"])
    assert set(found) == set(keys)
    assert stage.connector().fetch(stage.case.obj, []) == {}


def test_every_write_gets_one_receipt_and_a_refusal_stops_no_other(open_stage: Stage) -> None:
    stage, connector, case = open_stage, open_stage.connector(), open_stage.case
    first, second, third = sorted(stage.keys())[:3]
    writes = [
        Write("a", first, nested(case.text, "A")),
        Write("b", None, case.fresh(1)),
        Write("c", None, case.fresh(1)),
        Write("d", second, nested(case.text, "D")),
        Write("e", "987654321", nested(case.text, "E")),
        Write("f", None, case.fresh(2)),
        Write(
            "g",
            third,
            nested(case.text, "G"),
        ),
    ]
    receipts = stage.write(connector, *writes)
    status = {receipt.ref: receipt.status for receipt in receipts}
    assert sorted(receipt.ref for receipt in receipts) == list("abcdefg")
    assert {status[ref] for ref in "abdfg"} == {"done"}
    assert (status["c"], status["e"]) == ("refused", "gone")
    stored = connector.fetch(case.obj, [first, second, third])
    assert [value_of(stored[key], case.text) for key in (first, second, third)] == ["A", "D", "G"]
    assert next(receipt for receipt in receipts if receipt.ref == "c").message


def test_what_was_created_is_found(open_stage: Stage) -> None:
    stage, connector, case = open_stage, open_stage.connector(), open_stage.case
    (receipt,) = stage.write(connector, Write("r", None, case.fresh(7)))
    stage.pass_time(case.find_lag)
    for path in sorted(connector.sheet.objects[case.obj].findable):
        value = _value(case, path)
        if value is None:
            continue
        found = connector.find(case.obj, path, [value, "nobody"])
        assert [record.key for record in found.pop(value)] == [receipt.key]
        assert found == {}


def test_a_wrong_token_is_denied_and_says_nothing(stage: Stage) -> None:
    connector = stage.connector(actor="nobody's")
    with structlog.testing.capture_logs() as lines, pytest.raises(Denied) as caught:
        list(connector.pull(stage.case.obj, None))
    assert "nobody's" not in str(caught.value) + str(lines)
    assert not all(finding.ok for finding in connector.check())


def test_a_dead_system_is_transient(stage: Stage) -> None:
    dead = stage.connector(url="http://127.0.0.1:9")
    with pytest.raises(Transient):
        list(dead.pull(stage.case.obj, None))
    if stage.case.text:
        with pytest.raises(Transient):
            dead.push(stage.case.obj, [Write("x", None, stage.case.fresh(1))])


def test_no_person_is_named_in_a_refusal_or_a_log_line(open_stage: Stage) -> None:
    stage, connector, case = open_stage, open_stage.connector(), open_stage.case
    with structlog.testing.capture_logs() as lines:
        stage.write(connector, Write("1", None, case.fresh(1)))
        (refused,) = stage.write(connector, Write("2", None, case.fresh(1)))
        connector.find(case.obj, case.natural, [str(_value(case, case.natural, 1))])
    assert refused.status == "refused"
    said = refused.message + str(lines)
    assert "hub-token" not in said and "@" not in said and str(_value(case, case.natural, 1)) not in said


def test_check_is_content_with_a_good_connection(stage: Stage) -> None:
    assert all(finding.ok for finding in stage.connector().check())


def _moment(stamp: str | None) -> datetime:
    assert stamp is not None and len(stamp) == len("2026-11-22T10:00:00.000000Z")
    return datetime.fromisoformat(stamp)


def _value(case: Case, path: str, number: int = 7) -> str | None:
    found = at(case.fresh(number), path)
    return None if found is None else str(found)


def test_custom_fields_are_there_once_provisioned(open_stage: Stage) -> None:
    stage, case = open_stage, open_stage.case
    again = stage.connector().provision(case.obj, case.fields)
    assert len(again) == len(case.fields) and all(finding.ok for finding in again)
    for name in case.fields:
        path, key, connector = f"{case.custom}.{name}", min(stage.keys()), stage.connector()
        value = 7 if case.fields[name] == "number" else "seven"
        (receipt,) = stage.write(connector, Write(name, key, nested(path, value)))
        assert receipt.status == "done", receipt.message
        assert str(value_of(connector.fetch(case.obj, [key])[key], path)) in ("7", "7.0", "seven")
