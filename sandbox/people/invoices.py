"""The sales invoices that come with finance's contacts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.core.stamps import parse
from sandbox.people.books import stamps
from sandbox.people.dice import Dice
from sandbox.people.difficulty import INVOICED, OVERDUE
from sandbox.people.model import Json

_TERM = timedelta(days=30)


class Ledger:
    """Writes invoices; amounts are decimal strings in euro."""

    def __init__(self, dice: Dice, now: datetime, new_id: Callable[[], str]) -> None:
        self.dice, self.now, self._new_id = dice, now, new_id
        self._numbers: dict[int, int] = {}

    def invoices(self, contact: str, since: str) -> list[Json]:
        """None, or a few invoices to a contact that exists since ``since``; at most one is overdue."""
        if not self.dice.chance(INVOICED):
            return []
        states = self.dice.choices(("paid", "open", "draft"), (80, 15, 5), k=self.dice.randint(1, 4))
        if self.dice.chance(OVERDUE):
            states[-1] = "late"
        return [self._invoice(contact, parse(since), state) for state in states]

    def _invoice(self, contact: str, since: datetime, state: str) -> Json:
        made = self._made(since, state)
        total = self.dice.randint(1_000, 900_000)
        unpaid = 0 if state == "paid" else total
        return {
            "id": self._new_id(),
            "contact_id": contact,
            "invoice_id": None if state == "draft" else self._number(made.year),
            "state": state,
            "invoice_date": made.date().isoformat(),
            "due_date": (made + _TERM).date().isoformat(),
            "currency": "EUR",
            "total_price_incl_tax": _euro(total),
            "total_unpaid": _euro(unpaid),
            "version": int(made.timestamp()),
            **stamps(made, made),
        }

    def _made(self, since: datetime, state: str) -> datetime:
        """A day that fits the state: late ones are past their term, open and draft ones within it."""
        hour = timedelta(hours=1)
        if state == "late":
            latest = self.now - _TERM - timedelta(days=2)
            return self.dice.moment(min(max(since, self.now - timedelta(days=200)), latest), latest)
        if state == "paid":
            return self.dice.moment(since, self.now - hour)
        return self.dice.moment(max(since, self.now - timedelta(days=25)), self.now - hour)

    def _number(self, year: int) -> str:
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return f"{year}-{self._numbers[year]:05d}"


def _euro(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
