"""The Zendesk connector: users, organizations and tickets (read-only), API v2.

Connection: base URL ``https://<subdomain>.zendesk.com``, an OAuth token as the secret (or, until Zendesk
ends them on 2027-04-30, an API token together with the agent's address as login), and in the options
``fields_users`` and ``fields_organizations`` (keys of custom fields the hub needs), ``page_size``.

All users are given, agents too. An e-mail address that is replaced is taken away from the user.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import ClassVar, Literal

from connectors.access import basic, bearer, page_size
from connectors.contract import Capabilities, Connection, Finding, Json, Page, RawRecord, Receipt, Write
from connectors.http import Http
from connectors.outcome import Answer, Kind
from connectors.pace import REAL, Timing
from connectors.redact import redact
from connectors.shape import batches, listed
from connectors.zendesk import reading, writing
from connectors.zendesk.answers import outcome, raw_record, words
from connectors.zendesk.sheet import API, BATCH, EXPORT_PAGE, LIST_PAGE, SHEET, SINGULAR

_TRIED: frozenset[Kind] = frozenset({"ok", "denied", "refused"})


class Zendesk:
    """Reads and writes one Zendesk account."""

    name: ClassVar[str] = "zendesk"
    sheet: ClassVar[Capabilities] = SHEET

    def __init__(self, connection: Connection, timing: Timing = REAL) -> None:
        self.options = connection.options
        login, secret = connection.login, connection.secret
        self.http = Http(
            self.name,
            connection,
            auth=basic(f"{login}/token", secret) if login else bearer(secret),
            classify=outcome,
            words=words,
            limits=SHEET.limits,
            timing=timing,
        )

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """See :mod:`connectors.zendesk.reading`."""
        pages = reading.by_time if obj == "organizations" else reading.by_cursor
        return pages(self.http, obj, cursor, self._size(EXPORT_PAGE))

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        """The ids that exist now. Tickets come from the export: the plain list leaves out archived ones."""
        if obj != "tickets":
            return reading.listed(self.http, obj, self._size(LIST_PAGE))
        return (tuple(r.key for r in page.records if not r.deleted) for page in self.pull(obj, None))

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """Read by id, a hundred at a time."""
        records = [one for some in batches(list(keys), BATCH) for one in self._many(obj, "ids", some)]
        return {record.key: record for record in records}

    def ready(self, obj: str, count: int) -> None:
        """A read and an update job for each hundred; the job is asked about as long as it takes, afterwards.

        A changed e-mail address takes requests of its own besides.
        """
        each = [f"{API}/{obj}/show_many", f"{API}/{obj}/update_many"]
        self.http.reserve(each * ceil(count / BATCH))

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        """Look up by ``external_id`` (the records themselves), e-mail or name (through the search index)."""
        look_up = self._by_external_id if path == "external_id" else self._by_search
        records = look_up(obj, path, values)
        found = {value: _holding(records, path, value) for value in values}
        return {value: records for value, records in found.items() if records}

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """See :mod:`connectors.zendesk.writing`."""
        return writing.push(self.http, obj, writes)

    def check(self) -> list[Finding]:
        """The token, and the custom fields the connection names."""
        return [finding for obj in ("users", "organizations") for finding in self._check(obj)]

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        """Create missing user or organization fields; the name becomes the key."""
        known = _keys(self._fields(obj), obj)
        return [
            Finding(f"{obj}.{name} exists", True) if name in known else self._create(obj, name, kind)
            for name, kind in fields.items()
        ]

    def _size(self, largest: int) -> int:
        return page_size(self.name, self.options, largest)

    def _many(self, obj: str, by: str, values: list[str]) -> list[RawRecord]:
        params = {by: ",".join(values)}
        return _records(self.http.request("GET", f"{API}/{obj}/show_many", params=params), obj)

    def _by_external_id(self, obj: str, path: str, values: Sequence[str]) -> list[RawRecord]:
        return [one for some in batches(list(values), BATCH) for one in self._many(obj, f"{path}s", some)]

    def _by_search(self, obj: str, path: str, values: Sequence[str]) -> list[RawRecord]:
        return [one for value in values for one in self._search(obj, path, value.replace('"', ""))]

    def _search(self, obj: str, path: str, value: str) -> list[RawRecord]:
        params = {"query": f'email:"{value}"'} if path == "email" else {"name": value}
        return _records(self.http.request("GET", f"{API}/{obj}/search", params=params), obj)

    def _check(self, obj: str) -> list[Finding]:
        answer = self._fields(obj)
        if answer.kind != "ok":
            remedy = "Check the token; its user must be an admin, with the scopes read and write"
            return [Finding(f"{obj} can be read (HTTP {answer.status})", False, remedy)]
        known, remedy = _keys(answer, obj), "Create it with klantbeeld check --provision"
        wanted = {name: name in known for name in listed(self.options.get(f"fields_{obj}"))}
        found = [Finding(f"{obj}.{name} exists", ok, "" if ok else remedy) for name, ok in wanted.items()]
        return [Finding(f"{obj} can be read", True), *found]

    def _fields(self, obj: str) -> Answer:
        return self.http.request("GET", f"{API}/{SINGULAR[obj]}_fields", accept=_TRIED)

    def _create(self, obj: str, name: str, kind: Literal["text", "number"]) -> Finding:
        one = f"{SINGULAR[obj]}_field"
        title = name.replace("_", " ").capitalize()
        field = {"key": name, "title": title, "type": "text" if kind == "text" else "decimal"}
        answer = self.http.request("POST", f"{API}/{one}s", json={one: field}, accept=_TRIED)
        ok = answer.kind == "ok"
        return Finding(f"{obj}.{name} created", ok, "" if ok else redact(words(answer)))


def _records(answer: Answer, obj: str) -> list[RawRecord]:
    return answer.known(map(raw_record, answer.objects(obj)))


def _holding(records: list[RawRecord], path: str, value: str) -> tuple[RawRecord, ...]:
    """The records that hold just this value; Zendesk's search finds more, and compares without case."""
    same = [one for one in records if str(one.data.get(path) or "").casefold() == value.casefold()]
    return tuple({one.key: one for one in same}.values())


def _keys(answer: Answer, obj: str) -> set[str]:
    fields = answer.objects(f"{SINGULAR[obj]}_fields") if answer.kind == "ok" else []
    return {str(field.get("key")) for field in fields}
