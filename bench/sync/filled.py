"""A hub with admitted records and nothing else: the hard set, read by the shipped mappings."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from pyarrow import parquet

from bench.identity import child, hard
from bench.identity.measure import plain_splink
from bench.identity.sets import TRUTH
from bench.sync.stage import SYSTEMS, empty_store
from hub.flow.hub import Hub
from hub.identity.accuracy import Rates, of_records
from hub.mapping.load import HERE, load
from hub.store import records as source_records
from hub.store.engine import Store
from supervisor.processes import Supervisor

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
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory(prefix="klantbeeld-bench-") as name, ExitStack() as held:
        folder = Path(name)
        parts = held.enter_context(Supervisor(folder / "logs"))
        memory = held.enter_context(empty_store(store, folder, parts))
        _fill(memory, folder / "records.parquet", records)
        yield Filled(Hub(memory, load(HERE, SYSTEMS)), folder / "records.parquet")


def _fill(memory: Store, file: Path, records: int) -> None:
    with parquet.ParquetWriter(file, hard.SCHEMA) as writer:
        for part in hard.whole(records, SEED):
            writer.write_table(part.table)
            with memory.begin() as connection:
                source_records.save(connection, part.records)
