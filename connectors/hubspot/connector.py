"""The HubSpot connector: contacts and companies of the CRM, through the dated API 2026-09.

Options of the connection: ``fields_contacts`` and ``fields_companies`` (custom properties to read, comma
separated, such as ``golden_id,open_tickets``), ``page_size``, ``horizon`` (how many minutes
behind its own clock HubSpot is read again, 5; more where its search index is slow).

``find`` by a unique property reads the records themselves; other properties, and a ``golden_id``
that was not created as unique, go through the search index, which lags by some seconds.
A merge makes a new record, which names the old ones (``hs_merged_object_ids``): every id in it is offered
as a record that was merged into the new one.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import ClassVar, Literal

from connectors.access import bearer, horizon, page_size
from connectors.contract import Capabilities, Connection, Finding, Json, Page, RawRecord, Receipt, Write
from connectors.http import Http
from connectors.hubspot import writing
from connectors.hubspot.answers import outcome, raw_record, with_swallowed, words
from connectors.hubspot.history import with_history
from connectors.hubspot.reading import Reading
from connectors.hubspot.sheet import (
    ASKED,
    BATCH,
    CHANGED,
    GROUPS,
    LIST_PAGE,
    OBJECTS,
    PROPERTIES,
    SEARCH_PAGE,
    SHEET,
)
from connectors.outcome import Answer, Kind
from connectors.pace import REAL, Timing
from connectors.redact import redact
from connectors.shape import batches, inside, listed

_TRIED: frozenset[Kind] = frozenset({"ok", "denied", "refused", "gone"})
_UNIQUE = frozenset({"email", "golden_id"})


class HubSpot:
    """Reads and writes one HubSpot account."""

    name: ClassVar[str] = "hubspot"
    sheet: ClassVar[Capabilities] = SHEET

    def __init__(self, connection: Connection, timing: Timing = REAL) -> None:
        self.options = connection.options
        self.http = Http(
            self.name,
            connection,
            auth=bearer(connection.secret),
            classify=outcome,
            words=words,
            limits=SHEET.limits,
            timing=timing,
        )

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """See :mod:`connectors.hubspot.reading`."""
        return self._reading(obj).pages(cursor)

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        """The ids of all records that are not archived."""
        return self._reading(obj).keys()

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """Read by id; an id that was merged away answers with another record: that is its tombstone."""
        records = [record for some in batches(list(keys), BATCH) for record in self._read(obj, some)]
        found, wanted = with_swallowed(records), set(keys)
        return {one.key: one for one in found if one.key in wanted or one.merged_into in wanted}

    def ready(self, obj: str, count: int) -> None:
        """A batch read and a batch update for each hundred."""
        each = [f"{OBJECTS}/{obj}/batch/read", f"{OBJECTS}/{obj}/batch/update"]
        self.http.reserve(each * ceil(count / BATCH))

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        """Look up by ``properties.<name>``; values compare without regard to case, as HubSpot does."""
        name = path.removeprefix("properties.")
        records = [one for some in batches(list(values), BATCH) for one in self._look_up(obj, name, some)]
        found = {value: tuple(one for one in records if _same(one, name, value)) for value in values}
        return {value: same for value, same in found.items() if same}

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """See :mod:`connectors.hubspot.writing`."""
        return writing.push(self.http, obj, self._names(obj), writes)

    def check(self) -> list[Finding]:
        """The token and its scopes, and the custom properties the connection asks for."""
        return [finding for obj in SHEET.objects for finding in self._check(obj)]

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        """Create missing properties; ``golden_id`` with unique values, so that it can be looked up."""
        known = self._known(self._properties(obj))
        if not fields.keys() <= known:
            self._group(obj)
        return [
            Finding(f"{obj}.{name} exists", True) if name in known else self._create(obj, name, kind)
            for name, kind in fields.items()
        ]

    def with_history(self, obj: str, records: Sequence[RawRecord]) -> list[RawRecord]:
        """See :class:`connectors.contract.KeepsHistory`."""
        return with_history(self.http, obj, self._names(obj), records)

    def _reading(self, obj: str) -> Reading:
        size = page_size(self.name, self.options, max(LIST_PAGE, SEARCH_PAGE))
        behind = horizon(self.name, self.options, SHEET.horizon)
        return Reading(self.http, obj, self._names(obj), size, behind)

    def _names(self, obj: str, *others: str) -> list[str]:
        return [*dict.fromkeys((*ASKED[obj], *listed(self.options.get(f"fields_{obj}")), *others))]

    def _look_up(self, obj: str, name: str, values: list[str]) -> list[RawRecord]:
        if name in _UNIQUE:
            answer = self._ask(obj, values, name, {"ok", "gone", "refused"})
            if answer.kind == "ok":
                return _records(answer, obj)
        return _records(self._search(obj, name, values), obj)

    def _search(self, obj: str, name: str, values: list[str]) -> Answer:
        wanted = {"propertyName": name, "operator": "IN", "values": [value.lower() for value in values]}
        return self.http.request(
            "POST",
            f"{OBJECTS}/{obj}/search",
            json={
                "filterGroups": [{"filters": [wanted]}],
                "sorts": [],
                "properties": self._names(obj, name),
                "limit": SEARCH_PAGE,
                "after": "0",
            },
            idempotent=True,
        )

    def _read(self, obj: str, ids: list[str]) -> list[RawRecord]:
        return _records(self._ask(obj, ids, None, {"ok"}), obj)

    def _ask(self, obj: str, ids: list[str], by: str | None, accept: set[Kind]) -> Answer:
        """Batch read: the records themselves, without the search index's lag."""
        names = self._names(obj, by) if by else self._names(obj)
        body: Json = {
            "inputs": [{"id": key} for key in ids],
            "properties": names,
            "propertiesWithHistory": [],
        }
        return self.http.request(
            "POST",
            f"{OBJECTS}/{obj}/batch/read",
            json={**body, "idProperty": by} if by else body,
            idempotent=True,
            accept=accept,
        )

    def _check(self, obj: str) -> list[Finding]:
        answer = self._properties(obj)
        if answer.kind != "ok":
            remedy = (
                f"Give the service key the scopes crm.objects.{obj} and crm.schemas.{obj}, read and write"
            )
            return [Finding(f"{obj} can be read (HTTP {answer.status})", False, remedy)]
        known, wanted = self._known(answer), listed(self.options.get(f"fields_{obj}"))
        remedy = "Create it with klantbeeld check --provision, or take it out of the connection's options"
        custom = [(f"{obj}.{name} exists", name in known) for name in wanted]
        return [
            Finding(f"{obj} can be read", True),
            *(Finding(what, ok, "" if ok else remedy) for what, ok in custom),
        ]

    def _properties(self, obj: str) -> Answer:
        return self.http.request("GET", f"{PROPERTIES}/{obj}", accept=_TRIED)

    def _known(self, answer: Answer) -> set[str]:
        return {str(item.get("name")) for item in answer.objects("results")} if answer.kind == "ok" else set()

    def _group(self, obj: str) -> None:
        """See that there is a group to make properties in: HubSpot makes none outside one."""
        path = f"{PROPERTIES}/{obj}/groups"
        answer = self.http.request("GET", path, accept=_TRIED)
        if answer.kind == "ok" and GROUPS[obj] not in self._known(answer):
            made = {"name": GROUPS[obj], "label": f"{obj.capitalize()} information"}
            self.http.request("POST", path, json=made, accept=_TRIED)

    def _create(self, obj: str, name: str, kind: Literal["text", "number"]) -> Finding:
        body = {
            "name": name,
            "label": name.replace("_", " ").capitalize(),
            "groupName": GROUPS[obj],
            "type": "string" if kind == "text" else "number",
            "fieldType": kind,
            "hasUniqueValue": name == "golden_id",
        }
        answer = self.http.request("POST", f"{PROPERTIES}/{obj}", json=body, accept=_TRIED)
        ok = answer.kind == "ok"
        return Finding(f"{obj}.{name} created", ok, "" if ok else redact(words(answer)))


def _records(answer: Answer, obj: str) -> list[RawRecord]:
    return answer.known(raw_record(item, CHANGED[obj]) for item in answer.objects("results"))


def _same(record: RawRecord, name: str, value: str) -> bool:
    properties = inside(record.data, "properties")
    others = str(properties.get("hs_additional_emails") or "").split(";") if name == "email" else []
    return value.casefold() in [str(held or "").casefold() for held in (properties.get(name), *others)]
