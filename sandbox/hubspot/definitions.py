"""The properties API: which properties there are, and adding one."""

import re
from collections.abc import Container
from typing import Any

from sandbox.core.operation import Answer, Call, Reply
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.forms import error, invalid
from sandbox.hubspot.kinds import kind_of
from sandbox.hubspot.objects import flag
from sandbox.hubspot.properties import Property
from sandbox.hubspot.shapes import strict_object

NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
FIELD_TYPES = {
    "string": ("text", "textarea", "phonenumber", "html", "file"),
    "number": ("number",),
    "date": ("date",),
    "datetime": ("date",),
    "enumeration": ("select", "radio", "checkbox", "booleancheckbox"),
    "bool": ("booleancheckbox",),
}
REQUIRED = {"name": str, "label": str, "type": str, "fieldType": str, "groupName": str}
OPTIONAL = {
    "description": str,
    "options": list,
    "hasUniqueValue": bool,
    "hidden": bool,
    "formField": bool,
    "displayOrder": int,
    "externalOptions": bool,
}


class Definitions:
    """The handlers below ``/crm/properties/2026-09/{type}``."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def every(self, call: Call) -> Reply:
        """All properties of a kind: those in use, or the archived ones."""
        kind = kind_of(call.path["type"])
        records = self._crm.of(kind)
        shown = records.retired if flag(call, "archived") else records.known
        return Reply(200, {"results": [p.answer(kind) for p in shown.values()]})

    def one(self, call: Call) -> Reply:
        """One property by name."""
        return Reply(200, self._named(call).answer(kind_of(call.path["type"])))

    def create(self, call: Call) -> Reply:
        """Add a custom property."""
        kind = kind_of(call.path["type"])
        body = strict_object(call.body, REQUIRED, OPTIONAL)
        known = self._crm.of(kind).known
        _check(body, self._crm.of(kind).groups)
        if body["name"] in known:
            message = f"A property named '{body['name']}' already exists."
            raise Answer(error(409, "OBJECT_ALREADY_EXISTS", message))
        known[body["name"]] = made = _made(body)
        return Reply(201, made.answer(kind))

    def update(self, call: Call) -> Reply:
        """Change how a custom property is described; its name and its type stay."""
        kind, before = kind_of(call.path["type"]), self._custom(call)
        asked = strict_object(call.body, {}, {**REQUIRED, **OPTIONAL})
        body = {**_described(before, kind.group), **asked, "name": before.name}
        _check(body, self._crm.of(kind).groups)
        self._crm.of(kind).known[before.name] = made = _made(body)
        return Reply(200, made.answer(kind))

    def archive(self, call: Call) -> Reply:
        """Archive a custom property: records keep its values, and no longer show them."""
        records, retired = self._crm.of(kind_of(call.path["type"])), self._custom(call)
        records.retired[retired.name] = records.known.pop(retired.name)
        return Reply(204, None)

    def _named(self, call: Call) -> Property:
        found = self._crm.of(kind_of(call.path["type"])).known.get(call.path["name"])
        if found is None:
            raise Answer(error(404, "OBJECT_NOT_FOUND", f"Property {call.path['name']} does not exist"))
        return found

    def _custom(self, call: Call) -> Property:
        found = self._named(call)
        if not found.custom:
            raise invalid(f"Property {found.name} is HubSpot's own: it cannot be changed or archived.")
        return found


def _check(body: dict[str, Any], groups: Container[str]) -> None:
    if not NAME.fullmatch(body["name"]):
        raise invalid("Invalid property name: lower-case letters, digits and underscores, a letter first.")
    if body["fieldType"] not in FIELD_TYPES.get(body["type"], ()):
        raise invalid(f"fieldType {body['fieldType']} does not go with type {body['type']}.")
    if body["groupName"] not in groups:
        raise invalid(f"Property group {body['groupName']} does not exist.")
    if body["type"] == "enumeration" and not body.get("options"):
        raise invalid("An enumeration needs options.")


def _made(body: dict[str, Any]) -> Property:
    given = body.get("options", [])
    optional = {"displayOrder": int, "hidden": bool, "description": str}
    options = [strict_object(o, {"label": str, "value": str}, optional)["value"] for o in given]
    if body["type"] == "bool":
        options = options or ["true", "false"]
    unique = body.get("hasUniqueValue", False)
    label, field_type, group = body["label"], body["fieldType"], body["groupName"]
    name, kind = body["name"], body["type"]
    return Property(name, kind, tuple(options), False, unique, label, field_type, group, custom=True)


def _described(prop: Property, group: str) -> dict[str, Any]:
    """A property as a request to create it would have it."""
    options = [{"label": one, "value": one} for one in prop.options]
    return {
        "label": prop.label or prop.name,
        "type": prop.type,
        "fieldType": prop.field_type,
        "groupName": prop.group or group,
        "options": options,
        "hasUniqueValue": prop.unique,
    }
