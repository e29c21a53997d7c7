"""The matrix: whatever a person types or empties, in whichever system, ends where the rules say.

Every (system, field, edit or removal) of the shipped mappings has a customer of its own. All edits are
made at once, one sync follows, and two more that may write nothing. A new field is tested by itself; it
only needs a value in ``household.py``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from connectors.contract import Json
from hub.golden.record import NO_TERMS, SourceRecord
from hub.mapping.lens import Lens
from hub.mapping.paths import get, put
from hub.mapping.spec import Facet
from hub.model.keys import Kind
from hub.model.rule import Rule
from hub.model.value import Value, same
from hub.store import quarantine, records
from hub.store.golden import Golden
from sandbox.core.journal import Entry
from tests.databases import Databases
from tests.integration.household import Customer, rows
from tests.integration.stage import SHIPPED, Stage, Staged, keys, staged

REQUIRED = ("name", "legal_name")
"""Fields without which a record is no customer."""


NOT_BY_API = ("birth_date", "open_tickets", "overdue_balance")
"""What Brevo's API cannot empty: attributes that hold no text."""

UNMOVED = ("language", "open_tickets", "emails")
"""What emptying does nothing to: a Zendesk locale, a fact nobody has, a Brevo contact's only address."""


@dataclass(frozen=True)
class Case:
    """One thing a person does in one field of one system."""

    customer: Customer
    system: str
    obj: str
    kind: Kind
    field: str
    change: str

    def __str__(self) -> str:
        return f"{self.system}-{self.kind}-{self.field}-{self.change}"

    @property
    def record(self) -> str:
        return self.customer.record(self.system, self.kind)

    @property
    def key(self) -> str:
        return self.customer.key(self.system, self.kind)


def _cases() -> Iterator[Case]:
    number = 0
    for system, obj, facet in _facets():
        for name in facet.lenses:
            for change in ("edit", "removal"):
                refused = system if name.endswith("consent") and change == "removal" else ""
                yield Case(Customer(number, refused), system, obj, facet.kind, name, change)
                number += 1


def _facets() -> Iterator[tuple[str, str, Facet]]:
    """The facets that are a vendor's record by themselves."""
    for mapping in SHIPPED.systems.values():
        for obj in mapping.objects.values():
            for facet in obj.facets:
                if facet.each is None and not any(link.facet is not None for link in facet.links.values()):
                    yield mapping.system, obj.name, facet


CASES = list(_cases())


@dataclass
class Outcome:
    """What became of all cases."""

    refused: dict[str, str] = field(default_factory=dict)
    """Case → why the system itself did not take the edit."""
    empty: set[str] = field(default_factory=set)
    """Cases in which nothing stood there before."""
    typed: dict[str, Json] = field(default_factory=dict)
    """Case → the edited record right after the edit."""
    shown: dict[str, Json] = field(default_factory=dict)
    """Source record → the vendor's record after one sync."""
    golden: dict[str, Golden] = field(default_factory=dict)
    """Source record → its golden record after one sync."""
    cells: dict[str, SourceRecord] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    first: list[Entry] = field(default_factory=list)
    """What the hub wrote in the sync after the edits."""
    later: list[Entry] = field(default_factory=list)
    """What it wrote in the two syncs after that."""
    rest: dict[str, SourceRecord] = field(default_factory=dict)
    """Every source record when all is quiet again."""


@pytest.fixture(scope="module")
def outcome(databases: Databases) -> Iterator[Outcome]:
    people = [case.customer for case in CASES if case.kind == "person"]
    firms = [case.customer for case in CASES if case.kind == "organisation"]
    with staged(rows(people, firms)) as stage:
        yield _played(stage, stage.hub(databases))


def _played(stage: Stage, hub: Staged) -> Outcome:
    hub.sync(3)
    mark = stage.mark()
    hub.sync()
    assert keys(stage.by_hub(mark)) == []
    assert _apart(hub) == []
    found = Outcome()
    for case in CASES:
        _type(stage, case, found)
    mark = stage.mark()
    hub.sync()
    found.first = stage.by_hub(mark)
    _look(stage, hub, found)
    mark = stage.mark()
    hub.sync(2)
    found.later = stage.by_hub(mark)
    found.rest = {str(one.key): one for one in hub.records()}
    return found


