"""The hub's memory on SQLite: what the migrations make, and that nothing is stored by halves or twice."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, func, inspect, select, update

from connectors.contract import RawRecord
from hub.golden.cell import Cell
from hub.golden.claims import Held, Refused
from hub.golden.record import SourceRecord
from hub.golden.roll import Roll
from hub.model.instant import DAWN
from hub.model.keys import RecordKey
from hub.store import due, golden, identity, quarantine, queue, raw, records, runs, watermarks
from hub.store.among import among
from hub.store.engine import Store, open_store
from hub.store.golden import Golden
from hub.store.identity import Judgement
from hub.store.migrate import migrate
from hub.store.raw import Raw
from hub.store.tables import (
    golden_version,
    identity_event,
    metadata,
    publish_queue,
    raw_record,
    raw_version,
    source_record,
)
from hub.store.upsert import MANY, insert, upsert
from tests.databases import Databases
from tests.unit.said import at, person


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    opened = open_store(databases.new())
    migrate(opened)
    yield opened
    opened.close()


class Interrupted(Exception):
    """Somebody pulled the plug."""


def page(*keys: str, word: str = "a", read: int = 0) -> list[Raw]:
    """Records as received; ``word`` is what they say."""
    return [
        Raw(
            "s",
            "contacts",
            key,
            f"{key}-{word}",
            {"word": word},
            None,
            None,
            False,
            None,
            None,
            at(read),
            at(0),
        )
        for key in keys
    ]


def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(metadata.tables) <= set(inspect(connection).get_table_names())


def test_migrating_again_does_nothing(store: Store) -> None:
    with store.begin() as connection:
        raw.land(connection, page("1"), "run")
    migrate(store)
    with store.read() as connection:
        assert raw.count(connection, "s", "contacts") == 1


def test_the_watermark_moves_only_with_its_page(store: Store) -> None:
    with store.begin() as connection:
        raw.land(connection, page("1"), "run")
        watermarks.advance(connection, "s", "contacts", {"page": 1})
    with pytest.raises(Interrupted), store.begin() as connection:
        raw.land(connection, page("2"), "run")
        watermarks.advance(connection, "s", "contacts", {"page": 2})
        raise Interrupted
    with store.read() as connection:
        assert watermarks.read(connection, "s", "contacts").cursor == {"page": 1}
        assert raw.count(connection, "s", "contacts") == 1


def test_a_watermark_that_was_never_set_is_the_beginning(store: Store) -> None:
    with store.read() as connection:
        assert watermarks.read(connection, "s", "contacts") == watermarks.Watermark(None, DAWN)


def test_completing_a_pull_keeps_the_cursor_and_the_other_way_round(store: Store) -> None:
    with store.begin() as connection:
        watermarks.advance(connection, "s", "contacts", {"page": 1})
        watermarks.complete(connection, "s", "contacts", at(5))
        watermarks.advance(connection, "s", "contacts", {"page": 2})
    with store.read() as connection:
        assert watermarks.read(connection, "s", "contacts") == watermarks.Watermark({"page": 2}, at(5))


def test_what_changed_is_read_before_everything_is_read_anew(store: Store) -> None:
    with store.begin() as connection:
        watermarks.advance(connection, "s", "contacts", {"page": 1})
        watermarks.complete(connection, "s", "contacts", at(5))
        watermarks.rewind(connection, "s", "contacts")
        assert watermarks.read(connection, "s", "contacts") == watermarks.Watermark({"page": 1}, at(5), True)
        watermarks.begin_anew(connection, "s", "contacts")
    with store.read() as connection:
        assert watermarks.read(connection, "s", "contacts") == watermarks.Watermark(None, at(5))


def test_landing_counts_what_is_new_changed_and_unchanged(store: Store) -> None:
    with store.begin() as connection:
        first = raw.land(connection, page("1", "2"), "run")
        second = raw.land(connection, [*page("1"), *page("2", word="b"), *page("3")], "run")
        assert raw.land(connection, [], "run") == raw.Landed()
    assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
    assert (second.new, second.changed, second.unchanged) == (1, 1, 1)


def test_a_record_twice_on_a_page_is_one_record_and_the_last_stands(store: Store) -> None:
    with store.begin() as connection:
        landed = raw.land(connection, [*page("1"), *page("1", word="b")], "run")
        assert raw.data(connection, "s", "contacts", ["1"]) == {"1": {"word": "b"}}
    assert (landed.new, landed.unchanged) == (1, 1)


def test_nothing_doubles_when_a_page_is_landed_twice(store: Store) -> None:
    for _ in range(2):
        with store.begin() as connection:
            raw.land(connection, page("1", "2"), "run")
    with store.read() as connection:
        for table in (raw_record, raw_version):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 2


def test_every_version_is_kept(store: Store) -> None:
    with store.begin() as connection:
        for second, word in enumerate("abca"):
            raw.land(connection, page("1", word=word, read=second), f"run{second}")
        kept = connection.execute(
            select(raw_version.c.data, raw_version.c.run_id).order_by(raw_version.c.id)
        ).all()
    assert [row.data for row in kept] == [f'{{"word":"{word}"}}' for word in "abca"]
    assert [row.run_id for row in kept] == ["run0", "run1", "run2", "run3"]


def test_what_moved_on_while_it_was_admitted_stays_pending(store: Store) -> None:
    with store.begin() as connection:
        raw.land(connection, page("1", "2"), "run")
        batch = raw.pending(connection, "s", "contacts", 10)
        raw.land(connection, page("1", word="b", read=9), "run")
        raw.settle(connection, batch)
        assert [one.key for one in raw.pending(connection, "s", "contacts", 10)] == ["1"]


@pytest.mark.parametrize("number", [2, 3 * MANY])
def test_many_rows_are_written_as_few_are(store: Store, number: int) -> None:
    """Few go by a statement each, many by what the database is good at; text comes through as it is."""
    texts = {f"g{one:05}": f"tab\t back\\slash 'quote' {one} \\N é\n" for one in range(number)}
    rows = [{"system": "s", "golden_id": one, "queued_at": at(0)} for one in texts]
    with store.begin() as connection:
        upsert(connection, publish_queue, rows, ("system", "golden_id"))
        upsert(
            connection,
            publish_queue,
            [*rows[:-1], {**rows[0], "queued_at": at(1)}, {**rows[0], "queued_at": at(2)}],
            ("system", "golden_id"),
        )
        insert(connection, identity_event, [_event(one, said) for one, said in texts.items()])
    with store.read() as connection:
        queued = dict(connection.execute(select(publish_queue.c.golden_id, publish_queue.c.queued_at)).all())
        said = dict(connection.execute(select(identity_event.c.golden_id, identity_event.c.what)).all())
    assert queued == {**dict.fromkeys(texts, at(0)), "g00000": at(2)}
    assert said == texts


def _event(golden_id: str, said: str) -> dict[str, Any]:
    return {"at": at(0), "what": said, "golden_id": golden_id, "other": None}


def test_redirects_lead_to_the_end_of_the_chain(store: Store) -> None:
    with store.begin() as connection:
        identity.redirected(connection, {"a": "b"}, at(0))
        identity.redirected(connection, {"b": "c", "x": "c"}, at(1))
        identity.redirected(connection, {"c": "d"}, at(2))
        assert [identity.resolve(connection, one) for one in "abcxd"] == ["d"] * 5
        assert identity.resolve(connection, "never seen") == "never seen"


def test_a_judgement_is_never_overwritten_and_the_latest_stands(store: Store) -> None:
    one, other = person("a"), person("b")
    with store.begin() as connection:
        identity.judge(connection, Judgement(other, one, True, "an", "same birthday", at(0)))
        identity.judge(connection, Judgement(one, other, False, "bo", "twins", at(1)))
        (standing,) = identity.judgements(connection, [one])
        assert (standing.same, standing.who, standing.low) == (False, "bo", one)
        identity.withdraw(connection, other, one, at(2))
        assert identity.judgements(connection) == []


def test_a_golden_record_gets_a_version_only_when_it_changed(store: Store) -> None:
    def made(city: str) -> Golden:
        return Golden("g", "person", {"city": city}, {"city": {"from": "a"}}, ("a", "b"))

    with store.begin() as connection:
        assert len(golden.save(connection, [made("Delft")], at(0), "run").rows) == 1
        assert len(golden.save(connection, [made("Delft")], at(1), "run").rows) == 0
        assert len(golden.save(connection, [made("Breda")], at(2), "run").rows) == 1
        found = golden.by_ids(connection, ["g"])["g"]
        assert (found.version, found.changed_at, found.document) == (2, at(2), {"city": "Breda"})
        (kept,) = connection.execute(select(golden_version)).mappings()
        assert (kept["version"], kept["at"], kept["document"]) == (1, at(0), '{"city":"Delft"}')
        golden.retire(connection, ["g"], at(3))
        assert golden.by_ids(connection, ["g"]) == {} and golden.counts(connection) == {}


def test_a_record_is_reconciled_once_it_has_been_compared_with_the_others(store: Store) -> None:
    with store.begin() as connection:
        records.save(connection, [SourceRecord(RecordKey("s", "person", "1"), "contacts", "1")])
        (row,) = marks = due.uncompared(connection)
        assert due.unreconciled(connection) == {}
        due.compared(connection, marks)
        assert list(due.unreconciled(connection)) == [row]


def test_a_customer_waits_once_in_the_queue_of_each_system(store: Store) -> None:
    with store.begin() as connection:
        for second in range(2):
            queue.enqueue(connection, ["s", "t"], ["g", "h"], at(second))
        assert queue.count_queued(connection) == 4
        marks = queue.queued(connection, "s", "", 10)
        assert queue.take(connection, "s", {"g": marks["g"]}) == {"g"}
        assert list(queue.queued(connection, "s", "", 10)) == ["h"]
        assert list(queue.queued(connection, "t", "", 10)) == ["g", "h"]
        assert list(queue.queued(connection, "t", "g", 10)) == ["h"]
        queue.enqueue(connection, ["s"], ["h"], at(9))
        assert queue.take(connection, "s", marks) == set(), "queued again since it was planned"
        assert list(queue.queued(connection, "s", "", 10)) == ["h"]


def test_of_what_a_look_shows_an_earlier_reading_s_history_says_nothing(store: Store) -> None:
    """Or what was typed since would be taken for as old as what stood there before it."""
    (one,) = page("1", read=10)
    seen = RawRecord("1", {"word": "b"}, at(20), "")
    with store.begin() as connection:
        raw.land(connection, [replace(one, typed={"word": at(5)})], "run")
        raw.looked(connection, "s", "contacts", {"1": (seen, {"word": "b"})}, at(30))
        (found,) = raw.pending(connection, "s", "contacts", 10)
        assert (found.data, found.read_at, found.typed) == ({"word": "b"}, at(30), {})
        told = replace(seen, data={"word": "c"}, typed={"word": at(25)})
        raw.looked(connection, "s", "contacts", {"1": (told, {"word": "c"})}, at(40))
        (found,) = raw.pending(connection, "s", "contacts", 10)
        assert (found.data, found.typed) == ({"word": "c"}, {"word": at(25)})


def test_a_record_is_stored_and_read_back_the_same(store: Store) -> None:
    key = person("s")
    made = SourceRecord(
        key,
        "contacts",
        "1",
        {"city": Cell("Delft", refused=(Refused(None, at(2)), Refused("Goes", at(3))), altered=True)},
        {"phones": Roll(("a", None), refused=(Refused(["b", "c"], at(4)),), since=at(5))},
        held={
            "name": Held("quarantined", "aa bb", at(9), at(5)),
            "address": Held("not_shown"),
            "emails": Held("emptied", "cc", at(9), at(8)),
        },
        unshown=frozenset({("properties", "zip"), ("email",)}),
        shown={"city": "aa"},
        made=at(1),
    )
    with store.begin() as connection:
        records.save(connection, [made])
        assert records.by_key(connection, key) == made
        records.save(connection, [replace(made, held={}, unshown=frozenset())])
        assert records.by_key(connection, key) == replace(made, held={}, unshown=frozenset())


def test_notes_from_before_fields_waited_for_reasons_are_read(store: Store) -> None:
    with store.begin() as connection:
        records.save(connection, [SourceRecord(person("s"), "contacts", "1", shown={"name": "aa"})])
        old = '{"unreadable":["name"],"shown":{"name":"aa"}}'
        connection.execute(update(source_record).values(notes=old))
        found = records.by_key(connection, person("s"))
        assert found and found.held == {"name": Held("unreadable")} and found.unshown == frozenset()
        records.save(connection, [found])
        assert records.by_key(connection, person("s")) == found


def test_quarantine_replaces_its_reasons_and_lets_go(store: Store) -> None:
    held = quarantine.Held(RecordKey("s", "person", "1"), "contacts", "1", [{"path": "email"}], at(0))
    with store.begin() as connection:
        quarantine.hold(connection, [held], "run")
        quarantine.hold(connection, [held], "run")
        assert quarantine.listed(connection, "s") == [held] and quarantine.count(connection, "s") == 1
        quarantine.release(connection, "s", "contacts", ["1"])
        assert quarantine.listed(connection) == []


def test_a_run_is_there_while_it_runs_and_after(store: Store) -> None:
    with store.begin() as connection:
        run_id = runs.start(connection, "pull", "s", at(0))
        assert [one.state for one in runs.recent(connection)] == ["running"]
        runs.finish(connection, run_id, at(5), "done", {"offered": 3})
        (one,) = runs.recent(connection, verb="pull", system="s")
        assert (one.state, one.counts, one.ended) == ("done", {"offered": 3}, at(5))


def test_a_reader_sees_one_moment_and_holds_up_no_writer(store: Store) -> None:
    with store.read() as reader:
        assert raw.count(reader, "s", "contacts") == 0
        with store.begin() as writer:
            raw.land(writer, page("1"), "run")
        assert raw.count(reader, "s", "contacts") == 0
    with store.read() as reader:
        assert raw.count(reader, "s", "contacts") == 1


def plan_of(store: Store, statement: str, values: Any = ()) -> str:
    """How the database would go about it; PostgreSQL by an index, however few rows there are yet."""
    postgresql = store.engine.dialect.name == "postgresql"
    with store.read() as connection:
        if postgresql:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN " if postgresql else "EXPLAIN QUERY PLAN "
        return " ".join(str(row) for row in connection.exec_driver_sql(explain + statement, values))


def test_what_nothing_decides_is_looked_up_and_not_every_golden_record(store: Store) -> None:
    asked: list[tuple[str, Any]] = []
    event.listen(store.engine, "before_cursor_execute", lambda *it: asked.append((it[2], it[3])))
    with store.read() as connection:
        assert list(golden.disputed(connection)) == []
    assert "ix_golden_disputed" in plan_of(store, *asked[-1])


def test_many_keys_are_looked_up_and_not_every_row(store: Store) -> None:
    """Beside another condition too: a scan of all rows for each batch would grow with their square."""
    which = among(source_record.c.id, [1, 2]), source_record.c.cells == "{}"
    query = select(source_record.c.key).where(*which)
    text = str(query.compile(store.engine, compile_kwargs={"literal_binds": True}))
    plan = plan_of(store, text)
    assert "pk_source_record" in plan or "USING INTEGER PRIMARY KEY" in plan, plan
