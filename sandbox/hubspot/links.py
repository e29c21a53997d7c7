"""One link at a time, and links that need no label: what the associations API has beside its batches."""

from sandbox.core.operation import Call, Reply
from sandbox.core.table import Json
from sandbox.core.world import World
from sandbox.hubspot.associations import (
    PLAIN_TYPE,
    asks_primary,
    far_side,
    labels_between,
    link_to,
    sides,
    unlink,
)
from sandbox.hubspot.crm import Crm
from sandbox.hubspot.envelope import envelope
from sandbox.hubspot.forms import invalid, not_found
from sandbox.hubspot.kinds import Kind
from sandbox.hubspot.shapes import inputs, strict_object, whole_number

LARGEST_PAGE = 500


class Links:
    """The handlers below ``.../{from}/{id}/associations/{to}`` and ``.../batch/associate/default``."""

    def __init__(self, crm: Crm, world: World) -> None:
        self._crm, self._world = crm, world

    def page(self, call: Call) -> Reply:
        """The links of one record, by the id of the other side."""
        kind, _ = sides(call)
        key = self._known(kind, call.path["id"])
        limit = whole_number(call.one("limit"), LARGEST_PAGE, 1, LARGEST_PAGE, "limit")
        after = whole_number(call.one("after"), 0, 0, 10**18, "after")
        found = [other for other in sorted(self._crm.linked(kind, key), key=int) if int(other) > after]
        body: Json = {"results": [far_side(self._crm, kind, key, other) for other in found[:limit]]}
        if len(found) > limit:
            last = found[limit - 1]
            body["paging"] = {"next": {"after": last, "link": f"{call.url}?limit={limit}&after={last}"}}
        return Reply(200, body)

    def create(self, call: Call) -> Reply:
        """Link two records with the types the body lists."""
        kind, other = sides(call)
        if not isinstance(call.body, list):
            raise invalid("Invalid input JSON: a list of association types was expected.")
        primary = asks_primary(kind, call.body)
        key, far = self._known(kind, call.path["id"]), call.path["other"]
        link_to(kind, far, primary)(self._crm, key, call.actor)
        return Reply(201, labels_between(kind, other, key, far))

    def create_default(self, call: Call) -> Reply:
        """Link two records without a label."""
        kind, other = sides(call)
        made = self._plain(kind, other, self._known(kind, call.path["id"]), call.path["other"], call.actor)
        return envelope(self._world, made, [])

    def create_defaults(self, call: Call) -> Reply:
        """Link pairs of records without a label."""
        kind, other = sides(call)
        _, given = inputs(call.body, {})
        made: list[Json] = []
        for one in given:
            body = strict_object(one, {"from": dict, "to": dict}, {})
            near, far = (str(strict_object(body[side], {"id": str}, {})["id"]) for side in ("from", "to"))
            made += self._plain(kind, other, near, far, call.actor)
        return envelope(self._world, made, [])

    def archive(self, call: Call) -> Reply:
        """Undo a link; 204 also where there was none."""
        kind, _ = sides(call)
        unlink(self._crm, kind, call.path["id"], call.path["other"], call.actor)
        return Reply(204, None)

    def _plain(self, kind: Kind, other: Kind, key: str, far: str, actor: str) -> list[Json]:
        """Both directions of a link that was made."""
        link_to(kind, far, primary=False)(self._crm, key, actor)
        return [_described(kind, key, far), _described(other, far, key)]

    def _known(self, kind: Kind, key: str) -> str:
        if key not in self._crm.of(kind).live:
            raise not_found(kind.singular.upper(), [key])
        return key


def _described(kind: Kind, key: str, far: str) -> Json:
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": PLAIN_TYPE[kind.name]}
    return {"from": {"id": key}, "to": {"id": far}, "associationSpec": spec}
