"""Our own hard set: what four departments wrote down of one population, as the hub admits it.

Households with one name and address, twins, fathers and sons, shared mailboxes and switchboards, people
who moved or married, groups of firms at one site: see ``sandbox/people/difficulty.py``. Read by the shipped
mappings and judged as in admission, so that a row is what the hub has of a source record at first sight.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import Any

import pyarrow as pa

from hub.flow.pull.admit import observed
from hub.flow.pull.judging import reasons
from hub.golden.claims import Reading
from hub.golden.record import SourceRecord
from hub.mapping.load import HERE, Mappings, load
from hub.mapping.read import CustomerReading, read_customers
from hub.model.instant import DAWN, instant
from hub.model.keys import KINDS, RecordKey
from quality.records import RecordJudge
from sandbox.people import Population
from sandbox.people import parts as populations

SYSTEMS = frozenset({"brevo", "hubspot", "moneybird", "zendesk"})
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FIRST = Reading(instant(NOW), DAWN)
UNITS = 4_000
"""Households and firms in one part; about 11,000 records."""
READERS = 2
"""Processes that read what one makes."""

PHONES = ("phone", "phone_2")
COLUMNS = (
    *("id", "system", "kind", "key"),
    *("given_name", "family_name_prefix", "family_name", "legal_name", "email", *PHONES),
    *("street", "house_number", "house_number_addition", "postal_code", "city", "country"),
    *("birth_date", "vat_number", "coc_number", "domain", "employer", "customer"),
)
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])
_NO_ROLE = {"id", "system", "key", "phone_2", "employer", "customer"}
ROLES = {name: name for name in COLUMNS if name not in _NO_ROLE}


@dataclass(frozen=True, slots=True)
class Admitted:
    """Customers that the hub admits of some records."""

    table: pa.Table
    """One row each."""
    records: list[SourceRecord]
    """The same as the hub has them at first sight."""

    def first(self, number: int) -> "Admitted":
        """The first so many."""
        return Admitted(self.table.slice(0, number), self.records[:number])


def parts(records: int, seed: int) -> Iterator[pa.Table]:
    """The first ``records`` source records of one population, in parts; never more than a few are in memory.

    One population, not several side by side: names collide as often as they do among that many customers.
    """
    return (part.table for part in _cut(_tables, records, seed))


def whole(records: int, seed: int) -> Iterator[Admitted]:
    """The same, with what the hub stores of them."""
    return _cut(admitted, records, seed)


def _cut(work: Callable[[Population], Admitted], records: int, seed: int) -> Iterator[Admitted]:
    everyone = populations(records, seed, NOW, UNITS)
    with ProcessPoolExecutor(READERS, mp_context=get_context("spawn")) as pool:
        for part in _in_order(pool, work, everyone):
            yield part.first(records)
            records -= part.table.num_rows
            if records <= 0:
                return


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Population], Admitted], some: Iterable[Population]
) -> Iterator[Admitted]:
    """The results in the order of what was given, which is taken no faster than it is worked off."""
    waiting: deque[Future[Admitted]] = deque()
    for one in some:
        waiting.append(pool.submit(work, one))
        if len(waiting) > READERS:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def admitted(part: Population) -> Admitted:
    """The customers of a part that the hub admits; employers by their name there."""
    truth = {(row.system, row.kind, row.key): row.customer for row in part.truth}
    found = {one.key: (begun, one) for begun, one in _read(part, load(HERE, SYSTEMS))}
    firms = {key: one.document().get("legal_name") for key, (_, one) in found.items()}
    rows = []
    for key, (_, one) in found.items():
        row = flat(key, one.document())
        row["customer"] = truth[key.system, key.kind, key.key]
        row["employer"] = firms.get(one.links["works_for"]) if "works_for" in one.links else None
        rows.append(row)
    return Admitted(
        pa.Table.from_pylist(rows, SCHEMA),
        [observed(begun, one, FIRST, timedelta()) for begun, one in found.values()],
    )


def _tables(part: Population) -> Admitted:
    """Without what the hub stores: the process that reads need not hand it over."""
    return Admitted(admitted(part).table, [])


def _read(part: Population, mappings: Mappings) -> Iterator[tuple[SourceRecord, CustomerReading]]:
    judges = {kind: RecordJudge({"$ref": f"#/$defs/{kind}", **mappings.schema}) for kind in KINDS}
    for system, objects in part.systems.items():
        mapping = mappings.systems[system]
        for obj in (mapping.objects[name] for name in objects if mapping.objects[name].facets):
            for raw in objects[obj.name]:
                for one in read_customers(mapping, obj.name, str(raw["id"]), raw, {}):
                    if not reasons(mapping, obj, one, judges[one.key.kind]):
                        yield SourceRecord(one.key, obj.name, str(raw["id"])), one


def flat(key: RecordKey, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a customer, as flat columns; whom they are and work for is left out."""
    return {
        **said,
        **said.get("name", {}),
        **said.get("address", {}),
        **dict(zip(PHONES, said.get("phones", ()), strict=False)),
        "email": next(iter(said.get("emails", ())), None),
        "id": str(key),
        "system": key.system,
        "kind": key.kind,
        "key": key.key,
    }
