"""What the departments' books have in common: records, the truth about them, e-mail addresses taken."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from sandbox.core.stamps import iso_ms
from sandbox.people.difficulty import DUPLICATE
from sandbox.people.entries import Clerk, PersonEntry
from sandbox.people.model import Json, Kind, TruthRow

COUNTRY_NAMES = {
    "NL": ("Netherlands", "Nederland", "The Netherlands", "Netherlands", "NL"),
    "BE": ("Belgium", "België", "Belgie"),
    "DE": ("Germany", "Deutschland", "Duitsland"),
    "GB": ("United Kingdom", "UK", "England", "Verenigd Koninkrijk"),
}
"""How a country is written where a field takes any text."""


class Book:
    """One department's records, in the shape its vendor gives them."""

    system: ClassVar[str]

    def __init__(self, clerk: Clerk, objects: Iterable[str]) -> None:
        self.clerk, self.dice = clerk, clerk.dice
        self.objects: dict[str, list[Json]] = {name: [] for name in objects}
        self.truth: list[TruthRow] = []
        self._taken: set[str] = set()

    def about(self, obj: str, key: str, customer: str, kind: Kind) -> None:
        """Note whom a record is about."""
        self.truth.append(TruthRow(self.system, obj, key, customer, kind))

    def hand_over(self) -> tuple[dict[str, list[Json]], list[TruthRow]]:
        """What was written since the last time, and the truth about it."""
        objects, truth = self.objects, self.truth
        self.objects, self.truth = {name: [] for name in objects}, []
        return objects, truth

    def copies(self) -> range:
        """Once round, or twice for a customer this department entered twice."""
        return range(2 if self.dice.chance(DUPLICATE) else 1)

    def free_email(self, entry: PersonEntry) -> str | None:
        """The first of the person's addresses nobody in this system has yet."""
        return self._free(entry.emails)

    def any_email(self, entry: PersonEntry) -> str:
        """As :meth:`free_email`, with an address made up where all are taken."""
        found = self._free([*entry.emails, *entry.person.emails])
        if found is None:
            found = f"{entry.person.customer}.{len(self._taken)}@example.net"
            self._taken.add(found)
        return found

    def country_name(self, country: str) -> str:
        """A country in somebody's words."""
        return self.dice.choice(COUNTRY_NAMES[country])

    def _free(self, emails: Iterable[str]) -> str | None:
        for email in emails:
            if email not in self._taken:
                self._taken.add(email)
                return email
        return None


def stamps(created: datetime, updated: datetime) -> dict[str, str]:
    """``created_at`` and ``updated_at`` with milliseconds."""
    return {"created_at": iso_ms(created), "updated_at": iso_ms(updated)}