def _apart(hub: Staged) -> list[str]:
    """Cases whose customer is not one golden record in all its systems."""
    whole = hub.clusters()
    return [str(case) for case in CASES if frozenset(_records(case)) not in whole]


def _records(case: Case) -> list[str]:
    systems = ("hubspot", "moneybird", "zendesk") + (("brevo",) if case.kind == "person" else ())
    return [case.customer.record(system, case.kind) for system in systems]


def _type(stage: Stage, case: Case, found: Outcome) -> None:
    """The edit, by the system's own API; what the system answers is what the person sees."""
    if _reads(_lens(case.system, case), _fetched(stage, case)) is None:
        found.empty.add(str(case))
    data: dict[str, Any] = {}
    for where, value in _written(_lens(case.system, case), case).items():
        put(data, where, value)
    try:
        stage.edit(case.system, case.obj, case.key, data)
    except AssertionError as refusal:
        found.refused[str(case)] = str(refusal)
        return
    found.typed[str(case)] = _fetched(stage, case)


def _fetched(stage: Stage, case: Case) -> Json:
    found = stage.connector(SHIPPED.systems[case.system]).fetch(case.obj, [case.key])
    return found[case.key].data


def _written(lens: Lens, case: Case) -> Mapping[tuple[str, ...], object]:
    new = case.customer.edited(case.kind)
    assert case.field in new, f"household.py has no new value for '{case.field}'; add one"
    value = new[case.field] if case.change == "edit" else None
    if lens.shape == "list":
        elements = [str(one) for one in value] if isinstance(value, list) else []
        return lens.write_slots(tuple([*elements, *[None] * lens.places][: lens.places]))
    return lens.write(value)


def _look(stage: Stage, hub: Staged, found: Outcome) -> None:
    with hub.hub.store.read() as connection:
        found.held = {str(one.key) for one in quarantine.listed(connection)}
        every = {one.golden_id: one for one in hub.golden()}
        for golden_id, some in records.of_golden(connection, sorted(every)).items():
            for one in some.values():
                found.golden[str(one.key)] = every[golden_id]
                found.cells[str(one.key)] = one
    for mapping in SHIPPED.systems.values():
        for obj in mapping.objects.values():
            if obj.facets:
                mine = [
                    one
                    for one in found.cells.values()
                    if (one.key.system, one.object) == (mapping.system, obj.name)
                ]
                read = stage.connector(mapping).fetch(obj.name, [one.raw_key for one in mine])
                found.shown |= {str(one.key): read[one.raw_key].data for one in mine}


def _lens(system: str, case: Case) -> Lens:
    (lens,) = [
        facet.lenses[case.field]
        for name, _, facet in _facets()
        if name == system and facet.kind == case.kind and case.field in facet.lenses
    ]
    return lens


def _others(case: Case) -> Iterator[tuple[str, Lens]]:
    """The other records of this customer, in whose system the field may be written."""
    for system, _, facet in _facets():
        lens = facet.lenses.get(case.field)
        if facet.kind == case.kind and system != case.system and lens and lens.write_rule != "never":
            yield case.customer.record(system, case.kind), lens


def _reads(lens: Lens, raw: Json) -> Value | None:
    hints = {"country": "NL"}
    if lens.shape == "list":
        return [str(one) for one in lens.read_slots(raw, hints) if one is not None] or None
    return lens.read(raw, hints)


def _decides(rule: Rule, case: Case) -> bool:
    """Whether the rule lets this system's people decide, given that every system has a say."""
    if rule.name == "consent":
        return case.change == "edit" or case.system in rule.systems
    if rule.name in ("only", "total"):
        return False
    if rule.name == "first_of":
        known = [one for one in rule.systems if any(one == system for system, *_ in _facets())]
        return case.system == next(one for one in known if one == case.system or _holds(one, case))
    return True


def _holds(system: str, case: Case) -> bool:
    return any(
        name == system and facet.kind == case.kind and case.field in facet.lenses
        for name, _, facet in _facets()
    )


each_case = pytest.mark.parametrize("case", CASES, ids=str)


