"""Links between contacts and companies, as the associations API reads and writes them."""

from collections.abc import Callable
from typing import Any

from sandbox.core.operation import Answer, Call, Reply
from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.envelope import envelope
from sandbox.hubspot.forms import invalid, not_found
from sandbox.hubspot.kinds import COMPANIES, CONTACTS, Kind, kind_of
from sandbox.hubspot.shapes import inputs, strict_object

Link = Callable[[Crm, str, str], None]
PRIMARY_TYPE = {CONTACTS.name: 1, COMPANIES.name: 2}
PLAIN_TYPE = {CONTACTS.name: 279, COMPANIES.name: 280}
"""HubSpot's own association types, by the side they start from."""


def asks_primary(kind: Kind, types: list[Any]) -> bool:
    """Whether the association types of a request, checked, make the primary link."""
    known = (PRIMARY_TYPE[kind.name], PLAIN_TYPE[kind.name])
    for given in types:
        one = strict_object(given, {"associationCategory": str, "associationTypeId": int}, {})
        if one["associationCategory"] != "HUBSPOT_DEFINED" or one["associationTypeId"] not in known:
            raise invalid(f"association type {one['associationTypeId']} does not exist for {kind.name}")
    return any(given["associationTypeId"] == PRIMARY_TYPE[kind.name] for given in types)


def links_wanted(kind: Kind, given: list[Any]) -> list[Link]:
    """The links a new record asks for, checked for shape; each is called with the record's new id."""
    wanted: list[Link] = []
    for one in given:
        body = strict_object(one, {"to": dict, "types": list}, {})
        other = str(strict_object(body["to"], {"id": str}, {})["id"])
        wanted.append(link_to(kind, other, asks_primary(kind, body["types"])))
    return wanted


def link_to(kind: Kind, other: str, primary: bool) -> Link:
    """The link from a record of ``kind``, still to be named, to another."""

    def link(crm: Crm, key: str, actor: str) -> None:
        contact, company = (key, other) if kind is CONTACTS else (other, key)
        crm.link(contact, company, actor, primary)

    return link


def unlink(crm: Crm, kind: Kind, key: str, other: str, actor: str) -> None:
    """Undo the link between a record of ``kind`` and another, if there is one."""
    contact, company = (key, other) if kind is CONTACTS else (other, key)
    crm.unlink(contact, company, actor)


class Associations:
    """The handlers below ``/crm/associations/2026-09/{from}/{to}/batch``."""

    def __init__(self, crm: Crm, world: World) -> None:
        self._crm, self._world = crm, world

    def read(self, call: Call) -> Reply:
        """The links of up to 1000 records; one without any is an error of its own, and makes it a 207."""
        kind, other = sides(call)
        _, given = inputs(call.body, {}, 1000)
        keys = [strict_object(one, {"id": str}, {"after": str})["id"] for one in given]
        results, errors = [], []
        for key in keys:
            found = self._crm.linked(kind, key)
            if found:
                linked = [far_side(self._crm, kind, key, one) for one in found]
                results.append({"from": {"id": key}, "to": linked})
            else:
                errors.append(_none_found(kind, other, key))
        return envelope(self._world, results, errors)

    def create(self, call: Call) -> Reply:
        """Link pairs of records."""
        kind, other = sides(call)
        _, given = inputs(call.body, {})
        pairs = [_pair(kind, one) for one in given]
        results, errors = [], []
        for key, far, primary in pairs:
            try:
                link_to(kind, far, primary)(self._crm, key, call.actor)
            except Answer as answer:
                errors.append(answer.reply.body)
                continue
            results.append(labels_between(kind, other, key, far))
        return envelope(self._world, results, errors, 201)

    def archive(self, call: Call) -> Reply:
        """Undo links; those that are not there are passed over."""
        kind, _ = sides(call)
        _, given = inputs(call.body, {})
        for one in given:
            body = strict_object(one, {"from": dict, "to": list}, {})
            for far in body["to"]:
                key, other = str(body["from"].get("id")), str(strict_object(far, {"id": str}, {})["id"])
                unlink(self._crm, kind, key, other, call.actor)
        return Reply(204, None)


def far_side(crm: Crm, kind: Kind, key: str, other: str) -> Json:
    """One link as seen from the record it starts from."""
    contact, company = (key, other) if kind is CONTACTS else (other, key)
    types = [{"category": "HUBSPOT_DEFINED", "typeId": PLAIN_TYPE[kind.name], "label": None}]
    if crm.is_primary(contact, company):
        primary = {"category": "HUBSPOT_DEFINED", "typeId": PRIMARY_TYPE[kind.name], "label": "Primary"}
        types = [primary, *types]
    return {"toObjectId": other, "associationTypes": types}


def sides(call: Call) -> tuple[Kind, Kind]:
    """The kinds on both ends of the links a path is about."""
    ends = kind_of(call.path["from"]), kind_of(call.path["to"])
    if ends[0] is ends[1]:
        raise invalid(f"No associations from {ends[0].name} to {ends[1].name} here.")
    return ends


def _pair(kind: Kind, given: Any) -> tuple[str, str, bool]:
    body = strict_object(given, {"from": dict, "to": dict, "types": list}, {})
    near, far = (str(strict_object(body[side], {"id": str}, {})["id"]) for side in ("from", "to"))
    return near, far, asks_primary(kind, body["types"])


def labels_between(kind: Kind, other: Kind, key: str, far: str) -> Json:
    """What a link that was made answers."""
    return {
        "fromObjectTypeId": kind.type_id,
        "fromObjectId": key,
        "toObjectTypeId": other.type_id,
        "toObjectId": far,
        "labels": [],
    }


def _none_found(kind: Kind, other: Kind, key: str) -> Json:
    body: Json = dict(not_found(kind.singular.upper(), [key]).reply.body)
    body["message"] = f"No {other.singular} is associated with {kind.singular} {key}."
    body["subCategory"] = "crm.associations.NO_ASSOCIATIONS_FOUND"
    body["context"] = {"fromObjectId": [key], "fromObjectType": [kind.name], "toObjectType": [other.name]}
    return body
