"""Who is who is a function of what the records say today and of what people decided: of nothing else.

Not of the order in which records came, how many at a time, what they said before, or how often anything ran.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.flow.hub import Hub
from hub.flow.recognise import components, crew, rescore
from hub.flow.recognise.reconcile import reconcile
from hub.golden.record import SourceRecord
from hub.identity.candidates import CROWD, LOOSE
from hub.model.keys import RecordKey
from hub.store import descriptions, due, identity, records
from hub.store.identity import Judgement
from tests.databases import Databases
from tests.integration.dump import dump
from tests.integration.people import admit, hub_with_nothing, said
from tests.unit.said import at, person

TABLES = ("description", "blocking_key", "crowd", "edge", "crosswalk", "golden")
"""What must be equal, but for names of customers, versions and times."""
NAMES = st.sampled_from(
    [("Jan", "Berg"), ("J.", "Berg"), ("Johannes", "Bergh"), ("Petra", "Berg"), ("Eva", "Vos")]
)
HOMES = st.sampled_from([None, ("2511 CR", "7"), ("2511 CR", "9"), ("1011 AA", "1")])


SAID = st.builds(
    said,
    NAMES,
    st.lists(st.sampled_from(["j@b.nl", "p@b.nl", "eva@c.nl"]), max_size=1),
    st.lists(st.sampled_from(["+31612345670", "+31703456789"]), max_size=1),
    st.sampled_from([None, "1980-01-02", "1999-12-31"]),
    HOMES,
)


@dataclass(frozen=True)
class History:
    """What happened, in order: batches of records, each with a reconcile after it or not, and decisions."""

    batches: Sequence[tuple[Mapping[RecordKey, SourceRecord], bool]]
    decisions: Sequence[Judgement]
    decided_after: int
    """How many batches came before the decisions."""


KEYS = [person(system, number) for system in ("brevo", "hubspot") for number in range(1, 6)]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Mapping[RecordKey, SourceRecord], Sequence[Judgement], History]:
    """What is true in the end, and one way to it."""
    last = draw(st.dictionaries(st.sampled_from(KEYS), SAID, min_size=3))
    before = draw(st.dictionaries(st.sampled_from(sorted(last)), SAID, max_size=4))
    order = draw(st.permutations(sorted(last)))
    cut = draw(st.integers(0, len(order)))
    parts = [before, {key: last[key] for key in order[:cut]}, {key: last[key] for key in order[cut:]}]
    batches = [(part, draw(st.booleans())) for part in parts]
    pairs = draw(
        st.lists(st.lists(st.sampled_from(sorted(last)), min_size=2, max_size=2, unique=True), max_size=2)
    )
    decisions = [Judgement(one, other, draw(st.booleans()), "eva", "said so", at(9)) for one, other in pairs]
    distinct = {frozenset((one.low, one.high)): one for one in decisions}
    return last, list(distinct.values()), History(batches, list(distinct.values()), draw(st.integers(0, 3)))


def live(hub: Hub, history: History) -> dict[str, Sequence[str]]:
    """Let a history happen; returns what is stored at its end."""
    for number, (batch, settled) in enumerate(history.batches):
        if number == history.decided_after:
            decide(hub, history.decisions)
        admit(hub, batch)
        if settled:
            reconcile(hub, "run")
    if history.decided_after >= len(history.batches):
        decide(hub, history.decisions)
    reconcile(hub, "run")
    assert reconcile(hub, "again")["records"] == 0
    found = dump(hub.store)
    return {name: [line for line in found[name] if '"retired_at":""' not in line] for name in TABLES}


def decide(hub: Hub, decisions: Iterable[Judgement]) -> None:
    """People decide, as the verb does it."""
    with hub.store.begin() as connection:
        for one in decisions:
            identity.judge(connection, one)
            due.soil(connection, records.ids(connection, [one.low, one.high]).values(), compare=False)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=histories())
def test_whatever_came_first_and_however_often_it_ran_the_answer_is_one(
    databases: Databases, found: tuple[Mapping[RecordKey, SourceRecord], Sequence[Judgement], History]
) -> None:
    last, decisions, history = found
    with hub_with_nothing(databases) as hub:
        lived = live(hub, history)
    with hub_with_nothing(databases) as hub:
        fresh = live(hub, History([(dict(sorted(last.items())), True)], decisions, 0))
    assert lived == fresh


def test_a_key_that_a_crowd_comes_to_share_brings_no_pairs_whoever_came_last(databases: Databases) -> None:
    """And brings them again when the crowd has gone."""
    alike = said(("Jan", "Berg"), [], [], None, ("2511 CR", "7"))
    other = said(("Eva", "Vos"), [], [], None, None)
    every = [person("brevo", number) for number in range(1, CROWD + 2)]
    many, last = dict.fromkeys(every, alike), dict.fromkeys(every[-1:], alike)
    moved = dict.fromkeys(every[-1:], other)
    with hub_with_nothing(databases) as hub:
        grown = live(hub, History([(dict.fromkeys(every[:-1], alike), True), (last, True)], [], 3))
        shrunk = live(hub, History([(moved, True)], [], 3))
    with hub_with_nothing(databases) as hub:
        assert live(hub, History([(many, True)], [], 3)) == grown
    with hub_with_nothing(databases) as hub:
        assert live(hub, History([({**many, **moved}, True)], [], 3)) == shrunk
    assert not grown["edge"] and shrunk["edge"]


@pytest.mark.parametrize("others", [LOOSE - 2, LOOSE - 1])
def test_a_name_is_a_crowd_s_much_sooner_than_a_mailbox(databases: Databases, others: int) -> None:
    near = [said(("Jan", "Berg"), [f"zeilvo{letter}77@gmail.com"]) for letter in "sz"]
    mailed = [said(("Jan", "Berg"), [f"j{number}@b.nl"]) for number in (1, 1, *range(2, others))]
    some = {person("brevo", number): one for number, one in enumerate([*near, *mailed], 101)}
    with hub_with_nothing(databases) as hub:
        found = " ".join(live(hub, History([(some, True)], [], 3))["edge"])
    assert ("brevo/person/101" in found) == (len(some) <= LOOSE)
    assert "brevo/person/103" in found


def test_who_gains_pairs_twice_in_one_run_is_compared_once(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two keys cease to be a crowd's, each with another batch: the first mark stands."""
    monkeypatch.setattr(rescore, "MOST", (3, 3))
    for name in ("BATCH", "SPREAD"):
        monkeypatch.setattr(rescore, name, 1)
    alike = said(("Jan", "Berg"), ["j@b.nl"], [], None, ("2511 CR", "7"))
    every = [person("brevo", number) for number in range(1, 5)]
    moved = said(("Jan", "Berg"), ["j@b.nl"], [], None, ("1011 AA", "1"))
    elsewhere = said(("Jan", "Berg"), ["p@b.nl"], [], None, ("2511 CR", "7"))
    changed = {every[2]: moved, every[3]: elsewhere}
    with hub_with_nothing(databases) as hub:
        lived = live(hub, History([(dict.fromkeys(every, alike), True), (changed, False)], [], 3))
    with hub_with_nothing(databases) as hub:
        assert live(hub, History([({**dict.fromkeys(every, alike), **changed}, True)], [], 3)) == lived
    assert lived["edge"]


