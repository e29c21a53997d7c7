"""Search before create: a customer much like another who has a record in the system already.

Who is one customer is decided by what people typed alone, or a wrong merge would confirm itself. Of a record
about to be made it counts how customers look today: such a doubt makes nobody one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hub.flow.hub import Hub, Matching
from hub.identity.candidates import CROWD
from hub.identity.described import description
from hub.identity.features import features
from hub.identity.rating import stored
from hub.identity.searching import Searcher, searcher
from hub.identity.vocabulary import Vocabulary, vocabulary
from hub.model.keys import KINDS, Kind
from hub.store import descriptions, identity
from hub.store import golden as goldens
from hub.store.change import Change
from hub.store.engine import Connection
from hub.store.golden import Golden

NOBODY: frozenset[str] = frozenset()


def twins(
    connection: Connection, hub: Hub, system: str, creations: Sequence[Change]
) -> Iterator[tuple[str, str]]:
    """Those of these creations whose customer may have a record there, and the golden id of who has it."""
    known = goldens.by_ids(connection, sorted({one.golden_id for one in creations}))
    words = {kind: vocabulary(hub.mappings.customer.matching[kind]) for kind in KINDS}
    with searcher() as warm:
        look = _Look(connection, warm, system, hub.matching(), words)
        for one in creations:
            if (golden := known.get(one.golden_id)) and (twin := look.twin(golden)):
                yield one.id, twin


@dataclass(frozen=True, slots=True)
class _Look:
    connection: Connection
    warm: Searcher
    system: str
    matching: Matching
    words: Mapping[Kind, Vocabulary]

    def twin(self, golden: Golden) -> str | None:
        """The likeliest of those who are likely enough."""
        sought = self._described(golden)
        keys = self.warm.keys_of(golden.kind, sought)
        rows = descriptions.some_holders(self.connection, keys, CROWD)
        near = {*identity.golden_of(self.connection, rows).values()} - {golden.golden_id}
        others = goldens.by_ids(self.connection, sorted(near)).values()
        there = [one for one in others if self.system in one.systems]
        if not there:
            return None
        weights = self.matching[golden.kind]
        rated = self.warm.rated(sought, dict(enumerate(map(self._described, there))), weights)
        best = max(rated, key=lambda at: rated[at], default=None)
        return there[best].golden_id if best is not None and rated[best] >= weights.accept else None

    def _described(self, golden: Golden) -> str:
        """A customer as a record is described, by all that is known of him today."""
        words = self.words[golden.kind]
        return stored([description(features(golden.kind, golden.document, words, NOBODY), words)])
