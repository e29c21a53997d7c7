"""What strangers have in common by chance, as far as the records at hand tell without anybody's help.

In one file everybody lives in one town, in another half of all people have one of ten family names: what it
says that two records agree depends on who is in them. And names do not come independently: who is called
Mehmet is likelier than others to be called Yilmaz, so of rare names there are many more namesakes than each
of the two names would say.
"""

from math import ceil

import duckdb
import numpy as np

from hub.identity.evidence import RARITIES, compare
from hub.identity.findings import FULL_NAME
from hub.identity.fitting import Chance, Patterns, patterns
from hub.identity.found import Numbers
from hub.identity.weights import Weights

DRAWN = 200_000
"""Pairs that are drawn at random."""


def chance(connection: duckdb.DuckDBPyConnection, weights: Weights, records: int) -> Chance:
    """Counted in the table ``described`` of so many records; always the same of the same set of them."""
    return Chance(_drawn(connection, weights, records), _namesakes(connection, weights))


def _drawn(connection: duckdb.DuckDBPyConnection, weights: Weights, records: int) -> Patterns:
    """Records are shuffled by a hash; each makes a pair with the next ones."""
    steps = list(range(1, min(records, ceil(DRAWN / records) + 1)))
    connection.execute(
        "create or replace table drawn as "
        "with shuffled as "
        "(select id, row_number() over (order by hash(id), id) - 1 as place from described), "
        "stepped as (select id, (place + unnest($steps::bigint[])) % $records as place from shuffled "
        "where place < $most) "
        "select distinct least(l.id, r.id) as low, greatest(l.id, r.id) as high "
        "from stepped l join shuffled r using (place)",
        {"steps": steps, "records": records, "most": DRAWN},
    )
    compare(connection, weights.kind, "drawn", "by_chance")
    found = patterns(connection, weights, "by_chance")
    for gone in ("drawn", "by_chance"):
        connection.execute(f"drop table {gone}")
    return found


def _namesakes(connection: duckdb.DuckDBPyConnection, weights: Weights) -> Numbers:
    found = np.zeros(RARITIES)
    if weights.kind != "person":
        return found
    given, family = (_frequencies(connection, name) for name in FULL_NAME)
    told = " and ".join(f"{name} <> ''" for name in FULL_NAME)
    ((both,),) = connection.execute(f"select count(*) from described where {told}").fetchall()
    bits = np.add.outer(given[0], family[0])
    share = np.multiply.outer(given[1], family[1]) * np.exp2(bits)
    rarity = np.clip(np.floor(-bits), 0, RARITIES - 1).astype(int)
    np.add.at(found, rarity, share * both * (both - 1) / 2)
    return found


def _frequencies(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[Numbers, Numbers]:
    """Each frequency there is, in bits, and the share of records whose name is so frequent."""
    columns = connection.execute(
        f"select {name}_bits as bits, count(*) as n from described where {name} <> '' "
        "group by bits order by bits"
    ).fetchnumpy()
    bits, records = (np.asarray(columns[one], dtype=np.float64) for one in ("bits", "n"))
    return bits, records / max(records.sum(), 1.0)
