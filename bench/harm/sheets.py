"""One record as the person at the keyboard has it before them, and what is amiss in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.harm.figures import digits
from bench.harm.judge import verdict
from bench.harm.reading import SHAPES, Row, fields, shown
from bench.harm.spelling import plain
from bench.harm.truth import Truth
from bench.harm.writes import Shelf

Held = Mapping[str, list["Sheet"]]
"""Customer → their records."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record of somebody."""

    system: str
    id: str
    row: Row

    def amiss(self, truth: Truth) -> Iterator[str]:
        """Fields that show something wrong, poorer, or right once; of telephones the last place."""
        said = shown(self.system, self.row, truth)
        if "phone" in fields(self.system, self.row):
            said["phone"] = str(self.row.get(SHAPES[self.system].phones[-1]) or "")
        for name, text in said.items():
            if verdict(name, text, truth) not in ("right", "empty"):
                yield name


def held(shelf: Shelf, customers: Mapping[str, str]) -> Held:
    """Everybody's records that somebody can open: contact people within a contact are not among them."""
    found: defaultdict[str, list[Sheet]] = defaultdict(list)
    for key, customer in sorted(customers.items()):
        system, _, own = key.split("/", 2)
        place = system, own.partition("#")[0]
        if "#cp" not in own and place in shelf.rows:
            found[customer].append(Sheet(*place, shelf.rows[place]))
    return found


def mark(field: str, text: str) -> str:
    """By what a typed value is known again in another system's notation."""
    return digits(text)[-8:] if field == "phone" else plain(text)
