"""The Tryton connector: parties (read and written) and invoices (read).

The connection's ``base_url`` ends in the database's name, as in ``https://erp.example/tryton``;
``login`` and ``secret`` are a user's. Options: ``page_size``, ``horizon`` (how many minutes a transaction
may take, 15; more where imports or the posting of invoices take longer). Written for Tryton 8.2.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import ClassVar, Literal

from connectors.access import horizon, page_size
from connectors.contract import Capabilities, Connection, Finding, Json, Page, RawRecord, Receipt, Write
from connectors.errors import Refused
from connectors.pace import REAL, Timing
from connectors.shape import batches, inside
from connectors.tryton.finding import find_parties
from connectors.tryton.reading import Reading
from connectors.tryton.records import records
from connectors.tryton.rpc import Rpc
from connectors.tryton.sheet import FIELDS, MODELS, PAGE, SHEET
from connectors.tryton.writing import Writing

_NEEDED = {
    "party.party": ("read", "write", "create"),
    "party.contact_mechanism": ("read", "write", "create"),
    "party.address": ("read", "write", "create"),
    "party.identifier": ("read", "write", "create"),
    "account.invoice": ("read",),
}


class Tryton:
    """Reads and writes one Tryton database."""

    name: ClassVar[str] = "tryton"
    sheet: ClassVar[Capabilities] = SHEET

    def __init__(self, connection: Connection, timing: Timing = REAL) -> None:
        self.page_size = page_size(self.name, connection.options, PAGE)
        self.horizon = horizon(self.name, connection.options, SHEET.horizon)
        self.rpc = Rpc(self.name, connection, timing)

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """See :mod:`connectors.tryton.reading`."""
        return Reading(self.rpc, obj, self.page_size, self.horizon).pages(cursor)

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        """The ids of all active records."""
        return Reading(self.rpc, obj, self.page_size, self.horizon).keys()

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """Read by id, inactive records too."""
        found: dict[str, RawRecord] = {}
        for some in batches(list(keys), PAGE):
            domain = [["id", "in", [int(key) for key in some]]]
            answer = self.rpc.read(MODELS[obj], domain, FIELDS[obj])
            found |= {record.key: record for record in records(answer, obj)}
        return found

    def ready(self, obj: str, count: int) -> None:
        """A read for each page of records and a call for each write; Tryton itself has no limits."""
        self.rpc.reserve(ceil(count / PAGE) + count)

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        """See :func:`connectors.tryton.finding.find_parties`."""
        if path not in SHEET.objects[obj].findable:
            raise Refused(
                f"{self.name}: {obj} cannot be found by {path}: correct the mapping", system=self.name
            )
        found: dict[str, tuple[RawRecord, ...]] = {}
        for some in batches(list(values), PAGE):
            found |= find_parties(self.rpc, path, some)
        return found

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """See :mod:`connectors.tryton.writing`."""
        if not SHEET.objects[obj].writable:
            return [
                Receipt(write.ref, "refused", write.key, message=f"{obj} are read only") for write in writes
            ]
        return Writing(self.rpc).push(writes)

    def check(self) -> list[Finding]:
        """The login, and what the user's groups allow."""
        if self.rpc.log_in(accept={"ok", "denied"}).kind != "ok":
            return [Finding("login", False, "Check the database, user and password in the connection")]
        allowed = self.rpc.call("ir.model.access", "get_access", list(_NEEDED)).object("result")
        remedy = "Give the user's groups this access: Administration > Models > Access"
        rights = [(model, right) for model, rights in _NEEDED.items() for right in rights]
        return [
            Finding("login", True),
            *(
                Finding(f"{right} {model}", ok, "" if ok else remedy)
                for model, right in rights
                for ok in [inside(allowed, model).get(right) is True]
            ),
        ]

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        """Tryton's fields come from its modules: none can be created through the API."""
        remedy = (
            "Tryton's fields come from its modules: take this one out of the mapping, or install a module"
        )
        return [Finding(f"{obj}.{name} exists", False, remedy) for name in fields]
