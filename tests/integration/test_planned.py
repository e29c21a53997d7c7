"""What stands in the outbox, added up by the database: the same as one who reads all of it would count."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.flow.hub import Hub
from hub.model.unique import new_id
from hub.publish.effect import EFFECTS
from hub.store import outbox, plans
from hub.store.change import Change
from hub.store.engine import Store, open_store
from hub.store.plans import Hold
from hub.views.ending import published
from hub.views.planned import UNSENT, Only, planned
from tests.databases import Databases
from tests.integration.stage import UNJUDGED

AT = "2026-03-02T10:00:00.000000Z"
NUMBERS = count(1)

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(
    ["effect", "'\"\\"]
)
VALUE = st.none() | TEXT | st.lists(st.none() | TEXT, max_size=2) | st.dictionaries(TEXT, TEXT, max_size=2)
BOTH = st.fixed_dictionaries(
    {"before": VALUE, "after": VALUE, "data": st.dictionaries(TEXT, VALUE, max_size=2)},
    optional={"effect": st.sampled_from(EFFECTS)},
)
FIELDS = st.dictionaries(st.sampled_from(["name", "emails", "address"]) | TEXT, BOTH, max_size=3)
CHANGE = st.tuples(st.sampled_from([*UNSENT, "draft", "done", "refused"]), FIELDS)


@pytest.fixture(scope="module")
def store(databases: Databases) -> Iterator[Store]:
    """A store that all of these fill, each for systems of its own."""
    opened = open_store(databases.new())
    yield opened
    opened.close()


def fill(
    store: Store, system: str, some: Sequence[tuple[str, Mapping[str, Any]]], hold: str | None = None
) -> None:
    """Put changes in the outbox, each in its state."""
    made = [
        Change(new_id(), system, "contacts", "g", None, "1", "update", fields, {}, state, hold)
        for state, fields in some
    ]
    with store.begin() as connection:
        plan = new_id()
        plans.add_plan(connection, plan, system, AT, "run")
        if hold:
            plans.add_hold(connection, Hold(hold, plan, system, ("much",), "open", AT))
        outbox.add_changes(connection, plan, made, AT)


@given(changes=st.lists(CHANGE, max_size=5))
@settings(max_examples=50)
def test_the_database_counts_what_a_reader_would(
    store: Store, changes: list[tuple[str, Mapping[str, Any]]]
) -> None:
    system = f"system{next(NUMBERS)}"
    fill(store, system, changes)
    fill(store, f"not {system}", changes)
    with store.read() as connection:
        read = list(outbox.each(connection, system, UNSENT))
        counted = Counter(
            (name, one.state, both.get("effect", "filled"))
            for one in read
            for name, both in one.fields.items()
        )
        assert outbox.by_field(connection, system, UNSENT) == counted


def value(before: Any, after: Any, effect: str) -> dict[str, Any]:
    """What is written over what."""
    return {"before": before, "after": after, "data": {}, "effect": effect}


def test_of_a_long_plan_no_more_is_read_than_is_shown(databases: Databases) -> None:
    """The totals and a task's last lines are of all of it."""
    with_hold = [("held", {"language": value(None, "nl", "filled"), "name": value("J.", "Jan", "replaced")})]
    without = [
        ("ready", {"language": value("en", "nl", "edited")}),
        ("done", {"name": value("a", "b", "filled")}),
    ]
    opened = open_store(databases.new())
    fill(opened, "hubspot", [*with_hold * 3, ("held", {"language": value(None, "nl", "filled")})], "hold")
    fill(opened, "hubspot", without)
    hub = Hub(opened, UNJUDGED)
    found = planned(hub, ["hubspot"], 2)
    assert (len(found.changes), found.more) == (2, True)
    assert found.totals == {"hubspot": {"held": 4, "ready": 1}}
    assert {(one.field, one.held, one.ready, *one.effects.items()) for one in found.fields} == {
        ("language", 4, 1, ("edited", 1), ("filled", 4)),
        ("name", 3, 0, ("replaced", 3)),
    }
    assert not planned(hub, ["hubspot"], 5).more
    over = planned(hub, ["hubspot"], 3, only=Only(replaces=True))
    assert [[both.name for both in one.fields] for one in over.changes] == [["name"]] * 3
    assert over.more and over.totals == found.totals
    assert published(hub, "hubspot")[:2] == (
        "4 changes wait in hold hold: much",
        "by field: language 4 (1 replaced by what was typed elsewhere, 4 filled or completed), "
        "name 3 (3 replaced by what nobody typed there)",
    )
    opened.close()
