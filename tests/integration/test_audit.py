"""What must hold in a store holds in the middle of things too, and what does not is named."""

from collections.abc import Iterator

import pytest

from hub.flow import verbs
from hub.store import laws
from hub.store.engine import Store
from tests.databases import Databases
from tests.integration.stage import ROUND, Staged, everybody, staged

BREAKS = {
    "each record that was reconciled belongs": "DELETE FROM crosswalk",
    "the customer a record belongs to is there": "UPDATE crosswalk SET golden_id = 'nobody'",
    "each admitted record has what": "DELETE FROM raw_record",
    "an old golden id leads": "INSERT INTO redirect VALUES ('old', 'nobody', '2026')",
    "each golden record has the version before": "UPDATE golden SET version = 99",
    "what waits to be compared": "INSERT INTO publish_queue VALUES ('brevo', 'nobody', '2026', '')",
    "each change of a record names": "UPDATE outbox SET record_id = 999999",
    "a pair of records": "INSERT INTO edge SELECT high_id, low_id, score, verdict FROM edge",
    "each customer has a record": "UPDATE crosswalk SET golden_id = 'nobody'",
    "a customer is told to be in": "UPDATE golden SET systems = '[\"nowhere\"]'",
    "each value that stands": "UPDATE source_record SET key = key || 'x'",
}


@pytest.fixture(scope="module")
def settled(databases: Databases) -> Iterator[Staged]:
    with staged(everybody(15)) as stage:
        hub = stage.hub(databases)
        hub.sync(3)
        yield hub


def found(store: Store) -> list[str]:
    with store.read() as connection:
        return [one.law for one in laws.broken(connection)]


def test_every_law_holds_after_whole_rounds_and_each_is_seen_when_broken(settled: Staged) -> None:
    store = settled.hub.store
    audited = verbs.audit(settled.hub)
    assert audited.broken == [] and audited.agreement.agree > 100 and audited.agreement.share == 1
    for law, statement in BREAKS.items():
        with store.engine.connect() as connection, connection.begin() as undone:
            connection.exec_driver_sql(statement)
            told = {one.law: one for one in laws.broken(connection)}
            assert any(name.startswith(law) for name in told), law
            assert all(one.count >= len(one.examples) > 0 for one in told.values())
            undone.rollback()
    assert found(store) == []


def test_every_law_holds_in_the_middle_of_things(settled: Staged) -> None:
    stage, hub = settled.stage, settled.hub
    key = next(one.key.key for one in settled.records() if str(one.key).startswith("moneybird/org"))
    stage.edit("moneybird", "contacts", key, {"city": "Appelscha"})
    stage.pass_time(ROUND)
    for done in (verbs.pull(hub, "moneybird"), verbs.recompose(hub), verbs.prepare(hub, "brevo")):
        assert done and found(hub.store) == []
