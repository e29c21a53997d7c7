"""Which stored records are compared, and what their pairs weigh: for very many at a time, in columns."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from hub.identity.database import database
from hub.identity.evidence import known_frequencies
from hub.identity.grouping import Weighed
from hub.identity.rating import Stored, describe_parts, weighed
from hub.identity.weights import Weights


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs that are to be compared, in a database of their own."""

    connection: duckdb.DuckDBPyConnection

    def records(self) -> list[int]:
        """The records that are in a pair."""
        found = self.connection.execute("select low from pair union select high from pair order by 1")
        return [row for (row,) in found.fetchall()]

    def rated(self, told: Iterable[Stored], weights: Weights) -> list[Weighed]:
        """The pairs from the review band on. ``told``: the descriptions of one kind's records, in parts."""
        describe_parts(self.connection, weights.kind, told)
        if not self.connection.execute("select 1 from described limit 1").fetchall():
            return []
        known_frequencies(self.connection, weights)
        return weighed(self.connection, weights, weights.review)


@contextmanager
def pairing(groups: Sequence[str], mine: Collection[int], later: Collection[int] = ()) -> Iterator[Pairing]:
    """Each pair of a record of ``mine`` with another one of its group, but for those of ``later``.

    A group is who shares a key, as a text: ``17,34,501``.
    """
    with database() as connection:
        connection.register("shared", pa.table({"members": pa.array(groups, pa.string())}))
        for name, some in (("mine", mine), ("later", later)):
            connection.register(name, pa.table({"id": pa.array(some, pa.int64())}))
        connection.execute(
            "create table holder as select place, id, mine.id is not null as due from ("
            "select place, unnest(string_split(members, ',')::bigint[]) as id "
            "from (select row_number() over () as place, members from shared)"
            ") left join mine using (id) anti join later using (id)"
        )
        connection.execute(
            "create table pair as select distinct least(l.id, r.id) as low, greatest(l.id, r.id) as high "
            "from holder l join holder r using (place) "
            "where l.due and l.id <> r.id and (l.id < r.id or not r.due)"
        )
        for gone in ("drop table holder", "drop view shared", "drop view mine", "drop view later"):
            connection.execute(gone)
        yield Pairing(connection)
