"""What every batch answers with."""

from collections.abc import Sequence

from sandbox.core.operation import Reply
from sandbox.core.stamps import iso_ms
from sandbox.core.table import Json
from sandbox.core.world import World


def envelope(world: World, results: Sequence[Json], errors: Sequence[Json], status: int = 200) -> Reply:
    """``status`` where every input went well, else 207 with the errors.

    HubSpot promises no order of results: they go out last input first.
    """
    now = iso_ms(world.clock.now())
    body: Json = {"status": "COMPLETE", "startedAt": now, "completedAt": now, "results": [*reversed(results)]}
    if not errors:
        return Reply(status, body)
    return Reply(207, {**body, "numErrors": len(errors), "errors": [_within(one) for one in errors]})


def _within(one: Json) -> Json:
    """An error as it stands in a batch: complete, and without an id of its own."""
    own = {name: value for name, value in one.items() if name != "correlationId"}
    return {"context": {}, "errors": [], "links": {}, **own}
