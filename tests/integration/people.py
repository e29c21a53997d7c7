"""A hub that reaches no system, and records as a system would show them: for who is who alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from hub.flow.hub import Hub
from hub.flow.recognise.reconcile import reconcile
from hub.golden.claims import Rules
from hub.golden.record import Shown, SourceRecord, read_again
from hub.mapping.load import load
from hub.model.keys import RecordKey
from hub.model.value import Value
from hub.store import records
from hub.store.engine import open_store
from hub.store.migrate import migrate
from tests.databases import Databases
from tests.unit.said import at, person, read_at


@contextmanager
def hub_with_nothing(databases: Databases) -> Iterator[Hub]:
    """A hub nobody told anything."""
    store = open_store(databases.new())
    migrate(store)
    try:
        yield Hub(store, load(), now=lambda: at(100))
    finally:
        store.close()


def said(
    name: tuple[str, str],
    emails: Sequence[str] = (),
    phones: Sequence[str] = (),
    born: str | None = None,
    home: tuple[str, str] | None = None,
    **more: Value,
) -> SourceRecord:
    """What one record says of a person; ``home``: postal code and house number."""
    place: dict[str, Value] = (
        {"street": "Plein", "postal_code": home[0], "house_number": home[1]} if home else {}
    )
    values: dict[str, Value | None] = {
        "name": {"given_name": name[0], "family_name": name[1]},
        "birth_date": born,
        "address": {"street": "Plein", **place} if place else None,
        **more,
    }
    start = SourceRecord(person("hubspot"), "contacts", "1")
    shown = Shown(values, {"emails": tuple(emails), "phones": tuple(phones)})
    return read_again(start, shown, read_at(1), Rules())


def admit(hub: Hub, some: Mapping[RecordKey, SourceRecord]) -> None:
    """These records came in, or say something else by now."""
    with hub.store.begin() as connection:
        records.save(
            connection,
            [replace(one, key=key, raw_key=key.key, object="contacts") for key, one in some.items()],
        )


def settle(hub: Hub) -> dict[str, frozenset[str]]:
    """Reconcile; golden id → its records."""
    reconcile(hub, "run")
    with hub.store.read() as connection:
        found: dict[str, set[str]] = {}
        for key, golden_id in records.clusters(connection).items():
            found.setdefault(golden_id, set()).add(str(key))
    return {golden_id: frozenset(some) for golden_id, some in found.items()}


def parts(found: Mapping[str, Iterable[str]]) -> set[frozenset[str]]:
    """Who belongs together, whatever the ids."""
    return {frozenset(some) for some in found.values()}