@pytest.mark.parametrize(("most", "turn"), [(0, 3), (1, 3), (1, 1_000)])
def test_in_several_processes_and_small_batches_the_answer_is_the_same(
    databases: Databases, monkeypatch: pytest.MonkeyPatch, most: int, turn: int
) -> None:
    """And whether all keys and decisions are read, or those of some records; and whoever compares."""
    jan, eva = said(("Jan", "Berg"), ["j@b.nl"], [], None, None), said(("Eva", "Vos"), [], [], None, None)
    some = {key: jan if key.key in "12" else eva for key in KEYS}
    apart = [Judgement(KEYS[0], KEYS[1], False, "eva", "said so", at(9))]
    with hub_with_nothing(databases) as hub:
        alone = live(hub, History([(some, True)], apart, 1))
    monkeypatch.setattr(crew, "SHARE", 1)
    monkeypatch.setattr(crew, "CORES", 2)
    monkeypatch.setattr(crew, "BREATH", 2)
    monkeypatch.setattr(descriptions, "MOST", most)
    monkeypatch.setattr(components, "MANY", most * 100)
    monkeypatch.setattr(rescore, "TURN", turn)
    for name in ("BATCH", "TOGETHER", "SPREAD"):
        monkeypatch.setattr(rescore, name, 3)
    monkeypatch.setattr("hub.flow.recognise.reconcile.BATCH", 3)
    with hub_with_nothing(databases) as hub:
        assert live(hub, History([(some, True)], apart, 1)) == alone
    assert alone["edge"]


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_of_equals_the_name_decides_and_not_who_came_first(
    databases: Databases, order: tuple[int, ...]
) -> None:
    alike = said(("Jan", "Berg"), ["j@b.nl"], [], None, None)
    apart = [Judgement(person("brevo", 1), person("brevo", 3), False, "eva", "said so", at(9))]
    with hub_with_nothing(databases) as hub:
        history = History([({person("brevo", number): alike}, False) for number in order], apart, 0)
        crosswalk = live(hub, history)["crosswalk"]
    assert sum("<brevo/person/1 brevo/person/2>" in one for one in crosswalk) == 2
