"""Source records as they are compared: today's description and earlier ones, with who employs a person."""

from collections.abc import Iterator, Mapping

from hub.flow.hub import Hub
from hub.golden.record import SourceRecord
from hub.identity.described import description
from hub.identity.features import Features, features
from hub.identity.rating import stored
from hub.identity.vocabulary import Vocabulary, vocabulary
from hub.model.keys import KINDS, Kind
from hub.store import records
from hub.store.engine import Connection

Records = Mapping[int, SourceRecord]
Words = Mapping[Kind, Vocabulary]
NOBODY: frozenset[str] = frozenset()


def words_of(hub: Hub) -> Words:
    """What the data office knows of words, for each kind of customer."""
    return {kind: vocabulary(hub.mappings.customer.matching[kind]) for kind in KINDS}


def describe(connection: Connection, held: Records, words: Words) -> dict[int, str]:
    """Row id → its descriptions; a person's employer, as the same system names it, is evidence too."""
    targets = {one.links["works_for"] for one in held.values() if "works_for" in one.links}
    rows = records.ids(connection, targets)
    employers = records.by_ids(connection, sorted(rows.values())).values()
    marks = {
        one.key: features(one.key.kind, one.authored(), words[one.key.kind]).marks() for one in employers
    }
    found = {}
    for row, one in held.items():
        employer = marks.get(one.links["works_for"], NOBODY) if "works_for" in one.links else NOBODY
        versions = _versions(one, words[one.key.kind], employer)
        found[row] = stored(description(each, words[one.key.kind]) for each in versions)
    return found


def _versions(one: SourceRecord, words: Vocabulary, employer: frozenset[str]) -> Iterator[Features]:
    """A record today, and as its people described it before."""
    for said in (one.authored(), *one.formerly()):
        yield features(one.key.kind, said, words, employer)
