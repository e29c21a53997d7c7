"""What too many records lost in one pull is doubted: counted place by place, over all batches of the pull."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from hub.flow.pull.admit import observed
from hub.flow.pull.emptied import FEW, Tally, doubt
from hub.flow.pull.judging import Admitted, Judged
from hub.golden import cell as cells
from hub.golden.claims import Held, Reading
from hub.golden.record import SourceRecord
from hub.mapping.load import load
from hub.mapping.read import CustomerReading, read_customers
from hub.model.keys import RecordKey
from hub.store import records
from hub.store.engine import Connection, open_store
from hub.store.migrate import migrate
from hub.store.raw import Raw
from tests.databases import Databases
from tests.unit.said import at

SYSTEM = load().systems["moneybird"]
OBJECT = SYSTEM.objects["contacts"]
FULL = {
    "company_name": "",
    "firstname": "Jan",
    "lastname": "de Boer",
    "send_invoices_to_email": "jan@voorbeeld.nl",
    "address1": "Markt 99",
    "address2": "",
    "zipcode": "9934 CK",
    "city": "Delfzijl",
    "country": "NL",
}
Known = dict[RecordKey, SourceRecord]
NOBODY: frozenset[tuple[RecordKey, str]] = frozenset()


def reading(number: int, **told: str) -> CustomerReading:
    """A contact that shows this beside what all show."""
    (found,) = read_customers(SYSTEM, "contacts", str(number), {**FULL, **told}, {})
    return found


def record(number: int, **told: str) -> SourceRecord:
    """The same contact as it was read first."""
    one = reading(number, **told)
    start = SourceRecord(one.key, "contacts", str(number))
    return observed(start, one, Reading(at(0), at(0)), timedelta())


def judged(*readings: CustomerReading) -> list[Judged]:
    """What a batch shows, nothing wrong with any of it."""
    return [Judged(_raw(one.key.key), [Admitted(one)]) for one in readings]


def _raw(key: str) -> Raw:
    return Raw("moneybird", "contacts", key, "", {}, None, None, False, None, None, at(100), at(0))


@contextmanager
def store_of(databases: Databases, some: Mapping[RecordKey, SourceRecord]) -> Iterator[Connection]:
    """A store that holds these records."""
    opened = open_store(databases.new())
    migrate(opened)
    with opened.begin() as connection:
        records.save(connection, some.values())
        yield connection
    opened.close()


def waiting(
    databases: Databases,
    known: Known,
    *batches: list[CustomerReading],
    accepted: Collection[tuple[RecordKey, str]] = NOBODY,
) -> list[dict[str, str]]:
    """Field → why it waits, of each reading of these batches of one pull."""
    found: list[dict[str, str]] = []
    tally = Tally()
    with store_of(databases, known) as connection:
        for batch in batches:
            some = judged(*batch)
            doubt(connection, SYSTEM, OBJECT, some, known, accepted, tally)
            found += [dict(one.admitted[0].waits) for one in some]
            records.save(connection, [_after(known, one.admitted[0]) for one in some])
    return found


def _after(known: Known, one: Admitted) -> SourceRecord:
    before = known.get(one.reading.key) or SourceRecord(one.reading.key, "contacts", one.reading.key.key)
    return observed(before, one.reading, Reading(at(100), at(0)), timedelta(), one.waits)


def people(number: int, **told: str) -> Known:
    """So many contacts that are known."""
    return {one.key: one for one in (record(which, **told) for which in range(number))}


def test_so_few_are_believed_whatever_share_they_are(databases: Databases) -> None:
    batch = [reading(which, city="") for which in range(FEW)]
    assert waiting(databases, people(FEW), batch) == [{}] * FEW


def test_one_more_is_doubted_and_all_of_them_wait(databases: Databases) -> None:
    batch = [reading(which, city="") for which in range(FEW + 1)]
    assert waiting(databases, people(FEW + 1), batch) == [{"address": "emptied"}] * (FEW + 1)


@pytest.mark.parametrize(("number", "waits"), [(7, 0), (8, 8)])
def test_up_to_a_tenth_is_believed(databases: Databases, number: int, waits: int) -> None:
    batch = [reading(which, city="") for which in range(number)]
    found = waiting(databases, people(70), batch)
    assert sum("address" in one for one in found) == waits


def test_the_share_is_of_those_that_are_filled(databases: Databases) -> None:
    known = people(10) | {one.key: one for one in (record(which, city="") for which in range(10, 200))}
    found = waiting(databases, known, [reading(which, city="") for which in range(6)])
    assert found == [{"address": "emptied"}] * 6


def test_each_place_of_a_field_counts_for_itself(databases: Databases) -> None:
    each = [reading(which, city="") if which < 4 else reading(which, zipcode="") for which in range(8)]
    assert waiting(databases, people(8), each) == [{}] * 8
    firsts = [reading(which, firstname="") for which in range(6)]
    lasts = [reading(which, zipcode="") for which in range(6, 8)]
    found = waiting(databases, people(8), [*firsts, *lasts])
    assert found == [{"name": "emptied"}] * 6 + [{}] * 2


def test_what_is_not_emptied_goes_on_beside_what_waits(databases: Databases) -> None:
    known = people(6)
    with store_of(databases, known) as connection:
        some = judged(
            *(reading(which, city="", send_invoices_to_email="anders@voorbeeld.nl") for which in range(6))
        )
        doubt(connection, SYSTEM, OBJECT, some, known, NOBODY, Tally())
    for one in some:
        (admitted,) = one.admitted
        assert "address" not in admitted.reading.values and "name" in admitted.reading.values
        assert admitted.reading.slots["emails"] == ("anders@voorbeeld.nl",)
        (reason,) = admitted.reasons["address"]
        assert (reason["path"], reason["rule"], reason["value"]) == ("city", "emptied", "")
        assert reason["allowed"].endswith("6 of 6 were")


def test_all_batches_of_a_pull_count_together(databases: Databases) -> None:
    first = [reading(which, city="") for which in range(5)]
    second = [reading(which, city="") for which in range(5, 10)]
    found = waiting(databases, people(20), first, second)
    assert found == [{}] * 5 + [{"address": "emptied"}] * 5
    assert waiting(databases, people(100), first, second) == [{}] * 10


def test_what_waits_already_goes_on_waiting_and_does_not_count_again(databases: Databases) -> None:
    known = people(11)
    for which in range(6):
        one = record(which)
        held = {"address": Held("emptied", reading(which, city="").shown["address"], at(50), at(0))}
        known[one.key] = replace(one, held=held)
    again = [reading(which, city="") for which in range(6)]
    new = [reading(which, city="") for which in range(6, 11)]
    found = waiting(databases, known, [*again, *new])
    assert found == [{"address": "emptied"}] * 6 + [{}] * 5


def test_what_waits_and_is_filled_again_waits_no_longer(databases: Databases) -> None:
    one = record(1)
    held = {"address": Held("emptied", "x", at(50), at(0))}
    known = {one.key: replace(one, held=held)}
    assert waiting(databases, known, [reading(1)]) == [{}]
    with store_of(databases, known) as connection:
        typed = {"address": at(90), "name": at(80)}  # by the system's own history
        some = judged(*(replace(reading(1, city=city), typed=typed) for city in ("Delfzijl", "Assen")))
        doubt(connection, SYSTEM, OBJECT, some, known, NOBODY, Tally())
    put_back, typed_anew = (one.admitted[0].reading.typed for one in some)
    assert (put_back, typed_anew) == ({"name": at(80)}, typed)


def test_what_a_person_accepted_goes_and_the_others_are_counted_without_it(databases: Databases) -> None:
    known = people(11)
    accepted = {(record(which).key, "address") for which in range(6)}
    batch = [reading(which, city="") for which in range(11)]
    assert waiting(databases, known, batch, accepted=accepted) == [{}] * 11
    other = {(key, "name") for key, _ in accepted}
    assert waiting(databases, known, batch, accepted=other) == [{"address": "emptied"}] * 11


def test_what_the_hub_itself_emptied_does_not_count(databases: Databases) -> None:
    known = people(8)
    for which in range(6):
        one = record(which)
        told = one.cells["address"].base
        assert isinstance(told, dict)
        left = {name: part for name, part in told.items() if name != "city"}
        flying = cells.sent(one.cells["address"], left, at(50))
        known[one.key] = replace(one, cells={**one.cells, "address": flying})
    found = waiting(databases, known, [reading(which, city="") for which in range(8)])
    assert found == [{}] * 8


def test_who_is_new_lost_nothing(databases: Databases) -> None:
    assert waiting(databases, people(0), [reading(which, city="") for which in range(20)]) == [{}] * 20


def test_a_value_replaced_by_another_is_not_emptied(databases: Databases) -> None:
    batch = [reading(which, city="Groningen") for which in range(20)]
    assert waiting(databases, people(20), batch) == [{}] * 20


def test_emptied_elements_of_a_list_are_doubted_too(databases: Databases) -> None:
    batch: list[Any] = [reading(which, send_invoices_to_email="") for which in range(6)]
    assert waiting(databases, people(6), batch) == [{"emails": "emptied"}] * 6
