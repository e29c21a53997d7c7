"""Source records as they are compared: today's description and earlier ones, with who employs a person."""

from collections.abc import Iterator, Mapping

from hub.flow.hub import Hub
from hub.identity.described import Description, description
from hub.identity.features import features
from hub.identity.rating import stored
from hub.identity.spelled import words_of as spelled_words
from hub.identity.vocabulary import Vocabulary, vocabulary
from hub.model.keys import KINDS, Kind, RecordKey
from hub.store import records
from hub.store.engine import Connection
from hub.store.records import Said

Saying = Mapping[int, Said]
Words = Mapping[Kind, Vocabulary]
NOBODY: frozenset[str] = frozenset()


def words_of(hub: Hub) -> Words:
    """What the data office knows of words, for each kind of customer."""
    return {kind: vocabulary(hub.mappings.customer.matching[kind]) for kind in KINDS}


def describe(connection: Connection, held: Saying, words: Words) -> dict[int, str]:
    """Row id → its descriptions; a person's employer, as the same system names it, is evidence too."""
    targets = {RecordKey.parse(one.works_for) for one in held.values() if one.works_for}
    employers = records.said_by(connection, records.ids(connection, targets).values()).values()
    marks = {str(one.key): features(one.key.kind, one.now, words[one.key.kind]).marks() for one in employers}
    return {
        row: stored(_versions(one, words[one.key.kind], marks.get(one.works_for or "", NOBODY)))
        for row, one in held.items()
    }


def spelled(one: Said, words: Words) -> list[str]:
    """The words by which a record is looked up."""
    return spelled_words((one.now, *one.before), words[one.key.kind])


def _versions(one: Said, words: Vocabulary, employer: frozenset[str]) -> Iterator[Description]:
    """A record today, and as its people described it before."""
    for said in (one.now, *one.before):
        yield description(features(one.key.kind, said, words, employer), words)
