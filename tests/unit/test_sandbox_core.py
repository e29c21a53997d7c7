"""What all stand-ins share: clock, journal, tables, lag, limits, the admin app, and the server itself."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from sandbox.core.clock import Clock, ManualClock, WallClock, retry_after
from sandbox.core.finding import Index, Order
from sandbox.core.index import LaggedIndex
from sandbox.core.journal import Journal, changes
from sandbox.core.limits import FixedWindow, RollingWindow
from sandbox.core.operation import Answer, Call, Operation, Reply
from sandbox.core.serve import Running, running_sandbox
from sandbox.core.stamps import iso_ms, parse
from sandbox.core.standin import Forms, Rows, StandIn
from sandbox.core.table import Ids, Table
from sandbox.core.tokens import Tokens
from sandbox.core.world import World
from sandbox.hubspot.forms import HubSpotForms

START = datetime(2026, 11, 22, 10, tzinfo=UTC)
TOKENS = Tokens("hub-token", "human-token", "admin-token")


class Toy(StandIn):
    """The smallest stand-in: one table of notes."""

    name: ClassVar[str] = "toy"
    forms: Forms = HubSpotForms()
    max_body: ClassVar[int] = 100

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._notes = Table()

    def seed(self, rows: Rows) -> None:
        self._notes.load((row["id"], row) for row in rows["notes"])

    def operations(self) -> Sequence[Operation]:
        return [
            Operation("GET", "/notes/{id}", self._read, frozenset({"page[size]"})),
            Operation("PUT", "/notes/{id}", self._write, body=True),
        ]

    def _read(self, call: Call) -> Reply:
        found = self._notes.get(call.path["id"])
        if found is None:
            raise Answer(Reply(404, {"error": "no such note"}))
        return Reply(200, {**found, "size": call.one("page[size]"), "url": call.url})

    def _write(self, call: Call) -> Reply:
        key = call.path["id"]
        before = self._notes.get(key) or {}
        self._notes.put(key, call.body)
        self.world.journal.record("toy", call.actor, "notes", key, "update", before, call.body)
        return Reply(200, call.body)


@dataclass
class Served:
    """A toy that listens."""

    running: Running
    world: World

    def toy(self, method: str, path: str, actor: str = "hub", **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {actor}-token"}
        url = self.running.systems["toy"] + path
        return requests.request(method, url, headers=headers, timeout=10, **more)

    def admin(self, method: str, path: str, actor: str = "admin", **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {actor}-token"}
        return requests.request(method, self.running.admin + path, headers=headers, timeout=10, **more)


@pytest.fixture
def served() -> Iterator[Served]:
    world = World.of(ManualClock(START), TOKENS)
    toy = Toy(world)
    toy.seed({"notes": [{"id": "1", "text": "one"}]})
    truth = [{"system": "toy", "object": "notes", "key": "1", "customer": "c1", "kind": "person"}]
    with running_sandbox([toy], world, truth) as running:
        yield Served(running, world)


def test_a_request_is_checked_before_it_is_answered(served: Served) -> None:
    found = served.toy("GET", "/notes/1", params={"page[size]": "5"})
    assert found.json() == {
        **{"id": "1", "text": "one", "size": "5"},
        "url": f"{served.running.systems['toy']}/notes/1",
    }
    assert served.toy("GET", "/notes/1", actor="admin").status_code == 401
    assert served.toy("GET", "/notes/1", params={"page": "5"}).status_code == 400
    assert served.toy("GET", "/notes/1/").status_code == 404
    assert served.toy("DELETE", "/notes/1").status_code == 405
    assert served.toy("PUT", "/notes/1", data=b"{").status_code == 400
    assert served.toy("PUT", "/notes/1", data=b"[" + b" " * 100).status_code == 413
    assert list(served.world.journal.since()) == []


def test_the_admin_app_gives_journal_and_truth_to_its_own_token_only(served: Served) -> None:
    served.toy("PUT", "/notes/1", json={"id": "1", "text": "two"})
    served.toy("PUT", "/notes/1", actor="human", json={"id": "1", "text": "three"})
    lines = served.admin("GET", "/journal", params={"system": "toy", "since": "1"}).text.splitlines()
    [entry] = [json.loads(line) for line in lines]
    assert entry == {
        **{"seq": 2, "at": "2026-11-22T10:00:00.000Z", "system": "toy", "actor": "human", "object": "notes"},
        **{"key": "1", "action": "update", "before": {"text": "two"}, "after": {"text": "three"}},
    }
    assert served.admin("GET", "/journal", params={"system": "other"}).text == ""
    assert json.loads(served.admin("GET", "/truth").text)["customer"] == "c1"
    for path in ("/journal", "/truth"):
        assert served.admin("GET", path, actor="hub").status_code == 401
    assert requests.get(served.running.admin + "/health", timeout=10).json()["systems"] == ["toy"]


def test_the_admin_app_moves_the_clock_and_breaks_a_system(served: Served) -> None:
    assert served.admin("POST", "/clock", json={"advance_seconds": 90}).json() == {
        "now": "2026-11-22T10:01:30.000Z"
    }
    assert served.world.clock.now() == START + timedelta(seconds=90)
    assert served.admin("POST", "/faults", json={"system": "toy", "mode": "down"}).ok
    assert served.toy("GET", "/notes/1").status_code == 503
    assert served.admin("GET", "/journal").ok
    assert served.admin("POST", "/faults", json={"system": "toy", "mode": "ok"}).ok
    assert served.toy("GET", "/notes/1").ok


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", b'{"advance_seconds": -1}'),
        ("/clock", b"{}"),
        ("/clock", b"no json"),
        ("/faults", b'{"system": "nobody", "mode": "down"}'),
        ("/faults", b'{"system": "toy", "mode": "sideways"}'),
    ],
)
def test_the_admin_app_says_what_is_wrong(served: Served, path: str, body: bytes) -> None:
    answer = served.admin("POST", path, data=body)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_the_server_is_gone_when_its_block_is_left() -> None:
    world = World.of(ManualClock(START), TOKENS)
    with running_sandbox([Toy(world)], world) as running:
        assert requests.get(running.admin + "/health", timeout=10).ok
    with pytest.raises(requests.ConnectionError):
        requests.get(running.admin + "/health", timeout=10)


def test_a_fast_clock_gives_the_client_short_waits() -> None:
    fast = WallClock(speed=60)
    fast.advance(timedelta(days=1))
    assert fast.now() > datetime.now(UTC) + timedelta(hours=23)
    assert retry_after(fast, timedelta(seconds=300)) == 5
    assert retry_after(fast, timedelta(seconds=301)) == 6
    assert retry_after(fast, timedelta(milliseconds=1)) == 1
    before, told = fast.now(), fast.deadline(timedelta(minutes=60))
    assert before <= told - timedelta(seconds=60) <= fast.now(), "an hour of its own is a minute of theirs"
    with pytest.raises(ValueError, match="speed"):
        WallClock(speed=0)


def test_the_index_shows_every_record_as_it_was_a_lag_ago() -> None:
    clock = ManualClock(START)
    index = LaggedIndex(clock, timedelta(seconds=10))
    index.load("1", {"v": 0})
    index.put("1", {"v": 1})
    clock.advance(timedelta(seconds=6))
    index.put("1", None)
    assert dict(index.items()) == {"1": {"v": 0}}
    clock.advance(timedelta(seconds=4))
    assert dict(index.items()) == {"1": {"v": 1}}
    clock.advance(timedelta(seconds=6))
    assert dict(index.items()) == {}


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_no_span_ever_takes_more_than_a_rolling_window_allows(steps: list[int]) -> None:
    clock = ManualClock(START)
    window = RollingWindow(clock, 3, timedelta(seconds=10))
    taken = []
    for step in steps:
        clock.advance(timedelta(milliseconds=step))
        asked = window.take()
        if asked.allowed:
            taken.append(clock.now())
        else:
            probe = ManualClock(clock.now())
            probe.advance(asked.wait)
            assert sum(t > probe.now() - timedelta(seconds=10) for t in taken) < 3
    assert all(later - first >= timedelta(seconds=10) for first, later in zip(taken, taken[3:], strict=False))


def test_a_fixed_window_starts_afresh_and_counts_each_key_apart() -> None:
    clock: Clock = ManualClock(START + timedelta(seconds=50))
    window = FixedWindow(clock, 1, timedelta(minutes=1))
    assert window.take("a").allowed and window.take("b").allowed
    refused = window.take("a")
    assert (refused.allowed, refused.wait) == (False, timedelta(seconds=10))
    clock.advance(refused.wait)
    assert window.take("a").allowed


@given(st.lists(st.integers(1, 500), unique=True), st.integers(0, 500))
def test_a_table_pages_in_the_order_of_its_ids(keys: list[int], after: int) -> None:
    table = Table()
    for key in keys:
        table.put(str(key), {"id": key})
    assert [row["id"] for _, row in table.items(str(after))] == sorted(k for k in keys if k > after)
    for key in keys[::2]:
        table.drop(str(key))
    assert [int(key) for key, _ in table.items()] == sorted(keys[1::2])


rows = st.fixed_dictionaries({"word": st.sampled_from("abc"), "rank": st.none() | st.integers(0, 3)})
numbers = st.integers(1, 9).map(str)
steps: st.SearchStrategy[Any] = st.tuples(st.just("put"), numbers, rows) | st.tuples(
    st.just("drop"), numbers, st.none()
)
steps |= st.tuples(st.just("load"), st.none(), st.dictionaries(numbers, rows))


@given(st.lists(steps, max_size=25), st.integers(0, 3), st.integers(0, 10))
def test_an_indexed_table_answers_like_a_scan_after_any_changes(
    changes: list[tuple[str, Any, Any]], rank: int, number: int
) -> None:
    table = Table()
    words, ranked = table.found_by(Index(lambda row: (row["word"],))), table.found_by(Order(_ranked))
    for what, key, content in changes:
        if what == "load":
            table.load(content.items())
        elif what == "put":
            table.put(key, content)
        elif key in table:
            table.drop(key)
    scan = sorted((row["rank"], int(key)) for key, row in table.items() if row["rank"] is not None)
    keys = [str(key) for _, key in scan]
    for word in "abc":
        assert sorted(words.keys(word)) == [key for key, row in table.items() if row["word"] == word]
    assert list(ranked) == list(table.found_by(Order(_ranked))) == keys
    assert list(ranked[::-1][1:][:2]) == keys[::-1][1:][:2]
    assert ranked.before(rank) == sum(one < rank for one, _ in scan)
    assert ranked.through(rank) == sum(one <= rank for one, _ in scan)
    assert ranked.through(rank, number) == sum(one <= (rank, number) for one in scan)


def _ranked(row: Mapping[str, Any]) -> tuple[int] | None:
    return None if row["rank"] is None else (row["rank"],)


def test_who_held_a_value_first_is_found_first_whatever_else_changes() -> None:
    table = Table()
    words = table.found_by(Index(lambda row: (row["word"],)))
    table.load([("2", {"word": "a"}), ("3", {"word": "a"})])
    table.put("1", {"word": "a"})
    table.put("2", {"word": "a", "more": 1})
    assert (words.keys("a"), words.one("b")) == (("2", "3", "1"), None)


def test_a_table_gives_and_takes_copies() -> None:
    table, row = Table(), {"tags": ["a"]}
    table.put("1", row)
    row["tags"].append("b")
    given_out = table.get("1") or {}
    given_out["tags"].append("c")
    assert table.get("1") == {"tags": ["a"]}


def test_new_ids_keep_clear_of_those_a_seed_brought() -> None:
    ids = Ids(100, 7)
    ids.seen(["50", "250"])
    assert [ids.new(), ids.new()] == ["257", "264"]


records = st.dictionaries(st.sampled_from("abcd"), st.none() | st.integers(0, 2))


@given(records, records)
def test_what_changed_leads_from_before_to_after(before: dict[str, Any], after: dict[str, Any]) -> None:
    was, became = changes(before, after)
    kept = {k: v for k, v in before.items() if k not in was}
    assert {**kept, **became} == after
    assert not [k for k in was if k in became and was[k] == became[k]]


def test_the_journal_counts_on_over_all_systems() -> None:
    journal = Journal(ManualClock(START))
    for system in ("a", "b", "a"):
        journal.record(system, "hub", "notes", "1", "create", {}, {"x": 1})
    assert [e.seq for e in journal.since(0, "a")] == [1, 3]
    assert [e.seq for e in journal.since(1)] == [2, 3]


def test_stamps_are_cut_to_milliseconds_and_read_back() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=UTC)
    assert iso_ms(moment) == "2026-01-02T03:04:05.999Z"
    assert parse(iso_ms(moment)) == moment.replace(microsecond=999_000)
    with pytest.raises(ValueError, match="offset"):
        parse("2026-01-02T03:04:05")


def test_tokens_come_from_the_environment_or_by_chance() -> None:
    chosen = Tokens.chosen({"SANDBOX_TOKEN_HUB": "h"})
    assert chosen.actor("h") == "hub"
    assert chosen.actor(chosen.human) == "human"
    assert chosen.actor(chosen.admin) is None and chosen.actor("") is None
    assert len(chosen.human) > 20 and "h" not in repr(chosen).split("(")[1]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_whole_sandbox_starts_tells_where_it_is_and_ends_cleanly(tmp_path: Path, number: int) -> None:
    ready = tmp_path / "ready.json"
    options = ["--customers", "20", "--speed", "60", "--ready-file", str(ready)]
    environment = {**os.environ, "SANDBOX_TOKEN_HUB": "hub-token"}
    command = [sys.executable, "-m", "sandbox", *options]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout and process.stdout.readline().startswith(
                "sandbox listens on http://127.0.0.1:"
            )
            told = json.loads(ready.read_text())
            assert stat.S_IMODE(ready.stat().st_mode) == 0o600
            assert (told["speed"], told["tokens"]["hub"]) == (60, "hub-token")
            headers = {"Authorization": "Bearer hub-token"}
            url = told["systems"]["hubspot"] + "/crm/objects/2026-09/contacts"
            assert requests.get(url, headers=headers, timeout=10).json()["results"]
            process.send_signal(number)
            assert process.wait(30) == 0
        finally:
            process.kill()
    assert not ready.exists()