@each_case
def test_an_edit_wins_everywhere_or_is_overruled_and_told(case: Case, outcome: Outcome) -> None:
    lens = _lens(case.system, case)
    if str(case) in outcome.refused:
        kept = NOT_BY_API if case.system == "brevo" else ()
        fields = (*REQUIRED, "emails", *kept)
        assert case.change == "removal" and case.field in fields, outcome.refused[str(case)]
        return
    typed = _reads(lens, outcome.typed[str(case)])
    golden = outcome.golden[case.record]
    if case.record in outcome.held:
        assert case.change == "removal" and case.field in REQUIRED
        assert golden.document[case.field] == case.customer.said(case.kind)[case.field]
        return
    rule = SHIPPED.customer.fields[case.kind][case.field].rule
    assert typed is not None or case.change == "removal"
    if case.change == "removal" and (typed is not None or str(case) in outcome.empty):
        assert case.field in UNMOVED
        return
    if _decides(rule, case):
        _is_golden(case, lens, typed, golden)
    else:
        _is_overruled(case, lens, typed, golden, outcome)
    for record, other in _others(case):
        _agrees(record, other, golden, outcome)


def _is_golden(case: Case, lens: Lens, typed: Value | None, golden: Golden) -> None:
    value = golden.document.get(case.field)
    if typed is None or value is None:
        assert value is None and typed is None
    elif lens.shape == "list":
        assert value == typed
    else:
        assert same(typed, value)
    assert golden.provenance[case.field]["from"] == case.record


def _is_overruled(case: Case, lens: Lens, typed: Value | None, golden: Golden, outcome: Outcome) -> None:
    value = golden.document.get(case.field)
    assert typed is None or not same(typed, value)
    told = [(one["from"], one["value"]) for one in golden.provenance[case.field]["overruled"]]
    assert (case.record, typed) in told
    if lens.write_rule == "always":
        assert _reads(lens, outcome.shown[case.record]) == lens.project(value)


def _agrees(record: str, lens: Lens, golden: Golden, outcome: Outcome) -> None:
    value = golden.document.get(lens.field)
    shown = _reads(lens, outcome.shown[record])
    cell: Any = outcome.cells[record].cells.get(lens.field)
    if value is None and not lens.clear:
        return  # what a person wrote there may not be emptied
    if lens.write_rule == "if_empty" and not (cell and cell.placed):
        return
    if lens.shape == "list":
        elements = [str(one) for one in value] if isinstance(value, list) else []
        assert shown == (elements[: lens.places] or None), record
    else:
        assert shown == lens.project(value), record


@each_case
def test_once_the_edit_has_gone_round_nothing_is_written(case: Case, outcome: Outcome) -> None:
    mine = {(record.split("/")[0], record.split("/")[2].split("#")[0]) for record in _records(case)}
    assert keys([one for one in outcome.later if (one.system, one.key) in mine]) == []


@each_case
def test_the_customer_stays_one_and_only_the_edited_field_is_written(case: Case, outcome: Outcome) -> None:
    assert len({outcome.golden[one].golden_id for one in _records(case)}) == 1
    for record in _records(case):
        system, _, key = record.split("/")
        for entry in outcome.first:
            if (entry.system, entry.key) == (system, key.split("#")[0]) and entry.action == "update":
                assert _foreign(system, case, entry) == []


@each_case
def test_what_the_hub_carried_round_is_nobody_s_claim(case: Case, outcome: Outcome) -> None:
    for record in _records(case):
        for name, one in outcome.rest[record].testimonies(lambda _: NO_TERMS):
            assert one.claim.how != "edit" or (record, name) == (case.record, case.field)


def _foreign(system: str, case: Case, entry: Entry) -> list[str]:
    """Fields of the mapping, other than the edited one, whose place in the record was changed."""
    (facet,) = [facet for name, _, facet in _facets() if name == system and facet.kind == case.kind]
    own = [lens for lens in facet.lenses.values() if lens.field == case.field]
    touched = {part.path for lens in own for part in lens.parts}
    return [
        lens.field
        for lens in facet.lenses.values()
        for part in lens.parts
        if part.path not in touched and get(entry.before, part.path) != get(entry.after, part.path)
    ]


def test_most_of_the_matrix_was_really_played(outcome: Outcome) -> None:
    assert len(CASES) > 80
    assert len(outcome.refused) < 10
    assert len(outcome.first) > 60
