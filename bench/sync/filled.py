"""A hub with admitted records and nothing else: the hard set, read by the shipped mappings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyarrow import parquet

from bench.identity import child, hard
from bench.identity.beside import plain_splink
from bench.identity.sets import TRUTH
from bench.sync.stage import SYSTEMS, room
from hub.flow.hub import Hub
from hub.identity.accuracy import Rates, of_records
from hub.mapping.load import HERE, load
from hub.store import records as source_records
from hub.store.engine import Store

SEED = 7


@dataclass(frozen=True, slots=True)
class Filled:
    """What is measured, and the same records as a file for a peer."""

    hub: Hub
    file: Path

    def splink(self) -> child.Ended:
        """Splink alone on the same records, matching and clustering only."""
        return plain_splink("hard", str(self.file))

    def accuracy(self) -> Rates:
        """How right the golden records are, pair by pair."""
        told = parquet.read_table(self.file, columns=["id", TRUTH]).to_pylist()
        with self.hub.store.read() as connection:
            found = {str(key): golden for key, golden in source_records.clusters(connection).items()}
        return of_records({row["id"]: row[TRUTH] for row in told}, found).pairwise


@contextmanager
def filled(records: int, store: str) -> Iterator[Filled]:
    """A hub on ``sqlite`` or ``postgresql`` that has admitted so many records, and reconciled none."""
    with room(store) as here:
        file = here.folder / "records.parquet"
        _fill(here.memory, file, records)
        yield Filled(Hub(here.memory, load(HERE, SYSTEMS)), file)


def _fill(memory: Store, file: Path, records: int) -> None:
    with parquet.ParquetWriter(file, hard.SCHEMA) as writer:
        for part in hard.whole(records, SEED):
            writer.write_table(part.table)
            with memory.begin() as connection:
                source_records.save(connection, part.records)
