"""One record at a time: list, read, create, update, archive, merge, search."""

from collections.abc import Mapping
from typing import Any

from sandbox.core.operation import Call, Reply
from sandbox.core.table import Json
from sandbox.hubspot.associations import links_wanted
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.forms import invalid, not_found
from sandbox.hubspot.history import AT_MOST
from sandbox.hubspot.kinds import Kind, kind_of
from sandbox.hubspot.search import CAP, filter_groups, sorting
from sandbox.hubspot.shapes import names, strict_object, whole_number
from sandbox.hubspot.views import view, with_history, with_links


def flag(call: Call, name: str) -> bool:
    """A query parameter that is true or false, in any case: HubSpot's own Python client sends ``True``."""
    text = (call.one(name) or "false").lower()
    if text not in ("true", "false"):
        raise invalid(f"Invalid {name}: it must be true or false.")
    return text == "true"


class Objects:
    """The handlers below ``/crm/objects/2026-09/{type}``."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def page(self, call: Call) -> Reply:
        """List by id: live records, or archived ones."""
        kind = kind_of(call.path["type"])
        most = AT_MOST if call.one("propertiesWithHistory") else 100
        limit = whole_number(call.one("limit"), 10, 1, most, "limit")
        after = str(whole_number(call.one("after"), 0, 0, 10**18, "after"))
        table = self._crm.of(kind).archived if flag(call, "archived") else self._crm.of(kind).live
        found = [row for _, row in _first(table.items(after), limit + 1)]
        body: Json = {"results": [self._view(kind, row, call) for row in found[:limit]]}
        if len(found) > limit:
            last = found[limit - 1]["id"]
            body["paging"] = {"next": {"after": last, "link": f"{call.url}?limit={limit}&after={last}"}}
        return Reply(200, body)

    def one(self, call: Call) -> Reply:
        """Read one record by id, or by the value of a unique property."""
        kind = kind_of(call.path["type"])
        records = self._crm.of(kind)
        if flag(call, "archived"):
            row = records.archived.get(call.path["id"])
        else:
            row = records.live.get(self._key(kind, call) or "")
        if row is None:
            raise not_found(kind.singular.upper(), [call.path["id"]])
        return Reply(200, self._view(kind, row, call))

    def create(self, call: Call) -> Reply:
        """Create one record, with its links."""
        kind = kind_of(call.path["type"])
        body = strict_object(call.body, {"properties": dict}, {"associations": list})
        wanted = links_wanted(kind, body.get("associations", []))
        row = self._crm.store(kind, self._crm.draft(kind, None, body["properties"], set()), call.actor)
        for link in wanted:
            link(self._crm, row["id"], call.actor)
        return Reply(201, self.written(kind, row, body["properties"]))

    def update(self, call: Call) -> Reply:
        """Change the properties that are given."""
        kind = kind_of(call.path["type"])
        given = strict_object(call.body, {"properties": dict}, {})["properties"]
        key = self._key(kind, call)
        if key is None:
            raise not_found(kind.singular.upper(), [call.path["id"]])
        row = self._crm.store(kind, self._crm.draft(kind, key, given, set()), call.actor)
        return Reply(200, self.written(kind, row, given))

    def archive(self, call: Call) -> Reply:
        """Archive; 204 also where there was nothing."""
        self._crm.archive(kind_of(call.path["type"]), call.path["id"], call.actor)
        return Reply(204, None)

    def merge(self, call: Call) -> Reply:
        """Make one new record of ``primaryObjectId`` and ``objectIdToMerge``; their ids lead to it."""
        kind = kind_of(call.path["type"])
        body = strict_object(call.body, {"primaryObjectId": str, "objectIdToMerge": str}, {})
        if body["primaryObjectId"] == body["objectIdToMerge"]:
            raise invalid("An object cannot be merged with itself.")
        row = self._crm.merge(kind, body["primaryObjectId"], body["objectIdToMerge"], call.actor)
        return Reply(200, self.written(kind, row, {}))

    def search(self, call: Call) -> Reply:
        """Search the index, which lags behind; at most 10 000 results of a query can be paged to.

        What is found by what it was shows what it is by now, a newer stamp than its place in the order too.
        """
        kind = kind_of(call.path["type"])
        optional = {"filterGroups": list, "sorts": list, "query": str, "properties": list}
        body = strict_object(call.body, {}, {**optional, "limit": int, "after": str | int})
        limit, start = _window(body)
        records = self._crm.of(kind)
        groups = filter_groups(body.get("filterGroups", []), body.get("query", ""), records.known)
        found = records.lookup.search(groups, sorting(body.get("sorts", []), records.known))
        page = found[start : start + limit]
        shown = [records.live.look(key) if key in records.live else records.lookup.look(key) for key in page]
        out: Json = {"total": len(found), "results": [self._shown(kind, row, body) for row in shown]}
        if start + limit < len(found):
            out["paging"] = {"next": {"after": str(start + limit)}}
        return Reply(200, out)

    def written(self, kind: Kind, row: Mapping[str, Any], given: Mapping[str, Any]) -> Json:
        """What a write answers: the properties it gave, and the ones that are always there."""
        return view(kind, self._crm.of(kind).known, row, [*kind.always, *given])

    def _shown(self, kind: Kind, row: Mapping[str, Any], body: Json) -> Json:
        return view(kind, self._crm.of(kind).known, row, [str(name) for name in body.get("properties", [])])

    def _view(self, kind: Kind, row: Mapping[str, Any], call: Call) -> Json:
        records = self._crm.of(kind)
        out = view(kind, records.known, row, names(call.query.get("properties", [])))
        out = with_history(records, row, out, names(call.query.get("propertiesWithHistory", [])))
        return with_links(self._crm, kind, out, names(call.query.get("associations", [])))

    def _key(self, kind: Kind, call: Call) -> str | None:
        name = call.one("idProperty")
        if name in (None, "hs_object_id"):
            return self._crm.of(kind).find(call.path["id"])
        known = self._crm.of(kind).known
        if name not in known or not known[name].unique:
            raise invalid(f"Unable to read by non-unique {kind.type_id} property {name}")
        return self._crm.of(kind).find(call.path["id"], name)


def _first(items: Any, count: int) -> list[Any]:
    return [item for _, item in zip(range(count), items, strict=False)]


def _window(body: Json) -> tuple[int, int]:
    limit = body.get("limit", 10)
    start = whole_number(str(body.get("after", 0)) or "0", 0, 0, 10**9, "after")
    if not 1 <= limit <= 200:
        raise invalid("Invalid limit: a search gives 1 to 200 results at a time.")
    if start + limit > CAP:
        raise invalid(f"The maximum number of results a search can be paged through is {CAP}.")
    return limit, start
