"""Search before create: a customer much like another who has a record in the system already.

Who is one customer is decided by what people typed alone, or a wrong merge would confirm itself. Of a record
about to be made it counts how customers look today: such a doubt makes nobody one.
"""

from collections.abc import Iterator, Sequence

from hub.flow.hub import Hub
from hub.identity.candidates import CROWD
from hub.identity.described import description
from hub.identity.features import features
from hub.identity.rating import stored
from hub.identity.searching import Searcher, searcher
from hub.identity.vocabulary import vocabulary
from hub.store import descriptions, identity
from hub.store import golden as goldens
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden

NOBODY: frozenset[str] = frozenset()


def twins(
    connection: Connection, hub: Hub, system: str, creations: Sequence[Change]
) -> Iterator[tuple[Change, str]]:
    """Those of these creations whose customer may have a record there, and the golden id of who has it."""
    known = goldens.by_ids(connection, sorted({one.golden_id for one in creations}))
    with searcher() as warm:
        for one in creations:
            if (golden := known.get(one.golden_id)) and (
                twin := _twin(connection, hub, warm, system, golden)
            ):
                yield one, twin


def _twin(connection: Connection, hub: Hub, warm: Searcher, system: str, golden: Golden) -> str | None:
    sought = _described(hub, golden)
    rows = descriptions.some_holders(connection, warm.keys_of(golden.kind, sought), CROWD)
    near = {*identity.golden_of(connection, rows).values()} - {golden.golden_id}
    there = [one for one in goldens.by_ids(connection, sorted(near)).values() if system in one.systems]
    if not there:
        return None
    weights = hub.matching()[golden.kind]
    rated = warm.rated(sought, {at: _described(hub, one) for at, one in enumerate(there)}, weights)
    best = max(rated, key=lambda at: rated[at], default=None)
    return there[best].golden_id if best is not None and rated[best] >= weights.accept else None


def _described(hub: Hub, golden: Golden) -> str:
    """A customer as a record is described, by all that is known of him today."""
    words = vocabulary(hub.mappings.customer.matching[golden.kind])
    return stored([description(features(golden.kind, golden.document, words, NOBODY), words)])
