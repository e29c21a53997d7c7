"""What the triggerer runs for weeks: while the store is away it waits, and it comes back by itself."""

import asyncio
import socket
import sqlite3
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from dags.watching import EVERY, Released
from hub.model.instant import Instant
from hub.store import plans
from hub.store.engine import Store, open_store
from hub.store.plans import Hold
from tests.databases import Databases

AT = "2026-03-02T10:00:00.000000Z"
LATER = "2026-03-02T10:05:00.000000Z"
Scene = Callable[[], None]
Line = MutableMapping[str, Any]


class Over(Exception):
    """There are no more scenes."""


def watched(scenes: Sequence[Scene]) -> tuple[list[Instant], list[Line]]:
    """What is fired and what is said, where each wait between two looks is the next scene."""
    left = iter(scenes)

    async def wait(seconds: float) -> None:
        assert seconds == EVERY
        if (scene := next(left, None)) is None:
            raise Over
        scene()

    async def run() -> list[Instant]:
        fired: list[Instant] = []
        try:
            async for event in Released("brevo", wait=wait).run():
                fired.append(event.payload["released"])
        except Over:
            return fired
        raise AssertionError("it ended by itself")

    with capture_logs() as said:
        return asyncio.run(run()), said


def nothing() -> None:
    """Time passes."""


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    """A store of which nothing was ever released."""
    opened = open_store(databases.new())
    yield opened
    opened.close()


def release(store: Store, name: str, at: Instant) -> None:
    """A person lets something go."""
    with store.begin() as connection:
        plans.add_plan(connection, f"plan-{name}", "brevo", AT, "run")
        plans.add_hold(connection, Hold(f"hold-{name}", f"plan-{name}", "brevo", ("much",), "open", AT))
        plans.decide(connection, f"hold-{name}", "approved", "an", "read", at)


@pytest.fixture(params=["refused", "missing", "empty", "older", "no address"])
def away(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that is not there."""
    if request.param == "refused":
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            return f"postgresql+psycopg://hub:s3cret@127.0.0.1:{closed.getsockname()[1]}/hub"
    if request.param == "no address":
        return "postgresql+psycopg://hub:s3cret@[127.0.0.1/hub"
    file = tmp_path / "hub.db"
    if request.param == "empty":
        file.touch()
    if request.param == "older":
        with closing(sqlite3.connect(file)) as older:
            older.execute("CREATE TABLE alembic_version AS SELECT '0001' AS version_num")
            older.commit()
    return f"sqlite:///{file}"


def test_while_the_store_is_away_it_goes_on_looking_and_says_so_once(
    store: Store, away: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(address: str) -> Scene:
        return lambda: monkeypatch.setenv("KLANTBEELD_STORE", address)

    there = at(store.address)
    there()
    scenes: list[Scene] = [nothing, at(away), nothing, lambda: release(store, "1", AT), there, nothing]
    fired, said = watched([*scenes, at(away), nothing, there, nothing])
    assert fired == [AT], "what was let go meanwhile, and nothing twice"
    assert [(one["event"], one["system"]) for one in said] == [("not_watching", "brevo")] * 2
    assert all(one["message"] for one in said), "what to do about it"
    assert "s3cret" not in str(said)


def test_where_there_is_no_store_yet_it_waits_for_one(
    store: Store, away: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLANTBEELD_STORE", away)
    release(store, "1", AT)
    there: Scene = lambda: monkeypatch.setenv("KLANTBEELD_STORE", store.address)  # noqa: E731
    fired, said = watched([nothing, nothing, there, nothing, lambda: release(store, "2", LATER)])
    assert fired == [LATER], "what was let go before it looked is for the next pull"
    assert len(said) == 1
