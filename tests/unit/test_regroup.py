"""A field that is read at more places, or fewer: what was said at the others goes on; nobody typed."""

from hypothesis import given
from hypothesis import strategies as st

from hub.codecs.opinions import OPINIONS
from hub.golden import regroup
from hub.golden.cell import Cell, observe, sent
from hub.golden.claims import Rules
from hub.golden.roll import Roll
from hub.golden.roll import observe as observe_list
from hub.golden.roll import sent as sent_list
from hub.model.opinion import Opinion
from hub.model.value import Slots, Value
from tests.unit.said import at, read_at

HOME, NAME = OPINIONS["home"], OPINIONS["name"]
TOWNS = ("Delft", "Breda")
HOMES: st.SearchStrategy[Value | None] = st.none() | st.builds(
    lambda street, town: {"street": street, "city": town},
    st.sampled_from(["Plein", "Markt"]),
    st.sampled_from(TOWNS),
)
NAMES: st.SearchStrategy[Value | None] = st.none() | st.builds(
    lambda given, family: {"given_name": given, **family},
    st.sampled_from(["Jan", "Piet"]),
    st.sampled_from([{}, {"family_name": "Bos"}]),
)
STEPS = st.tuples(st.booleans(), HOMES), st.tuples(st.booleans(), NAMES)
SLOTS: st.SearchStrategy[Slots] = st.tuples(*[st.none() | st.sampled_from(["+311", "+312", "+313"])] * 2)


def lived(steps: list[tuple[bool, Value | None]], opinion: Opinion) -> Cell:
    """A cell after readings, and writes of ours, a minute apart."""
    rules, cell = Rules(opinions={"it": opinion}), None
    for minute, (ours, value) in enumerate(steps):
        reading = read_at(60 * minute, max(0, 60 * minute - 60))
        cell = sent(cell, value, at(60 * minute)) if ours else observe(cell, value, reading, rules, "it").cell
    return cell or Cell()


@given(st.lists(STEPS[0], max_size=5), st.sampled_from(["3811 AA", "4811 XX"]))
def test_a_place_more_and_less_again_is_no_change_of_a_home(
    steps: list[tuple[bool, Value | None]], code: str
) -> None:
    cell = lived(steps, HOME)
    wide = regroup.widened(cell, regroup.New({"postal_code": code}, at(900)), HOME)
    assert regroup.narrowed(wide, {"street", "city"}) == cell
    assert isinstance(wide.base, dict) and wide.base["postal_code"] == code


@given(st.lists(STEPS[1], max_size=5), st.sampled_from(["de", "van der"]))
def test_a_place_more_dates_nothing_anew(steps: list[tuple[bool, Value | None]], prefix: str) -> None:
    cell = lived(steps, NAME)
    wide = regroup.widened(cell, regroup.New({"family_name_prefix": prefix}, at(900)), NAME)
    if cell.claim is not None and wide.claim is not None:
        before, after = cell.claim, wide.claim
        assert (after.at, after.how, after.removed, after.since) == (
            before.at,
            before.how,
            before.removed,
            before.since,
        )
        assert {part for part in after.typed or () if part == prefix} <= {*(before.typed or ())}
    assert (wide.refused, wide.former, wide.placed) == (cell.refused, cell.former, cell.placed)


@given(st.lists(STEPS[0], max_size=5), HOMES)
def test_what_goes_on_reads_as_untouched(steps: list[tuple[bool, Value | None]], shown: Value | None) -> None:
    """The part that is left shows what it showed: the next reading finds nobody's doing in it."""
    cell = lived(steps, HOME)
    left = regroup.narrowed(cell, {"street"})
    seen = observe(left, left.base, read_at(6_000, 5_000), Rules(opinions={"it": HOME}), "it")
    assert seen.what in ("same", "waiting", "seen_back", "first")
    assert left.base == ({"street": cell.base["street"]} if isinstance(cell.base, dict) else None)


@given(
    st.lists(st.tuples(st.booleans(), SLOTS), min_size=1, max_size=5), st.sampled_from([None, "+313", "+319"])
)
def test_a_slot_more_and_less_again_is_no_change_of_what_the_others_say(
    steps: list[tuple[bool, Slots]], new: str | None
) -> None:
    roll = None
    for minute, (ours, slots) in enumerate(steps):
        reading = read_at(60 * minute, max(0, 60 * minute - 60))
        roll = (
            sent_list(roll, slots, at(60 * minute))
            if ours
            else observe_list(roll, slots, reading, Rules()).roll
        )
    before = roll or Roll()
    wide = regroup.slots(before, [0, 1, None], [None, None, new], at(900))
    back = regroup.slots(wide, [0, 1], [None, None], at(1_000))
    assert wide.claims.items() >= before.claims.items()
    assert {one.how for name, one in wide.claims.items() if name not in before.claims} <= {"first"}
    assert [list(one.value[:2]) for one in wide.flight if isinstance(one.value, list)] == [
        one.value for one in back.flight
    ]
    if len(before.base) == 2:
        assert (back.base, back.refused) == (before.base, before.refused)
