"""What the hub wrote over people's own values, from the systems' own journal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bench.harm.judge import verdict
from bench.harm.reading import SHAPES, changes
from bench.harm.truth import Truth
from bench.harm.typed import usual
from bench.harm.verdict import Verdict
from sandbox.core.journal import Entry, Journal
from sandbox.people import Population

Place = tuple[str, str]
"""System and the record's own id."""


@dataclass(frozen=True, slots=True)
class Written:
    """One value of one person's record, before and after the hub wrote it."""

    system: str
    key: str
    customer: str
    field: str
    before: str
    after: str
    was: Verdict
    became: Verdict
    true: str = ""
    """What was true when it was written."""


@dataclass(slots=True)
class Shelf:
    """Every person's record as it stands, kept up to date from the journal."""

    rows: dict[Place, dict[str, Any]]
    seq: int = 0

    def news(self, journal: Journal) -> list[Entry]:
        """What is entered in the journal since :meth:`turn` last saw it."""
        return list(journal.since(self.seq))

    def catch_up(self, journal: Journal) -> None:
        """Take in what was entered since, such as what people typed."""
        for _ in self.turn(self.news(journal)):
            pass

    def turn(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Mapping[str, Any], Mapping[str, Any]]]:
        """Each change to a person's record, with the whole record before and after."""
        for entry in entries:
            self.seq = entry.seq
            if SHAPES[entry.system].object != entry.object:
                continue
            place = entry.system, entry.key
            before = self.rows.get(place, {})
            left = {name: value for name, value in before.items() if name not in entry.before}
            self.rows[place] = {**left, **entry.after}
            yield entry, before, self.rows[place]


def shelf(people: Population) -> Shelf:
    """The records as the departments began."""
    rows: dict[Place, dict[str, Any]] = {}
    for system, shape in SHAPES.items():
        for row in people.systems[system][shape.object]:
            rows[system, str(row["id"])] = _flat(row)
    return Shelf(rows)


def judged(
    steps: Iterable[tuple[Entry, Mapping[str, Any], Mapping[str, Any]]],
    customers: Mapping[str, str],
    truths: Mapping[str, Truth],
) -> Iterator[Written]:
    """The hub's changes to records that were there, value by value; creations are not among them."""
    for entry, before, after in steps:
        key = record_key(entry.system, entry.key, after)
        if entry.actor != "hub" or entry.action != "update" or key not in customers:
            continue
        truth = truths[customers[key]]
        for name, was, became in changes(entry.system, before, after, truth):
            said = verdict(name, was, truth), verdict(name, became, truth)
            yield Written(entry.system, key, truth.customer, name, was, became, *said, _true(name, truth))


def record_key(system: str, key: str, row: Mapping[str, Any]) -> str:
    """The person of a record, in the hub's words."""
    facet = "#person" if system == "moneybird" else ""
    return f"{system}/person/{key}{facet}"


def _true(field: str, truth: Truth) -> str:
    return ", ".join(one.e164 for one in truth.phones) if field == "phone" else usual(field, truth)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """As the journal has it: HubSpot's properties by name, Brevo's attributes by dotted path."""
    if "properties" in row:
        return dict(row["properties"])
    dotted = {f"attributes.{name}": value for name, value in row.get("attributes", {}).items()}
    return {name: value for name, value in row.items() if name != "attributes"} | dotted
