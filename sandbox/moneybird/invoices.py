"""Sales invoices: read only here, but an open one becomes late when its day has passed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sandbox.core.finding import Index, Order
from sandbox.core.stamps import iso_ms
from sandbox.core.table import Json, Table
from sandbox.core.world import World
from sandbox.moneybird.forms import bad_request

STATES = ("draft", "open", "scheduled", "pending_payment", "late", "reminded", "paid", "uncollectible")
BASE = "EUR"
"""What the administration keeps its books in."""
RATE = 0.9
"""What one of any other currency is worth in it."""
EVER = ""
"""The period where none is asked for and there is no default."""
Test = Callable[[Mapping[str, Any]], bool]


class Invoices:
    """The sales invoices of one administration, in Moneybird's own shape."""

    def __init__(self, world: World, administration: str) -> None:
        self._world, self._administration = world, administration
        self._table = Table()
        self._of_contact = self._table.found_by(Index(lambda row: (row["contact_id"],)))
        self._due = self._table.found_by(Order(_open_until))

    def load(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Take invoices of a seed."""
        own = {"administration_id": self._administration, "currency": BASE}
        self._table.load((row["id"], _in_base({**own, **row})) for row in rows)

    def of_contact(self, key: str) -> bool:
        """Whether a contact has any invoice."""
        return self._of_contact.one(key) is not None

    def table(self) -> Table:
        """All invoices as they stand today."""
        today = self._world.clock.now().date().isoformat()
        for key in list(self._due[: self._due.before(today)]):
            self._table.put(key, self._late(self._table.look(key)))
        return self._table

    def matching(self, text: str | None, default: str = "this_year") -> Iterator[Mapping[str, Any]]:
        """Invoices that pass a ``filter``, newest last; ``default``: the period where it names none."""
        test = passing(text or "", self._world.clock.now().date(), default)
        return (row for _, row in self.table().items() if test(row))

    def _late(self, row: Mapping[str, Any]) -> Json:
        now = self._world.clock.now()
        version = max(row["version"] + 1, int(now.timestamp()))
        return {**row, "state": "late", "updated_at": iso_ms(now), "version": version}


def _open_until(row: Mapping[str, Any]) -> tuple[str] | None:
    return (row["due_date"],) if row["state"] == "open" else None


def _in_base(row: Json) -> Json:
    """What is unpaid in the administration's currency, where a seed does not say it."""
    if "total_unpaid" not in row or "total_unpaid_base" in row:
        return row
    own = row["currency"] == BASE
    return {
        **row,
        "total_unpaid_base": row["total_unpaid"] if own else f"{float(row['total_unpaid']) * RATE:.2f}",
    }


def passing(text: str, today: date, default: str) -> Test:
    """The test a filter such as ``period:this_month,state:open|late`` stands for."""
    given = {"period": default, "state": "all"}
    for part in filter(None, text.split(",")):
        name, _, value = part.partition(":")
        if name not in ("period", "state", "contact_id"):
            raise bad_request(f"unknown filter: {name}")
        given[name] = value
    first, last = (day.isoformat() for day in _days(given["period"], today))
    states = STATES if given["state"] == "all" else tuple(given["state"].split("|"))
    unknown = [state for state in states if state not in STATES]
    if unknown:
        raise bad_request(f"unknown state in filter: {', '.join(unknown)}")
    contact = given.get("contact_id")

    def test(row: Mapping[str, Any]) -> bool:
        fits = first <= row["invoice_date"] <= last
        return fits and row["state"] in states and contact in (None, row["contact_id"])

    return test


def _days(text: str, today: date) -> tuple[date, date]:
    return (date.min, date.max) if text == EVER else period(text, today)


def period(text: str, today: date) -> tuple[date, date]:
    """First and last day of ``this_month``, ``prev_year``, ``20260101..20261231``, ``202601..202603`` …"""
    months = {"month": 1, "quarter": 3, "year": 12}
    which, _, unit = text.partition("_")
    if which in ("this", "prev", "next") and unit in months:
        size = months[unit]
        start = (today.year * 12 + today.month - 1) // size * size
        start += {"this": 0, "prev": -size, "next": size}[which]
        return _first_of(start), _first_of(start + size) - timedelta(days=1)
    found = re.fullmatch(r"(\d{6}|\d{8})\.\.(\d{6}|\d{8})", text)
    try:
        if found:
            return _edge(found[1], last=False), _edge(found[2], last=True)
    except ValueError:
        pass
    raise bad_request("unknown period in filter")


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _edge(text: str, last: bool) -> date:
    year, month = int(text[:4]), int(text[4:6])
    if len(text) == 8:
        return date(year, month, int(text[6:]))
    start = date(year, month, 1)
    return _first_of(year * 12 + month) - timedelta(days=1) if last else start
