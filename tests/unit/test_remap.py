"""What a file no longer reads waits aside, and comes back as it was: nobody typed anything."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hub.golden.claims import Claim, Rules
from hub.golden.form import aside_form, aside_of, cell_form, roll_form, said
from hub.golden.record import NO_TERMS, Shown, SourceRecord, read_again
from hub.golden.remap import brought_back, set_aside
from hub.model.keys import RecordKey
from hub.model.value import Slots, Value
from tests.unit.said import at, read_at

KEY = RecordKey("zendesk", "person", "1")
VALUES: st.SearchStrategy[Value | None] = st.none() | st.sampled_from(["Delft", "Breda", "Utrecht"])
SLOTS: st.SearchStrategy[Slots] = st.tuples(*[st.none() | st.sampled_from(["+311", "+312", "+313"])] * 2)
READINGS = st.lists(st.tuples(VALUES, SLOTS), min_size=1, max_size=5)


def shown(value: Value | None, slots: Slots) -> Shown:
    prints = {"city": str(value), "phones": " ".join(map(str, slots))}
    return Shown({"city": value}, {"phones": slots}, prints)


def after(readings: Sequence[tuple[Value | None, Slots]]) -> SourceRecord:
    """A record after readings a minute apart."""
    record = SourceRecord(KEY, "users", "1")
    for minute, one in enumerate(readings):
        record = read_again(record, shown(*one), read_at(60 * minute, max(0, 60 * minute - 60)), Rules())
    return record


def aside(record: SourceRecord) -> SourceRecord:
    return set_aside(set_aside(record, "city", "town", at(900)), "phones", "phone", at(900))


def forms(record: SourceRecord) -> dict[str, dict[str, object]]:
    cells = {name: cell_form(one) for name, one in record.cells.items()}
    rolls = {name: roll_form(one) for name, one in record.rolls.items()}
    return cells | rolls | {key: aside_form(one) for key, one in record.aside.items()}


@given(READINGS)
def test_there_and_back_is_the_identity_where_nothing_new_is_read(
    readings: list[tuple[Value | None, Slots]],
) -> None:
    record = after(readings)
    back = brought_back(brought_back(aside(record), "city", "town"), "phones", "phone")
    again = read_again(back, shown(*readings[-1]), read_at(6_000, 5_000), Rules())
    assert replace(again, shown=record.shown) == record


@given(READINGS)
def test_what_is_set_aside_tells_still_who_it_is_and_the_store_tells_the_same(
    readings: list[tuple[Value | None, Slots]],
) -> None:
    record = after(readings)
    gone = aside(record)
    assert gone.authored() == record.authored() and not gone.cells and not gone.rolls
    assert said(forms(gone)) == (gone.authored(), gone.formerly())
    assert {key: aside_of(aside_form(one)) for key, one in gone.aside.items()} == dict(gone.aside)


@given(READINGS)
def test_what_is_set_aside_testifies_as_retired(readings: list[tuple[Value | None, Slots]]) -> None:
    def claims(one: SourceRecord) -> list[tuple[str, Claim]]:
        found = [(name, it.claim) for name, it in one.testimonies(lambda _: NO_TERMS)]
        return sorted(found, key=lambda it: (it[0], str(it[1])))

    record = after(readings)
    assert claims(aside(record)) == claims(record)


@given(READINGS, VALUES, SLOTS)
def test_a_new_place_is_seen_for_the_first_time(
    readings: list[tuple[Value | None, Slots]], value: Value | None, slots: Slots
) -> None:
    seen = read_again(aside(after(readings)), shown(value, slots), read_at(6_000, 5_000), Rules())
    told = [one.claim for one in (seen.cells["city"],) if one.claim] + list(
        seen.rolls["phones"].claims.values()
    )
    assert {one.how for one in told} <= {"first"}


@given(READINGS, st.sampled_from(["Den Haag", "Leiden"]))
def test_another_codec_says_the_same_words_of_the_same_people(
    readings: list[tuple[Value | None, Slots]], reads: str
) -> None:
    record = after(readings)
    base, claim = record.cells["city"].base, record.cells["city"].claim
    marked = replace(record, anew={"city": at(900)})
    now = replace(shown(*readings[-1]), values={"city": reads if base is not None else None})
    cell = read_again(marked, now, read_at(6_000, 5_000), Rules()).cells["city"]
    if base is not None and claim is not None:
        assert cell.base == reads and cell.claim == claim._replace(value=reads)
    else:
        assert cell.claim == claim
