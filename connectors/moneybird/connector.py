"""The Moneybird connector: contacts and sales invoices of one administration, API v2.

Connection: base URL ``https://moneybird.com``, a bearer token, and in the options
``administration_id``, ``fields_contacts`` (names the hub needs, comma separated), ``page_size``, ``horizon``
(minutes).

How changes are found: :mod:`connectors.moneybird.versions`.

**Two deviations from "as received".** ``custom_fields`` arrives as a list of ``{id, name, value}``; it is
given as an object ``{name: value}``, so that a mapping reads and writes ``custom_fields.<name>``. Whether
a field without a value is in that list the document does not say: one that the administration has and a
contact leaves out is given as None. A contact whose ``send_invoices_to_email`` is empty shows its
``email`` there: what is shown under the one name is written under the other, whichever a mapping names.

Archived contacts, which Moneybird shows if asked, are deleted ones; other deletions show in
:meth:`Moneybird.keys` only.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from math import ceil
from typing import ClassVar, Literal

from connectors.access import bearer, horizon, page_size
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
from connectors.errors import Denied
from connectors.http import Http
from connectors.moneybird import versions
from connectors.moneybird.answers import contact_fields, outcome, raw_record, shows_fields, words
from connectors.moneybird.writing import contact
from connectors.outcome import Answer, Kind, server_time
from connectors.pace import REAL, Timing
from connectors.redact import redact
from connectors.shape import batches, listed
from connectors.sparse import Fields, filled

_AT_ONCE = 100
_EVERY: Mapping[str, Mapping[str, str]] = {
    "contacts": {"include_archived": "true"},
    "sales_invoices": {"filter": "period:20000101..20991231,state:all"},
}
"""What asks for all there are: whichever default Moneybird has, nothing is left out."""
_ANSWERED: frozenset[Kind] = frozenset({"ok", "refused", "gone"})
_TRIED: frozenset[Kind] = frozenset({"ok", "denied", "gone"})


class Moneybird:
    """Reads and writes one Moneybird administration."""

    name: ClassVar[str] = "moneybird"
    sheet: ClassVar[Capabilities] = Capabilities(
        visibility_lag=timedelta(0),
        clears_with="empty",
        concurrency="compare",
        idempotency="none",
        limits=(Limit("account", 150, timedelta(minutes=5)),),
        objects={
            "contacts": ObjectSheet(
                incremental="snapshot_diff",
                deletes=frozenset({"flag", "snapshot"}),
                writable=True,
                creatable=True,
                findable=frozenset({"customer_id"}),
                unique=frozenset({"customer_id"}),
                sparse=frozenset({"custom_fields"}),
                page="https://moneybird.com/{administration_id}/contacts/{key}",
                page_at="moneybird.com",
            ),
            "sales_invoices": ObjectSheet(
                incremental="snapshot_diff",
                deletes=frozenset({"snapshot"}),
                references={"contact_id": "contacts"},
            ),
        },
    )

    def __init__(self, connection: Connection, timing: Timing = REAL) -> None:
        self.options = connection.options
        if not self.options.get("administration_id"):
            raise Denied(
                "moneybird: the connection names no administration_id. Put the number from Moneybird's "
                "address bar in the connection's options",
                system=self.name,
            )
        self.http = Http(
            self.name,
            connection,
            auth=bearer(connection.secret),
            classify=outcome,
            words=words,
            limits=self.sheet.limits,
            timing=timing,
        )
        self._fields = Fields(self._custom_fields)

    def pull(self, obj: str, cursor: Json | None) -> Iterator[Page]:
        """One request tells what changed; a hundred records come with each further one."""
        size = page_size(self.name, self.options, _AT_ONCE)
        answer = self._listing(obj)
        found = versions.versions(answer)
        walk = versions.begin(found, cursor, server_time(answer))
        behind = horizon(self.name, self.options, self.sheet.horizon)
        done = versions.done(found, walk, server_time(answer), behind)
        fields = Fields(self._custom_fields)
        chunks = list(batches(versions.changed(found, walk, behind), size)) or [[]]
        for number, chunk in enumerate(chunks, 1):
            items = self._read(obj, [key for _, key in chunk]).objects() if chunk else []
            records = [_shown(obj, item, fields) for item in items]
            last = number == len(chunks)
            after = done if last else {**walk, "after": list(chunk[-1])}
            yield Page(tuple(records), len(records), after, last)

    def keys(self, obj: str) -> Iterator[tuple[str, ...]]:
        """The ids of all that is not archived, from the one request that lists them."""
        living = {**_EVERY[obj], "include_archived": "false"} if obj == "contacts" else _EVERY[obj]
        listed = self._ask("GET", f"{obj}/synchronization", params=living)
        yield tuple(key for _, key in versions.versions(listed))

    def fetch(self, obj: str, keys: Sequence[str]) -> dict[str, RawRecord]:
        """Read by id, a hundred at a time."""
        answers = [self._read(obj, some) for some in batches(list(keys), _AT_ONCE)]
        found = [one for answer in answers for one in self._known(obj, answer, answer.objects())]
        return {record.key: record for record in found}

    def ready(self, obj: str, count: int) -> None:
        """A synchronization POST a hundred and a PATCH each; before them, once, the custom fields."""
        if obj == "contacts":
            self._fields.known()
        looks = [_where(f"{obj}/synchronization")] * ceil(count / _AT_ONCE)
        self.http.reserve([*looks, *[_where(f"{obj}/{{key}}")] * count])

    def find(self, obj: str, path: str, values: Sequence[str]) -> dict[str, tuple[RawRecord, ...]]:
        """Look contacts up by ``customer_id``, which is unique in an administration."""
        found: dict[str, tuple[RawRecord, ...]] = {}
        for value in values:
            where = {"value": value}
            answer = self._ask("GET", f"{obj}/{path}/{{value}}", ids=where, accept=frozenset({"ok", "gone"}))
            if answer.kind == "ok":
                found[value] = tuple(self._known(obj, answer, [answer.object()]))
        return found

    def push(self, obj: str, writes: Sequence[Write]) -> list[Receipt]:
        """One request a write: PATCH to change, POST to create."""
        receipts: list[Receipt] = []
        for write in writes:
            receipts.append(self._push(obj, write, first=not receipts))
        return receipts

    def check(self) -> list[Finding]:
        """The token, the administration, and the custom fields the connection names."""
        answer = self._ask("GET", "custom_fields", accept=_TRIED)
        if answer.kind != "ok":
            remedy = "Check the token, its scopes (sales_invoices, settings) and administration_id"
            return [Finding(f"the administration can be read (HTTP {answer.status})", False, remedy)]
        wanted = listed(self.options.get("fields_contacts"))
        return [Finding("the administration can be read", True), *self._missing(answer, wanted)]

    def provision(self, obj: str, fields: Mapping[str, Literal["text", "number"]]) -> list[Finding]:
        """Moneybird's API cannot create custom fields: says which are missing and where to add them."""
        return self._missing(self._ask("GET", "custom_fields"), list(fields))

    def _missing(self, answer: Answer, wanted: Sequence[str]) -> list[Finding]:
        known = contact_fields(answer)
        remedy = "Add it in Moneybird under Settings, Custom fields, for contacts: its API cannot"
        found = [(f"custom field {name} exists", name in known) for name in wanted]
        return [Finding(what, ok, "" if ok else remedy) for what, ok in found]

    def _custom_fields(self) -> dict[str, str]:
        return contact_fields(self._ask("GET", "custom_fields"))

    def _known(self, obj: str, answer: Answer, items: list[Json]) -> list[RawRecord]:
        return answer.known(_shown(obj, item, self._fields) for item in items)

    def _push(self, obj: str, write: Write, first: bool) -> Receipt:
        # Asked for before anything is sent, also where none is written: the answer is read with it.
        body = contact(write.data, self._fields.known())
        if isinstance(body, str):
            return Receipt(write.ref, "refused", write.key, message=body)
        lost: frozenset[Kind] = frozenset({"unsure"} if first else {"unsure", "unreached"})
        method, path = ("POST", obj) if write.key is None else ("PATCH", f"{obj}/{{key}}")
        answer = self._ask(
            method,
            path,
            ids={"key": write.key or ""},
            json={"contact": body},
            idempotent=write.key is not None,
            accept=_ANSWERED | lost,
        )
        if answer.kind == "ok":
            record, key = _shown(obj, answer.object(), self._fields), write.key or answer.key()
            whole = record if record.key == key else None
            return Receipt(write.ref, "done", key, record.stamp, record=whole)
        if answer.kind == "gone" and write.key is not None and not self._is_there(obj, write.key):
            return Receipt(write.ref, "gone", write.key)
        why = redact(words(answer), write.data)
        lost_or_not: Literal["refused", "unsure"] = "unsure" if answer.kind in lost else "refused"
        return Receipt(write.ref, lost_or_not, write.key, message=why)

    def _is_there(self, obj: str, key: str) -> bool:
        """Whether a record stands; a write that names a custom field nobody has is answered 404 as well."""
        self._fields = Fields(self._custom_fields)
        return bool(self._read(obj, [key]).objects())

    def _listing(self, obj: str) -> Answer:
        return self._ask("GET", f"{obj}/synchronization", params=_EVERY[obj])

    def _read(self, obj: str, ids: list[str]) -> Answer:
        where, asked = f"{obj}/synchronization", _EVERY[obj] if obj == "contacts" else None
        return self._ask("POST", where, params=asked, json={"ids": ids}, idempotent=True)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        ids: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Json | None = None,
        idempotent: bool | None = None,
        accept: frozenset[Kind] = frozenset({"ok"}),
    ) -> Answer:
        named = {"administration": self.options["administration_id"], **(ids or {})}
        return self.http.request(
            method, _where(path), ids=named, params=params, json=json, idempotent=idempotent, accept=accept
        )


def _where(path: str) -> str:
    return f"/api/v2/{{administration}}/{path}.json"


def _shown(obj: str, item: Json, fields: Fields) -> RawRecord:
    """A record as received; a contact that shows its custom fields has None for those it leaves out."""
    record = raw_record(item)
    if obj != "contacts" or not shows_fields(item):
        return record
    return filled(record, "custom_fields", fields.known())
