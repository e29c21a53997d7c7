"""The Brevo connector: contacts, API v3.

Connection: base URL ``https://api.brevo.com``, the API key, and in the options ``fields_contacts``
(attributes the hub needs, comma separated), ``page_size``, ``horizon`` (minutes). Source: Brevo's OpenAPI
document (MIT).

**One deviation from "as received".** Brevo leaves out an attribute without a value; it is given as None,
see :mod:`connectors.brevo.attributes`.

Each write is a request of its own: the batch endpoint answers 204 and names no culprit. A create never
updates: an e-mail address that is taken is a refusal. Deletions show in :meth:`Brevo.keys` only.
An unknown IP address is answered with 401 like a wrong key: see Brevo's security settings, authorised IPs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, Literal

from connectors.access import header, horizon, page_size
from connectors.brevo import reading
from connectors.brevo.answers import outcome, raw_record, words
from connectors.brevo.attributes import LIST, Attributes, emptying
from connectors.contract import (
    Capabilities,
    Connection,
    Finding,
    Json,
    Limit,
    ObjectSheet,
    Page,
    RawRecord,
    Receipt,
    Write,
)
from connectors.http import Http
from connectors.outcome import Answer, Kind
from connectors.pace import REAL, Timing
from connectors.redact import redact
from connectors.shape import emptied, listed

_CONTACT = "/v3/contacts/{key}"
_ANSWERED: frozenset[Kind] = frozenset({"ok", "refused", "gone"})
_TRIED: frozenset[Kind] = frozenset({"ok", "denied", "refused"})
_FOUND: frozenset[Kind] = frozenset({"ok", "gone"})
_IDENTIFIED_BY = {"email": "email_id", "ext_id": "ext_id"}


class Brevo:
    """Reads and writes one Brevo account."""

    name: ClassVar[str] = "brevo"
    sheet: ClassVar[Capabilities] = Capabilities(
        visibility_lag=timedelta(0),
        clears_with="empty",
        concurrency="compare",
        idempotency="none",
        limits=(Limit("account", 10, timedelta(seconds=1)),),
        objects={
            "contacts": ObjectSheet(
                incremental="timestamp",
                deletes=frozenset({"snapshot"}),
                writable=True,
                creatable=True,
                findable=frozenset(_IDENTIFIED_BY),
                unique=frozenset({"email", "attributes.SMS", "ext_id"}),
                sparse=frozenset({"attributes"}),
                page="https://app.brevo.com/contact/index/{key}",
                page_at="brevo.com",
            )
        },
    )

    def __init__(self, connection: Connection, timing: Timing = REAL) -> None:
        self.options = connection.options
        self.http = Http(
            self.name,
            connection,
            auth=header("api-key", connection.secret),
            classify=outcome,
            words=words,
            limits=self.sheet.limits,
            timing=timing,
        )
        self._attributes = Attributes(self.http)

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """See :mod:`connectors.brevo.reading`. The account's attributes are asked for anew."""
        attributes = Attributes(self.http)
        for page in self._pages(cursor):
            yield replace(page, records=tuple(map(attributes.shown, page.records)))

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        """The ids of all contacts; a key may come twice."""
        for page in self._pages(None):
            yield tuple(record.key for record in page.records)

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """Read by id, one request each: Brevo has no other way."""
        answers = [self._one(key, "contact_id") for key in keys]
        records = [self._known(answer) for answer in answers if answer.kind == "ok"]
        return {record.key: record for record in records}

    def ready(self, obj: str, count: int) -> None:
        """A GET and a PUT for each record, and before them, once, the account's attributes."""
        self._attributes.known()
        self.http.reserve([_CONTACT, _CONTACT] * count)

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        """Look up by ``email`` or ``ext_id``; both are unique in Brevo."""
        answers = {value: self._one(value, _IDENTIFIED_BY[path]) for value in values}
        return {v: (self._known(answer),) for v, answer in answers.items() if answer.kind == "ok"}

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """One request a write: PUT to change, POST to create."""
        if any(emptying(write) for write in writes):
            self._attributes.known()  # before anything is sent: it may fail
        receipts: list[Receipt] = []
        for write in writes:
            lost: frozenset[Kind] = frozenset({"unsure", "unreached"} if receipts else {"unsure"})
            receipts.append(self._push(write, _ANSWERED | lost))
        return receipts

    def check(self) -> list[Finding]:
        """The key, and the attributes the connection names."""
        answer = self._listed()
        if answer.kind != "ok":
            remedy = "Check the API key, and the authorised IP addresses in Brevo's security settings"
            return [Finding(f"the account can be read (HTTP {answer.status})", False, remedy)]
        known, remedy = _names(answer), "Create it with klantbeeld check --provision"
        wanted = {name: name in known for name in listed(self.options.get("fields_contacts"))}
        found = [Finding(f"attribute {name} exists", ok, "" if ok else remedy) for name, ok in wanted.items()]
        return [Finding("the account can be read", True), *found]

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        """Create missing attributes; Brevo writes their names in capitals."""
        known = _names(self._listed())
        return [
            Finding(f"attribute {name} exists", True) if name in known else self._create(name, kind)
            for name, kind in fields.items()
        ]

    def _pages(self, cursor: Json | None) -> Iterator[Page]:
        size = page_size(self.name, self.options, reading.LARGEST_PAGE)
        return reading.pages(self.http, cursor, size, horizon(self.name, self.options, self.sheet.horizon))

    def _known(self, answer: Answer) -> RawRecord:
        (record,) = answer.known([raw_record(answer.object())])
        return self._attributes.shown(record)

    def _one(self, value: str, by: str) -> Answer:
        by_what = {"identifierType": by}
        return self.http.request("GET", _CONTACT, ids={"key": value}, params=by_what, accept=_FOUND)

    def _push(self, write: Write, accept: frozenset[Kind]) -> Receipt:
        if why := self._attributes.stuck(write):
            return Receipt(write.ref, "refused", write.key, message=why)
        answer = self._add(write, accept) if write.key is None else self._change(write, write.key, accept)
        if answer.kind == "ok":
            return Receipt(write.ref, "done", write.key or answer.key(whole=True))
        if answer.kind in ("gone", "refused"):
            status: Literal["gone", "refused"] = "gone" if answer.kind == "gone" else "refused"
            return Receipt(write.ref, status, write.key, message=redact(words(answer), write.data))
        return Receipt(write.ref, "unsure", write.key)

    def _add(self, write: Write, accept: frozenset[Kind]) -> Answer:
        body = {**_given(write.data), "updateEnabled": False}
        return self.http.request("POST", "/v3/contacts", json=body, accept=accept)

    def _change(self, write: Write, key: str, accept: frozenset[Kind]) -> Answer:
        """A contact's e-mail address is changed through the attribute EMAIL."""
        body = emptied(write.data, "")
        if "email" in body:
            body["attributes"] = {**(body.get("attributes") or {}), "EMAIL": body.pop("email")}
        by_id = {"identifierType": "contact_id"}
        return self.http.request("PUT", _CONTACT, ids={"key": key}, params=by_id, json=body, accept=accept)

    def _listed(self) -> Answer:
        return self.http.request("GET", LIST, accept=_TRIED)

    def _create(self, name: str, kind: Literal["text", "number"]) -> Finding:
        answer = self.http.request(
            "POST",
            "/v3/contacts/attributes/normal/{name}",
            ids={"name": name.upper()},
            json={"type": "text" if kind == "text" else "float"},
            accept=_TRIED,
        )
        ok = answer.kind == "ok"
        return Finding(f"attribute {name} created", ok, "" if ok else redact(words(answer)))


def _given(data: Json) -> Json:
    """What a new contact is to hold: there is nothing to empty yet."""
    return {
        name: _given(value) if isinstance(value, dict) else value
        for name, value in data.items()
        if value is not None
    }


def _names(answer: Answer) -> set[str]:
    return {str(item.get("name")) for item in answer.objects("attributes")} if answer.kind == "ok" else set()
