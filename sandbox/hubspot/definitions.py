"""The properties API: which properties there are, and adding one."""

import re
from typing import Any

from sandbox.core.operation import Answer, Call, Reply
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.forms import error, invalid
from sandbox.hubspot.kinds import kind_of
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
        """All properties of a kind."""
        kind = kind_of(call.path["type"])
        return Reply(200, {"results": [p.answer(kind) for p in self._crm.of(kind).known.values()]})

    def one(self, call: Call) -> Reply:
        """One property by name."""
        kind = kind_of(call.path["type"])
        found = self._crm.of(kind).known.get(call.path["name"])
        if found is None:
            raise Answer(error(404, "OBJECT_NOT_FOUND", f"Property {call.path['name']} does not exist"))
        return Reply(200, found.answer(kind))

    def create(self, call: Call) -> Reply:
        """Add a custom property."""
        kind = kind_of(call.path["type"])
        body = strict_object(call.body, REQUIRED, OPTIONAL)
        known = self._crm.of(kind).known
        _check(body, kind.group)
        if body["name"] in known:
            message = f"A property named '{body['name']}' already exists."
            raise Answer(error(409, "OBJECT_ALREADY_EXISTS", message))
        known[body["name"]] = made = _made(body)
        return Reply(201, made.answer(kind))


def _check(body: dict[str, Any], group: str) -> None:
    if not NAME.fullmatch(body["name"]):
        raise invalid("Invalid property name: lower-case letters, digits and underscores, a letter first.")
    if body["fieldType"] not in FIELD_TYPES.get(body["type"], ()):
        raise invalid(f"fieldType {body['fieldType']} does not go with type {body['type']}.")
    if body["groupName"] != group:
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
