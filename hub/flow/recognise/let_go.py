"""A *no* goes with its address: booked when a customer who refused lets go of it, before anybody is told."""

from collections.abc import Iterator, Mapping, Sequence

from hub.golden.consent import ADDRESSES
from hub.model.keys import RecordKey
from hub.store import golden as goldens
from hub.store.engine import Connection
from hub.store.golden import Fields, Golden
from hub.store.refusals import Refusal


def let_go(
    connection: Connection, composed: Sequence[Golden], says_else: Mapping[str, Fields]
) -> list[Refusal]:
    """The refusals of these customers about addresses they had until now, and have no longer."""
    some = {
        one.golden_id: one
        for one in composed
        if one.golden_id in says_else and any(name in one.document for name in ADDRESSES)
    }
    before = goldens.by_ids(connection, some) if some else {}
    return [
        refusal for golden_id, was in before.items() for refusal in _refused(was.document, some[golden_id])
    ]


def _refused(was: Mapping[str, object], now: Golden) -> Iterator[Refusal]:
    for name, addresses in ADDRESSES.items():
        origin = now.provenance.get(name) or {}
        origin = origin.get("own", origin)  # a no that came with an address goes with that address alone
        if now.document.get(name) is None or "from" not in origin:
            continue
        for one in sorted(_listed(was.get(addresses)) - _listed(now.document.get(addresses))):
            yield Refusal(RecordKey.parse(origin["from"]), name, one, origin["at"])


def _listed(some: object) -> set[str]:
    return {str(one) for one in some} if isinstance(some, list) else set()
