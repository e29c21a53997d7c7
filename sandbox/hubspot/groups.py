"""Property groups: every property is in one, and is made in none that is not there."""

from sandbox.core.operation import Answer, Call, Reply
from sandbox.core.table import Json
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.forms import error, invalid
from sandbox.hubspot.kinds import kind_of
from sandbox.hubspot.shapes import strict_object


class Groups:
    """The handlers below ``/crm/properties/2026-09/{type}/groups``."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def every(self, call: Call) -> Reply:
        """All groups of a kind."""
        return Reply(200, {"results": [_answer(*one) for one in self._of(call).items()]})

    def one(self, call: Call) -> Reply:
        """One group by name."""
        groups, name = self._of(call), call.path["group"]
        if name not in groups:
            raise Answer(error(404, "OBJECT_NOT_FOUND", f"Property group {name} does not exist"))
        return Reply(200, _answer(name, groups[name]))

    def create(self, call: Call) -> Reply:
        """Add a group."""
        body, groups = (
            strict_object(call.body, {"name": str, "label": str}, {"displayOrder": int}),
            self._of(call),
        )
        if body["name"] in groups:
            raise Answer(
                error(409, "OBJECT_ALREADY_EXISTS", f"Property group {body['name']} already exists.")
            )
        groups[body["name"]] = body["label"]
        return Reply(201, _answer(body["name"], body["label"]))

    def archive(self, call: Call) -> Reply:
        """Archive a group that no property is in."""
        groups, name = self._of(call), call.path["group"]
        kind = kind_of(call.path["type"])
        if any((one.group or kind.group) == name for one in self._crm.of(kind).known.values()):
            raise invalid(f"Property group {name} has properties in it.")
        groups.pop(name, None)
        return Reply(204, None)

    def _of(self, call: Call) -> dict[str, str]:
        return self._crm.of(kind_of(call.path["type"])).groups


def _answer(name: str, label: str) -> Json:
    return {"name": name, "label": label, "displayOrder": -1, "archived": False}
