"""Whether the hub has a record with the right person, at the time it writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Identity:
    """Which customer each record is about, and which records stand among another's."""

    customers: dict[str, str]
    """Record key → customer; grows by the records the hub creates."""
    mixed: set[str] = field(default_factory=set)
    """Records whose golden id holds records of two people or more now."""
    strangers: int = 0
    """Golden ids that do."""

    def look(self, clusters: Iterable[set[str]]) -> None:
        """Take in who the hub has as one; a record it created is about whoever the others are about."""
        self.mixed, self.strangers = set(), 0
        for keys in clusters:
            people = {self.customers[key] for key in keys if key in self.customers}
            if len(people) > 1:
                self.mixed |= keys
                self.strangers += 1
            for key in keys - self.customers.keys() if len(people) == 1 else ():
                self.customers[key] = next(iter(people))
