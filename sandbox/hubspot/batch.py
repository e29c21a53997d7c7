"""Up to a hundred records at a time, and what happens when some of them are refused."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.core.operation import Answer, Call, Reply
from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.hubspot.associations import Link, links_wanted
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.envelope import envelope
from sandbox.hubspot.forms import invalid, not_found
from sandbox.hubspot.history import AT_MOST
from sandbox.hubspot.kinds import Kind, kind_of
from sandbox.hubspot.objects import Objects, flag
from sandbox.hubspot.records import Claimed, Draft
from sandbox.hubspot.shapes import inputs, strict_object
from sandbox.hubspot.views import view, with_history

Plan = tuple[Draft, list[Link], Json]
"""A checked write, the links that go with it, and what its result shows beyond the record."""
Prepare = Callable[[Kind, Any, Claimed], Plan]
TRACE = "objectWriteTraceId"


class Batches:
    """The handlers below ``/crm/objects/2026-09/{type}/batch``.

    Where every input has an ``objectWriteTraceId`` of its own, each is judged alone and refusals
    come back in a 207. Without, one refusal refuses the whole batch; only ids that do not exist are
    always reported one by one. (An upsert by e-mail is all or nothing in any case.)
    """

    def __init__(self, crm: Crm, objects: Objects, world: World) -> None:
        self._crm, self._objects, self._world = crm, objects, world

    def read(self, call: Call) -> Reply:
        """Read by id or by the value of a unique property."""
        kind = kind_of(call.path["type"])
        body, given = inputs(
            call.body, {"properties": list, "propertiesWithHistory": list, "idProperty": str}
        )
        histories = [str(name) for name in body.get("propertiesWithHistory", [])]
        if histories and len(given) > AT_MOST:
            raise invalid(f"A batch with propertiesWithHistory takes 1 to {AT_MOST} inputs.")
        keys = [str(strict_object(one, {"id": str}, {})["id"]) for one in given]
        by = body.get("idProperty")
        if by is not None:
            self._must_be_unique(kind, by)
        asked = [str(name) for name in body.get("properties", [])]
        rows = {key: self._row(kind, key, by, flag(call, "archived")) for key in keys}
        records = self._crm.of(kind)
        found = [row for row in rows.values() if row is not None]
        results = [
            with_history(records, row, view(kind, records.known, row, asked), histories) for row in found
        ]
        missing = [key for key, row in rows.items() if row is None]
        errors = [not_found(kind.singular.upper(), missing).reply.body] if missing else []
        return envelope(self._world, results, errors)

    def create(self, call: Call) -> Reply:
        """Create; 201 where all went well."""
        return self._write(call, self._new, 201)

    def update(self, call: Call) -> Reply:
        """Change records by id, or by a custom unique property."""
        return self._write(call, self._changed, 200)

    def upsert(self, call: Call) -> Reply:
        """Change the record that has the value of a unique property, or create it."""
        return self._write(call, self._either, 200)

    def archive(self, call: Call) -> Reply:
        """Archive; ids that do not exist are passed over."""
        kind = kind_of(call.path["type"])
        _, given = inputs(call.body, {})
        for key in [strict_object(one, {"id": str}, {})["id"] for one in given]:
            self._crm.archive(kind, key, call.actor)
        return Reply(204, None)

    def _write(self, call: Call, prepare: Prepare, status: int) -> Reply:
        kind = kind_of(call.path["type"])
        _, given = inputs(call.body, {})
        _no_duplicates(given)
        apart = _judged_apart(given)
        claimed: Claimed = set()
        plans: list[Plan] = []
        errors: list[Json] = []
        for one in given:
            try:
                plans.append(prepare(kind, one, claimed))
            except Answer as answer:
                if not apart and answer.reply.status != 404:
                    raise
                errors.append(_named(answer.reply.body, one))
        return envelope(self._world, [self._carry_out(kind, p, call.actor) for p in plans], errors, status)

    def _carry_out(self, kind: Kind, plan: Plan, actor: str) -> Json:
        draft, links, extra = plan
        row = self._crm.store(kind, draft, actor)
        for link in links:
            link(self._crm, row["id"], actor)
        return {**self._objects.written(kind, row, draft.values), **extra}

    def _new(self, kind: Kind, given: Any, claimed: Claimed) -> Plan:
        body = strict_object(given, {"properties": dict}, {"associations": list, TRACE: str})
        links = links_wanted(kind, body.get("associations", []))
        return self._crm.draft(kind, None, body["properties"], claimed), links, _traced(body)

    def _changed(self, kind: Kind, given: Any, claimed: Claimed) -> Plan:
        body = strict_object(given, {"id": str, "properties": dict}, {"idProperty": str, TRACE: str})
        by = body.get("idProperty")
        if by is not None:
            self._must_be_unique(kind, by, built_in_too=False)
        key = self._crm.of(kind).find(body["id"], by)
        if key is None:
            raise not_found(kind.singular.upper(), [body["id"]])
        return self._crm.draft(kind, key, body["properties"], claimed), [], _traced(body)

    def _either(self, kind: Kind, given: Any, claimed: Claimed) -> Plan:
        body = strict_object(given, {"id": str, "properties": dict}, {"idProperty": str, TRACE: str})
        by = body.get("idProperty")
        if by is None:
            raise invalid("An upsert needs an idProperty: the name of a unique property.")
        self._must_be_unique(kind, by)
        key = self._crm.of(kind).find(body["id"], by)
        draft = self._crm.draft(kind, key, {by: body["id"], **body["properties"]}, claimed)
        return draft, [], {**_traced(body), "new": key is None}

    def _must_be_unique(self, kind: Kind, name: str, built_in_too: bool = True) -> None:
        prop = self._crm.of(kind).known.get(name)
        if prop is None or not prop.unique or not (prop.custom or built_in_too):
            message = f"Unable to perform read/update/upsert by non-unique {kind.type_id} property {name}"
            raise invalid(message)

    def _row(self, kind: Kind, key: str, by: str | None, archived: bool) -> Json | None:
        records = self._crm.of(kind)
        if archived and by is None:
            return records.archived.get(key)
        return records.live.get(records.find(key, by) or "")


def _no_duplicates(given: list[Any]) -> None:
    ids = [str(one["id"]) for one in given if isinstance(one, dict) and "id" in one]
    twice = sorted(key for key, count in Counter(ids).items() if count > 1)
    if twice:
        raise invalid(f"Duplicate IDs found in batch input: {twice}. IDs must be unique")


def _judged_apart(given: list[Any]) -> bool:
    traces = [one.get(TRACE) for one in given if isinstance(one, dict)]
    whole = any(isinstance(one, dict) and one.get("idProperty") == "email" for one in given)
    return not whole and all(isinstance(t, str) for t in traces) and len(set(traces)) == len(given)


def _named(body: Mapping[str, Any], given: Mapping[str, Any]) -> Json:
    trace = {TRACE: [given[TRACE]]} if TRACE in given else {}
    return {**body, "context": {**body.get("context", {}), **trace}}


def _traced(body: Mapping[str, Any]) -> Json:
    return {TRACE: body[TRACE]} if TRACE in body else {}
